"""What an employee needs while talking: who calls, what is open for him or her, and what was said before. Every search
of a person states that it is for a conversation, and is logged with whoever was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import today
from loket.registers.klanten import queries as klanten
from loket.registers.klanten.queries import Persoon
from loket.registers.klanten.queries.gesprekken import Gesprek, gesprekken_met
from loket.registers.plekken.queries import zoek_adres
from loket.registers.plekken.rules import ontleed
from loket.registers.zaken.queries import haal_zaak, zichtbaar
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties.categorieen import SOORTEN

GESPREK = "reacties.gesprek"
MIN_TEKENS, MAX_PERSONEN, STRAAL = 3, 8, 25.0


@dataclass(frozen=True)
class OpenZaak:
    """An open reactie, as a caller asks about it."""

    id: UUID
    nummer: str
    soort: str
    onderwerp: str
    plek: str
    status: str
    antwoord_voor: date
    bij: str
    bellen_van: datetime | None
    bellen_tot: datetime | None


@dataclass(frozen=True)
class Gevonden:
    """What a search found. `zaken`: with the number or at the address that was asked for."""

    personen: list[Persoon] = field(default_factory=list)
    zaken: list[OpenZaak] = field(default_factory=list)
    adres: str = ""

    def __bool__(self) -> bool:
        return bool(self.personen or self.zaken)


def zoek(actor: Actor, tekst: str) -> Gevonden:
    """By the number of a reactie, by postcode and house number, else by name, e-mail address or telephone number."""
    tekst = tekst.strip().replace("\x00", "")[:100]
    if len(tekst) < MIN_TEKENS:
        return Gevonden()
    use = Use(actor, GESPREK)
    if nummer := _nummer(actor, tekst):
        try:
            zaak = haal_zaak(actor, nummer)
        except NotFound:
            return Gevonden()
        gevonden = _zaken(actor, "z.id = %(zaak)s", {"zaak": zaak.id})
        return Gevonden(klanten.personen_bij(use, [zaak.id], MAX_PERSONEN), gevonden)
    if ontleed(tekst).postcode and ontleed(tekst).huisnummer:
        adressen = [each for each in zoek_adres(tekst, 1) if each.soort == "adres"]
        if not adressen:
            return Gevonden()
        punt = {"x": adressen[0].x, "y": adressen[0].y, "straal": STRAAL}
        waar = "w.x is not null and point(w.x, w.y) <@ circle(point(%(x)s, %(y)s), %(straal)s)"
        gevonden = _zaken(actor, waar, punt)
        personen = klanten.personen_bij(use, [each.id for each in gevonden], MAX_PERSONEN) if gevonden else []
        return Gevonden(personen, gevonden, adressen[0].tekst)
    return Gevonden(klanten.zoek_partijen(use, tekst, MAX_PERSONEN))


_NUMMER = re.compile(r"([A-Za-z]{2,4})-?(\d{4})-?(\d{1,7})")


def _nummer(actor: Actor, tekst: str) -> str:
    """The number of a reactie in what was typed, also the last digits of one of this year alone; '' for none."""
    if heel := _NUMMER.fullmatch(tekst.replace(" ", "")):
        return f"{heel[1].upper()}-{heel[2]}-{int(heel[3]):05d}"
    if not re.fullmatch(r"\d{3,5}", tekst):
        return ""
    wij = row("select afkorting from loket_identity_organisatie where id = %s", (actor.organisatie,))
    return f"{wij['afkorting']}-{today().year}-{int(tekst):05d}" if wij else ""


@dataclass(frozen=True)
class Beller:
    """The person whom the employee speaks with: what is open, and what was said before."""

    persoon: Persoon
    zaken: list[OpenZaak]
    eerder: list[Gesprek]


def beller(actor: Actor, partij: UUID) -> Beller:
    """Who calls. Writes lines in the data-use log. Raises NotFound."""
    use = Use(actor, GESPREK)
    persoon = klanten.partij(use, partij)
    waar = (
        "z.id in (select r.zaak_id from zaken_rol r where r.partij_id = %(partij)s"
        " and r.omschrijving_generiek in ('initiator', 'mede_initiator'))"
    )
    return Beller(persoon, _zaken(actor, waar, {"partij": partij}), gesprekken_met(use, partij))


_ZAKEN = """select z.id, z.identificatie as nummer, t.identificatie as soort, z.omschrijving as onderwerp, z.plek,
    coalesce(st.omschrijving, '') as status, w.antwoord_voor, coalesce(g.naam, te.naam, '') as bij,
    i.van as bellen_van, i.uiterlijk as bellen_tot
from zaken_werkvoorraad w join zaken_zaak z on z.id = w.zaak_id join catalogi_zaaktype t on t.id = z.zaaktype_id
left join zaken_status s on s.id = z.status_id left join catalogi_statustype st on st.id = s.statustype_id
left join loket_identity_gebruiker g on g.id = w.behandelaar_id left join loket_identity_team te on te.id = w.team_id
left join lateral (select b.van, b.uiterlijk from klanten_internetaak b where b.zaak_id = z.id
    and b.soort = 'terugbellen' and b.status <> 'afgehandeld' order by b.uiterlijk limit 1) i on true
where {wat} and {waar} and t.identificatie = any(%(soorten)s) order by w.antwoord_voor, z.id limit 20"""


def _zaken(actor: Actor, wat: str, params: dict[str, Any]) -> list[OpenZaak]:
    """The open zaken among these that the actor may see."""
    waar, zicht = zichtbaar(actor, LEZEN)
    gevonden = rows(_ZAKEN.format(wat=wat, waar=waar), {**params, **zicht, "soorten": list(SOORTEN)})
    return [OpenZaak(**rij) for rij in gevonden]


def zaak_met(actor: Actor, nummer: str) -> OpenZaak | None:
    """One open reactie by its number, None when it is closed or not there for the actor."""
    gevonden = _zaken(actor, "z.identificatie = %(nummer)s", {"nummer": nummer})
    return gevonden[0] if gevonden else None


@dataclass(frozen=True)
class Belofte:
    """When the resident is called: between `van` and `tot`, by `wie` ('' for not yet known). `pogingen`: calls that
    did not reach the resident."""

    taak: UUID
    zaak: UUID
    van: datetime
    tot: datetime
    wie: str
    pogingen: int


def belofte(zaken: Sequence[UUID]) -> Belofte | None:
    """The first open promise to call about any of these zaken: for the resident, whose page this is."""
    gevonden = row(
        "select i.id as taak, i.zaak_id as zaak, i.van, i.uiterlijk as tot, coalesce(m.naam, '') as wie, i.pogingen"
        " from klanten_internetaak i left join loket_identity_gebruiker m on m.id = i.medewerker_id"
        " where i.zaak_id = any(%s) and i.soort = 'terugbellen' and i.status <> 'afgehandeld' and i.van is not null"
        " order by i.uiterlijk, i.id limit 1",
        (list(zaken),),
    )
    return Belofte(**gevonden) if gevonden else None


def te_bellen(actor: Actor, taak: UUID) -> dict[str, Any]:
    """Whom to call for a call-back, and at which number; the calls that were made. Raises NotFound."""
    waar, zicht = zichtbaar(actor, LEZEN)
    gevonden = row(
        "select i.id, i.telefoon, i.toelichting, i.van, i.uiterlijk, i.pogingen, z.id as zaak, z.identificatie"
        f" from klanten_internetaak i join zaken_zaak z on z.id = i.zaak_id where i.id = %(taak)s and {waar}",
        {"taak": taak, **zicht},
    )
    if gevonden is None:
        raise NotFound("No such task.")
    personen = klanten.betrokkenen(Use(actor, GESPREK, gevonden["zaak"]), gevonden["zaak"])
    wie = next((each for each in personen if each.rol == "initiator"), None)
    gevonden["naam"] = wie.naam if wie else ""
    gevonden["telefoon"] = gevonden["telefoon"] or (wie.telefoon if wie else "")
    gevonden["gebeld"] = rows(
        "select k.plaatsgevonden_op as op, k.door, k.metadata ->> 'poging' as uitkomst from klanten_klantcontact k"
        " join klanten_onderwerpobject o on o.klantcontact_id = k.id"
        " where o.zaak_id = %s and k.metadata ->> 'internetaak' = %s order by k.plaatsgevonden_op, k.id",
        (gevonden["zaak"], str(taak)),
    )
    return gevonden

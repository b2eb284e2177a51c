"""Telling the resident of every real step. One listener, in batches: what happened at one moment is one mail."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import rows
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.registers.zaken.events import StatusGezet
from loket.services.reacties import brieven, post, rules, sleutels
from loket.services.reacties.brieven import Brief, Zaakgegevens
from loket.services.reacties.categorieen import SOORTEN
from loket.services.reacties.events import (
    MelderAangesloten,
    ReactieAfgesloten,
    ReactieBeantwoord,
    ReactieDoorgezonden,
    ReactieHeropend,
    ReactieIngetrokken,
    ReactieOntvangen,
    ReactieSamengevoegd,
    ReactieVertraagd,
)

BERICHTEN = "reacties.berichten"


@dataclass(frozen=True)
class Link:
    """Somebody who follows a reactie, and how to reach him or her."""

    id: UUID
    sleutel: str
    taal: str
    email: str
    meldt_mee: bool
    berichten: bool
    pseudoniem: str
    naam: str


@dataclass
class Dossier:
    """A reactie with the people who follow it."""

    id: UUID
    organisatie: UUID
    zaak: Zaakgegevens
    links: list[Link] = field(default_factory=list)


_DOSSIERS = """
with samen as (
    select z.id as subject, z.id as zaak, false as mee from zaken_zaak z where z.id = any(%(zaken)s)
    union
    select z.id, o.id, false from zaken_zaak z
    join zaken_zaakrelatie r on r.zaak_id = z.id and r.aard_relatie = 'doorgezonden'
    join zaken_zaak o on o.id = r.andere_zaak_id and o.identificatie = z.identificatie
    where z.id = any(%(zaken)s)
    union
    select z.id, o.id, true from zaken_zaak z
    join zaken_zaakrelatie r on r.zaak_id = z.id and r.aard_relatie = 'duplicaat'
    join zaken_zaak o on o.id = r.andere_zaak_id and o.einddatum is not null
    join zaken_resultaat ors on ors.zaak_id = o.id
    join catalogi_resultaattype ort on ort.id = ors.resultaattype_id and ort.omschrijving = 'Samengevoegd'
    where z.id = any(%(zaken)s) and (z.einddatum is null or not exists (
        select 1 from zaken_resultaat zrs join catalogi_resultaattype zrt on zrt.id = zrs.resultaattype_id
        where zrs.zaak_id = z.id and zrt.omschrijving = 'Samengevoegd')))
select s.subject, z.identificatie as nummer, t.identificatie as soort, z.omschrijving as onderwerp,
    o.id as organisatie, o.naam as organisatie_naam, w.antwoord_voor, coalesce(rt.omschrijving, '') as resultaat,
    coalesce(re.toelichting, '') as reden, coalesce(g.naam, '') as behandelaar,
    v.id as link, v.zaad, v.sleutel_hash, v.taal, v.email, v.meldt_mee or s.mee as meldt_mee, v.berichten,
    coalesce(p.pseudoniem, '') as pseudoniem, coalesce(p.naam, '') as naam
from samen s join zaken_zaak z on z.id = s.subject
join catalogi_zaaktype t on t.id = z.zaaktype_id join loket_identity_organisatie o on o.id = z.organisatie_id
left join zaken_werkvoorraad w on w.zaak_id = z.id
left join loket_identity_gebruiker g on g.id = w.behandelaar_id
left join zaken_resultaat re on re.zaak_id = z.id and z.einddatum is not null
left join catalogi_resultaattype rt on rt.id = re.resultaattype_id
join reacties_volglink v on v.zaak_id = s.zaak and (v.email <> '' or %(zonder)s) and v.ingetrokken_op is null
left join klanten_partij p on p.id = v.partij_id
where t.identificatie = any(%(soorten)s)
order by s.subject, v.id"""


def dossiers(zaken: Iterable[UUID], *, zonder_adres: bool = False) -> dict[UUID, Dossier]:
    """The reacties with these keys that anybody follows by mail; followers of the number follow all its zaken,
    and those of a reactie that was merged into one of these follow that one, like who said 'me too'. `zonder_adres`:
    also those who follow it in another way."""
    gevonden: dict[UUID, Dossier] = {}
    for rij in rows(_DOSSIERS, {"zaken": list(zaken), "soorten": list(SOORTEN), "zonder": zonder_adres}):
        dossier = gevonden.setdefault(rij["subject"], Dossier(rij["subject"], rij["organisatie"], _gegevens(rij)))
        sleutel = sleutels.sleutel_van(rij["zaad"], rij["sleutel_hash"]) or ""
        dossier.links.append(
            Link(
                rij["link"],
                sleutel,
                rij["taal"],
                rij["email"],
                rij["meldt_mee"],
                rij["berichten"],
                rij["pseudoniem"],
                rij["naam"],
            )
        )
    return gevonden


def _gegevens(rij: dict[str, Any]) -> Zaakgegevens:
    return Zaakgegevens(
        rij["nummer"],
        rij["soort"],
        rij["onderwerp"],
        rij["organisatie_naam"],
        rij["antwoord_voor"],
        rij["resultaat"],
        rij["reden"],
        rij["behandelaar"],
    )


@listen(
    ReactieOntvangen,
    MelderAangesloten,
    StatusGezet,
    ReactieBeantwoord,
    ReactieDoorgezonden,
    ReactieVertraagd,
    ReactieAfgesloten,
    ReactieHeropend,
    ReactieIngetrokken,
    ReactieSamengevoegd,
    name="reacties.mail",
)
def houd_op_de_hoogte(deliveries: Sequence[Delivery]) -> None:
    """Queue the mails about these events, and write the data-use line of each with it."""
    per_zaak: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        if not isinstance(delivery.event, StatusGezet) or delivery.event.statustype in STAPPEN:
            per_zaak[delivery.event.subject].append(delivery)
    gevonden = dossiers(per_zaak)
    feiten = Feiten(deliveries)
    post.verstuur(
        stuk for zaak, wat in per_zaak.items() if zaak in gevonden for stuk in _stukken(gevonden[zaak], wat, feiten)
    )


STAPPEN = (rules.IN_BEHANDELING, rules.WACHT_OP_BEWONER)


class Feiten:
    """What the events only refer to, read once for the whole batch."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        events = [delivery.event for delivery in deliveries]
        self.contacten = self._lees(
            "select k.id, k.inhoud, coalesce(nullif(g.naam, ''), k.door) as wie from klanten_klantcontact k"
            " left join loket_identity_gebruiker g on g.id = k.medewerker_id where k.id = any(%s)",
            [event.klantcontact for event in events if isinstance(event, ReactieBeantwoord)],
        )
        self.stappen = self._lees(
            "select s.id, coalesce(g.naam, '') as wie from zaken_status s"
            " left join loket_identity_gebruiker g on g.id = s.gezetdoor_id where s.id = any(%s)",
            [event.status for event in events if isinstance(event, StatusGezet) and event.statustype in STAPPEN],
        )
        self.doorzendingen = self._lees(
            "select d.id, d.waarom, coalesce(n.naam, i.naam, '') as naar, d.naar_organisatie_id is not null as op_loket"
            " from reacties_doorzending d left join loket_identity_organisatie n on n.id = d.naar_organisatie_id"
            " left join reacties_instantie i on i.id = d.naar_instantie_id where d.id = any(%s)",
            [event.doorzending for event in events if isinstance(event, ReactieDoorgezonden)],
        )
        self.nummers = self._lees(
            "select id, identificatie as nummer from zaken_zaak where id = any(%s)",
            [event.met for event in events if isinstance(event, ReactieSamengevoegd)],
        )

    @staticmethod
    def _lees(sql: str, sleutels_: list[UUID]) -> dict[UUID, dict[str, Any]]:
        return {rij["id"]: rij for rij in rows(sql, (sleutels_,))} if sleutels_ else {}


def _stukken(dossier: Dossier, wat: Sequence[Delivery], feiten: Feiten) -> Iterable[post.Stuk]:
    """The mails about one reactie."""
    for link, brief, delivery in brieven_over(dossier, wat, feiten):
        with translation.override(link.taal):
            yield stuk(dossier, link, brief, f"{delivery.id}:{link.id}")


def brieven_over(dossier: Dossier, wat: Sequence[Delivery], feiten: Feiten) -> Iterable[tuple[Link, Brief, Delivery]]:
    """What each follower of one reactie hears of these events: what belongs together is said together."""
    soorten = {type(delivery.event) for delivery in wat}
    vraagt = any(isinstance(d.event, StatusGezet) and d.event.statustype == rules.WACHT_OP_BEWONER for d in wat)
    for delivery in wat:
        for link in dossier.links:
            with translation.override(link.taal):
                brief = _brief(dossier, delivery, link, soorten, vraagt, feiten)
            if brief is not None:
                yield link, brief, delivery


def _brief(
    dossier: Dossier, delivery: Delivery, link: Link, soorten: set[type], vraagt: bool, feiten: Feiten
) -> Brief | None:
    """The mail about this event to this follower, or None."""
    event, zaak = delivery.event, dossier.zaak
    if isinstance(event, ReactieOntvangen | MelderAangesloten):
        if event.volglink != link.id:
            return None
        return brieven.ontvangen(zaak) if isinstance(event, ReactieOntvangen) else brieven.aangesloten(zaak)
    if not link.berichten:
        return None
    klaar = ReactieAfgesloten in soorten
    match event:
        case ReactieBeantwoord() if not link.meldt_mee:
            gezegd = feiten.contacten[event.klantcontact]
            if event.kanaal not in ("email", "chat"):
                return brieven.gebeld(zaak, gezegd["wie"], event.kanaal, klaar=klaar)
            return brieven.beantwoord(zaak, gezegd["wie"], gezegd["inhoud"], vraag=vraagt, klaar=klaar)
        case StatusGezet() if event.statustype == rules.IN_BEHANDELING:
            wie = feiten.stappen[event.status]["wie"] if event.status in feiten.stappen else ""
            stil = {ReactieBeantwoord, ReactieAfgesloten, ReactieHeropend, ReactieIngetrokken} & soorten
            return brieven.opgepakt(zaak, wie) if wie and not stil else None
        case ReactieAfgesloten() if link.meldt_mee or not {ReactieBeantwoord, ReactieDoorgezonden} & soorten:
            return None if ReactieSamengevoegd in soorten else brieven.afgesloten(zaak)
        case ReactieDoorgezonden():
            ervan = feiten.doorzendingen.get(event.doorzending)
            if ervan is None:
                return None
            return brieven.doorgezonden(zaak, ervan["naar"], ervan["waarom"], op_loket=ervan["op_loket"])
        case ReactieVertraagd():
            return brieven.vertraagd(zaak, date.fromisoformat(event.nieuwe_dag), event.waarom)
        case ReactieHeropend():
            return brieven.heropend(zaak)
        case ReactieSamengevoegd():
            return brieven.samengevoegd(zaak, feiten.nummers.get(event.met, {}).get("nummer", ""))
        case ReactieIngetrokken():
            return brieven.ingetrokken(zaak)
    return None


def stuk(dossier: Dossier, link: Link, brief: Brief, sleutel: str, aan: str = "") -> post.Stuk:
    """A mail ready to be queued: the letter, the address, the link, and whose data it uses."""
    adres = (
        f"{settings.LOKET_URL}{reverse('reacties:volg', args=[link.sleutel])}" if link.sleutel and brief.knop else ""
    )
    wie = Actor(
        "systeem", naam="mail", organisatie=dossier.organisatie, functie=translation.gettext_noop("automatisch bericht")
    )
    return post.Stuk(
        aan or link.email,
        brief,
        adres,
        f"reacties:{sleutel}",
        dossier.organisatie,
        link.naam,
        link.taal,
        Use(wie, BERICHTEN, dossier.id),
        link.pseudoniem,
        link.id,
        dossier.zaak.nummer,
    )


def meld_ander_adres(link: UUID, oud: str) -> None:
    """Tell the old address that mail goes elsewhere."""
    zaak = rows("select zaak_id from reacties_volglink where id = %s", (link,))[0]["zaak_id"]
    dossier = dossiers([zaak]).get(zaak)
    if dossier is None:
        return
    for each in dossier.links:
        if each.id == link:
            with translation.override(each.taal):
                post.verstuur([stuk(dossier, each, brieven.ander_adres(dossier.zaak), f"adres:{link}:{oud}", oud)])


def stuur_link(nummer: str, email: str, sleutel: str) -> int:
    """Mail the link of the reactie with this number to this address, if it is the address that belongs to it. Gives how
    many were sent; whoever asked is not told."""
    gevonden = rows(
        "select distinct v.id, v.zaak_id from reacties_volglink v join zaken_zaak z on z.id = v.zaak_id"
        " where upper(z.identificatie) = upper(%s) and lower(v.email) = lower(%s) and v.ingetrokken_op is null",
        (nummer.strip(), email.strip()),
    )
    ids = {rij["id"] for rij in gevonden}
    stukken = []
    for dossier in dossiers(rij["zaak_id"] for rij in gevonden).values():
        for link in dossier.links:
            if link.id in ids:
                with translation.override(link.taal):
                    stukken.append(
                        stuk(dossier, link, brieven.link_gevraagd(dossier.zaak), f"link:{link.id}:{sleutel}")
                    )
    post.verstuur(stukken)
    return len(stukken)

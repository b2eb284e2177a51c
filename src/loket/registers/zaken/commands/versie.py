"""Moving running zaken to another version of their zaaktype, with a report of what cannot move.

A part of a zaak moves to the part of the new version with the same name. Terms and dates stay: what was promised to
somebody does not change because a zaaktype does.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.errors import NotFound
from loket.foundation.events.outbox import publish
from loket.foundation.time.clock import now, today
from loket.registers.zaken import rules
from loket.registers.zaken.events import ZaakOvergezet
from loket.registers.zaken.queries.zicht import zichtbaar
from loket.registers.zaken.spoor import meld

DELEN = (
    ("zaken_status", "statustype", ("omschrijving",), "volgnummer"),
    ("zaken_resultaat", "resultaattype", ("omschrijving",), "id"),
    ("zaken_rol", "roltype", ("omschrijving", "omschrijving_generiek"), "id"),
    ("zaken_zaakeigenschap", "eigenschap", ("naam", "formaat"), "id"),
    ("zaken_zaakobject", "zaakobjecttype", ("relatie_omschrijving", "objecttype"), "id"),
)
"""What a zaak has of its zaaktype: the table, the kind, what must be the same, and which comes first of two that are.
A rol with another generic meaning is another rol: it decides who sees what."""
OORZAAK = {
    "identificatie": gettext_lazy("Het is een zaak van een ander zaaktype (%s)."),
    "gesloten": gettext_lazy("De zaak is gesloten."),
    "al": gettext_lazy("De zaak is al van deze versie."),
    "statustype": gettext_lazy("De nieuwe versie heeft geen statustype “%s”."),
    "eindstatus": gettext_lazy("In de nieuwe versie is “%s” de eindstatus. De zaak is nog niet klaar."),
    "resultaattype": gettext_lazy("De nieuwe versie heeft geen resultaattype “%s”."),
    "roltype": gettext_lazy("De nieuwe versie heeft geen roltype “%s” met dezelfde betekenis."),
    "eigenschap": gettext_lazy("De nieuwe versie heeft geen eigenschap “%s” van dezelfde soort."),
    "zaakobjecttype": gettext_lazy("De nieuwe versie heeft geen zaakobjecttype “%s”."),
    "informatieobjecttype": gettext_lazy("Bij de nieuwe versie horen geen documenten van de soort “%s”."),
    "product": gettext_lazy("Bij de nieuwe versie hoort het product %s niet."),
}


@dataclass(frozen=True)
class Beletsel:
    """Why a zaak cannot move: the kind of thing, and its name."""

    soort: str
    naam: str

    def __str__(self) -> str:
        woorden = str(OORZAAK[self.soort])
        return woorden % self.naam if self.naam else woorden


@dataclass(frozen=True)
class Overzetting:
    """What becomes of one zaak: without `beletsels` it moves."""

    zaak: UUID
    identificatie: str
    beletsels: tuple[Beletsel, ...]


@dataclass(frozen=True)
class Verslag:
    """What was done; with `proef`, what would be."""

    zaken: tuple[Overzetting, ...]
    proef: bool

    @property
    def over(self) -> list[Overzetting]:
        """What moved."""
        return [each for each in self.zaken if not each.beletsels]

    @property
    def blijft(self) -> list[Overzetting]:
        """What stays as it is, and why."""
        return [each for each in self.zaken if each.beletsels]

    def tekst(self) -> list[str]:
        """All of it in words: first what cannot move."""
        wat = _("Kan over: %(over)d. Blijft: %(blijft)d.") if self.proef else _("Over: %(over)d. Blijft: %(blijft)d.")
        regels = [f"{each.identificatie}: {' '.join(map(str, each.beletsels))}" for each in self.blijft]
        return [*regels, wat % {"over": len(self.over), "blijft": len(self.blijft)}]


def zet_over(
    actor: Actor,
    naar: UUID,
    *,
    van: UUID | None = None,
    zaken: Collection[UUID] = (),
    proef: bool = True,
    waarom: str = "",
) -> Verslag:
    """Move zaken to the version `naar` of their zaaktype: these `zaken`, or all open ones of the version `van`. With
    `proef` nothing changes and the report is the same. Closed zaken never move; what has no counterpart keeps its zaak
    where it is. Needs `zaak.bijwerken`, and touches only what the actor may work on.

    Raises NotFound for a version or a zaak that is not there or not the actor's, Refused for a version that is not
    published or not in force today (`not-published`).
    """
    actor.require(rules.BIJWERKEN)
    with transaction.atomic():
        nieuw = row("select * from catalogi_zaaktype where id = %s", (naar,))
        if nieuw is None or actor.organisatie not in (None, nieuw["organisatie_id"]):
            raise NotFound("There is no such zaaktype.")
        rules.zrc_001(nieuw["concept"], nieuw["begin_geldigheid"], nieuw["einde_geldigheid"], today())
        gevonden = _zaken(actor, van, zaken)
        beletsels = _beletsels([each["id"] for each in gevonden], nieuw)
        verslag = Verslag(
            tuple(
                Overzetting(each["id"], each["identificatie"], tuple(_vooraf(each, nieuw) or beletsels[each["id"]]))
                for each in gevonden
            ),
            proef,
        )
        if not proef and verslag.over:
            _verplaats([each.zaak for each in verslag.over], naar)
            oud = {each["id"]: each["zaaktype_id"] for each in gevonden}
            for each in verslag.over:
                _vertel(actor, each.zaak, oud[each.zaak], nieuw, waarom)
    return verslag


def _zaken(actor: Actor, van: UUID | None, zaken: Collection[UUID]) -> list[dict[str, Any]]:
    """The zaken, locked in the order of their keys, so that two who do this never wait for each other."""
    waar, params = zichtbaar(actor, rules.BIJWERKEN)
    welke = "z.id = any(%(zaken)s)" if van is None else "z.zaaktype_id = %(van)s and z.einddatum is null"
    gevonden = rows(
        "select z.id, z.identificatie, z.zaaktype_id, z.einddatum, t.identificatie as zaaktype, t.catalogus_id"
        " from zaken_zaak z join catalogi_zaaktype t on t.id = z.zaaktype_id"
        f" where {welke} and {waar} order by z.id for update of z",
        {**params, "van": van, "zaken": list(zaken)},
    )
    if van is None and len(gevonden) < len(set(zaken)):
        raise NotFound("Not all of these zaken are there.")
    return gevonden


def _vooraf(zaak: dict[str, Any], nieuw: dict[str, Any]) -> list[Beletsel]:
    """What makes asking further useless."""
    if zaak["einddatum"] is not None:
        return [Beletsel("gesloten", "")]
    if zaak["zaaktype_id"] == nieuw["id"]:
        return [Beletsel("al", "")]
    if (zaak["zaaktype"], zaak["catalogus_id"]) != (nieuw["identificatie"], nieuw["catalogus_id"]):
        return [Beletsel("identificatie", zaak["zaaktype"])]
    return []


def _ander(soort: str, gelijk: Collection[str], eerst: str) -> str:
    """SQL: the part of the version `naar` that stands for the part `o`."""
    zelfde = " and ".join(f"n.{kolom} = o.{kolom}" for kolom in gelijk)
    return (
        f"(select n.id from catalogi_{soort} n where n.zaaktype_id = %(naar)s and {zelfde}"
        f" order by n.{eerst} = o.{eerst} desc, n.{eerst} limit 1)"
    )


_BELETSELS = "\nunion all ".join(
    [
        *(
            f"select distinct d.zaak_id, '{soort}', o.{gelijk[0]}, {volg} from {tabel} d"
            f" join catalogi_{soort} o on o.id = d.{soort}_id"
            f" where d.zaak_id = any(%(zaken)s) and {_ander(soort, gelijk, eerst)} is null"
            for volg, (tabel, soort, gelijk, eerst) in enumerate(DELEN)
        ),
        """select z.id, 'eindstatus', o.omschrijving, 7 from zaken_zaak z join zaken_status s on s.id = z.status_id
join catalogi_statustype o on o.id = s.statustype_id where z.id = any(%(zaken)s) and """
        + _ander("statustype", ("omschrijving",), "volgnummer")
        + """ = (select n.id from catalogi_statustype n where n.zaaktype_id = %(naar)s
    order by n.volgnummer desc limit 1)""",
        """select distinct zi.zaak_id, 'informatieobjecttype', i.omschrijving, 8 from zaken_zaakinformatieobject zi
join documenten_informatieobject d on d.id = zi.informatieobject_id
join catalogi_informatieobjecttype i on i.id = d.informatieobjecttype_id where zi.zaak_id = any(%(zaken)s)
and not exists (select 1 from catalogi_zaaktypeinformatieobjecttype r where r.zaaktype_id = %(naar)s
    and r.informatieobjecttype = i.omschrijving)""",
        """select distinct z.id, 'product', p, 9 from zaken_zaak z cross join unnest(z.producten_of_diensten) p
where z.id = any(%(zaken)s) and p <> all(%(producten)s::varchar[])""",
    ]
)


def _beletsels(zaken: list[UUID], nieuw: dict[str, Any]) -> dict[UUID, list[Beletsel]]:
    """What of each zaak has no place in the new version: one statement, however many there are."""
    gevonden = rows(
        f"select * from ({_BELETSELS}) as b(zaak, soort, naam, volg) order by zaak, volg, naam",
        {"zaken": zaken, "naar": nieuw["id"], "producten": nieuw["producten_of_diensten"]},
    )
    per: dict[UUID, list[Beletsel]] = defaultdict(list)
    for each in gevonden:
        per[each["zaak"]].append(Beletsel(each["soort"], each["naam"]))
    return per


def _verplaats(zaken: list[UUID], naar: UUID) -> None:
    """The rows themselves: a statement for each table."""
    params = {"zaken": zaken, "naar": naar, "nu": now()}
    for tabel, soort, gelijk, eerst in DELEN:
        execute(
            f"update {tabel} d set {soort}_id = {_ander(soort, gelijk, eerst)} from catalogi_{soort} o"
            f" where o.id = d.{soort}_id and d.zaak_id = any(%(zaken)s)",
            params,
        )
    execute("update zaken_zaak set zaaktype_id = %(naar)s, gewijzigd_op = %(nu)s where id = any(%(zaken)s)", params)


def _vertel(actor: Actor, zaak: UUID, oud: UUID, nieuw: dict[str, Any], waarom: str) -> None:
    organisatie = nieuw["organisatie_id"]
    detail = {"zaaktype_van": str(oud), "zaaktype_naar": str(nieuw["id"])}
    record(actor, rules.BIJWERKEN, "zaak", zaak, organisatie=organisatie, waarom=waarom, detail=detail)
    meld(actor, "zaak", zaak, zaak, "partial_update", organisatie=organisatie, resultaat=200)
    publish(ZaakOvergezet(subject=zaak, organisatie=organisatie, zaaktype_van=oud, zaaktype_naar=nieuw["id"]))

"""What a colleague should know beside a reactie: did this person write before, and did somebody else about the same?

By words and place, among what the employee may read. Nothing leaves here but number, subject, place and the reason.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import rows
from loket.foundation.time.clock import now
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries.zicht import zichtbaar
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import rules
from loket.services.reacties.catalogus import CATEGORIE
from loket.services.reacties.queries.woorden import eerste_bericht

EERDER = "reacties.eerder"
SOORTEN = ("melding", "vraag", "klacht", "compliment")
MAX_EERDER, MAX_ZELFDE = 6, 4
MAX_VAN_PERSOON, MAX_DICHTBIJ, MAX_RECENT = 40, 25, 300
"""How many are compared: the newest of the person, the nearest open ones, and the open ones that end last."""
STRAAL = 150.0
"""Metres within which open reacties are compared; what counts as the same place is the radius of the subject."""
ZELFDE = 0.45
"""So much likeness in words, subject and place is called the same matter."""
ZELFDE_WOORDEN = 0.6
"""Without a place, words alone must be so much alike."""


@dataclass(frozen=True)
class Verwant:
    """Another reactie, and why it is shown. `zelfde`: it is probably about the same matter. `samen`: both are open and
    of one kind, so that they can be merged."""

    nummer: str
    onderwerp: str
    plek: str
    op: datetime
    open: bool
    zelfde: bool
    samen: bool
    waarom: str


_KANDIDATEN = """
with van as (
    select r.partij_id from zaken_rol r
    where r.zaak_id = %(zaak)s and r.partij_id is not null
      and r.omschrijving_generiek in ('initiator', 'mede_initiator')),
persoon as (
    select r.zaak_id as id from zaken_rol r join van on van.partij_id = r.partij_id
    where r.omschrijving_generiek in ('initiator', 'mede_initiator') and r.zaak_id <> %(zaak)s
    order by r.zaak_id desc limit %(van_persoon)s),
dichtbij as materialized (
    select w.zaak_id as id from zaken_werkvoorraad w
    where %(x)s::float8 is not null and w.x is not null
      and point(w.x, w.y) <@ circle(point(%(x)s, %(y)s), %(straal)s)
      and w.organisatie_id = %(organisatie)s and w.ontvangen_op > %(sinds)s and w.zaak_id <> %(zaak)s
    order by point(w.x, w.y) <-> point(%(x)s, %(y)s) limit %(dichtbij)s),
recent as materialized (
    select w.zaak_id as id, w.onderwerp, w.begin from zaken_werkvoorraad w
    where w.organisatie_id = %(organisatie)s and w.zaak_id <> %(zaak)s
    order by w.antwoord_voor desc, w.zaak_id desc limit %(recent)s)
select id, true as persoon, false as dichtbij, '' as begin from persoon
union all select id, false, true, '' from dichtbij
union all select id, false, false, onderwerp || ' ' || begin from recent"""

_GEGEVENS = f"""
select z.id, z.identificatie, z.omschrijving, z.plek, z.x, z.y, z.aangemaakt_op, z.einddatum, z.organisatie_id,
    zt.identificatie as soort,
    (select c.waarde from zaken_zaakeigenschap c where c.zaak_id = z.id and c.naam = %(categorie)s) as categorie,
    {eerste_bericht("z.id", "1000")} as tekst,
    exists (select 1 from zaken_zaakrelatie v where (v.zaak_id = z.id and v.andere_zaak_id = %(zaak)s)
     or (v.zaak_id = %(zaak)s and v.andere_zaak_id = z.id)) as gekoppeld
from zaken_zaak z join catalogi_zaaktype zt on zt.id = z.zaaktype_id
where (z.id = %(zaak)s or (z.id = any(%(ids)s) and {{waar}})) and zt.identificatie = any(%(soorten)s)"""

_WIE = """
select distinct p.pseudoniem from zaken_rol r join klanten_partij p on p.id = r.partij_id
where r.zaak_id = %s and r.omschrijving_generiek in ('initiator', 'mede_initiator')"""


def verwant(actor: Actor, zaak: Zaak) -> tuple[list[Verwant], list[Verwant]]:
    """What the same person wrote before, and what others wrote that is probably the same matter, of what the actor may
    read; what is related already is left out. Showing what somebody wrote before is a use of personal data."""
    kandidaten = rows(
        _KANDIDATEN,
        {
            "zaak": zaak.id,
            "organisatie": zaak.organisatie_id,
            "x": zaak.x,
            "y": zaak.y,
            "straal": STRAAL,
            "sinds": now() - timedelta(weeks=rules.ZELFDE_WEKEN),
            "van_persoon": MAX_VAN_PERSOON,
            "dichtbij": MAX_DICHTBIJ,
            "recent": MAX_RECENT if zaak.einddatum is None else 0,
        },
    )
    werk = getattr(zaak, "werk", None)
    eigen_begin = f"{zaak.omschrijving} {werk.begin if werk is not None else ''}"
    persoon = {rij["id"] for rij in kandidaten if rij["persoon"]}
    dichtbij = {rij["id"] for rij in kandidaten if rij["dichtbij"]}
    woorden = {
        rij["id"]
        for rij in kandidaten
        if rij["begin"] and rules.gelijkenis(eigen_begin, rij["begin"]) >= ZELFDE_WOORDEN
    }
    ids = persoon | dichtbij | woorden
    if not ids:
        return [], []
    waar, params = zichtbaar(actor, LEZEN)
    gevonden = {
        rij["id"]: rij
        for rij in rows(
            _GEGEVENS.format(waar=waar),
            {"zaak": zaak.id, "ids": list(ids), "categorie": CATEGORIE, "soorten": list(SOORTEN), **params},
        )
    }
    zelf = gevonden.pop(zaak.id, None)
    if zelf is None:
        return [], []
    vergeleken = [(rij, *_vergelijk(zelf, rij)) for rij in gevonden.values() if not rij["gekoppeld"]]
    van_persoon = [_maak(zelf, *each) for each in vergeleken if each[0]["id"] in persoon]
    anderen = [each for each in vergeleken if each[0]["id"] not in persoon and each[1] >= ZELFDE]
    if van_persoon:
        Use(actor, EERDER, zaak.id).log(rij["pseudoniem"] for rij in rows(_WIE, (zaak.id,)))
    return (
        sorted(van_persoon, key=lambda each: (each.zelfde, each.op), reverse=True)[:MAX_EERDER],
        [_maak(zelf, *each) for each in sorted(anderen, key=lambda each: -each[1])[:MAX_ZELFDE]],
    )


def _vergelijk(een: dict[str, Any], ander: dict[str, Any]) -> tuple[float, str]:
    """How much two reacties are the same matter (0 to 1), and why in words."""
    if een["soort"] != ander["soort"]:
        return 0.0, ""
    waarom = []
    zelfde_soort = bool(een["categorie"]) and een["categorie"] == ander["categorie"]
    gelijk = rules.gelijkenis(
        f"{een['omschrijving']} {een['tekst'] or ''}", f"{ander['omschrijving']} {ander['tekst'] or ''}"
    )
    score = gelijk
    if zelfde_soort:
        waarom.append(_("zelfde onderwerp"))
        score = min(1.0, score + 0.2)
    if een["x"] is not None and ander["x"] is not None:
        meter = math.hypot(een["x"] - ander["x"], een["y"] - ander["y"])
        if meter <= rules.straal(een["categorie"] or ""):
            waarom.append(
                ngettext("%(n)d meter verderop", "%(n)d meter verderop", round(meter)) % {"n": round(meter)}
                if meter >= 1
                else _("zelfde plek")
            )
            score = min(1.0, score + 0.25)
        else:  # the same words at another place are another matter
            score *= 0.5 if meter <= STRAAL else 0.3
    if gelijk >= 0.3:
        waarom.append(_("zelfde woorden"))
    elif not zelfde_soort:
        score = min(score, ZELFDE - 0.01)
    return score, ", ".join(waarom)


def _maak(zelf: dict[str, Any], rij: dict[str, Any], score: float, waarom: str) -> Verwant:
    is_open = rij["einddatum"] is None
    return Verwant(
        rij["identificatie"],
        rij["omschrijving"],
        rij["plek"],
        rij["aangemaakt_op"],
        is_open,
        score >= ZELFDE,
        is_open
        and zelf["einddatum"] is None
        and rij["soort"] == zelf["soort"]
        and rij["organisatie_id"] == zelf["organisatie_id"],
        waarom,
    )

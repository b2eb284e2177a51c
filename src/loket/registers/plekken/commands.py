"""What can be done to the register of places: load a whole town."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction
from shapely import union_all

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.bulk import Bulk
from loket.foundation.database.sql import execute
from loket.foundation.identity.models import Organisatie
from loket.registers.plekken import models, rules
from loket.registers.plekken.generator import SEED, teken_stad
from loket.registers.plekken.stad import plan
from loket.registers.plekken.stad.soorten import Stad
from loket.registers.plekken.velden import vak_tekst

TABELLEN = ("bestuursgebied", "adres", "wegdeel", "boom", "benoemdeplek", "groenvlak", "waterdeel", "perceel", "pand",
            "straat", "wijk")  # fmt: skip


def laad_stad(actor: Actor, organisaties: Mapping[str, Organisatie], seed: int = SEED) -> Stad:
    """Draw Lindewaard and load it: `organisaties["gemeente"]` and, if there is one, `organisaties["waterschap"]`.

    Replaces everything in the register of these organisations. Water, dikes and culverts go to the water board, the
    rest to the municipality. Gives the town back, for whoever wants to fill it with people.
    """
    stad = teken_stad(seed)
    gemeente = organisaties["gemeente"]
    waterschap = organisaties.get("waterschap", gemeente)
    wie = {gemeente.id, waterschap.id}
    with transaction.atomic():
        for tabel in TABELLEN:
            execute(f"delete from plekken_{tabel} where organisatie_id = any(%(wie)s)", {"wie": list(wie)})
        _laad(stad, gemeente.id, waterschap.id)
        _bestuur(stad, gemeente, organisaties.get("waterschap"))
        record(
            actor, "plekken.laden", "Kaart", gemeente.id, organisatie=gemeente.id,
            waarom=f"Lindewaard, seed {seed}", detail={"adressen": len(stad.adressen)},
        )  # fmt: skip
    return stad


def _laad(stad: Stad, gemeente: UUID, waterschap: UUID) -> None:
    wijken = _vul(models.Wijk, stad.wijken, lambda w: {"organisatie_id": gemeente, "naam": w.naam})
    straten = _vul(
        models.Straat, stad.straten,
        lambda s: {"organisatie_id": gemeente, "naam": s.naam, "zoeknaam": rules.zoeknaam(s.naam), "rang": s.rang,
                   "breedte": s.breedte, "rijbaan": s.rijbaan},
    )  # fmt: skip
    panden = _vul(
        models.Pand, stad.panden,
        lambda p: {"organisatie_id": gemeente, "soort": p.soort, "naam": p.naam, "bouwjaar": p.bouwjaar,
                   "hoogte": p.hoogte},
    )  # fmt: skip
    percelen = _vul(
        models.Perceel, stad.percelen,
        lambda p: {"organisatie_id": gemeente, "gemeente": plan.KADASTRALE_GEMEENTE, "sectie": p.sectie,
                   "nummer": p.nummer, "oppervlakte": round(p.vorm.area, 1)},
    )  # fmt: skip
    _vul(
        models.Waterdeel, stad.water,
        lambda w: {"organisatie_id": waterschap, "naam": w.naam, "soort": w.soort,
                   "hartlijn": None if w.hartlijn is None else shapely.to_wkb(w.hartlijn)},
    )  # fmt: skip
    _vul(
        models.Wegdeel, stad.wegen,
        lambda w: {"organisatie_id": gemeente, "soort": w.soort,
                   "straat_id": None if w.straat is None else straten[w.straat]},
    )  # fmt: skip
    _vul(
        models.Groenvlak, stad.groen,
        lambda g: {"organisatie_id": waterschap if g.soort == "dijk" else gemeente, "naam": g.naam, "soort": g.soort},
    )  # fmt: skip
    adressen, bomen, plekken = Bulk(models.Adres), Bulk(models.Boom), Bulk(models.BenoemdePlek)
    for a in stad.adressen:
        adressen.add(
            organisatie_id=gemeente, straat_id=straten[a.straat], huisnummer=a.huisnummer, letter=a.letter,
            postcode=a.postcode, woonplaats=plan.WOONPLAATS, x=a.x, y=a.y, pand_id=panden[a.pand],
            perceel_id=percelen[a.perceel], wijk_id=wijken[a.wijk],
        )  # fmt: skip
    for b in stad.bomen:
        bomen.add(organisatie_id=gemeente, x=b.x, y=b.y, straal=round(b.straal, 1), openbaar=b.openbaar)
    for p in stad.plekken:
        van = waterschap if p.soort in ("duiker", "sluis", "gemaal") else gemeente
        plekken.add(organisatie_id=van, naam=p.naam, zoeknaam=rules.zoeknaam(p.naam), soort=p.soort, x=p.x, y=p.y)
    for bulk in (adressen, bomen, plekken):
        bulk.flush()


def _vul(model: Any, dingen: list[Any], kolommen: Any) -> list[Any]:
    """Write things with a shape; their keys, in the same order."""
    vormen = [d.vorm for d in dingen]
    wkb, vakken = shapely.to_wkb(vormen), shapely.bounds(vormen).round(2).tolist()
    bulk = Bulk(model)
    sleutels = [
        bulk.add(vorm=vorm, vak=vak_tekst(tuple(vak)), **kolommen(ding))
        for ding, vorm, vak in zip(dingen, wkb, vakken, strict=True)
    ]
    bulk.flush()
    return sleutels


def _bestuur(stad: Stad, gemeente: Organisatie, waterschap: Organisatie | None) -> None:
    """Who is responsible: the municipality for everything, except what is the water board's."""
    gebied = stad.plangebied.buffer(200, join_style="mitre")
    gebieden: list[tuple[Organisatie, str, list[str], int, Any]] = [(gemeente, gemeente.naam, [], 0, gebied)]
    if waterschap is not None:
        zone = union_all([w.vorm for w in stad.water if w.soort != "vijver"] + [stad.dijk])
        zone = zone.buffer(rules.ZONE_METER, quad_segs=2).simplify(0.5)
        gebieden.append((waterschap, waterschap.naam, sorted(rules.WATER_ONDERWERPEN), 10, gebied))
        gebieden.append((waterschap, "Water en dijken", sorted(rules.ZONE_ONDERWERPEN), 5, zone))
    for organisatie, naam, onderwerpen, voorrang, vorm in gebieden:
        models.Bestuursgebied.objects.create(
            organisatie=organisatie, naam=naam, onderwerpen=onderwerpen, voorrang=voorrang, vorm=vorm, vak=vorm.bounds
        )

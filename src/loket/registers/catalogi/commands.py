"""What can be done with the catalogue: load one from a plain definition, which may be done again and again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.api.changes import changed
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import today
from loket.registers.basis import bewaar, controleer
from loket.registers.catalogi import rules
from loket.registers.catalogi.events import ZaaktypeGepubliceerd, ZaaktypeIngevoerd
from loket.registers.catalogi.hulpbronnen import delen, typen  # noqa: F401 (the parts: an object shows them)
from loket.registers.catalogi.models import Besluittype, Catalogus, Informatieobjecttype, Statustype, Zaaktype
from loket.registers.catalogi.reizen import (
    DELEN,
    MEE,
    Soort,
    Verschil,
    lees,
    nieuwste,
    op_nummer,
    sleutel_van,
    vergelijk,
)

type Definitie = Mapping[str, Any]

DUREN = ("doorlooptijd", "servicenorm", "verlengingstermijn", "archiefactietermijn", "procestermijn")
BEGIN = date(2020, 1, 1)
"""From when a type is in force whose definition does not say so."""
DATUMS = ("begin_geldigheid", "einde_geldigheid", "begin_object", "einde_object", "versiedatum", "begindatum_versie")


def laad_catalogus(actor: Actor, organisatie: Organisatie, definitie: Definitie | Path) -> Catalogus:
    """Make the catalogue of `organisatie` as `definitie` (or the JSON file at that path) says, and publish its types.

    The keys are the names of the fields, see docs/developer/registers.md. Loading the same again changes nothing. What
    is published stays as it is (ztc-009, ztc-010): a difference is Refused, unless the type has a later
    `begin_geldigheid`: then it is a new version, and the one before it ends the day before. A zaaktype with
    `"concept": true` is not published. Needs the right `catalogus.beheren`.
    """
    actor.require(rules.BEHEREN)
    if isinstance(definitie, Path):
        definitie = json.loads(definitie.read_text(encoding="utf-8"))
    assert not isinstance(definitie, Path)
    eigen = {
        "organisatie": organisatie,
        "domein": definitie["domein"],
        "rsin": definitie.get("rsin", organisatie.rsin),
    }
    velden = _zonder(definitie, "domein", "rsin", "zaaktypen", "informatieobjecttypen", "besluittypen")
    with transaction.atomic():
        catalogus, veranderd = _zet(Catalogus, eigen, velden)
        anders = [f"catalogus {catalogus.domein}"] if veranderd else []
        for naam, model in MEE:
            for deel in definitie.get(naam, ()):
                anders += _laad_soort(model, catalogus, deel)
        for deel in definitie.get("zaaktypen", ()):
            anders += _laad_zaaktype(catalogus, deel)
        if anders:
            record(
                actor,
                rules.BEHEREN,
                "catalogus",
                catalogus.id,
                organisatie=organisatie.id,
                waarom="Catalogus geladen",
                detail={"veranderd": anders},
            )
    return catalogus


def importeer(
    actor: Actor, catalogus: Catalogus, document: Any, *, begin: date | None = None, waarom: str = ""
) -> Verschil:
    """Take in a document that `reizen.exporteer` wrote, all of it or nothing; gives what it changed.

    What is published stays as it is (ztc-009, ztc-010): where the document differs, there comes a concept beside it,
    which somebody publishes. A concept that was there becomes as the document says. A new version is valid from
    `begin`, else from the day in the document when that is later than every version, else from tomorrow. The same
    document again changes nothing. Needs `catalogus.beheren`; raises Refused (`unknown-format`, `invalid`).
    """
    actor.require(rules.BEHEREN)
    beeld = lees(document)
    naam = beeld["zaaktype"]["identificatie"]
    with transaction.atomic():
        execute("select 1 from catalogi_catalogus where id = %s for update", (catalogus.id,))
        verschil = vergelijk(catalogus, beeld)
        if not verschil.regels:
            return verschil
        try:
            with transaction.atomic():
                for soort, model in MEE:
                    for deel in beeld[soort]:
                        if verschil.van(f"mee:{soort}", deel["omschrijving"]):
                            _voer_in(actor, model, catalogus, deel, begin)
                zaaktype = nieuwste(Zaaktype, catalogus.id, naam)
                if verschil.zaaktype_anders:
                    zaaktype = _voer_in(actor, Zaaktype, catalogus, beeld["zaaktype"], begin)
        except (DatabaseError, psycopg.IntegrityError, psycopg.DataError) as error:
            raise Refused("invalid", _("Wat in het bestand staat, past niet in de catalogus: %s") % error) from error
        assert isinstance(zaaktype, Zaaktype)
        record(
            actor,
            rules.BEHEREN,
            "zaaktype",
            zaaktype.id,
            organisatie=catalogus.organisatie_id,
            waarom=waarom or "Zaaktype ingevoerd",
            detail={"veranderd": [f"{each.soort} {each.naam} {each.wat}" for each in verschil.regels]},
        )
        publish(
            ZaaktypeIngevoerd(
                subject=zaaktype.id,
                organisatie=catalogus.organisatie_id,
                identificatie=naam,
                begin_geldigheid=str(zaaktype.begin_geldigheid),
            )
        )
    return verschil


def _voer_in(
    actor: Actor, model: Soort, catalogus: Catalogus, deel: Definitie, begin: date | None
) -> Zaaktype | Informatieobjecttype | Besluittype:
    """Make the concept of this type as `deel` says, or bring it in line; parts that it does not have any more go."""
    hier = nieuwste(model, catalogus.id, deel[sleutel_van(model)])
    velden = {**deel, "concept": True}
    if hier is not None and hier.concept:
        velden |= {naam: getattr(hier, naam) for naam in DATUMS if hasattr(hier, naam)}
    elif hier is not None or begin is not None:
        vanaf = begin or _datum(deel["begin_geldigheid"])
        if hier is not None and vanaf <= hier.begin_geldigheid:
            vanaf = max(today(), hier.begin_geldigheid) + timedelta(days=1)
        velden |= {"begin_geldigheid": vanaf, "einde_geldigheid": None}
    if model is not Zaaktype:
        _laad_soort(model, catalogus, velden)
    else:
        _laad_zaaktype(catalogus, velden)
    gemaakt = nieuwste(model, catalogus.id, deel[sleutel_van(model)])
    assert gemaakt is not None
    if isinstance(gemaakt, Zaaktype):
        for naam, part, sleutel in reversed(DELEN):
            weg = part._default_manager.filter(zaaktype=gemaakt)
            for each in deel[naam]:
                weg = weg.exclude(**{op_nummer(one): each[one] for one in sleutel})
            weg.delete()
    schrijven = next(each for each in typen.SCHRIJVEN if each.model is model)
    assert schrijven.channel is not None
    actie = "update" if hier is not None and hier.id == gemaakt.id else "create"
    changed(
        actor,
        schrijven.channel,
        schrijven.resource,
        gemaakt.id,
        gemaakt.id,
        actie,
        organisatie=catalogus.organisatie_id,
    )
    return gemaakt


def _laad_zaaktype(catalogus: Catalogus, deel: Definitie) -> list[str]:
    """Load one version of a zaaktype with its parts; gives the names of what was written."""
    parts = {naam for naam, _, _ in DELEN}
    zaaktype, veranderd = _versie(Zaaktype, catalogus, _zonder(deel, *parts))
    assert isinstance(zaaktype, Zaaktype)
    anders = [f"zaaktype {zaaktype.identificatie}"] if veranderd else []
    for naam, model, sleutel in DELEN:
        stukken: Sequence[Definitie] = deel.get(naam, ())
        for nummer, stuk in enumerate(stukken, 1):
            velden = {"volgnummer": nummer, **stuk} if sleutel == ("volgnummer",) else dict(stuk)
            if isinstance(step := velden.get("statustype"), str | int):
                veld = "omschrijving" if isinstance(step, str) else "volgnummer"
                velden["statustype"] = Statustype.objects.get(zaaktype=zaaktype, **{veld: step})
            if "statustype" in sleutel:
                velden.setdefault("statustype", None)
            eigen = {"organisatie": catalogus.organisatie, "zaaktype": zaaktype}
            eigen |= {one: velden.pop(one) for one in sleutel}
            _, veranderd = _zet(model, eigen, velden, partial(rules.ztc_010, zaaktype.concept))
            anders += [f"{naam} {eigen[sleutel[0]]}"] if veranderd else []
    if zaaktype.concept and not deel.get("concept", False):
        _publiceer(Zaaktype, zaaktype, identificatie=zaaktype.identificatie)
        publish(
            ZaaktypeGepubliceerd(
                subject=zaaktype.id,
                organisatie=zaaktype.organisatie_id,
                identificatie=zaaktype.identificatie,
                begin_geldigheid=str(zaaktype.begin_geldigheid),
            )
        )
    return anders


def _laad_soort(model: Soort, catalogus: Catalogus, deel: Definitie) -> list[str]:
    """Load one version of a kind of document or besluit; gives its name when something was written."""
    soort, veranderd = _versie(model, catalogus, deel)
    if soort.concept and not deel.get("concept", False):
        _publiceer(model, soort, omschrijving=deel["omschrijving"])
    return [f"{model._meta.model_name} {deel['omschrijving']}"] if veranderd else []


def _versie(
    model: Soort, catalogus: Catalogus, deel: Definitie
) -> tuple[Zaaktype | Informatieobjecttype | Besluittype, bool]:
    """The version of a type that `deel` describes, made or compared; and whether something was written."""
    sleutel = sleutel_van(model)
    velden = _zonder(deel, "concept", "begin_geldigheid", sleutel)
    begin: date = _datum(deel.get("begin_geldigheid", BEGIN))
    if model is Zaaktype:
        velden.setdefault("versiedatum", begin)
    eigen = {"organisatie": catalogus.organisatie, "catalogus": catalogus, sleutel: deel[sleutel]}
    found = model._default_manager.filter(**eigen, begin_geldigheid=begin).first()
    concept = found is None or found.concept
    return _zet(model, {**eigen, "begin_geldigheid": begin}, velden, partial(rules.ztc_009, concept))


def _publiceer(model: Soort, soort: Zaaktype | Informatieobjecttype | Besluittype, **eigen: str) -> None:
    """End the version before this one the day before it begins, and take the type into use (ztc-016)."""
    andere = model._default_manager.filter(
        organisatie=soort.organisatie, catalogus=soort.catalogus, concept=False, **eigen
    )
    andere.filter(begin_geldigheid__lt=soort.begin_geldigheid).filter(
        Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=soort.begin_geldigheid)
    ).update(einde_geldigheid=soort.begin_geldigheid - timedelta(days=1))
    rules.ztc_016(
        soort.begin_geldigheid, soort.einde_geldigheid, andere.values_list("begin_geldigheid", "einde_geldigheid")
    )
    soort.concept = False
    soort.save(update_fields=["concept"])


def _zet[M: models.Model](
    model: type[M], eigen: Definitie, velden: Definitie, mag: Callable[[Iterable[str]], None] | None = None
) -> tuple[M, bool]:
    """The row with the identifying fields `eigen`, made or brought in line with `velden`, and whether anything was
    written. `mag` is asked, with the names of what differs, whether that may be."""
    for naam, waarde in velden.items():
        if naam in DUREN:
            rules.controleer_duur(waarde, naam)
    schoon = {naam: _datum(waarde) if naam in DATUMS else waarde for naam, waarde in velden.items()}
    found = model._default_manager.filter(**eigen).first()
    if found is None:
        if mag:
            mag([list(eigen)[-1]])
        return bewaar(model(**eigen, **schoon)), True
    anders = [naam for naam, waarde in schoon.items() if getattr(found, naam) != waarde]
    if mag:
        mag(anders)
    for naam in anders:
        setattr(found, naam, schoon[naam])
    if anders:
        controleer(found)
        found.save(update_fields=anders)
    return found, bool(anders)


def _datum(waarde: Any) -> Any:
    """A date written as text, as a date; anything else as it is."""
    return date.fromisoformat(waarde) if isinstance(waarde, str) else waarde


def _zonder(deel: Definitie, *namen: str) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in deel.items() if naam not in namen}

"""What can be done with the catalogue: load one from a plain definition, which may be done again and again."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.registers.basis import bewaar, controleer
from loket.registers.catalogi import rules
from loket.registers.catalogi.events import ZaaktypeGepubliceerd
from loket.registers.catalogi.models import (
    Catalogus,
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)

type Definitie = Mapping[str, Any]

DUREN = ("doorlooptijd", "servicenorm", "verlengingstermijn", "archiefactietermijn", "procestermijn")
BEGIN = date(2020, 1, 1)
"""From when a type is in force whose definition does not say so."""
DATUMS = ("begin_geldigheid", "einde_geldigheid", "begin_object", "einde_object", "versiedatum", "begindatum_versie")
DELEN: tuple[tuple[str, type[models.Model], str], ...] = (
    ("statustypen", Statustype, "volgnummer"),
    ("resultaattypen", Resultaattype, "omschrijving"),
    ("roltypen", Roltype, "omschrijving"),
    ("eigenschappen", Eigenschap, "naam"),
    ("informatieobjecttypen", ZaaktypeInformatieobjecttype, "volgnummer"),
)
"""The parts of a zaaktype: the key in the definition, the table, and what tells one part from another."""


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
    velden = _zonder(definitie, "domein", "rsin", "zaaktypen", "informatieobjecttypen")
    with transaction.atomic():
        catalogus, veranderd = _zet(Catalogus, eigen, velden)
        anders = [f"catalogus {catalogus.domein}"] if veranderd else []
        for deel in definitie.get("informatieobjecttypen", ()):
            anders += _laad_informatieobjecttype(catalogus, deel)
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


def _laad_zaaktype(catalogus: Catalogus, deel: Definitie) -> list[str]:
    """Load one version of a zaaktype with its parts; gives the names of what was written."""
    parts = {naam for naam, _, _ in DELEN}
    zaaktype, veranderd = _versie(Zaaktype, "identificatie", catalogus, _zonder(deel, *parts))
    anders = [f"zaaktype {zaaktype.identificatie}"] if veranderd else []
    for naam, model, sleutel in DELEN:
        delen: Sequence[Definitie] = deel.get(naam, ())
        for nummer, stuk in enumerate(delen, 1):
            velden = {"volgnummer": nummer, **stuk} if sleutel == "volgnummer" else dict(stuk)
            if isinstance(step := velden.get("statustype"), str):
                velden["statustype"] = Statustype.objects.get(zaaktype=zaaktype, omschrijving=step)
            eigen = {"organisatie": catalogus.organisatie, "zaaktype": zaaktype, sleutel: velden.pop(sleutel)}
            _, veranderd = _zet(model, eigen, velden, partial(rules.ztc_010, zaaktype.concept))
            anders += [f"{naam} {eigen[sleutel]}"] if veranderd else []
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


def _laad_informatieobjecttype(catalogus: Catalogus, deel: Definitie) -> list[str]:
    """Load one version of a kind of document; gives its name when something was written."""
    soort, veranderd = _versie(Informatieobjecttype, "omschrijving", catalogus, deel)
    if soort.concept and not deel.get("concept", False):
        _publiceer(Informatieobjecttype, soort, omschrijving=soort.omschrijving)
    return [f"informatieobjecttype {soort.omschrijving}"] if veranderd else []


def _versie[T: (Zaaktype, Informatieobjecttype)](
    model: type[T], sleutel: str, catalogus: Catalogus, deel: Definitie
) -> tuple[T, bool]:
    """The version of a type that `deel` describes, made or compared; and whether something was written."""
    velden = _zonder(deel, "concept", "begin_geldigheid", sleutel)
    begin: date = _datum(deel.get("begin_geldigheid", BEGIN))
    if model is Zaaktype:
        velden.setdefault("versiedatum", begin)
    eigen = {"organisatie": catalogus.organisatie, "catalogus": catalogus, sleutel: deel[sleutel]}
    found = model.objects.filter(**eigen, begin_geldigheid=begin).first()
    concept = found is None or found.concept
    return _zet(model, {**eigen, "begin_geldigheid": begin}, velden, partial(rules.ztc_009, concept))


def _publiceer(
    model: type[Zaaktype | Informatieobjecttype], soort: Zaaktype | Informatieobjecttype, **eigen: str
) -> None:
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

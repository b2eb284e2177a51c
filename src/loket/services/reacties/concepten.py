"""Keeping what a resident has filled in until it is sent. A draft is nobody's but of who holds the cookie's secret."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from loket.foundation.database.sql import execute, row
from loket.foundation.errors import NotFound, Refused
from loket.foundation.time.clock import now
from loket.services.reacties import rules, sleutels
from loket.services.reacties.inzending import Foto, Inzending, naar_json, uit_json
from loket.services.reacties.models import Concept

BEWAAR_DAGEN = 7
"""How long an unsent draft is kept."""


def begin_concept(soort: str, gegevens: Mapping[str, Any] | None = None) -> tuple[Concept, str]:
    """A new draft, with what was filled in already, and the secret for the cookie."""
    geheim = sleutels.nieuw_geheim()
    concept = Concept(
        soort=soort, sleutel_hash=sleutels.hash_van(geheim), gegevens=dict(gegevens or {}), bijgewerkt_op=now()
    )
    concept.save(force_insert=True)
    return concept, geheim


def vind_concept(geheim: str, soort: str) -> Concept | None:
    """The draft that belongs to the secret of a cookie, sent or not, or None."""
    gehasht = sleutels.hash_van(geheim)
    found = row(
        "select id, gegevens, bijgewerkt_op, verstuurd_op, zaak_id, volglink_id from reacties_concept"
        " where sleutel_hash = %s and soort = %s",
        (gehasht, soort),
    )
    return Concept(soort=soort, sleutel_hash=gehasht, **found) if found else None


def bewaar_concept(concept: Concept, inzending: Inzending, **overig: Any) -> None:
    """Keep what was filled in, valid or not yet; `overig` are small facts of the form itself. Raises Refused
    (`verstuurd`) when it was sent already."""
    _schrijf(concept, {**concept.gegevens, **naar_json(inzending), **overig})


def voeg_foto_toe(concept: Concept, foto: Foto) -> None:
    """Add a stored photo to the draft. Raises Refused (`te_veel`, `verstuurd`)."""
    with transaction.atomic():
        concept.gegevens = _vers(concept).gegevens
        fotos = concept.gegevens.get("fotos", [])
        if len(fotos) >= rules.MAX_FOTOS:
            raise Refused(
                "te_veel", _("U kunt %d bestanden meesturen. Haal er eerst een weg.") % rules.MAX_FOTOS, "foto"
            )
        inzending = uit_json(concept.gegevens, concept.soort)
        _schrijf(concept, {**concept.gegevens, **naar_json(inzending.met(fotos=(*inzending.fotos, foto)))})


def haal_foto_weg(concept: Concept, foto: str) -> None:
    """Take a photo out of the draft; one that is not there is no fault."""
    with transaction.atomic():
        concept.gegevens = _vers(concept).gegevens
        fotos = [each for each in concept.gegevens.get("fotos", []) if each["id"] != foto]
        _schrijf(concept, {**concept.gegevens, "fotos": fotos})


def verstuurd(concept: Concept) -> UUID | None:
    """The zaak that this draft became, or None; the draft stays locked until the end of the transaction, so that a
    second click waits for the first."""
    found = row("select zaak_id from reacties_concept where id = %s for update", (concept.id,))
    if found is None:
        raise NotFound("This draft is gone.")
    eerder: UUID | None = found["zaak_id"]
    return eerder


def _vers(concept: Concept) -> Concept:
    """The draft as it is now, locked."""
    found = Concept.objects.select_for_update().filter(id=concept.id).first()
    if found is None:
        raise NotFound("This draft is gone.")
    return found


def _schrijf(concept: Concept, gegevens: Mapping[str, Any]) -> None:
    concept.gegevens = dict(gegevens)
    concept.bijgewerkt_op = now()
    changed = execute(
        "update reacties_concept set gegevens = %s, bijgewerkt_op = %s where id = %s and verstuurd_op is null",
        (Jsonb(concept.gegevens), concept.bijgewerkt_op, concept.id),
    )
    if not changed:
        raise Refused("verstuurd", _("Dit is al verstuurd. U kunt er wel een bericht bij sturen."))

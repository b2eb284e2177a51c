"""What can be done with the register: a trained model enters it, a suggestion is noted, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.beheer.rules import ORGANISATIE
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute
from loket.foundation.errors import Forbidden
from loket.foundation.jobs.queue import enqueue
from loket.foundation.storage.files import store
from loket.foundation.time.clock import now
from loket.registers.algoritmen.aangifte import algoritme as zoek
from loket.registers.algoritmen.models import Leermodel

TRAINEN = "algoritmen.trainen"
BEWAAR = 5
"""So many models of each algorithm keep their file; of older ones the figures stay."""

_VOORSTEL = """
insert into algoritmen_voorstel
    (id, organisatie_id, algoritme, leermodel_id, betreft, label, zekerheid, woorden, op, uitkomst, uitkomst_label)
select n.id, %(organisatie)s, %(algoritme)s, n.leermodel, n.betreft, n.label, n.zekerheid, n.woorden, %(op)s, '', ''
from unnest(%(ids)s::uuid[], %(modellen)s::uuid[], %(betreft)s::uuid[], %(labels)s::text[], %(zekerheden)s::float8[],
    %(woorden)s::text[]) as n(id, leermodel, betreft, label, zekerheid, woorden)
on conflict (betreft, algoritme) do update set leermodel_id = excluded.leermodel_id, label = excluded.label,
    zekerheid = excluded.zekerheid, woorden = excluded.woorden, op = excluded.op
where algoritmen_voorstel.uitkomst = ''"""


@dataclass(frozen=True)
class Gezegd:
    """A suggestion about `betreft`; an empty `label` is silence. `leermodel` None: the rules said it."""

    betreft: UUID
    label: str
    zekerheid: float | None
    leermodel: UUID | None
    woorden: str = ""


def _alleen_systeem(actor: Actor) -> None:
    if actor.kind != "systeem":
        raise Forbidden("What an algorithm suggests, the system writes.")


def vraag_training(actor: Actor, code: str) -> None:
    """Train an algorithm again for the own organisation, as a job. While one waits, nothing is added. Needs
    `beheer.organisatie`. Raises NotFound for an unknown algorithm."""
    actor.require(ORGANISATIE)
    gevraagd = zoek(code)
    if actor.organisatie is None or gevraagd.leer is None:
        raise Forbidden("Training is done for one organisation.")
    with transaction.atomic():
        enqueue(
            "algoritmen.train",
            lock="algoritmen.train",
            once=f"algoritmen.train:{code}:{actor.organisatie}",
            code=code,
            organisatie=str(actor.organisatie),
        )
        record(actor, "algoritme.training_gevraagd", "algoritme", None, detail={"algoritme": code})


def registreer_model(
    actor: Actor,
    *,
    organisatie: UUID,
    algoritme: str,
    bestand: bytes,
    voorbeelden: int,
    van: date | None,
    tot_en_met: date | None,
    cijfers: dict[str, Any],
    drempel: float,
    in_gebruik: bool,
    reden: str,
    duur: float,
) -> Leermodel:
    """A model was trained: keep its file and its figures; it is the active one from now on. The system does this."""
    _alleen_systeem(actor)
    zoek(algoritme)
    sha256 = store(bestand).sha256 if bestand else ""
    with transaction.atomic():
        execute("select pg_advisory_xact_lock(hashtextextended(%s::text, 1))", (f"{organisatie}:{algoritme}",))
        eerder = Leermodel.objects.filter(organisatie_id=organisatie, algoritme=algoritme)
        eerder.filter(actief=True).update(actief=False)
        model = Leermodel.objects.create(
            organisatie_id=organisatie,
            algoritme=algoritme,
            getraind_op=now(),
            voorbeelden=voorbeelden,
            van=van,
            tot_en_met=tot_en_met,
            cijfers=cijfers,
            drempel=drempel,
            sha256=sha256,
            in_gebruik=in_gebruik and bool(sha256),
            reden=reden,
            duur=duur,
        )
        oud = list(eerder.exclude(sha256="").order_by("-getraind_op").values_list("id", flat=True)[BEWAAR:])
        Leermodel.objects.filter(id__in=oud).update(sha256="", in_gebruik=False)
        record(
            actor,
            TRAINEN,
            "algoritme",
            model.id,
            organisatie=organisatie,
            detail={"algoritme": algoritme, "voorbeelden": voorbeelden, "in_gebruik": model.in_gebruik},
        )
    return model


def leg_voorstellen_vast(actor: Actor, organisatie: UUID, algoritme: str, gezegd: Iterable[Gezegd]) -> None:
    """Note what was suggested (or that nothing was), one row for each thing; a newer suggestion takes the place of an
    older one until it is known what it became. The system does this, in the transaction of the suggestion."""
    _alleen_systeem(actor)
    rijen = list(gezegd)
    if not rijen:
        return
    execute(
        _VOORSTEL,
        {
            "organisatie": organisatie,
            "algoritme": algoritme,
            "op": now(),
            "ids": [uuid7() for _ in rijen],
            "modellen": [each.leermodel for each in rijen],
            "betreft": [each.betreft for each in rijen],
            "labels": [each.label for each in rijen],
            "zekerheden": [each.zekerheid for each in rijen],
            "woorden": [each.woorden[:200] for each in rijen],
        },
    )


def leg_uitkomst_vast(
    actor: Actor, algoritme: str, betreft: UUID, label: str, *, eerste_lijn: bool = False, op: datetime | None = None
) -> None:
    """Note what a thing became in the end: `label`, or handled by the first line itself (`eerste_lijn`). A later end
    (opened again) takes the place of an earlier one. The system does this; without a suggestion nothing is noted."""
    _alleen_systeem(actor)
    execute(
        "update algoritmen_voorstel set uitkomst_label = %(label)s::text, uitkomst_op = %(op)s, uitkomst = case"
        " when label = %(label)s::text then 'gevolgd' when %(eerste)s then 'eerste_lijn' else 'anders' end"
        " where betreft = %(betreft)s and algoritme = %(algoritme)s",
        {"label": label, "op": op or now(), "eerste": eerste_lijn, "betreft": betreft, "algoritme": algoritme},
    )

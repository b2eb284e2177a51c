"""What who watches over the use of data can ask: both logs, of the own organisation, a page at a time. Asking is itself
written in the trail, in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.access.shield import hidden
from loket.foundation.audit import names
from loket.foundation.audit.rules import LEZEN, Plaats
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import rows, value
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.time.clock import day_end, day_start

PAGE = 50

_GEBRUIK = """
with regels as materialized (
    select d.id, d.trace_id, d.start, d.naam, d.verwerkingsactiviteit, d.betrokkene, d.betrokkene_soort, d.rol, d.zaak
    from loket_audit_dataverwerking d
    where {waar} order by d.start desc, d.id desc limit %(aantal)s)
select r.*, i.medewerker, coalesce(g.naam, '') as wie from regels r
left join loket_audit_inzage i on i.trace_id = r.trace_id
left join loket_identity_gebruiker g on g.id = i.medewerker
order by r.start desc, r.id desc"""

_SPOOR = """
select h.id, h.tijd, h.actor_soort, h.actor, h.actor_naam, h.handeling, h.object_soort, h.object, h.waarom, h.gelukt,
       h.detail
from loket_audit_handeling h where {waar} order by h.tijd desc, h.id desc limit %(aantal)s"""


@dataclass(frozen=True)
class Filter:
    """Which lines: about the zaak with this number, of one day, of one employee, about one person (`betrokkene`);
    `zonder`: what belongs to no organisation, such as a guessed link (for the main organisation only)."""

    zaak: str = ""
    dag: date | None = None
    medewerker: UUID | None = None
    betrokkene: str = ""
    zonder: bool = False

    def detail(self) -> dict[str, str]:
        """What was looked for, for the trail."""
        asked = {"zaak": self.zaak, "dag": self.dag, "medewerker": self.medewerker, "betrokkene": self.betrokkene}
        return {name: str(said) for name, said in asked.items() if said} | ({"zonder": "ja"} if self.zonder else {})


def gebruik(actor: Actor, wanted: Filter, na: Plaats | None = None) -> list[dict[str, Any]]:
    """At most 51 uses of personal data (one more than a page shows), the newest first: when, by whom, what for, whose
    by pseudonym, in which zaak (`nummer`). Raises Forbidden."""
    waar, params = _waar(actor, wanted, na, tijd="d.start", id="d.id", sleutel=int, over="d.zaak")
    if wanted.zaak:
        waar.append("d.zaak = any(%(zaken)s)")
    if wanted.medewerker:
        waar.append(
            "exists (select from loket_audit_inzage i where i.trace_id = d.trace_id and i.medewerker = %(medewerker)s)"
        )
    if wanted.betrokkene:
        waar.append("d.betrokkene = %(betrokkene)s")
        params["betrokkene"] = wanted.betrokkene.replace("\0", "")
    with transaction.atomic():
        found = rows(_GEBRUIK.format(waar=" and ".join(waar)), params)
        record(actor, "audit.gebruik_gelezen", "logboek", None, detail=wanted.detail())
    nummers = names.labels(("zaak", line["zaak"]) for line in found)
    return [line | {"nummer": nummers.get(line["zaak"], "")} for line in found]


def spoor(actor: Actor, wanted: Filter, na: Plaats | None = None) -> list[dict[str, Any]]:
    """At most 51 acts, the newest first: when, who, what, with what (`naam`, its name), why. Raises Forbidden."""
    waar, params = _waar(actor, wanted, na, tijd="h.tijd", id="h.id", sleutel=UUID, over="h.object")
    if wanted.zaak:
        waar.append("h.object = any(%(zaken)s)")
    if wanted.medewerker:
        waar.append("h.actor = %(medewerker)s")
    with transaction.atomic():
        found = rows(_SPOOR.format(waar=" and ".join(waar)), params)
        record(actor, "audit.spoor_gelezen", "logboek", None, detail=wanted.detail())
    namen = names.labels((line["object_soort"], line["object"]) for line in found)
    return [line | {"naam": namen.get(line["object"], "")} for line in found]


def mag_zonder(actor: Actor) -> bool:
    """Whether what belongs to no organisation is this actor's to see: that of the main organisation."""
    return bool(
        value("select exists (select from loket_identity_organisatie where id = %s and hoofd)", (actor.organisatie,))
    )


def medewerkers(actor: Actor) -> list[dict[str, Any]]:
    """Everybody who works or worked here: id, naam. Raises Forbidden."""
    actor.require(LEZEN)
    return rows(
        "select id, naam from loket_identity_gebruiker where organisatie_id = %s order by naam, id",
        (actor.organisatie,),
    )


def _waar(
    actor: Actor, wanted: Filter, na: Plaats | None, *, tijd: str, id: str, sleutel: Callable[[str], Any], over: str
) -> tuple[list[str], dict[str, Any]]:
    """The conditions that both logs have: the own organisation, the day, after which line, and nothing `over` what the
    reader may never see."""
    actor.require(LEZEN)
    if actor.organisatie is None or (wanted.zonder and not mag_zonder(actor)):
        raise Forbidden("Whoever watches, does so for one organisation.")
    organisatie = f"{tijd.partition('.')[0]}.organisatie"
    waar = [f"{organisatie} is null" if wanted.zonder else f"{organisatie} = %(organisatie)s"]
    params: dict[str, Any] = {"organisatie": actor.organisatie, "aantal": PAGE + 1, "medewerker": wanted.medewerker}
    if niet := hidden(actor):
        waar.append(f"({over} is null or {over} <> all(%(niet)s))")
        params["niet"] = niet
    if wanted.zaak:
        params["zaken"] = names.find("zaak", actor.organisatie, wanted.zaak)
    if wanted.dag:
        waar.append(f"{tijd} >= %(begin)s and {tijd} < %(einde)s")
        params |= {"begin": day_start(wanted.dag), "einde": day_end(wanted.dag)}
    if na:
        waar.append(f"({tijd}, {id}) < (%(na)s, %(na_id)s)")
        try:
            params |= {"na": na.tijd, "na_id": sleutel(na.id)}
        except ValueError:
            raise NotFound("There is no such page of the log.") from None
    return waar, params

"""Telling the resident when we call, that it became another moment, or that we did not. In batches, like `mails`."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from loket.foundation.database.sql import rows
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.registers.klanten.beltijden import MAX_POGINGEN
from loket.registers.klanten.events import (
    InternetaakAfgehandeld,
    TerugbellenBeloofd,
    TerugbellenTeLaat,
    Teruggebeld,
)
from loket.services.reacties import brieven_bellen as brieven
from loket.services.reacties import mails, post
from loket.services.reacties.brieven import Brief, Zaakgegevens

type Gebeurd = list[Delivery]


@listen(TerugbellenBeloofd, Teruggebeld, TerugbellenTeLaat, InternetaakAfgehandeld, name="reacties.bellen")
def houd_op_de_hoogte(deliveries: Sequence[Delivery]) -> None:
    """Queue the mails about these promises, with the data-use line of each. A call in vain and the next moment are one
    mail; of a promise that moved more than once in a batch only the last counts."""
    per_zaak: dict[UUID, Gebeurd] = defaultdict(list)
    for delivery in deliveries:
        if not isinstance(delivery.event, InternetaakAfgehandeld) or (
            delivery.event.soort == "terugbellen" and delivery.event.ingetrokken
        ):
            per_zaak[delivery.event.subject].append(delivery)
    if not per_zaak:
        return
    nodig = _taken({d.event.internetaak for wat in per_zaak.values() for d in wat})  # type: ignore[attr-defined]
    stukken = []
    for dossier in mails.dossiers(per_zaak).values():
        wat = per_zaak[dossier.id]
        for link in dossier.links:
            if link.meldt_mee or not link.berichten:
                continue
            with translation.override(link.taal):
                brief = _brief(dossier.zaak, wat, nodig)
                if brief is not None:
                    stukken.append(mails.stuk(dossier, link, brief, f"bellen:{wat[-1].id}:{link.id}"))
    post.verstuur(stukken)


def _taken(sleutels: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """Who has a call-back now, and the telephone number of the organisation."""
    return {
        rij["id"]: rij
        for rij in rows(
            "select i.id, coalesce(m.naam, '') as wie, o.telefoon from klanten_internetaak i"
            " join loket_identity_organisatie o on o.id = i.organisatie_id"
            " left join loket_identity_gebruiker m on m.id = i.medewerker_id where i.id = any(%s)",
            (list(sleutels),),
        )
    }


def _brief(zaak: Zaakgegevens, wat: Gebeurd, taken: dict[UUID, dict[str, Any]]) -> Brief | None:
    """The last thing that happened decides what there is to say."""
    events = [delivery.event for delivery in wat]
    laatste = events[-1]
    taak = taken.get(laatste.internetaak, {})  # type: ignore[attr-defined]
    telefoon = taak.get("telefoon", "")
    match laatste:
        case TerugbellenBeloofd():
            van, tot = datetime.fromisoformat(laatste.van), datetime.fromisoformat(laatste.uiterlijk)
            gebeld = next((e for e in reversed(events) if isinstance(e, Teruggebeld)), None)
            if gebeld is not None and gebeld.uitkomst != "bereikt":
                vaak = gebeld.pogingen >= MAX_POGINGEN
                return brieven.niet_bereikt(zaak, van, tot, gebeld.pogingen, telefoon, vaak=vaak)
            nieuw = any(isinstance(e, TerugbellenBeloofd) and not e.opnieuw for e in events)
            return brieven.beloofd(zaak, van, tot, opnieuw=not nieuw)
        case TerugbellenTeLaat():
            return brieven.te_laat(zaak, taak.get("wie", ""), telefoon)
        case InternetaakAfgehandeld() if not zaak.resultaat:  # else its end was told
            return brieven.vervallen(zaak, telefoon)
    return None

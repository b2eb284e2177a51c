"""What employees are offered to do: which acts fit a reactie or a task, for whom, and where they stand on the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loket.foundation.access.actor import Actor
from loket.foundation.web.extensions import Act, NavItem, PaletteItem, Panel, Queue, offer
from loket.registers.algoritmen import queries as algoritmen
from loket.registers.klanten.queries import Taak
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries import Gebeurtenis
from loket.registers.zaken.queries.werklijst import Bladzijde
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties import handelingen_klacht, rules
from loket.services.reacties.handeling import Handeling
from loket.services.reacties.handelingen import HANDELINGEN, PER_CODE
from loket.services.reacties.queries import medewerker as queries
from loket.services.reacties.queries import post
from loket.services.reacties.voorstel import TEAM

SOORTEN = ("melding", "vraag", "klacht", "compliment")


def kan(actor: Actor, zaak: object, handeling: Handeling) -> bool:
    """Whether this act fits this zaak now, and the actor may do it with this zaak."""
    if not isinstance(zaak, Zaak) or zaak.zaaktype.identificatie not in SOORTEN:
        return False
    if (zaak.einddatum is not None) != handeling.gesloten or not _past(actor, zaak, handeling.code):
        return False
    return mag(actor, zaak, handeling.recht)


def mag(actor: Actor, zaak: Zaak, recht: str) -> bool:
    """Whether the actor may do `recht` with this zaak; asked once for each right as long as the object lives."""
    if not actor.may(recht):
        return False
    bekend: dict[tuple[UUID | None, str], bool] = zaak.__dict__.setdefault("_mag", {})
    if (actor.id, recht) not in bekend:
        bekend[actor.id, recht] = zoek.mag(actor, recht, zaak.id)
    return bekend[actor.id, recht]


def kan_samen(actor: Actor, lijst: object, handeling: Handeling) -> bool:
    """Whether this act fits a zaak of this page of the work list. With which ones it can be done, the command says."""
    if not isinstance(lijst, Bladzijde) or not actor.may(handeling.recht):
        return False
    match handeling.code:
        case "opnemen":
            return any(regel.behandelaar is None for regel in lijst.regels)
        case "voorstel":
            return any(r.behandelaar is None and r.voorstel_team not in (None, r.team) for r in lijst.regels)
    return bool(lijst.regels)


def _past(actor: Actor, zaak: Zaak, code: str) -> bool:
    """What the kind and state of the zaak leave to do."""
    soort = zaak.zaaktype.identificatie
    werk = getattr(zaak, "werk", None)
    match code:
        case "opnemen":
            # who has it by name, but did not begin yet, takes it up with this
            begonnen = zaak.status is not None and zaak.status.statustype.omschrijving != rules.ONTVANGEN
            if werk is None or werk.behandelaar_id == actor.id:
                return werk is not None and not begonnen
            return werk.behandelaar_id is None or werk.behandelaar_id in actor.vervangt
        case "voorstel":
            return (
                werk is not None
                and werk.behandelaar_id is None
                and werk.voorstel_team_id not in (None, werk.team_id)
                and soort != "klacht"
            )
        case "uitstel":
            return soort != "klacht"
        case "verdagen" | "betrokken":
            return soort == "klacht"
        case "afsluiten":
            return soort != "klacht"  # ended by an act of its own
        case _ if code.startswith("klacht-"):
            return handelingen_klacht.past(zaak, code)
    return True


def bied_aan() -> None:
    """Offer to the workbench: the acts with a zaak, those with a task, and what was suggested for it."""
    for handeling in HANDELINGEN:
        offer(
            Act(
                f"reacties.{handeling.code}",
                handeling.titel,
                handeling.icoon,
                applies=lambda actor, zaak, h=handeling: kan(actor, zaak, h),  # type: ignore[misc]
                url=lambda zaak, c=handeling.code: reverse("reacties:handeling", args=[zaak.identificatie, c]),  # type: ignore[misc]
                key=handeling.sneltoets,
                order=handeling.volgorde,
                primary=handeling.plek == "editor" and not handeling.intern,
                internal=handeling.intern,
                spot=handeling.plek,
            )
        )
    for n, (code, titel, past) in enumerate(TAKEN):
        offer(
            Act(
                f"reacties.taak.{n}.{code}",
                titel,
                "check",
                applies=lambda actor, taak, p=past: isinstance(taak, Taak) and p(actor, taak),  # type: ignore[misc]
                url=lambda taak, c=code: reverse("reacties:taak", args=[taak.id, c]),  # type: ignore[misc]
                order=100 + n,
                spot="",
            )
        )
    for handeling in HANDELINGEN:
        if handeling.samen:
            offer(
                Act(
                    f"reacties.samen.{handeling.code}",
                    handeling.samen,
                    handeling.icoon,
                    applies=lambda actor, wat, h=handeling: kan_samen(actor, wat, h),  # type: ignore[misc]
                    url=lambda _wat, c=handeling.code: reverse("reacties:samen", args=[c]),  # type: ignore[misc]
                    key=handeling.sneltoets,
                    order=handeling.volgorde,
                    spot="",
                )
            )
    afwezig = _("Afwezig en overnemen")
    offer(NavItem("reacties.afwezig", afwezig, "reacties:afwezig", "gebruiker", icon="calendar", right=LEZEN))
    offer(PaletteItem("reacties.afwezig", afwezig, "reacties:afwezig", icon="calendar", right=LEZEN))
    offer(
        Queue(
            "reacties.post",
            _("E-mail"),
            _("E-mail zonder plek"),
            50,
            post.aantal_wachtend,
            kind="late",
            url="reacties:postkamer",
            right=LEZEN,
        )
    )
    offer(
        Act(
            "reacties.bericht_mail",
            _("Toon de hele e-mail"),
            "mail",
            applies=lambda actor, wat: isinstance(wat, Gebeurtenis) and bool(wat.detail.get("post")),
            url=lambda wat: reverse("reacties:bericht_mail", args=[wat.id]),
            spot="",
        )
    )
    offer(Panel("reacties.voorstel", _("Voorstel"), "reacties/deel/voorstel.html", _voorstel, order=5))


def _voorstel(actor: Actor, zaak: Zaak) -> dict[str, Any] | None:
    handeling = PER_CODE["voorstel"]
    if not kan(actor, zaak, handeling):
        return None
    gezegd = algoritmen.voorstellen(zaak.id).get(TEAM)
    return {"voorstel": queries.voorstel(zaak.id), "handeling": handeling, "gezegd": gezegd}


def _open_van_mij(actor: Actor, taak: Taak) -> bool:
    return taak.status != "afgehandeld" and taak.van_mij


TAKEN: tuple[tuple[str, Promise, Callable[[Actor, Taak], bool]], ...] = (
    (
        "oppakken",
        _("Pak op"),
        lambda actor, taak: (
            _open_van_mij(actor, taak) and (taak.status != "opgepakt" or taak.medewerker in actor.vervangt)
        ),
    ),
    (
        "beantwoorden",
        pgettext_lazy("taak", "Beantwoord"),
        lambda actor, taak: _open_van_mij(actor, taak) and taak.soort == "vraag",
    ),
    (
        "beantwoorden",
        _("Ik belde terug"),
        lambda actor, taak: _open_van_mij(actor, taak) and taak.soort == "terugbellen",
    ),
    (
        "teruggeven",
        _("Geef terug"),
        lambda actor, taak: (
            _open_van_mij(actor, taak) and taak.status != "teruggegeven" and taak.coordinator != actor.id
        ),
    ),
    (
        "intrekken",
        _("Trek in"),
        lambda actor, taak: (
            taak.status != "afgehandeld"
            and taak.soort != "doorzetten"
            and actor.id in (taak.gegeven_door, taak.coordinator)
        ),
    ),
)

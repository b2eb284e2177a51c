"""What conversations and call-backs offer to the workbench and to residents, and what can be done with a call-back."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit import activities
from loket.foundation.web.extensions import Act, NavItem, PaletteItem, Queue, offer
from loket.registers.klanten.beltijden import MAX_POGINGEN
from loket.registers.klanten.queries import Taak, tel_bellen_te_laat
from loket.registers.klanten.queries.gesprekken import tel_concepten
from loket.registers.zaken.rules import LEZEN, MAKEN
from loket.services.reacties.queries.gesprek import GESPREK


def _van_team(actor: Actor, taak: Taak) -> bool:
    """Whether the employee may have a say in this call-back."""
    mijn = taak.van_mij or taak.team in actor.teams
    return taak.soort == "terugbellen" and taak.status != "afgehandeld" and mijn


def _van_ander(actor: Actor, taak: Taak) -> bool:
    return _van_team(actor, taak) and taak.medewerker not in (None, actor.id)


MET_BELOFTE: tuple[tuple[str, Promise, Callable[[Actor, Taak], bool]], ...] = (
    ("overnemen", _("Neem over"), _van_ander),
    ("verzetten", _("Ander moment"), _van_team),
    (
        "stoppen",
        _("Stop met bellen"),
        lambda actor, taak: _van_team(actor, taak) and taak.van_mij and taak.pogingen >= MAX_POGINGEN,
    ),
)


def bied_aan() -> None:
    """Register everything; called once, when Django starts."""
    activities.register(
        GESPREK,
        naam=gettext_noop("Een gesprek voeren"),
        doel=gettext_noop("Terugvinden wie belt of langskomt, om te helpen"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    offer(
        NavItem(
            "reacties.gesprek",
            _("Nieuw gesprek"),
            "reacties:nieuw_gesprek",
            "gesprek",
            icon="phone",
            right=MAKEN,
            key="G",
        )
    )
    offer(PaletteItem("reacties.gesprek", _("Nieuw gesprek"), "reacties:nieuw_gesprek", icon="phone", right=MAKEN))
    offer(PaletteItem("reacties.gesprekken", _("Gesprekken"), "reacties:gesprekken", icon="chat", right=MAKEN))
    offer(
        PaletteItem("reacties.terugbellen", _("Terugbellen"), "reacties:terugbel_lijst", icon="callback", right=LEZEN)
    )
    bellen = _("Terugbellen")
    offer(
        Queue(
            "reacties.terugbellen",
            bellen,
            _("Terugbellen te laat"),
            40,
            lambda actor: tel_bellen_te_laat(actor) or None,
            kind="late",
            url="reacties:terugbel_lijst",
            right=LEZEN,
        )
    )
    offer(
        Queue(
            "reacties.gesprekken",
            bellen,
            _("Gesprekken, niet af"),
            45,
            lambda actor: tel_concepten(actor) or None,
            url="reacties:gesprekken",
            right=MAKEN,
        )
    )
    offer(NavItem("reacties.terugbellen", _("Laat u terugbellen"), "reacties:bel_mij", "terugbellen", icon="callback"))
    for n, (code, titel, past) in enumerate(MET_BELOFTE):
        offer(
            Act(
                f"reacties.bellen.{code}",
                titel,
                "callback",
                applies=lambda actor, taak, p=past: isinstance(taak, Taak) and p(actor, taak),  # type: ignore[misc]
                url=lambda taak, c=code: reverse("reacties:taak", args=[taak.id, c]),  # type: ignore[misc]
                order=110 + n,
                spot="",
            )
        )

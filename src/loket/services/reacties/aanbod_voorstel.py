"""What employees see beside a reactie by computation: its subject, and what was written before or elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit import activities
from loket.foundation.web.extensions import Panel, offer
from loket.registers.algoritmen import queries as algoritmen
from loket.registers.zaken.models import Zaak, Zaakeigenschap
from loket.services.reacties import catalogus, voorstel
from loket.services.reacties.aanbod_werk import kan
from loket.services.reacties.handelingen import PER_CODE, nieuwe_sleutel
from loket.services.reacties.queries.verwant import EERDER, verwant


def bied_aan() -> None:
    """Register everything; called once, when Django starts."""
    activities.register(
        EERDER,
        naam=gettext_noop("Zien wat iemand eerder schreef"),
        doel=gettext_noop("U hoeft niet opnieuw uit te leggen wat u al schreef, en dezelfde zaak loopt niet twee keer"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    offer(Panel("reacties.onderwerp", _("Onderwerp"), "reacties/deel/onderwerp.html", _onderwerp, order=6))
    offer(Panel("reacties.verwant", _("Eerder en elders"), "reacties/deel/verwant.html", _verwant, order=40))


def _onderwerp(actor: Actor, zaak: Zaak) -> dict[str, Any] | None:
    handeling = PER_CODE["onderwerp"]
    if (
        not isinstance(zaak, Zaak)
        or zaak.zaaktype.identificatie not in voorstel.SOORTEN
        or not kan(actor, zaak, handeling)
    ):
        return None
    soort = zaak.zaaktype.identificatie
    code = (
        Zaakeigenschap.objects.filter(zaak=zaak, naam=catalogus.CATEGORIE).values_list("waarde", flat=True).first()
    ) or ""
    gezegd = algoritmen.voorstellen(zaak.id).get(voorstel.ONDERWERP)
    if gezegd and (not gezegd["label"] or gezegd["label"] == f"{soort}.{code}"):
        gezegd = None
    naam = voorstel.onderwerp_naam(gezegd["label"]) if gezegd else ""
    return {
        "nu": voorstel.onderwerp_naam(f"{soort}.{code}") if code else "",
        "gezegd": gezegd if naam else None,
        "naam": naam,
        "code": gezegd["label"].partition(".")[2] if gezegd else "",
        "handeling": handeling,
        "sleutel": nieuwe_sleutel(),
    }


def _verwant(actor: Actor, zaak: Zaak) -> dict[str, Any] | None:
    if not isinstance(zaak, Zaak) or zaak.zaaktype.identificatie not in catalogus.RESULTATEN:
        return None
    eerder, zelfde = verwant(actor, zaak)
    if not eerder and not zelfde:
        return None
    return {
        "eerder": eerder,
        "zelfde": zelfde,
        "samen": kan(actor, zaak, PER_CODE["samenvoegen"]),
        "koppel": kan(actor, zaak, PER_CODE["koppelen"]),
    }

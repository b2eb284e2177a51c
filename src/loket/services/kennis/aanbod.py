"""What this room offers to other rooms' pages: articles while somebody types, menus, the queue, a door in the
administration."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.web.dates import lang
from loket.foundation.web.extensions import AdminCard, Helper, NavItem, PaletteItem, Queue, offer
from loket.services.kennis import queries
from loket.services.kennis.rules import BEHEREN, LEZEN, zoekwoorden
from loket.services.kennis.zoek import TYPEND, ZOEKEND, Gevonden, zoek

HELPER = "kennis.artikelen"
BIJ_BEWONER, BIJ_MEDEWERKER = 3, 5
"""How many articles stand beside a text."""


def help_bewoner(actor: Actor, tekst: str, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """What may save a resident the writing; what searching the site finds. Only what residents may see."""
    if context["organisatie"] is None:
        return None
    ruim = context["plek"] == "zoeken"
    gevonden = zoek(
        actor,
        context["organisatie"],
        tekst,
        taal=lang(get_language()),
        maximum=BIJ_MEDEWERKER if ruim else BIJ_BEWONER,
        grens=ZOEKEND if ruim else TYPEND,
    )
    if ruim and not gevonden:
        return None
    return {"gevonden": gevonden, "getypt": bool(zoekwoorden(tekst)), "ruim": ruim}


def help_medewerker(actor: Actor, tekst: str, context: Mapping[str, Any]) -> dict[str, Any] | None:
    """What an employee may put in an answer: by the words typed so far, and by those of the question."""
    if not actor.may(LEZEN) or actor.organisatie is None:
        return None
    gevonden: dict[UUID, Gevonden] = {}
    for woord in (tekst, str(context.get("over") or "")):
        if woord and len(gevonden) < BIJ_MEDEWERKER:
            for artikel in zoek(actor, actor.organisatie, woord, intern=True, maximum=BIJ_MEDEWERKER):
                gevonden.setdefault(artikel.id, artikel)
    return {"gevonden": list(gevonden.values())[:BIJ_MEDEWERKER], "helper": HELPER}


def antwoordtekst(actor: Actor, ref: str) -> str | None:
    """The answer of an article, as it goes into a letter, with the address where it can be read again. `ref`: the key,
    with ':en' behind it for the English. None for what this actor may not use, or what is past its day."""
    sleutel, _dubbel, taal = ref.partition(":")
    try:
        gevonden = queries.in_te_voegen(actor, UUID(sleutel))
    except ValueError:
        return None
    if gevonden is None:
        return None
    in_en = taal == "en" and bool(gevonden["antwoord_en"])
    tekst: str = gevonden["antwoord_en" if in_en else "antwoord"]
    if not gevonden["voor_bewoners"]:
        return tekst
    adres = settings.LOKET_URL + reverse("kennis:antwoord", args=[gevonden["slug"]])
    return f"{tekst}\n\n{'Read more' if in_en else 'Meer hierover'}: {adres}"


def _verlopen(actor: Actor) -> str:
    aantal = queries.aantal_verlopen(actor)
    if not aantal:
        return ""
    return ngettext("%(n)d artikel is verlopen.", "%(n)d artikelen zijn verlopen.", aantal) % {"n": aantal}


def _bewoner(actor: Actor) -> bool:
    return actor.kind != "medewerker"


def bied_aan() -> None:
    """Register everything; called once, when Django starts."""
    offer(
        Helper(
            HELPER, _("Kennis"), "kennis/deel/bij_tekst.html", ("antwoord", "gesprek"), help_medewerker, antwoordtekst
        )
    )
    offer(
        Helper(
            "kennis.bewoner", _("Misschien helpt dit"), "kennis/deel/vooraf.html", ("vooraf", "zoeken"), help_bewoner
        )
    )
    offer(NavItem("kennis.antwoorden", _("Antwoorden"), "kennis:antwoorden", "kop", order=10, shown=_bewoner))
    offer(NavItem("kennis.voet", _("Antwoorden op veel vragen"), "kennis:antwoorden", "voet", order=10))
    offer(NavItem("kennis.kennis", _("Kennis"), "kennis:lijst", "werkplek", order=95, right=LEZEN))
    offer(PaletteItem("kennis.kennis", _("Zoek in de kennis"), "kennis:lijst", icon="question", right=LEZEN))
    offer(
        Queue(
            "kennis.verlopen",
            _("Kennis"),
            _("Verlopen artikelen"),
            60,
            queries.aantal_verlopen,
            kind="late",
            url="/werk/kennis/?toon=verlopen",
            right=LEZEN,
        )
    )
    offer(
        AdminCard(
            "kennis.regels",
            _("Kennis"),
            _("Regels voor artikelen. Invoeren en uitvoeren."),
            "kennis:regels",
            "question",
            BEHEREN,
            order=50,
            state=_verlopen,
        )
    )

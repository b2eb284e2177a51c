"""The confirmation in words: the heading of the page, and the page as PDF to keep."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.context import Kop
from loket.foundation.web.stored import translated
from loket.services.reacties import rules
from loket.services.reacties.queries.ontvangst import Bevestiging
from loket.services.reacties.verhaal import dag
from loket.services.reacties.waarom import waarom_deze_dag

KOPPEN = {
    "melding": gettext_lazy("Bedankt. Uw melding is binnen."),
    "vraag": gettext_lazy("Bedankt. Uw vraag is binnen."),
    "klacht": gettext_lazy("Uw klacht is binnen."),
    "compliment": gettext_lazy("Dank u wel voor uw compliment."),
    "meldt_mee": gettext_lazy("Bedankt. U meldt mee."),
}


def bevestiging_pdf(wij: Kop, soort: str, binnen: Bevestiging) -> bytes:
    """The confirmation as a letter that is handed over: the number, what happens when, how to follow it, and what was
    sent, in the words of the resident."""
    from loket.foundation.mail.letters import letter_pdf  # what sets letters is slow to load

    alineas = [
        _("%(bedankt)s Uw nummer is %(nummer)s.")
        % {"bedankt": KOPPEN["meldt_mee" if binnen.meldt_mee else soort], "nummer": binnen.nummer},
        "\n".join([_("Wat gebeurt er nu?"), *_stappen(soort, binnen)]),
        waarom_deze_dag(soort, binnen.startdatum, binnen.antwoord_voor),
        _("Hier volgt u het: %(adres)s\nBewaar deze link goed. Wie hem heeft, kan meelezen.")
        % {"adres": settings.LOKET_URL + reverse("reacties:volg", args=[binnen.sleutel])},
    ]
    if wij.telefoon:
        alineas.append(_("Wilt u iemand spreken? Bel %(nummer)s en noem uw nummer.") % {"nummer": wij.telefoon})
    alineas += ["\n".join([_("Dit hebt u gestuurd"), *_gestuurd(binnen)]), binnen.tekst]
    return letter_pdf(
        wij,
        None,
        translated(binnen.onderwerp),
        binnen.nummer,
        binnen.ontvangen_op.astimezone(AMSTERDAM).date(),
        "\n\n".join(alinea for alinea in alineas if alinea.strip()),
        "",
        language="en" if (get_language() or "nl").startswith("en") else "nl",
    )


def _stappen(soort: str, binnen: Bevestiging) -> list[str]:
    return [
        _("%(wat)s: uiterlijk %(dag)s.") % {"wat": stap.wat, "dag": dag(stap.uiterlijk)}
        for stap in rules.stappen(soort, binnen.startdatum, binnen.antwoord_voor)
    ]


def _gestuurd(binnen: Bevestiging) -> list[str]:
    regels = [(_("Wat"), translated(binnen.onderwerp)), (_("Waar"), translated(binnen.plek))]
    regels += [(_("Foto’s"), str(binnen.fotos or "")), (_("Bestanden"), str(binnen.bestanden or ""))]
    return [f"{naam}: {waarde}" for naam, waarde in regels if waarde]

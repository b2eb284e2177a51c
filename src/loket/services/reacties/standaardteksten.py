"""Standard texts: filling in their placeholders, putting them behind what was typed, and what is still open. Pure."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from loket.foundation.errors import Refused

PLAATSHOUDER = re.compile(r"\{[a-z][a-z _-]{0,30}\}")


def vul_in(tekst: str, waarden: Mapping[str, str]) -> str:
    """The text with what is known in place of its placeholders; what is not known, or empty, stays to be filled in."""
    return PLAATSHOUDER.sub(lambda plek: waarden.get(plek.group()[1:-1]) or plek.group(), tekst)


def voeg_achter(getypt: str, tekst: str) -> str:
    """What was typed with the text below it; the text alone when nothing was typed. Nothing typed is ever lost."""
    return f"{getypt.rstrip()}\n\n{tekst}" if getypt.strip() else tekst


def open_plekken(tekst: str) -> list[str]:
    """The placeholders that somebody still has to fill in, each once, in their order."""
    return list(dict.fromkeys(PLAATSHOUDER.findall(tekst)))


def alles_ingevuld(tekst: str) -> None:
    """A resident never gets a text with a blank in it. Raises Refused (`plek-open`)."""
    if plekken := open_plekken(tekst):
        raise Refused("plek-open", _("Vul nog in wat er moet staan op de plek van %s.") % ", ".join(plekken), "tekst")

"""What a line of the data-use log says to the person it is about. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from loket.foundation.audit.activities import Activity, by_uri
from loket.foundation.audit.use import OWN_ROLES
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.stored import translated

SYSTEM_ROLE = "systeem"
QUESTION = "/vragen"


def greeting(moment: datetime) -> str:
    """Good morning until noon, good afternoon until six, then good evening, by the clock in the Netherlands."""
    hour = moment.astimezone(AMSTERDAM).hour
    if 6 <= hour < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if 12 <= hour < 18 else _("Goedenavond")


@dataclass(frozen=True)
class Gebruik:
    """Data used: by which organisation, in which role, for what, when first and last, and how often."""

    organisatie: str
    rol: str
    activiteit: str
    doel: str
    grondslag: str
    eerst: datetime
    laatst: datetime
    aantal: int

    @property
    def eigen(self) -> bool:
        """Whether it was the person, or who holds the link to one of his or her zaken."""
        return self.rol in OWN_ROLES

    @property
    def dag(self) -> date:
        """The day, in the Netherlands."""
        return self.laatst.astimezone(AMSTERDAM).date()

    @property
    def wie(self) -> str:
        """Who used the data. Never an employee by name: the log does not know one (Logboek Dataverwerkingen)."""
        if self.eigen:
            return _("Uzelf, of iemand met uw volglink")
        return self.organisatie or _("Loket")

    @property
    def functie(self) -> str:
        """In which role, in words."""
        if self.eigen:
            return ""
        return _("automatisch, door de computer") if self.rol == SYSTEM_ROLE else translated(self.rol)

    @property
    def vraag_url(self) -> str:
        """The form for a question, with this use of data as its subject already filled in."""
        moment = self.laatst.astimezone(AMSTERDAM)
        subject = _("Gebruik van mijn gegevens: %(wie)s, %(activiteit)s, %(moment)s") % {
            "wie": self.wie,
            "activiteit": self.activiteit,
            "moment": f"{moment:%d-%m-%Y %H.%M}",
        }
        return f"{QUESTION}?{urlencode({'onderwerp': subject})}"


def gebruik(line: Mapping[str, Any]) -> Gebruik:
    """A line of the log with the words of its activity; the name that was logged when the register no longer has it."""
    activity = by_uri(line["verwerkingsactiviteit"]) or Activity("", line["naam"], "", "")
    return Gebruik(
        line["organisatie"] or "",
        line["rol"],
        translated(activity.naam),
        translated(activity.doel),
        translated(activity.grondslag),
        line["eerst"],
        line["laatst"],
        line["aantal"],
    )


def naam_van(line: Mapping[str, Any]) -> str:
    """The name of the activity of a line."""
    activity = by_uri(line["verwerkingsactiviteit"])
    return translated(activity.naam) if activity else str(line["naam"])


def local(moment: datetime) -> str:
    """A moment as the clock in the Netherlands had it, in the notation that spreadsheets read."""
    return f"{moment.astimezone(AMSTERDAM):%Y-%m-%d %H:%M:%S}"


def cell(text: str) -> str:
    """Text for a cell of a CSV file. What a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text

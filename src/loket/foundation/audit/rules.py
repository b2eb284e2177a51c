"""Who may look in the logs, and where a page of them goes on. Pure."""

from dataclasses import dataclass
from datetime import datetime

from loket.foundation.access.acts import act

LEZEN = act("audit.lezen", "Zien wie wat deed, en wiens gegevens waarvoor zijn gebruikt")


@dataclass(frozen=True)
class Plaats:
    """The last line of a page: the next page begins after it, however many lines were added meanwhile."""

    tijd: datetime
    id: str

    def __str__(self) -> str:
        return f"{self.tijd.isoformat()}~{self.id}"

    @classmethod
    def lees(cls, tekst: str) -> "Plaats | None":
        """The place that `str` wrote; None for anything else."""
        tijd, _teken, id = tekst.partition("~")
        try:
            moment = datetime.fromisoformat(tijd)
        except ValueError:
            return None
        fits = (id.isdigit() and len(id) < 19) or len(id) == 36
        return cls(moment, id) if moment.tzinfo and id.isascii() and fits else None

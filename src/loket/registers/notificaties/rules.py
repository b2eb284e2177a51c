"""What an abonnement may ask, what matches it, and when a delivery is tried again. Pure. The codes of refusals are
those of Open Notificaties, which clients know: the standard names none."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from loket.foundation.api.problem import Fault

CONSUMEREN, PUBLICEREN = "notificaties.consumeren", "notificaties.publiceren"
ALLES = "*"
"""As the value of a filter: every value."""
MASKER = "********"
"""What stands in the place of `auth` for who did not make the abonnement."""


def kanaal_uniek(naam: str, bestaande: Collection[str]) -> Iterator[Fault]:
    """The name of a kanaal is unique (NRC 1.0.1, kanaal_create)."""
    if naam in bestaande:
        yield Fault("naam", "unique", f"Er is al een kanaal {naam}.")


def kanalen_bestaan(
    kanalen: Sequence[Mapping[str, Any]], bekend: Mapping[str, Collection[str]], *, veld: str = "kanalen"
) -> Iterator[Fault]:
    """Every kanaal of an abonnement exists, and knows the kenmerken that are filtered on. `bekend`: kenmerken by
    kanaal."""
    for plaats, each in enumerate(kanalen):
        if each["naam"] not in bekend:
            yield Fault(f"{veld}.{plaats}.naam", "kanaal_naam", f"Er is geen kanaal {each['naam'][:100]}.")
        elif vreemd := sorted(set(each.get("filters") or {}) - set(bekend[each["naam"]])):
            yield Fault(
                f"{veld}.{plaats}.filters",
                "inconsistent-abonnement-filters",
                f"Het kanaal {each['naam']} kent geen kenmerk {', '.join(vreemd)[:200]}.",
            )


def bericht_past(bericht: Mapping[str, Any], bekend: Mapping[str, Collection[str]], nu: datetime) -> Iterator[Fault]:
    """The kanaal of a notification exists and knows its kenmerken ("de publicerende API specificeert de toegestane
    kenmerken"), and what it tells of has happened."""
    kanaal = bericht["kanaal"]
    if kanaal not in bekend:
        yield Fault("kanaal", "message_kanaal", f"Er is geen kanaal {kanaal}.")
    elif vreemd := sorted(set(bericht.get("kenmerken") or {}) - set(bekend[kanaal])):
        yield Fault("kenmerken", "kenmerken_inconsistent", f"Het kanaal {kanaal} kent geen {', '.join(vreemd)[:200]}.")
    moment = datetime.fromisoformat(bericht["aanmaakdatum"])
    if moment.tzinfo is not None and moment > nu + KLOKVERSCHIL:
        yield Fault("aanmaakdatum", "future_not_allowed", "Deze datum ligt in de toekomst.")


KLOKVERSCHIL = timedelta(minutes=1)


def kopregel(auth: str) -> Iterator[Fault]:
    """What goes in a header has no line ends and the characters that HTTP knows (RFC 9110, 5.5)."""
    if auth == MASKER:
        yield Fault("auth", "invalid", "Dit is niet de waarde zelf: geef de hele Authorization-header.")
    elif not auth.isprintable() or not auth.isascii() or auth != auth.strip():
        yield Fault("auth", "invalid", "In een kopregel kan dit niet staan.")


def eigen_pad(waarde: str, hosts: Collection[str]) -> str:
    """A URL on this Loket as its path, whatever the name it is called by; any other text as it is."""
    if waarde.startswith(("http://", "https://")):
        try:
            delen = urlsplit(waarde)
            if delen.hostname in hosts:
                return delen.path + (f"?{delen.query}" if delen.query else "")
        except ValueError:
            pass
    return waarde


def past(filters: Mapping[str, str], kenmerken: Mapping[str, str]) -> bool:
    """Whether kenmerken answer to every filter. A filter `*` is none; a kenmerk that is not there answers to none
    other."""
    return all(waarde == ALLES or kenmerken.get(naam) == waarde for naam, waarde in filters.items())


# --- trying again ---------------------------------------------------------------------------------------------

POGINGEN = 15
"""Attempts before a delivery is given up: over about 20 hours."""
OPGEVEN = timedelta(hours=24)
"""So long after it was first due, what a subscriber that is away did not get is given up."""
EERSTE, LANGSTE = timedelta(seconds=15), timedelta(hours=4)
HAPERT = 5
"""Failures in a row, of whatever kind, after which a subscriber is left alone for a while."""
WEG = frozenset({429, 502, 503, 504})
"""Answers with which a subscriber says: not now."""


def wacht(pogingen: int, kans: Callable[[], float]) -> timedelta:
    """How long until the next attempt after so many: each time twice as long, from 15 seconds to 4 hours, a fifth more
    or less by chance, so that not everybody comes back at once."""
    heel: timedelta = min(EERSTE * 2 ** min(max(pogingen, 1) - 1, 20), LANGSTE)
    return heel * (0.8 + 0.4 * kans())


def woorden(status: int) -> str:
    """What an answer that is no success means, for an administrator."""
    if status in (401, 403):
        return f"De ontvanger weigert de toegang ({status})."
    if status in (404, 410):
        return f"Op dit adres is geen ontvanger ({status})."
    if status == 429:
        return "De ontvanger vindt het te druk (429)."
    if 300 <= status < 400:
        return f"De ontvanger verwijst naar een ander adres ({status}); daar gaan wij niet heen."
    if status >= 500:
        return f"Bij de ontvanger ging iets mis ({status})."
    return f"De ontvanger weigert het bericht ({status})."

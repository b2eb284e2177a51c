"""What the filters of lists make of the text of a query parameter; each raises Problem for what it cannot be."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from loket.foundation.api.problem import invalid
from loket.foundation.api.resource import key_in, registry
from loket.foundation.time.clock import AMSTERDAM


def text(name: str, given: str) -> str:
    """The text itself."""
    return given


def texts(name: str, given: str) -> list[str]:
    """Several, with commas between them."""
    return given.split(",")


def keys(name: str, given: str) -> list[UUID]:
    """Several keys, with commas between them. Raises Problem."""
    try:
        return [UUID(each) for each in given.split(",") if each]
    except ValueError:
        raise invalid(name, "invalid", "Dit is geen UUID.") from None


def day(name: str, given: str) -> date:
    """A day. Raises Problem."""
    try:
        if len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise invalid(name, "invalid", "Dit is geen datum (jjjj-mm-dd).")


def boolean(name: str, given: str) -> bool:
    """True or false. Raises Problem."""
    return one_of("true", "false")(name, given.lower()) == "true"


def moment(name: str, given: str) -> datetime:
    """A moment; without a zone it is that of Amsterdam. Raises Problem."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise invalid(name, "invalid", "Dit is geen moment (jjjj-mm-ddTuu:mm:ssZ).") from None
    return found if found.tzinfo else found.replace(tzinfo=AMSTERDAM)


def one_of(*choices: str) -> Callable[[str, str], str]:
    """One of these. What reads it raises Problem."""

    def read_choice(name: str, given: str) -> str:
        if given not in choices:
            raise invalid(name, "invalid_choice", f"“{given[:100]}” is geen geldige keuze.")
        return given

    return read_choice


def key_of(to: str) -> Callable[[str, str], UUID | None]:
    """The key in the URL of an object of ours; None, which nothing answers to, for a URL of somebody else's. What
    reads it raises Problem."""

    def read_url(name: str, given: str) -> UUID | None:
        if not given.startswith(("http://", "https://")):
            raise invalid(name, "invalid", "Dit is geen URL.")
        return key_in(registry[to], given)

    return read_url

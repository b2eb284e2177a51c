"""What may be sent, and when it is tried again. Pure."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.errors import Refused

BEHEER = act("beheer.mail", "Uitgaande e-mail zien, opnieuw versturen en tegenhouden")

MAX_SUBJECT = 250
MAX_ATTACHMENTS = 20
GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321, section 4.5.4.1: at least four to five days."""
FIRST_WAIT = timedelta(seconds=60)
LONGEST_WAIT = timedelta(hours=2)
SERVER_WAIT = timedelta(seconds=30)
LONGEST_SERVER_WAIT = timedelta(minutes=10)

OWN_HEADERS = frozenset(
    {"in-reply-to", "references", "reply-to", "list-unsubscribe", "list-unsubscribe-post", "x-loket"}
)

_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
_LINE = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_address = EmailValidator()


def check_address(address: str, field: str = "to") -> str:
    """The address without spaces around it. Raises Refused when it is not one address of one person."""
    stripped = address.strip()
    try:
        if _LINE.search(address) or len(stripped) > 254:
            raise ValidationError("")
        _address(stripped)
    except ValidationError:
        raise Refused("adres", _("Dit e-mailadres klopt niet. Schrijf het zo: naam@voorbeeld.nl."), field) from None
    return stripped


def check_line(text: str, field: str) -> str:
    """A text that becomes a header. Raises Refused for a line end or control character: whoever smuggles one in wants
    to add headers or recipients of his own (RFC 5322, section 2.2)."""
    if _LINE.search(text) or _UNSTORABLE.search(text):
        raise Refused("kopregel", _("In het onderwerp mag geen nieuwe regel staan. Haal hem weg."), field)
    return text


def check_subject(subject: str) -> str:
    """The subject, at most 250 characters. Raises Refused when there is none, or more than one line."""
    if not subject.strip():
        raise Refused("onderwerp", _("Vul het onderwerp in."), "subject")
    line = check_line(subject, "subject").strip()
    return line if len(line) <= MAX_SUBJECT else line[: MAX_SUBJECT - 1] + "…"


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers of the sender's own, of the kinds that may be given. Raises Refused for another or a smuggled one."""
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or name.lower() not in OWN_HEADERS:
            raise Refused("kopregel", _("Deze kopregel mag hier niet: %(naam)s.") % {"naam": name[:60]}, "headers")
        check_line(value, "headers")
    if "reply-to" in {name.lower() for name in headers}:
        check_address(next(value for name, value in headers.items() if name.lower() == "reply-to"), "headers")
    return dict(headers)


def check_text(text: str, field: str) -> str:
    """A text of any Unicode, as it is. Raises Refused for what no database can hold: NUL and half characters."""
    if _UNSTORABLE.search(text):
        raise Refused("teken", _("In uw tekst zit een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."), field)
    return text


def wait(attempts: int, chance: float) -> timedelta:
    """How long until a mail is tried again after `attempts` attempts: 1, 2, 4 … minutes to 2 hours, and up to a quarter
    longer by `chance` (0 to 1), so that what failed together is not tried together."""
    pause: timedelta = min(FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 20), LONGEST_WAIT)
    return pause * (1 + chance / 4)


def server_wait(attempts: int, chance: float) -> timedelta:
    """The same for a mail server that is away: half a minute to ten minutes."""
    pause: timedelta = min(SERVER_WAIT * 2 ** min(max(attempts - 1, 0), 20), LONGEST_SERVER_WAIT)
    return pause * (1 + chance / 4)


def masked(address: str) -> str:
    """An address as an administrator sees it, who needs to know the domain and not the person: 't…@voorbeeld.nl'."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if name else "…"

"""What is true of messages: how long they may be, how they are cut, when they are tried again. Pure."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.channels.adapters import Message, Soort
from loket.foundation.errors import Refused

BEHEER = act("beheer.kanalen", "Kanalen aansluiten, en sleutels geven en intrekken")

MAX_MEDIA = 10
MAX_MESSAGES = 1000
MAX_TEXT = 20_000
MAX_BYTES = 20_000_000
MEDIA_ATTEMPTS = 6
"""After about half an hour a message is read without the file that could not be fetched: the words must not wait."""
GIVE_UP_AFTER = timedelta(hours=24)
"""A service such as WhatsApp takes a free answer for 24 hours; later it would be refused anyway."""
KEEP_TEXT = timedelta(days=90)
KEEP = timedelta(days=730)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def readable(text: str, longest: int = MAX_TEXT) -> str:
    """The text as a database can hold it, at most so long."""
    return _UNSTORABLE.sub("�", text)[:longest]


def usable(message: Message) -> bool:
    """Whether it can be kept and answered: it has a key and a sender of reasonable length."""
    return 0 < len(message.id) <= 300 and 0 < len(message.sender) <= 200


def parts(text: str, longest: int) -> list[str]:
    """The text in messages of at most `longest` characters, cut between paragraphs, else lines, else words."""
    rest, found = text.strip(), []
    while len(rest) > longest:
        cut = max(rest.rfind(sign, longest // 2, longest + 1) for sign in ("\n\n", "\n", " "))
        for sign in ("\n\n", "\n"):
            here = rest.rfind(sign, longest // 2, longest + 1)
            if here > 0:
                cut = here
                break
        cut = cut if cut > 0 else longest
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def masked(address: str) -> str:
    """An address as an administrator sees it, who needs to know that it is another and not whose: '…678'."""
    return f"…{address[-3:]}" if len(address) > 6 else "…"


def check_settings(soort: Soort, given: Mapping[str, str], known: Mapping[str, str]) -> None:
    """Raises Refused when a setting is missing (`required`), not one of the choices, or no address (`adres`).
    `known`: the secrets that are there already, and stay when nothing new is given."""
    for veld in soort.velden:
        value = given.get(veld.name, "").strip()
        if veld.required and not value and not known.get(veld.name):
            raise Refused("required", _("Vul in: %(label)s") % {"label": veld.label}, veld.name)
        if value and veld.choices and value not in dict(veld.choices):
            raise Refused("invalid_choice", _("Deze keuze is er niet meer. Kies opnieuw."), veld.name)
        if len(value) > 2000 or _UNSTORABLE.search(value):
            raise Refused("max_length", _("Dit is te lang, of er staat een teken in dat niet kan."), veld.name)

"""The contract of a channel: what an adapter must do, and how the house knows which there are.

An adapter speaks the language of one service. It knows no database: it gets plain values and gives plain values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Literal, Protocol
from uuid import UUID

from loket.foundation.errors import NotFound

if TYPE_CHECKING:
    from django.utils.functional import Promise

    type Text = str | Promise

ENTRY_POINTS = "loket.kanalen"
"""The group of entry points by which a package that is installed beside Loket offers a `Soort`."""

SLEUTEL = "sleutel"
"""The name in `Channel.secrets` of the key that Loket made for the channel."""

type State = Literal["verzonden", "bezorgd", "gelezen", "mislukt"]


class Unverified(Exception):
    """This call was not made by the service: the signature is missing, wrong or old."""


class Unreadable(Exception):
    """The service says something that is not in its own language; the same again would be no better."""


class Later(Exception):
    """Not now: the service is away, busy or answers with a fault of its own. It is tried again."""


class Never(Exception):
    """The service refuses this message for good: no such person, not allowed, too old. A person is told."""


@dataclass(frozen=True)
class Request:
    """A call of the service, as plain values. `headers` has its names in small letters."""

    method: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Channel:
    """One channel as its adapter sees it: the settings that the administrator gave, and those that are secret."""

    id: UUID
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Media:
    """A file that came with a message: the service's own key of it, and what the service says of it (no proof)."""

    id: str
    name: str = ""
    mime: str = ""


@dataclass(frozen=True)
class Message:
    """What somebody sent. `id`: the service's own, the same when it tells us again; `sender`: the address to answer to;
    `name`: what the sender calls himself or herself; `place`: latitude and longitude (WGS 84) that were shared."""

    id: str
    sender: str
    text: str = ""
    name: str = ""
    time: datetime | None = None
    media: tuple[Media, ...] = ()
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Status:
    """What became of a message of ours: `id` is what `send` gave, or the key that it got."""

    id: str
    state: State
    reason: str = ""


@dataclass(frozen=True)
class Received:
    """What one call of the service holds."""

    messages: tuple[Message, ...] = ()
    statuses: tuple[Status, ...] = ()


class Adapter(Protocol):
    """What every adapter does. It keeps nothing between calls, and may be called from several threads at once."""

    phone: bool
    """Whether an address is a telephone number, at which one can also call."""
    longest: int
    """How many characters fit in one message; a longer answer goes in parts."""

    def greet(self, channel: Channel, request: Request) -> bytes:
        """The answer to a GET of the webhook, with which a service checks whose address it is. Raises Unverified."""

    def verify(self, channel: Channel, request: Request) -> None:
        """Whether the service made this call. Raises Unverified. Compare in equal time (`hmac.compare_digest`)."""

    def parse(self, channel: Channel, request: Request) -> Received:
        """What the call says. Kinds of content that we do not know are left out, or said in words in `text`. Raises
        Unreadable."""

    def send(self, channel: Channel, to: str, text: str, key: str) -> str:
        """Send this text; gives the service's own key of it, or ''. `key` is ours, and the same at every attempt: hand
        it over where the service can tell a repetition by it. At most ten seconds. Raises Later, Never."""

    def fetch(self, channel: Channel, media: Media, max_bytes: int) -> bytes:
        """The content of a file. At most thirty seconds, and never more than `max_bytes`. Raises Later, Never."""


@dataclass(frozen=True)
class Veld:
    """A setting that the administrator fills in. `secret`: stored sealed and never shown again; `choices`: code and
    words, when it is one of a few."""

    name: str
    label: "Text"
    help: "Text" = ""
    secret: bool = False
    required: bool = False
    choices: tuple[tuple[str, "Text"], ...] = ()


@dataclass(frozen=True)
class Soort:
    """A kind of channel. `adapter`: who speaks its language, None when others call us and we only check their key.
    `key`: whether Loket makes one: 'sealed' (both sides sign with it) or 'hashed' (they show it)."""

    code: str
    naam: "Text"
    uitleg: "Text"
    adapter: Adapter | None = None
    velden: tuple[Veld, ...] = ()
    key: Literal["", "sealed", "hashed"] = ""


_soorten: dict[str, Soort] = {}


def register(soort: Soort) -> Soort:
    """Make a kind of channel known, from `ready()` of an apps.py. Raises ValueError when its code is taken."""
    if _soorten.setdefault(soort.code, soort) is not soort:
        raise ValueError(f"Two kinds of channels are called {soort.code!r}.")
    return soort


def register_installed() -> None:
    """Make known what other packages offer as entry points."""
    for point in entry_points(group=ENTRY_POINTS):
        register(point.load())


def soorten() -> list[Soort]:
    """Every kind of channel, by its code."""
    return [_soorten[code] for code in sorted(_soorten)]


def soort_van(code: str) -> Soort:
    """The kind with this code. Raises NotFound, also when the package that offered it is gone."""
    if code not in _soorten:
        raise NotFound(f"There is no kind of channel {code!r}.")
    return _soorten[code]

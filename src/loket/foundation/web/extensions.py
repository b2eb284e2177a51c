"""The one registry by which services offer parts into each other's pages.

A service never imports another service. From `ready()` in its `apps.py` it offers a frozen dataclass of one of the
kinds below; whoever shows such things asks for `offered(Kind)`. All kinds have a `name` that is unique in its kind
(start it with the room's label: "reacties.klacht"), and an `order` (low comes first, then by name).

    from loket.foundation.web.extensions import Tile, offer

    offer(Tile("reacties.melding", gettext_lazy("Iets melden"), gettext_lazy("Losse tegel, afval …"),
               url="reacties:begin", icon="flag", order=10))

Texts are translatable (`gettext_lazy`). A `url` is the name of a route, or an address that begins with "/" or "http".
Routes and templates are checked at start (`checks.py`).
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.urls import reverse

from loket.foundation.errors import Forbidden, NotFound

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from loket.foundation.access.actor import Actor

    type Text = str | Promise

log = logging.getLogger(__name__)

type Context = Mapping[str, Any] | None
type Spot = Literal["editor", "head", "more", ""]
type Place = Literal["kop", "voet", "werkplek", "mijn", "gesprek", "zoeken", "gebruiker", "terugbellen", "langskomen"]


class Offer(Protocol):
    """What every kind has: a name that is unique in its kind, and its place in the order."""

    @property
    def name(self) -> str: ...
    @property
    def order(self) -> int: ...


def href(url: str) -> str:
    """The address of a route's name; an address that begins with '/' or 'http' stays as it is."""
    return url if url.startswith(("/", "http")) else reverse(url)


def _everybody(actor: "Actor") -> bool:
    return True


@dataclass(frozen=True)
class Tile:
    """A door on the home page: verb first (`title`), one line of explanation (`text`), an `icon`."""

    name: str
    title: "Text"
    text: "Text"
    url: str
    icon: str
    order: int = 100
    shown: "Callable[[Actor], bool]" = _everybody

    @property
    def href(self) -> str:
        """The address behind the door."""
        return href(self.url)


@dataclass(frozen=True)
class Card:
    """A part of the overview of Mijn Loket. `load(actor)` gives the context of `template`, or None: then nothing
    is shown. `load` reads with a stated purpose (`Use`) where it returns personal data."""

    name: str
    template: str
    load: "Callable[[Actor], Context]"
    order: int = 100


@dataclass(frozen=True)
class NavItem:
    """A link in one of the menus.

    `place`: "werkplek" (staff bar), "mijn" (menu of Mijn Loket), "kop" and "voet" (header and footer for residents),
    "gesprek" (the lime button of the staff bar: one at most), "zoeken" (where the search field of the staff bar goes:
    one at most), "gebruiker" (menu of who is logged in), "terugbellen" and "langskomen" (where somebody plans a
    call-back or a visit: one at most each).
    `right`: only for who may do this act; `count(actor)`: a number beside it, `new`: that number is news (lime).
    """

    name: str
    title: "Text"
    url: str
    place: Place
    order: int = 100
    icon: str = ""
    right: str = ""
    key: str = ""
    count: "Callable[[Actor], int | None] | None" = None
    new: bool = False
    shown: "Callable[[Actor], bool]" = _everybody

    @property
    def href(self) -> str:
        """The address of the link."""
        return href(self.url)


@dataclass(frozen=True)
class Queue:
    """A queue (saved view) of the workbench, shown on its left with a count.

    `group`: the heading under which it stands. `count(actor)`: how many wait, None for no number; cheap, it runs on
    every page. `kind` of that number: "new" (lime: news), "late" (red: so many too late) or "quiet".
    `choose(actor)`: what stands in the queue, in the form that the workbench understands (a `Q` on
    `zaken.Werkvoorraad`); `url`: the page of a queue that is not a list of zaken.
    """

    name: str
    group: "Text"
    title: "Text"
    order: int
    count: "Callable[[Actor], int | None]"
    kind: Literal["new", "late", "quiet"] = "quiet"
    choose: "Callable[[Actor], Any] | None" = None
    url: str = ""
    right: str = ""
    shown: "Callable[[Actor], bool]" = _everybody

    @property
    def href(self) -> str:
        """The address of a queue with a page of its own, else ''."""
        return href(self.url) if self.url else ""


@dataclass(frozen=True)
class Act:
    """Something one can do with a zaak in the workbench.

    `key`: the letter on the keyboard. `primary`: may be the one full button. `internal`: the resident never sees the
    result (drawn purple, with a lock). `applies(actor, zaak)`: whether it can be done now; `url(zaak)`: the page with
    the form, which is also loaded as a part (HX-Request). `spot`: where it stands on the page of a zaak: a tab of the
    editor, a button at the head (two or three in all), under 'Meer', or "" when it is shown elsewhere.
    """

    name: str
    title: "Text"
    icon: str
    applies: "Callable[[Actor, Any], bool]"
    url: Callable[[Any], str]
    key: str = ""
    order: int = 100
    primary: bool = False
    internal: bool = False
    spot: Spot = "more"


@dataclass(frozen=True)
class Panel:
    """A box on the side of the page of a zaak. `load(actor, zaak)` gives the context of `template` (which gets `zaak`
    and `actor` too), or None: then the box is not shown."""

    name: str
    title: "Text"
    template: str
    load: "Callable[[Actor, Any], Context]"
    order: int = 100


@dataclass(frozen=True)
class PaletteItem:
    """Something to do that the palette (Ctrl K) of the workbench always lists. `key`: its own letter, if any."""

    name: str
    title: "Text"
    url: str
    icon: str = "arrow"
    key: str = ""
    order: int = 100
    right: str = ""
    shown: "Callable[[Actor], bool]" = _everybody

    @property
    def href(self) -> str:
        """The address of the act."""
        return href(self.url)


@dataclass(frozen=True)
class AdminCard:
    """A door on the start page of the administration (`/beheer/`), for who may do `right`. `state(actor)`: how it
    stands, in a sentence ("3 e-mails zijn mislukt."), or '' when there is nothing to say."""

    name: str
    title: "Text"
    text: "Text"
    url: str
    icon: str
    right: str
    order: int = 100
    state: "Callable[[Actor], Text] | None" = None
    shown: "Callable[[Actor], bool]" = _everybody

    @property
    def href(self) -> str:
        """The address behind the door."""
        return href(self.url)


type HelpPlace = Literal["antwoord", "gesprek", "vooraf", "zoeken"]


@dataclass(frozen=True)
class Helper:
    """What may help somebody who is typing: found by the text so far, and drawn beside it (`{% helpers %}`).

    `places`: "antwoord" (an employee writes an answer), "gesprek" (an employee notes what a caller says), "vooraf" (a
    resident, before he or she writes to us) and "zoeken" (the search page of the site). `load(actor, text, context)`
    gives the context of `template`, or None when nothing fits; `context` has `plek`, `organisatie` (a key or None) and
    what the page added. It decides itself what this actor may see. `text(actor, ref)`: what a button in the template,
    `<button name="invoegen" value="NAME:ref">`, puts in the field; None when it may not.
    """

    name: str
    title: "Text"
    template: str
    places: tuple[HelpPlace, ...]
    load: "Callable[[Actor, str, Mapping[str, Any]], Context]"
    text: "Callable[[Actor, str], str | None] | None" = None
    order: int = 100


type Linked = Tile | NavItem | PaletteItem | AdminCard
"""The kinds that are one link with an icon."""

_offers: dict[type, dict[str, Offer]] = {}


def offer(thing: Offer) -> None:
    """Offer one thing to whoever shows its kind. Raises ImproperlyConfigured when the name is taken."""
    kind = _offers.setdefault(type(thing), {})
    if thing.name in kind:
        raise ImproperlyConfigured(f"A {type(thing).__name__} with the name {thing.name!r} is offered twice.")
    kind[thing.name] = thing


def offered[T: Offer](kind: type[T]) -> list[T]:
    """Everything of this kind that was offered, in order."""
    things: list[T] = list(_offers.get(kind, {}).values())  # type: ignore[arg-type]
    return sorted(things, key=lambda thing: (thing.order, thing.name))


def find[T: Offer](kind: type[T], name: str) -> T:
    """The thing of this kind with this name. Raises NotFound."""
    thing = _offers.get(kind, {}).get(name)
    if thing is None:
        raise NotFound(f"No {kind.__name__} is called {name!r}.")
    return thing  # type: ignore[return-value]


@contextmanager
def offering(*things: Offer, only: bool = False) -> Iterator[None]:
    """Offer these things for as long as the block lasts, for tests. `only`: and nothing else is offered meanwhile."""
    before = {kind: dict(known) for kind, known in _offers.items()}
    if only:
        _offers.clear()
    try:
        for thing in things:
            offer(thing)
        yield
    finally:
        _offers.clear()
        _offers.update(before)


class Restricted(Protocol):
    """What can be hidden from an actor: by an act that one may not do, or by a function of its own."""

    @property
    def right(self) -> str: ...
    @property
    def shown(self) -> "Callable[[Actor], bool]": ...


def visible(thing: Restricted, actor: "Actor") -> bool:
    """Whether this actor gets to see it: `right` is allowed (or empty) and `shown` agrees."""
    return (not thing.right or actor.may(thing.right)) and thing.shown(actor)


def menu(place: Place, actor: "Actor") -> list[NavItem]:
    """The links of one menu, for this actor."""
    return [item for item in offered(NavItem) if item.place == place and visible(item, actor)]


@dataclass(frozen=True)
class Part:
    """An offered card, panel or helper, loaded for one actor. `failed`: it could not be, the rest of the page could."""

    thing: Card | Panel | Helper
    context: Mapping[str, Any] = field(default_factory=dict)
    failed: bool = False


def cards(actor: "Actor") -> list[Part]:
    """The cards of Mijn Loket that have something to show to this actor."""
    return _load([(card, lambda card=card: card.load(actor)) for card in offered(Card)])  # type: ignore[misc]


def panels(actor: "Actor", zaak: object) -> list[Part]:
    """The boxes beside a zaak that have something to show to this actor."""
    return _load(
        [(panel, lambda panel=panel: panel.load(actor, zaak)) for panel in offered(Panel)]  # type: ignore[misc]
    )


def acts(actor: "Actor", zaak: object) -> list[Act]:
    """What this actor can do now with this zaak, in order."""
    return [act for act in offered(Act) if act.applies(actor, zaak)]


def helpers(actor: "Actor", place: HelpPlace, text: str, context: Mapping[str, Any]) -> list[Part]:
    """What helps with this text, at this place. One helper that breaks leaves the rest, and the typing, alone."""
    given = {**context, "plek": place}
    return _load(
        [(each, lambda each=each: each.load(actor, text, given)) for each in offered(Helper) if place in each.places]  # type: ignore[misc]
    )


def inserted(actor: "Actor", value: str) -> str:
    """The text that a button of a helper asks for ('kennis.artikelen:ref'); '' when there is none for this actor."""
    name, _colon, ref = value.partition(":")
    helper = next((each for each in offered(Helper) if each.name == name), None)
    return (helper.text(actor, ref) if helper is not None and helper.text is not None else None) or ""


def _load(wanted: "list[tuple[Card | Panel | Helper, Callable[[], Context]]]") -> list[Part]:
    """Load each part; one that breaks does not take the page with it, but a database that is away does."""
    parts = []
    for thing, load in wanted:
        try:
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                context = load()
        except (OperationalError, InterfaceError):
            raise
        except (Forbidden, NotFound):
            continue
        except (DatabaseError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            log.exception("The part %s could not be loaded.", thing.name)
            parts.append(Part(thing, failed=True))
            continue
        if context is not None:
            parts.append(Part(thing, context))
    return parts

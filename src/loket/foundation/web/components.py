"""The data of the components that show a list: what a view builds and a tag draws.

Texts are for people and already translated. Where a dict with the same keys is handier, the tags take that too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.core.paginator import Page

if TYPE_CHECKING:
    from django.utils.functional import Promise

    type Text = str | Promise


@dataclass(frozen=True)
class Moment:
    """One step on the time line: a sentence with who did what. `at` (a moment) or `when` (words: "Daarna")."""

    title: "Text"
    kind: Literal["done", "now", "next"] = "done"
    at: datetime | None = None
    when: "Text" = ""
    text: "Text" = ""
    quote: str = ""


@dataclass(frozen=True)
class Contact:
    """A way to reach a person, with its first possible moment in `sub`."""

    icon: str
    title: "Text"
    url: str
    sub: "Text" = ""


@dataclass(frozen=True)
class Figure:
    """A number with its meaning: '77 van 100', 'van de vragen beantwoorden wij meteen'. `sub`, `url`: key figures."""

    value: "Text"
    label: "Text"
    sub: "Text" = ""
    url: str = ""
    late: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter. `on`: active, the link takes it away. `add`: the dashed one that adds a filter."""

    title: "Text"
    url: str
    on: bool = False
    add: bool = False


@dataclass(frozen=True)
class Hit:
    """One line of the palette: a zaak, a person, a place or an act (`key`)."""

    title: "Text"
    url: str
    icon: str = "arrow"
    sub: "Text" = ""
    key: str = ""


@dataclass(frozen=True)
class Group:
    """A heading of the palette with its lines."""

    title: "Text"
    hits: Sequence[Hit]


@dataclass(frozen=True)
class Pages:
    """Where a list stands: items `first` to `last` of `total` (None: not counted), and its neighbours."""

    first: int
    last: int
    total: int | None = None
    previous_url: str = ""
    next_url: str = ""
    next_count: int | None = None

    @classmethod
    def of[T](cls, page: "Page[T]", address: str = "?page=") -> "Pages":
        """The neighbours of one page of Django's Paginator; the page number is put behind `address`."""
        paginator = page.paginator
        left = paginator.count - page.end_index()
        return cls(
            page.start_index(),
            page.end_index(),
            paginator.count,
            f"{address}{page.previous_page_number()}" if page.has_previous() else "",
            f"{address}{page.next_page_number()}" if page.has_next() else "",
            min(left, paginator.per_page),
        )


@dataclass(frozen=True)
class Upload:
    """A file that somebody chose: name, size in bytes, what happened to it, and how to take it away again (the value of
    the button `remove`)."""

    name: str
    size: int
    note: "Text" = ""
    thumb: str = ""
    remove: str = ""

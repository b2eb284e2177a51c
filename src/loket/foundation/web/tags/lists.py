"""The components that draw a list: steps, time line, tiles, filters, the people to talk to."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from loket.foundation.time.clock import now, today
from loket.foundation.web import dates, rules
from loket.foundation.web import extensions as ext
from loket.foundation.web.components import Pages

register = template.Library()


@register.inclusion_tag("web/deel/stappen.html")
def steps(names: Iterable[str], current: int) -> dict[str, Any]:
    """The steps of a form (at most 5); `current` counts from 1."""
    every = list(names)
    states = ["done" if n < current else "here" if n == current else "" for n in range(1, len(every) + 1)]
    return {"steps": list(zip(every, states, strict=True)), "current": current, "total": len(every)}


@register.inclusion_tag("web/deel/persoon.html")
def person(name: str, role: str = "", contacts: Sequence[Any] = ()) -> dict[str, Any]:
    """A person with role and ways to be reached (`Contact`, or dicts: icon, title, url, sub)."""
    return {"name": name, "role": role, "contacts": contacts}


@register.inclusion_tag("web/deel/tijdlijn.html")
def timeline(moments: Sequence[Any]) -> dict[str, Any]:
    """What happened, happens and will happen (`Moment`, or dicts: kind, at, when, title, text, quote)."""
    return {"moments": moments}


@register.inclusion_tag("web/deel/deuren.html")
def tiles(items: Sequence[Any]) -> dict[str, Any]:
    """Doors: `Tile`, or dicts with title, text, icon, href."""
    return {"items": items}


@register.inclusion_tag("web/deel/cijfers.html")
def figures(items: Sequence[Any], key: bool = False) -> dict[str, Any]:
    """Numbers with their meaning (`Figure`). `key`: the key figures at the head of an overview for staff."""
    return {"items": items, "key": key}


@register.inclusion_tag("web/deel/filters.html")
def chips(items: Sequence[Any]) -> dict[str, Any]:
    """Filters as links (`Chip`, or dicts: title, url, on, add)."""
    return {"items": items}


@register.inclusion_tag("web/deel/kruimels.html")
def crumbs(*pairs: str) -> dict[str, Any]:
    """The way here: `{% crumbs "Home" "/" "Mijn zaken" url "Dakkapel" %}`; the last has no address and is this page."""
    return {"links": list(zip(pairs[:-1:2], pairs[1:-1:2], strict=True)), "here": pairs[-1]}


@register.inclusion_tag("web/deel/bestanden.html")
def files(items: Sequence[Any]) -> dict[str, Any]:
    """The files that somebody chose (`Upload`), each with a button to take it away."""
    return {"items": items}


@register.inclusion_tag("web/deel/toetsen.html")
def keys(*pairs: str) -> dict[str, Any]:
    """The bar with keys of a workbench page: `{% keys "J K" "omlaag, omhoog" "Enter" "open" %}`."""
    return {"pairs": [(letters.split(), words) for letters, words in zip(pairs[::2], pairs[1::2], strict=True)]}


@register.inclusion_tag("web/deel/laatstedag.html")
def lastday(label: str, deadline: date) -> dict[str, Any]:
    """The last day of something, with the days that are left: of a decision, for bezwaar."""
    return {"label": label, "deadline": deadline, "left": (deadline - today()).days}


@register.inclusion_tag("web/deel/bladeren.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Where this list stands and what comes next: a `Pages`, or a page of Django's Paginator (number in `?page=`)."""
    if not isinstance(page, Page):
        return {"pages": page}
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return {"pages": Pages.of(page)}
    query.pop("page", None)
    return {"pages": Pages.of(page, f"?{query.urlencode()}&page=" if query else "?page=")}


@register.inclusion_tag("web/deel/palet.html")
def palette(
    groups: Sequence[Any], search: str = "", query: str = "", id: str = "palet", inline: bool = False
) -> dict[str, Any]:
    """Search and act in one window (`Group` of `Hit`). `search`: the address that answers a search (see palet.html)."""
    return {"groups": groups, "search": search, "query": query, "id": id, "inline": inline}


@register.simple_tag
def live(url: str = "", poll: str = "", one: str = "", more: str = "", show: str = "", types: str = "") -> SafeString:
    """Says how many are new since the page was made, and never moves a row. Needs JavaScript; without it nothing shows.

    `url`: the stream (`live.stream_url`), `types`: the events that count, with spaces (none: all). `poll`: the address
    that answers `{"nieuw": 2, "live": "new address of the stream"}`, asked after an event, and regularly when there is
    no stream. `one`, `more`: the words, with `{n}`; `show`: where "Toon" goes (this page when empty).
    """
    return format_html(
        '<div class="loket-live-slot" role="status" data-live-url="{}" data-poll-url="{}" data-live-types="{}" '
        'data-one="{}" data-more="{}" data-show-url="{}" data-show="{}"></div>',
        url,
        poll,
        types,
        one or gettext("{n} nieuwe"),
        more or one or gettext("{n} nieuwe"),
        show,
        gettext("Toon"),
    )


@register.inclusion_tag("web/deel/mens.html", takes_context=True)
def human(context: Context, title: str = "", text: str = "") -> dict[str, Any]:
    """The people to talk to, at the end of every open page: telephone, call-back, desk. From `organisatie`."""
    organisatie = context.get("organisatie")
    hours = getattr(organisatie, "openingstijden", None) or {}
    actor = context.get("actor")
    places = {place: ext.menu(place, actor) if actor else [] for place in ("terugbellen", "langskomen")}
    return {
        "organisatie": organisatie,
        "title": title or gettext("Liever een mens spreken?"),
        "text": text or gettext("Dat kan altijd. Ook als u halverwege bent."),
        "telefoon": opening_words(rules.opening(hours.get("telefoon"), now())),
        "balie": opening_words(rules.opening(hours.get("balie"), now())),
        "terugbellen": next(iter(places["terugbellen"]), None),
        "langskomen": next(iter(places["langskomen"]), None),
    }


def opening_words(found: rules.Opening | None) -> dict[str, Any]:
    """Whether it is open, and until or from when, in words."""
    language = get_language()
    if found is None:
        return {}
    if found.until:
        return {"open": True, "words": gettext("Tot %(tijd)s.") % {"tijd": dates.clock_time(found.until, language)}}
    if not found.next:
        return {"open": False, "words": ""}
    day = dates.near_moment(found.next, today(), language) if (found.next.date() - today()).days < 2 else None
    words = day or f"{dates.long_date(found.next, language, year=False)}, {dates.clock_time(found.next, language)}"
    return {"open": False, "words": gettext("Weer open: %(moment)s.") % {"moment": words}}

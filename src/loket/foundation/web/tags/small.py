"""The small components: icon, arch, badge, count, deadline, and the filters for dates and amounts."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from loket.foundation.time.clock import today
from loket.foundation.web import dates, rules
from loket.foundation.web.icons import CHANNELS, ICONS
from loket.foundation.web.stored import translated

register = template.Library()

DUE_ICONS = {"late": "error", "today": "warning", "soon": "clock", "ok": "clock", "hold": "pause"}
ANSWER_ICONS = {"ok": "check", "ask": "document", "no": "cross", "intern": "lock"}


def svg(name: str, css: str = "icon") -> SafeString:
    """The drawing of an icon. Raises TemplateSyntaxError for a name that does not exist."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; see loket/foundation/web/icons.py.")
    return SafeString(
        f'<svg class="{css}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{ICONS[name]}</svg>'
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon; it always stands beside a word. `size="l"`: 28 pixels."""
    return svg(name, "icon icon--l" if size == "l" else "icon")


@register.simple_tag
def icons() -> list[str]:
    """The names of all icons, for /stijl."""
    return list(ICONS)


@register.simple_tag
def arch(name: str, size: str = "", quiet: bool = False) -> SafeString:
    """An icon under the arch. `size="s"`: small; `quiet`: tinted instead of lime."""
    css = "arch" + (" arch--s" if size == "s" else "") + (" arch--quiet" if quiet else "")
    return format_html('<span class="{}">{}</span>', css, svg(name, "icon" if size == "s" else "icon icon--l"))


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """The initials of a person under the arch; the name itself stands beside it. `size="s"`: for staff."""
    css = "loket-avatar" + (" loket-avatar--s" if size == "s" else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, rules.initials(str(name)))


@register.simple_tag
def kind(icon_name: str, word: str, quiet: bool = False) -> SafeString:
    """The kind of a case with its icon, in one line. `quiet`: a grey icon."""
    css = "loket-kind loket-kind--q" if quiet else "loket-kind"
    return format_html('<span class="{}">{}{}</span>', css, svg(icon_name), word)


@register.simple_tag
def channel(kanaal: str, text: str = "") -> SafeString:
    """The icon of a channel with its word hidden, and `text` (a time) beside it."""
    name, word = CHANNELS.get(kanaal, ("chat", kanaal))
    return format_html(
        '<span class="loket-kind loket-kind--q">{}<span class="visually-hidden">{} </span>{}</span>',
        svg(name),
        gettext(word),
        text,
    )


@register.simple_tag
def badge(text: str, kind: str = "", icon: str = "") -> SafeString:
    """A state in one or two words. `kind`: '' or 'ok', 'ask', 'no' (these judge and get an icon), 'intern' (a lock)."""
    name = icon or ANSWER_ICONS.get(kind, "")
    return format_html(
        '<span class="loket-badge{}">{} {}</span>',
        f" loket-badge--{kind}" if kind else "",
        svg(name) if name else "",
        text,
    )


@register.simple_tag
def tag(text: str = "") -> SafeString:
    """The lime tag that says what is going on here and now; "Nu" without text."""
    return format_html('<span class="loket-tag">{}</span>', text or gettext("Nu"))


@register.simple_tag
def count(number: int | None, kind: str = "new", word: str = "") -> SafeString:
    """A count beside a link. `kind`: 'new' (lime), 'late' (red, with the words 'te laat') or 'quiet'. None: nothing."""
    if number is None or (not number and kind != "quiet"):
        return SafeString("")
    said = word or {"late": gettext("te laat"), "new": gettext("nieuw")}.get(kind, "")
    return format_html(
        '<span class="loket-count{}">{}{}</span>',
        "" if kind == "new" else f" loket-count--{kind}",
        number,
        format_html('<span class="visually-hidden"> {}</span>', said) if said else "",
    )


@register.simple_tag
def due(
    deadline: rules.Due | date | None,
    working_days: int | None = None,
    suspended: bool = False,
    until: bool = False,
    text: str = "",
) -> SafeString:
    """A deadline, as loud as it is (see `rules.due`): a date with its distance in working days, or a ready `Due`.

    `until`: 'Uiterlijk dinsdag 1 december' for residents; `text`: other words ('Wacht op bewoner').
    """
    found = (
        deadline if isinstance(deadline, rules.Due) else rules.due(deadline, today(), working_days, suspended=suspended)
    )
    return format_html(
        '<span class="loket-due loket-due--{}">{}{}</span>',
        found.kind,
        svg(DUE_ICONS[found.kind]),
        text or due_words(found, until),
    )


def due_words(found: rules.Due, until: bool = False) -> str:
    """The words of a deadline: '3 dagen te laat', 'Te laat' (by hours), 'Vandaag', 'wo 25 nov', 'Staat stil'."""
    if found.kind == "hold" or found.deadline is None:
        return gettext("Staat stil")
    if found.kind == "late":
        if not found.days:
            return gettext("Te laat")
        return ngettext("%(dagen)d dag te laat", "%(dagen)d dagen te laat", found.days) % {"dagen": found.days}
    if found.kind == "today":
        return gettext("Vandaag")
    if until:
        return gettext("Uiterlijk %(dag)s") % {"dag": dates.long_date(found.deadline, get_language(), year=False)}
    return dates.list_date(found.deadline, today(), get_language())


@register.simple_tag
def term(percent: float) -> SafeString:
    """How much of a term has passed, as a bar. The same stands in words beside it."""
    width = max(0, min(100, round(percent)))
    return format_html(
        '<svg class="loket-term" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/></svg>',
        width,
    )


def paragraph(content: str) -> SafeString:
    """Content of a block: as it is when it holds blocks of its own, else as one paragraph. '' for nothing."""
    text = SafeString(content.strip())
    if not text or text.startswith(("<p", "<ul", "<ol", "<div", "<form", "<dl", "<h")):
        return text
    return format_html("<p>{}</p>", text)


def time_of(value: Any, words: Any) -> SafeString:
    """`<time>` with these words; machine-readable when `value` is a moment."""
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), words)
    return format_html("<time>{}</time>", words) if words else SafeString("")


@register.simple_tag
def route(name: str, *args: Any) -> str:
    """The address of a route, or '' when this Loket has no such route (a room that is not installed)."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.filter
def phone(value: object) -> str:
    """'14 0199' as the address of a link: 'tel:140199'."""
    return "tel:" + "".join(char for char in str(value) if char.isdigit() or char == "+")


def _filter(name: str, function: Callable[[Any], object]) -> None:
    """A filter that makes nothing of None and ''."""
    register.filter(name, lambda value: "" if value in (None, "") else str(function(value)))


_filter("datum", lambda v: dates.long_date(v, get_language(), weekday=False))
_filter("datum_lang", lambda v: dates.long_date(v, get_language()))
_filter("datum_dag", lambda v: dates.long_date(v, get_language(), year=False))
_filter("datum_kort", lambda v: dates.short_date(v, get_language()))
_filter("datum_lijst", lambda v: dates.list_date(v, today(), get_language()))
_filter("tijd", lambda v: dates.clock_time(v, get_language()))
_filter("moment", lambda v: dates.long_moment(v, get_language()))
_filter("moment_kort", lambda v: dates.message_moment(v, today(), get_language()))
_filter("moment_lijst", lambda v: dates.list_moment(v, today(), get_language()))
_filter("wanneer", lambda v: dates.near_moment(v, today(), get_language()))
_filter("bedrag", lambda v: dates.amount(v, get_language()))
_filter("grootte", lambda v: dates.size(v, get_language()))
_filter("hoofdletter", lambda v: str(v)[:1].upper() + str(v)[1:])
register.filter("vertaald", translated)
register.filter("voorletters", lambda v: rules.initials(str(v)))

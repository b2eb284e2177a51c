"""`{% load loket %}`: every component of the design system. Described in docs/developer/components.md, shown on /stijl."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField, BoundWidget
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from loket.foundation.time.clock import now, today
from loket.foundation.web import dates, rules
from loket.foundation.web import extensions as ext
from loket.foundation.web.components import Group, Hit, Pages
from loket.foundation.web.icons import CHANNELS, ICONS

register = template.Library()

NOTICE_ICONS = {"info": "info", "ok": "check", "warning": "warning", "error": "error"}
DUE_ICONS = {"late": "error", "today": "warning", "soon": "clock", "ok": "clock", "hold": "pause"}
ANSWER_ICONS = {"ok": "check", "ask": "document", "no": "cross", "intern": "lock"}


def _svg(name: str, css: str = "icon") -> SafeString:
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon {name!r}; see loket/foundation/web/icons.py.")
    return mark_safe(
        f'<svg class="{css}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.9" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{ICONS[name]}</svg>'
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon; it always stands beside a word. `size="l"`: 28 pixels."""
    return _svg(name, "icon icon--l" if size == "l" else "icon")


@register.simple_tag
def icons() -> list[str]:
    """The names of all icons, for /stijl."""
    return list(ICONS)


@register.simple_tag
def arch(name: str, size: str = "", quiet: bool = False) -> SafeString:
    """An icon under the arch. `size="s"`: small; `quiet`: tinted instead of lime."""
    css = "arch" + (" arch--s" if size == "s" else "") + (" arch--quiet" if quiet else "")
    return format_html('<span class="{}">{}</span>', css, _svg(name, "icon" if size == "s" else "icon icon--l"))


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """The initials of a person under the arch; the name itself stands beside it. `size="s"`: for staff."""
    css = "loket-avatar" + (" loket-avatar--s" if size == "s" else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, rules.initials(str(name)))


@register.simple_tag
def kind(icon_name: str, word: str, quiet: bool = False) -> SafeString:
    """The kind of a case with its icon, in one line. `quiet`: a grey icon."""
    css = "loket-kind loket-kind--q" if quiet else "loket-kind"
    return format_html('<span class="{}">{}{}</span>', css, _svg(icon_name), word)


@register.simple_tag
def channel(kanaal: str, text: str = "") -> SafeString:
    """The icon of a channel with its word hidden, and `text` (a time) beside it."""
    name, word = CHANNELS.get(kanaal, ("chat", kanaal))
    return format_html(
        '<span class="loket-kind loket-kind--q">{}<span class="visually-hidden">{} </span>{}</span>',
        _svg(name),
        gettext(word),
        text,
    )


@register.simple_tag
def badge(text: str, kind: str = "", icon: str = "") -> SafeString:
    """A state in one or two words. `kind`: '' or 'ok', 'ask', 'no' (these judge and get an icon), 'intern' (a lock)."""
    name = icon or ANSWER_ICONS.get(kind, "")
    return format_html(
        '<span class="loket-badge{}">{} {}</span>', f" loket-badge--{kind}" if kind else "", _svg(name) if name else "", text
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
    found = deadline if isinstance(deadline, rules.Due) else rules.due(deadline, today(), working_days, suspended=suspended)
    return format_html(
        '<span class="loket-due loket-due--{}">{}{}</span>', found.kind, _svg(DUE_ICONS[found.kind]), text or due_words(found, until)
    )


def due_words(found: rules.Due, until: bool = False) -> str:
    """The words of a deadline: '3 dagen te laat', 'Vandaag', 'wo 25 nov', 'Staat stil'."""
    if found.kind == "hold" or found.deadline is None:
        return gettext("Staat stil")
    if found.kind == "late":
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


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """A message in the page. `kind`: info, ok, warning, error; `title`: the bold sentence; the content says what to do.
    `role="status"` or "alert" when it appears after an act."""
    return format_html(
        '<div class="loket-notice{}"{}>{}<div>{}{}</div></div>',
        "" if kind == "info" else f" loket-notice--{kind}",
        format_html(' role="{}"', role) if role else "",
        _svg(NOTICE_ICONS[kind]),
        format_html("<p><b>{}</b></p>", title) if title else "",
        _paragraph(content),
    )


def _paragraph(content: str) -> SafeString:
    """Content of a block: as it is when it holds blocks of its own, else as one paragraph. '' for nothing."""
    text = SafeString(content.strip())
    if not text or text.startswith(("<p", "<ul", "<ol", "<div", "<form", "<dl", "<h")):
        return text
    return format_html("<p>{}</p>", text)


@register.simple_block_tag
def card(content: str, title: str = "", tint: bool = False, level: int = 2) -> SafeString:
    """A card for what stands beside the story. `tint`: on a tinted ground; `level` of its heading."""
    head = format_html('<h{} class="utrecht-heading-3">{}</h{}>', level, title, level) if title else ""
    return format_html(
        '<div class="loket-card{}">{}{}</div>', " loket-card--tint" if tint else "", head, SafeString(content)
    )


@register.simple_block_tag
def nowbox(content: str, title: str, tag: str = "", id: str = "stand") -> SafeString:
    """What happens now, until when, and what you must do ("U hoeft niets te doen"). One on a page."""
    return format_html(
        '<section class="loket-now" aria-labelledby="{0}"><header><span class="loket-tag">{1}</span>'
        '<h2 id="{0}" class="utrecht-heading-3">{2}</h2></header><div class="loket-stack">{3}</div></section>',
        id,
        tag or gettext("Nu"),
        title,
        _paragraph(content),
    )


@register.simple_block_tag
def emptybox(content: str, title: str, icon: str = "check", quiet: bool = False, level: int = 3) -> SafeString:
    """Nothing here: what that means (`title`), what comes and where to go (the content)."""
    return format_html(
        '<div class="loket-empty">{}<h{} class="utrecht-heading-3">{}</h{}>{}</div>',
        arch(icon, quiet=quiet),
        level,
        title,
        level,
        _paragraph(content),
    )


@register.simple_block_tag
def message(content: str, who: str, what: str = "", when: Any = "", kind: str = "in", icon: str = "mail") -> SafeString:
    """A message in the story of a case, as `<li>` in `<ol class="loket-msgs">`.

    `kind`: 'in' (white), 'out' (tinted) or 'intern' (purple, dashed, a lock, for colleagues only). `what`: 'mailde';
    `when`: a moment or words.
    """
    if kind == "intern":
        icon, what = "lock", what or gettext("interne notitie, alleen voor collega’s")
    return format_html(
        '<li class="loket-msg{}">{}<article class="loket-msg__body"><header><b>{}</b><span>{}</span>{}</header>{}</article></li>',
        "" if kind == "in" else f" loket-msg--{kind}",
        arch(icon, quiet=True),
        who,
        what,
        _time(when, dates.message_moment(when, today(), get_language()) if isinstance(when, datetime) else when),
        _paragraph(content),
    )


def _time(value: Any, words: Any) -> SafeString:
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), words)
    return format_html("<time>{}</time>", words) if words else SafeString("")


@register.simple_block_tag
def event(content: str, icon: str = "arrow", when: Any = "") -> SafeString:
    """A hand-over, absence or suspension: one grey line between messages, as `<li>` in `<ol class="loket-msgs">`."""
    words = dates.short_date(when, get_language()) if isinstance(when, date) else when
    return format_html(
        '<li class="loket-event">{}<span>{} {}</span></li>', _svg(icon), SafeString(content.strip()), words
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str, inline: bool = False) -> SafeString:
    """A window to finish one act; opened by `<button popovertarget="ID">`. The content is a form with its buttons."""
    return format_html(
        '<div class="loket-dialog"{} id="{}" role="dialog" aria-labelledby="{}-t"><div class="loket-stack">'
        '<h2 id="{}-t">{}</h2>{}</div></div>',
        "" if inline else SafeString(" popover"),
        id,
        id,
        id,
        title,
        SafeString(content),
    )


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
def palette(groups: Sequence[Any], search: str = "", query: str = "", id: str = "palet", inline: bool = False) -> dict[str, Any]:
    """Search and act in one window (`Group` of `Hit`). `search`: the address that answers a search (see palet.html)."""
    return {"groups": groups, "search": search, "query": query, "id": id, "inline": inline}


@register.simple_tag
def live(url: str = "", poll: str = "", one: str = "", more: str = "", show: str = "", event: str = "message") -> SafeString:
    """Says how many are new since the page was made, and never moves a row. Needs JavaScript; without it nothing shows.

    `url`: the stream of server-sent events (`event`: which ones count); `poll`: the address that answers
    `{"nieuw": 2}` when there is no stream; `one`, `more`: the words, with `{n}`; `show`: where "Toon" goes.
    """
    return format_html(
        '<div class="loket-live-slot" role="status" data-live-url="{}" data-poll-url="{}" data-live-event="{}" '
        'data-one="{}" data-more="{}" data-show-url="{}" data-show="{}"></div>',
        url,
        poll,
        event,
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
    places = {place: ext.menu(place, actor) if actor else [] for place in ("terugbellen", "langskomen")}  # type: ignore[arg-type]
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


@register.simple_tag(takes_context=True)
def menu(context: Context, place: str) -> list[ext.NavItem]:
    """`{% menu "werkplek" as items %}`: the links that services offered for this menu, for this actor."""
    actor = context.get("actor")
    return ext.menu(place, actor) if actor is not None else []  # type: ignore[arg-type]


@register.simple_tag(takes_context=True)
def number(context: Context, item: ext.NavItem | ext.Queue) -> SafeString:
    """The count of a menu item or queue, for this actor."""
    actor = context.get("actor")
    if item.count is None or actor is None:
        return SafeString("")
    found = item.count(actor)
    style = item.kind if isinstance(item, ext.Queue) else "new" if item.new else "quiet"
    return count(found, style if found else "quiet")


@register.simple_tag(takes_context=True)
def doings(context: Context) -> list[Group]:
    """The acts of the palette, for this actor."""
    actor = context.get("actor")
    items = [item for item in ext.offered(ext.PaletteItem) if actor is not None and ext.visible(item, actor)]
    return [Group(gettext("Doen"), [Hit(i.title, i.href, i.icon, key=i.key) for i in items])] if items else []


@register.simple_tag(takes_context=True)
def cards(context: Context) -> SafeString:
    """All cards that services offered for Mijn Loket, drawn."""
    return _draw(ext.cards(context["actor"]), context, {})


@register.simple_tag(takes_context=True)
def panels(context: Context, zaak: Any) -> SafeString:
    """All boxes that services offered for the side of this zaak, drawn."""
    return _draw(ext.panels(context["actor"], zaak), context, {"zaak": zaak})


def _draw(parts: list[ext.Part], context: Context, extra: Mapping[str, Any]) -> SafeString:
    request = context.get("request")
    shared = {"actor": context.get("actor"), **extra}
    return SafeString(
        "".join(
            render_to_string("web/deel/stuk.html", {"thing": part.thing}, request)
            if part.failed
            else render_to_string(
                part.thing.template, {**shared, "title": getattr(part.thing, "title", ""), **part.context}, request
            )
            for part in parts
        )
    )


@register.simple_tag
def route(name: str, *args: Any) -> str:
    """The address of a route, or '' when this Loket has no such route (a room that is not installed)."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def foutpagina(context: Context, status: int) -> SafeString:
    """The whole page that says what is not possible, in words; 500 and 503 ask the database nothing."""
    from loket.foundation.web.pages import error_html

    return SafeString(error_html(status, context.get("request")))


@register.inclusion_tag("web/deel/veld.html")
def field(bound: BoundField, style: str = "", hint: str = "", label: str = "", icon: str = "") -> dict[str, Any]:
    """One field of a form in the fixed order: label, hint, error, control.

    `style`: 'pills' for short choices beside each other; 'hidden-label' when the page says it already.
    `hint`, `label`: instead of those of the form. `icon`: of a file field.
    """
    widget = bound.field.widget
    ident = bound.auto_id
    help_text, errors = hint or bound.help_text, list(bound.errors)
    described = " ".join([f"{ident}_h"] * bool(help_text) + [f"{ident}_f"] * bool(errors))
    result = {
        "bound": bound,
        "id": ident,
        "label": label or bound.label,
        "hint": help_text,
        "errors": errors,
        "described": described,
        "style": style,
        "required": bound.field.required,
        "icon": icon or "clip",
        "hidden": bound.is_hidden,
    }
    if isinstance(widget, forms.RadioSelect):
        made = widget.subwidgets(bound.html_name, bound.value(), attrs={"id": ident})
        result |= {"kind": "choices", "options": [BoundWidget(widget, data, bound.form.renderer) for data in made]}
        return result
    attrs = {"aria-describedby": described} if described else {}
    shape = "check" if isinstance(widget, forms.CheckboxInput) else "upload" if isinstance(widget, forms.FileInput) else "text"
    return result | {"kind": shape, "control": bound.as_widget(attrs=attrs)}


@register.inclusion_tag("web/deel/foutlijst.html")
def error_summary(*given: forms.BaseForm | None) -> dict[str, Any]:
    """What is not right yet, first in the content: counts, gets the focus, links to the fields, in the same words."""
    problems: list[tuple[str, str]] = []
    for form in given:
        if form is None or not form.is_bound:
            continue
        for bound in form:
            target = f"{bound.auto_id}_0" if isinstance(bound.field.widget, forms.RadioSelect) else bound.id_for_label
            problems += [("" if bound.is_hidden else target, str(error)) for error in bound.errors]
        problems += [("", str(error)) for error in form.non_field_errors()]
    return {"problems": problems, "number": len(problems)}


@register.filter
def phone(value: object) -> str:
    """'14 0199' as the address of a link: 'tel:140199'."""
    return "tel:" + "".join(char for char in str(value) if char.isdigit() or char == "+")


def _filter(name: str, function: Any) -> None:
    def apply(value: Any) -> str:
        return "" if value in (None, "") else str(function(value))

    apply.__doc__ = function.__doc__
    register.filter(name, apply)


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
register.filter("voorletters", lambda v: rules.initials(str(v)))


"""The components with content of the page inside: notice, card, message, dialog."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from loket.foundation.time.clock import today
from loket.foundation.web import dates
from loket.foundation.web.tags.small import arch, paragraph, svg, time_of

register = template.Library()

NOTICE_ICONS = {
    "debug": "info",
    "info": "info",
    "success": "check",
    "ok": "check",
    "warning": "warning",
    "error": "error",
}
NOTICE_KINDS = {"debug": "info", "success": "ok"}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """A message in the page. `kind`: info, ok, warning, error; `title`: the bold sentence; the content says what to do.
    `role="status"` or "alert" when it appears after an act."""
    return format_html(
        '<div class="loket-notice{}"{}>{}<div>{}{}</div></div>',
        "" if (shape := NOTICE_KINDS.get(kind, kind)) == "info" else f" loket-notice--{shape}",
        format_html(' role="{}"', role) if role else "",
        svg(NOTICE_ICONS.get(kind, "info")),
        format_html("<p><b>{}</b></p>", title) if title else "",
        paragraph(content),
    )


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
        paragraph(content),
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
        paragraph(content),
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
        '<li class="loket-msg{}">{}<article class="loket-msg__body"><header><b>{}</b><span>{}</span>{}</header>'
        "{}</article></li>",
        "" if kind == "in" else f" loket-msg--{kind}",
        arch(icon, quiet=True),
        who,
        what,
        time_of(when, dates.message_moment(when, today(), get_language()) if isinstance(when, datetime) else when),
        paragraph(content),
    )


@register.simple_block_tag
def event(content: str, icon: str = "arrow", when: Any = "") -> SafeString:
    """A hand-over, absence or suspension: one grey line between messages, as `<li>` in `<ol class="loket-msgs">`."""
    words = dates.short_date(when, get_language()) if isinstance(when, date) else when
    return format_html(
        '<li class="loket-event">{}<span>{} {}</span></li>', svg(icon), SafeString(content.strip()), words
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

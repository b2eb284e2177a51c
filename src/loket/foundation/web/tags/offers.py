"""What services offered (`extensions.py`), drawn; and the pages that say that something is not possible."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from loket.foundation.web import extensions as ext
from loket.foundation.web.components import Group, Hit
from loket.foundation.web.tags.small import count

register = template.Library()


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


@register.simple_tag(takes_context=True)
def helpers(context: Context, place: ext.HelpPlace, bound: BoundField, over: str = "") -> SafeString:
    """`{% helpers "antwoord" form.tekst over=zaak.toelichting %}`, inside the form: what helps with the text of this
    field, found again at each pause. `over`: what the text is an answer to. Nothing for whom no helper helps.

    Without JavaScript its button sends the form with `help` in it: the page then shows the form as it was typed, and
    says nothing about faults. A choice sends `invoegen`: see `extensions.inserted`."""
    drawn = helped(context, place, str(bound.value() or ""), over)
    if not drawn:
        return drawn
    slot = {"plek": place, "id": bound.auto_id, "over": over, "gevonden": drawn}
    return SafeString(render_to_string("web/deel/help.html", slot, context.get("request")))


@register.simple_tag(takes_context=True)
def helped(context: Context, place: ext.HelpPlace, text: str, over: str = "") -> SafeString:
    """`{% helped "zoeken" q %}`: what helpers find for a text at this place, drawn; nothing when they find nothing."""
    organisatie = context.get("organisatie")
    given = {"organisatie": getattr(organisatie, "id", None), "over": over, "plek": place}
    parts = ext.helpers(context["actor"], place, text, given)
    return _draw([part for part in parts if not part.failed], context, given)


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


@register.simple_tag(takes_context=True)
def foutpagina(context: Context, status: int, expired: bool = False) -> SafeString:
    """The whole page that says what is not possible, in words; 500 and 503 ask the database nothing."""
    from loket.foundation.web.errors import EXPIRED
    from loket.foundation.web.pages import error_html

    return SafeString(error_html(status, context.get("request"), EXPIRED if expired else None))

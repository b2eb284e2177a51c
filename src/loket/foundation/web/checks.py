"""At start: every route and template that a service offers exists, so that no page breaks on a name."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch

from loket.foundation.web import extensions as ext
from loket.foundation.web.icons import ICONS


@register("loket")
def offers_can_be_shown(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each offered route, template or icon that does not exist."""
    found: list[CheckMessage] = []
    linked: list[ext.Linked] = [*ext.offered(ext.Tile), *ext.offered(ext.NavItem), *ext.offered(ext.PaletteItem)]
    linked += ext.offered(ext.AdminCard)
    for thing in (*linked, *ext.offered(ext.Queue)):
        try:
            _ = thing.href
        except NoReverseMatch as error:
            found.append(Error(str(error), obj=thing.name, id="loket_web.E001"))
    filled: list[ext.Card | ext.Panel | ext.Helper] = [*ext.offered(ext.Card), *ext.offered(ext.Panel)]
    filled += ext.offered(ext.Helper)
    for part in filled:
        try:
            get_template(part.template)
        except TemplateDoesNotExist as error:
            found.append(Error(f"There is no template {error}.", obj=part.name, id="loket_web.E002"))
    drawn: list[ext.Linked | ext.Act] = [*linked, *ext.offered(ext.Act)]
    found.extend(
        Error(f"There is no icon {one.icon!r}.", obj=one.name, id="loket_web.E003")
        for one in drawn
        if one.icon and one.icon not in ICONS
    )
    return found

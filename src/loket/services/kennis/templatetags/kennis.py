"""How the text of an article is drawn."""

from django import template

from loket.services.kennis.rules import Alinea, alineas

register = template.Library()


@register.filter
def als_alineas(tekst: object) -> list[Alinea]:
    """The paragraphs and lists of an article."""
    return alineas(str(tekst or ""))

"""Help while somebody types: the page that answers a text with what helpers find for it.

The text comes as a POST, so that no log of addresses holds what people write; it is looked at, and not kept.
"""

from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from loket.foundation.access.policy import policy
from loket.foundation.errors import NotFound
from loket.foundation.web.extensions import HelpPlace

MAX_TEXT = 5_000
"""So much of a text is looked at."""


@policy(public=True)
@never_cache
@require_POST
def help(request: HttpRequest, plek: str) -> HttpResponse:
    """What helps with `tekst` at this place, as a part of a page; `over` is what the text is an answer to. Each helper
    decides what this actor may see."""
    if plek not in get_args(HelpPlace.__value__):
        raise NotFound(f"There is no place {plek!r}.")
    tekst, over = (request.POST.get(naam, "")[:MAX_TEXT] for naam in ("tekst", "over"))
    return render(request, "web/deel/help_gevonden.html", {"plek": plek, "tekst": tekst, "over": over})

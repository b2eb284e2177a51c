"""The page of a form, the same everywhere: shown, refused with 422 and the words at the field, or done and gone on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from loket.foundation.errors import Refused
from loket.foundation.web.forms import Form


def form_page[T](
    request: HttpRequest,
    form: Form,
    save: Callable[[], T],
    to: str | Callable[[T], str],
    template: str,
    context: Mapping[str, Any],
    *,
    said: str = "",
) -> HttpResponse:
    """Show `form` with `template`, or `save()` what it asks and go to `to`, which may depend on what was saved. What a
    rule refuses stands at its field. `said`: what one reads then, "Het is bewaard." by itself."""
    if form.is_bound and form.is_valid():
        try:
            saved = save()
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said or gettext("Het is bewaard."))
            return HttpResponseRedirect(to if isinstance(to, str) else to(saved))
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)

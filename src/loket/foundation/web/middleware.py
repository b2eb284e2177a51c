"""Gives the bare refusals of Django and of libraries a page in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from loket.foundation.web.pages import error_page

DRESSED = {405, 413, 429}


class Foutpaginas:
    """Turns an empty answer with status 405, 413 or 429 into a page for a person; headers such as Allow and Retry-After
    stay. An answer that has content, and the API's, is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in DRESSED or response.streaming or response.content:
            return response
        if "application/json" in request.headers.get("Accept", "") or request.method == "HEAD":
            return response
        dressed = error_page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                dressed[name] = response[name]
        return dressed

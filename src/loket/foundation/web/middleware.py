"""Gives the bare refusals of Django and of libraries a page in words, and htmx only the message."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from loket.foundation.web.errors import WORDS
from loket.foundation.web.pages import error_page

DRESSED = {405, 413, 429}


class Foutpaginas:
    """Turns an empty answer with status 405, 413 or 429 into a page for a person; headers such as Allow and Retry-After
    stay. To a request of htmx, a whole error page becomes the message at the top, so that the form stays with what
    somebody wrote. Any other answer that has content, and the API's, is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in WORDS or response.streaming or not self._to_dress(request, response):
            return response
        dressed = error_page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                dressed[name] = response[name]
        return dressed

    @staticmethod
    def _to_dress(request: HttpRequest, response: HttpResponse) -> bool:
        if "application/json" in request.headers.get("Accept", "") or request.method == "HEAD":
            return False
        if not response.content:
            return response.status_code in DRESSED
        if request.headers.get("HX-Request") != "true" or "HX-Retarget" in response:
            return False
        return response.content.lstrip()[:9].lower() == b"<!doctype"

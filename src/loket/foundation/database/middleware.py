"""A database that is away delays people; it does not show them a fault (DESIGN §4.4)."""

import logging
import time
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg_pool import PoolTimeout

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)
BREAK_SECONDS = 1.0


class DatabaseAway:
    """Turns a lost database into a clear page with status 503, and answers so at once for a second afterwards.

    Pages that never touch the database go on working: the breaker only shortens the wait of those that failed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.failed_at = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz" or request.path.startswith("/static/"):
            return self.get_response(request)
        if time.monotonic() - self.failed_at < BREAK_SECONDS:
            return away(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AWAY):
            return None
        log.error("The database is away: %s", exception)
        self.failed_at = time.monotonic()
        return away(request)


def away(request: HttpRequest) -> HttpResponse:
    """The page that says: not now, nothing is lost, try again or call."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "5"
    return response

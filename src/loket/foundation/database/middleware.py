"""A database that is away delays people; it does not show them a fault (DESIGN §4.4)."""

import logging
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg_pool import PoolTimeout

from loket.foundation.database.watch import watch

log = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)


class DatabaseAway:
    """Turns a lost database into a clear page with status 503; at once for whoever comes while it is known to be away
    (see `watch`). Pages that never touch the database go on working."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if watch.away and not request.path.startswith(("/healthz", "/static/", "/thema/")):
            return away(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AWAY):
            return None
        if not watch.away:
            log.error("The database is away: %s", exception)
            watch.suspect()
        return away(request)


def away(request: HttpRequest) -> HttpResponse:
    """The page that says: not now, nothing is lost, try again or call.

    Django would write a line in the log for each; the watch says once that the database went and once that it is back.
    A full log must not become the second fault.
    """
    response = render(request, "503.html", status=503)
    response._has_been_logged = True  # type: ignore[attr-defined]
    response["Retry-After"] = "5"
    return response

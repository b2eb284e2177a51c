"""`GET /healthz`: the state of the database, the worker and the outbox, for people and for monitoring.

Status 503 means that this web process cannot do its work (the database is away). When only the worker or the
outbox lags behind, pages still work and nothing is lost, so that is status 200 with `"status": "degraded"`: a load
balancer must not take the pages away because a mail is late. Alarm on `status` other than `ok`.
"""

import threading
import time
from typing import Any

from django.http import HttpRequest, JsonResponse

from loket.foundation.access.policy import policy
from loket.foundation.beheer.health import state

CACHED = 1.0
"""Seconds that an answer is used again, so that this page is no way to exhaust the database's connections."""

_lock = threading.Lock()
_last: tuple[float, dict[str, Any]] | None = None


@policy(public=True)
def healthz(request: HttpRequest) -> JsonResponse:
    """Answers within 3 s, also when the database is gone."""
    global _last
    with _lock:
        if _last is None or time.monotonic() - _last[0] > CACHED:
            _last = (time.monotonic(), state())
        answer = _last[1]
    response = JsonResponse(answer, status=503 if answer["status"] == "down" else 200)
    response["Cache-Control"] = "no-store"
    return response

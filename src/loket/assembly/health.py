"""`GET /healthz`: the state of the database, the worker and the outbox, for people and for monitoring.

Status 503 means that this web process cannot do its work (the database is away). When only the worker or the
outbox lags behind, pages still work and nothing is lost, so that is status 200 with `"status": "degraded"`: a load
balancer must not take the pages away because a mail is late. Alarm on `status` other than `ok`.
"""

from django.http import HttpRequest, JsonResponse

from loket.foundation.access.policy import policy
from loket.foundation.beheer.health import state


@policy(public=True)
def healthz(request: HttpRequest) -> JsonResponse:
    """Answers within 3 s, also when the database is gone."""
    answer = state()
    response = JsonResponse(answer, status=503 if answer["status"] == "down" else 200)
    response["Cache-Control"] = "no-store"
    return response

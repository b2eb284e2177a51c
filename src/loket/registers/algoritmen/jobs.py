"""Training: each Sunday night every algorithm for every organisation, and when somebody asks."""

from datetime import datetime, timedelta
from uuid import UUID

from loket.foundation.database.sql import execute, rows
from loket.foundation.jobs.queue import enqueue, job, periodic
from loket.foundation.time.clock import now
from loket.registers.algoritmen.aangifte import algoritme, algoritmen

BEWAAR_DAGEN = 400
"""So long what was suggested is kept: a year of figures."""


@job("algoritmen.train")
def train(*, code: str, organisatie: str) -> None:
    """Train one algorithm for one organisation. Again: a newer model."""
    leer = algoritme(code).leer
    if leer is not None:
        leer(UUID(organisatie))


@periodic("20 2 * * 0", "algoritmen.wekelijks")
def train_alles() -> None:
    """Each Sunday night: a job for every algorithm and organisation, one after another; and what was suggested long ago
    is forgotten."""
    execute(
        "delete from algoritmen_voorstel where op < %(grens)s and coalesce(uitkomst_op, op) < %(grens)s",
        {"grens": now() - timedelta(days=BEWAAR_DAGEN)},
    )
    vraag_alles()


def vraag_alles(run_at: datetime | None = None) -> int:
    """Put a training of every algorithm for every organisation in the queue, now or at a moment; how many."""
    wie = [rij["id"] for rij in rows("select id from loket_identity_organisatie order by id")]
    welke = [each.code for each in algoritmen() if each.leer is not None]
    for organisatie in wie:
        for code in welke:
            enqueue(
                "algoritmen.train",
                lock="algoritmen.train",
                once=f"algoritmen.train:{code}:{organisatie}",
                run_at=run_at,
                code=code,
                organisatie=str(organisatie),
            )
    return len(wie) * len(welke)

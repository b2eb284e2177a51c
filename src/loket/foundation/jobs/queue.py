"""Naming a job, and putting one in the queue. procrastinate is behind this and nowhere else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

type Work = Callable[..., None]

_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


def job[F: Work](name: str) -> Callable[[F], F]:
    """Register a plain function as the job `name`. It runs in a thread of a worker, at least once: be idempotent.
    When it raises, it is tried again up to eight times, after 4, 16, 64 … seconds."""

    def register(work: F) -> F:
        app.task(name=name, retry=_RETRY)(work)
        return work

    return register


def periodic[F: Work](cron: str, name: str) -> Callable[[F], F]:
    """Register a function without arguments that a worker runs on the schedule `cron`; one that is still waiting or
    running is not started a second time."""

    def register(work: F) -> F:
        def tick(timestamp: int) -> None:
            work()

        tick.__doc__ = work.__doc__
        app.periodic(cron=cron)(app.task(name=name, queueing_lock=name, lock=name)(tick))
        return work

    return register


def enqueue(
    name: str,
    /,
    *,
    lock: str | None = None,
    once: str | None = None,
    run_at: datetime | None = None,
    **args: Any,
) -> None:
    """Put a job in the queue, in the present transaction: rolled back, it was never there.

    Jobs with the same `lock` run one after another. With `once`, nothing is added while a job with the same value
    is still waiting. `args` must be JSON. Raises when no job has this name.
    """
    task = app.configure_task(name, lock=lock, queueing_lock=once, schedule_at=run_at, allow_unknown=False)
    try:
        with transaction.atomic():
            task.defer(**args)
    except AlreadyEnqueued:
        return

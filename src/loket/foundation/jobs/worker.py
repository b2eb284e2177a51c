"""The worker process: jobs, the delivery of events, and the rescue of jobs whose worker died."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence

from procrastinate import App
from procrastinate.contrib.django import app

log = logging.getLogger(__name__)

HEARTBEAT = 2.0
STALLED_AFTER = 8.0
RESCUE_EVERY = 3.0

type Background = Callable[[threading.Event], None]


def run(background: Sequence[Background] = ()) -> None:
    """Work until SIGTERM or until the database is lost (the supervisor starts a new worker then).

    Each of `background` runs in a thread of its own and must end when its event is set.
    """
    stop = threading.Event()
    threads = [threading.Thread(target=each, args=(stop,), daemon=True) for each in background]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_work())
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)


async def _work() -> None:
    running = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with running.open_async():
        rescue = asyncio.create_task(_rescue(running))
        try:
            await running.run_worker_async(
                concurrency=2,
                fetch_job_polling_interval=2,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED_AFTER,
                delete_jobs="successful",
                shutdown_graceful_timeout=10,
            )
        finally:
            rescue.cancel()


async def _rescue(running: App) -> None:
    """Jobs whose worker's heart stopped go back in the queue, so that they run again within 20 seconds."""
    while True:
        try:
            for stalled in await running.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
                log.warning("Job %s (%s) lost its worker and goes back in the queue", stalled.id, stalled.task_name)
                await running.job_manager.retry_job(stalled)
        except Exception:
            log.exception("The rescue of stalled jobs failed; it is tried again")
        await asyncio.sleep(RESCUE_EVERY)

"""When the queue is worked at: soon after the commit, and every minute for what waits or was missed."""

from uuid import UUID

from loket.foundation.jobs.queue import enqueue, job, periodic

DELIVER, FETCH = "channels.deliver", "channels.fetch"


@job(DELIVER)
def deliver(*, kanaal: str) -> None:
    """Send what waits at one channel."""
    from loket.foundation.channels import sender

    sender.deliver(UUID(kanaal))


@job(FETCH)
def fetch(*, bericht: str) -> None:
    """Fetch the files of one message."""
    from loket.foundation.channels import sender

    sender.fetch(UUID(bericht))


def wake(kanaal: UUID) -> None:
    """See to it that somebody comes by at this channel soon. Called after the commit."""
    enqueue(DELIVER, lock=f"{DELIVER}:{kanaal}", once=f"{DELIVER}:{kanaal}", kanaal=str(kanaal))


def fetch_soon(bericht: UUID) -> None:
    """Fetch the files of this message soon. Called after the commit."""
    enqueue(FETCH, once=f"{FETCH}:{bericht}", bericht=str(bericht))


@periodic("* * * * *", "channels.sweep")
def sweep() -> None:
    """What is due again, and what a lost job left."""
    from loket.foundation.channels import sender

    for kanaal in sender.due():
        wake(kanaal)
    for bericht in sender.to_fetch():
        fetch_soon(bericht)


@periodic("37 3 * * *", "channels.clear_away")
def clear_away() -> None:
    """Forget the words of long ago."""
    from loket.foundation.channels import sender

    sender.clear_away()

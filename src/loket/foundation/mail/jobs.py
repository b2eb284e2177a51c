"""When mail is sent: soon after the commit, and every minute for what waits or was missed."""

from django.conf import settings

from loket.foundation.jobs.queue import job, periodic
from loket.foundation.mail import sender, sleutels
from loket.foundation.mail.outbox import DELIVER


@job(DELIVER)
def deliver() -> None:
    """Send what is due. Started by `outbox.wake`, one waiting at a time."""
    sender.deliver_all()


@periodic("* * * * *", "mail.sweep")
def sweep() -> None:
    """Send what is due again, and what a lost job or a killed sender left."""
    sender.deliver_all()


@periodic("17 3 * * *", "mail.clear_away")
def clear_away() -> None:
    """Remove mail that was sent long ago."""
    sender.clear_away()


@periodic("41 * * * *", "mail.dkim_dns")
def dkim_dns() -> None:
    """See whether DNS tells about our DKIM keys; a new key begins to sign then. Not where no mail leaves."""
    if settings.MAIL_URL:
        sleutels.vergelijk()

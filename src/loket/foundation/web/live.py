"""Where a page hears that something changed: the address of the stream of the live updates process."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings

from loket.foundation.time.clock import now
from loket.foundation.web.livetoken import sign

VALID = timedelta(minutes=10)


def stream_url(*channels: str) -> str:
    """The address that tells of `channels` ("org:<uuid>", "zaak:<uuid>") for ten minutes, or '' without live updates.

    Make it only for channels whose rights were checked in this request. When it expires the page asks its `poll`
    address for the next one, and rights are checked again.
    """
    if not settings.LIVE_URL:
        return ""
    token = sign(channels, secret=settings.SECRET_KEY, expires=int((now() + VALID).timestamp()))
    return f"{settings.LIVE_URL}/live?{urlencode({'token': token})}"

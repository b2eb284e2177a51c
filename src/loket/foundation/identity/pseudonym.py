"""A pseudonym joins a person's login, files and lines in the data-use log, without a BSN in any of them."""

import base64
import hashlib
import hmac

from django.conf import settings


def pseudonym(kind: str, value: str) -> str:
    """Keyed hash (HMAC-SHA256, 43 characters base64url) of an identifying number.

    `kind` is 'bsn', 'kvk' or 'email'; `value` is normalised by the caller. The key is derived from the secret of this
    installation, so pseudonyms cannot be computed or compared elsewhere.
    """
    key = hashlib.sha256(b"loket-pseudonym:" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")

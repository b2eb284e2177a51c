"""Texts that must be given back, but not lie readable in the database or in a backup: AES-256-GCM.

The key is derived from the installation's secret, so a backup without it tells nothing, and changing it loses them.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Unreadable(ValueError):
    """Sealed with another secret, for another purpose, or damaged."""


def _aes(purpose: str, secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"loket-{purpose}:{secret}".encode()).digest())


def seal(purpose: str, bound_to: str, text: str) -> bytes:
    """`text`, encrypted, and bound to what it belongs to; never the same bytes twice."""
    nonce = os.urandom(_NONCE)
    return nonce + _aes(purpose, settings.SECRET_KEY).encrypt(nonce, text.encode(), bound_to.encode())


def unseal(purpose: str, bound_to: str, sealed: bytes) -> str:
    """The text again, also with an earlier secret that is still known. Raises Unreadable."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = _aes(purpose, str(secret)).decrypt(
                bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), bound_to.encode()
            )
            return opened.decode()
        except (InvalidTag, ValueError):
            continue
    raise Unreadable("It was sealed with another secret.")

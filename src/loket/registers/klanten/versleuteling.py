"""Numbers that must be given back, but not lie readable in the database or in a backup: AES-256-GCM.

The key is derived from the installation's secret, so a backup without it tells nothing, and changing it loses them.
"""

import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def _aes() -> AESGCM:
    return AESGCM(hashlib.sha256(b"loket-partijidentificator:" + settings.SECRET_KEY.encode()).digest())


def versleutel(soort: str, waarde: str) -> bytes:
    """`waarde`, encrypted and bound to its `soort`; never the same bytes twice."""
    nonce = os.urandom(_NONCE)
    return nonce + _aes().encrypt(nonce, waarde.encode(), soort.encode())


def ontsleutel(soort: str, versleuteld: bytes) -> str:
    """The number again. Raises cryptography's InvalidTag when the key, the soort or the bytes are not those of then."""
    return _aes().decrypt(versleuteld[:_NONCE], versleuteld[_NONCE:], soort.encode()).decode()

"""The secrets of residents: the key in the address of a status page, and the cookie that holds a draft. Pure."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

_DOEL = b"loket volglink 1"
_TEKENLENGTE = 12
ONDERWERPLENGTE = 10
"""Letters of the mark in a subject: fifty bits, and only to be tried one mail at a time."""


@dataclass(frozen=True)
class Sleutel:
    """A new key: the text for the address, and what is stored of it."""

    tekst: str
    zaad: bytes
    hash: bytes


def _tekst(geheim: str, zaad: bytes) -> str:
    sleutel = hmac.digest(hmac.digest(geheim.encode(), _DOEL, hashlib.sha256), zaad, hashlib.sha256)
    return base64.urlsafe_b64encode(sleutel).rstrip(b"=").decode()


def nieuwe_sleutel() -> Sleutel:
    """A key of 256 random bits, which only the seed together with the secret of this installation gives again."""
    zaad = secrets.token_bytes(32)
    tekst = _tekst(settings.SECRET_KEY, zaad)
    return Sleutel(tekst, zaad, hash_van(tekst))


def hash_van(tekst: str) -> bytes:
    """What is stored of a key, and looked up: equal time for every wrong key, and worthless to who steals it."""
    return hashlib.sha256(tekst.encode("utf-8", "surrogatepass")).digest()


def sleutel_van(zaad: bytes, gehasht: bytes) -> str | None:
    """The key of a link again, for the next mail; None when the secret of this installation has changed since."""
    for geheim in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        tekst = _tekst(str(geheim), bytes(zaad))
        if hmac.compare_digest(hash_van(tekst), bytes(gehasht)):
            return tekst
    return None


def antwoordteken(link: UUID) -> str:
    """What stands in the address for answers of the letters to this follower (`loket+TEKEN@…`): the link, signed. In
    small letters and figures, because some servers change capitals."""
    return base64.b32encode(link.bytes + _teken(settings.SECRET_KEY, link)).rstrip(b"=").decode().lower()


def link_van_teken(teken: str) -> UUID | None:
    """The link of such a mark; None when it was not made here."""
    try:
        rauw = base64.b32decode(teken.upper() + "=" * (-len(teken) % 8))
    except ValueError:
        return None
    if len(rauw) != 16 + _TEKENLENGTE:
        return None
    link = UUID(bytes=rauw[:16])
    geheimen = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return link if any(hmac.compare_digest(rauw[16:], _teken(str(each), link)) for each in geheimen) else None


def _teken(geheim: str, link: UUID) -> bytes:
    sleutel = hmac.digest(geheim.encode(), b"loket antwoordteken 1", hashlib.sha256)
    return hmac.digest(sleutel, link.bytes, hashlib.sha256)[:_TEKENLENGTE]


def onderwerpteken(link: UUID, geheim: str = "") -> str:
    """What stands behind the number in the subject of the letters to this follower (`[LW-2026-000123 TEKEN]`), signed:
    for answers by programs that leave out everything but subject and text."""
    sleutel = hmac.digest((geheim or settings.SECRET_KEY).encode(), b"loket onderwerpteken 1", hashlib.sha256)
    return base64.b32encode(hmac.digest(sleutel, link.bytes, hashlib.sha256)).decode().lower()[:ONDERWERPLENGTE]


def is_onderwerpteken(teken: str, link: UUID) -> bool:
    """Whether this is the mark of this follower."""
    geheimen = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    gegeven = teken.lower().encode("utf-8", "replace")
    return any(hmac.compare_digest(gegeven, onderwerpteken(link, str(each)).encode()) for each in geheimen)


def lusteken() -> str:
    """What our letters carry in a field of their own (X-Loket), so that one that comes back is known, also when a
    server on the way gave it another Message-ID."""
    sleutel = hmac.digest(settings.SECRET_KEY.encode(), b"loket lus 1", hashlib.sha256)
    return base64.b32encode(sleutel).decode().lower()[:24]


def nieuw_geheim() -> str:
    """A secret for the cookie of a draft."""
    return secrets.token_urlsafe(32)


def adres_hash(adres: str) -> bytes:
    """A network address as it may be counted: a keyed hash, so that the table of counters names nobody."""
    return hmac.digest(
        hmac.digest(settings.SECRET_KEY.encode(), b"loket teller", hashlib.sha256), adres.encode(), "sha256"
    )

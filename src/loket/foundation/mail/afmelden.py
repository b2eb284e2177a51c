"""Who wants no mail of some kind that is not about a case of his or her own, such as a survey (RFC 8058).

What is kept of such a person is a keyed hash of the address, which is also what the link in the mail carries, signed:
the link names nobody, needs no login, and works as long as this installation keeps its secret.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.time.clock import now

LIJSTEN = {"enquete": _("Vragen wat u van ons vond")}
"""The kinds of mail that can be refused, and how a person reads of them."""

_LENGTE = 16


@dataclass(frozen=True)
class Afmelder:
    """Somebody, as a link knows him or her."""

    lijst: str
    wie: bytes


def _hash(geheim: str, doel: bytes, lijst: str, wat: bytes) -> bytes:
    sleutel = hmac.digest(geheim.encode(), b"loket afmelden " + doel, hashlib.sha256)
    return hmac.digest(sleutel, lijst.encode() + b"\0" + wat, hashlib.sha256)[:_LENGTE]


def _geheimen() -> list[str]:
    return [str(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _wie(lijst: str, adres: str) -> list[bytes]:
    """The hashes under which this address may be known; the first is that of now."""
    return [_hash(geheim, b"wie", lijst, adres.strip().lower().encode()) for geheim in _geheimen()]


def link(lijst: str, adres: str) -> str:
    """The address with which whoever reads this mail refuses more of its kind. Raises KeyError for another kind."""
    LIJSTEN[lijst]
    wie = _wie(lijst, adres)[0]
    teken = base64.urlsafe_b64encode(wie + _hash(settings.SECRET_KEY, b"teken", lijst, wie)).rstrip(b"=").decode()
    return settings.LOKET_URL + reverse("mail:afmelden", args=[lijst, teken])


def headers(lijst: str, adres: str) -> dict[str, str]:
    """With which a mail program shows its own button (RFC 8058, section 3.1)."""
    return {"List-Unsubscribe": f"<{link(lijst, adres)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def lees(lijst: str, teken: str) -> Afmelder | None:
    """Whose link this is; None when it was not made here."""
    try:
        rauw = base64.b64decode(teken + "=" * (-len(teken) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    wie, gegeven = rauw[:_LENGTE], rauw[_LENGTE:]
    if lijst not in LIJSTEN or len(gegeven) != _LENGTE:
        return None
    good = any(hmac.compare_digest(gegeven, _hash(geheim, b"teken", lijst, wie)) for geheim in _geheimen())
    return Afmelder(lijst, wie) if good else None


def wil_niet(lijst: str, adressen: Iterable[str]) -> set[str]:
    """Which of these addresses, in small letters, refused this kind of mail."""
    per_hash = {each: adres.strip().lower() for adres in adressen for each in _wie(lijst, adres)}
    found = rows("select wie from loket_mail_afmelding where lijst = %s and wie = any(%s)", (lijst, list(per_hash)))
    return {per_hash[bytes(each["wie"])] for each in found}


def is_afgemeld(wie: Afmelder) -> bool:
    """Whether this person refused."""
    return row("select 1 from loket_mail_afmelding where lijst = %s and wie = %s", (wie.lijst, wie.wie)) is not None


def meld_af(wie: Afmelder) -> None:
    """No more of this kind; what waits is withdrawn. Twice is harmless."""
    execute(
        "insert into loket_mail_afmelding (id, lijst, wie, sinds) values (%s, %s, %s, %s) on conflict do nothing",
        (uuid7(), wie.lijst, wie.wie, now()),
    )
    for bericht in rows(
        "select id, to_address from loket_mail_bericht where state = 'wacht' and lijst = %s", (wie.lijst,)
    ):
        if wie.wie in _wie(wie.lijst, bericht["to_address"]):
            execute(
                "update loket_mail_bericht set state = 'ingetrokken', oorzaak = 'afgemeld' where id = %s"
                " and state = 'wacht'",
                (bericht["id"],),
            )


def meld_aan(wie: Afmelder) -> None:
    """This kind of mail is welcome again. Twice is harmless."""
    execute("delete from loket_mail_afmelding where lijst = %s and wie = %s", (wie.lijst, wie.wie))

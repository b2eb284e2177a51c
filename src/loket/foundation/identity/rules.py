"""Who somebody is according to a provider, and where one may go after logging in. Pure."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from loket.foundation.errors import Refused
from loket.foundation.identity.providers import Provider

_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
LEVELS: dict[str, int] = {
    "10": 10,
    "20": 20,
    "25": 25,
    "30": 30,
    f"{_SAML}PasswordProtectedTransport": 10,
    f"{_SAML}MobileTwoFactorContract": 20,
    f"{_SAML}Smartcard": 25,
    f"{_SAML}SmartcardPKI": 30,
    "http://eidas.europa.eu/LoA/low": 10,
    "http://eidas.europa.eu/LoA/substantial": 25,
    "http://eidas.europa.eu/LoA/high": 30,
}
"""The levels of assurance of DigiD (Basis 10, Midden 20, Substantieel 25, Hoog 30) by the names that DigiD's SAML
(AuthnContextClassRef) and eIDAS (Implementing Regulation (EU) 2015/1502) give them."""

SECTOR_BSN = "s00000000:"
"""DigiD's sector code for a BSN, which some brokers leave in front of the number."""

ATTEMPTS = 5
ATTEMPTS_FROM_ADDRESS = 50
WINDOW_SECONDS = 15 * 60


def elfproef(bsn: str) -> bool:
    """Whether `bsn` is nine digits that pass the eleven test of a burgerservicenummer (Besluit burgerservicenummer):
    9a+8b+7c+6d+5e+4f+3g+2h-i is divisible by 11, and it is not all zeros."""
    if len(bsn) != 9 or not bsn.isascii() or not bsn.isdigit() or int(bsn) == 0:
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True)) % 11 == 0


def claim(claims: Mapping[str, Any], path: Sequence[str]) -> str:
    """The text at `path` in what a provider said; '' when it is absent or is no text."""
    found: Any = claims
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found.strip() if isinstance(found, str) else ""


def bsn_of(claims: Mapping[str, Any], path: Sequence[str]) -> str:
    """The BSN that a provider gave. Raises Refused (`bsn`) when there is none, or none that passes the elfproef; the
    number itself is in no message."""
    bsn = claim(claims, path).removeprefix(SECTOR_BSN).zfill(9)
    if not elfproef(bsn):
        raise Refused("bsn", _("Wij kregen geen goed burgerservicenummer van DigiD. Probeer het opnieuw, of bel ons."))
    return bsn


def level(value: str, order: Sequence[str]) -> int:
    """How high a level of assurance is: its place in the provider's own `order`, else as DigiD and eIDAS rank it; 0
    for one that is not known."""
    if order:
        return order.index(value) + 1 if value in order else 0
    return LEVELS.get(value, 0)


def assured(claims: Mapping[str, Any], provider: Provider) -> str:
    """The level of assurance of this login, '' for one that is not known. Raises Refused (`loa`) when it is lower than
    the provider's minimum, or when there is a minimum and the claim is absent or unknown."""
    value = claim(claims, provider.loa_claim)
    reached = level(value, provider.loa_order)
    if not provider.loa_minimum:
        return value if reached else ""
    minimum = level(provider.loa_minimum, provider.loa_order)
    if not minimum or reached < minimum:
        raise Refused(
            "loa",
            _("U logde in met een te lage zekerheid. Log opnieuw in met de DigiD-app of met een controle per sms."),
        )
    return value


def safe_next(target: str | None, host: str, secure: bool) -> str:
    """Where to go after logging in: `target` if it is a path of this site, else ''."""
    if not target or not target.startswith("/") or "\\" in target:
        return ""
    return target if url_has_allowed_host_and_scheme(target, {host}, require_https=secure) else ""


def client_address(meta: Mapping[str, Any], proxies: int) -> str:
    """The address of the browser: of the connection, or, behind `proxies` trusted proxies, what the outermost of these
    wrote in X-Forwarded-For. What the browser itself put in front of that is not believed."""
    forwarded = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(meta.get("REMOTE_ADDR", ""))


def throttle_keys(secret: str, name: str, address: str) -> dict[str, int]:
    """The counters of failed logins and how far each may go: of this name from this address, and of the address. They
    are keyed hashes, so that the table is no list of names and addresses."""

    def hashed(text: str) -> str:
        return hmac.new(f"inlogrem:{secret}".encode(), text.encode(), hashlib.sha256).hexdigest()

    return {
        hashed(f"{name.strip().casefold()}\0{address}"): ATTEMPTS,
        hashed(address): ATTEMPTS_FROM_ADDRESS,
    }

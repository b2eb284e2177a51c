"""The channel that Loket speaks by itself: signed JSON over HTTP, for a bridge to any service, and for the demo.

In: POST to the webhook `{"messages": [...], "statuses": [...]}`. Out: POST {adres}/messages, GET {adres}/media/{id}.
Every call carries `Loket-Signature: t=<unix seconds>,v1=<hex>`: HMAC-SHA256 under the shared key over the time, the
method, the path and the body. See docs/developer/kanalen.md.
"""

import binascii
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from loket.foundation.channels.adapters import (
    SLEUTEL,
    Channel,
    Later,
    Media,
    Message,
    Received,
    Request,
    Soort,
    Status,
    Unreadable,
    Unverified,
    Veld,
)
from loket.foundation.channels.http import call
from loket.foundation.time.clock import now

HEADER = "Loket-Signature"
TOLERANCE = 300
"""Seconds that a signature is good for."""
_STATES = ("verzonden", "bezorgd", "gelezen", "mislukt")
_SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def sign(key: str, moment: int, method: str, path: str, body: bytes) -> str:
    """The value of the header for this call."""
    said = f"{moment}.{method.upper()}.{path}.".encode() + body
    return f"t={moment},v1={hmac.new(key.encode(), said, hashlib.sha256).hexdigest()}"


def check(key: str, header: str, method: str, path: str, body: bytes) -> None:
    """Raises Unverified unless this header was made with this key, for this call, in the last five minutes."""
    found = _SIGNATURE.fullmatch(header.strip())
    if not key or found is None:
        raise Unverified("The signature is missing or has another form.")
    moment = int(found[1])
    if abs(now().timestamp() - moment) > TOLERANCE:
        raise Unverified("The signature is too old, or the clocks differ.")
    if not hmac.compare_digest(sign(key, moment, method, path, body), f"t={moment},v1={found[2]}"):
        raise Unverified("The signature is wrong.")


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _message(given: dict[str, Any]) -> Message:
    place = given.get("location")
    try:
        point = (float(place["lat"]), float(place["long"])) if isinstance(place, dict) else None
    except (KeyError, TypeError, ValueError):
        point = None
    return Message(
        _text(given.get("id")),
        _text(given.get("from")),
        _text(given.get("text")),
        _text(given.get("name")),
        _moment(given.get("time")),
        tuple(
            Media(_text(each.get("id")), _text(each.get("name")), _text(each.get("type")))
            for each in given.get("media") or ()
            if isinstance(each, dict)
        ),
        point,
    )


class Webhook:
    """The adapter. The path that is signed is that of the address called, as the bridge was given it. `address`: where
    the bridge is, when no administrator says so."""

    phone = True
    longest = 4096

    def __init__(self, address: str = "") -> None:
        self.address = address

    def greet(self, channel: Channel, request: Request) -> bytes:
        """A bridge checks nothing by GET."""
        raise Unverified("A bridge makes no GET.")

    def verify(self, channel: Channel, request: Request) -> None:
        """By the signature."""
        header = request.headers.get(HEADER.lower(), "")
        check(channel.secrets.get(SLEUTEL, ""), header, request.method, f"/kanaal/{channel.id}", request.body)

    def parse(self, channel: Channel, request: Request) -> Received:
        """The messages and statuses of one call."""
        try:
            given = json.loads(request.body)
        except (ValueError, RecursionError, binascii.Error):
            raise Unreadable("This is no JSON.") from None
        if not isinstance(given, dict):
            raise Unreadable("The outermost is an object.")
        lists = [given.get(name) or [] for name in ("messages", "statuses")]
        if not all(isinstance(each, list) and all(isinstance(one, dict) for one in each) for each in lists):
            raise Unreadable("messages and statuses are lists of objects.")
        return Received(
            tuple(_message(each) for each in lists[0]),
            tuple(
                Status(_text(each.get("id")), each["status"], _text(each.get("reason"))[:500])
                for each in lists[1]
                if each.get("status") in _STATES
            ),
        )

    def send(self, channel: Channel, to: str, text: str, key: str) -> str:
        """POST {adres}/messages."""
        body = json.dumps({"id": key, "to": to, "text": text}, ensure_ascii=False).encode()
        answer = self._call(channel, "POST", "/messages", body)
        try:
            return _text(json.loads(answer)["id"])[:300]
        except (ValueError, KeyError, TypeError):
            return ""

    def fetch(self, channel: Channel, media: Media, max_bytes: int) -> bytes:
        """GET {adres}/media/{id}."""
        return self._call(channel, "GET", f"/media/{quote(media.id, safe='')}", b"", seconds=30, max_bytes=max_bytes)

    def _call(
        self, channel: Channel, method: str, path: str, body: bytes, seconds: float = 10, max_bytes: int = 100_000
    ) -> bytes:
        base = self.address or channel.settings.get("adres", "").rstrip("/")
        key = channel.secrets.get(SLEUTEL, "")
        if not base or not key:
            raise Later("The channel has no address, or no key.")
        signature = sign(key, int(now().timestamp()), method, urlsplit(base).path + path, body)
        headers = {HEADER: signature, "Content-Type": "application/json"}
        return call(method, base + path, body=body, headers=headers, seconds=seconds, max_bytes=max_bytes).body


WEBHOOK = Soort(
    "webhook",
    _("Eigen koppeling"),
    _("Een programma van u of uw leverancier geeft berichten door, in beide richtingen."),
    Webhook(),
    (
        Veld(
            "adres",
            _("Adres van de koppeling"),
            _("Hier levert Loket antwoorden af. Begint met https://."),
            required=True,
        ),
    ),
    key="sealed",
)


def telephone(address: str) -> Soort:
    """The kind of the telephone of the demo, which is a bridge at this address."""
    return Soort(
        "telefoon",
        _("Telefoon van de demo"),
        _("Een nagebootste telefoon, om te proberen hoe een chat werkt."),
        Webhook(address),
        key="sealed",
    )

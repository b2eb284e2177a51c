"""The address of the stream holds a token for its channels, and only when there is a stream."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from loket.foundation.time.clock import now
from loket.foundation.web.live import VALID, stream_url
from loket.foundation.web.livetoken import verify


def test_the_address_allows_its_channels_for_a_while(settings: Any) -> None:
    settings.LIVE_URL, settings.SECRET_KEY = "https://loket.voorbeeld.nl", "s" * 40
    token = parse_qs(urlsplit(stream_url("org:1", "zaak:2")).query)["token"][0]
    found = verify(token, secret="s" * 40, now=now().timestamp())
    assert found and found[0] == {"org:1", "zaak:2"}
    assert verify(token, secret="s" * 40, now=(now() + VALID + timedelta(seconds=1)).timestamp()) is None


def test_without_live_updates_there_is_no_address(settings: Any) -> None:
    settings.LIVE_URL = ""
    assert stream_url("org:1") == ""

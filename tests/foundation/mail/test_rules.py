"""Nothing smuggles a header, and waiting grows."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.errors import Refused
from loket.foundation.mail import rules


@pytest.mark.parametrize("address", ["t.hazelhoff@voorbeeld.nl", " a+b@x.voorbeeld.nl ", "o'brien@voorbeeld.nl"])
def test_addresses(address: str) -> None:
    assert rules.check_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "zonder",
        "a@b@c.nl",
        "a@b.nl\nBcc: c@d.nl",
        "a@b.nl, c@d.nl",
        "<a@b.nl>",
        "a b@c.nl",
        "a@" + "b" * 300 + ".nl",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="Dit e-mailadres klopt niet"):
        rules.check_address(address)


@given(st.text(min_size=1))
def test_a_subject_is_one_line_or_refused(subject: str) -> None:
    try:
        line = rules.check_subject(subject)
    except Refused:
        return
    assert len(line.splitlines()) == 1 and len(line) <= rules.MAX_SUBJECT


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc": "x@y.nl"},
        {"From": "x@y.nl"},
        {"In-Reply-To": "<a@b>\r\nBcc: x@y.nl"},
        {"In-Reply-To\r\nBcc": "x"},
        {"Reply-To": "geen adres"},
    ],
)
def test_other_headers_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(Refused):
        rules.check_headers(headers)


def test_headers_of_a_conversation_are_allowed() -> None:
    headers = {"In-Reply-To": "<1@lindewaard.voorbeeld.nl>", "Reply-To": "zaak@lindewaard.voorbeeld.nl"}
    assert rules.check_headers(headers) == headers


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waiting_grows_to_a_limit(attempts: int, chance: float) -> None:
    assert timedelta(minutes=1) <= rules.wait(attempts, chance) <= timedelta(hours=2.5)
    assert rules.wait(attempts, 0) <= rules.wait(attempts + 1, 0)
    assert timedelta(seconds=30) <= rules.server_wait(attempts, chance) <= timedelta(minutes=12.5)


def test_an_administrator_sees_no_person() -> None:
    assert rules.masked("t.hazelhoff@voorbeeld.nl") == "t…@voorbeeld.nl"

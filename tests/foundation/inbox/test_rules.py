"""The rules of incoming mail."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.inbox.rules import Data, Where, fingerprint, readable, split_extension, verdeel, where

END = b"\r\n.\r\n"

# made of what matters: ends of lines in every kind, dots, and something else
TEXT = st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"..", b"a", b"Subject: x"]), max_size=40).map(b"".join)


def _stuffed(text: bytes) -> bytes:
    """As a sending server puts it on the line: a dot before each line that begins with one."""
    return (b"\r\n" + text).replace(b"\r\n.", b"\r\n..")[2:]


def _feed(data: Data, line: bytes, sizes: list[int]) -> bytes:
    text, sizes = b"", [*sizes, len(line)]
    while line and data.rest is None:
        size = sizes.pop(0) if sizes else 1
        text, line = text + data.feed(line[:size]), line[size:]
    assert data.rest is not None
    data.rest += line
    return text


@given(TEXT, TEXT, st.lists(st.integers(1, 7), max_size=200))
def test_the_text_comes_out_as_it_went_in_whatever_the_pieces(text: bytes, rest: bytes, sizes: list[int]) -> None:
    text += b"\r\n"
    data = Data()
    assert _feed(data, _stuffed(text) + b".\r\n" + rest, sizes) == text
    assert data.rest == rest


@given(TEXT, st.lists(st.integers(1, 7), max_size=200))
def test_any_line_equals_the_naive_reading_of_the_whole(line: bytes, sizes: list[int]) -> None:
    line += END
    whole = b"\r\n" + line
    end = whole.index(END)
    naive = re.sub(rb"(?<=\r\n)\.", b"", whole[: end + 2])[2:]
    data = Data()
    assert _feed(data, line, sizes) == naive
    assert data.rest == whole[end + len(END) :]


@pytest.mark.parametrize("trick", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n\n.\r\n"])
def test_only_cr_lf_ends_a_mail(trick: bytes) -> None:
    data = Data()
    data.feed(b"Subject: een\r\n\r\ntekst" + trick + b"MAIL FROM:<nep@voorbeeld.nl>\r\n")
    assert data.rest is None


def test_a_mail_without_a_line_is_empty() -> None:
    data = Data()
    assert data.feed(b".\r\n") == b""
    assert data.rest == b""


BODY = b"From: a@b.nl\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <x@b.nl>\r\nSubject: Een lamp\r\n"


def _fingerprint(mail: bytes) -> bytes:
    return fingerprint(BytesIO(mail))


@given(st.sampled_from(["Received", "DKIM-Signature", "Return-Path", "X-Spam-Score", "ARC-Seal"]), st.text(max_size=30))
def test_what_servers_add_on_the_way_does_not_count(name: str, value: str) -> None:
    added = f"{name}: {re.sub(r'[^ -~]', 'x', value)}\r\n\tfolded\r\n".encode()
    assert _fingerprint(added + BODY + b"\r\nHallo\r\n") == _fingerprint(BODY + b"\r\nHallo\r\n")


def test_folding_and_line_ends_do_not_count() -> None:
    folded = BODY.replace(b"Een lamp", b"Een\r\n lamp")
    assert _fingerprint(folded + b"\r\nHallo\r\n") == _fingerprint(BODY + b"\r\nHallo\r\n")
    assert _fingerprint((BODY + b"\r\nHallo\r\n").replace(b"\r\n", b"\n")) == _fingerprint(BODY + b"\r\nHallo\r\n")


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace(b"<x@b.nl>", b"<y@b.nl>") + b"\r\nHallo\r\n",
        BODY.replace(b"Een lamp", b"Twee lampen") + b"\r\nHallo\r\n",
        BODY + b"\r\nHallo!\r\n",
        BODY,
        b"",
    ],
)
def test_another_mail_is_another(other: bytes) -> None:
    assert _fingerprint(other) != _fingerprint(BODY + b"\r\nHallo\r\n")


@given(st.binary(max_size=300))
def test_any_bytes_have_a_fingerprint(mail: bytes) -> None:
    assert len(_fingerprint(mail)) == 32


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Loket+aBc@Voorbeeld.NL", ("loket@voorbeeld.nl", "aBc")),
        ("loket@voorbeeld.nl", ("loket@voorbeeld.nl", "")),
        ("loket+a+b@voorbeeld.nl", ("loket@voorbeeld.nl", "a+b")),
        (" +@x ", ("@x", "")),
        ("nobody", ("nobody", "")),
    ],
)
def test_the_extension_of_an_address(address: str, expected: tuple[str, str]) -> None:
    assert split_extension(address) == expected


@given(st.text(max_size=40))
def test_an_address_without_its_extension_has_none(address: str) -> None:
    base, _extension = split_extension(address)
    assert base == base.lower()
    assert "+" not in base.rpartition("@")[0]


def test_each_address_is_of_one_mailbox() -> None:
    known = {"loket@lw.nl", "loket+pers@lw.nl", "info@lw.nl"}
    assert verdeel(["Loket+pers@lw.nl", "loket+zaak1@lw.nl", "LOKET@lw.nl", "x@lw.nl", "info+@lw.nl"], known) == {
        "loket+pers@lw.nl": ["Loket+pers@lw.nl"],
        "loket@lw.nl": ["loket+zaak1@lw.nl", "LOKET@lw.nl"],
        "info@lw.nl": ["info+@lw.nl"],
    }


def test_an_address_can_be_stored() -> None:
    assert readable("<>") == ""
    assert readable("a\0\udcff@b.nl") == "a??@b.nl"


def test_where_mail_comes_in() -> None:
    assert where("smtp://127.0.0.1:2525") == Where(False, "127.0.0.1", 2525)
    assert where(" lmtp://[::1]:24/ ") == Where(True, "::1", 24)
    assert str(where("lmtp://[::1]:24")) == "lmtp://[::1]:24"
    assert where("off") is where("") is None


@pytest.mark.parametrize(
    "wrong", ["on", "2525", "smtp://", "smtp://host", "http://host:25", "smtp://host:99999", "x]["]
)
def test_a_setting_that_cannot_be_read_is_told(wrong: str) -> None:
    with pytest.raises(ValueError, match="LOKET_MAIL_IN is"):
        where(wrong)

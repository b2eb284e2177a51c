"""What goes over the line says what was asked, whatever letters it is in."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.database.ids import uuid7
from loket.foundation.mail.message import Envelope, Unmakeable, build
from loket.foundation.mail.rules import check_subject
from loket.foundation.storage.files import store

ENVELOPE = Envelope.of("Loket <loket@lindewaard.voorbeeld.nl>", "Gemeente Lindewaard", "post@lindewaard.voorbeeld.nl")
LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=200)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=4000)


def made(**more: Any) -> EmailMessage:
    given: dict[str, Any] = {
        "bericht": uuid7(),
        "to": "t.hazelhoff@voorbeeld.nl",
        "subject": "Uw melding LW-2026-04817",
        "text": "Dank u.\n",
        "html": "",
        "headers": {},
        "attachments": [],
        "date": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    } | more
    sent = build(ENVELOPE, **given).as_bytes()
    assert all(len(line) <= 998 for line in sent.split(b"\r\n")), "RFC 5322, section 2.1.1"
    assert sent.isascii()
    received: Any = message_from_bytes(sent, policy=default)
    return received  # type: ignore[no-any-return]


def said(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


def test_the_headers_of_a_mail_from_a_machine() -> None:
    id = uuid7()
    mail = made(bericht=id, headers={"In-Reply-To": "<x@y.nl>"})
    assert mail["From"] == "Gemeente Lindewaard <loket@lindewaard.voorbeeld.nl>"
    assert mail["Reply-To"] == "Gemeente Lindewaard <post@lindewaard.voorbeeld.nl>"
    assert mail["Message-ID"] == f"<{id}@lindewaard.voorbeeld.nl>"
    assert mail["Date"] == "Mon, 23 Nov 2026 09:30:00 +0000"
    assert (mail["Auto-Submitted"], mail["In-Reply-To"]) == ("auto-generated", "<x@y.nl>")


@given(LINES, TEXTS, TEXTS)
def test_any_unicode_survives(subject: str, text: str, html: str) -> None:
    if not subject.strip():
        return
    subject = check_subject(subject)
    mail = made(subject=subject, text=text, html=html)
    assert "".join(str(mail["Subject"]).split()) == "".join(subject.split())
    plain, marked = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and said(plain) == text.rstrip("\n")
    if html:
        assert marked is not None and said(marked) == html.rstrip("\n")


def test_attachments_come_from_the_storage(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    key = store(b"%PDF-1.7 brief").sha256
    mail = made(html="<p>x</p>", attachments=[["Brief van Şule.pdf", "application/pdf", key]])
    [attachment] = list(mail.iter_attachments())
    assert attachment.get_filename() == "Brief van Şule.pdf"
    assert attachment.get_content() == b"%PDF-1.7 brief"
    with pytest.raises(Unmakeable, match="NotFound"):
        made(attachments=[["weg.pdf", "application/pdf", "0" * 64]])


def test_a_domain_in_other_letters() -> None:
    assert made(to="jan@café.voorbeeld.nl")["To"] == "jan@xn--caf-dma.voorbeeld.nl"

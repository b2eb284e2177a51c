"""Mail is signed so that others can see that it is ours."""

import base64
import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import Actor
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.mail import commands, dkim, queries, sleutels
from loket.foundation.mail.models import DkimSleutel
from loket.foundation.mail.sender import deliver_batch
from tests.foundation.mail.smtpd import Box
from tests.foundation.mail.test_queue import mail

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DOMEIN = "lindewaard.voorbeeld.nl"
SYSTEEM = Actor.system("proef")

# RFC 8463, appendix A: its keys, its message and the two signatures that it prints
RSA_PUBLIC = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3"
    "FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
)
ED_PRIVATE = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="
ED_PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RFC_MAIL = "\r\n".join(
    [
        "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;",
        " d=football.example.com; i=@football.example.com;",
        " q=dns/txt; s=brisbane; t=1528637909; h=from : to :",
        " subject : date : message-id : from : subject : date;",
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
        " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus",
        " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;",
        " d=football.example.com; i=@football.example.com;",
        " q=dns/txt; s=test; t=1528637909; h=from : to : subject :",
        " date : message-id : from : subject : date;",
        " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
        " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3",
        " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz",
        " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=",
        "From: Joe SixPack <joe@football.example.com>",
        "To: Suzie Q <suzie@shopping.example.net>",
        "Subject: Is dinner ready?",
        "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
        "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
        "",
        "Hi.",
        "",
        "We lost the game.  Are you hungry yet?",
        "",
        "Joe.",
        "",
    ]
).encode()


def valid(raw: bytes, publics: dict[str, str]) -> list[bool]:
    """Of each signature in the mail, whether it holds (RFC 6376, section 6); `publics`: the keys by selector."""
    fields, body = dkim.split(raw)
    said = []
    for name, field in fields:
        if name != "dkim-signature":
            continue
        tags = dict(tag.strip().partition("=")[::2] for tag in field.decode().partition(":")[2].split(";"))
        tags = {tag: "".join(text.split()) for tag, text in tags.items()}
        hashed = base64.b64encode(hashlib.sha256(dkim.relaxed_body(body)).digest()).decode()
        unsigned = field[: field.rindex(b"b=") + 2]
        data = dkim.to_sign(fields, tags["h"].lower().split(":"), unsigned)
        signature, key = base64.b64decode(tags["b"]), base64.b64decode(publics[tags["s"]])
        try:
            if tags["a"] == dkim.RSA:
                public: Any = load_der_public_key(key)
                assert isinstance(public, RSAPublicKey)
                public.verify(signature, data, padding.PKCS1v15(), SHA256())
            else:
                Ed25519PublicKey.from_public_bytes(key).verify(signature, hashlib.sha256(data).digest())
            said.append(tags["bh"] == hashed)
        except Exception:
            said.append(False)
    return said


def test_the_signatures_that_the_standard_prints_hold_and_ours_is_the_same() -> None:
    publics = {"brisbane": ED_PUBLIC, "test": RSA_PUBLIC}
    assert valid(RFC_MAIL, publics) == [True, True]
    assert valid(RFC_MAIL.replace(b"hungry", b"angry"), publics) == [False, False]
    assert valid(RFC_MAIL.replace(b"From: Joe", b"From:  Joe  \r\n\t"), publics) == [True, True]
    assert valid(RFC_MAIL.replace(b"From: Joe", b"From: X <x@y.nl>\r\nFrom: Joe"), publics) == [False, False]
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(ED_PRIVATE))
    assert dkim.public(key) == ED_PUBLIC


KEYS = {algorithm: dkim.load(dkim.new_key(algorithm)) for algorithm in (dkim.RSA, dkim.ED25519)}
OURS = [dkim.Key(DOMEIN, name.partition("-")[0], key) for name, key in KEYS.items()]
PUBLICS = {key.selector: dkim.public(key.private) for key in OURS}


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300), st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200))
def test_any_mail_that_we_sign_holds_and_any_change_breaks_it(body: bytes, subject: str) -> None:
    raw = f"From: a@{DOMEIN}\r\nSubject: {subject}\r\nReferences: <a@b>\r\n <c@d>\r\n\r\n".encode() + body
    signed = dkim.sign(raw, OURS, NOW)
    assert signed.endswith(raw) and valid(signed, PUBLICS) == [True, True]
    assert all(len(line) <= 78 for line in signed[: -len(raw)].split(b"\r\n"))
    assert valid(signed.replace(b"From: a@", b"Cc: x@y.nl\r\nFrom: a@"), PUBLICS) == [False, False]
    assert valid(signed + b"P.S.", PUBLICS) == [False, False]
    assert valid(b"Received: from a by b\r\n" + signed, PUBLICS) == [True, True]


@pytest.mark.django_db
def test_mail_is_signed_from_the_moment_that_dns_tells_of_the_key(box: Box) -> None:
    rsa, ed = commands.maak_dkim(SYSTEEM, DOMEIN)
    assert (rsa.algoritme, ed.algoritme) == (dkim.RSA, dkim.ED25519)
    assert b"PRIVATE" not in bytes(rsa.prive) and dkim.load(_pem(rsa)).key_size == 2048  # type: ignore[union-attr]
    mail(1)
    deliver_batch()
    assert "DKIM-Signature" not in box.mails[0][2] and queries.dkim_stand() == "geen"
    zone = {f"{each.selector}._domainkey.{DOMEIN}": dkim.record(each.algoritme, each.publiek) for each in (rsa, ed)}
    assert sleutels.vergelijk(lambda naam: None) == 0
    assert sleutels.vergelijk(lambda naam: zone[naam].replace("; k=", "; t=s; k=")) == 2
    mail(2)
    deliver_batch()
    assert len(box.mails[1][2].get_all("DKIM-Signature", [])) == 2 and queries.dkim_stand() == "klopt"

    def away(naam: str) -> str | None:
        raise OSError("no answer")

    for lookup, stand in ((away, "onbekend"), (lambda naam: None, "afwezig"), (lambda naam: "v=spf1 -all", "anders")):
        sleutels.vergelijk(lookup)
        assert queries.dkim_stand() == stand
    nieuw = commands.maak_dkim(SYSTEEM, DOMEIN)
    assert {each.selector for each in sleutels.tekenaars(DOMEIN)} == {rsa.selector, ed.selector}, "the old ones still"
    assert commands.teken_dkim(SYSTEEM, DOMEIN) == 2
    assert {each.selector for each in sleutels.tekenaars(DOMEIN)} == {each.selector for each in nieuw}


def _pem(sleutel: DkimSleutel) -> str:
    return sleutels.unseal("dkim", f"{sleutel.selector}.{sleutel.domein}", bytes(sleutel.prive))


@pytest.mark.django_db
def test_what_went_over_the_line_is_what_was_signed(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    gemaakt = commands.maak_dkim(SYSTEEM, DOMEIN)
    commands.teken_dkim(SYSTEEM, DOMEIN)
    sent: list[bytes] = []
    monkeypatch.setattr("loket.foundation.mail.smtp.Smtp.deliver", lambda self, mail, *to: sent.append(mail))
    mail(1, text="Dag,\n.\n\nDe stoep is héél mooi. 👍  \n\n\n", html="<p>Dag</p>", headers={"References": "<a@b.nl>"})
    deliver_batch()
    assert valid(sent[0], {each.selector: each.publiek for each in gemaakt}) == [True, True]


@pytest.mark.django_db
def test_a_key_of_another_secret_leaves_mail_unsigned_and_not_unsent(box: Box, settings: Any) -> None:
    commands.maak_dkim(SYSTEEM, DOMEIN)
    commands.teken_dkim(SYSTEEM, DOMEIN)
    settings.SECRET_KEY = "another"
    mail(1)
    assert deliver_batch() == 1 and "DKIM-Signature" not in box.mails[0][2]


@pytest.mark.django_db
def test_the_page_shows_what_to_publish_and_what_cannot_be_is_refused(beheerder: Actor) -> None:
    for domein in ("", "lindewaard", "http://x.nl", "x.nl; rm", "-", "a" * 300 + ".nl"):
        with pytest.raises(Refused):
            commands.maak_dkim(SYSTEEM, domein)
    with pytest.raises(Forbidden):
        commands.maak_dkim(Actor("medewerker"), DOMEIN)
    [rsa, ed] = commands.maak_dkim(SYSTEEM, "Lindewaard.Voorbeeld.NL.")
    line = dkim.zone_line(rsa.selector, rsa.domein, rsa.algoritme, rsa.publiek)
    assert line.startswith(f"{rsa.selector}._domainkey.{DOMEIN}. 3600 IN TXT (")
    assert all(len(piece) <= 255 for piece in line.split('"')[1::2]) and line.count('"') == 4
    assert {each.pk for each in queries.dkim_sleutels(beheerder)} == {rsa.pk, ed.pk}

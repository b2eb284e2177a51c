"""Signing mail (DKIM: RFC 6376), with RSA-SHA256 of 2048 bits (RFC 8301) and Ed25519-SHA256 (RFC 8463). Pure.

Canonicalization is relaxed/relaxed; no `l=`, because who adds to a mail must break its signature. Fields that matter
are signed once more than they occur, so that nobody can add one (RFC 6376, section 8.15).
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

RSA, ED25519 = "rsa-sha256", "ed25519-sha256"
RSA_BITS = 2048

_ONCE_MORE = ("from", "to", "cc", "subject", "date", "reply-to")
"""Present or not: nobody adds one."""
_WHEN_THERE = (
    *("message-id", "in-reply-to", "references", "mime-version", "content-type", "content-transfer-encoding"),
    *("auto-submitted", "list-unsubscribe", "list-unsubscribe-post"),  # RFC 8058, section 4
)

type Field = tuple[str, bytes]
"""The name in small letters, and the field as it stands, without its last line end."""


@dataclass(frozen=True)
class Key:
    """With which a domain signs: the public half stands in DNS at `SELECTOR._domainkey.DOMAIN`."""

    domain: str
    selector: str
    private: RSAPrivateKey | Ed25519PrivateKey

    @property
    def algorithm(self) -> str:
        """As `a=` has it."""
        return RSA if isinstance(self.private, RSAPrivateKey) else ED25519


def new_key(algorithm: str) -> str:
    """A new private key, as PEM."""
    made = Ed25519PrivateKey.generate() if algorithm == ED25519 else generate_private_key(65537, RSA_BITS)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def load(pem: str) -> RSAPrivateKey | Ed25519PrivateKey:
    """The key again. Raises ValueError for another kind of key, or one that is too short."""
    key = load_pem_private_key(pem.encode(), None)
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, RSAPrivateKey) and key.key_size >= 1024):
        return key
    raise ValueError("A DKIM key is RSA of at least 1024 bits, or Ed25519.")


def public(key: RSAPrivateKey | Ed25519PrivateKey) -> str:
    """The public half as `p=` has it."""
    if isinstance(key, RSAPrivateKey):
        raw = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    else:
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def record(algorithm: str, public_key: str) -> str:
    """The text of the DNS record (RFC 6376, section 3.6.1)."""
    return f"v=DKIM1; k={'rsa' if algorithm == RSA else 'ed25519'}; p={public_key}"


def zone_line(selector: str, domain: str, algorithm: str, public_key: str) -> str:
    """The record as a line of a zone file: a text of more than 255 characters stands in pieces (RFC 1035)."""
    text = record(algorithm, public_key)
    pieces = " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))
    return f"{selector}._domainkey.{domain}. 3600 IN TXT ( {pieces} )"


def same_key(text: str, public_key: str) -> bool:
    """Whether this DNS record gives this key."""
    tags = dict(part.strip().partition("=")[::2] for part in text.split(";") if "=" in part)
    tags = {name.strip(): "".join(value.split()) for name, value in tags.items()}
    return tags.get("v", "DKIM1") == "DKIM1" and tags.get("p") == public_key


def sign(mail: bytes, keys: Sequence[Key], moment: datetime) -> bytes:
    """The mail (with CR LF line ends), with a signature of each key before it."""
    fields, body = split(mail)
    hashed = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
    names = [name for name, _ in fields]
    chosen = [name for wanted in _ONCE_MORE for name in [wanted] * (names.count(wanted) + 1)]
    chosen += [name for wanted in _WHEN_THERE for name in [wanted] * names.count(wanted)]
    head = b""
    for key in keys:
        field = (
            f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed;\r\n"
            f" d={key.domain};\r\n s={key.selector}; t={int(moment.timestamp())};\r\n"
            f" h={':'.join(chosen)};\r\n bh={hashed};\r\n b="
        )
        field = "\r\n".join(part for line in field.split("\r\n") for part in _folded(line))
        signature = base64.b64encode(_signed(key, to_sign(fields, chosen, field.encode()))).decode()
        head += field.encode() + "\r\n ".join(wrap(signature, 72)).encode() + b"\r\n"
    return head + mail


def _folded(line: str) -> list[str]:
    """A long list of names over more lines, at its colons."""
    if len(line) <= 76 or not line.startswith(" h="):
        return [line]
    lines, names = [" h="], line[3:].split(":")
    for number, name in enumerate(names):
        part = name if number == len(names) - 1 else f"{name}:"
        if len(lines[-1]) + len(part) > 76:
            lines.append("  ")
        lines[-1] += part
    return lines


def _signed(key: Key, data: bytes) -> bytes:
    if isinstance(key.private, RSAPrivateKey):
        return key.private.sign(data, padding.PKCS1v15(), SHA256())
    return key.private.sign(hashlib.sha256(data).digest())  # RFC 8463, section 3


def to_sign(fields: Sequence[Field], chosen: Sequence[str], signature: bytes) -> bytes:
    """What is signed: of each name the next field from below (RFC 6376, section 5.4.2), then the signature field itself
    with an empty `b=` (section 3.7)."""
    left = list(fields)
    data = b""
    for wanted in chosen:
        for number in range(len(left) - 1, -1, -1):
            if left[number][0] == wanted:
                data += relaxed_field(left.pop(number)[1]) + b"\r\n"
                break
    return data + relaxed_field(signature)


def split(mail: bytes) -> tuple[list[Field], bytes]:
    """The fields of the header in order, and the body."""
    head, _, body = mail.partition(b"\r\n\r\n")
    fields: list[Field] = []
    for line in head.split(b"\r\n"):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + b"\r\n" + line)
        else:
            fields.append((line.partition(b":")[0].strip().lower().decode("ascii", "replace"), line))
    return fields, body


def relaxed_field(field: bytes) -> bytes:
    """RFC 6376, section 3.4.2."""
    name, _, value = field.partition(b":")
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip(b" \t")


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376, section 3.4.4."""
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in body.split(b"\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    return b"".join(line + b"\r\n" for line in lines)

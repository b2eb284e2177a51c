"""What the stand-in and Loket agree on: addresses, and secrets in the data folder that whoever is first makes."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from loket.foundation.identity.providers import STAND_IN_PREFIX, Provider

BSN_CLAIM = "urn:nl-eid-gdi:1.0:LegalSubjectID"
PROVIDER_ID = "digid"
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
"""DigiD Midden, with an app or a text message: what Loket asks at least."""


@dataclass(frozen=True)
class Keys:
    """The secrets of the stand-in: of its own sessions, and of Loket as its client."""

    client_id: str
    client_secret: str
    secret_key: str


def folder(data: Path) -> Path:
    """Where the stand-in keeps its things; made, for its owner only, if it is not there."""
    place = data / "standin"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keys(data: Path) -> Keys:
    """The secrets, made on the first call. Two processes at the same time get the same ones."""
    path = folder(data) / "sleutels.json"
    if not path.exists():
        made = Keys(STAND_IN_PREFIX + secrets.token_hex(8), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        write_once(path, json.dumps(made.__dict__).encode())
    return Keys(**json.loads(path.read_bytes()))


@dataclass(frozen=True)
class Telephone:
    """The channel of the demo's telephone: its key in Loket, and what both sign with."""

    kanaal: UUID
    sleutel: str


def telephone(data: Path) -> Telephone:
    """The telephone's channel, made on the first call."""
    path = folder(data) / "telefoon.json"
    if not path.exists():
        write_once(path, json.dumps({"kanaal": str(uuid4()), "sleutel": secrets.token_urlsafe(32)}).encode())
    known = json.loads(path.read_bytes())
    return Telephone(UUID(known["kanaal"]), known["sleutel"])


def private_key(data: Path) -> str:
    """The RSA key that signs id tokens, as PEM, made on the first call."""
    path = folder(data) / "sleutel.pem"
    if not path.exists():
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        write_once(path, key.private_bytes(*pem))
    return path.read_text()


def write_once(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all; a file that is there already stays."""
    half = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    try:
        path.hardlink_to(half)
    except FileExistsError:
        pass
    finally:
        half.unlink()


def issuer(loket_url: str) -> str:
    """The address of the stand-in: STANDIN_URL, else Loket's with the port two higher."""
    if given := os.environ.get("STANDIN_URL"):
        return given.rstrip("/")
    parts = urlsplit(loket_url)
    return f"http://{parts.hostname or 'localhost'}:{(parts.port or 8000) + 2}"


def provider(data: Path, loket_url: str) -> Provider:
    """How Loket knows the stand-in."""
    known = keys(data)
    return Provider(
        PROVIDER_ID,
        "bewoner",
        "DigiD",
        issuer(loket_url),
        known.client_id,
        known.client_secret,
        (BSN_CLAIM,),
        loa_minimum=MIDDEN,
    )


def client_origins(loket_url: str) -> list[str]:
    """From where people come: Loket's address, and this machine under its other name."""
    parts = urlsplit(loket_url)
    own = f"{parts.scheme}://{parts.netloc}"
    names = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}
    other = names.get(parts.hostname or "")
    return [own, own.replace(f"//{parts.hostname}", f"//{other}")] if other else [own]


def redirect_uris(loket_url: str) -> list[str]:
    """Where the stand-in may send people back to."""
    return [f"{origin}/inloggen/{PROVIDER_ID}/terug" for origin in client_origins(loket_url)]

"""A mailbox on somebody else's mail server, over IMAP (RFC 9051): what Loket asks of it, in the words of Loket."""

import json
import logging
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

import requests
from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from loket.foundation.database.sealing import Unreadable, seal, unseal
from loket.foundation.database.sql import execute
from loket.foundation.time.clock import now

logging.getLogger("imapclient").setLevel(logging.WARNING)  # else what it says holds what is in the mails

CONNECT, READ = 10.0, 60.0
"""Seconds that a mail server may be silent."""
_EARLY = timedelta(minutes=2)
_DOEL = "imap"
_tokens: dict[UUID, tuple[str, str, datetime]] = {}


class BronFout(Exception):
    """It did not work: `oorzaak` is one of `Imap.Oorzaak`, `gezegd` what the other side said."""

    def __init__(self, oorzaak: str, gezegd: object = "") -> None:
        said = gezegd.decode("utf-8", "replace") if isinstance(gezegd, bytes) else str(gezegd)
        said = re.sub(r"""\bb(['"])(.*?)\1""", r"\2", said)  # as the library writes what a server said
        self.oorzaak = oorzaak
        self.gezegd = " ".join(said.replace("\0", "").split())[:300]
        super().__init__(f"{oorzaak}: {self.gezegd}")


@dataclass(frozen=True)
class Bron:
    """Where a mailbox is, and how to get in."""

    postvak: UUID
    host: str
    poort: int
    beveiliging: str
    gebruiker: str
    wijze: str
    geheim: bytes
    token_url: str
    client_id: str
    scope: str
    map: str
    vanaf: date | None
    daarna: str
    map_daarna: str

    @classmethod
    def van(cls, rij: Any) -> "Bron":
        """From a row of `loket_inbox_imap`."""
        bekend = {naam: rij[naam] for naam in cls.__dataclass_fields__ if naam not in ("postvak", "geheim")}
        return cls(postvak=rij["postvak_id"], geheim=bytes(rij["geheim"]), **bekend)


def verzegel(postvak: UUID, geheimen: dict[str, str]) -> bytes:
    """Passwords and tokens as they are kept."""
    return seal(_DOEL, str(postvak), json.dumps(geheimen))


def open_geheim(postvak: UUID, geheim: bytes) -> dict[str, str]:
    """The passwords and tokens again. Raises BronFout (`geheim`)."""
    try:
        return dict(json.loads(unseal(_DOEL, str(postvak), geheim)))
    except Unreadable as error:
        raise BronFout("geheim", error) from None


class Bus:
    """An open connection with the folder of the mailbox. Every method raises BronFout."""

    def __init__(self, client: IMAPClient, bron: Bron) -> None:
        self._client = client
        self._bron = bron

    @classmethod
    @contextmanager
    def open(cls, bron: Bron, *, alleen_kijken: bool = False) -> Iterator[Self]:
        """Connect, log in, and open the folder; close afterwards."""
        geheimen = open_geheim(bron.postvak, bron.geheim)
        client = _verbind(bron)
        try:
            with _vertaald("inloggen"):
                _log_in(client, bron, geheimen)
            bus = cls(client, bron)
            with _vertaald("map"):
                stand = client.select_folder(bron.map, readonly=alleen_kijken)
                bus.uidvalidity = int(stand[b"UIDVALIDITY"])
                bus.aantal = int(stand.get(b"EXISTS", 0))
            yield bus
        finally:
            with suppress(Exception):
                client.logout()
            with suppress(Exception):
                client.shutdown()

    uidvalidity: int = 0
    aantal: int = 0

    def zoek(self, van: int, tot: int | None = None, *, ongelezen: bool = False) -> list[int]:
        """The UIDs from `van` up to and including `tot` of what is not thrown away, low to high."""
        vraag: list[Any] = ["UID", f"{van}:{tot if tot is not None else '*'}", "UNDELETED"]
        if self._bron.vanaf:
            vraag += ["SINCE", self._bron.vanaf]
        if ongelezen:
            vraag.append("UNSEEN")
        with _vertaald("anders"):
            gevonden = self._client.search(vraag)
        # `7:*` gives the last mail also when its number is below 7
        return sorted(int(uid) for uid in gevonden if uid >= van and (tot is None or uid <= tot))

    def groottes(self, uids: Sequence[int]) -> dict[int, int]:
        """How many bytes each of these is; who is gone is left out."""
        with _vertaald("anders"):
            gevonden = self._client.fetch(uids, ["RFC822.SIZE"])
        return {uid: int(velden.get(b"RFC822.SIZE", 0)) for uid, velden in gevonden.items()}

    def lees(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The bytes of these, unmarked; who is gone is left out."""
        with _vertaald("anders"):
            gevonden = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: bytes(velden[b"BODY[]"] or b"") for uid, velden in gevonden.items() if b"BODY[]" in velden}

    def doe_daarna(self, uids: Sequence[int]) -> None:
        """What the administrator wants to happen with mails that Loket has. Raises BronFout (`daarna`)."""
        bron, client = self._bron, self._client
        if not uids or bron.daarna == "niets":
            return
        with _vertaald("daarna"):
            if bron.daarna == "gelezen":
                client.add_flags(uids, [b"\\Seen"], silent=True)
                return
            if bron.daarna == "verplaatsen":
                if not client.folder_exists(bron.map_daarna):
                    client.create_folder(bron.map_daarna)
                if client.has_capability("MOVE"):
                    client.move(uids, bron.map_daarna)
                    return
                client.copy(uids, bron.map_daarna)
            client.add_flags(uids, [b"\\Deleted"], silent=True)
            if client.has_capability("UIDPLUS"):  # else it would throw away what a person marked too
                client.uid_expunge(uids)


@contextmanager
def _vertaald(oorzaak: str) -> Iterator[None]:
    """What the library raises, as BronFout; a broken line is one whatever we were doing."""
    try:
        yield
    except BronFout:
        raise
    except IMAPClientAbortError as error:
        raise BronFout("verbroken", error) from None
    except (LoginError, IMAPClientError) as error:
        raise BronFout(oorzaak, error) from None
    except (OSError, EOFError) as error:
        raise BronFout("verbroken", error or type(error).__name__) from None
    except (KeyError, ValueError, TypeError, AssertionError) as error:  # an answer that is no IMAP
        raise BronFout("anders", f"{type(error).__name__}: {error}") from None


def _verbind(bron: Bron) -> IMAPClient:
    try:
        client = IMAPClient(
            bron.host,
            bron.poort,
            ssl=bron.beveiliging == "tls",
            ssl_context=ssl.create_default_context() if bron.beveiliging == "tls" else None,
            timeout=SocketTimeout(CONNECT, READ),
        )
    except ssl.SSLError as error:
        raise BronFout("tls", error) from None
    except (OSError, IMAPClientError, EOFError) as error:
        raise BronFout("bereik", error) from None
    client._imap.debug = 0  # else it writes out every mail for a log that nobody keeps
    client.normalise_times = False
    if bron.beveiliging == "starttls":
        try:
            client.starttls(ssl.create_default_context())
        except (OSError, IMAPClientError, EOFError) as error:
            with suppress(Exception):
                client.shutdown()
            raise BronFout("tls", error) from None
    return client


def _log_in(client: IMAPClient, bron: Bron, geheimen: dict[str, str]) -> None:
    if bron.wijze == "oauth2":
        client.oauth2_login(bron.gebruiker, _token(bron, geheimen))
        return
    wachtwoord = geheimen.get("wachtwoord", "")
    if (bron.gebruiker + wachtwoord).isascii() and not client.has_capability("LOGINDISABLED"):
        client.login(bron.gebruiker, wachtwoord)
    else:  # LOGIN knows ASCII only; PLAIN is UTF-8 (RFC 4616)
        client.plain_login(bron.gebruiker, wachtwoord)


def _token(bron: Bron, geheimen: dict[str, str]) -> str:
    """A token to log in with (RFC 6749, sections 4.4 and 6), the same as long as it is good. Raises BronFout."""
    merk = f"{bron.token_url} {bron.client_id} {hash(tuple(sorted(geheimen.items())))}"
    bekend = _tokens.get(bron.postvak)
    if bekend and bekend[0] == merk and bekend[2] > now():
        return bekend[1]
    vraag = {"client_id": bron.client_id, "scope": bron.scope}
    if geheimen.get("client_secret"):
        vraag["client_secret"] = geheimen["client_secret"]
    if geheimen.get("refresh_token"):
        vraag |= {"grant_type": "refresh_token", "refresh_token": geheimen["refresh_token"]}
    else:
        vraag |= {"grant_type": "client_credentials"}
    try:
        antwoord = requests.post(
            bron.token_url, data={naam: waarde for naam, waarde in vraag.items() if waarde}, timeout=(CONNECT, 20)
        )
        gekregen = antwoord.json()
        token = str(gekregen["access_token"])
        duur = timedelta(seconds=int(gekregen.get("expires_in", 300)))
    except requests.RequestException as error:
        raise BronFout("token", type(error).__name__) from None
    except (ValueError, KeyError, TypeError):
        raise BronFout("token", _uitleg(antwoord)) from None
    vernieuwd = str(gekregen.get("refresh_token") or "")
    if vernieuwd and vernieuwd != geheimen.get("refresh_token"):
        nieuw = geheimen | {"refresh_token": vernieuwd}
        execute(
            "update loket_inbox_imap set geheim = %s where postvak_id = %s and geheim = %s",
            (verzegel(bron.postvak, nieuw), bron.postvak, bron.geheim),
        )
        merk = f"{bron.token_url} {bron.client_id} {hash(tuple(sorted(nieuw.items())))}"
    _tokens[bron.postvak] = (merk, token, now() + duur - _EARLY)
    return token


def _uitleg(antwoord: requests.Response) -> str:
    try:
        gekregen = antwoord.json()
        return f"{antwoord.status_code} {gekregen.get('error', '')} {gekregen.get('error_description', '')}"
    except (ValueError, AttributeError):
        return f"{antwoord.status_code}"

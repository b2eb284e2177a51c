"""Many residents at once: drafts that wait for their last click, and a light client that gives those clicks over HTTP.

Needs no Django: the rows of the drafts are written by COPY, and the client is one thread of asyncio.
"""

import asyncio
import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
from django.core import signing

from loket.foundation.database.ids import uuid7

KOEKJE = "loket_concept_melding"
PER_ADRES = 60
"""Submissions from one network address before the next is taken: the limit for one address is a hundred."""
OUD = 5.0
"""Seconds after which a kept connection is not used again: the server closes them after ten."""
NUMMER = re.compile(rb"\b[A-Z]{2,4}-20\d\d-\d{5,}\b")
WAT = (
    ("Bij de boom steekt een tegel omhoog. Mijn buurvrouw is er met haar rollator over gevallen.", "stoep"),
    ("De lantaarnpaal voor ons huis doet het al drie avonden niet. Het is er erg donker.", ""),
    ("Naast de containers liggen vuilniszakken en een matras. De meeuwen trekken alles open.", ""),
    ("De put in de goot zit verstopt. Bij elke bui staat de hele stoep onder water.", ""),
    ("Wanneer wordt het gras langs het fietspad gemaaid? Ik kan de bocht niet meer overzien.", ""),
)


def concepten(database: str, geheim: str, aantal: int) -> list[str]:
    """Write `aantal` drafts of different residents, filled in up to the last step. Gives the value of each one's
    cookie. `geheim` is the secret of the installation."""
    ondertekenaar = signing.TimestampSigner(  # as HttpResponse.set_signed_cookie does, with another's secret
        key=signing._cookie_signer_key(geheim),  # type: ignore[attr-defined]
        salt=signing._cookie_signer_salt(KOEKJE, "loket.concept"),  # type: ignore[attr-defined]
        fallback_keys=[],
    )
    merk = secrets.token_hex(4)
    koekjes = []
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        kolommen = "id, sleutel_hash, soort, gegevens, bijgewerkt_op"
        with cursor.copy(f"copy reacties_concept ({kolommen}) from stdin") as copy:
            for n in range(aantal):
                sleutel = secrets.token_urlsafe(32)
                tekst, categorie = WAT[n % len(WAT)]
                plek = {
                    "label": f"Kastanjelaan, bij nummer {n % 90}",
                    "x": 151_050.0 + n % 400,
                    "y": 430_650.0 + n % 300,
                }
                gegevens = {"tekst": tekst, "categorie": categorie, "plek": plek, "antwoord": "ja"}
                gegevens |= {"naam": f"Bewoner {n}", "email": f"bewoner-{merk}-{n}@voorbeeld.nl"}
                hash_ = hashlib.sha256(sleutel.encode()).digest()
                copy.write_row((uuid7(), hash_, "melding", json.dumps(gegevens), datetime.now(UTC)))
                koekjes.append(ondertekenaar.sign(sleutel))
    return koekjes


@dataclass
class Gezien:
    """What the residents saw: the number that each was given (None: none yet), how long that took from the moment of
    the click (not from when the client got round to it), and how often something else came back."""

    nummers: list[str | None]
    seconden: list[float] = field(default_factory=list)
    anders: dict[str, int] = field(default_factory=dict)
    duur: float = 0.0

    @property
    def bevestigd(self) -> list[str]:
        """The numbers that were given."""
        return [nummer for nummer in self.nummers if nummer is not None]


class Verbroken(Exception):
    """The connection broke, or could not be made."""


class Verbinding:
    """One connection that is kept, from an address of its own."""

    def __init__(self, poort: int, adres: str) -> None:
        self.poort, self.adres = poort, adres
        self.gebruikt = 0
        self.laatst = 0.0
        self.stroom: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def vraag(self, methode: str, pad: str, koekjes: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and content of an answer. Raises Verbroken."""
        try:
            async with asyncio.timeout(30):
                return await self._vraag(methode, pad, koekjes, body)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fout:
            self.sluit()
            raise Verbroken(type(fout).__name__) from fout

    async def _vraag(self, methode: str, pad: str, koekjes: str, body: bytes) -> tuple[int, bytes]:
        if self.stroom is None:
            self.stroom = await asyncio.open_connection("127.0.0.1", self.poort, local_addr=(self.adres, 0))
        lezer, schrijver = self.stroom
        kop = f"{methode} {pad} HTTP/1.1\r\nHost: localhost:{self.poort}\r\nCookie: {koekjes}\r\nAccept: text/html\r\n"
        if methode == "POST":
            kop += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        schrijver.write(kop.encode() + b"\r\n" + body)
        await schrijver.drain()
        antwoord = (await lezer.readuntil(b"\r\n\r\n")).lower()
        status = int(antwoord[9:12])
        if gevonden := re.search(rb"\r\ncontent-length: *(\d+)", antwoord):
            inhoud = await lezer.readexactly(int(gevonden[1]))
        elif b"\r\ntransfer-encoding: chunked" in antwoord:
            inhoud = await _stukken(lezer)
        else:
            inhoud = b""
        if b"\r\nconnection: close" in antwoord:
            self.sluit()
        return status, inhoud

    def sluit(self) -> None:
        """Let go."""
        if self.stroom is not None:
            with suppress(Exception):
                self.stroom[1].close()
        self.stroom = None


async def _stukken(lezer: asyncio.StreamReader) -> bytes:
    delen = []
    while True:
        lengte = int(await lezer.readuntil(b"\r\n"), 16)
        delen.append((await lezer.readexactly(lengte + 2))[:-2])
        if lengte == 0:
            return b"".join(delen)


class Lader:
    """Clicks 'Verstuur' for each draft at its own moment, `tempo` a second, whatever the server does; with `hooguit`,
    no more than that many at the same time."""

    def __init__(
        self, poort: int, koekjes: Sequence[str], tempo: float, *, geduld: float = 0.0, hooguit: int = 10_000
    ) -> None:
        self.poort, self.koekjes, self.tempo, self.geduld = poort, koekjes, tempo, geduld
        self.hooguit = hooguit
        self.gezien = Gezien([None] * len(koekjes))
        self.vrij: list[Verbinding] = []
        self.adressen = 0
        self.merk = secrets.randbelow(200) + 2

    def rijd(self, elke_seconde: Callable[[Gezien], None] = lambda gezien: None) -> Gezien:
        """Do it all; gives what was seen. A click that gets no number is given again for `geduld` seconds, as somebody
        would who was told to try again. In a thread of its own: the caller's may have an event loop already."""
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, self._rijd(elke_seconde)).result()
        return self.gezien

    async def _rijd(self, elke_seconde: Callable[[Gezien], None]) -> None:
        begin = time.perf_counter()
        plaats = asyncio.Semaphore(self.hooguit)
        tikt = asyncio.create_task(self._tik(elke_seconde))
        lopend: set[asyncio.Task[None]] = set()
        for n in range(len(self.koekjes)):
            moment = begin + n / self.tempo
            if (pauze := moment - time.perf_counter()) > 0:
                await asyncio.sleep(pauze)
            await plaats.acquire()
            taak = asyncio.create_task(self._een(n, moment))
            lopend.add(taak)
            taak.add_done_callback(lopend.discard)
            taak.add_done_callback(lambda _taak: plaats.release())
        await asyncio.gather(*lopend)
        self.gezien.duur = time.perf_counter() - begin
        tikt.cancel()
        for verbinding in self.vrij:
            verbinding.sluit()

    async def _tik(self, elke_seconde: Callable[[Gezien], None]) -> None:
        while True:
            await asyncio.sleep(1)
            elke_seconde(self.gezien)

    async def _een(self, n: int, moment: float) -> None:
        begin = time.perf_counter()
        while True:
            if (nummer := await self._klik(n)) is not None:
                self.gezien.nummers[n] = nummer
                self.gezien.seconden.append(time.perf_counter() - moment)
                return
            if time.perf_counter() - begin > self.geduld:
                return
            await asyncio.sleep(0.3)

    async def _klik(self, n: int) -> str | None:
        verbinding = self._verbinding()
        csrf = "c" * 32
        koekjes = f"loket_csrf={csrf}; {KOEKJE}={self.koekjes[n]}"
        try:
            status, _inhoud = await verbinding.vraag(
                "POST", "/melden/controleren", koekjes, f"csrfmiddlewaretoken={csrf}".encode()
            )
            wat = "na versturen"
            if status == 302:
                status, inhoud = await verbinding.vraag("GET", "/melden/bevestiging", koekjes)
                wat = "bij de bevestiging"
                if status == 200 and (nummer := NUMMER.search(inhoud)):
                    return nummer[0].decode()
            self._tel(f"{status} {wat}")
        except Verbroken as fout:
            self._tel(str(fout))
        finally:
            verbinding.gebruikt += 1
            verbinding.laatst = time.perf_counter()
            if verbinding.gebruikt < PER_ADRES:
                self.vrij.append(verbinding)
            else:
                verbinding.sluit()
        return None

    def _tel(self, wat: str) -> None:
        self.gezien.anders[wat] = self.gezien.anders.get(wat, 0) + 1

    def _verbinding(self) -> Verbinding:
        if self.vrij:
            verbinding = self.vrij.pop()
            if time.perf_counter() - verbinding.laatst > OUD:
                verbinding.sluit()
            return verbinding
        self.adressen += 1
        return Verbinding(self.poort, f"127.{self.merk}.{self.adressen // 250}.{self.adressen % 250 + 1}")

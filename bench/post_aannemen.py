"""A mail with an attachment of 1 MB is accepted within 100 ms (p95) from DATA to 250 on one connection, at least twenty
a second over four connections, and two mails of 25 MB at once cost no more than 200 MB of memory.

The real processes (`loket run`, production settings, a database that flushes to the disk) on two cores; the client
shares them. Every mail is another one, and each that was acknowledged is looked up afterwards, row and file. Ours: the
p95 of one connection; peer: the limit.
"""

import argparse
import base64
import os
import random
import smtplib
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from tests.assembly.running import Running, until

from bench.opstelling import map_voor_gegevens, milliseconden, twee_kernen, uitslag, zeg

GRENS_MS = 100.0
PER_SECONDE = 20.0
GEHEUGEN_MB = 200.0
VERBINDINGEN = 4
ADRES = "post@lindewaard.voorbeeld.nl"


def bijlage(bytes_groot: int, zaad: int = 20261123) -> bytes:
    """The attachment as it stands in a mail: base64 in lines of 76."""
    return base64.encodebytes(random.Random(zaad).randbytes(bytes_groot)).replace(b"\n", b"\r\n")


def mail(naam: str, inhoud: bytes) -> bytes:
    """A mail as it goes over the line, its end included."""
    return (
        f"From: Joke Jansen <joke@voorbeeld.nl>\r\nTo: {ADRES}\r\nSubject: Foto van de lamp\r\n"
        f"Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <{naam}@voorbeeld.nl>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\n\r\nDe lamp is stuk.\r\n--grens\r\n'
        "Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + b"".join((inhoud, b"--grens--\r\n", b".\r\n"))


def stuur(client: smtplib.SMTP, bericht: bytes) -> float:
    """Bring one mail; the seconds from DATA to 250. Raises RuntimeError for another answer."""
    client.mail("joke@voorbeeld.nl")
    client.rcpt(ADRES)
    begin = time.perf_counter()
    client.putcmd("DATA")
    client.getreply()
    client.send(bericht)
    code, tekst = client.getreply()
    duur = time.perf_counter() - begin
    if code != 250 or b"Stored as" not in tekst:
        raise RuntimeError(f"{code} {tekst!r}")
    return duur


def breng(poort: int, naam: str, aantal: int, inhoud: bytes) -> list[float]:
    """Bring mails over one connection; the seconds of each."""
    with smtplib.SMTP("127.0.0.1", poort, "bench.voorbeeld.nl", timeout=120) as client:
        client.ehlo()
        return [stuur(client, mail(f"{naam}-{n}", inhoud)) for n in range(aantal)]


def samen(poort: int, naam: str, aantal: int, inhoud: bytes, verbindingen: int) -> float:
    """Bring mails over so many connections at once; the seconds that all took."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(verbindingen) as threads:
        list(threads.map(lambda n: breng(poort, f"{naam}-{n}", aantal, inhoud), range(verbindingen)))
    return time.perf_counter() - begin


def geheugen(pid: int, regel: str) -> float:
    """`VmRSS` (now) or `VmHWM` (the most ever) of a process, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(regel + ":"):
            return int(line.split()[1]) / 1000
    raise RuntimeError(f"no {regel}")


@contextmanager
def loket(data: Path) -> Iterator[tuple[Running, int]]:
    """The real processes with one mailbox, and the port at which they take mail."""
    started = Running(data, "--host", "127.0.0.1", "--empty", LOKET_LOG="WARNING", mail_in="smtp")
    try:
        yield started.ready(300), started.port + 3
    finally:
        started.stop()


def postvak(database: str) -> None:
    """A mailbox, with what it needs."""
    os.environ |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "loket.assembly.settings"}
    import django

    django.setup()

    from loket.foundation.database.closing import let_go
    from loket.foundation.identity.models import Organisatie, Team
    from loket.foundation.inbox.models import Postvak

    wie = Organisatie.objects.create(naam="Gemeente Lindewaard", soort="gemeente", rsin="000000012", afkorting="LW")
    team = Team.objects.create(organisatie=wie, naam="Klantcontact", lijn=1)
    Postvak.objects.create(organisatie=wie, adres=ADRES, naam="Post", team=team)
    let_go()


def bewaard(database: str, data: Path) -> int:
    """How many mails have a row, an event, and a file of the right size."""
    with psycopg.connect(database, autocommit=True) as connection:
        gevonden = connection.execute(
            "select p.sha256, p.grootte from loket_inbox_post p join loket_events_event e on e.subject = p.id"
        ).fetchall()
    return sum(
        (data / "bestanden" / sha256[:2] / sha256[2:4] / sha256).stat().st_size == grootte
        for sha256, grootte in gevonden
    )


def main() -> int:
    """Measure, and say whether all limits hold: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="the data folder; kept")
    vraag.add_argument("--keren", type=int, default=200)
    opties = vraag.parse_args()
    kernen = twee_kernen()
    klein, groot = bijlage(1_000_000), bijlage(25_000_000)
    with map_voor_gegevens(opties.data) as data:
        zeg("Starting Loket …")
        with loket(data) as (running, poort):
            postvak(running.url())
            (pid,) = until(lambda: running.of("mail-in"), 20)
            breng(poort, "warm", 10, klein)
            rust = geheugen(pid, "VmRSS")
            tijden = breng(poort, "een", opties.keren, klein)
            zeg(f"One connection: {milliseconden(tijden)} ms")
            duur = samen(poort, "vier", opties.keren, klein, VERBINDINGEN)
            tempo = VERBINDINGEN * opties.keren / duur
            zeg(f"Four connections: {tempo:.1f} mails/s")
            voor_groot = geheugen(pid, "VmHWM")
            groot_duur = samen(poort, "groot", 1, groot, 2)
            top = geheugen(pid, "VmHWM")
            zeg(f"Two of 25 MB: {groot_duur:.1f} s, {top:.0f} MB at most")
            gebracht = 10 + (VERBINDINGEN + 1) * opties.keren + 2
            gevonden = bewaard(running.url(), running.data)
    p95 = milliseconden(tijden)["p95"]
    goed = p95 <= GRENS_MS and tempo >= PER_SECONDE and top <= GEHEUGEN_MB and gevonden == gebracht
    uitslag(
        "post_aannemen",
        p95,
        GRENS_MS,
        "ms",
        one_connection_ms=milliseconden(tijden),
        mails_per_second=round(tempo, 1),
        mails_per_second_required=PER_SECONDE,
        memory_mb={"idle": round(rust), "before_large": round(voor_groot), "most": round(top), "limit": GEHEUGEN_MB},
        two_of_25_mb_s=round(groot_duur, 2),
        acknowledged=gebracht,
        stored=gevonden,
        cores=kernen,
        ok=goed,
    )
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())

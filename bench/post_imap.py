"""A backlog of 10,000 mails in an existing mailbox is fetched over IMAP, stored and announced within ten minutes.

The real processes (`loket run`, production settings, a database that flushes to the disk) on two cores, which the IMAP
server shares: Dovecot where it is installed (`dovecot-imapd`), else the small server of our tests as a process of its
own. One mail in ten has an attachment of 200 kB. Each mail is looked up afterwards: row, event, file and size. Reading
what is in them goes on meanwhile; how far that came is told too. Ours: the seconds; peer: the limit.
"""

import argparse
import base64
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from tests.assembly.running import Running, free_port, until
from tests.foundation.inbox import imapd

from bench.opstelling import map_voor_gegevens, twee_kernen, uitslag, zeg
from bench.post_aannemen import bewaard, postvak

GRENS_S = 600.0
GEBRUIKER, WACHTWOORD = "post@lindewaard.voorbeeld.nl", "geheim"
DOVECOT = """base_dir = {map}/run
log_path = {map}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:~/Maildir
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={wachtwoord}
}}
userdb {{
  driver = static
  args = uid={wie} gid={wie} home={map}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = {poort}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def mail(nummer: int, bijlage: bytes) -> bytes:
    """A mail as a resident writes it; one in ten with a photo."""
    kop = (
        f"Return-Path: <bewoner{nummer}@voorbeeld.nl>\r\nFrom: Bewoner {nummer} <bewoner{nummer}@voorbeeld.nl>\r\n"
        f"To: {GEBRUIKER}\r\nSubject: De lamp bij nummer {nummer} is stuk\r\nMessage-ID: <m{nummer}@voorbeeld.nl>\r\n"
        "Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    )
    tekst = f"Beste gemeente,\r\n\r\nDe lamp bij nummer {nummer} is stuk.\r\n" + "Het is er erg donker.\r\n" * 60
    if nummer % 10:
        return f"{kop}Content-Type: text/plain; charset=utf-8\r\n\r\n{tekst}".encode()
    return (
        (
            f'{kop}Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\n\r\n{tekst}\r\n--grens\r\n'
            'Content-Type: application/pdf; name="brief.pdf"\r\nContent-Disposition: attachment; filename="b.pdf"\r\n'
            "Content-Transfer-Encoding: base64\r\n\r\n"
        ).encode()
        + bijlage
        + b"--grens--\r\n"
    )


@contextmanager
def server(map_: Path, aantal: int) -> Iterator[tuple[int, str, str, str]]:
    """A server with so many mails: its port, what it is, and user and password."""
    poort = free_port()
    programma = shutil.which("dovecot") or shutil.which("/usr/sbin/dovecot")
    if programma is None or os.geteuid() != 0:
        argv = [sys.executable, "-m", "tests.foundation.inbox.imapd", str(poort), str(aantal)]
        with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[1]) as proces:
            assert proces.stdout is not None and proces.stdout.readline()
            try:
                yield poort, "the server of our tests", imapd.GEBRUIKER, imapd.WACHTWOORD
            finally:
                proces.kill()
        return
    for naam in ("new", "cur", "tmp"):
        (map_ / "mail" / "Maildir" / naam).mkdir(parents=True)
    bijlage = base64.encodebytes(random.Random(20261123).randbytes(200_000)).replace(b"\n", b"\r\n")
    for nummer in range(aantal):
        naam = f"{1_795_000_000 + nummer}.M{nummer}.bench"
        (map_ / "mail" / "Maildir" / "new" / naam).write_bytes(mail(nummer, bijlage))
    (map_ / "dovecot.conf").write_text(DOVECOT.format(map=map_, wachtwoord=WACHTWOORD, wie="mail", poort=poort))
    for deel in (map_, *map_.parents[:1]):
        deel.chmod(0o711)
    subprocess.run(["chown", "-R", "mail:mail", str(map_ / "mail")], check=True)
    subprocess.run([programma, "-c", str(map_ / "dovecot.conf")], check=True)
    try:
        yield poort, "Dovecot", GEBRUIKER, WACHTWOORD
    finally:
        subprocess.run([programma, "-c", str(map_ / "dovecot.conf"), "stop"], check=False)


def lees(geheim: str, poort: int, gebruiker: str, wachtwoord: str) -> None:
    """Let Loket look in the mailbox."""
    from django.conf import settings

    from loket.foundation.inbox.bronnen import verzegel
    from loket.foundation.inbox.models import Imap, Postvak
    from loket.foundation.time.clock import now

    settings.SECRET_KEY = geheim
    vak = Postvak.objects.get(adres=GEBRUIKER)
    Imap.objects.create(
        postvak=vak,
        host="127.0.0.1",
        poort=poort,
        beveiliging="geen",
        gebruiker=gebruiker,
        geheim=verzegel(vak.pk, {"wachtwoord": wachtwoord}),
        volgende_op=now(),
    )


def tel(database: str) -> tuple[int, int]:
    """How many were taken in, and how many of these were read."""
    with psycopg.connect(database, autocommit=True) as connection:
        vraag = "select count(*), count(*) filter (where stand <> 'nieuw') from loket_inbox_post"
        gevonden = connection.execute(vraag).fetchone()
    return gevonden or (0, 0)


def main() -> int:
    """Measure, and say whether the limit holds: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="the data folder; kept")
    vraag.add_argument("--aantal", type=int, default=10_000)
    opties = vraag.parse_args()
    kernen = twee_kernen()
    with map_voor_gegevens(opties.data) as data, map_voor_gegevens(None) as post:
        post.mkdir(parents=True, exist_ok=True)
        running = Running(data, "--host", "127.0.0.1", "--empty", LOKET_LOG="WARNING")
        try:
            zeg("Starting Loket …")
            running.ready(300)
            zeg(f"Writing {opties.aantal} mails …")
            with server(post, opties.aantal) as (poort, wat, gebruiker, wachtwoord):
                postvak(running.url())
                lees((running.data / "secret").read_text().strip(), poort, gebruiker, wachtwoord)
                begin = time.perf_counter()
                until(lambda: tel(running.url())[0] >= opties.aantal, GRENS_S * 2, "all mails stored")
                duur = time.perf_counter() - begin
                opgeslagen, gelezen = tel(running.url())
                gevonden = bewaard(running.url(), running.data)
        finally:
            running.stop()
    goed = duur <= GRENS_S and gevonden == opgeslagen == opties.aantal
    uitslag(
        "post_imap",
        round(duur, 1),
        GRENS_S,
        "s",
        server=wat,
        mails=opties.aantal,
        mails_per_second=round(opties.aantal / duur, 1),
        stored=gevonden,
        read_meanwhile=gelezen,
        cores=kernen,
        ok=goed,
    )
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())

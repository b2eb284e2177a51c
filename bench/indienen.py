"""At least fifty reactions a second are received for ten minutes on two cores; each resident gets a number that exists
afterwards, once; confirmations leave within a minute (p95); five minutes later nothing waits.

The real processes (`loket run`, production settings, a demo of 3,000 reactions) over HTTP on this machine; the client
shares the two cores, and its part of them is told. A submission is the last click of the form (CSRF, the draft behind
the cookie) and the page with the number that follows. Ours: numbers a second; peer: the fifty that are required.
"""

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psycopg
from tests.assembly.running import Running

from bench.lader import Gezien, Lader, concepten
from bench.opstelling import map_voor_gegevens, milliseconden, p95, twee_kernen, uitslag, zeg

VEREIST = 50.0
MAIL_P95 = 60.0
LEEG_BINNEN = 300.0

_STAND = """
select (select count(*) from loket_mail_bericht where state in ('wacht', 'bezig')) as mail,
    (select count(*) from procrastinate_jobs where status in ('todo', 'doing')
     and (scheduled_at is null or scheduled_at <= now())) as jobs,
    (select coalesce(max(n), 0) from loket_events_listener l cross join lateral (
        select count(*) as n from loket_events_event e where (e.xid, e.volg) > (l.xid, l.volg)) w) as events,
    (select count(*) from loket_events_parked) as geparkeerd"""

_BEVESTIGD = """
select z.identificatie as nummer, count(distinct z.id) as zaken, count(b.id) as mails,
    count(b.id) filter (where b.state = 'verzonden') as verzonden,
    extract(epoch from max(b.sent_at) - max(e.time))::float8 as seconden
from zaken_zaak z
left join loket_mail_bericht b on b.betreft = z.id
left join loket_events_event e on e.subject = z.id and e.type = 'nl.loket.reacties.reactie.ontvangen'
where z.identificatie = any(%s) group by z.identificatie"""


def wachtend(database: str) -> dict[str, int]:
    """What waits: events that a listener has not read, mail that has not left, jobs that are due."""
    with psycopg.connect(database, autocommit=True) as connection:
        mail, jobs, events, geparkeerd = connection.execute(_STAND).fetchone() or (0, 0, 0, 0)
    return {"mail": mail, "jobs": jobs, "events": events, "geparkeerd": geparkeerd}


def leeg(database: str, binnen: float) -> float | None:
    """Wait until nothing waits; the seconds that it took, or None when it was not empty `binnen` that time."""
    begin = time.monotonic()
    while time.monotonic() - begin < binnen:
        stand = wachtend(database)
        if not (stand["mail"] or stand["events"]):
            return time.monotonic() - begin
        time.sleep(0.5)
    return None


def controleer(database: str, gezien: Gezien) -> dict[str, Any]:
    """What became of the numbers that residents were given: how many are missing, double, or without exactly one
    confirmation, and the p95 of the time until that was sent."""
    nummers = gezien.bevestigd
    with psycopg.connect(database, autocommit=True) as connection:
        gevonden = {rij[0]: rij[1:] for rij in connection.execute(_BEVESTIGD, (nummers,))}
    wachttijden = [rij[3] for rij in gevonden.values() if rij[3] is not None]
    return {
        "weg": sum(nummer not in gevonden for nummer in nummers),
        "dubbel": sum(rij[0] != 1 for rij in gevonden.values()) + len(nummers) - len(set(nummers)),
        "zonder_mail": sum(rij[1:3] != (1, 1) for rij in gevonden.values()),
        "mail_p95": round(p95(wachttijden), 1) if wachttijden else None,
    }


@contextmanager
def loket(data: Path) -> Iterator[Running]:
    """The real processes, with the demo."""
    started = Running(data, "--host", "127.0.0.1", LOKET_LOG="WARNING")
    try:
        yield started.ready(900)
    finally:
        started.stop()


def main() -> int:
    """Measure, and say whether all limits hold: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="the data folder; kept, and used again")
    vraag.add_argument("--seconds", type=int, default=600)
    vraag.add_argument("--rate", type=float, default=55.0, help="clicks a second that are offered")
    opties = vraag.parse_args()
    kernen = twee_kernen()
    with map_voor_gegevens(opties.data) as data:
        zeg("Starting Loket with the demo …")
        with loket(data) as running:
            database = running.url()
            koekjes = concepten(
                database, (running.data / "secret").read_text().strip(), round(opties.rate * opties.seconds)
            )
            Lader(running.port, koekjes[:20], 10.0).rijd()  # each process has seen the pages once
            lader = Lader(running.port, koekjes[20:], opties.rate)
            tel = {"n": 0}

            def voortgang(gezien: Gezien) -> None:
                tel["n"] += 1
                if tel["n"] % 10 == 0:
                    recent = gezien.seconden[-500:]
                    tijden = milliseconden(recent) if recent else {}
                    zeg(f"{tel['n']:>4} s: {len(gezien.seconden)} numbers, {tijden} ms, {gezien.anders or 'no faults'}")

            voor, cpu_voor = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
            gezien = lader.rijd(voortgang)
            na, wand = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - cpu_voor
            achterstand = wachtend(database)
            zeg(f"Done in {gezien.duur:.0f} s; waiting: {achterstand}")
            leeg_na = leeg(database, LEEG_BINNEN + 60)
            uitkomst = controleer(database, gezien)
    client = (na.ru_utime + na.ru_stime - voor.ru_utime - voor.ru_stime) / wand / kernen
    tempo = len(gezien.bevestigd) / gezien.duur
    goed = (
        tempo >= VEREIST
        and len(gezien.bevestigd) == len(lader.koekjes)
        and not (uitkomst["weg"] or uitkomst["dubbel"] or uitkomst["zonder_mail"])
        and uitkomst["mail_p95"] is not None
        and uitkomst["mail_p95"] <= MAIL_P95
        and leeg_na is not None
        and leeg_na <= LEEG_BINNEN
    )
    uitslag(
        "indienen",
        round(tempo, 1),
        VEREIST,
        "reacties/s",
        offered=opties.rate,
        seconds=round(gezien.duur, 1),
        acknowledged=len(gezien.bevestigd),
        not_acknowledged=len(lader.koekjes) - len(gezien.bevestigd),
        other_answers=gezien.anders,
        answer_ms=milliseconden(gezien.seconden) if gezien.seconden else None,
        missing=uitkomst["weg"],
        double=uitkomst["dubbel"],
        without_one_mail=uitkomst["zonder_mail"],
        mail_p95_s=uitkomst["mail_p95"],
        backlog=achterstand,
        backlog_empty_after_s=None if leeg_na is None else round(leeg_na, 1),
        cores=kernen,
        client_cpu_share=round(client, 3),
        ok=goed,
    )
    return 0 if goed else 1


if __name__ == "__main__":
    sys.exit(main())

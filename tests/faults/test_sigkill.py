"""Processes are killed while residents send: what was acknowledged is there, once, and so is each confirmation."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from bench.lader import Gezien, Lader, concepten

from tests.assembly.running import until
from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

AANTAL = 500
TEMPO = 60.0


def _dood(proef: Proef, wie: str) -> None:
    """SIGKILL for one of granian's web workers, for granian itself, or for the worker."""
    parent = proef.loket.parent_of("worker" if wie == "worker" else "web")
    werkers = proef.loket.of("web") - {parent}
    os.kill(min(werkers) if wie == "web worker" and werkers else parent, signal.SIGKILL)


def test_nothing_that_was_acknowledged_is_lost_or_doubled_by_kills_during_500_submissions(proef: Proef) -> None:
    voor = proef.waarde("select count(*) from zaken_zaak")
    koekjes = concepten(proef.loket.url(), proef.geheim, AANTAL)
    todo: list[tuple[int, str]] = [(60, "web worker"), (160, "granian"), (260, "worker"), (360, "web worker")]
    gedood: list[str] = []

    def kijk(gezien: Gezien) -> None:
        if todo and len(gezien.seconden) >= todo[0][0]:
            wie = todo.pop(0)[1]
            _dood(proef, wie)
            gedood.append(wie)

    gezien = Lader(proef.loket.port, koekjes, TEMPO, geduld=60, hooguit=16).rijd(kijk)
    assert gedood.count("granian") == gedood.count("worker") == 1, (gedood, gezien.anders)

    nummers = gezien.bevestigd
    assert len(nummers) == AANTAL, gezien.anders
    assert len(set(nummers)) == AANTAL, "no number is given to two residents"
    keren = Counter(
        nummer
        for (nummer,) in proef.rijen("select identificatie from zaken_zaak where identificatie = any(%s)", (nummers,))
    )
    assert keren == dict.fromkeys(nummers, 1)
    assert proef.waarde("select count(*) from zaken_zaak") == voor + AANTAL, "no click made a zaak that nobody knows of"
    _bevestigd(proef, nummers)


def _bevestigd(proef: Proef, nummers: list[str]) -> None:
    """Each resident is confirmed once. The one mail in the worker's hands at the moment of the kill may come twice, but
    then it is recognisably the same (RFC 5322, Message-ID)."""

    def allemaal() -> bool:
        verzonden = proef.waarde(
            "select count(*) from loket_mail_bericht b join zaken_zaak z on z.id = b.betreft"
            " where z.identificatie = any(%s) and b.state = 'verzonden'",
            (nummers,),
        )
        return bool(verzonden == AANTAL)

    until(allemaal, 75, "all confirmed")
    mails = proef.rijen(
        "select b.betreft, b.to_address from loket_mail_bericht b join zaken_zaak z on z.id = b.betreft"
        " where z.identificatie = any(%s)",
        (nummers,),
    )
    assert len(mails) == len({betreft for betreft, _aan in mails}) == AANTAL
    adressen = {aan for _betreft, aan in mails}
    kenmerken: dict[str, list[str]] = {}
    for _van, aan, bericht in proef.box.mails:
        if aan in adressen:
            kenmerken.setdefault(aan, []).append(str(bericht["Message-ID"]))
    assert len(kenmerken) == len(adressen) == AANTAL
    assert sum(len(each) for each in kenmerken.values()) <= AANTAL + 1
    assert all(len(set(each)) == 1 for each in kenmerken.values())


def test_a_job_whose_worker_was_killed_runs_again_within_twenty_seconds(proef: Proef) -> None:
    los, bezig = threading.Event(), threading.Event()

    def houd_vast(command: str, argument: str) -> str | None:
        if command == "ACCEPT" and not los.is_set():
            bezig.set()
            los.wait(30)
            return "cut"
        return None

    proef.box.answer = houd_vast
    try:
        proef.browser().vul_in("Er ligt een boom op de weg.", email="vastgehouden@voorbeeld.nl").verstuur()
        assert bezig.wait(20), "the job is at work"
        doing = "select id from procrastinate_jobs where status = 'doing' and task_name = 'mail.deliver'"
        (job,) = proef.rijen(doing)[0]
        os.kill(proef.loket.parent_of("worker"), signal.SIGKILL)
        begin = time.monotonic()
    finally:
        los.set()
    gedaan: Callable[[], bool] = lambda: not proef.rijen("select 1 from procrastinate_jobs where id = %s", (job,))  # noqa: E731
    until(gedaan, 20, "the same job ran again, and was done")
    assert time.monotonic() - begin < 20
    assert f"Job {job} (mail.deliver) lost its worker and goes back in the queue" in proef.loket.said()
    until(lambda: "vastgehouden@voorbeeld.nl" in proef.box.to(), 20, "and its mail is delivered")
    assert time.monotonic() - begin < 25, "the mail that the dead worker had in its hands waits for no lease"

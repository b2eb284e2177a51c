"""Bringing notifications to subscribers. Within the whole installation one courier works at a time: it holds an
advisory lock on a connection of its own, which PostgreSQL lets go of when the process dies; then another takes over.

One thread talks with the database, in batches; others each hold a line to one subscriber. What came back is written
down before more is handed out, so whoever is killed loses nothing: what was sent and not written down is sent again.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection, transaction

from loket.foundation.api.outside import SECONDS, Line, OutsideError
from loket.foundation.channels.webhook import HEADER, sign
from loket.foundation.database.sql import execute, rows
from loket.foundation.time.clock import now
from loket.registers.notificaties import rules
from loket.registers.notificaties.queries import open_auth, open_geheim
from loket.registers.notificaties.verspreiden import CHANNEL

_kans = random.SystemRandom().random
log = logging.getLogger(__name__)

DRADEN = 64
"""Lines at the same time. More than half of these are never for who has one already."""
BANEN = 4
"""Lines to one subscriber."""
BATCH, BATCH_HAPERT = 400, 5
"""Notifications that a subscriber is handed at once, and when the last one failed."""
BAAN_SECONDEN = 20.0
"""So long a line works before what is left is looked at anew."""
TIK = 0.05
"""Seconds in which outcomes are gathered before they are written down."""
STIL = 30.0
"""Seconds after which lines that nobody uses are hung up."""
_SLOT = 0x4E5243

_WIE = """
select a.id, a.callback_url, a.auth, a.geheim, a.fouten from notificaties_abonnement a
where a.id <> all(%(bezig)s) and (a.pauze_tot is null or a.pauze_tot <= %(nu)s) and exists (
    select from notificaties_aflevering f
    where f.abonnement_id = a.id and f.stand = 'wacht' and f.volgende <= %(nu)s)"""

# what belongs to one hoofdobject waits for what failed before it
_WAT = """
select w.abonnement, f.volg, f.notificatie, f.hoofdobject, f.pogingen, f.bericht
from unnest(%(wie)s::uuid[], %(hoeveel)s::int[]) as w(abonnement, hoeveel)
cross join lateral (
    select f.volg, f.hoofdobject, f.pogingen, n.id as notificatie, n.bericht
    from notificaties_aflevering f join notificaties_notificatie n on n.id = f.notificatie_id
    where f.abonnement_id = w.abonnement and f.stand = 'wacht' and f.volgende <= %(nu)s and not exists (
        select from notificaties_aflevering e where e.abonnement_id = f.abonnement_id
        and e.hoofdobject = f.hoofdobject and e.volg < f.volg and e.stand = 'wacht' and e.pogingen > 0
        and e.volgende > %(nu)s)
    order by f.volg limit w.hoeveel) as f"""

_GELUKT = """
with f as (
    update notificaties_aflevering set stand = 'afgeleverd', pogingen = pogingen + 1, fout = ''
    where volg = any(%(volg)s) and stand = 'wacht' returning abonnement_id
), g as (select abonnement_id, count(*) as aantal from f group by 1)
update notificaties_abonnement a set afgeleverd = a.afgeleverd + g.aantal, laatst_afgeleverd = %(nu)s, fouten = 0,
    pauze_tot = null
from g where a.id = g.abonnement_id"""

_MISLUKT = """
update notificaties_aflevering f set pogingen = u.pogingen, volgende = u.volgende, fout = u.fout, stand = u.stand
from unnest(%(volg)s::bigint[], %(pogingen)s::int[], %(volgende)s::timestamptz[], %(fout)s::text[], %(stand)s::text[])
    as u(volg, pogingen, volgende, fout, stand) where f.volg = u.volg and f.stand = 'wacht'"""

_HAPERT = """
update notificaties_abonnement a set fouten = u.fouten, pauze_tot = u.pauze
from unnest(%(id)s::uuid[], %(fouten)s::int[], %(pauze)s::timestamptz[]) as u(id, fouten, pauze) where a.id = u.id"""

_OPGEVEN = """
update notificaties_aflevering set stand = 'dood', fout = case when fout = '' then %(fout)s else fout end
where abonnement_id = any(%(id)s) and stand = 'wacht' and sinds < %(grens)s"""


@dataclass(frozen=True)
class Abonnee:
    """Whom we bring something, and how."""

    id: UUID
    url: str
    auth: str
    geheim: str
    moment: int
    weg: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Uitkomst:
    """How one attempt went; `fout` is empty when it was taken, `weg` when nobody was there."""

    abonnement: UUID
    volg: int
    pogingen: int
    fout: str = ""
    weg: bool = False


class Koerier:
    """Brings what is due. Only the thread that made it calls its methods. `kans` gives numbers from 0 to 1."""

    def __init__(self, kans: Callable[[], float] = _kans) -> None:
        self.kans = kans
        self.draden = ThreadPoolExecutor(DRADEN, thread_name_prefix="koerier")
        self.terug: SimpleQueue[Uitkomst | UUID] = SimpleQueue()
        self.bezig: dict[UUID, int] = {}
        self.fouten: dict[UUID, int] = {}
        self.lijnen: dict[tuple[UUID, str], list[Line]] = {}
        self.actief = time.monotonic()

    def stap(self) -> bool:
        """Hand out what is due and write down what came back; whether anybody was under way, and so more may
        be due."""
        self.deel_uit()
        bezig = bool(self.bezig)
        self.noteer()
        return bezig

    def tot_rust(self) -> None:
        """Until nothing is due and nobody under way."""
        while self.stap():
            pass

    def sluit(self) -> None:
        """Let go of everybody; what is under way is not written down."""
        self.draden.shutdown(wait=False, cancel_futures=True)
        self._hang_op()

    # --- handing out ---

    def deel_uit(self) -> None:
        """Hand what is due to lines, for who has none at work."""
        nu = now()
        wie = rows(_WIE, {"bezig": list(self.bezig), "nu": nu})
        if not wie:
            if not self.bezig and self.lijnen and time.monotonic() - self.actief > STIL:
                self._hang_op()
            return
        hoeveel = [BATCH_HAPERT if each["fouten"] else BATCH for each in wie]
        per: dict[UUID, list[dict[str, Any]]] = {}
        for each in rows(_WAT, {"wie": [each["id"] for each in wie], "hoeveel": hoeveel, "nu": nu}):
            per.setdefault(each["abonnement"], []).append(each)
        for each in wie:
            if zendingen := per.get(each["id"]):
                id = each["id"]
                self.fouten[id] = each["fouten"]
                auth, geheim = open_auth(id, each["auth"]), open_geheim(id, each["geheim"])
                self._stuur_op_weg(Abonnee(id, each["callback_url"], auth, geheim, int(nu.timestamp())), zendingen)

    def _stuur_op_weg(self, abonnee: Abonnee, zendingen: Sequence[dict[str, Any]]) -> None:
        druk = self.fouten[abonnee.id] or sum(self.bezig.values()) > DRADEN // 2
        banen: list[list[dict[str, Any]]] = [[] for _ in range(1 if druk else BANEN)]
        for each in zendingen:  # one hoofdobject, one line: so it stays in order
            banen[hash(each["hoofdobject"]) % len(banen)].append(each)
        banen = [each for each in banen if each]
        self.bezig[abonnee.id] = len(banen)
        for baan in banen:
            self.draden.submit(self._rijd, abonnee, baan)

    # --- under way, in a thread of its own ---

    def _rijd(self, abonnee: Abonnee, zendingen: Sequence[dict[str, Any]]) -> None:
        vrij = self.lijnen.setdefault((abonnee.id, abonnee.url), [])
        tot, vast = time.monotonic() + BAAN_SECONDEN, set()
        each = zendingen[0]
        try:
            line = vrij.pop() if vrij else Line(abonnee.url)
            for each in zendingen:
                if abonnee.weg.is_set() or time.monotonic() > tot:
                    break
                if each["hoofdobject"] in vast:
                    continue
                uitkomst = _breng(line, abonnee, each)
                if uitkomst.fout:
                    vast.add(each["hoofdobject"])
                if uitkomst.weg:
                    abonnee.weg.set()
                self.terug.put(uitkomst)
            vrij.append(line)
        except OutsideError as error:
            self.terug.put(Uitkomst(abonnee.id, each["volg"], each["pogingen"], error.detail, weg=True))
        except Exception:
            log.exception("A line to %s broke off", abonnee.id)
            self.terug.put(Uitkomst(abonnee.id, each["volg"], each["pogingen"], "Er ging iets mis bij ons.", weg=True))
        finally:
            self.terug.put(abonnee.id)

    # --- writing down ---

    def noteer(self) -> None:
        """Gather what comes back for a moment, and write it down."""
        uitkomsten: list[Uitkomst] = []
        af: list[UUID] = []
        tot = time.monotonic() + TIK
        while len(af) < sum(self.bezig.values()) and (rest := tot - time.monotonic()) > 0:
            try:
                terug = self.terug.get(timeout=rest)
            except Empty:
                break
            if isinstance(terug, Uitkomst):
                uitkomsten.append(terug)
            else:
                af.append(terug)
        if uitkomsten:
            self.actief = time.monotonic()
            with transaction.atomic():
                self._schrijf(uitkomsten, now())
        for id in af:
            self.bezig[id] -= 1
            if not self.bezig[id]:
                del self.bezig[id]

    def _schrijf(self, uitkomsten: Sequence[Uitkomst], nu: datetime) -> None:
        pauze: dict[UUID, datetime | None] = {}
        laatst: dict[UUID, str] = {}
        mislukt = []
        for each in uitkomsten:
            if not each.fout:
                self.fouten[each.abonnement] = 0
                pauze.pop(each.abonnement, None)
                continue
            fouten = self.fouten[each.abonnement] = self.fouten.get(each.abonnement, 0) + 1
            alleen = each.weg or fouten >= rules.HAPERT
            pauze[each.abonnement] = nu + rules.wacht(fouten, self.kans) if alleen else None
            laatst[each.abonnement] = each.fout
            mislukt.append(each)
        if gelukt := [each.volg for each in uitkomsten if not each.fout]:
            execute(_GELUKT, {"volg": gelukt, "nu": nu})
        if mislukt:
            execute(
                _MISLUKT,
                {
                    "volg": [each.volg for each in mislukt],
                    "pogingen": [each.pogingen + 1 for each in mislukt],
                    "volgende": [nu + rules.wacht(each.pogingen + 1, self.kans) for each in mislukt],
                    "fout": [each.fout for each in mislukt],
                    "stand": ["dood" if each.pogingen + 1 >= rules.POGINGEN else "wacht" for each in mislukt],
                },
            )
        if pauze:
            execute(
                _HAPERT,
                {
                    "id": list(pauze),
                    "fouten": [self.fouten[id] for id in pauze],
                    "pauze": list(pauze.values()),
                },
            )
        for id in [id for id, until in pauze.items() if until]:
            execute(_OPGEVEN, {"id": [id], "fout": laatst[id], "grens": nu - rules.OPGEVEN})

    def _hang_op(self) -> None:
        for each in self.lijnen.values():
            for line in each:
                line.close()
        self.lijnen = {}


def _breng(line: Line, abonnee: Abonnee, zending: dict[str, Any]) -> Uitkomst:
    """One attempt."""
    waar, body = (abonnee.id, zending["volg"], zending["pogingen"]), zending["bericht"].encode()
    headers = {
        "Content-Type": "application/json",
        "Authorization": abonnee.auth,
        "Loket-Notificatie": str(zending["notificatie"]),
        HEADER: sign(abonnee.geheim, abonnee.moment, "POST", line.place.target, body),
    }
    try:
        status, _ = line.call("POST", body, headers, SECONDS)
    except OutsideError as error:
        return Uitkomst(*waar, fout=error.detail, weg=error.code != "answer")
    if 200 <= status < 300:
        return Uitkomst(*waar)
    return Uitkomst(*waar, fout=rules.woorden(status), weg=status in rules.WEG)


def loop(stop: threading.Event) -> None:
    """Bring what is due until `stop` is set: woken by NOTIFY, and every second without it. Survives a lost database.
    For a thread of the worker."""
    pause = 0.5
    while not stop.is_set():
        koerier = Koerier()
        try:
            with psycopg.connect(settings.DATABASE_URL, autocommit=True) as ears:
                while not _alone(ears) and not stop.wait(1):
                    pass
                ears.execute(f"listen {CHANNEL}")
                pause, looked = 0.5, time.monotonic()
                while not stop.is_set():
                    if not koerier.stap():
                        for _ in ears.notifies(timeout=1, stop_after=1):
                            pass
                    elif time.monotonic() - looked > 1:
                        looked = time.monotonic()
                        ears.execute("select 1")  # with this connection the lock goes
        except Exception as fault:
            log.error("The delivery of notifications pauses for %.1f s: %s", pause, fault)
            connection.close()
            stop.wait(pause)
            pause = min(pause * 2, 10)
        finally:
            koerier.sluit()
    connection.close()


def _alone(ears: psycopg.Connection[Any]) -> bool:
    found = ears.execute("select pg_try_advisory_lock(%s)", (_SLOT,)).fetchone()
    return bool(found and found[0])

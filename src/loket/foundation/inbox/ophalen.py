"""Fetching mail from existing mailboxes: each is looked in every minute, by a thread of the worker.

What makes it safe to be killed at any moment: mails are taken low UID first; a mail, its event and the number up to
which we are stand in one transaction; only after that is it marked or moved on the server. So nothing is done there
with a mail that we do not have, and what was stored is not fetched again. When the server begins to count anew
(UIDVALIDITY), all is read again, and what we know by its fingerprint is not taken in twice.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection, transaction
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import execute, row, rows, value
from loket.foundation.errors import NotFound
from loket.foundation.inbox import rules
from loket.foundation.inbox.bronnen import Bron, BronFout, Bus
from loket.foundation.inbox.commands import neem_aan
from loket.foundation.storage.files import store
from loket.foundation.time.clock import now

log = logging.getLogger(__name__)

TICK = 2.0
"""Seconds between two questions whose turn it is."""
THREADS = 3
"""Mailboxes at the same time; each needs a connection to the database."""
TOGETHER = 50
"""Mails in one transaction, at most."""
TOGETHER_BYTES = 8_000_000
_SIZES = 500
_LOCKS = 0x494D4150

_DUE = """
select i.postvak_id from loket_inbox_imap i join loket_inbox_postvak p on p.id = i.postvak_id and p.actief
where i.volgende_op <= %(nu)s order by i.volgende_op limit 100"""
_BRON = """
select i.*, p.adres from loket_inbox_imap i join loket_inbox_postvak p on p.id = i.postvak_id and p.actief
where i.postvak_id = %s"""
_KEY = "hashtext(%(postvak)s::text)"
# who changed the settings meanwhile began anew: then this changes nothing
_MIJN = "where postvak_id = %(postvak)s and uidvalidity = %(uidvalidity)s and host = %(host)s and map = %(map)s"


def watch(stop: threading.Event) -> None:
    """Look in every mailbox whose turn it is, until `stop` is set. Survives a lost database. For a thread of the
    worker."""
    busy: dict[UUID, threading.Thread] = {}

    def look(postvak: UUID) -> None:
        try:
            haal_op(postvak, stop)
        except Exception as fault:
            log.error("Mailbox %s cannot be looked in now: %s", postvak, fault)
        finally:
            connection.close()

    while not stop.wait(TICK):
        busy = {postvak: thread for postvak, thread in busy.items() if thread.is_alive()}
        try:
            for postvak in aan_de_beurt():
                if postvak not in busy and len(busy) < THREADS:
                    busy[postvak] = threading.Thread(target=look, args=(postvak,), name="imap", daemon=True)
                    busy[postvak].start()
        except Exception as fault:
            log.error("Nobody can say whose turn it is now: %s", fault)
        connection.close()
    for thread in busy.values():
        thread.join(timeout=1)  # a mail server that is silent must not keep us: nothing is lost


def aan_de_beurt() -> list[UUID]:
    """The mailboxes that must be looked in now."""
    return [each["postvak_id"] for each in rows(_DUE, {"nu": now()})]


def haal_op(postvak: UUID, stop: threading.Event | None = None) -> int:
    """Look in one mailbox, take in what is new, and write down how it stands; gives how many mails were new to us.
    Nothing when another process is looking in it."""
    mine = {"postvak": postvak}
    if not value(f"select pg_try_advisory_lock({_LOCKS}, {_KEY})", mine):
        return 0
    try:
        rij = row(_BRON, (postvak,))
        return _Ronde(rij, stop or threading.Event()).loop() if rij else 0
    finally:
        if connection.is_usable():
            execute(f"select pg_advisory_unlock({_LOCKS}, {_KEY})", mine)


class _Ronde:
    """One look in one mailbox."""

    def __init__(self, rij: dict[str, Any], stop: threading.Event) -> None:
        self.bron, self.adres, self.stop = Bron.van(rij), str(rij["adres"]), stop
        self.mijn = {
            "postvak": self.bron.postvak,
            "uidvalidity": rij["uidvalidity"],
            "host": self.bron.host,
            "map": self.bron.map,
        }
        self.gelezen_tot, self.gedaan_tot = int(rij["gelezen_tot"]), int(rij["gedaan_tot"])
        self.overgeslagen: list[dict[str, Any]] = list(rij["overgeslagen"])
        self.pogingen = int(rij["pogingen"])
        self.nieuw = 0
        self.later: BronFout | None = None
        """What went wrong after the mails were stored: reading goes on."""

    def loop(self) -> int:
        """Look; gives how many were new."""
        try:
            with Bus.open(self.bron) as bus:
                self._begin(bus)
                self._maak_af(bus)
                self._opnieuw(bus)
                klaar = self._lees_alles(bus)
            if self.later:
                raise self.later
            self._goed(klaar)
        except BronFout as fout:
            self._mis(fout)
        except (DatabaseError, InterfaceError):
            raise  # nothing can be written down: the next look begins where this one came
        except NotFound:
            log.info("Mailbox %s was switched off meanwhile", self.bron.postvak)
        except OSError as fout:  # the disk
            self._mis(BronFout("opslag", fout))
        except Exception as fout:
            log.exception("Mailbox %s cannot be read", self.bron.postvak)
            self._mis(BronFout("anders", type(fout).__name__))
        return self.nieuw

    def _begin(self, bus: Bus) -> None:
        """Where we were; from the beginning when the server counts anew."""
        if self.mijn["uidvalidity"] == bus.uidvalidity:
            return
        self.gelezen_tot = self.gedaan_tot = 0
        self.overgeslagen = []
        execute(
            "update loket_inbox_imap set uidvalidity = %(uidvalidity)s, gelezen_tot = 0, gedaan_tot = 0,"
            " overgeslagen = '[]' where postvak_id = %(postvak)s and host = %(host)s and map = %(map)s",
            self.mijn | {"uidvalidity": bus.uidvalidity},
        )
        self.mijn["uidvalidity"] = bus.uidvalidity

    def _maak_af(self, bus: Bus) -> None:
        """What is stored, and of which the server was not told."""
        if self.gedaan_tot >= self.gelezen_tot:
            return
        uids = (
            []
            if self.bron.daarna == "niets"
            else bus.zoek(self.gedaan_tot + 1, self.gelezen_tot, ongelezen=self.bron.daarna == "gelezen")
        )
        self._daarna(bus, uids, self.gelezen_tot)

    def _daarna(self, bus: Bus, uids: Sequence[int], tot: int) -> None:
        if self.later:
            return
        weg = {each["uid"] for each in self.overgeslagen}
        try:
            bus.doe_daarna([uid for uid in uids if uid not in weg])
        except BronFout as fout:
            if fout.oorzaak != "daarna":
                raise
            self.later = fout
            return
        self.gedaan_tot = tot
        execute(f"update loket_inbox_imap set gedaan_tot = %(tot)s {_MIJN}", self.mijn | {"tot": tot})

    def _opnieuw(self, bus: Bus) -> None:
        """What was passed over and somebody wants to try again."""
        weer = [each["uid"] for each in self.overgeslagen if each.get("opnieuw")]
        if not weer:
            return
        self.overgeslagen = [each for each in self.overgeslagen if not each.get("opnieuw")]
        for uid, groot in sorted(bus.groottes(weer).items()):
            self._stuk(bus, [uid], {uid: groot}, self.gelezen_tot)
        self._bewaar_overgeslagen()

    def _lees_alles(self, bus: Bus) -> bool:
        """Whether all was read; False when we had to stop."""
        uids = bus.zoek(self.gelezen_tot + 1)
        for done, stuk, groottes in self._stukken(bus, uids):
            if self.stop.is_set():
                return False
            self._zet_wachtend(len(uids) - done)
            self._stuk(bus, stuk, groottes, max(stuk))
        return True

    def _stukken(self, bus: Bus, uids: list[int]) -> Iterator[tuple[int, list[int], dict[int, int]]]:
        """In pieces of at most fifty mails and eight megabytes: how many came before, the UIDs, their sizes."""
        for begin in range(0, len(uids), _SIZES):
            deel = uids[begin : begin + _SIZES]
            groottes = bus.groottes(deel)
            stuk: list[int] = []
            bytes_ = done = 0
            for uid in deel:
                if stuk and (len(stuk) >= TOGETHER or bytes_ + groottes.get(uid, 0) > TOGETHER_BYTES):
                    yield begin + done, stuk, groottes
                    done, stuk, bytes_ = done + len(stuk), [], 0
                stuk.append(uid)
                bytes_ += groottes.get(uid, 0)
            if stuk:
                yield begin + done, stuk, groottes

    def _stuk(self, bus: Bus, uids: list[int], groottes: dict[int, int], tot: int) -> None:
        """Fetch and store these, then tell the server."""
        klein = [uid for uid in uids if groottes.get(uid, 0) <= rules.MAX_BYTES]
        mails = bus.lees(klein)
        for uid in uids:
            if uid not in klein:
                self._sla_over(uid, "te_groot", groottes[uid])
        if weg := [uid for uid in klein if uid not in mails]:
            for uid in bus.zoek(min(weg), max(weg)):
                if uid in weg:  # it is there, and the server does not give it
                    self._sla_over(uid, "onleesbaar", groottes.get(uid, 0))
        try:
            self._bewaar(mails, tot)
        except (DatabaseError, InterfaceError, OSError, NotFound):
            raise
        except Exception:
            log.exception("A mail in mailbox %s cannot be taken in; they are tried one by one", self.bron.postvak)
            self._een_voor_een(mails, groottes, tot)
        self._daarna(bus, list(mails), max(tot, self.gedaan_tot))

    def _een_voor_een(self, mails: dict[int, bytes], groottes: dict[int, int], tot: int) -> None:
        for uid, mail in sorted(mails.items()):
            try:
                self._bewaar({uid: mail}, max(uid, self.gelezen_tot))
            except (DatabaseError, InterfaceError, OSError, NotFound):
                raise
            except Exception:
                log.exception("Mail %s in mailbox %s cannot be taken in", uid, self.bron.postvak)
                self._sla_over(uid, "mislukt", groottes.get(uid, 0))
        self._bewaar({}, tot)

    def _bewaar(self, mails: dict[int, bytes], tot: int) -> None:
        """In one transaction: the mails, their events, and how far we are."""
        new = 0
        with transaction.atomic():
            for _uid, mail in sorted(mails.items()):
                stored = store(mail, rules.MAX_BYTES * 2)
                new += len(
                    neem_aan(
                        Actor.system("imap"),
                        stored,
                        rules.fingerprint(BytesIO(mail)),
                        van=rules.sender_of(rules.head_of(mail)),
                        aan=[self.adres],
                        herkomst="imap",
                    )
                )
            execute(
                "update loket_inbox_imap set gelezen_tot = greatest(gelezen_tot, %(tot)s), overgeslagen = %(over)s,"
                f" opgehaald = opgehaald + %(nieuw)s {_MIJN}",
                self.mijn | {"tot": tot, "nieuw": new, "over": Jsonb(self.overgeslagen)},
            )
        self.gelezen_tot = max(self.gelezen_tot, tot)
        self.nieuw += new

    def _sla_over(self, uid: int, reden: str, grootte: int) -> None:
        if all(each["uid"] != uid for each in self.overgeslagen):
            self.overgeslagen.append({"uid": uid, "reden": reden, "grootte": grootte})

    def _bewaar_overgeslagen(self) -> None:
        execute(
            f"update loket_inbox_imap set overgeslagen = %(over)s {_MIJN}",
            self.mijn | {"over": Jsonb(self.overgeslagen)},
        )

    def _zet_wachtend(self, aantal: int) -> None:
        execute(
            f"update loket_inbox_imap set wachtend = %(aantal)s, gekeken_op = %(nu)s {_MIJN}",
            self.mijn | {"aantal": aantal, "nu": now()},
        )

    def _goed(self, klaar: bool) -> None:
        wachtend = "0" if klaar else "wachtend"
        execute(
            "update loket_inbox_imap set gekeken_op = %(nu)s, gelukt_op = %(nu)s, pogingen = 0, oorzaak = '',"
            f" fout = '', wachtend = {wachtend}, volgende_op = %(straks)s {_MIJN}",
            self.mijn | {"nu": now(), "straks": now() + rules.LOOK_EVERY if klaar else now()},
        )

    def _mis(self, fout: BronFout) -> None:
        log.warning("Mailbox %s: %s", self.bron.postvak, fout)
        pogingen = self.pogingen + 1
        execute(
            "update loket_inbox_imap set gekeken_op = %(nu)s, pogingen = %(pogingen)s, oorzaak = %(oorzaak)s,"
            " fout = %(fout)s, volgende_op = %(straks)s where postvak_id = %(postvak)s and geheim = %(geheim)s"
            " and host = %(host)s and map = %(map)s",
            self.mijn
            | {
                "geheim": self.bron.geheim,
                "nu": now(),
                "pogingen": pogingen,
                "oorzaak": fout.oorzaak,
                "fout": fout.gezegd,
                "straks": now() + rules.pause(pogingen, fout.oorzaak),
            },
        )

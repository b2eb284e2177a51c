"""A mailbox of 500 mails is read over IMAP while the worker is killed at the worst moments."""

import os
import signal
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from loket.foundation.database.ids import uuid7
from loket.foundation.inbox.bronnen import verzegel
from tests.assembly.running import until
from tests.faults.conftest import Proef
from tests.foundation.inbox import imapd
from tests.foundation.inbox.imapd import GEBRUIKER, WACHTWOORD

pytestmark = pytest.mark.proces

AANTAL = 500
_POSTVAK = """
insert into loket_inbox_postvak (id, organisatie_id, adres, naam, team_id, actief)
select %s, organisatie_id, %s, 'Post', id, true from loket_identity_team order by id limit 1"""
_IMAP = """
insert into loket_inbox_imap (postvak_id, host, poort, beveiliging, gebruiker, wijze, geheim, token_url, client_id,
    scope, map, daarna, map_daarna, gelezen_tot, gedaan_tot, overgeslagen, volgende_op, pogingen, oorzaak, fout,
    opgehaald) values (%s, '127.0.0.1', %s, 'geen', %s, 'wachtwoord', %s, '', '', '', 'INBOX', 'verplaatsen', 'Klaar',
    0, 0, '[]', %s, 0, '', '', 0)"""


def mail(nummer: int) -> bytes:
    """Of a machine, so that reading it is little work."""
    return imapd.mail(nummer).replace(b"Subject:", b"Auto-Submitted: auto-replied\r\nSubject:")


def test_none_is_lost_and_none_is_double_when_the_worker_is_killed(proef: Proef, settings: Any) -> None:
    settings.SECRET_KEY, vak = proef.geheim, uuid7()
    gezien: dict[str, int] = {}
    gedood: list[str] = []
    slot = threading.Lock()

    def doodt(command: str, rest: str) -> str | None:
        """The third time that mails are fetched, and the fifth time that stored ones are moved: then it is killed."""
        wat = "BODY" if "BODY" in rest else command
        with slot:
            gezien[wat] = gezien.get(wat, 0) + 1
            if (wat, gezien[wat]) in (("BODY", 3), ("MOVE", 5)):
                os.kill(proef.loket.parent_of("worker"), signal.SIGKILL)
                gedood.append(wat)
                return "cut"
        return None

    with imapd.server() as server:
        for nummer in range(AANTAL):
            server.inbox.voeg_toe(mail(nummer))
        server.answer = doodt
        proef.rijen(_POSTVAK, (vak, GEBRUIKER))
        geheim = verzegel(vak, {"wachtwoord": WACHTWOORD})
        proef.rijen(_IMAP, (vak, server.port, GEBRUIKER, geheim, datetime(2000, 1, 1, tzinfo=UTC)))
        until(lambda: not server.inbox.brieven, 90, f"all mails moved; {gezien} {gedood}")
        namen = [rij[0] for rij in proef.rijen("select message_id from loket_inbox_post where postvak_id = %s", (vak,))]
        gebeurd = "select count(*) from loket_events_event e join loket_inbox_post p on p.id = e.subject"
        assert gedood == ["BODY", "MOVE"]
        assert sorted(namen) == sorted(f"<lamp{nummer}@voorbeeld.nl>" for nummer in range(AANTAL))
        assert proef.waarde(f"{gebeurd} where p.postvak_id = %s", (vak,)) == AANTAL
        assert len(server.mappen["Klaar"].brieven) == AANTAL
    proef.rijen("update loket_inbox_postvak set actief = false where id = %s", (vak,))

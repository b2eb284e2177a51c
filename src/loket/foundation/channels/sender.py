"""The two sides of the queue that talk to a service: sending what waits, and fetching the files of what came in.

One sender works at a channel at a time, so that answers arrive in the order in which they were given. A message is
marked in the transaction in which it was sent: a sender that is killed loses nothing, and sends at most one message
again, under the same key. What a service refuses for good is told (`BerichtMislukt`); while it is away everything for
it waits, visibly.
"""

import logging
from io import BytesIO
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from psycopg.types.json import Jsonb

from loket.foundation.channels import queries, rules
from loket.foundation.channels.adapters import Adapter, Later, Media, Never, soort_van
from loket.foundation.channels.events import BerichtMislukt, BerichtOntvangen
from loket.foundation.channels.models import Kanaal
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.mail.rules import server_wait, wait
from loket.foundation.storage.files import store
from loket.foundation.storage.uploads import inspect_upload
from loket.foundation.time.clock import now

log = logging.getLogger(__name__)
_chance = SystemRandom().random

# no other sender at this channel; new messages may come in meanwhile
_ALONE = "select 1 from loket_channels_kanaal where id = %s and actief for no key update skip locked"
_NEXT = """
select id, organisatie_id, tegenpartij, tekst, pogingen, op, volgende_poging <= %(nu)s as aan_de_beurt
from loket_channels_bericht where kanaal_id = %(kanaal)s and stand = 'wacht' order by id limit 1 for update"""
_SENT = """
update loket_channels_bericht set stand = 'verzonden', extern_id = %(extern)s, reden = '', gedaan_op = %(nu)s,
    volgende_poging = null, pogingen = pogingen + 1 where id = %(id)s"""
_FAILED = """
update loket_channels_bericht set stand = 'mislukt', reden = %(reden)s, gedaan_op = %(nu)s, volgende_poging = null,
    pogingen = pogingen + 1 where id = %(id)s"""
_HOLD = """
update loket_channels_bericht set volgende_poging = %(wanneer)s, reden = %(reden)s,
    pogingen = pogingen + case when id = %(id)s then 1 else 0 end
where kanaal_id = %(kanaal)s and stand = 'wacht'"""
_DUE = """
select distinct kanaal_id from loket_channels_bericht where stand = 'wacht' and volgende_poging <= %s"""


def _adapter(kanaal: Kanaal) -> Adapter | None:
    try:
        return soort_van(kanaal.soort).adapter
    except NotFound:
        return None


def deliver(kanaal: UUID, limit: int = 500) -> int:
    """Send what waits at this channel, the oldest first, until nothing is left or the service says 'later'; gives how
    many went out."""
    found = queries.kanaal(kanaal)
    adapter = _adapter(found) if found else None
    if found is None or adapter is None:
        return 0
    channel, sent = queries.as_channel(found), 0
    for _each in range(limit):
        with transaction.atomic():
            if row(_ALONE, (kanaal,)) is None:
                break
            bericht = row(_NEXT, {"kanaal": kanaal, "nu": now()})
            if bericht is None or not bericht["aan_de_beurt"]:
                break
            try:
                extern = adapter.send(channel, bericht["tegenpartij"], bericht["tekst"], str(bericht["id"]))
            except Never as refused:
                _fail(found, bericht, str(refused))
            except Later as away:
                _hold(found, bericht, str(away))
                break
            except Exception as fault:  # of an adapter that somebody else made
                log.exception("The adapter of channel %s failed", kanaal)
                _hold(found, bericht, f"{type(fault).__name__}: {fault}")
                break
            else:
                execute(_SENT, {"id": bericht["id"], "extern": extern[:300], "nu": now()})
                sent += 1
    return sent


def _fail(kanaal: Kanaal, bericht: dict[str, Any], reden: str) -> None:
    execute(_FAILED, {"id": bericht["id"], "reden": reden[:500], "nu": now()})
    publish(BerichtMislukt(subject=bericht["id"], organisatie=bericht["organisatie_id"], kanaal=kanaal.id))


def _hold(kanaal: Kanaal, bericht: dict[str, Any], reden: str) -> None:
    """Everything of this channel waits; what waited a day is given up."""
    log.warning("Channel %s is away: %s", kanaal.id, reden)
    if now() - bericht["op"] > rules.GIVE_UP_AFTER:
        _fail(kanaal, bericht, reden)
    pause = server_wait(bericht["pogingen"] + 1, _chance())
    execute(
        _HOLD,
        {"kanaal": kanaal.id, "id": bericht["id"], "wanneer": now() + pause, "reden": reden[:500]},
    )


def due() -> list[UUID]:
    """The channels at which something may go out now."""
    return [each["kanaal_id"] for each in rows(_DUE, (now(),))]


# -- files of what came in --------------------------------------------------------------------------------------------


def fetch(bericht: UUID) -> bool:
    """Fetch the files of a message, look at them, and tell the house of it. False when the service is away: later
    again, and after half an hour without them."""
    found = row(
        "select id, organisatie_id, kanaal_id, media, pogingen from loket_channels_bericht"
        " where id = %s and stand = 'ophalen'",
        (bericht,),
    )
    if found is None:
        return True
    kanaal = Kanaal.objects.get(id=found["kanaal_id"])
    adapter, channel = _adapter(kanaal), queries.as_channel(kanaal)
    last, away = found["pogingen"] + 1 >= rules.MEDIA_ATTEMPTS or adapter is None, ""
    for media in found["media"]:
        if media.get("sha256") or media.get("fout") or adapter is None:
            continue
        try:
            inhoud = adapter.fetch(channel, Media(media["id"], media["naam"], media["mime"]), rules.MAX_BYTES)
            media |= _keep(inhoud, media["naam"])
        except Never as refused:
            media["fout"] = str(refused)[:200] or "geweigerd"
        except Refused as refused:
            media["fout"] = refused.code
        except Later as later:
            away = str(later)
        except Exception as fault:
            log.exception("The adapter of channel %s failed", kanaal.id)
            away = f"{type(fault).__name__}: {fault}"
    if last:
        for media in found["media"]:
            if not media.get("sha256"):
                media.setdefault("fout", "niet_opgehaald")
    return _fetched(found, away if not last else "")


def _keep(inhoud: bytes, naam: str) -> dict[str, Any]:
    """Look at a file and keep it. Raises Refused for what we do not take in."""
    gezien = inspect_upload(SimpleUploadedFile(naam or "foto", inhoud), max_bytes=rules.MAX_BYTES)
    bewaard = store(BytesIO(inhoud))
    return {"sha256": bewaard.sha256, "naam": gezien.name, "mime": gezien.mime, "grootte": bewaard.size}


def _fetched(found: dict[str, Any], away: str) -> bool:
    with transaction.atomic():
        gezet = execute(
            "update loket_channels_bericht set media = %(media)s, pogingen = pogingen + 1, reden = %(reden)s,"
            " stand = case when %(reden)s = '' then 'nieuw' else stand end, volgende_poging = %(wanneer)s"
            " where id = %(id)s and stand = 'ophalen'",
            {
                "id": found["id"],
                "media": Jsonb(found["media"]),
                "reden": away[:500],
                "wanneer": now() + wait(found["pogingen"] + 1, _chance()) if away else None,
            },
        )
        if gezet and not away:
            publish(
                BerichtOntvangen(subject=found["id"], organisatie=found["organisatie_id"], kanaal=found["kanaal_id"])
            )
    return not away


def to_fetch() -> list[UUID]:
    """The messages whose files are to be fetched now."""
    found = rows(
        "select id from loket_channels_bericht where stand = 'ophalen' and volgende_poging <= %s order by id limit 500",
        (now(),),
    )
    return [each["id"] for each in found]


def clear_away() -> int:
    """Forget the words of messages that were done 90 days ago (they stand in the file), the rest after two years."""
    moment = now()
    emptied = execute(
        "update loket_channels_bericht set tekst = '', naam = '', plek = null where tekst <> '' and op < %s"
        " and stand not in ('ophalen', 'nieuw', 'wacht', 'mislukt')",
        (moment - rules.KEEP_TEXT,),
    )
    return emptied + execute("delete from loket_channels_bericht where op < %s", (moment - rules.KEEP,))

"""Putting an answer in the queue of a channel, in the transaction of the change that asks for it."""

from uuid import UUID

from django.db import transaction

from loket.foundation.channels import jobs, rules
from loket.foundation.channels.adapters import soort_van
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.time.clock import now

_INSERT = """
insert into loket_channels_bericht (id, organisatie_id, kanaal_id, richting, extern_id, sleutel, tegenpartij, naam,
    tekst, plek, media, stand, reden, betreft, pogingen, volgende_poging, op)
values (%(id)s, %(organisatie)s, %(kanaal)s, 'uit', '', %(sleutel)s, %(naar)s, '', %(tekst)s, null, '[]', 'wacht', '',
    %(betreft)s, 0, %(nu)s, %(nu)s)
on conflict (sleutel) where sleutel <> '' do nothing returning id"""


def send(
    *, organisatie: UUID, kanaal: UUID, soort: str, to: str, text: str, key: str, betreft: UUID | None = None
) -> list[UUID]:
    """Queue a text for one person; one that is too long for the channel goes in parts. The same `key` is never queued
    twice. Gives the keys of what is new. Raises Refused (`required`, `sleutel`), NotFound (the kind is gone)."""
    adapter = soort_van(soort).adapter
    if not text.strip() or not to or adapter is None:
        raise Refused("required", "A message needs an address, words, and a channel that can send.", "text")
    if not 0 < len(key) <= 300:
        raise Refused("sleutel", "A message needs a key of 1 to 300 characters.", "key")
    made = []
    with transaction.atomic(savepoint=False):
        for number, part in enumerate(rules.parts(rules.readable(text), adapter.longest), 1):
            found = row(
                _INSERT,
                {
                    "id": uuid7(),
                    "organisatie": organisatie,
                    "kanaal": kanaal,
                    "sleutel": key if number == 1 else f"{key}#{number}",
                    "naar": to,
                    "tekst": part,
                    "betreft": betreft,
                    "nu": now(),
                },
            )
            if found is not None:
                made.append(found["id"])
        if made:
            transaction.on_commit(lambda: jobs.wake(kanaal), robust=True)
    return made

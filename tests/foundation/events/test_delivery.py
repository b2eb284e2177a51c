"""Announced if and only if committed, once, in order per subject, past a failing listener."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from loket.foundation.database.sql import execute, rows, value
from loket.foundation.events import dispatcher, listeners, outbox
from loket.foundation.events.event import Delivery, Event, cloudevent, restore
from loket.foundation.time.clock import frozen, now

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class Belled(Event):
    """Somebody rang the bell `times` times."""

    type: ClassVar[str] = "nl.loket.test.bel.gebeld"
    times: int
    by: UUID | None = None


ORG = uuid4()
SEEN: list[tuple[UUID, int]] = []
BROKEN: set[int] = set()


@pytest.fixture(autouse=True)
def listener() -> Iterator[None]:
    others = dict(listeners.registry)
    listeners.registry.clear()
    SEEN.clear()
    BROKEN.clear()

    @listeners.listen(Belled, name="test-listener")
    def hear(deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            assert isinstance(delivery.event, Belled)
            if delivery.event.times in BROKEN:
                raise ValueError("cannot hear this one")
        SEEN.extend((d.event.subject, d.event.times) for d in deliveries if isinstance(d.event, Belled))

    dispatcher.enrol()
    yield
    listeners.registry.clear()
    listeners.registry.update(others)


def ring(subject: UUID, times: int) -> None:
    with transaction.atomic():
        outbox.publish(Belled(subject=subject, organisatie=ORG, times=times))


def test_outside_a_transaction_nothing_can_be_published() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        outbox.publish(Belled(subject=uuid4(), organisatie=ORG, times=1))


def test_a_rolled_back_change_is_not_announced_and_a_committed_one_is_announced_once() -> None:
    subject = uuid4()
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.publish(Belled(subject=subject, organisatie=ORG, times=1))
        raise RuntimeError
    ring(subject, 2)
    dispatcher.drain()
    dispatcher.drain()
    assert [(subject, 2)] == SEEN


def test_events_of_one_subject_arrive_in_order() -> None:
    subject = uuid4()
    for times in range(30):
        ring(subject, times)
    dispatcher.drain()
    assert [times for _, times in SEEN] == list(range(30))


def test_a_failing_event_holds_up_its_own_subject_only_and_is_tried_again() -> None:
    sick, well = uuid4(), uuid4()
    BROKEN.add(1)
    ring(sick, 0)
    ring(sick, 1)
    ring(well, 5)
    ring(sick, 2)
    dispatcher.drain()
    assert [(sick, 0), (well, 5)] == SEEN
    errors = [r["error"] for r in rows("select error from loket_events_parked order by event_id")]
    assert errors[0] == "ValueError: cannot hear this one"
    assert len(errors) == 2

    ring(sick, 3)
    dispatcher.drain()
    assert SEEN[2:] == []

    BROKEN.clear()
    with frozen(now() + timedelta(hours=2)):
        dispatcher.drain()
    assert SEEN[2:] == [(sick, 1), (sick, 2), (sick, 3)]
    assert value("select count(*) from loket_events_parked") == 0


def test_a_new_listener_starts_now() -> None:
    ring(uuid4(), 1)
    dispatcher.drain()
    heard: list[Delivery] = []
    listeners.listen(Belled, name="late")(heard.extend)
    dispatcher.enrol()
    ring(uuid4(), 2)
    dispatcher.drain()
    assert [d.event.times for d in heard if isinstance(d.event, Belled)] == [2]


def test_after_a_restore_nothing_is_delivered_twice_and_nothing_is_lost() -> None:
    first, second = uuid4(), uuid4()
    ring(first, 1)
    dispatcher.drain()
    ring(second, 2)
    execute("update loket_events_event set xid = (xid::text::bigint + 1000000)::text::xid8")  # as in another cluster
    execute("update loket_events_listener set xid = (xid::text::bigint + 1000000)::text::xid8")
    outbox.after_restore()
    dispatcher.drain()
    assert [(first, 1), (second, 2)] == SEEN
    ring(second, 3)
    dispatcher.drain()
    assert SEEN[-1] == (second, 3)


def test_an_event_survives_the_outbox_and_speaks_cloudevents() -> None:
    event = Belled(subject=uuid4(), organisatie=ORG, times=3, by=uuid4())
    assert restore(event.type, event.subject, event.organisatie, event.data()) == event
    sent = cloudevent(uuid4(), now(), event, "urn:nld:oin:test")
    assert sent["specversion"] == "1.0"
    assert sent["type"] == "nl.loket.test.bel.gebeld"
    assert sent["data"]["times"] == 3

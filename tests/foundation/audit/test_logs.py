"""The two logs only grow, and the data-use log names purpose and role but never the employee."""

from uuid import uuid4

import psycopg
import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.audit import activities
from loket.foundation.audit.trail import record, record_refusal
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import execute, row, rows

pytestmark = pytest.mark.django_db

CLERK = Actor("medewerker", id=uuid4(), naam="Fenna Wierda", organisatie=uuid4(), functie="Behandelaar")


@pytest.mark.parametrize("log", ["loket_audit_handeling", "loket_audit_dataverwerking"])
@pytest.mark.parametrize("attack", ["update {} set organisatie = null", "delete from {}", "truncate {}"])
def test_a_log_only_grows(log: str, attack: str) -> None:
    record(CLERK, "zaak.lezen", "zaak", uuid4())
    activities.register("test.inzien", naam="Inzien", doel="Test", grondslag="Geen")
    Use(CLERK, "test.inzien").log(["iemand"])
    with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
        execute(attack.format(log))


def test_a_use_writes_a_line_for_each_person_once_without_naming_the_employee() -> None:
    activities.register("test.inzien", naam="Inzien", doel="Test", grondslag="Geen")
    use = Use(CLERK, "test.inzien", zaak=uuid4())
    assert use.log(["een", "twee", "een"]) == 2
    lines = rows("select * from loket_audit_dataverwerking where trace_id = %s", (use.trace,))
    assert {line["betrokkene"] for line in lines} == {"een", "twee"}
    assert len({line["span_id"] for line in lines}) == 2
    for line in lines:
        assert line["verwerkingsactiviteit"] == "urn:loket:verwerkingsactiviteit:test.inzien:1"
        assert line["rol"] == "Behandelaar"
        assert str(CLERK.id) not in str(line)
        assert "Fenna" not in str(line)


def test_a_use_without_a_registered_activity_is_impossible() -> None:
    with pytest.raises(KeyError):
        Use(CLERK, "verzonnen.doel")


def test_a_refusal_is_written_without_the_secret_of_the_address() -> None:
    secret = "s" * 43
    record_refusal(Actor("anoniem"), "GET", f"/volg/{secret}/", "onbekende link")
    line = row("select * from loket_audit_handeling where not gelukt")
    assert line is not None
    assert secret not in str(line)
    assert line["detail"]["pad"].startswith("/volg/ssssss…")

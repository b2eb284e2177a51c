"""Statements of `database.sql` are really prepared: a page of many joins costs more to plan than to run."""

import pytest

from loket.foundation.database.sql import rows, value

pytestmark = pytest.mark.django_db


def test_a_statement_is_planned_once() -> None:
    for n in range(3):
        assert value("select %(n)s::int + 41", {"n": n}) == n + 41
    gevonden = rows("select statement from pg_prepared_statements where statement like %(deel)s", {"deel": "%+ 41"})
    assert len(gevonden) == 1

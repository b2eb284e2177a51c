"""Reads and writes in one prepared SQL statement, on Django's connection and so in its transaction.

Django's own cursors paste values into the text on the client and can never be prepared; these are bound on the
server. Errors of psycopg arrive here unwrapped.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import RowFactory, dict_row, tuple_row
from psycopg.types.json import JsonbLoader

type Params = Mapping[str, Any] | Sequence[Any] | None


def raw() -> psycopg.Connection[Any]:
    """This thread's psycopg connection, inside the transaction that Django has open on it."""
    connection.ensure_connection()
    wrapped = connection.connection
    assert isinstance(wrapped, psycopg.Connection)
    return wrapped


def _cursor[Row](shape: RowFactory[Row]) -> psycopg.Cursor[Row]:
    """A cursor that binds on the server. Django makes jsonb arrive as text for its own fields; here it arrives read."""
    cursor: psycopg.Cursor[Row] = psycopg.Cursor(raw(), row_factory=shape)
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    return cursor


def rows(sql: str, params: Params = None) -> list[dict[str, Any]]:
    """All rows of one statement, each as a dict by column name."""
    with _cursor(dict_row) as cursor:
        return cursor.execute(sql.encode(), params, prepare=True).fetchall()


def row(sql: str, params: Params = None, *, prepare: bool = True) -> dict[str, Any] | None:
    """The first row of one statement, or None. Without `prepare` it is planned for these very parameters each time,
    which costs milliseconds: for what depends on how rare they are."""
    with _cursor(dict_row) as cursor:
        return cursor.execute(sql.encode(), params, prepare=prepare).fetchone()


def value(sql: str, params: Params = None) -> Any:
    """The one value of a statement that always gives a row (a count, a nextval); LookupError when it gives none."""
    with _cursor(tuple_row) as cursor:
        found = cursor.execute(sql.encode(), params, prepare=True).fetchone()
    if found is None:
        raise LookupError("The statement gave no row.")
    return found[0]


def execute(sql: str, params: Params = None) -> int:
    """Run one statement for its effect; the number of rows it touched."""
    with _cursor(tuple_row) as cursor:
        return cursor.execute(sql.encode(), params, prepare=True).rowcount

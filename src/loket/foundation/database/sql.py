"""Reads and writes in one prepared SQL statement, on Django's connection and so in its transaction.

Django's own cursors paste values into the text on the client and can never be prepared; these are bound on the
server. Errors of psycopg arrive here unwrapped.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import RowFactory, dict_row, tuple_row
from psycopg.types.json import JsonbLoader

type Params = Mapping[str, Any] | Sequence[Any] | None


class Array(tuple[Any, ...]):
    """Keys or numbers that are given to many statements: written as a PostgreSQL array once. The statement says of what
    type it is (`%(keys)s::uuid[]`)."""

    @cached_property
    def text(self) -> str:
        """As PostgreSQL reads it."""
        return "{" + ",".join(map(str, self)) + "}"


def raw() -> psycopg.Connection[Any]:
    """This thread's psycopg connection, inside the transaction that Django has open on it."""
    connection.ensure_connection()
    wrapped = connection.connection
    assert isinstance(wrapped, psycopg.Connection)
    return wrapped


def _cursor[Row](shape: RowFactory[Row]) -> psycopg.Cursor[Row]:
    """A cursor that binds on the server. Django makes jsonb arrive as text for its own fields; here it arrives read."""
    cursor: psycopg.Cursor[Row] = psycopg.RawCursor(raw(), row_factory=shape)
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    return cursor


_PLACE = re.compile(r"%(?:%|s|\((\w+)\)s)")


@lru_cache(maxsize=4_000)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A statement with $1, $2, … for its places, and what each is called; the same name is the same place. psycopg does
    this for short statements alone, and else each time again."""
    names: list[str] = []
    places = 0

    def place(found: re.Match[str]) -> str:
        nonlocal places
        if found[0] == "%%":
            return "%"
        if (name := found[1]) is None:
            places += 1
            return f"${places}"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _PLACE.sub(place, sql).encode(), tuple(names)


def _bound(sql: str, params: Params) -> tuple[bytes, Sequence[Any] | None]:
    """The statement and its parameters, as PostgreSQL takes them. Raises KeyError for a parameter that is missing."""
    if params is None:
        return sql.encode(), None
    text, names = _numbered(sql)
    given = [params[name] for name in names] if isinstance(params, Mapping) else params
    return text, [each.text if isinstance(each, Array) else each for each in given]


def rows(sql: str, params: Params = None) -> list[dict[str, Any]]:
    """All rows of one statement, each as a dict by column name."""
    with _cursor(dict_row) as cursor:
        return cursor.execute(*_bound(sql, params), prepare=True).fetchall()


def row(sql: str, params: Params = None, *, prepare: bool = True) -> dict[str, Any] | None:
    """The first row of one statement, or None. Without `prepare` it is planned for these very parameters each time,
    which costs milliseconds: for what depends on how rare they are."""
    with _cursor(dict_row) as cursor:
        return cursor.execute(*_bound(sql, params), prepare=prepare).fetchone()


def value(sql: str, params: Params = None) -> Any:
    """The one value of a statement that always gives a row (a count, a nextval); LookupError when it gives none."""
    with _cursor(tuple_row) as cursor:
        found = cursor.execute(*_bound(sql, params), prepare=True).fetchone()
    if found is None:
        raise LookupError("The statement gave no row.")
    return found[0]


def execute(sql: str, params: Params = None) -> int:
    """Run one statement for its effect; the number of rows it touched."""
    with _cursor(tuple_row) as cursor:
        return cursor.execute(*_bound(sql, params), prepare=True).rowcount

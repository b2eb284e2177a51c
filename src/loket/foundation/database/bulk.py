"""Many rows at once, by COPY: for the demo, for migrations from other systems and for measurements.

It goes past commands, so past events and the audit trail: whoever loads in bulk says so, once, in the trail.
"""

from typing import Any

from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from loket.foundation.database.sql import raw

FLUSH_AT = 20_000


class Bulk:
    """Rows of one table, written with COPY each time enough have gathered, in the transaction that is open.

    Values are given by attribute name (`zaak_id`, not `zaak`); what is not given gets the default of the model's
    field, and a new key is made. Nothing is checked but by the database.
    """

    def __init__(self, model: type[models.Model]) -> None:
        fields = [
            field
            for field in model._meta.concrete_fields
            if not (getattr(field, "generated", False) or field.has_db_default() or isinstance(field, models.AutoField))
        ]
        self._names = [field.attname for field in fields]
        self._json = {field.attname for field in fields if isinstance(field, models.JSONField)}
        self._known = frozenset(self._names)
        self._fixed = {f.attname: f.get_default() for f in fields if not callable(f.default)}
        self._made = {f.attname: f.get_default for f in fields if callable(f.default)}
        self._copy = sql.SQL("copy {} ({}) from stdin").format(
            sql.Identifier(model._meta.db_table), sql.SQL(", ").join([sql.Identifier(str(f.column)) for f in fields])
        )
        self._rows: list[dict[str, Any]] = []
        self.written = 0

    def add(self, **values: Any) -> Any:
        """Add a row; gives its key (`id`) back, or None when the table has no such column."""
        if not values.keys() <= self._known:
            raise TypeError(f"No such columns: {sorted(values.keys() - self._known)}")
        row = self._fixed | {name: make() for name, make in self._made.items() if name not in values} | values
        if len(self._rows) >= FLUSH_AT:
            self.flush()
        self._rows.append(row)
        return row.get("id")

    def last(self) -> dict[str, Any]:
        """The row that was added last, which may still be changed before the next is added."""
        return self._rows[-1]

    def flush(self) -> None:
        """Write what has gathered."""
        if not self._rows:
            return
        with raw().cursor() as cursor, cursor.copy(self._copy) as copy:
            for row in self._rows:
                copy.write_row(
                    [
                        Jsonb(row[name]) if name in self._json and row[name] is not None else row[name]
                        for name in self._names
                    ]
                )
        self.written += len(self._rows)
        self._rows.clear()

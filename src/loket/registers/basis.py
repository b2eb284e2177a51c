"""What every table of every register has, and the checks that every command makes."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute
from loket.foundation.errors import Refused


class Rij(models.Model):
    """A row of a register: a key of its own, and the organisation in whose file it stands.

    Foreign keys to what a row is part of cascade in the database; all others refuse there (`DO_NOTHING` beside the
    database's own constraint), so that no deletion can pass a command by.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(
        "loket_identity.Organisatie", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    organisatie_id: UUID

    class Meta:
        abstract = True


def tekst(max_length: int, default: str | None = "", **options: Any) -> "models.CharField[str, str]":
    """A text of a standard, with the length that the standard gives it; optional means empty, never null."""
    if default is not None:
        options |= {"default": default, "blank": True}
    return models.CharField(max_length=max_length, **options)


def controleer(rij: models.Model) -> None:
    """Check the texts of a row before it is written. Raises Refused (`max_length`, `null_characters`) for the first one
    that does not fit; everything else in Unicode is kept as it is."""
    for field in rij._meta.concrete_fields:
        value = rij.__dict__.get(field.attname)
        if not isinstance(value, str):
            continue
        if "\x00" in value:
            raise Refused(
                "null_characters", _("In deze tekst staat een teken dat wij niet kunnen bewaren."), field.name
            )
        if isinstance(field, models.CharField) and field.max_length and len(value) > field.max_length:
            raise Refused(
                "max_length",
                _("Deze tekst is te lang: hij mag %(max)d tekens hebben en heeft er %(lengte)d.")
                % {"max": field.max_length, "lengte": len(value)},
                field.name,
            )


def bewaar[M: models.Model](rij: M) -> M:
    """Check a new row and insert it with one prepared statement; gives it back. What the database fills in (generated
    columns) is fetched when asked for."""
    _voeg_in(rij, "")
    return rij


def bewaar_eens(rij: models.Model, *sleutel: str) -> bool:
    """Insert a new row unless there is one with the same unique columns `sleutel`; whether it was inserted. When
    another transaction is inserting the same, it waits for the end of that one."""
    return _voeg_in(rij, f" on conflict ({', '.join(sleutel)}) do nothing") == 1


def _voeg_in(rij: models.Model, bij_conflict: str) -> int:
    controleer(rij)
    sql, fields = _insert(type(rij))
    waarden = [rij.__dict__.get(field.attname) for field in fields]
    aantal = execute(
        sql + bij_conflict,
        [
            Jsonb(waarde) if waarde is not None and isinstance(field, models.JSONField) else waarde
            for field, waarde in zip(fields, waarden, strict=True)
        ],
    )
    rij._state.adding = False
    rij._state.db = "default"
    for field in rij._meta.concrete_fields:
        if field.generated:
            rij.__dict__.pop(field.attname, None)
    return aantal


@cache
def _insert(model: type[models.Model]) -> tuple[str, "list[models.Field[Any, Any]]"]:
    """The insert statement of a table, and the fields that it takes in order."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    kolommen = ", ".join(f'"{field.column}"' for field in fields)
    plaatsen = ", ".join(["%s"] * len(fields))
    return f'insert into "{model._meta.db_table}" ({kolommen}) values ({plaatsen})', fields

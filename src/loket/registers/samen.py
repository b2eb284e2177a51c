"""Several new rows in one statement: what makes receiving a reactie fast."""

from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
from django.db import connection, models

from loket.foundation.database.sql import raw
from loket.registers.basis import controleer

if TYPE_CHECKING:
    type Velden = tuple[tuple[models.Field[Any, Any], ...], ...]


@lru_cache(maxsize=256)
def _opdracht(modellen: tuple[type[models.Model], ...]) -> "tuple[str, Velden]":
    """The statement that inserts one row of each model, in this order, and the fields of each."""
    velden = tuple(tuple(field for field in model._meta.concrete_fields if not field.generated) for model in modellen)
    nummers = count(1)
    delen = [
        f'insert into "{model._meta.db_table}" ({", ".join(_naam(field.column) for field in eigen)})'
        f" values ({', '.join(f'${next(nummers)}' for _field in eigen)})"
        for model, eigen in zip(modellen, velden, strict=True)
    ]
    ervoor = ", ".join(f"d{nummer} as ({deel})" for nummer, deel in enumerate(delen[:-1]))
    return (f"with {ervoor} {delen[-1]}" if ervoor else delen[-1]), velden


def _naam(kolom: str | None) -> str:
    return f'"{kolom}"'


def bewaar_samen(*rijen: models.Model) -> None:
    """Check and insert new rows of any tables in one prepared statement. The database checks what refers to what at its
    end, so the order does not matter. Raises Refused for a text that does not fit (`registers.basis.controleer`)."""
    sql, velden = _opdracht(tuple(type(rij) for rij in rijen))
    params: list[Any] = []
    for rij, eigen in zip(rijen, velden, strict=True):
        controleer(rij)
        params += [field.get_db_prep_save(getattr(rij, field.attname), connection) for field in eigen]
        rij._state.adding = False
    # numbered parameters: psycopg reads a long statement with %s anew each time, which costs more than running it
    with psycopg.RawCursor(raw()) as cursor:
        cursor.execute(sql.encode(), params, prepare=True)

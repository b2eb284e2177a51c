"""What every table of every register has, and the checks that every command makes."""

from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from loket.foundation.database.ids import uuid7
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
    """Check a new row and insert it; gives it back."""
    controleer(rij)
    rij.save(force_insert=True)
    return rij

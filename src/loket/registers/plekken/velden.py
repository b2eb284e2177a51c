"""Two kinds of columns for places: a geometry (WKB) and its box, which a GiST index finds. There is no PostGIS here.

Traps that were measured: `vak @> point` is not indexable, write `vak && box(...)`; and PostgreSQL knows nothing about
how many rows a box meets, so never order by the key with a limit beside it.

shapely (and numpy behind it) is imported where a geometry is met: half a second that most commands do not need.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    BinairVeld = models.BinaryField[Any, Any]
    Veld = models.Field[Any, Any]
else:
    BinairVeld, Veld = models.BinaryField, models.Field


class VormVeld(BinairVeld):
    """A shapely geometry in RD metres, stored as WKB."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        import shapely

        return shapely.from_wkb(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, bytes | bytearray | memoryview):
            return super().get_db_prep_value(value, connection, prepared)
        import shapely

        wkb = shapely.to_wkb(value) if isinstance(value, shapely.Geometry) else value
        return super().get_db_prep_value(wkb, connection, prepared)


class VakVeld(Veld):
    """The box around a geometry: (x0, y0, x1, y1) in RD metres. Column type `box`."""

    def db_type(self, connection: Any) -> str:
        return "box"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> tuple[float, ...] | None:
        if value is None:
            return None
        x1, y1, x0, y0 = (float(v) for v in str(value).replace("(", "").replace(")", "").split(","))
        return (x0, y0, x1, y1)

    def get_prep_value(self, value: Any) -> Any:
        return vak_tekst(value) if isinstance(value, tuple) else value


def vak_tekst(vak: tuple[float, ...]) -> str:
    """A box as PostgreSQL writes it."""
    x0, y0, x1, y1 = vak
    return f"({x1},{y1}),({x0},{y0})"

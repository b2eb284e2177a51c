"""`fields` of `_zoek` (zrc-029): which fields are answered, also of what is expanded."""

from dataclasses import dataclass
from typing import Any

from loket.foundation.api.problem import Problem, invalid
from loket.foundation.api.resource import Link, Links, Resource, registry

ALLES = "*"


@dataclass(frozen=True)
class Selectie:
    """Fields by name, parts of groups (`processobject`), and selections of what is expanded; `*` is all."""

    velden: frozenset[str]
    groepen: dict[str, frozenset[str]]
    onder: dict[str, "Selectie"]

    @classmethod
    def van(cls, resource: Resource, fields: Any, diepte: int = 1) -> "Selectie":
        """What `["url", {"zaaktype": ["omschrijving"]}]` asks. Raises Problem: 400 for a shape that it cannot have,
        404 for a field that is not there (zrc-027)."""
        if not isinstance(fields, list) or diepte > 10:
            raise invalid("fields", "invalid", "Geef velden als lijst van namen en objecten.")
        velden: set[str] = set()
        groepen: dict[str, frozenset[str]] = {}
        onder: dict[str, Selectie] = {}
        for each in fields:
            if isinstance(each, str):
                if each != ALLES and each != "url" and each not in resource.fields:
                    raise Problem(404, f"Het veld {each} is er niet.")
                velden.add(each)
            elif isinstance(each, dict):
                for naam, binnen in each.items():
                    link = resource.fields.get(naam)
                    if isinstance(link, Link | Links):
                        onder[naam] = cls.van(registry[link.to], binnen, diepte + 1)
                    elif link is not None and isinstance(binnen, list) and all(isinstance(x, str) for x in binnen):
                        groepen[naam] = frozenset(binnen)
                    else:
                        raise Problem(404, f"{naam} kan niet worden uitgeklapt.")
            else:
                raise invalid("fields", "invalid", "Geef velden als lijst van namen en objecten.")
        return cls(frozenset(velden), groepen, onder)

    @property
    def expand(self) -> str:
        """The paths that must be expanded for it."""
        return ",".join(self._paden(""))

    def _paden(self, voor: str) -> list[str]:
        return [pad for naam, each in self.onder.items() for pad in (voor + naam, *each._paden(f"{voor}{naam}."))]

    def kies(self, heel: dict[str, Any]) -> dict[str, Any]:
        """Of an object with all fields, those that were asked."""
        gekozen = {
            naam: waarde
            for naam, waarde in heel.items()
            if naam != "_expand" and (ALLES in self.velden or naam in self.velden)
        }
        for naam, delen in self.groepen.items():
            binnen = heel.get(naam)
            if isinstance(binnen, dict):
                gekozen[naam] = {deel: w for deel, w in binnen.items() if ALLES in delen or deel in delen}
        if self.onder:
            gekozen["_expand"] = {naam: each._kies(heel["_expand"][naam]) for naam, each in self.onder.items()}
        return gekozen

    def _kies(self, heel: Any) -> Any:
        if isinstance(heel, list):
            return [self.kies(each) for each in heel]
        return self.kies(heel) if heel else heel

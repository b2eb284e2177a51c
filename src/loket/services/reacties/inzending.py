"""What a resident sends: plain values, checked by rules and not by trust. Pure."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from loket.foundation.errors import Refused
from loket.services.reacties import rules
from loket.services.reacties.categorieen import SOORTEN, categorie

MAX_NAAM, MAX_OVER, MAX_WOORDEN = 200, 400, 500


@dataclass(frozen=True)
class Plek:
    """Where it is: `label` as the map says it ('Kastanjelaan, bij nummer 12'), `x` and `y` in RD metres, and `woorden`
    of the resident's own."""

    label: str = ""
    woorden: str = ""
    x: float | None = None
    y: float | None = None

    def __bool__(self) -> bool:
        return bool(self.label or self.woorden or self.x is not None)


@dataclass(frozen=True)
class Foto:
    """A file that was checked, cleaned and stored: `id` within the draft, the place that was in it (RD), if any."""

    id: str
    naam: str
    sha256: str
    grootte: int
    formaat: str
    klein: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Inzending:
    """One reactie as it comes in, by the form or through an employee (`kanaal`)."""

    soort: str
    tekst: str
    categorie: str = ""
    plek: Plek = Plek()
    fotos: tuple[Foto, ...] = ()
    naam: str = ""
    email: str = ""
    telefoon: str = ""
    over: str = ""
    kanaal: str = "website"
    taal: str = "nl"
    zelfde: str = ""

    @property
    def bereikbaar(self) -> bool:
        """Whether contact details were left."""
        return bool(self.email or self.telefoon)

    def met(self, **velden: Any) -> "Inzending":
        """The same with other values."""
        return replace(self, **velden)


def naar_json(inzending: Inzending) -> dict[str, Any]:
    """As a draft keeps it."""
    return asdict(inzending)


def uit_json(gegevens: dict[str, Any], soort: str) -> Inzending:
    """From what a draft kept."""
    plek = Plek(**gegevens.get("plek", {}))
    fotos = tuple(Foto(**foto) for foto in gegevens.get("fotos", ()))
    rest = {k: v for k, v in gegevens.items() if k in _TEKSTEN}
    return Inzending(**{"soort": soort, "tekst": "", **rest, "plek": plek, "fotos": fotos})


_TEKSTEN = ("soort", "tekst", "categorie", "naam", "email", "telefoon", "over", "kanaal", "taal", "zelfde")


def _lengte(waarde: str, maximum: int, veld: str) -> None:
    if len(waarde) > maximum:
        raise Refused(
            "max_length",
            _("Uw tekst is te lang: %(is)d tekens. Er passen er %(max)d.") % {"is": len(waarde), "max": maximum},
            veld,
        )
    if "\x00" in waarde:
        raise Refused(
            "null_characters", _("In uw tekst zit een teken dat wij niet kunnen bewaren. Typ de tekst opnieuw."), veld
        )


def controleer(inzending: Inzending) -> None:
    """Whether this can be received. Raises Refused with the field it is about, in words."""
    if inzending.soort not in SOORTEN:
        raise Refused("invalid_choice", _("Deze soort reactie kennen wij niet."), "soort")
    if not inzending.tekst.strip():
        raise Refused("required", _("Vertel eerst wat er is."), "tekst")
    _lengte(inzending.tekst, rules.MAX_TEKST, "tekst")
    if inzending.categorie and categorie(inzending.soort, inzending.categorie) is None:
        raise Refused("invalid_choice", _("Deze keuze is er niet meer. Kies opnieuw."), "categorie")
    for waarde, maximum, veld in (
        (inzending.plek.woorden, MAX_WOORDEN, "woorden"),
        (inzending.plek.label, MAX_NAAM, "woorden"),
        (inzending.naam, MAX_NAAM, "naam"),
        (inzending.over, MAX_OVER, "over"),
        (inzending.email, 254, "email"),
        (inzending.telefoon, 20, "telefoon"),
    ):
        _lengte(waarde, maximum, veld)
    if len(inzending.fotos) > rules.MAX_FOTOS:
        raise Refused("te_veel", _("U kunt %d bestanden meesturen.") % rules.MAX_FOTOS, "foto")
    if inzending.soort == "klacht":
        if not inzending.naam.strip():
            raise Refused("required", _("Vul uw naam in. Een klacht moet een naam hebben."), "naam")
        if not inzending.bereikbaar:
            raise Refused("required", _("Vul uw e-mailadres of telefoonnummer in. Dan kunnen wij antwoorden."), "email")

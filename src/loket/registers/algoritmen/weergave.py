"""The figures of a model in plain words and tables, for who never saw such a figure before."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loket.foundation.web.components import Figure
from loket.registers.algoritmen.aangifte import Algoritme
from loket.registers.algoritmen.queries import Gebruik

GENOEG = 20
"""What people did with suggestions is shown from so many on: fewer says nothing."""


@dataclass(frozen=True)
class Rij:
    """One line of a table: a name and numbers of 100 (None: nothing to say)."""

    naam: str
    aantal: int
    dekking: int | None
    precisie: int | None
    terughalen: int | None


@dataclass(frozen=True)
class Stand:
    """How it stands with one algorithm at one organisation."""

    organisatie: dict[str, Any]
    model: dict[str, Any] | None
    cijfers: list[Figure]
    vergelijking: list[Rij]
    labels: list[Rij]
    verwarring: list[tuple[str, str, int]]
    ijking: list[tuple[int, int, int, int]]
    weggelaten: list[str]
    waarom: str
    gebruik: Gebruik
    gevolgd: int | None


def honderd(deel: float, geheel: float) -> int | None:
    """How many of 100, rounded; None of nothing."""
    return round(100 * deel / geheel) if geheel else None


def waarom(model: dict[str, Any] | None) -> str:
    """Why the trained model suggests, or why not, in a sentence; '' while nothing was trained."""
    if model is None:
        return ""
    doel = honderd(model["cijfers"].get("doel", 0), 1)
    zinnen = {
        "beter": _("Het getrainde model doet op dezelfde reacties meer goede voorstellen dan de trefwoorden."),
        "te_weinig": _(
            "Er zijn nog te weinig afgehandelde reacties om van te leren, of er valt niets te kiezen. De trefwoorden"
            " doen de voorstellen."
        ),
        "onzeker": _(
            "Het model haalt niet dat %(doel)s van de 100 voorstellen kloppen. De trefwoorden doen de voorstellen."
        ),
        "regels_beter": _(
            "De trefwoorden doen op dezelfde reacties evenveel of meer goede voorstellen. Wij houden die."
        ),
    }
    return zinnen.get(model["reden"], "") % {"doel": doel}


def stand(
    algoritme: Algoritme, organisatie: dict[str, Any], model: dict[str, Any] | None, gebruik: Gebruik | None
) -> Stand:
    """Everything that the page says of one organisation."""
    gebruik = gebruik or Gebruik()
    namen = algoritme.labelnaam(organisatie["id"]) if algoritme.labelnaam else {}
    meting = (model or {}).get("cijfers") or {}
    gevolgd = honderd(gebruik.gevolgd, gebruik.gezegd) if gebruik.gezegd >= GENOEG else None
    if "model" not in meting:
        return Stand(organisatie, model, [], [], [], [], [], [], waarom(model), gebruik, gevolgd)
    eigen = meting["model"]
    vergelijking = [_rij(_("Het getrainde model"), eigen)]
    if meting.get("regels"):
        vergelijking.append(_rij(_("De trefwoorden"), meting["regels"]))
    vergelijking.append(_rij(_("Het model, als het altijd iets moest zeggen"), meting["altijd"]))
    vergelijking.append(_rij(_("Altijd het meest voorkomende kiezen"), meting["meerderheid"]))
    return Stand(
        organisatie,
        model,
        [
            Figure(_("%(n)s van 100") % {"n": honderd(eigen["goed"], eigen["gezegd"]) or 0}, _("voorstellen kloppen")),
            Figure(
                _("%(n)s van 100") % {"n": honderd(eigen["gezegd"], eigen["aantal"]) or 0},
                _("reacties krijgen een voorstel; bij de rest zegt het model niets"),
            ),
            Figure(
                _("%(n)s van 100") % {"n": honderd(eigen["terughalen_macro"], 1) or 0},
                _("reacties van een onderwerp of team krijgen het goede voorstel, gemiddeld over alle"),
            ),
        ],
        vergelijking,
        [
            Rij(
                namen.get(label["label"], _("Bestaat niet meer")),
                label["aantal"],
                honderd(label["gezegd"], eigen["aantal"]),
                honderd(label["goed"], label["gezegd"]),
                honderd(label["goed"], label["aantal"]),
            )
            for label in sorted(meting["labels"], key=lambda each: -each["aantal"])
        ],
        [(namen.get(e, "?"), namen.get(g, "?"), n) for e, g, n in meting["verwarring"] if n > 1][:6],
        [
            (round(100 * laag), aantal, round(100 * gedacht), round(100 * waar))
            for laag, aantal, gedacht, waar in meting["ijking"]
        ],
        [namen.get(label, "?") for label in meting.get("weggelaten", {})],
        waarom(model),
        gebruik,
        gevolgd,
    )


def _rij(naam: str, cijfers: dict[str, Any]) -> Rij:
    return Rij(
        naam,
        cijfers["aantal"],
        honderd(cijfers["gezegd"], cijfers["aantal"]),
        honderd(cijfers["goed"], cijfers["gezegd"]),
        honderd(cijfers["terughalen_macro"], 1),
    )


def als_json(algoritme: Algoritme, standen: list[Stand]) -> dict[str, Any]:
    """The same for machines; the names of the first part are the headings of the publication standard."""
    return {
        "standaardversie": "1.0",
        "code": algoritme.code,
        "naam": str(algoritme.naam),
        "korte_beschrijving": str(algoritme.kort),
        "publicatiecategorie": algoritme.categorie,
        "status": "in gebruik",
        "begindatum": algoritme.sinds.isoformat(),
        "doel": str(algoritme.doel),
        "proportionaliteit": str(algoritme.proportionaliteit),
        "menselijke_tussenkomst": str(algoritme.menselijke_tussenkomst),
        "risicos": str(algoritme.risicos),
        "wettelijke_grondslag": str(algoritme.wettelijke_grondslag),
        "gegevens": str(algoritme.gegevens),
        "methoden_en_modellen": str(algoritme.werking),
        "monitoring": str(algoritme.monitoring),
        "organisaties": [
            {
                "naam": each.organisatie["naam"],
                "email": each.organisatie["email"],
                "gebruik_90_dagen": vars(each.gebruik),
                "model": None
                if each.model is None
                else {
                    "getraind_op": each.model["getraind_op"].isoformat(),
                    "voorbeelden": each.model["voorbeelden"],
                    "van": each.model["van"] and each.model["van"].isoformat(),
                    "tot_en_met": each.model["tot_en_met"] and each.model["tot_en_met"].isoformat(),
                    "in_gebruik": each.model["in_gebruik"],
                    "reden": each.model["reden"],
                    "drempel": each.model["drempel"],
                    "sha256": each.model["sha256"],
                    "cijfers": each.model["cijfers"],
                },
            }
            for each in standen
        ],
    }

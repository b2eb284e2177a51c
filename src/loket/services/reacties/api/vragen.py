"""What Open311 offers: the categories of reports, and for some of them what we ask more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.services.reacties.categorieen import ANDERS, CATEGORIEEN, GEVAAR, Categorie
from loket.services.reacties.queries.open311 import BESLOTEN

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Vraag:
    """One attribute of a service definition. `waarden`: code and words of a choice. `tonen`: only to be shown."""

    code: str
    tekst: "Promise"
    soort: Literal["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
    waarden: tuple[tuple[str, "Promise"], ...] = ()
    verplicht: bool = False
    tonen: bool = False
    uitleg: "Promise | str" = ""


VRAGEN: dict[str, tuple[Vraag, ...]] = {
    "lamp": (
        Vraag(
            "hoeveel",
            _("Zijn er meer lampen kapot?"),
            "singlevaluelist",
            (("een", _("Eén lamp")), ("meer", _("Meer lampen in de straat"))),
            verplicht=True,
        ),
        Vraag("mastnummer", _("Welk nummer staat op de paal?"), "string", uitleg=_("Letters en cijfers")),
    ),
    "voertuig": (
        Vraag("wat", _("Wat staat er?"), "singlevaluelist",
              (("auto", _("Een auto of aanhanger")), ("fiets", _("Een fiets")), ("anders", _("Iets anders")))),
        Vraag("privacy", _("Schrijf geen kenteken op. Dat hebben wij niet nodig."), "string", tonen=True),
    ),
}  # fmt: skip
MAX_ANTWOORD = 500


def diensten() -> list[Categorie]:
    """The categories that are offered. Not danger: that is for 112, and no app may suggest that we come at once."""
    return [each for each in CATEGORIEEN["melding"] if each.code != GEVAAR]


def dienst(code: str) -> Categorie | None:
    """The category with this code, if it is offered."""
    return next((each for each in diensten() if each.code == code), None)


def soort_dienst(each: Categorie) -> str:
    """`blackbox` when it cannot be followed by everybody, because it points at people."""
    return "blackbox" if each.code in BESLOTEN else "realtime"


def omschrijving(each: Categorie) -> str:
    """What the service is for."""
    if each.code == ANDERS:
        return gettext("Iets anders op straat of in het groen. Beschrijf wat er is.")
    return gettext("Meld het als dit buiten stuk, vies of niet in orde is.")


def definitie(each: Categorie) -> dict[str, object]:
    """The service definition."""
    return {
        "service_code": each.code,
        "attributes": [
            {
                "variable": not vraag.tonen,
                "code": vraag.code,
                "datatype": vraag.soort,
                "required": vraag.verplicht,
                "datatype_description": str(vraag.uitleg) or None,
                "order": volgorde,
                "description": str(vraag.tekst),
                **(
                    {"values": [{"key": key, "name": str(naam)} for key, naam in vraag.waarden]}
                    if vraag.waarden
                    else {}
                ),
            }
            for volgorde, vraag in enumerate(VRAGEN.get(each.code, ()), 1)
        ],
    }


class FoutAntwoord(ValueError):
    """An answer that is missing or does not fit; the message says which."""


def antwoorden(code: str, gegeven: Mapping[str, Sequence[str]]) -> list[str]:
    """The answers as lines for the message: 'Zijn er meer lampen kapot? Eén lamp'. Raises FoutAntwoord."""
    vragen = {vraag.code: vraag for vraag in VRAGEN.get(code, ()) if not vraag.tonen}
    if vreemd := sorted(set(gegeven) - set(vragen)):
        raise FoutAntwoord(f"attribute[{vreemd[0][:50]}] is not part of this service")
    regels = []
    for vraag in vragen.values():
        waarden = [each.strip() for each in gegeven.get(vraag.code, ()) if each.strip()]
        if vraag.verplicht and not waarden:
            raise FoutAntwoord(f"attribute[{vraag.code}] was not provided")
        if len(waarden) > 1 and vraag.soort != "multivaluelist":
            raise FoutAntwoord(f"attribute[{vraag.code}] takes one value")
        if vraag.waarden and not set(waarden) <= set(dict(vraag.waarden)):
            raise FoutAntwoord(f"attribute[{vraag.code}] is none of the values of the service definition")
        if any(len(each) > MAX_ANTWOORD for each in waarden):
            raise FoutAntwoord(f"attribute[{vraag.code}] is longer than {MAX_ANTWOORD} characters")
        if waarden:
            namen = dict(vraag.waarden)
            regels.append(f"{vraag.tekst} {', '.join(str(namen.get(each, each)) for each in waarden)}")
    return regels

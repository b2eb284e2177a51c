"""Which team and which subject a reactie probably has: the trained model of the organisation, else the trefwoorden.

Questions and reports only: a formal complaint goes to named people and never passes through here.
"""

import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.foundation.storage.files import read
from loket.registers.algoritmen import queries as algoritmen
from loket.registers.algoritmen.aangifte import Algoritme, geef_aan
from loket.services.reacties import rules
from loket.services.reacties.categorieen import ANDERS, CATEGORIEEN, GEVAAR, categorie

if TYPE_CHECKING:
    from loket.engines.indeling.model import Model

log = logging.getLogger(__name__)

TEAM, ONDERWERP = "team", "onderwerp"
"""The codes of the two algorithms in the register."""
SOORTEN = ("melding", "vraag")
MAX_MODELLEN = 16
"""Models that a process keeps in memory, the latest used."""
VAK = 500
"""Metres of the side of a square: which one a place lies in is known to the model, never the address."""


@dataclass(frozen=True)
class Gedacht:
    """A suggestion. `label`: the key of a team, or `soort.categorie`; `leermodel` None: the trefwoorden said it."""

    label: str
    zekerheid: float
    leermodel: UUID | None = None
    woorden: tuple[str, ...] = ()


def daarbij(
    soort: str, tekst: str, categorie_code: str = "", x: float | None = None, y: float | None = None
) -> tuple[str, ...]:
    """What is known besides the words: the form, the choice in it, roughly where, and what the trefwoorden point at:
    those also know words that nobody used yet."""
    uit = [f"soort={soort}", *(f"wijst={soort}.{code}" for code in rules.categorieen_in_woorden(soort, tekst))]
    uit.append(f"meest={soort}.{rules.categorie_in_woorden(soort, tekst)}")
    if categorie_code:
        uit.append(f"over={soort}.{categorie_code}")
    if x is not None and y is not None:
        uit += [f"vak={int(x // VAK)}:{int(y // VAK)}", f"wijk={int(x // (4 * VAK))}:{int(y // (4 * VAK))}"]
    return tuple(uit)


class Denker:
    """Suggestions for one organisation; asks the register and the teams once, so make one for each batch."""

    def __init__(self, organisatie: UUID) -> None:
        self.organisatie = organisatie
        self._modellen: dict[str, tuple[UUID, Model] | None] = {}

    def model(self, code: str) -> "tuple[UUID, Model] | None":
        """The trained model that suggests, with its key; None: the trefwoorden do."""
        if code not in self._modellen:
            self._modellen[code] = model_van(self.organisatie, code)
        return self._modellen[code]

    @cached_property
    def _teams(self) -> dict[str, str]:
        return team_namen(self.organisatie)

    @cached_property
    def _domeinen(self) -> dict[str, UUID]:
        return teams_per_domein(self.organisatie)

    def team(
        self, soort: str, tekst: str, categorie_code: str = "", x: float | None = None, y: float | None = None
    ) -> Gedacht | None:
        """The team of the second line that probably knows; None when that is not certain enough."""
        if soort not in SOORTEN:
            return None
        if (gevonden := self.model(TEAM)) is None:
            return team_volgens_woorden(self._domeinen, soort, tekst, categorie_code)
        sleutel, model = gevonden
        gezegd = model.zeg(tekst, daarbij(soort, tekst, categorie_code, x, y), self._teams)
        return Gedacht(gezegd.label, gezegd.zekerheid, sleutel, gezegd.woorden) if gezegd else None

    def onderwerp(self, soort: str, tekst: str) -> Gedacht | None:
        """The subject (`soort.categorie`) that the words speak of; None when that is not certain enough."""
        if soort not in SOORTEN:
            return None
        if (gevonden := self.model(ONDERWERP)) is None:
            return onderwerp_volgens_woorden(soort, tekst)
        sleutel, model = gevonden
        gezegd = model.zeg(tekst, daarbij(soort, tekst), onderwerpen(soort))
        return Gedacht(gezegd.label, gezegd.zekerheid, sleutel, gezegd.woorden) if gezegd else None


# -- the rules that were there before: they go on until a model is measured to be better ------------------------------


def team_volgens_woorden(teams: dict[str, UUID], soort: str, tekst: str, categorie_code: str = "") -> Gedacht | None:
    """What the trefwoorden suggest."""
    gevonden = rules.voorstel(soort, tekst, categorie_code)
    team = teams.get(gevonden.domein) if gevonden else None
    return Gedacht(str(team), gevonden.zekerheid) if gevonden and team else None


def onderwerp_volgens_woorden(soort: str, tekst: str) -> Gedacht | None:
    """The category of the most trefwoorden; how certain that is, nobody measured: as little as may be said at all."""
    code = rules.categorie_in_woorden(soort, tekst)
    return Gedacht(f"{soort}.{code}", rules.MIN_ZEKERHEID) if code else None


def teams_per_domein(organisatie: UUID) -> dict[str, UUID]:
    """For each domain the team that is suggested for it, as `verdeling.team_dat_het_weet` chooses."""
    gevonden: dict[str, UUID] = {}
    for rij in rows(
        "select id, domeinen from loket_identity_team where organisatie_id = %s order by lijn = 2 desc, id",
        (organisatie,),
    ):
        for domein in rij["domeinen"]:
            gevonden.setdefault(domein, rij["id"])
    return gevonden


# -- names ------------------------------------------------------------------------------------------------------------


def team_namen(organisatie: UUID) -> dict[str, str]:
    """The teams that can be suggested, by label: those of the second line."""
    return {
        str(rij["id"]): rij["naam"]
        for rij in rows(
            "select id, naam from loket_identity_team where organisatie_id = %s and lijn = 2", (organisatie,)
        )
    }


def onderwerpen(soort: str = "") -> dict[str, str]:
    """The subjects that can be suggested, by label, of one kind or of all."""
    return {
        f"{welke}.{each.code}": str(each.naam)
        for welke in SOORTEN
        if soort in ("", welke)
        for each in CATEGORIEEN[welke]
        if each.code not in (ANDERS, GEVAAR)
    }


def onderwerp_naam(label: str) -> str:
    """The name of a subject as people read it; '' for one that does not exist."""
    soort, _punt, code = label.partition(".")
    gevonden = categorie(soort, code)
    return str(gevonden.naam) if gevonden is not None else ""


# -- the models in memory ---------------------------------------------------------------------------------------------

_modellen: "OrderedDict[str, Model]" = OrderedDict()
_slot = Lock()


def model_van(organisatie: UUID, code: str) -> "tuple[UUID, Model] | None":
    """The model that suggests for an organisation now, with its key in the register; None: the trefwoorden do. A file
    that is gone or damaged counts as none, and is reported."""
    actief = algoritmen.actief(organisatie, code)
    if actief is None:
        return None
    sha256 = actief["sha256"]
    with _slot:
        if sha256 in _modellen:
            _modellen.move_to_end(sha256)
            return actief["id"], _modellen[sha256]
    from loket.engines.indeling.model import Model, ModelFout

    try:
        model = Model.van_bytes(read(sha256), sha256)
    except (ModelFout, NotFound, OSError):
        log.exception("The model %s cannot be used; the trefwoorden suggest instead.", sha256)
        return None
    with _slot:
        _modellen[sha256] = model
        while len(_modellen) > MAX_MODELLEN:
            _modellen.popitem(last=False)
    return actief["id"], model


# -- what anyone may read ---------------------------------------------------------------------------------------------


def geef_algoritmen_aan() -> None:
    """Enter both in the algorithm register; called once, when Django starts."""
    from loket.services.reacties import leren

    gegevens = _(
        "De woorden van vragen en meldingen die wij afhandelden, ongeveer waar het was (een vak van 500 meter), welk"
        " formulier het was, en wat medewerkers kozen. Geen namen, adressen, telefoonnummers of andere cijfers. Een"
        " woord telt pas mee als drie verschillende mensen het schreven. Klachten en complimenten gaan er niet"
        " doorheen."
    )
    grondslag = _("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang.")
    monitoring = _(
        "Elke week leert het model opnieuw en meten wij het op reacties die het niet kent. Haalt het de grens niet, dan"
        " doen trefwoorden de voorstellen. Wij tellen ook hoe vaak medewerkers een voorstel volgen of verbeteren."
    )
    werking = _(
        "Het model telt woorden, stukjes van woorden en trefwoorden, en weegt welk antwoord daarbij het vaakst hoorde"
        " (logistische regressie). Is het niet zeker genoeg, dan zegt het niets."
    )
    geef_aan(
        Algoritme(
            TEAM,
            naam=_("Voorstel voor een team"),
            kort=_("Een computer leest een vraag of melding en stelt voor welk team ervan weet."),
            doel=_("Uw vraag of melding komt sneller bij wie ervan weet, en gaat minder vaak van hand tot hand."),
            werking=werking,
            gegevens=gegevens,
            menselijke_tussenkomst=_(
                "Een medewerker ziet het voorstel, hoe zeker het is, en kiest zelf. Zonder medewerker gebeurt er niets."
            ),
            proportionaliteit=_(
                "Het voorstel gaat alleen over wie uw bericht leest. Het beslist niet of u gelijk krijgt, hoe snel u"
                " aan de beurt bent of wat u krijgt."
            ),
            risicos=_(
                "Een fout voorstel kan dagen kosten. Daarom zwijgt het model als het twijfelt, en keert een doorgezette"
                " reactie die niemand oppakt terug. Wie anders schrijft dan de meesten, krijgt vaker geen voorstel,"
                " maar wel altijd een mens."
            ),
            wettelijke_grondslag=grondslag,
            monitoring=monitoring,
            zonder=_("Dan leest de eerste medewerker uw bericht en kiest een team. Dat kan altijd."),
            sinds=date(2026, 11, 23),
            labelnaam=team_namen,
            leer=leren.leer_team,
        )
    )
    geef_aan(
        Algoritme(
            ONDERWERP,
            naam=_("Voorstel voor een onderwerp"),
            kort=_("Een computer leest een vraag of melding en stelt voor waar die over gaat."),
            doel=_("Ook een e-mail of telefoontje krijgt een onderwerp. Dan vinden wij dezelfde meldingen bij elkaar."),
            werking=werking,
            gegevens=gegevens,
            menselijke_tussenkomst=_(
                "Een medewerker bevestigt het onderwerp of kiest een ander. Vanzelf verandert het niet."
            ),
            proportionaliteit=_(
                "Het onderwerp zegt niets over u, en verandert niets aan uw rechten of aan de termijn."
            ),
            risicos=_(
                "Met een fout onderwerp tellen wij een melding verkeerd. Een medewerker kan het altijd verbeteren."
            ),
            wettelijke_grondslag=grondslag,
            monitoring=monitoring,
            zonder=_("Dan kiest u zelf een onderwerp in het formulier, of doet een medewerker dat."),
            sinds=date(2026, 11, 23),
            labelnaam=lambda _wie: onderwerpen(),
            leer=leren.leer_onderwerp,
        )
    )

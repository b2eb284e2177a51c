"""The knowledge articles of the demo: most of them good, some about to end or past their day, a proposal, a concept,
and what readers said of them."""

import random
import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any

from loket.assembly.demo.inrichting import SYSTEEM, Wereld
from loket.foundation.time.clock import today
from loket.services.kennis.commands.artikelen import publiceer, schrijf_artikel, stel_wijziging_voor
from loket.services.kennis.models import Artikel, Oordeel, Opmerking, Versie
from loket.services.kennis.rules import check_bronnen

VERLOPEN = ("Waar kan ik oud glas", "Betaal ik hondenbelasting")
"""The articles that nobody checked in time; they begin with these words."""
CONCEPT = "Hoe vraag ik een vergunning aan voor een straatfeest?"
VOORSTEL = "Waar laat ik mijn grofvuil?"
OPMERKINGEN = {
    "Waar laat ik mijn grofvuil?": ((False, "Wat kost het als ik voor de derde keer bel?"),),
    "Hoe vraag ik een parkeervergunning aan?": (
        (False, "Er staat niet bij wat een tweede auto kost."),
        (True, "Snel gevonden."),
    ),
    "Hoe geef ik mijn verhuizing door?": ((True, "Fijn dat de Belastingdienst het ook hoort."),),
}


def laad_kennis(wereld: Wereld, seed: int) -> int:
    """Load the articles. Gives how many there are."""
    kans = random.Random(f"kennis {seed}")  # noqa: S311 (a demo must come out the same each time)
    vandaag = today()
    ruw = files("loket.assembly.demo.teksten").joinpath("data/kennis.toml").read_text(encoding="utf-8")
    gegeven: list[dict[str, Any]] = tomllib.loads(ruw)["artikel"]
    for n, each in enumerate(gegeven):
        mensen = [m for m in wereld.mensen[each["team"]] if m.id not in wereld.afwezig]
        vraag_en, antwoord_en, woorden_en = each.get("en", ("", "", ""))
        artikel = schrijf_artikel(
            SYSTEEM,
            organisatie=wereld.organisaties[each.get("organisatie", "LW")].id,
            onderwerp=each["onderwerp"],
            eigenaar=mensen[n % len(mensen)].id,
            team=wereld.teams[each["team"]].id,
            geldig_tot=vandaag + timedelta(days=10 + kans.randrange(40) if n % 9 == 4 else 60 + kans.randrange(300)),
            voor_bewoners=not each.get("intern", False),
            bronnen=check_bronnen(each.get("bron", ())),
            vraag=each["vraag"],
            antwoord=each["antwoord"],
            trefwoorden=each["trefwoorden"],
            interne_notitie=each.get("notitie", ""),
            vraag_en=vraag_en,
            antwoord_en=antwoord_en,
            trefwoorden_en=woorden_en,
        )
        nagekeken = vandaag - timedelta(days=20 + kans.randrange(200))
        Artikel.objects.filter(id=artikel.id).update(gecontroleerd_op=nagekeken)
        Versie.objects.filter(artikel=artikel).update(door=artikel.eigenaar_id)
        if each["vraag"] != CONCEPT:
            publiceer(SYSTEEM, artikel.id, 1)
            _oordelen(artikel, each["vraag"], kans)
        if each["vraag"].startswith(VERLOPEN):
            Artikel.objects.filter(id=artikel.id).update(geldig_tot=vandaag - timedelta(days=1 + kans.randrange(20)))
        if each["vraag"] == VOORSTEL:
            _voorstel(artikel, each)
    return len(gegeven)


def _voorstel(artikel: Artikel, each: dict[str, Any]) -> None:
    versie = stel_wijziging_voor(
        SYSTEEM,
        artikel.id,
        gezien=1,
        waarom="Een bewoner vroeg wat de derde keer kost.",
        bronnen=check_bronnen(each.get("bron", ())),
        vraag=each["vraag"],
        antwoord=each["antwoord"] + "\n\nEen derde keer ophalen kost 25 euro.",
        trefwoorden=each["trefwoorden"],
    )
    Versie.objects.filter(id=versie.id).update(door=artikel.eigenaar_id)


def _oordelen(artikel: Artikel, vraag: str, kans: random.Random) -> None:
    dagen = kans.sample(range(1, 85), 12)
    Oordeel.objects.bulk_create(
        Oordeel(
            artikel=artikel,
            dag=today() - timedelta(days=dag),
            ja=kans.randrange(1, 6),
            nee=kans.choice((0, 0, 0, 1, 1, 2)),
        )
        for dag in dagen
    )
    Opmerking.objects.bulk_create(
        Opmerking(artikel=artikel, dag=today() - timedelta(days=kans.choice(dagen)), geholpen=geholpen, tekst=tekst)
        for geholpen, tekst in OPMERKINGEN.get(vraag, ())
    )

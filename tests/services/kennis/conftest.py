"""A municipality with the articles of the demo, once for each file of tests."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from loket.foundation.access.actor import Actor, Grant
from loket.foundation.identity.models import Gebruiker
from loket.foundation.time.clock import frozen, today
from loket.services.kennis.commands.artikelen import publiceer, schrijf_artikel
from loket.services.kennis.models import Artikel
from loket.services.kennis.rules import BEHEREN, LEZEN, SCHRIJVEN
from tests.services.reacties.wereld import VRIJDAG, Wereld

SYSTEEM = Actor.system("test")


@pytest.fixture
def lw(db: None) -> Iterator[Wereld]:
    """The municipality, on a Friday afternoon."""
    with frozen(VRIJDAG):
        yield Wereld("LW", "Gemeente Lindewaard")


def mens(wereld: Wereld, naam: str, *rechten: str) -> Actor:
    """An employee of the first line with these rights."""
    wie: Gebruiker = wereld.mens(naam)
    grants = tuple(Grant(recht, wereld.organisatie.id, "", 4, "organisatie") for recht in rechten)
    return Actor("medewerker", wie.id, naam, wereld.organisatie.id, frozenset({wereld.een.id}), grants, "Redacteur")


@pytest.fixture
def fenna(lw: Wereld) -> Actor:
    """She reads."""
    return mens(lw, "Fenna Wierda", LEZEN)


@pytest.fixture
def saskia(lw: Wereld) -> Actor:
    """She writes."""
    return mens(lw, "Saskia Roos", LEZEN, SCHRIJVEN, BEHEREN)


type Schrijf = Callable[..., Artikel]


def schrijf_in(wereld: Wereld, vraag: str, antwoord: str = "Zo doet u dat.", **meer: Any) -> Artikel:
    """A published article that holds a year; `erop=False`: a concept."""
    erop = meer.pop("erop", True)
    artikel = schrijf_artikel(
        SYSTEEM,
        **{
            "organisatie": wereld.organisatie.id,
            "onderwerp": "Overig",
            "eigenaar": wereld.een.coordinator_id,
            "team": wereld.een.id,
            "geldig_tot": today() + timedelta(days=365),
            "vraag": vraag,
            "antwoord": antwoord,
            **meer,
        },
    )
    if erop:
        publiceer(SYSTEEM, artikel.id, 1)
    return Artikel.objects.get(id=artikel.id)


@pytest.fixture
def schrijf(lw: Wereld) -> Schrijf:
    return lambda vraag, antwoord="Zo doet u dat.", **meer: schrijf_in(lw, vraag, antwoord, **meer)


@pytest.fixture(scope="module")
def stad(django_db_setup: None, django_db_blocker: Any) -> Iterator[Wereld]:
    """A municipality with the articles of the demo; gone afterwards."""
    import tomllib
    from importlib.resources import files

    ruw = files("loket.assembly.demo.teksten").joinpath("data/kennis.toml").read_text(encoding="utf-8")
    with django_db_blocker.unblock(), frozen(VRIJDAG), transaction.atomic():
        wereld = Wereld("LW", "Gemeente Lindewaard")
        for each in tomllib.loads(ruw)["artikel"]:
            vraag_en, antwoord_en, trefwoorden_en = each.get("en", ("", "", ""))
            schrijf_in(
                wereld,
                each["vraag"],
                each["antwoord"],
                onderwerp=each["onderwerp"],
                trefwoorden=each["trefwoorden"],
                voor_bewoners=not each.get("intern", False),
                interne_notitie=each.get("notitie", ""),
                vraag_en=vraag_en,
                antwoord_en=antwoord_en,
                trefwoorden_en=trefwoorden_en,
            )
        yield wereld
        transaction.set_rollback(True)

"""Who sees which zaken: the condition that every read carries, and the reads that carry it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Gebruiker
from loket.registers.klanten.commands import geef_internetaak, pak_op, registreer_partij
from loket.registers.zaken import commands, queries
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries.zicht import zichtbaar_werk
from tests.registers.wereld import SYSTEEM, Plaats, over


def ziet(actor: Actor) -> set[str]:
    """The subjects of all zaken that the actor sees, found in two ways that must agree on open zaken."""
    waar, params = queries.zichtbaar(actor, "zaak.lezen")
    zaken = {r["omschrijving"] for r in rows(f"select omschrijving from zaken_zaak z where {waar}", params)}
    waar, params = zichtbaar_werk(actor, "zaak.lezen")
    werk = {r["onderwerp"] for r in rows(f"select onderwerp from zaken_werkvoorraad w where {waar}", params)}
    open_zaken = set(Zaak.objects.filter(einddatum__isnull=True).values_list("omschrijving", flat=True))
    assert werk == zaken & open_zaken
    return zaken


@pytest.fixture
def alles(lw: Plaats, gt: Plaats) -> None:
    lw.zaak(omschrijving="een")
    lw.zaak(omschrijving="twee", team=lw.twee)
    lw.zaak("klacht", omschrijving="klacht")
    gt.zaak(omschrijving="water")
    dicht = lw.zaak(omschrijving="dicht", team=lw.twee)
    commands.sluit_zaak(SYSTEEM, dicht, "Opgelost", "Het is gemaakt.")


@pytest.mark.usefixtures("alles")
@pytest.mark.parametrize(
    ("rechten", "gezien"),
    [
        ({}, {"een", "twee", "dicht"}),
        ({"max_va": 5}, {"een", "twee", "dicht", "klacht"}),
        ({"max_va": 5, "zaaktype": "klacht"}, {"klacht"}),
        ({"max_va": 3}, set()),
        ({"bereik": "team"}, {"twee", "dicht"}),
        ({"bereik": "betrokken", "max_va": 8}, set()),
        ({"handelingen": ("zaak.maken",)}, set()),
    ],
)
def test_grants(lw: Plaats, rechten: dict[str, object], gezien: set[str]) -> None:
    assert ziet(lw.actor(lw.mens("Fenna"), lw.twee, **rechten)) == gezien  # type: ignore[arg-type]


@pytest.mark.usefixtures("alles")
def test_the_other_kinds_of_actor(gt: Plaats) -> None:
    assert ziet(ANONYMOUS) == set()
    assert ziet(Actor("bewoner", pseudoniem="")) == set()
    assert ziet(Actor("link")) == set()
    assert ziet(Actor("medewerker", id=gt.mens("Zonder rechten").id)) == set()
    assert ziet(SYSTEEM) == {"een", "twee", "klacht", "water", "dicht"}
    assert ziet(gt.actor(gt.mens("Wim"), gt.een)) == {"water"}


def test_grants_add_up(lw: Plaats) -> None:
    lw.zaak(omschrijving="een")
    mijn = lw.mens("Klachten")
    lw.zaak("klacht", omschrijving="mijn klacht", behandelaar=mijn)
    lw.zaak("klacht", omschrijving="andere klacht")
    alleen = lw.actor(mijn, bereik="betrokken", max_va=5)
    beide = lw.actor(mijn)
    samen = Actor("medewerker", id=mijn.id, organisatie=lw.organisatie.id, grants=alleen.grants + beide.grants)
    assert ziet(alleen) == {"mijn klacht"}
    assert ziet(beide) == {"een"}
    assert ziet(samen) == {"een", "mijn klacht"}


def _taak(lw: Plaats, zaak: Zaak, wie: Gebruiker, ander: Gebruiker) -> None:
    geef_internetaak(
        SYSTEEM,
        zaak,
        soort="vraag",
        gevraagde_handeling="Wat ligt hier?",
        uiterlijk=over(days=2),
        medewerker=wie,
        coordinator=ander,
        idempotency_key="vraag",
    )


@pytest.mark.parametrize(
    "maak_betrokken",
    [
        lambda lw, zaak, wie, ander: commands.wijs_toe(SYSTEEM, zaak, behandelaar=wie),
        lambda lw, zaak, wie, ander: commands.voeg_rol_toe(SYSTEEM, zaak, "zaakcoordinator", medewerker=wie),
        _taak,
    ],
)
def test_named_in_a_complaint(lw: Plaats, maak_betrokken: Callable[..., None]) -> None:
    wie, ander = lw.mens("Naam"), lw.mens("Ander")
    zaak = lw.zaak("klacht", omschrijving="klacht")
    ik = lw.actor(wie, lw.een, bereik="betrokken", max_va=5)
    vervanger = lw.actor(lw.mens("Vervanger"), bereik="betrokken", max_va=5, vervangt=frozenset([wie.id]))
    assert ziet(ik) == ziet(vervanger) == set()
    maak_betrokken(lw, zaak, wie, ander)
    assert ziet(ik) == ziet(vervanger) == {"klacht"}
    assert ziet(lw.actor(lw.mens("Derde"), lw.een, bereik="betrokken", max_va=5)) == set()
    commands.voeg_rol_toe(SYSTEEM, zaak, "belanghebbende", medewerker=wie)
    assert ziet(ik) == set(), "not even with everything: it is about him"
    assert ziet(lw.actor(wie, max_va=8)) == set()


def test_a_team_sees_what_it_had_and_what_it_was_asked(lw: Plaats) -> None:
    zaak = lw.zaak(omschrijving="een")
    wegen = lw.actor(lw.mens("Joris"), lw.twee, bereik="team")
    assert ziet(wegen) == set()
    taak = geef_internetaak(
        SYSTEEM,
        zaak,
        soort="vraag",
        gevraagde_handeling="Wat ligt hier?",
        uiterlijk=over(days=2),
        team=lw.twee,
        coordinator=lw.mens("Coördinator"),
        idempotency_key="vraag",
    )
    assert ziet(wegen) == {"een"}
    assert pak_op(wegen, taak).medewerker_id == wegen.id
    commands.wijs_toe(SYSTEEM, zaak, team=lw.twee)
    commands.wijs_toe(SYSTEEM, zaak, team=lw.een)
    assert ziet(wegen) == {"een"}


def test_a_resident_sees_his_own_in_every_organisation(lw: Plaats, gt: Plaats) -> None:
    wie = {"pseudoniem": "bewoner-1", "naam": "T. Hazelhoff"}
    hier = registreer_partij(SYSTEEM, organisatie=lw.organisatie, **wie)
    daar = registreer_partij(SYSTEEM, organisatie=gt.organisatie, **wie)
    lw.zaak(omschrijving="mijn stoep", initiator=hier.id)
    gt.zaak(omschrijving="mijn sloot", initiator=daar.id)
    lw.zaak(omschrijving="van een ander")
    ik = Actor("bewoner", pseudoniem="bewoner-1")
    assert ziet(ik) == {"mijn stoep", "mijn sloot"}
    assert [z["omschrijving"] for z in queries.zaken_van_bewoner(ik)] == ["mijn sloot", "mijn stoep"]
    assert queries.zaken_van_bewoner(lw.actor(lw.mens("Fenna"))) == []


def test_fetching_one(lw: Plaats, gt: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    zaak, vreemd = lw.zaak(), gt.zaak()
    for sleutel in (zaak.id, str(zaak.id), zaak.identificatie):
        assert queries.haal_zaak(fenna, sleutel) == zaak
    for sleutel in (vreemd.id, vreemd.identificatie, "LW-2026-99999", "", "'; drop table zaken_zaak; --", "\x00"):
        with pytest.raises(NotFound):
            queries.haal_zaak(fenna, sleutel)
    assert queries.haal_zaak(fenna, zaak.id).werk.team == lw.een
    with pytest.raises(NotFound):
        queries.haal_zaak(lw.actor(lw.mens("Lezer"), handelingen=("zaak.lezen",)), zaak.id, "zaak.sluiten")


def test_fetching_many_gives_what_fetching_each_gives(lw: Plaats, gt: Plaats) -> None:
    fenna, lezer = lw.actor(lw.mens("Fenna"), lw.een), lw.actor(lw.mens("Lezer"), handelingen=("zaak.lezen",))
    zaken, vreemd = [lw.zaak() for _ in range(3)], gt.zaak()
    gevraagd = [zaken[0].identificatie, str(zaken[0].id), str(zaken[1].id), zaken[2].identificatie]
    gevraagd += [vreemd.identificatie, str(vreemd.id), "LW-2026-99999", "", "'; drop table zaken_zaak; --", "\x00"]

    def een(actor: Actor, sleutel: str, handeling: str) -> Zaak | None:
        try:
            return queries.haal_zaak(actor, sleutel, handeling)
        except NotFound:
            return None

    for actor in (fenna, lezer, SYSTEEM, ANONYMOUS):
        for handeling in ("zaak.lezen", "zaak.sluiten"):
            gevonden = queries.haal_zaken(actor, gevraagd, handeling)
            assert {s: gevonden.get(s) for s in gevraagd} == {s: een(actor, s, handeling) for s in gevraagd}
    assert list(queries.haal_zaken(fenna, gevraagd)) == gevraagd[:4]
    assert queries.haal_zaken(fenna, []) == {}


def test_of_a_number_of_two_organisations_one_s_own_is_fetched(lw: Plaats, gt: Plaats) -> None:
    daar = gt.zaak()
    hier = lw.zaak()
    eerder = hier.aangemaakt_op - timedelta(minutes=1)
    Zaak.objects.filter(id=daar.id).update(identificatie=hier.identificatie, aangemaakt_op=eerder)
    for actor, eigen in (
        (Actor.system("test", lw.organisatie.id), hier),
        (Actor.system("test", gt.organisatie.id), daar),
    ):
        assert queries.haal_zaken(actor, [hier.identificatie]) == {hier.identificatie: eigen}
    assert queries.haal_zaken(SYSTEEM, [hier.identificatie])[hier.identificatie] == daar, "the oldest"


def test_words_find_a_zaak(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    een = lw.zaak(omschrijving="Losse stoeptegels", plek="Wilgenkade 12", toelichting="Mijn buurvrouw viel.")
    lw.zaak("klacht", omschrijving="Geheime stoeptegels")

    def vind(tekst: str) -> list[str]:
        return [t.identificatie for t in queries.zoek(fenna, tekst)]

    nummer = een.identificatie
    for tekst in (
        "stoeptegel",
        "stoeptegels los",
        "wilgenk",
        "Wilgenkade 12",
        "buurvrouw",
        nummer,
        nummer.lower(),
        "00001",
    ):
        assert vind(tekst) == [nummer], tekst
    for tekst in ("", "  ", "fiets", "&|!:*'()", "\x00", "geheime", "\\"):
        assert vind(tekst) == [], tekst


def test_what_is_near(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    dichtbij = lw.zaak(x=1000.0, y=1000.0)
    lw.zaak(x=1000.0, y=1049.0)
    lw.zaak(x=1036.0, y=1036.0)
    lw.zaak()
    lw.zaak("klacht", x=1000.0, y=1000.0)
    gevonden = queries.in_de_buurt(fenna, x=1000.0, y=1003.0, straal=50, zaaktypen=("melding",))
    assert [round(t.afstand or 0) for t in gevonden] == [3, 46, 49]
    assert len(queries.in_de_buurt(fenna, x=1000.0, y=1003.0, straal=48)) == 2
    commands.sluit_zaak(SYSTEEM, dichtbij, "Opgelost", "Het is gemaakt.")
    assert len(queries.in_de_buurt(fenna, x=1000.0, y=1003.0, straal=50)) == 2
    assert len(queries.in_de_buurt(fenna, x=1000.0, y=1003.0, straal=50, alleen_open=False)) == 3
    assert queries.in_de_buurt(ANONYMOUS, x=1000.0, y=1003.0, straal=50) == [], "nothing here is public"

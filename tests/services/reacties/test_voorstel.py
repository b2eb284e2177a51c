"""Suggestions: who makes them, when they are silent, what they learn from, and what a person makes of them."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest

from loket.engines.indeling.model import Model
from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.database.sql import value
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.events.event import Delivery, restore
from loket.foundation.events.listeners import registry
from loket.foundation.events.models import EventRow
from loket.foundation.storage.files import the_store
from loket.registers.algoritmen import commands as algoritmen
from loket.registers.algoritmen import queries as register
from loket.registers.algoritmen.models import Leermodel, Voorstel
from loket.registers.zaken.models import Werkvoorraad, Zaakeigenschap
from loket.services.reacties import catalogus, leren, voorstel
from loket.services.reacties.commands import behandeling, taken
from loket.services.reacties.commands.onderwerp import kies_onderwerp
from loket.services.reacties.queries.ontvangst import Ontvangst
from loket.services.reacties.voorstellen import stel_voor, vrij
from tests.services.reacties.mensen import coordinator, medewerker
from tests.services.reacties.test_handelen import adres, als
from tests.services.reacties.wereld import Wereld

SYSTEEM = Actor.system("test")
ZONDER = {"categorie": "", "email": "", "naam": ""}


def model_van(woorden: dict[str, str], drempel: float = 0.6) -> bytes:
    """A model that knows these words, each for one label."""
    labels = tuple(sorted(set(woorden.values())))
    gewichten = np.full((len(woorden), len(labels)), -4.0, np.float32)
    for n, label in enumerate(woorden.values()):
        gewichten[n, labels.index(label)] = 4.0
    een = np.ones(len(woorden), np.float32)
    kenmerken = tuple(f"w:{woord}" for woord in woorden)
    return Model(labels, kenmerken, een, gewichten, np.zeros(len(labels), np.float32), 1.0, drempel).naar_bytes()


def gebruik(lw: Wereld, code: str, woorden: dict[str, str], drempel: float = 0.6) -> Leermodel:
    """A model of this organisation that suggests from now on."""
    return algoritmen.registreer_model(
        SYSTEEM,
        organisatie=lw.organisatie.id,
        algoritme=code,
        bestand=model_van(woorden, drempel),
        voorbeelden=100,
        van=None,
        tot_en_met=None,
        cijfers={"doel": 0.9},
        drempel=drempel,
        in_gebruik=True,
        reden="beter",
        duur=1.0,
    )


def bezorg(luisteraar: str) -> None:
    """Hand all events so far to one listener, as the worker would."""
    rijen = EventRow.objects.order_by("volg")
    wat = [Delivery(r.id, r.time, restore(r.type, r.subject, r.organisatie, r.data)) for r in rijen]
    registry[luisteraar].handle([d for d in wat if d.event.type in registry[luisteraar].types])


def werk(binnen: Ontvangst) -> Werkvoorraad:
    return Werkvoorraad.objects.get(zaak_id=binnen.zaak)


def categorie(zaak: UUID) -> str | None:
    return (
        Zaakeigenschap.objects.filter(zaak_id=zaak, naam=catalogus.CATEGORIE).values_list("waarde", flat=True).first()
    )


@pytest.fixture
def team_model(lw: Wereld) -> Leermodel:
    return gebruik(lw, "team", {"fontein": str(lw.water.id), "drempel": str(lw.wegen.id)})


def test_without_a_model_the_keywords_stay_and_are_noted(lw: Wereld) -> None:
    binnen = lw.ontvang()
    assert werk(binnen).voorstel_team_id == lw.wegen.id
    assert stel_voor([binnen.zaak]) == 0
    gezegd = register.voorstellen(binnen.zaak)["team"]
    assert (gezegd["label"], gezegd["leermodel_id"]) == (str(lw.wegen.id), None)
    assert werk(binnen).voorstel_team_id == lw.wegen.id


def test_a_model_suggests_with_its_certainty_and_its_words(lw: Wereld, team_model: Leermodel) -> None:
    binnen = lw.ontvang(tekst="De fontein op het plein spuit over de weg", **ZONDER)
    assert stel_voor([binnen.zaak]) == 1
    assert werk(binnen).voorstel_team_id == lw.water.id
    assert 0.9 < (werk(binnen).zekerheid or 0) <= 1
    gezegd = register.voorstellen(binnen.zaak)["team"]
    assert (gezegd["leermodel_id"], gezegd["woorden"]) == (team_model.id, "fontein")


def test_a_model_that_is_not_certain_says_nothing(lw: Wereld, team_model: Leermodel) -> None:
    """The keywords are measured to be worse: their suggestion goes too."""
    binnen = lw.ontvang()
    assert werk(binnen).voorstel_team_id is not None
    stel_voor([binnen.zaak])
    assert werk(binnen).voorstel_team_id is None
    assert register.voorstellen(binnen.zaak)["team"]["label"] == ""


def test_a_team_of_another_organisation_or_that_is_gone_is_never_suggested(lw: Wereld, gt: Wereld) -> None:
    gebruik(lw, "team", {"fontein": str(gt.water.id), "drempel": str(lw.wegen.id)})
    binnen = lw.ontvang(tekst="De fontein spuit", **ZONDER)
    stel_voor([binnen.zaak])
    assert werk(binnen).voorstel_team_id != gt.water.id


def test_a_damaged_file_means_the_keywords(lw: Wereld, team_model: Leermodel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voorstel, "read", lambda sha256: b"kapot")
    voorstel._modellen.clear()
    binnen = lw.ontvang()
    stel_voor([binnen.zaak])
    assert werk(binnen).voorstel_team_id == lw.wegen.id


def test_a_complaint_never_passes_through(lw: Wereld, team_model: Leermodel) -> None:
    klacht = lw.ontvang(soort="klacht", categorie="omgang", tekst="Uw fontein is onbeleefd")
    stel_voor([klacht.zaak])
    assert not Voorstel.objects.exists()
    assert voorstel.Denker(lw.organisatie.id).team("klacht", "fontein") is None


def test_what_somebody_has_by_name_is_left_alone(lw: Wereld, team_model: Leermodel) -> None:
    binnen = lw.ontvang(tekst="De fontein spuit", **ZONDER)
    behandeling.neem_in_behandeling(medewerker(lw, "Fenna Wierda", lw.een), binnen.zaak)
    voor = werk(binnen).voorstel_team_id
    stel_voor([binnen.zaak])
    assert werk(binnen).voorstel_team_id == voor
    assert list(vrij(lw.organisatie.id)) == []


def test_every_new_reactie_is_read_however_it_came(lw: Wereld, team_model: Leermodel) -> None:
    binnen = lw.ontvang(tekst="De fontein spuit", kanaal="email", **ZONDER)
    bezorg("reacties.voorstel")
    assert werk(binnen).voorstel_team_id == lw.water.id


def test_after_training_the_free_ones_are_looked_at_again(lw: Wereld) -> None:
    binnen = lw.ontvang(tekst="De fontein spuit", **ZONDER)
    gebruik(lw, "team", {"fontein": str(lw.water.id), "drempel": str(lw.wegen.id)})
    leren.stel_opnieuw_voor(organisatie=str(lw.organisatie.id))
    assert werk(binnen).voorstel_team_id == lw.water.id


# -- the subject ------------------------------------------------------------------------------------------------------


def test_one_click_confirms_the_subject(lw: Wereld) -> None:
    gebruik(lw, "onderwerp", {"fontein": "melding.water", "drempel": "melding.weg"})
    binnen = lw.ontvang(tekst="De fontein spuit", **ZONDER)
    stel_voor([binnen.zaak])
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    pagina = als(fenna).get(f"/werk/zaak/{binnen.identificatie}/").content.decode()
    assert "Sloot, duiker of waterkant" in pagina and "Dit klopt" in pagina and "fontein" in pagina
    antwoord = als(fenna).post(adres(binnen, "onderwerp"), {"sleutel": "s", "categorie": "water"})
    assert antwoord.status_code == 302
    assert categorie(binnen.zaak) == "water"
    assert "Dit klopt" not in als(fenna).get(f"/werk/zaak/{binnen.identificatie}/").content.decode()


def test_the_choice_of_the_resident_is_only_doubted_for_another(lw: Wereld) -> None:
    gebruik(lw, "onderwerp", {"tegel": "melding.stoep", "fontein": "melding.water"})
    zelfde, ander = lw.ontvang(), lw.ontvang(tekst="De fontein spuit")
    stel_voor([zelfde.zaak, ander.zaak])
    assert "onderwerp" not in register.voorstellen(zelfde.zaak)
    assert register.voorstellen(ander.zaak)["onderwerp"]["label"] == "melding.water"


def test_a_subject_is_chosen_by_who_may_and_from_the_list(lw: Wereld) -> None:
    binnen = lw.ontvang(**ZONDER)
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    with pytest.raises(Refused):
        kies_onderwerp(fenna, binnen.zaak, "paspoort")
    kies_onderwerp(fenna, binnen.zaak, "lamp")
    kies_onderwerp(fenna, binnen.zaak, "lamp")
    kies_onderwerp(fenna, binnen.zaak, "groen")
    assert categorie(binnen.zaak) == "groen"
    assert Handeling.objects.filter(object=binnen.zaak, detail__eigenschap=catalogus.CATEGORIE).count() == 2
    with pytest.raises(Forbidden):
        kies_onderwerp(Actor("anoniem"), binnen.zaak, "lamp")


# -- what it became ---------------------------------------------------------------------------------------------------


def test_the_end_says_whether_the_suggestion_was_right(lw: Wereld, team_model: Leermodel) -> None:
    fenna, nadia = medewerker(lw, "Fenna Wierda", lw.een), coordinator(lw.water)
    gevolgd, zelf = (lw.ontvang(tekst="De fontein spuit", **ZONDER) for _ in range(2))
    stel_voor([gevolgd.zaak, zelf.zaak])
    kies_onderwerp(fenna, gevolgd.zaak, "water")
    taken.neem_voorstel_over(fenna, gevolgd.zaak, idempotency_key="a")
    behandeling.neem_in_behandeling(nadia, gevolgd.zaak)
    behandeling.sluit_af(nadia, gevolgd.zaak, catalogus.OPGELOST, "De fontein is gemaakt.")
    behandeling.neem_in_behandeling(fenna, zelf.zaak)
    behandeling.sluit_af(fenna, zelf.zaak, catalogus.OPGELOST, "De fontein was al gemaakt.")
    bezorg("reacties.voorstel_uitkomst")
    assert register.voorstellen(gevolgd.zaak)["team"]["uitkomst"] == "gevolgd"
    assert register.voorstellen(zelf.zaak)["team"]["uitkomst"] == "eerste_lijn"


# -- learning ---------------------------------------------------------------------------------------------------------


def meting(goed: int, regels: int, gezegd: int = 100) -> dict[str, Any]:
    return {
        "doel": 0.9,
        "model": {"goed": goed, "gezegd": gezegd, "precisie": goed / gezegd, "aantal": 200, "terughalen_macro": 0.5},
        "regels": {"goed": regels, "gezegd": 200, "aantal": 200, "precisie": regels / 200, "terughalen_macro": 0.5},
    }


@pytest.mark.parametrize(
    ("cijfers", "drempel", "uit"),
    [
        (None, 1.01, (False, "te_weinig")),
        (meting(95, 80), 0.5, (True, "beter")),
        (meting(95, 95), 0.5, (False, "regels_beter")),
        (meting(80, 20), 0.5, (False, "onzeker")),
        (meting(95, 20), 1.01, (False, "onzeker")),
    ],
)
def test_a_model_suggests_when_it_is_measured_to_be_better(
    cijfers: dict[str, Any] | None, drempel: float, uit: tuple[bool, str]
) -> None:
    assert leren.oordeel(cijfers, drempel) == uit


def test_it_learns_from_what_was_handled_and_only_that(lw: Wereld, monkeypatch: pytest.MonkeyPatch) -> None:
    nadia = coordinator(lw.water)
    zaken = [
        lw.ontvang(tekst="De sloot stinkt", categorie="water"),
        lw.ontvang(tekst="Open gebleven", categorie="water"),
        lw.ontvang(soort="klacht", tekst="Geheime klacht", categorie="omgang"),
    ]
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    taken.zet_door(fenna, zaken[0].zaak, team=lw.water, vraag="Willen jullie dit doen?", idempotency_key="a")
    behandeling.neem_in_behandeling(nadia, zaken[0].zaak)
    kies_onderwerp(nadia, zaken[0].zaak, "riool")
    behandeling.sluit_af(nadia, zaken[0].zaak, catalogus.OPGELOST, "Het riool is weer open.")
    gezien: list[Any] = []

    def leer_apart(voorbeelden: list[Any], **opdracht: Any) -> tuple[bytes, dict[str, Any]]:
        gezien.extend(voorbeelden)
        assert opdracht["doel"] == leren.DOEL
        return model_van({"sloot": "x", "weg": "y"}), {"meting": meting(95, 20), "drempel": 0.5}

    monkeypatch.setattr(leren, "leer_apart", leer_apart)
    team, onderwerp = leren.leer_team(lw.organisatie.id), leren.leer_onderwerp(lw.organisatie.id)
    assert [(v.tekst, v.label) for v in gezien] == [
        ("De sloot stinkt", str(lw.water.id)),
        ("De sloot stinkt", "melding.riool"),  # as it was corrected
    ]
    assert gezien[0].groep and "@" not in gezien[0].groep
    assert "over=melding.riool" in gezien[0].extra
    assert team.in_gebruik and onderwerp.in_gebruik and the_store().size(team.sha256)
    assert (team.voorbeelden, team.reden, team.actief) == (1, "beter", True)
    sporen = Handeling.objects.filter(handeling=leren.LEREN)
    assert [each.detail["reacties"] for each in sporen] == [1, 1]
    assert all("reacties.leren" in each.detail["activiteit"] for each in sporen)
    assert value("select count(*) from procrastinate_jobs where task_name = 'reacties.voorstellen'") == 1

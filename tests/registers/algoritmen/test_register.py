"""The algorithm register: what anyone may read, which model counts, and what people made of suggestions."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.database.sql import value
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.storage.files import exists
from loket.foundation.time.clock import now
from loket.registers.algoritmen import commands, jobs, queries
from loket.registers.algoritmen.aangifte import algoritme, algoritmen
from loket.registers.algoritmen.commands import Gezegd
from loket.registers.algoritmen.models import Leermodel, Voorstel
from loket.registers.algoritmen.queries import Gebruik
from loket.registers.algoritmen.weergave import honderd
from tests.registers.wereld import Plaats

SYSTEEM = Actor.system("test")


def cijfers(goed: int = 91) -> dict[str, Any]:
    """Figures as the engine gives them."""

    def een(gezegd: int, goed: int, macro: float) -> dict[str, Any]:
        return {"aantal": 120, "gezegd": gezegd, "goed": goed, "terughalen_macro": macro}

    return {
        "doel": 0.9,
        "model": een(100, goed, 0.71),
        "altijd": een(120, 99, 0.8),
        "meerderheid": een(120, 40, 0.1),
        "regels": een(60, 50, 0.4),
        "labels": [{"label": "melding.lamp", "aantal": 30, "gezegd": 28, "goed": 27, "als_het_moest": 28}],
        "verwarring": [["melding.lamp", "melding.groen", 3]],
        "ijking": [[0.9, 80, 0.95, 0.94]],
        "weggelaten": {"melding.water": 2},
    }


def registreer(lw: Plaats, bestand: bytes = b"model", **anders: Any) -> Leermodel:
    velden: dict[str, Any] = {
        "organisatie": lw.organisatie.id,
        "algoritme": "onderwerp",
        "bestand": bestand,
        "voorbeelden": 120,
        "van": now().date(),
        "tot_en_met": now().date(),
        "cijfers": cijfers(),
        "drempel": 0.62,
        "in_gebruik": True,
        "reden": "beter",
        "duur": 4.2,
    }
    return commands.registreer_model(SYSTEEM, **velden | anders)


def test_every_algorithm_says_what_the_standard_asks() -> None:
    assert {each.code for each in algoritmen()} >= {"team", "onderwerp"}
    for each in algoritmen():
        for veld in ("naam", "kort", "doel", "werking", "gegevens", "menselijke_tussenkomst", "proportionaliteit"):
            assert len(str(getattr(each, veld))) > 10
        assert "AVG" in str(each.wettelijke_grondslag)
        assert each.risicos and each.monitoring and each.zonder
    with pytest.raises(NotFound):
        algoritme("bestaat-niet")


def test_the_newest_model_counts_and_its_file_is_kept(lw: Plaats) -> None:
    eerste, tweede = registreer(lw, b"een"), registreer(lw, b"twee")
    assert queries.actief(lw.organisatie.id, "onderwerp") == {"id": tweede.id, "sha256": tweede.sha256}
    assert not Leermodel.objects.get(id=eerste.id).actief
    assert exists(tweede.sha256)
    assert queries.in_gebruik([eerste.sha256, tweede.sha256, "0" * 64]) == {eerste.sha256, tweede.sha256}
    assert Handeling.objects.filter(handeling=commands.TRAINEN, object=tweede.id).exists()
    for n in range(commands.BEWAAR + 1):
        laatste = registreer(lw, b"%d" % n)
    assert queries.in_gebruik([eerste.sha256, laatste.sha256]) == {laatste.sha256}


def test_a_model_that_may_not_suggest_is_shown_but_not_used(lw: Plaats, client: Client) -> None:
    registreer(lw, b"", in_gebruik=True, reden="te_weinig", cijfers={"doel": 0.9}, drempel=1.01)
    assert queries.actief(lw.organisatie.id, "onderwerp") is None
    tekst = client.get("/algoritmen/onderwerp/").content.decode()
    assert "te weinig afgehandelde reacties" in tekst


def test_anyone_reads_the_figures_in_plain_dutch(lw: Plaats, client: Client) -> None:
    model = registreer(lw)
    lijst = client.get("/algoritmen/").content.decode()
    assert "91 van 100 voorstellen kloppen" in lijst
    tekst = client.get("/algoritmen/onderwerp/").content.decode()
    for deel in ("91 van 100", "83 van 100", "De trefwoorden", "Kapotte lamp", "AVG", model.sha256, "62%", "3 keer"):
        assert deel in tekst, deel
    uit = client.get("/algoritmen/onderwerp/cijfers.json")
    assert uit["Content-Disposition"].startswith("attachment")
    gegevens = uit.json()
    assert gegevens["organisaties"][0]["model"]["cijfers"]["model"]["goed"] == 91
    assert gegevens["wettelijke_grondslag"]
    assert client.get("/algoritmen/bestaat-niet/").status_code == 404


def test_what_became_of_suggestions_is_counted(lw: Plaats, client: Client) -> None:
    zaken = [uuid4() for _ in range(30)]
    commands.leg_voorstellen_vast(
        SYSTEEM,
        lw.organisatie.id,
        "onderwerp",
        [Gezegd(zaak, "melding.lamp" if n < 25 else "", 0.9 if n < 25 else None, None) for n, zaak in enumerate(zaken)],
    )
    for n, zaak in enumerate(zaken):
        commands.leg_uitkomst_vast(
            SYSTEEM, "onderwerp", zaak, "melding.lamp" if n < 20 else "melding.groen", eerste_lijn=n == 24
        )
    commands.leg_uitkomst_vast(SYSTEEM, "onderwerp", uuid4(), "melding.lamp")  # nothing was suggested about it
    assert queries.gebruik("onderwerp") == {lw.organisatie.id: Gebruik(20, 4, 1, 5)}
    assert "20 van de 25 voorstellen zijn gevolgd" in client.get("/algoritmen/onderwerp/").content.decode()


def test_a_newer_suggestion_replaces_an_older_one_until_the_end(lw: Plaats) -> None:
    zaak = uuid4()
    for label in ("melding.lamp", "melding.groen"):
        commands.leg_voorstellen_vast(SYSTEEM, lw.organisatie.id, "onderwerp", [Gezegd(zaak, label, 0.9, None, "boom")])
    assert queries.voorstellen(zaak)["onderwerp"]["label"] == "melding.groen"
    commands.leg_uitkomst_vast(SYSTEEM, "onderwerp", zaak, "melding.groen")
    commands.leg_voorstellen_vast(SYSTEEM, lw.organisatie.id, "onderwerp", [Gezegd(zaak, "melding.weg", 0.9, None)])
    rij = Voorstel.objects.get()
    assert (rij.label, rij.uitkomst, rij.woorden) == ("melding.groen", "gevolgd", "boom")


def test_only_the_system_writes_and_only_an_administrator_asks(lw: Plaats) -> None:
    with pytest.raises(Forbidden):
        commands.leg_voorstellen_vast(ANONYMOUS, lw.organisatie.id, "team", [])
    with pytest.raises(Forbidden):
        commands.leg_uitkomst_vast(ANONYMOUS, "team", uuid4(), "x")
    with pytest.raises(Forbidden):
        commands.vraag_training(ANONYMOUS, "team")
    with pytest.raises(NotFound):
        commands.vraag_training(Actor.system("test", lw.organisatie.id), "bestaat-niet")


def test_training_is_asked_once(lw: Plaats) -> None:
    wie = Actor.system("test", lw.organisatie.id)
    commands.vraag_training(wie, "team")
    commands.vraag_training(wie, "team")
    assert _wachtend() == 1
    assert jobs.vraag_alles() == len(algoritmen())
    assert _wachtend() == len(algoritmen())


def _wachtend() -> int:
    return int(value("select count(*) from procrastinate_jobs where task_name = 'algoritmen.train'"))


def test_of_a_hundred() -> None:
    assert (honderd(1, 3), honderd(0, 5), honderd(5, 0)) == (33, 0, None)

"""The catalogue: rules, loading, versions."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.registers.catalogi import queries, rules
from loket.registers.catalogi.commands import laad_catalogus
from loket.registers.catalogi.models import Informatieobjecttype, Statustype, Zaaktype
from tests.registers.wereld import SYSTEEM, Plaats, definitie


def test_rank_follows_the_standard() -> None:
    assert [rules.rang(va) for va in ("openbaar", "intern", "zaakvertrouwelijk", "zeer_geheim")] == [1, 3, 4, 8]


@pytest.mark.parametrize(
    ("begin", "duur", "einde"),
    [
        ("2026-11-23", "P6W", "2027-01-04"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-12-31", "P1Y2M3D", "2028-03-03"),
        ("2026-11-23", "P0D", "2026-11-23"),
    ],
)
def test_adding_a_period(begin: str, duur: str, einde: str) -> None:
    assert rules.tel_op(date.fromisoformat(begin), duur) == date.fromisoformat(einde)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 500), st.integers(0, 500))
def test_days_and_weeks_add_up(begin: date, weken: int, dagen: int) -> None:
    assert rules.tel_op(begin, f"P{weken}W{dagen}D") == rules.tel_op(rules.tel_op(begin, f"P{weken}W"), f"P{dagen}D")


@pytest.mark.parametrize("duur", ["", "P", "6W", "PT1H", "P1.5D", "P-1D"])
def test_what_is_no_period(duur: str) -> None:
    with pytest.raises(ValueError, match="period"):
        rules.tel_op(date(2026, 1, 1), duur)


def test_loading_twice_changes_nothing(lw: Plaats) -> None:
    voor = list(Zaaktype.objects.values("id")), list(Statustype.objects.values("id"))
    laad_catalogus(SYSTEEM, lw.organisatie, definitie())
    assert (list(Zaaktype.objects.values("id")), list(Statustype.objects.values("id"))) == voor
    assert Zaaktype.objects.filter(concept=False).count() == 2


def test_loading_from_a_file(lw: Plaats, tmp_path: Path) -> None:
    bestand = tmp_path / "catalogus.json"
    bestand.write_text(json.dumps(definitie(domein="ANDER")))
    assert laad_catalogus(SYSTEEM, lw.organisatie, bestand).domein == "ANDER"


def test_a_published_type_does_not_change(lw: Plaats) -> None:
    anders = definitie()
    anders["zaaktypen"][0]["doorlooptijd"] = "P8W"
    with pytest.raises(Refused) as weigering:
        laad_catalogus(SYSTEEM, lw.organisatie, anders)
    assert (weigering.value.code, weigering.value.field) == ("non-concept-object", None)
    meer = definitie()
    meer["zaaktypen"][0]["statustypen"].append({"omschrijving": "Nog een"})
    with pytest.raises(Refused, match="gepubliceerd"):
        laad_catalogus(SYSTEEM, lw.organisatie, meer)
    assert queries.eindstatus(queries.zaaktype_in_kracht(lw.organisatie, "melding")).omschrijving == "Afgehandeld"


def test_a_new_version_ends_the_one_before(lw: Plaats) -> None:
    nieuw = definitie()
    nieuw["zaaktypen"] = [nieuw["zaaktypen"][0] | {"begin_geldigheid": "2027-01-01", "doorlooptijd": "P8W"}]
    laad_catalogus(SYSTEEM, lw.organisatie, nieuw)
    laad_catalogus(SYSTEEM, lw.organisatie, definitie())
    assert queries.zaaktype_in_kracht(lw.organisatie, "melding", date(2026, 12, 31)).doorlooptijd == "P6W"
    assert queries.zaaktype_in_kracht(lw.organisatie, "melding", date(2027, 1, 1)).doorlooptijd == "P8W"
    with pytest.raises(NotFound):
        queries.zaaktype_in_kracht(lw.organisatie, "melding", date(2019, 12, 31))


def test_the_database_refuses_overlapping_versions(lw: Plaats) -> None:
    oud = queries.zaaktype_in_kracht(lw.organisatie, "melding")
    oud.pk, oud.begin_geldigheid = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError, match="geen_overlap"), transaction.atomic():
        Zaaktype(**{f.attname: getattr(oud, f.attname) for f in oud._meta.fields if f.name != "id"}).save()


def test_overlap_rule() -> None:
    with pytest.raises(Refused):
        rules.ztc_016(date(2026, 1, 1), None, [(date(2020, 1, 1), date(2026, 1, 1))])
    rules.ztc_016(date(2026, 1, 2), None, [(date(2020, 1, 1), date(2026, 1, 1))])


def test_a_wrong_period_is_refused_and_nothing_is_kept(lw: Plaats) -> None:
    fout = definitie(domein="FOUT")
    fout["zaaktypen"][1]["doorlooptijd"] = "zes weken"
    with pytest.raises(Refused) as weigering:
        laad_catalogus(SYSTEEM, lw.organisatie, fout)
    assert weigering.value.field == "doorlooptijd"
    assert not Informatieobjecttype.objects.filter(catalogus__domein="FOUT").exists()


def test_only_who_may(lw: Plaats) -> None:
    with pytest.raises(Forbidden):
        laad_catalogus(ANONYMOUS, lw.organisatie, definitie())


def test_the_parts_of_a_zaaktype(lw: Plaats) -> None:
    melding = queries.zaaktype_in_kracht(lw.organisatie, "melding")
    assert [s.omschrijving for s in queries.statustypen(melding)] == ["Ontvangen", "In behandeling", "Afgehandeld"]
    assert queries.roltype(melding, "initiator").omschrijving == "Melder"
    assert queries.informatieobjecttypen_van(melding) == ["Foto"]
    assert queries.resultaattype(melding, "Opgelost").archiefactietermijn == "P1Y"
    assert [t.identificatie for t in queries.zaaktypen_in_kracht(lw.organisatie)] == ["klacht", "melding"]

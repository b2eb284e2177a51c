"""ZRC-021, 022 and 026 (a): what closing a zaak means for the archive, by each of the nine afleidingswijzen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.api.problem import Fault
from loket.foundation.audit.models import Handeling
from loket.foundation.time.clock import frozen
from loket.registers.besluiten.models import Besluit
from loket.registers.catalogi.models import Besluittype, Eigenschap, Resultaattype
from loket.registers.zaken import archief, commands, rules
from loket.registers.zaken.models import Zaak, Zaakeigenschap, Zaakobject, ZaakRelatie
from tests.registers.wereld import MAANDAG, SYSTEEM, Plaats

MAANDAG_DAG = date(2026, 11, 23)
dagen = st.dates(date(1900, 1, 1), date(2100, 1, 1))


# --- the rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("procedure", "bronnen", "brondatum"),
    [
        (None, {}, MAANDAG_DAG),
        ({"afleidingswijze": "afgehandeld"}, {}, MAANDAG_DAG),
        ({"afleidingswijze": "hoofdzaak"}, {"hoofdzaak": date(2027, 1, 1)}, date(2027, 1, 1)),
        ({"afleidingswijze": "hoofdzaak"}, {}, None),
        ({"afleidingswijze": "eigenschap"}, {"eigenschap": "20270102"}, date(2027, 1, 2)),
        ({"afleidingswijze": "eigenschap"}, {"eigenschap": "morgen"}, None),
        ({"afleidingswijze": "ander_datumkenmerk"}, {}, None),
        ({"afleidingswijze": "ander_datumkenmerk"}, {"met_de_hand": date(2027, 1, 3)}, date(2027, 1, 3)),
        ({"afleidingswijze": "zaakobject"}, {"objecten": ["2027-01-04", "2026-01-01"]}, date(2027, 1, 4)),
        ({"afleidingswijze": "zaakobject"}, {"objecten": ["2027-01-04", None]}, None),
        ({"afleidingswijze": "termijn", "procestermijn": "P2Y"}, {}, date(2028, 11, 23)),
        ({"afleidingswijze": "termijn"}, {}, None),
        ({"afleidingswijze": "termijn", "procestermijn": "P9999Y"}, {}, None),
        ({"afleidingswijze": "gerelateerde_zaak"}, {"gerelateerd": [date(2027, 1, 5)]}, date(2027, 1, 5)),
        ({"afleidingswijze": "gerelateerde_zaak"}, {"gerelateerd": [date(2027, 1, 5), None]}, None),
        ({"afleidingswijze": "ingangsdatum_besluit"}, {"ingangsdatums": [date(2027, 1, 6)]}, date(2027, 1, 6)),
        ({"afleidingswijze": "vervaldatum_besluit"}, {"vervaldatums": [date(2027, 1, 7)]}, date(2027, 1, 7)),
        ({"afleidingswijze": "vervaldatum_besluit"}, {"vervaldatums": [None]}, None),
        ({"afleidingswijze": "onbekend"}, {}, None),
    ],
)
def test_zrc_021_brondatum(procedure: dict[str, Any] | None, bronnen: dict[str, Any], brondatum: date | None) -> None:
    assert rules.zrc_021(procedure, rules.Bronnen(einddatum=MAANDAG_DAG, **bronnen)) == brondatum


@given(st.lists(dagen))
def test_zrc_021_takes_the_latest_of_all(gegeven: list[date]) -> None:
    expected = max(gegeven, default=None)
    teksten = [each.isoformat() for each in gegeven]
    for wijze, velden in (
        ("zaakobject", {"objecten": teksten}),
        ("gerelateerde_zaak", {"gerelateerd": gegeven}),
        ("ingangsdatum_besluit", {"ingangsdatums": gegeven}),
        ("vervaldatum_besluit", {"vervaldatums": gegeven}),
    ):
        bronnen = rules.Bronnen(einddatum=MAANDAG_DAG, **velden)
        assert rules.zrc_021({"afleidingswijze": wijze}, bronnen) == expected


@given(dagen)
def test_days_are_read_as_they_are_written(dag: date) -> None:
    for tekst in (f"{dag:%Y-%m-%d}", f"{dag:%Y%m%d}", f"{dag:%Y%m%d}235959", f"{dag:%Y-%m-%d}T12:00:00Z"):
        assert rules.lees_datum(tekst) == dag


@given(st.one_of(st.none(), st.text(), st.from_regex(r"[0-9]{8}", fullmatch=True)))
def test_any_text_is_a_day_or_none(tekst: str | None) -> None:
    assert rules.lees_datum(tekst) is None or isinstance(rules.lees_datum(tekst), date)


def test_a_moment_is_its_day_in_the_netherlands() -> None:
    assert rules.lees_datum("2026-06-30T22:30:00Z") == date(2026, 7, 1)
    for tekst in ("2026-02-30", "20260230", "2026-1-1", "9999-12-31T23:59:59Z", "2026", "", None):
        assert rules.lees_datum(tekst) is None


@given(dagen, st.integers(0, 200), st.integers(0, 40))
def test_later_is_never_earlier(dag: date, jaren: int, dagen_erbij: int) -> None:
    found = rules.later(dag, f"P{jaren}Y{dagen_erbij}D")
    assert found is not None
    assert found >= dag
    assert rules.later(dag, "P9999Y") is rules.later(dag, "PT5H") is rules.later(dag, "") is None


def codes(faults: Iterator[Fault]) -> list[tuple[str, str]]:
    return [(each.name, each.code) for each in faults]


def test_zrc_022() -> None:
    for nog in ("", "nog_te_archiveren"):
        assert codes(rules.zrc_022(nog, "", None, 3)) == []
    for status in ("gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen"):
        assert codes(rules.zrc_022(status, "vernietigen", MAANDAG_DAG, 0)) == []
        assert codes(rules.zrc_022(status, "vernietigen", MAANDAG_DAG, 1)) == [
            ("nonFieldErrors", "documents-not-archived")
        ]
        assert codes(rules.zrc_022(status, "", None, 0)) == [
            ("archiefnominatie", "archiefnominatie-not-set"),
            ("archiefactiedatum", "archiefactiedatum-not-set"),
        ]


def test_zrc_026a() -> None:
    eerder = date(2020, 1, 1)
    assert rules.zrc_026a("vernietigen", MAANDAG_DAG, eerder) == MAANDAG_DAG
    assert rules.zrc_026a("vernietigen", None, eerder) == eerder
    assert rules.zrc_026a("blijvend_bewaren", MAANDAG_DAG, None) is None


# --- closing -----------------------------------------------------------------------------------------------


def soort(zaak: Zaak, wijze: str, **velden: Any) -> Resultaattype:
    """A resultaattype with this afleidingswijze, kept ten years, of the zaaktype of a zaak."""
    return Resultaattype.objects.create(
        organisatie_id=zaak.organisatie_id,
        zaaktype_id=zaak.zaaktype_id,
        omschrijving=f"{wijze[:20]} {uuid4().hex[:8]}",
        archiefnominatie="vernietigen",
        archiefactietermijn="P10Y",
        brondatum_archiefprocedure={"afleidingswijze": wijze, **velden},
    )


def sluit(zaak: Zaak, resultaattype: Resultaattype, op: datetime = MAANDAG) -> tuple[date | None, date | None]:
    """Close a zaak; gives archiefactiedatum and startdatumBewaartermijn."""
    commands.sluit_zaak(SYSTEEM, zaak, resultaattype, "Dit is afgehandeld.", op=op)
    return archief_van(zaak)


def archief_van(zaak: Zaak) -> tuple[date | None, date | None]:
    zaak.refresh_from_db()
    return zaak.archiefactiedatum, zaak.startdatum_bewaartermijn


def test_afgehandeld_and_termijn(lw: Plaats) -> None:
    een, twee = lw.zaak(), lw.zaak()
    assert sluit(een, soort(een, "afgehandeld")) == (date(2036, 11, 23), MAANDAG_DAG)
    assert sluit(twee, soort(twee, "termijn", procestermijn="P2Y")) == (date(2038, 11, 23), date(2028, 11, 23))


def test_eigenschap(lw: Plaats) -> None:
    for waarde, verwacht in (
        ("2030-05-01", date(2040, 5, 1)),
        ("20300501", date(2040, 5, 1)),
        ("20300501101500", date(2040, 5, 1)),
        ("weet ik niet", None),
        (None, None),
    ):
        zaak = lw.zaak()
        if waarde:
            Zaakeigenschap.objects.create(
                organisatie_id=zaak.organisatie_id,
                zaak=zaak,
                eigenschap=Eigenschap.objects.get(zaaktype_id=zaak.zaaktype_id, naam="categorie"),
                naam="categorie",
                waarde=waarde,
            )
        assert sluit(zaak, soort(zaak, "eigenschap", datumkenmerk="categorie"))[0] == verwacht


def test_ander_datumkenmerk_is_set_by_hand_and_stays(lw: Plaats) -> None:
    leeg, actie, start = lw.zaak(), lw.zaak(), lw.zaak()
    Zaak.objects.filter(id=actie.id).update(archiefactiedatum=date(2050, 1, 1))
    Zaak.objects.filter(id=start.id).update(startdatum_bewaartermijn=date(2030, 1, 1))
    assert sluit(leeg, soort(leeg, "ander_datumkenmerk")) == (None, None)
    actie.refresh_from_db()
    start.refresh_from_db()
    assert sluit(actie, soort(actie, "ander_datumkenmerk")) == (date(2050, 1, 1), None)
    assert sluit(start, soort(start, "ander_datumkenmerk")) == (date(2040, 1, 1), date(2030, 1, 1))
    commands.heropen_zaak(SYSTEEM, start, "Toch nog iets.")
    assert archief_van(start) == (None, date(2030, 1, 1))


def test_zaakobject(lw: Plaats) -> None:
    zaak, onbekend = lw.zaak(), lw.zaak()
    for een, soort_object, gegevens in (
        (zaak, "pand", {"identificatie": "1", "eindeGeldigheid": "2031-02-03"}),
        (zaak, "pand", {"identificatie": "2", "eindeGeldigheid": "20290101"}),
        (zaak, "adres", {"eindeGeldigheid": "2099-01-01"}),
        (zaak, "overige", {"overigeData": {"eindeGeldigheid": "2033-01-01"}}),
        (onbekend, "pand", {"identificatie": "3", "eindeGeldigheid": "2031-02-03"}),
        (onbekend, "pand", None),
    ):
        Zaakobject.objects.create(
            organisatie_id=een.organisatie_id, zaak=een, object_type=soort_object, object_identificatie=gegevens
        )
    procedure = {"datumkenmerk": "eindeGeldigheid", "objecttype": "pand"}
    assert sluit(zaak, soort(zaak, "zaakobject", **procedure))[0] == date(2041, 2, 3)
    assert sluit(onbekend, soort(onbekend, "zaakobject", **procedure)) == (None, None)
    commands.heropen_zaak(SYSTEEM, zaak, "Toch nog iets.")
    assert archief_van(zaak) == (None, None)
    assert sluit(zaak, soort(zaak, "zaakobject", **{**procedure, "objecttype": "overige"}))[0] == date(2043, 1, 1)


def test_gerelateerde_zaak(lw: Plaats) -> None:
    zaak, een, twee, open_ = lw.zaak(), lw.zaak(), lw.zaak(), lw.zaak()
    sluit(een, soort(een, "afgehandeld"), op=datetime(2027, 3, 1, 12, tzinfo=UTC))
    sluit(twee, soort(twee, "afgehandeld"), op=datetime(2027, 4, 1, 12, tzinfo=UTC))
    alleen = lw.zaak()
    assert sluit(alleen, soort(alleen, "gerelateerde_zaak")) == (None, None)

    def relatie(andere: Zaak) -> None:
        ZaakRelatie.objects.create(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            andere_zaak=andere,
            aard_relatie="vervolg",
            registratiedatum=MAANDAG,
        )

    relatie(een)
    relatie(twee)
    wijze = soort(zaak, "gerelateerde_zaak")
    assert sluit(zaak, wijze) == (date(2037, 4, 1), date(2027, 4, 1))
    commands.heropen_zaak(SYSTEEM, zaak, "Toch nog iets.")
    zaak.refresh_from_db()
    relatie(open_)
    assert sluit(zaak, wijze) == (None, None)


def test_a_deelzaak_follows_its_hoofdzaak(lw: Plaats) -> None:
    hoofd, deel, ander = lw.zaak(), lw.zaak(), lw.zaak()
    Zaak.objects.filter(id__in=[deel.id, ander.id]).update(hoofdzaak=hoofd)
    deel.refresh_from_db()
    ander.refresh_from_db()
    assert sluit(deel, soort(deel, "hoofdzaak")) == (None, None)
    zelf = sluit(ander, soort(ander, "afgehandeld"))
    with frozen(datetime(2027, 6, 1, 12, tzinfo=UTC)):
        sluit(hoofd, soort(hoofd, "afgehandeld"), op=datetime(2027, 6, 1, 12, tzinfo=UTC))
        assert archief_van(deel) == (date(2037, 6, 1), date(2027, 6, 1))
        assert archief_van(ander) == zelf
        regel = Handeling.objects.filter(object=deel.id).latest("tijd")
        assert regel.detail["archiefactiedatum"] == "2037-06-01"
        commands.heropen_zaak(SYSTEEM, hoofd, "Toch nog iets.")
        assert archief_van(deel) == (None, None)
        assert archief_van(ander) == zelf
    laat = lw.zaak()
    hoofd.refresh_from_db()
    sluit(hoofd, soort(hoofd, "afgehandeld"))
    Zaak.objects.filter(id=laat.id).update(hoofdzaak=hoofd)
    laat.refresh_from_db()
    assert sluit(laat, soort(laat, "hoofdzaak"))[0] == date(2036, 11, 23)


def test_besluiten(lw: Plaats) -> None:
    zaak, oneindig, zonder = lw.zaak(), lw.zaak(), lw.zaak()
    besluittype = Besluittype.objects.create(
        organisatie_id=zaak.organisatie_id,
        catalogus_id=zaak.zaaktype.catalogus_id,
        omschrijving="Vergunning",
        begin_geldigheid=date(2020, 1, 1),
    )
    for een, ingang, verval in (
        (zaak, date(2026, 1, 1), date(2030, 1, 1)),
        (zaak, date(2026, 2, 1), date(2029, 1, 1)),
        (oneindig, date(2026, 3, 1), None),
    ):
        Besluit.objects.create(
            organisatie_id=een.organisatie_id,
            identificatie=uuid4().hex,
            verantwoordelijke_organisatie="000000000",
            besluittype=besluittype,
            zaak=een,
            datum=ingang,
            ingangsdatum=ingang,
            vervaldatum=verval,
        )
    ingangsdatum, vervaldatum = soort(zaak, "ingangsdatum_besluit"), soort(zaak, "vervaldatum_besluit")

    def dagen_van(een: Zaak) -> list[date | None]:
        return [archief.bepaal(een.id, each.id, MAANDAG_DAG).archiefactiedatum for each in (ingangsdatum, vervaldatum)]

    assert dagen_van(oneindig) == [date(2036, 3, 1), None]
    assert dagen_van(zonder) == [None, None]
    assert sluit(zaak, ingangsdatum) == (date(2036, 2, 1), date(2026, 2, 1))
    commands.heropen_zaak(SYSTEEM, zaak, "Toch nog iets.")
    zaak.refresh_from_db()
    assert sluit(zaak, vervaldatum) == (date(2040, 1, 1), date(2030, 1, 1))


def test_what_was_set_by_hand_and_what_is_kept_for_ever(lw: Plaats) -> None:
    zaak, zonder = lw.zaak(), lw.zaak()
    Zaak.objects.filter(id=zaak.id).update(archiefnominatie="blijvend_bewaren")
    zaak.refresh_from_db()
    assert sluit(zaak, soort(zaak, "afgehandeld")) == (date(2036, 11, 23), None)
    assert zaak.archiefnominatie == "blijvend_bewaren"
    kaal = soort(zonder, "afgehandeld")
    kaal.archiefactietermijn = ""
    kaal.save()
    assert sluit(zonder, kaal) == (None, MAANDAG_DAG)
    assert zonder.archiefnominatie == "vernietigen"

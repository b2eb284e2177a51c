"""Zaaktypen travel: the document, the difference, and what taking it in does and does not touch."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS
from loket.foundation.api.models import Auditregel
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow as Regel
from loket.registers.catalogi import queries, reizen
from loket.registers.catalogi.commands import importeer, laad_catalogus
from loket.registers.catalogi.models import Besluittype, Catalogus, Informatieobjecttype, Statustype, Zaaktype
from tests.registers.wereld import SYSTEEM, Plaats, definitie


def rijk() -> dict[str, Any]:
    """A catalogue with one zaaktype that has one of everything."""
    deel = definitie()["zaaktypen"][0]
    return definitie(
        domein="BRON",
        besluittypen=[{"omschrijving": "Verlof", "reactietermijn": "P6W", "informatieobjecttypen": ["Besluit"]}],
        zaaktypen=[
            deel
            | {
                "trefwoorden": ["stoep", "tegel"],
                "besluittypen": ["Verlof"],
                "gerelateerde_zaaktypen": [{"zaaktype": "klacht", "aardRelatie": "vervolg", "toelichting": ""}],
                "informatieobjecttypen": [
                    {"informatieobjecttype": "Foto", "richting": "inkomend", "statustype": "Ontvangen"},
                    {"informatieobjecttype": "Foto", "richting": "uitgaand"},
                ],
                "zaakobjecttypen": [
                    {"ander_objecttype": False, "objecttype": "https://o.nl/boom", "relatie_omschrijving": "Over"},
                    {
                        "ander_objecttype": False,
                        "objecttype": "https://o.nl/boom",
                        "relatie_omschrijving": "Over",
                        "statustype": "In behandeling",
                    },
                ],
                "resultaattypen": [
                    {
                        "omschrijving": "Opgelost",
                        "archiefnominatie": "vernietigen",
                        "archiefactietermijn": "P1Y",
                        "brondatum_archiefprocedure": {"afleidingswijze": "afgehandeld", "datumkenmerk": ""},
                        "besluittypen": ["Verlof"],
                    }
                ],
            }
        ],
    )


@pytest.fixture
def bron(lw: Plaats) -> Zaaktype:
    """The zaaktype where it comes from."""
    laad_catalogus(SYSTEEM, lw.organisatie, rijk())
    return Zaaktype.objects.get(catalogus__domein="BRON", identificatie="melding")


@pytest.fixture
def document(bron: Zaaktype) -> dict[str, Any]:
    """As it is in the file."""
    gelezen: dict[str, Any] = json.loads(json.dumps(reizen.exporteer(bron.id)))
    return gelezen


@pytest.fixture
def doel(gt: Plaats) -> Catalogus:
    """An empty catalogue of another organisation."""
    return Catalogus.objects.create(organisatie=gt.organisatie, domein="DOEL", rsin=gt.organisatie.rsin)


def daar(doel: Catalogus) -> Zaaktype:
    return Zaaktype.objects.filter(catalogus=doel).order_by("-begin_geldigheid")[0]


def alles() -> tuple[Any, ...]:
    """Everything that an import could move."""
    tabellen = [model for _, model, _ in reizen.DELEN] + [Zaaktype, Informatieobjecttype, Besluittype]
    return (
        *(sorted(model._default_manager.values_list(), key=repr) for model in tabellen),
        *(model._default_manager.count() for model in (Handeling, Regel, Auditregel)),
    )


def test_there_and_back_is_the_same(document: dict[str, Any], doel: Catalogus) -> None:
    gedaan = importeer(SYSTEEM, doel, document)
    assert gedaan.stand == "nieuw" and gedaan.zaaktype_anders
    zaaktype = daar(doel)
    assert zaaktype.concept, "somebody publishes it there"
    assert reizen.exporteer(zaaktype.id) == document
    assert Handeling.objects.filter(handeling="catalogus.beheren", object=zaaktype.id).exists()
    assert Regel.objects.filter(type="nl.loket.catalogi.zaaktype.ingevoerd", subject=zaaktype.id).count() == 1
    assert set(Auditregel.objects.values_list("resource", flat=True)) == {
        "zaaktype",
        "informatieobjecttype",
        "besluittype",
    }


def test_nothing_in_it_is_of_one_loket(bron: Zaaktype, document: dict[str, Any]) -> None:
    tekst = json.dumps(document)
    sleutels = {str(each) for each in Statustype.objects.values_list("id", flat=True)}
    sleutels |= {str(bron.id), str(bron.catalogus_id), str(bron.organisatie_id)}
    assert not [each for each in sleutels if each in tekst]
    assert [each["omschrijving"] for each in document["informatieobjecttypen"]] == ["Besluit", "Foto"]
    assert document["zaaktype"]["informatieobjecttypen"][0]["statustype"] == 1


def test_the_same_again_changes_nothing(document: dict[str, Any], doel: Catalogus) -> None:
    importeer(SYSTEEM, doel, document)
    voor = alles()
    assert importeer(SYSTEEM, doel, document).regels == ()
    assert alles() == voor
    assert "Er verandert niets" in reizen.verschil(SYSTEEM, doel, document).tekst()[0]


def test_what_is_published_stays_and_a_concept_comes_beside_it(
    bron: Zaaktype, document: dict[str, Any], lw: Plaats
) -> None:
    voor = reizen.exporteer(bron.id)
    document["zaaktype"] |= {"doorlooptijd": "P8W"}
    document["zaaktype"]["statustypen"][1] |= {"omschrijving": "Bezig"}
    document["informatieobjecttypen"][1] |= {"informatieobjectcategorie": "beeld"}
    gedaan = importeer(SYSTEEM, bron.catalogus, document)
    assert gedaan.stand == "gepubliceerd"
    assert reizen.exporteer(bron.id)["zaaktype"] == voor["zaaktype"]
    nieuw = daar(bron.catalogus)
    assert (nieuw.concept, nieuw.doorlooptijd, nieuw.begin_geldigheid) == (True, "P8W", date(2026, 11, 24))
    assert list(nieuw.statustypen.order_by("volgnummer").values_list("omschrijving", flat=True))[1] == "Bezig"
    foto = Informatieobjecttype.objects.filter(catalogus=bron.catalogus, omschrijving="Foto").order_by("concept")
    assert [(each.concept, each.informatieobjectcategorie) for each in foto] == [(False, ""), (True, "beeld")]
    assert queries.zaaktype_in_kracht(lw.organisatie, "melding", date(2026, 11, 23)).doorlooptijd == "P6W"
    assert importeer(SYSTEEM, bron.catalogus, document).regels == (), "the concept is what it says"


def test_a_concept_becomes_as_the_document_says_with_the_keys_that_it_had(
    document: dict[str, Any], doel: Catalogus
) -> None:
    importeer(SYSTEEM, doel, document)
    zaaktype = daar(doel)
    sleutels = dict(zaaktype.statustypen.values_list("volgnummer", "id"))
    document["zaaktype"]["statustypen"] = document["zaaktype"]["statustypen"][:2]
    document["zaaktype"]["roltypen"] = []
    document["zaaktype"]["zaakobjecttypen"] = document["zaaktype"]["zaakobjecttypen"][:1]
    gedaan = importeer(SYSTEEM, doel, document)
    assert gedaan.stand == "concept"
    assert Zaaktype.objects.filter(catalogus=doel).count() == 1
    assert dict(zaaktype.statustypen.values_list("volgnummer", "id")) == {1: sleutels[1], 2: sleutels[2]}
    assert not zaaktype.roltypen.exists() and zaaktype.zaakobjecttypen.count() == 1
    assert reizen.exporteer(zaaktype.id)["zaaktype"] == document["zaaktype"]


def test_the_difference_can_be_read(bron: Zaaktype, document: dict[str, Any]) -> None:
    zaaktype = document["zaaktype"]
    zaaktype["doorlooptijd"] = "P8W"
    zaaktype["opschorting_en_aanhouding_mogelijk"] = True
    zaaktype["statustypen"].insert(1, zaaktype["statustypen"][1] | {"omschrijving": "Gepland"})
    for nummer, each in enumerate(zaaktype["statustypen"], 1):
        each["volgnummer"] = nummer
    zaaktype["eigenschappen"] = []
    document["besluittypen"][0]["reactietermijn"] = ""
    gezien = reizen.verschil(SYSTEEM, bron.catalogus, document)
    assert gezien.tekst()[:-1] == [
        "Van zaaktype “melding” is hier een gepubliceerde versie. Er komt een nieuw concept naast.",
        "Zaaktype “melding”: anders",
        "    doorlooptijd: P6W → P8W",
        "    opschorting_en_aanhouding_mogelijk: nee → ja",
        "Statustype “Gepland”: nieuw",
        "Statustype “In behandeling”: anders",
        "    volgnummer: 2 → 3",
        "Statustype “Afgehandeld”: anders",
        "    volgnummer: 3 → 4",
        "Eigenschap “categorie”: weg",
        "Zaakobjecttype “Over https://o.nl/boom”: anders",
        "    statustype: In behandeling → Gepland",
        "Besluittype “Verlof”: anders",
        "    reactietermijn: P6W → (leeg)",
    ]
    assert not Zaaktype.objects.filter(concept=True).exists(), "looking changes nothing"


BREUKEN: list[tuple[Callable[[dict[str, Any]], Any], str, str | None]] = [
    (lambda d: d.update(formaat="iets anders"), "unknown-format", None),
    (lambda d: d.update(versie=2), "unknown-format", None),
    (lambda d: d.pop("zaaktype"), "invalid", "zaaktype"),
    (lambda d: d["zaaktype"].update(onbekend=1), "invalid", "zaaktype.onbekend"),
    (lambda d: d["zaaktype"].update(omschrijving=None), "invalid", "zaaktype.omschrijving"),
    (lambda d: d["zaaktype"].pop("identificatie"), "invalid", "zaaktype.identificatie"),
    (lambda d: d["zaaktype"].update(versiedatum="gisteren"), "invalid", "zaaktype.versiedatum"),
    (lambda d: d["zaaktype"].update(trefwoorden=[1]), "invalid", "zaaktype.trefwoorden"),
    (lambda d: d["zaaktype"].update(omschrijving="x" * 81), "max_length", "omschrijving"),
    (lambda d: d["zaaktype"].update(trefwoorden=["\x00"]), "invalid", None),
    (lambda d: d["zaaktype"].update(broncatalogus={"naam": "\x00"}), "invalid", "zaaktype.broncatalogus"),
    (lambda d: d["zaaktype"].update(vertrouwelijkheidaanduiding="zomaar"), "invalid", None),
    (lambda d: d["zaaktype"].update(doorlooptijd="lang"), "invalid", "doorlooptijd"),
    (lambda d: d["zaaktype"].update(statustypen={}), "invalid", "zaaktype.statustypen"),
    (lambda d: d["zaaktype"]["statustypen"][2].update(volgnummer=1), "invalid", "zaaktype.statustypen.0.volgnummer"),
    (lambda d: d["zaaktype"]["roltypen"][3].update(omschrijving_generiek="baas"), "invalid", None),
    (
        lambda d: d["zaaktype"]["informatieobjecttypen"][1].update(statustype=9),
        "invalid",
        "zaaktype.informatieobjecttypen.1.statustype",
    ),
    (
        lambda d: d["zaaktype"]["resultaattypen"][0].update(
            brondatum_archiefprocedure={"afleidingswijze": "eigenschap"}
        ),
        "required",
        "zaaktype.resultaattypen.0.brondatumArchiefprocedure.datumkenmerk",
    ),
    (lambda d: d["besluittypen"].append(d["besluittypen"][0]), "invalid", "besluittypen.Verlof"),
]


@pytest.mark.parametrize(("breek", "code", "veld"), BREUKEN)
def test_a_broken_document_is_refused_and_nothing_is_half_done(
    document: dict[str, Any],
    doel: Catalogus,
    breek: Callable[[dict[str, Any]], Any],
    code: str,
    veld: str | None,
) -> None:
    breek(document)
    voor = alles()
    with pytest.raises(Refused) as weigering:
        importeer(SYSTEEM, doel, document)
    assert (weigering.value.code, weigering.value.field) == (code, veld)
    assert alles() == voor


@pytest.mark.parametrize("iets", [None, [], "tekst", 1, {}])
def test_what_is_no_document_at_all(doel: Catalogus, iets: Any) -> None:
    with pytest.raises(Refused, match="geen bestand"):
        importeer(SYSTEEM, doel, iets)


@pytest.mark.parametrize("waar", ["catalogi_roltype", "loket_api_auditregel", "loket_events_event"])
def test_an_import_that_is_cut_off_leaves_nothing(document: dict[str, Any], doel: Catalogus, waar: str) -> None:
    voor = alles()

    with connection.cursor() as cursor:
        cursor.execute(
            "create function breek_af() returns trigger language plpgsql as"
            " $$ begin raise exception 'cut off' using errcode = '57014'; end $$"
        )
        cursor.execute(f"create trigger breek_af before insert on {waar} for each row execute function breek_af()")
    with pytest.raises(Exception, match="cut off"):
        importeer(SYSTEEM, doel, document)
    assert alles() == voor


def test_who_may_not_manage_the_catalogue(document: dict[str, Any], doel: Catalogus) -> None:
    for doe in (importeer, reizen.verschil):
        with pytest.raises(Forbidden):
            doe(ANONYMOUS, doel, document)
    with pytest.raises(NotFound):
        reizen.exporteer(UUID(int=1))


TEKST = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stappen=st.lists(TEKST, max_size=4),
    rollen=st.lists(TEKST, max_size=3, unique=True),
    woorden=st.lists(TEKST, max_size=3),
    extra=st.dictionaries(TEKST, TEKST | st.integers() | st.none(), max_size=3),
)
def test_whatever_is_in_it_comes_out_again(
    document: dict[str, Any],
    doel: Catalogus,
    stappen: list[str],
    rollen: list[str],
    woorden: list[str],
    extra: dict[str, Any],
) -> None:
    """Also from one document to the next, in the concept that is there."""
    stap = document["zaaktype"]["statustypen"][0]
    zaaktype = document["zaaktype"] | {
        "trefwoorden": woorden,
        "bronzaaktype": extra,
        "statustypen": [stap | {"volgnummer": n, "omschrijving": naam} for n, naam in enumerate(stappen, 1)],
        "roltypen": [{"omschrijving": naam, "omschrijving_generiek": "initiator"} for naam in rollen],
        "informatieobjecttypen": [],
        "zaakobjecttypen": [],
    }
    nieuw = document | {"zaaktype": zaaktype}
    importeer(SYSTEEM, doel, nieuw)
    assert reizen.verschil(SYSTEEM, doel, nieuw).regels == ()
    assert importeer(SYSTEEM, doel, nieuw).regels == ()
    uit = reizen.exporteer(daar(doel).id)["zaaktype"]
    assert {n: uit[n] for n in ("trefwoorden", "bronzaaktype", "statustypen")} == {
        n: zaaktype[n] for n in ("trefwoorden", "bronzaaktype", "statustypen")
    }
    assert {each["omschrijving"] for each in uit["roltypen"]} == set(rollen)

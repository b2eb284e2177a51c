"""Running zaken go to another version of their zaaktype; what has no place there keeps its zaak where it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.time.clock import frozen
from loket.registers.catalogi.commands import laad_catalogus
from loket.registers.catalogi.models import Catalogus, Eigenschap, Zaaktype
from loket.registers.documenten import commands as documenten
from loket.registers.zaken import commands, rules
from loket.registers.zaken.commands import zet_over
from loket.registers.zaken.models import Rol, Status, Zaak, Zaakeigenschap
from tests.registers.wereld import SYSTEEM, Plaats, definitie


def versie(lw: Plaats, **anders: Any) -> Zaaktype:
    """Another version of the zaaktype melding, in force today."""
    oud = definitie()["zaaktypen"][0]
    nieuw = definitie(zaaktypen=[oud | {"begin_geldigheid": "2026-11-01", "doorlooptijd": "P8W", **anders}])
    laad_catalogus(SYSTEEM, lw.organisatie, nieuw)
    return Zaaktype.objects.get(organisatie=lw.organisatie, identificatie="melding", begin_geldigheid="2026-11-01")


def oude(lw: Plaats) -> Zaaktype:
    return Zaaktype.objects.get(organisatie=lw.organisatie, identificatie="melding", begin_geldigheid="2020-01-01")


def vol(lw: Plaats) -> Zaak:
    """A running zaak with one of everything."""
    zaak = lw.zaak("melding")
    commands.zet_status(SYSTEEM, zaak, "In behandeling", "Wij kijken.")
    commands.voeg_rol_toe(SYSTEEM, zaak, "belanghebbende", medewerker=lw.mens("Over Wie"))
    commands.zet_eigenschap(SYSTEEM, zaak, Eigenschap.objects.get(zaaktype=zaak.zaaktype_id), "stoep")
    return zaak


def stand(zaak: Zaak) -> tuple[Any, ...]:
    """Of which zaaktype the zaak is, and each of its parts."""
    zaak = Zaak.objects.get(id=zaak.id)
    return (
        zaak.zaaktype_id,
        {each.statustype.zaaktype_id for each in Status.objects.filter(zaak=zaak).select_related("statustype")},
        {each.roltype.zaaktype_id for each in Rol.objects.filter(zaak=zaak).select_related("roltype")},
        {each.eigenschap.zaaktype_id for each in Zaakeigenschap.objects.filter(zaak=zaak).select_related("eigenschap")},
    )


def sporen() -> tuple[int, int]:
    return Handeling.objects.count(), EventRow.objects.count()


def test_a_running_zaak_moves_with_all_that_it_has(lw: Plaats) -> None:
    zaak, van = vol(lw), oude(lw)
    dicht = lw.zaak("melding")
    commands.sluit_zaak(SYSTEEM, dicht, "Opgelost", "De stoep is weer recht.")
    elders = lw.zaak("klacht")
    omschrijvingen = list(Status.objects.filter(zaak=zaak).values_list("statustype__omschrijving", flat=True))
    naar, voor = versie(lw), sporen()

    proef = zet_over(SYSTEEM, naar.id, van=van.id)
    assert [each.zaak for each in proef.over] == [zaak.id] and not proef.blijft
    assert sporen() == voor and stand(zaak)[0] == van.id, "a trial changes nothing"

    gedaan = zet_over(SYSTEEM, naar.id, van=van.id, proef=False, waarom="Nieuwe termijnen")
    assert gedaan.zaken == proef.zaken
    assert stand(zaak) == (naar.id, {naar.id}, {naar.id}, {naar.id})
    assert list(Status.objects.filter(zaak=zaak).values_list("statustype__omschrijving", flat=True)) == omschrijvingen
    assert (stand(dicht)[0], stand(elders)[0] == naar.id) == (van.id, False)
    regel = Handeling.objects.get(object=zaak.id, waarom="Nieuwe termijnen")
    assert regel.detail == {"zaaktype_van": str(van.id), "zaaktype_naar": str(naar.id)}
    event = EventRow.objects.get(type="nl.loket.zaken.zaak.overgezet")
    assert (event.subject, event.data["zaaktype_naar"]) == (zaak.id, str(naar.id))
    assert zet_over(SYSTEEM, naar.id, van=van.id, proef=False).zaken == (), "there is nothing left to move"
    commands.sluit_zaak(SYSTEEM, zaak, "Opgelost", "De stoep is weer recht.")


def _foto(lw: Plaats, zaak: Zaak) -> None:
    document = documenten.leg_vast(
        SYSTEEM,
        organisatie=lw.organisatie,
        bestand=None,
        titel="Foto",
        bestandsnaam="foto.jpg",
        formaat="image/jpeg",
        informatieobjecttype="Foto",
    )
    commands.koppel_document(SYSTEEM, zaak, document.id)


STAPPEN = definitie()["zaaktypen"][0]["statustypen"]
ROLLEN = definitie()["zaaktypen"][0]["roltypen"]
BELETSELS: list[tuple[dict[str, Any], Callable[[Plaats, Zaak], Any], str]] = [
    (
        {"statustypen": [STAPPEN[0], {"omschrijving": "Bezig"}, STAPPEN[2]]},
        lambda lw, zaak: None,
        "De nieuwe versie heeft geen statustype “In behandeling”.",
    ),
    (
        {"statustypen": STAPPEN[:2]},
        lambda lw, zaak: None,
        "In de nieuwe versie is “In behandeling” de eindstatus. De zaak is nog niet klaar.",
    ),
    ({"roltypen": ROLLEN[:3]}, lambda lw, zaak: None, "geen roltype “Betrokken medewerker” met dezelfde betekenis."),
    (
        {"roltypen": [*ROLLEN[:3], ROLLEN[3] | {"omschrijving_generiek": "adviseur"}]},
        lambda lw, zaak: None,
        "geen roltype “Betrokken medewerker” met dezelfde betekenis.",
    ),
    ({"eigenschappen": []}, lambda lw, zaak: None, "De nieuwe versie heeft geen eigenschap “categorie”"),
    ({"informatieobjecttypen": []}, _foto, "Bij de nieuwe versie horen geen documenten van de soort “Foto”."),
    (
        {"resultaattypen": [{"omschrijving": "Klaar"}]},
        lambda lw, zaak: _resultaat(zaak),
        "De nieuwe versie heeft geen resultaattype “Opgelost”.",
    ),
    (
        {},
        lambda lw, zaak: Zaak.objects.filter(id=zaak.id).update(producten_of_diensten=["https://p.nl/1"]),
        "Bij de nieuwe versie hoort het product https://p.nl/1 niet.",
    ),
]


def _resultaat(zaak: Zaak) -> None:
    """A zaak that was closed and reopened keeps its resultaat."""
    commands.sluit_zaak(SYSTEEM, zaak, "Opgelost", "De stoep is weer recht.")
    commands.heropen_zaak(SYSTEEM, zaak, "Toch niet recht")


@pytest.mark.parametrize(("anders", "doe", "waarom"), BELETSELS)
def test_what_has_no_place_in_the_new_version_keeps_its_zaak_where_it_is(
    lw: Plaats, anders: dict[str, Any], doe: Callable[[Plaats, Zaak], Any], waarom: str
) -> None:
    zaak, ander, van = vol(lw), lw.zaak("melding"), oude(lw)
    doe(lw, zaak)
    naar = versie(lw, **anders)
    voor = stand(zaak)
    verslag = zet_over(SYSTEEM, naar.id, van=van.id, proef=False)
    assert [(each.zaak, len(each.beletsels)) for each in verslag.blijft] == [(zaak.id, 1)]
    assert waarom in str(verslag.blijft[0].beletsels[0])
    assert verslag.tekst() == [
        f"{zaak.identificatie}: {verslag.blijft[0].beletsels[0]}",
        "Over: 1. Blijft: 1.",
    ]
    assert stand(zaak) == voor
    assert stand(ander)[0] == naar.id, "the others move"


def test_only_zaken_of_the_same_zaaktype_that_are_open(lw: Plaats) -> None:
    naar = versie(lw)
    klacht, dicht, al = lw.zaak("klacht"), lw.zaak("melding"), lw.zaak("melding")
    commands.sluit_zaak(SYSTEEM, dicht, "Opgelost", "De stoep is weer recht.")
    assert al.zaaktype_id == naar.id
    verslag = zet_over(SYSTEEM, naar.id, zaken=[klacht.id, dicht.id, al.id], proef=False)
    redenen = {each.zaak: str(each.beletsels[0]) for each in verslag.blijft}
    assert redenen == {
        klacht.id: "Het is een zaak van een ander zaaktype (klacht).",
        dicht.id: "De zaak is gesloten.",
        al.id: "De zaak is al van deze versie.",
    }
    ander = Catalogus.objects.create(organisatie=lw.organisatie, domein="ANDER", rsin=lw.organisatie.rsin)
    Zaaktype.objects.filter(id=naar.id).update(catalogus=ander)
    zaak = lw.zaak(oude_in_kracht(lw))
    assert zet_over(SYSTEEM, naar.id, zaken=[zaak.id]).blijft[0].beletsels[0].soort == "identificatie"


def oude_in_kracht(lw: Plaats) -> Zaaktype:
    """The first version, as if it were the only one."""
    oud = oude(lw)
    Zaaktype.objects.filter(id=oud.id).update(einde_geldigheid=None)
    oud.refresh_from_db()
    return oud


def test_the_version_must_be_in_use(lw: Plaats) -> None:
    van = oude(lw)
    naar = versie(lw, concept=True)
    with pytest.raises(Refused) as weigering:
        zet_over(SYSTEEM, naar.id, van=van.id)
    assert weigering.value.code == "not-published"
    van = versie(lw)
    with frozen(datetime(2026, 10, 1, tzinfo=UTC)), pytest.raises(Refused, match="niet in gebruik"):
        zet_over(SYSTEEM, van.id, van=van.id)
    with pytest.raises(NotFound):
        zet_over(SYSTEEM, uuid4(), van=van.id)


def test_an_employee_moves_what_he_or_she_may_work_on(lw: Plaats, gt: Plaats) -> None:
    van, mijn, geheim = oude(lw), lw.zaak("melding"), lw.zaak("melding", vertrouwelijkheidaanduiding="geheim")
    naar = versie(lw)
    actor: Actor = lw.actor(lw.mens("Fenna"))
    assert [each.zaak for each in zet_over(actor, naar.id, van=van.id, proef=False).zaken] == [mijn.id]
    with pytest.raises(NotFound):
        zet_over(actor, naar.id, zaken=[geheim.id])
    with pytest.raises(Forbidden):
        zet_over(replace(actor, grants=()), naar.id, van=van.id)
    with pytest.raises(NotFound):
        zet_over(gt.actor(gt.mens("Gijs"), handelingen=(rules.BIJWERKEN,)), naar.id, van=van.id)
    assert stand(geheim)[0] == van.id


def test_a_move_that_is_cut_off_leaves_everything(lw: Plaats) -> None:
    zaken, van, naar = [vol(lw), vol(lw)], oude(lw), versie(lw)
    voor = [stand(each) for each in zaken], sporen()
    with connection.cursor() as cursor:
        cursor.execute(
            "create function breek_af() returns trigger language plpgsql as $$ begin"
            f" if new.object = '{max(each.id for each in zaken)}' then raise exception 'cut off'; end if;"
            " return new; end $$"
        )
        cursor.execute(
            "create trigger breek_af before insert on loket_audit_handeling for each row execute function breek_af()"
        )
    with pytest.raises(Exception, match="cut off"):
        zet_over(SYSTEEM, naar.id, van=van.id, proef=False)
    assert ([stand(each) for each in zaken], sporen()) == voor


def test_looking_costs_the_same_for_many(lw: Plaats, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    van = oude(lw)
    for _ in range(5):
        lw.zaak("melding")
    naar = versie(lw)
    with django_assert_max_num_queries(6):
        assert len(zet_over(SYSTEEM, naar.id, van=van.id).over) == 5

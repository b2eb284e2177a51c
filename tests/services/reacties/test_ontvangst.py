"""Receiving: the number, what is written, once, and in few statements."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.registers.klanten.models import Betrokkene, DigitaalAdres, Klantcontact, Onderwerpobject, Partij
from loket.registers.zaken.models import Rol, Toewijzing, Werkvoorraad, Zaak, Zaakeigenschap
from loket.services.reacties import sleutels
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.concepten import begin_concept
from loket.services.reacties.inzending import Plek
from loket.services.reacties.models import Concept, Volglink
from tests.services.reacties.wereld import TEGEL, Wereld, bewoner, inzending


def test_a_report_becomes_a_zaak_with_owner_message_sender_and_link(lw: Wereld) -> None:
    ontvangst = lw.ontvang()

    assert ontvangst.identificatie == "LW-2026-00001"
    assert ontvangst.antwoord_voor == date(2026, 11, 27)
    zaak = Zaak.objects.select_related("zaaktype", "status__statustype").get(id=ontvangst.zaak)
    assert (zaak.omschrijving, zaak.plek, zaak.kanaal) == (
        "Losse tegel of kapotte stoep",
        "Kastanjelaan, bij nummer 12",
        "website",
    )
    assert zaak.status is not None and zaak.status.statustype.omschrijving == "Ontvangen"
    assert zaak.zaaktype.identificatie == "melding" and zaak.va_rang == 4
    werk = Werkvoorraad.objects.get(zaak=zaak)
    assert (werk.team_id, werk.voorstel_team_id, werk.antwoord_voor) == (lw.een.id, lw.wegen.id, date(2026, 11, 27))
    assert werk.begin.startswith("Bij de boom") and werk.zekerheid is not None and werk.zekerheid >= 0.8
    assert Toewijzing.objects.get(zaak=zaak).team_id == lw.een.id
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak=zaak)
    assert (contact.inhoud, contact.richting, contact.kanaal) == (TEGEL, "in", "website")
    assert Betrokkene.objects.get(klantcontact=contact).contactnaam == "Tineke Hazelhoff"
    assert Rol.objects.get(zaak=zaak).omschrijving_generiek == "initiator"
    assert DigitaalAdres.objects.get().adres == "t.hazelhoff@voorbeeld.nl"
    assert Zaakeigenschap.objects.get(zaak=zaak).waarde == "stoep"
    link = Volglink.objects.get()
    assert bytes(link.sleutel_hash) == sleutels.hash_van(ontvangst.sleutel)
    assert sleutels.sleutel_van(bytes(link.zaad), bytes(link.sleutel_hash)) == ontvangst.sleutel
    assert ontvangst.sleutel.encode() not in bytes(link.zaad)


def test_events_trail_and_data_use_are_in_the_same_transaction(lw: Wereld) -> None:
    ontvangst = lw.ontvang()

    soorten = set(EventRow.objects.filter(subject=ontvangst.zaak).values_list("type", flat=True))
    assert soorten == {
        "nl.loket.zaken.zaak.gemaakt",
        "nl.loket.zaken.status.gezet",
        "nl.loket.klanten.klantcontact.vastgelegd",
        "nl.loket.reacties.reactie.ontvangen",
    }
    assert Handeling.objects.filter(object=ontvangst.zaak, handeling="zaak.maken", actor_soort="anoniem").exists()
    regel = Dataverwerking.objects.get(zaak=ontvangst.zaak)
    assert regel.betrokkene == Partij.objects.get().pseudoniem
    assert regel.organisatie == lw.organisatie.id


def test_nobody_is_recorded_who_leaves_nothing(lw: Wereld) -> None:
    ontvangst = lw.ontvang(naam="", email="")

    assert not Partij.objects.exists() and not Rol.objects.exists() and not Betrokkene.objects.exists()
    assert Volglink.objects.get(zaak=ontvangst.zaak).partij is None
    assert not Dataverwerking.objects.exists()


def test_the_same_key_gives_the_same_number(lw: Wereld) -> None:
    een = lw.ontvang(idempotency_key="x")
    twee = lw.ontvang(idempotency_key="x")

    assert (een.identificatie, een.sleutel) == (twee.identificatie, twee.sleutel)
    assert een.nieuw and not twee.nieuw
    assert Zaak.objects.count() == Volglink.objects.count() == Onderwerpobject.objects.count() == 1


def test_a_draft_is_sent_once_and_emptied(lw: Wereld) -> None:
    concept, _ = begin_concept("melding")
    een = ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(), concept=concept)
    twee = ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(tekst="iets anders"), concept=concept)

    assert een.identificatie == twee.identificatie
    concept = Concept.objects.get()
    assert (concept.zaak_id, concept.gegevens) == (een.zaak, {})


def test_the_same_address_is_the_same_person_but_nothing_of_it_changes(lw: Wereld) -> None:
    lw.ontvang()
    tweede = lw.ontvang(naam="Iemand Anders", telefoon="06 12345678", email="T.Hazelhoff@voorbeeld.nl")

    partij = Partij.objects.get()
    assert partij.naam == "Tineke Hazelhoff"
    assert [adres.adres for adres in DigitaalAdres.objects.all()] == ["t.hazelhoff@voorbeeld.nl"]
    contact = Klantcontact.objects.get(onderwerpobjecten__zaak=tweede.zaak)
    assert contact.metadata["telefoon"] == "06 12345678"
    assert Volglink.objects.get(zaak=tweede.zaak).email == "T.Hazelhoff@voorbeeld.nl"


def test_who_logged_in_is_one_person_everywhere(lw: Wereld, gt: Wereld) -> None:
    wie = bewoner()
    lw.ontvang(wie, email="", naam="Tineke Hazelhoff")
    lw.ontvang(wie, email="nieuw@voorbeeld.nl")
    gt.ontvang(wie)

    assert Partij.objects.count() == 2
    assert set(Partij.objects.values_list("pseudoniem", flat=True)) == {wie.pseudoniem}
    assert Rol.objects.count() == 3


def test_a_complaint_has_the_term_of_the_law_and_goes_to_who_handles_complaints(lw: Wereld) -> None:
    ontvangst = lw.ontvang(soort="klacht", categorie="omgang", over="De balie", plek=Plek())

    werk = Werkvoorraad.objects.get(zaak=ontvangst.zaak)
    assert ontvangst.antwoord_voor == date(2027, 1, 1) or ontvangst.antwoord_voor == date(2027, 1, 4)
    assert (werk.team_id, werk.va_rang) == (lw.klachten.id, 5)
    assert Zaakeigenschap.objects.get(zaak=ontvangst.zaak, naam="over").waarde == "De balie"


def test_a_complaint_needs_a_name_and_a_way_to_answer(lw: Wereld) -> None:
    with pytest.raises(Refused) as geweigerd:
        lw.ontvang(soort="klacht", categorie="", naam="")
    assert geweigerd.value.field == "naam"
    with pytest.raises(Refused) as geweigerd:
        lw.ontvang(soort="klacht", categorie="", email="")
    assert geweigerd.value.field == "email"
    assert not Zaak.objects.exists()


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"tekst": "  \n "}, "tekst"),
        ({"tekst": "x" * 4001}, "tekst"),
        ({"tekst": "a\x00b"}, "tekst"),
        ({"categorie": "bestaat-niet"}, "categorie"),
        ({"soort": "aanvraag"}, "soort"),
        ({"naam": "x" * 201}, "naam"),
        ({"plek": Plek(woorden="x" * 1001)}, "woorden"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(lw: Wereld, velden: dict[str, Any], veld: str) -> None:
    with pytest.raises(Refused) as geweigerd:
        lw.ontvang(**velden)
    assert geweigerd.value.field == veld
    assert not Zaak.objects.exists() and not EventRow.objects.filter(type__contains="reacties").exists()


def test_an_employee_records_only_for_the_own_organisation(lw: Wereld, gt: Wereld) -> None:
    medewerker = lw.actor("Fenna Wierda")
    eigen = ontvang_reactie(medewerker, lw.organisatie, inzending(kanaal="telefoon"), idempotency_key="a")
    assert Klantcontact.objects.get(onderwerpobjecten__zaak=eigen.zaak).medewerker_id == medewerker.id
    with pytest.raises(Forbidden):
        ontvang_reactie(medewerker, gt.organisatie, inzending(kanaal="telefoon"), idempotency_key="b")
    with pytest.raises(Forbidden):
        ontvang_reactie(Actor.link(eigen.zaak), lw.organisatie, inzending(), idempotency_key="c")


def test_numbers_follow_the_year_in_the_netherlands(lw: Wereld) -> None:
    oudjaar = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    ontvangst = ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(), idempotency_key="n", ontvangen_op=oudjaar)
    assert ontvangst.identificatie == "LW-2027-00001"


def test_without_a_catalogue_nothing_is_received(lw: Wereld) -> None:
    from uuid import uuid4

    with pytest.raises(NotFound):
        ontvang_reactie(ANONYMOUS, uuid4(), inzending(), idempotency_key="x")


def test_few_statements(lw: Wereld) -> None:
    lw.ontvang()
    from loket.foundation.database import sql

    geteld: list[str] = []
    echt = sql._cursor

    def tel(shape: object) -> object:
        geteld.append("")
        return echt(shape)  # type: ignore[arg-type]

    sql._cursor = tel  # type: ignore[assignment]
    try:
        with CaptureQueriesContext(connection) as orm:
            lw.ontvang(email="iemand@voorbeeld.nl")
    finally:
        sql._cursor = echt
    assert len(geteld) + len(orm) <= 12, (len(geteld), [q["sql"][:80] for q in orm])

"""People and contacts: recorded once, read for a purpose, kept as they were written."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Dataverwerking, Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.registers.klanten import commands, queries, rules
from loket.registers.klanten.models import DigitaalAdres, Klantcontact, Onderwerpobject, Partij, Partijidentificator
from loket.registers.klanten.versleuteling import ontsleutel, versleutel
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Werkvoorraad, Zaak
from tests.registers.wereld import SYSTEEM, Plaats, use

BSN = "123456782"


def contact(plaats: Plaats, zaak: Zaak | None = None, actor: Actor = SYSTEEM, **velden: object) -> Klantcontact:
    return commands.leg_contact_vast(
        actor,
        **{  # type: ignore[arg-type]
            "organisatie": plaats.organisatie,
            "kanaal": "website",
            "richting": "in",
            "inhoud": "De tegel ligt los.",
            "zaken": [zaak] if zaak else [],
            "idempotency_key": f"sleutel {Klantcontact.objects.count()}",
            **velden,
        },
    )


def test_a_bsn_is_nowhere_readable(lw: Plaats) -> None:
    partij = commands.registreer_partij(SYSTEEM, organisatie=lw.organisatie, naam="T. Hazelhoff", bsn=BSN)
    nummer = Partijidentificator.objects.get()
    assert (nummer.eind, ontsleutel("bsn", bytes(nummer.waarde))) == ("782", BSN)
    with connection.cursor() as cursor:
        for tabel in ("klanten_partij", "klanten_partijidentificator", "loket_audit_handeling", "loket_events_event"):
            cursor.execute(f"select count(*) from {tabel} t where t::text like %s", [f"%{BSN}%"])
            assert cursor.fetchone() == (0,), tabel
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    assert queries.partij(use(fenna), partij.id).nummer == "bsn …782"
    assert queries.identificatie(use(SYSTEEM), partij.id) == {"bsn": BSN}
    assert versleutel("bsn", BSN) != versleutel("bsn", BSN)


def test_found_again(lw: Plaats, gt: Plaats) -> None:
    def registreer(plaats: Plaats = lw, **velden: str) -> Partij:
        return commands.registreer_partij(SYSTEEM, organisatie=plaats.organisatie, **velden)

    een = registreer(bsn=BSN, naam="T. Hazelhoff", email="t@voorbeeld.nl")
    assert registreer(bsn=BSN, naam="Tineke Hazelhoff", email="tineke@voorbeeld.nl").id == een.id
    assert Partij.objects.get(id=een.id).naam == "Tineke Hazelhoff"
    adressen = DigitaalAdres.objects.filter(partij=een).order_by("id")
    assert [(a.adres, a.is_standaard_adres) for a in adressen] == [
        ("t@voorbeeld.nl", False),
        ("tineke@voorbeeld.nl", True),
    ]
    daar = registreer(gt, bsn=BSN)
    assert daar.id != een.id
    assert daar.pseudoniem == een.pseudoniem
    per_mail = registreer(email="O@voorbeeld.nl", naam="O. Brandsteder")
    assert registreer(email="o@voorbeeld.nl", naam="Iemand anders").id == per_mail.id
    assert Partij.objects.get(id=per_mail.id).naam == "O. Brandsteder", "an address proves nothing"
    assert registreer(naam="Onbekend").id != registreer(naam="Onbekend").id


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_person() -> None:
    lw = Plaats("LW")
    wie: list[object] = []
    begin = threading.Barrier(4)

    def werk() -> None:
        begin.wait()
        wie.append(commands.registreer_partij(SYSTEEM, organisatie=lw.organisatie, bsn=BSN, email="t@voorbeeld.nl").id)
        connection.close()

    draden = [threading.Thread(target=werk) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert len(wie) == 4
    assert len(set(wie)) == 1
    assert DigitaalAdres.objects.count() == Partijidentificator.objects.count() == 1


@pytest.mark.parametrize("fout", [{"bsn": "123456789"}, {"kvk": "12"}, {"email": "geen adres"}, {"email": "a@b"}])
def test_impossible_numbers_and_addresses(lw: Plaats, fout: dict[str, str]) -> None:
    with pytest.raises(Refused) as weigering:
        commands.registreer_partij(SYSTEEM, organisatie=lw.organisatie, **fout)
    assert weigering.value.code == "invalid"
    assert not Partij.objects.exists()


@given(st.integers(0, 999999999))
def test_the_eleven_test_catches_one_wrong_digit(getal: int) -> None:
    nummer = f"{getal:09d}"
    if rules.elfproef(nummer):
        for plek in range(9):
            anders = nummer[:plek] + str((int(nummer[plek]) + 1) % 10) + nummer[plek + 1 :]
            assert not rules.elfproef(anders)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(inhoud=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=4000))
def test_any_text_survives_unchanged(lw: Plaats, inhoud: str) -> None:
    gemaakt = contact(lw, inhoud=inhoud)
    assert Klantcontact.objects.get(id=gemaakt.id).inhoud == inhoud


def test_the_work_list_follows_the_conversation(lw: Plaats) -> None:
    fenna, zaak = lw.actor(lw.mens("Fenna"), lw.een), lw.zaak()

    def staat() -> tuple[bool, str]:
        werk = Werkvoorraad.objects.get(zaak=zaak)
        return werk.nieuw_bericht, werk.wacht_op

    contact(lw, zaak)
    assert staat() == (False, ""), "the first message is the zaak itself"
    contact(lw, zaak, fenna, richting="uit", inhoud="Waar precies?")
    zaken.werk_bij(fenna, zaak, wacht_op="bewoner")
    contact(lw, zaak, Actor.link(zaak.id), inhoud="Bij de boom")
    assert staat() == (True, "")
    contact(lw, zaak, fenna, richting="uit", inhoud="Dank u")
    assert staat() == (False, "")
    assert EventRow.objects.filter(subject=zaak.id, type="nl.loket.klanten.klantcontact.vastgelegd").count() == 4


def test_who_may_record_contacts(lw: Plaats, gt: Plaats) -> None:
    fenna, zaak = lw.actor(lw.mens("Fenna"), lw.een), lw.zaak()
    assert contact(lw, zaak, fenna).door == "Fenna"
    assert contact(lw, None, fenna).nummer
    for wie, waar, velden, fout in (
        (fenna, gt, {}, Forbidden),
        (ANONYMOUS, lw, {}, Forbidden),
        (Actor.link(zaak.id), lw, {"richting": "uit", "zaken": [zaak]}, Forbidden),
        (Actor("bewoner", pseudoniem="ander"), lw, {"zaken": [zaak]}, NotFound),
        (fenna, lw, {"zaken": [gt.zaak()]}, NotFound),
        (fenna, lw, {"inhoud": "x" * 100_001}, Refused),
        (fenna, lw, {"inhoud": "nul\x00"}, Refused),
    ):
        with pytest.raises(fout):
            contact(waar, None, wie, **velden)


def test_a_retry_gives_the_same_contact(lw: Plaats) -> None:
    zaak = lw.zaak()
    assert contact(lw, zaak, idempotency_key="a").id == contact(lw, zaak, idempotency_key="a").id
    assert Onderwerpobject.objects.count() == 1


def test_reading_writes_the_line(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    partij = commands.registreer_partij(
        SYSTEEM,
        organisatie=lw.organisatie,
        naam="T. Hazelhoff",
        bsn=BSN,
        email="t@voorbeeld.nl",
        telefoon="06 5550 1931",
    )
    zaak = lw.zaak(initiator=partij.id)
    gesprek = contact(lw, zaak, partij=partij, contactnaam="T. Hazelhoff")
    vragen: tuple[Callable[[], list[Any]], ...] = (
        lambda: queries.betrokkenen(use(fenna), zaak.id),
        lambda: queries.zoek_partijen(use(fenna), "hazel"),
        lambda: queries.zoek_partijen(use(fenna), "T@voorbeeld.nl"),
        lambda: [queries.partij(use(fenna), partij.id)],
        lambda: queries.contacten_van_zaak(use(fenna), zaak.id),
        lambda: queries.contacten_van_partij(use(fenna), partij.id),
        lambda: [queries.contact(use(fenna), gesprek.id)],
        lambda: queries.adressen_voor_bericht(use(SYSTEEM), zaak.id),
    )
    for aantal, vraag in enumerate(vragen, 1):
        assert len(vraag()) == 1
        assert Dataverwerking.objects.filter(betrokkene=partij.pseudoniem).count() == aantal
    [persoon] = queries.betrokkenen(use(fenna), zaak.id)
    assert (persoon.naam, persoon.email, persoon.telefoon, persoon.rol) == (
        "T. Hazelhoff",
        "t@voorbeeld.nl",
        "06 5550 1931",
        "initiator",
    )
    [bericht] = queries.contacten_van_zaak(use(fenna), zaak.id)
    assert (bericht.naam, bericht.zaken) == ("T. Hazelhoff", (zaak.id,))


def test_no_line_no_data(lw: Plaats) -> None:
    """The log refuses: every query fails and gives nothing."""
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    partij = commands.registreer_partij(SYSTEEM, organisatie=lw.organisatie, naam="T. Hazelhoff", bsn=BSN)
    zaak = lw.zaak(initiator=partij.id)
    gesprek = contact(lw, zaak, partij=partij)
    with connection.cursor() as cursor:
        cursor.execute("alter table loket_audit_dataverwerking add constraint nee check (false) not valid")
    for vraag in (
        lambda: queries.betrokkenen(use(fenna), zaak.id),
        lambda: queries.partij(use(fenna), partij.id),
        lambda: queries.zoek_partijen(use(fenna), "hazelhoff"),
        lambda: queries.contact(use(fenna), gesprek.id),
        lambda: queries.contacten_van_zaak(use(fenna), zaak.id),
        lambda: queries.contacten_van_partij(use(fenna), partij.id),
        lambda: queries.adressen_voor_bericht(use(fenna), zaak.id),
        lambda: queries.identificatie(use(fenna), partij.id),
    ):
        with pytest.raises(Exception, match="nee"), transaction.atomic():
            vraag()


def test_nothing_found_is_nothing_logged(lw: Plaats, gt: Plaats) -> None:
    partij = commands.registreer_partij(SYSTEEM, organisatie=lw.organisatie, naam="T. Hazelhoff", bsn=BSN)
    klacht = lw.zaak("klacht", initiator=partij.id)
    gesprek = contact(lw, klacht, partij=partij)
    fenna, wim = lw.actor(lw.mens("Fenna"), lw.een), gt.actor(gt.mens("Wim"))
    assert queries.betrokkenen(use(fenna), klacht.id) == []
    assert queries.contacten_van_zaak(use(fenna), klacht.id) == []
    assert queries.contacten_van_partij(use(fenna), partij.id) == []
    with pytest.raises(NotFound):
        queries.contact(use(fenna), gesprek.id)
    for wie in (wim, ANONYMOUS, Actor("bewoner", pseudoniem="x")):
        assert queries.zoek_partijen(use(wie), "hazelhoff") == []
        with pytest.raises(NotFound):
            queries.partij(use(wie), partij.id)
    assert queries.zoek_partijen(use(fenna), "&|:*!") == []
    assert not Dataverwerking.objects.exists()


def test_passing_on_shares_what_was_chosen(lw: Plaats, gt: Plaats) -> None:
    fenna, wim = lw.actor(lw.mens("Fenna"), lw.een), gt.actor(gt.mens("Wim"), gt.een)
    partij = commands.registreer_partij(
        SYSTEEM, organisatie=lw.organisatie, naam="T. Hazelhoff", bsn=BSN, email="t@voorbeeld.nl"
    )
    bron = lw.zaak(initiator=partij.id)
    wel, niet = contact(lw, bron, partij=partij, inhoud="Duiker dicht"), contact(lw, bron, inhoud="Iets anders")
    doel = zaken.maak_zaak(
        fenna,
        organisatie=gt.organisatie,
        zaaktype="melding",
        omschrijving="Duiker",
        doorgezonden_van=bron,
        idempotency_key="door",
    )
    for _ in range(2):
        commands.deel(fenna, van=bron, naar=doel, klantcontacten=[wel.id], waarom="Water")
    assert [c.inhoud for c in queries.contacten_van_zaak(use(wim), doel.id)] == ["Duiker dicht"]
    [persoon] = queries.betrokkenen(use(wim), doel.id)
    assert (persoon.naam, persoon.email, persoon.organisatie) == ("T. Hazelhoff", "t@voorbeeld.nl", gt.organisatie.id)
    with pytest.raises(NotFound):
        queries.contact(use(wim), niet.id)
    with pytest.raises(NotFound):
        commands.deel(fenna, van=bron, naar=gt.zaak(), klantcontacten=[wel.id])
    with pytest.raises(NotFound):
        commands.deel(wim, van=bron, naar=doel, klantcontacten=[niet.id])
    assert Handeling.objects.filter(handeling="klantcontact.delen").count() == 2


def test_changing_and_bouncing(lw: Plaats, gt: Plaats) -> None:
    partij = commands.registreer_partij(
        SYSTEEM, organisatie=lw.organisatie, naam="T.", pseudoniem="p-1", email="t@voorbeeld.nl"
    )
    zaak = lw.zaak(initiator=partij.id)
    assert commands.meld_gebounced(SYSTEEM, "T@voorbeeld.nl") == 1
    assert queries.adressen_voor_bericht(use(SYSTEEM), zaak.id)[0]["email"] == ""
    commands.wijzig_partij(Actor("bewoner", pseudoniem="p-1"), partij, email="nieuw@voorbeeld.nl", taal="eng")
    [naar] = queries.adressen_voor_bericht(use(SYSTEEM), zaak.id)
    assert (naar["email"], naar["taal"]) == ("nieuw@voorbeeld.nl", "eng")
    for wie in (Actor("bewoner", pseudoniem="p-2"), gt.actor(gt.mens("Wim")), ANONYMOUS):
        with pytest.raises(NotFound):
            commands.wijzig_partij(wie, partij, naam="X")

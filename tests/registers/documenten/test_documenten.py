"""Recording documents, and reading them through a zaak only."""

from uuid import uuid4

import pytest

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.storage.files import read, store
from loket.registers.documenten import commands, queries
from loket.registers.documenten.models import Informatieobject, InformatieobjectVersie
from loket.registers.klanten.commands import registreer_partij
from loket.registers.zaken import commands as zaken
from tests.registers.wereld import SYSTEEM, Plaats


def foto(plaats: Plaats, actor: Actor = SYSTEEM, **velden: object) -> Informatieobject:
    return commands.leg_vast(
        actor,
        **{  # type: ignore[arg-type]
            "organisatie": plaats.organisatie,
            "bestand": store(b"JFIF"),
            "titel": "Stoeptegel",
            "bestandsnaam": "tegel.jpg",
            "formaat": "image/jpeg",
            "informatieobjecttype": "Foto",
            **velden,
        },
    )


def test_recorded_linked_and_read(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    document, zaak = foto(lw, fenna), lw.zaak()
    with pytest.raises(NotFound):
        queries.lees(fenna, document.id)
    zaken.koppel_document(fenna, zaak, document.id)
    zaken.koppel_document(fenna, zaak, document.id)
    gelezen = queries.lees(fenna, document.id)
    assert (gelezen.bestandsomvang, gelezen.auteur, gelezen.informatieobjecttype) == (4, "Fenna", "Foto")
    assert read(gelezen.sha256) == b"JFIF"
    assert [d.id for d in queries.documenten_van(fenna, zaak.id)] == [document.id]
    assert queries.in_gebruik([gelezen.sha256, "0" * 64]) == {gelezen.sha256}


def test_only_through_a_zaak_one_may_see(lw: Plaats, gt: Plaats) -> None:
    document, klacht = foto(lw), lw.zaak("klacht")
    zaken.koppel_document(SYSTEEM, klacht, document.id)
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    for wie in (fenna, gt.actor(gt.mens("Wim")), ANONYMOUS, Actor("bewoner", pseudoniem="x"), Actor.link(lw.zaak().id)):
        with pytest.raises(NotFound):
            queries.lees(wie, document.id)
        assert queries.documenten_van(wie, klacht.id) == []
    with pytest.raises(NotFound):
        zaken.koppel_document(fenna, lw.zaak(), document.id), "linking a hidden document would show it"
    with pytest.raises(NotFound):
        zaken.koppel_document(fenna, lw.zaak(), uuid4())


def test_a_resident_adds_and_sees_what_is_meant_to_be_shown(lw: Plaats) -> None:
    partij = registreer_partij(SYSTEEM, organisatie=lw.organisatie, pseudoniem="p-1")
    bewoner, zaak = Actor("bewoner", pseudoniem="p-1"), lw.zaak(initiator=partij.id)
    eigen, intern = foto(lw, bewoner), foto(lw)
    zaken.koppel_document(bewoner, zaak, eigen.id)
    zaken.koppel_document(SYSTEEM, zaak, intern.id)
    assert [d.id for d in queries.documenten_van(bewoner, zaak.id)] == [eigen.id]
    with pytest.raises(NotFound):
        queries.lees(bewoner, intern.id)
    with pytest.raises(NotFound):
        zaken.koppel_document(bewoner, lw.zaak(), foto(lw, bewoner).id)


def test_a_retry_gives_the_same_document(lw: Plaats) -> None:
    assert foto(lw, idempotency_key="a").id == foto(lw, idempotency_key="a").id
    assert Informatieobject.objects.count() == 1


def test_who_may_record_and_what(lw: Plaats, gt: Plaats) -> None:
    with pytest.raises(Forbidden):
        foto(gt, lw.actor(lw.mens("Fenna")))
    with pytest.raises(Forbidden):
        foto(lw, lw.actor(lw.mens("Lezer"), handelingen=("zaak.lezen",)))
    with pytest.raises(NotFound):
        foto(lw, informatieobjecttype="Bestaat niet")
    for velden, code in (
        ({"titel": "x" * 201}, "max_length"),
        ({"status": "in_bewerking", "ontvangstdatum": "2026-11-23"}, "invalid_for_received"),
        ({"indicatie_gebruiksrecht": True}, "missing-gebruiksrechten"),
        ({"vertrouwelijkheidaanduiding": "heel"}, "invalid_choice"),
    ):
        with pytest.raises(Refused) as weigering:
            foto(lw, **velden)
        assert weigering.value.code == code
    assert not Informatieobject.objects.exists()


def test_the_kind_must_belong_in_the_zaaktype(lw: Plaats) -> None:
    with pytest.raises(Refused) as weigering:
        zaken.koppel_document(SYSTEEM, lw.zaak(), foto(lw, informatieobjecttype="Besluit").id)
    assert weigering.value.code == "missing-zaaktype-informatieobjecttype-relation"


def test_rights_must_be_known_before_closing(lw: Plaats) -> None:
    zaak, document = lw.zaak(), foto(lw, indicatie_gebruiksrecht=None)
    zaken.koppel_document(SYSTEEM, zaak, document.id)
    with pytest.raises(Refused) as weigering:
        zaken.sluit_zaak(SYSTEEM, zaak, "Opgelost", "Het is gemaakt.")
    assert weigering.value.code == "indicatiegebruiksrecht-unset"
    commands.geef_gebruiksrechten(SYSTEEM, document.id, "Alleen voor deze zaak")
    zaken.sluit_zaak(SYSTEEM, zaak, "Opgelost", "Het is gemaakt.")


def test_versions_under_a_lock(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    document, zaak = foto(lw), lw.zaak()
    zaken.koppel_document(SYSTEEM, zaak, document.id)
    for lock, code in (("", "unlocked"), ("x", "unlocked")):
        with pytest.raises(Refused) as weigering:
            commands.wijzig(fenna, document.id, lock, titel="Nieuw")
        assert weigering.value.code == code
    lock = commands.vergrendel(fenna, document.id)
    for fout, code in (("", "missing-lock-id"), ("x", "incorrect-lock-id")):
        with pytest.raises(Refused) as weigering:
            commands.wijzig(fenna, document.id, fout, titel="Nieuw")
        assert weigering.value.code == code
    with pytest.raises(Refused):
        commands.vergrendel(fenna, document.id)
    commands.wijzig(fenna, document.id, lock, titel="Nieuw", bestand=store(b"langer bestand"))
    commands.ontgrendel(fenna, document.id, lock)
    assert (queries.lees(fenna, document.id).titel, queries.lees(fenna, document.id).bestandsomvang) == ("Nieuw", 14)
    assert (queries.lees(fenna, document.id, 1).titel, queries.lees(fenna, document.id, 1).op_slot) == (
        "Stoeptegel",
        False,
    )
    assert InformatieobjectVersie.objects.count() == 2
    with pytest.raises(Forbidden):
        commands.vergrendel(Actor("bewoner", pseudoniem="p"), document.id)


def test_sharing_a_document_with_whom_it_was_passed_on_to(lw: Plaats, gt: Plaats) -> None:
    fenna, wim = lw.actor(lw.mens("Fenna"), lw.een), gt.actor(gt.mens("Wim"), gt.een)
    bron, deel, niet = lw.zaak(), foto(lw), foto(lw)
    zaken.koppel_document(fenna, bron, deel.id)
    zaken.koppel_document(fenna, bron, niet.id)
    doel = zaken.maak_zaak(
        fenna,
        organisatie=gt.organisatie,
        zaaktype="melding",
        omschrijving="Duiker",
        doorgezonden_van=bron,
        idempotency_key="door",
    )
    assert zaken.deel_documenten(fenna, bron, doel, [deel.id]) == 1
    assert zaken.deel_documenten(fenna, bron, doel, [deel.id]) == 0
    assert queries.lees(wim, deel.id).titel == "Stoeptegel"
    with pytest.raises(NotFound):
        queries.lees(wim, niet.id)
    with pytest.raises(NotFound):
        zaken.deel_documenten(fenna, bron, gt.zaak(), [deel.id])
    with pytest.raises(NotFound):
        zaken.deel_documenten(fenna, bron, doel, [foto(lw).id])

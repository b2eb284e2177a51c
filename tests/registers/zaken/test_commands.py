"""Making, assigning, closing and reopening a zaak."""

import threading
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.time.clock import frozen
from loket.registers.zaken import commands, queries, rules
from loket.registers.zaken.models import (
    Idempotentie,
    Resultaat,
    Rol,
    Status,
    Toewijzing,
    Werkvoorraad,
    Zaak,
    ZaakRelatie,
)
from tests.registers.wereld import MAANDAG, SYSTEEM, Plaats


def soorten(zaak: Zaak) -> list[str]:
    rijen = EventRow.objects.filter(subject=zaak.id).exclude(type="nl.loket.api.object.gewijzigd").order_by("volg")
    return [e.type.removeprefix("nl.loket.zaken.") for e in rijen]


def test_a_new_zaak(lw: Plaats) -> None:
    zaak = lw.zaak(plek="Kastanjelaan 12", x=155000.0, y=463000.0)
    assert zaak.identificatie == "LW-2026-00001"
    assert (zaak.startdatum, zaak.uiterlijke_einddatum_afdoening) == (date(2026, 11, 23), date(2027, 1, 4))
    assert zaak.va_rang == 4
    werk = Werkvoorraad.objects.get(zaak=zaak)
    assert (werk.team, werk.antwoord_voor, werk.zaaktype, werk.va_rang) == (lw.een, date(2026, 11, 26), "melding", 4)
    assert werk.begin == "Bij de boom steekt een tegel omhoog."
    assert zaak.status is not None
    assert zaak.status.statustype.omschrijving == "Ontvangen"
    assert Toewijzing.objects.get(zaak=zaak).team == lw.een
    assert soorten(zaak) == ["zaak.gemaakt", "status.gezet"]
    assert Handeling.objects.get(object=zaak.id).handeling == "zaak.maken"


def test_numbers_go_up_per_organisation_and_year(lw: Plaats, gt: Plaats) -> None:
    vroeger = datetime(2025, 6, 1, tzinfo=UTC)
    nummers = [lw.zaak().identificatie, lw.zaak().identificatie, gt.zaak().identificatie]
    assert nummers == ["LW-2026-00001", "LW-2026-00002", "GT-2026-00001"]
    assert lw.zaak(ontvangen_op=vroeger).identificatie == "LW-2025-00001"


def test_a_retry_gives_the_same_zaak(lw: Plaats) -> None:
    een, twee = lw.zaak(idempotency_key="zelfde"), lw.zaak(idempotency_key="zelfde")
    assert een.id == twee.id
    assert Zaak.objects.count() == 1
    assert lw.zaak(idempotency_key="ander").identificatie == "LW-2026-00002"


def test_a_retry_in_another_organisation_is_another_zaak(lw: Plaats, gt: Plaats) -> None:
    assert lw.zaak(idempotency_key="zelfde").id != gt.zaak(idempotency_key="zelfde").id


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_zaak_and_unique_numbers() -> None:
    """Eight threads: four with one key, four each with their own."""
    lw = Plaats("LW")
    uit: list[tuple[str, str]] = []
    begin = threading.Barrier(8)

    def werk(sleutel: str) -> None:
        begin.wait()
        zaak = lw.zaak(idempotency_key=sleutel)
        uit.append((sleutel, zaak.identificatie))
        connection.close()

    draden = [threading.Thread(target=werk, args=(f"{i if i < 4 else 'samen'}",)) for i in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    assert len(uit) == 8
    assert len({nummer for sleutel, nummer in uit if sleutel == "samen"}) == 1
    assert len({nummer for _, nummer in uit}) == 5
    assert Zaak.objects.count() == Idempotentie.objects.count() == 5


def test_a_refused_zaak_leaves_nothing(lw: Plaats) -> None:
    with pytest.raises(Refused) as weigering:
        lw.zaak(omschrijving="x" * 81)
    assert (weigering.value.code, weigering.value.field) == ("max_length", "omschrijving")
    assert not Zaak.objects.exists() and not Idempotentie.objects.exists()
    assert not EventRow.objects.filter(type__startswith="nl.loket.zaken").exists()


@pytest.mark.parametrize(
    ("velden", "code"),
    [
        ({"vertrouwelijkheidaanduiding": "heel_geheim"}, "invalid_choice"),
        ({"toelichting": "nul\x00"}, "null_characters"),
        ({"velden": {"producten_of_diensten": ["https://p.nl/1"]}}, "invalid-products-services"),
        ({"ontvangen_op": datetime(2019, 1, 1, tzinfo=UTC)}, "not-published"),
    ],
)
def test_what_a_new_zaak_may_not_be(lw: Plaats, velden: dict[str, Any], code: str) -> None:
    zaaktype = lw.zaak().zaaktype
    with pytest.raises(Refused) as weigering:
        lw.zaak(**{"zaaktype": zaaktype, **velden})
    assert weigering.value.code == code


def test_unknown_zaaktype_and_unknown_field(lw: Plaats, gt: Plaats) -> None:
    with pytest.raises(NotFound):
        lw.zaak("vergunning")
    with pytest.raises(NotFound):
        lw.zaak(zaaktype=gt.zaak().zaaktype)
    with pytest.raises(TypeError, match="einddatum"):
        lw.zaak(velden={"einddatum": date(2026, 1, 1)})


def test_a_number_given_twice_is_refused(lw: Plaats) -> None:
    lw.zaak(identificatie="OUD-1")
    with pytest.raises(Refused) as weigering:
        lw.zaak(identificatie="OUD-1")
    assert weigering.value.code == "identificatie-niet-uniek"
    with pytest.raises(IntegrityError), transaction.atomic():
        Zaak.objects.filter(identificatie="OUD-1").update(identificatie=lw.zaak().identificatie)


def test_who_may_make_a_zaak(lw: Plaats, gt: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)

    def maak(actor: Actor, waar: Plaats, zaaktype: str = "melding") -> Zaak:
        return commands.maak_zaak(
            actor,
            organisatie=waar.organisatie,
            zaaktype=zaaktype,
            omschrijving="Lamp kapot",
            idempotency_key=str(uuid4()),
        )

    assert maak(fenna, lw).identificatie
    assert maak(fenna, lw, "klacht"), "a complaint by telephone, which she then does not see"
    assert maak(ANONYMOUS, lw)
    with pytest.raises(Forbidden):
        maak(fenna, gt)
    with pytest.raises(Forbidden):
        maak(lw.actor(lw.mens("Gast"), handelingen=("zaak.lezen",)), lw)


def test_assigning(lw: Plaats, gt: Plaats) -> None:
    fenna, joris = lw.mens("Fenna"), lw.mens("Joris")
    ik = lw.actor(fenna, lw.een)
    zaak = lw.zaak()
    commands.wijs_toe(ik, zaak, team=lw.twee, behandelaar=joris, waarom="Is van wegen")
    werk = Werkvoorraad.objects.get(zaak=zaak)
    assert (werk.team, werk.behandelaar) == (lw.twee, joris)
    assert Rol.objects.get(zaak=zaak, omschrijving_generiek="behandelaar").medewerker == joris
    commands.wijs_toe(ik, zaak, behandelaar=fenna)
    assert Rol.objects.get(zaak=zaak, omschrijving_generiek="behandelaar").medewerker == fenna
    ketting = Toewijzing.objects.filter(zaak=zaak).order_by("id")
    assert [(t.team, t.medewerker) for t in ketting] == [(lw.een, None), (lw.twee, joris), (lw.twee, fenna)]
    assert [t.tot is None for t in ketting] == [False, False, True]
    voor = EventRow.objects.count()
    commands.wijs_toe(ik, zaak, behandelaar=fenna)
    assert EventRow.objects.count() == voor, "no change, no event"
    with pytest.raises(Refused) as weigering:
        commands.wijs_toe(ik, zaak, team=gt.een)
    assert weigering.value.code == "andere-organisatie"
    with pytest.raises(Refused):
        commands.wijs_toe(ik, zaak, behandelaar=gt.mens("Ander"))
    with pytest.raises(Forbidden):
        commands.wijs_toe(lw.actor(joris, handelingen=("zaak.lezen",)), zaak, team=lw.een)
    with pytest.raises(NotFound):
        commands.wijs_toe(gt.actor(gt.mens("Ander")), zaak, team=gt.een)


def test_nobody_handles_a_complaint_about_himself(lw: Plaats) -> None:
    joris = lw.mens("Joris")
    zaak = lw.zaak("klacht", team=lw.twee, behandelaar=joris)
    ik = lw.actor(joris, lw.twee, max_va=8)
    assert queries.mag(ik, "zaak.lezen", zaak.id)
    commands.voeg_rol_toe(SYSTEEM, zaak, "belanghebbende", medewerker=joris)
    assert not queries.mag(ik, "zaak.lezen", zaak.id)
    assert Werkvoorraad.objects.get(zaak=zaak).behandelaar is None
    with pytest.raises(Refused) as weigering:
        commands.wijs_toe(SYSTEEM, zaak, behandelaar=joris)
    assert weigering.value.code == "betrokken"


def test_closing(lw: Plaats) -> None:
    ik = lw.actor(lw.mens("Fenna"), lw.een)
    zaak = lw.zaak()
    for reden in ("", "  ", "ok"):
        with pytest.raises(Refused) as weigering:
            commands.sluit_zaak(ik, zaak, "Opgelost", reden)
        assert weigering.value.field == "toelichting"
    with pytest.raises(NotFound):
        commands.sluit_zaak(ik, zaak, "Bestaat niet", "De stoep is gemaakt.")
    commands.sluit_zaak(ik, zaak, "Opgelost", "De stoep is gemaakt.")
    zaak.refresh_from_db()
    assert zaak.einddatum == date(2026, 11, 23)
    assert (zaak.archiefnominatie, zaak.archiefactiedatum) == ("vernietigen", date(2027, 11, 23))
    assert zaak.status is not None
    assert zaak.status.statustype.omschrijving == "Afgehandeld"
    assert Resultaat.objects.get(zaak=zaak).toelichting == "De stoep is gemaakt."
    assert not Werkvoorraad.objects.filter(zaak=zaak).exists()
    assert not Toewijzing.objects.filter(zaak=zaak, tot__isnull=True).exists()
    assert soorten(zaak)[-2:] == ["status.gezet", "zaak.gesloten"]
    with pytest.raises(Refused) as weigering:
        commands.sluit_zaak(ik, zaak, "Opgelost", "Nog een keer dicht.")
    assert weigering.value.code == "zaak-closed"
    for verboden in (
        lambda: commands.werk_bij(ik, zaak, plek="Elders"),
        lambda: commands.wijs_toe(ik, zaak, team=lw.twee),
        lambda: commands.schrijf_notitie(ik, zaak, "Nog iets"),
    ):
        with pytest.raises(Refused, match="afgesloten"):
            verboden()


def test_reopening(lw: Plaats) -> None:
    ik = lw.actor(lw.mens("Fenna"), lw.een)
    zaak = lw.zaak(team=lw.twee)
    with pytest.raises(Refused) as weigering:
        commands.heropen_zaak(ik, zaak, "Niet opgelost")
    assert weigering.value.code == "zaak-open"
    commands.sluit_zaak(ik, zaak, "Opgelost", "De stoep is gemaakt.")
    with frozen(MAANDAG.replace(day=30)):
        commands.heropen_zaak(ik, zaak, "De tegel ligt weer los")
        assert [z.tot is None for z in Toewijzing.objects.filter(zaak=zaak).order_by("id")] == [False, True]
    zaak.refresh_from_db()
    assert (zaak.einddatum, zaak.archiefnominatie, zaak.archiefactiedatum) == (None, "", None)
    assert zaak.status is not None
    assert zaak.status.statustype.omschrijving == "In behandeling"
    werk = Werkvoorraad.objects.get(zaak=zaak)
    assert (werk.team, werk.antwoord_voor) == (lw.twee, date(2026, 12, 3))
    commands.sluit_zaak(ik, zaak, "Samengevoegd", "Hoort bij een andere melding.")
    assert Resultaat.objects.get(zaak=zaak).resultaattype.omschrijving == "Samengevoegd"


def test_the_standards_way_of_closing_and_reopening(lw: Plaats) -> None:
    zaak = lw.zaak()
    with pytest.raises(Refused) as weigering:
        commands.zet_status(SYSTEEM, zaak, "Afgehandeld")
    assert weigering.value.code == "resultaat-does-not-exist"
    commands.sluit_zaak(SYSTEEM, zaak, "Opgelost", "De stoep is gemaakt.")
    commands.zet_status(SYSTEEM, zaak, "In behandeling")
    zaak.refresh_from_db()
    assert zaak.einddatum is None
    commands.zet_status(SYSTEEM, zaak, "Afgehandeld")
    zaak.refresh_from_db()
    assert zaak.einddatum == date(2026, 11, 23)
    assert Status.objects.filter(zaak=zaak).count() == 4
    with pytest.raises(Refused) as weigering:
        andere = lw.zaak("klacht")
        commands.zet_status(SYSTEEM, andere, zaak.status.statustype if zaak.status else "")
    assert weigering.value.code == "zaaktype-mismatch"


def test_changing_fields_follows_into_the_work_list(lw: Plaats) -> None:
    ik = lw.actor(lw.mens("Fenna"), lw.een)
    zaak = lw.zaak()
    commands.werk_bij(
        ik, zaak, omschrijving="Gat in de weg", wacht_op="bewoner", x=1.0, y=2.0, antwoord_voor=date(2027, 1, 1)
    )
    werk = Werkvoorraad.objects.get(zaak=zaak)
    assert (werk.onderwerp, werk.wacht_op, werk.x, werk.antwoord_voor) == (
        "Gat in de weg",
        "bewoner",
        1.0,
        date(2027, 1, 1),
    )
    assert EventRow.objects.filter(subject=zaak.id).order_by("volg").last().data["velden"][0] == "omschrijving"  # type: ignore[union-attr]
    voor = EventRow.objects.count()
    commands.werk_bij(ik, zaak, wacht_op="bewoner")
    assert EventRow.objects.count() == voor
    commands.werk_bij(SYSTEEM, zaak, vertrouwelijkheidaanduiding="vertrouwelijk")
    assert Werkvoorraad.objects.get(zaak=zaak).va_rang == Zaak.objects.get(id=zaak.id).va_rang == 5
    with pytest.raises(NotFound):
        commands.werk_bij(ik, zaak, plek="Elders")
    with pytest.raises(TypeError):
        commands.werk_bij(SYSTEEM, zaak, identificatie="X")
    with pytest.raises(Refused):
        commands.werk_bij(SYSTEEM, zaak, wacht_op="godot")


def test_relating_is_mutual_and_harmless_twice(lw: Plaats, gt: Plaats) -> None:
    ik = lw.actor(lw.mens("Fenna"), lw.een)
    een, twee = lw.zaak(), lw.zaak()
    commands.koppel_zaken(ik, een, twee, "duplicaat", waarom="Zelfde tegel")
    commands.koppel_zaken(ik, een, twee, "duplicaat")
    assert ZaakRelatie.objects.count() == 2
    assert [v["identificatie"] for v in queries.verwante_zaken(ik, twee.id)] == [een.identificatie]
    with pytest.raises(Refused):
        commands.koppel_zaken(ik, een, een, "vervolg")
    with pytest.raises(Refused):
        commands.koppel_zaken(ik, een, twee, "doorgezonden")
    with pytest.raises(NotFound):
        commands.koppel_zaken(ik, een, gt.zaak(), "vervolg")


def test_passing_on_keeps_the_number_and_shows_nothing_else(lw: Plaats, gt: Plaats) -> None:
    fenna, wim = lw.actor(lw.mens("Fenna"), lw.een), gt.actor(gt.mens("Wim"), gt.een)
    bron = lw.zaak()
    doel = commands.maak_zaak(
        fenna,
        organisatie=gt.organisatie,
        zaaktype="melding",
        omschrijving="Verstopte duiker",
        doorgezonden_van=bron,
        waarom="Het water is van het waterschap",
        idempotency_key="door",
    )
    assert doel.identificatie == bron.identificatie
    assert doel.organisatie == gt.organisatie
    assert not queries.mag(fenna, "zaak.lezen", doel.id)
    assert not queries.mag(wim, "zaak.lezen", bron.id)
    [van] = queries.verwante_zaken(wim, doel.id)
    assert (van["aard_relatie"], van["zichtbaar"], van["omschrijving"]) == ("doorgezonden", False, "")
    assert {z["id"] for z in queries.zaken_van_bewoner(Actor.link(bron.id))} == {bron.id, doel.id}
    vreemd = lw.zaak()
    assert {z["id"] for z in queries.zaken_van_bewoner(Actor.link(vreemd.id))} == {vreemd.id}
    with pytest.raises(NotFound):
        commands.maak_zaak(
            wim,
            organisatie=gt.organisatie,
            zaaktype="melding",
            omschrijving="Gestolen",
            doorgezonden_van=lw.zaak(),
            idempotency_key="fout",
        )


def test_notes_and_properties(lw: Plaats) -> None:
    from loket.registers.catalogi.models import Eigenschap

    ik = lw.actor(lw.mens("Fenna"), lw.een)
    zaak = lw.zaak()
    notitie = commands.schrijf_notitie(ik, zaak, "Put zit dicht 🕳️\nregel 2")
    assert (notitie.tekst, notitie.aangemaakt_door, notitie.status) == (
        "Put zit dicht 🕳️\nregel 2",
        "Fenna",
        "definitief",
    )
    with pytest.raises(Refused):
        commands.schrijf_notitie(ik, zaak, "  \n")
    eigenschap = Eigenschap.objects.get(zaaktype=zaak.zaaktype)
    commands.zet_eigenschap(ik, zaak, eigenschap, "wegen")
    assert commands.zet_eigenschap(ik, zaak, eigenschap, "groen").waarde == "groen"
    with pytest.raises(Refused) as weigering:
        commands.zet_eigenschap(SYSTEEM, lw.zaak("klacht"), eigenschap, "groen")
    assert weigering.value.code == "zaaktype-mismatch"
    assert commands.zet_zaakobject(ik, zaak, "adres", {"straat": "Kastanjelaan"}).object_type == "adres"


@given(st.text(), st.integers(1, 200))
def test_first_words(tekst: str, lengte: int) -> None:
    begin = rules.eerste_woorden(tekst, lengte)
    assert len(begin) <= lengte + 1
    assert "\n" not in begin
    assert begin == " ".join(begin.split()) or not begin.isprintable()


def test_numbers_read_well() -> None:
    assert rules.nummer("LW", 2026, 4817) == "LW-2026-04817"
    assert rules.nummer("LW", 2026, 123456) == "LW-2026-123456"

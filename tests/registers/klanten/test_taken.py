"""Tasks between colleagues: a task never lies with nobody."""

from datetime import timedelta

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.access.models import Functie
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap
from loket.foundation.time.clock import frozen, now, today
from loket.registers.klanten import commands, queries
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Werkvoorraad, Zaak
from tests.registers.wereld import MAANDAG, SYSTEEM, Plaats, over


class Bezetting:
    """The municipality with people in its teams."""

    def __init__(self, lw: Plaats) -> None:
        self.lw = lw
        functie = Functie.objects.create(code="behandelaar", naam="Behandelaar")
        self.fenna, self.joris, self.ruud, self.nadia = (lw.mens(n) for n in ("Fenna", "Joris", "Ruud", "Nadia"))
        for wie, team in ((self.fenna, lw.een), (self.joris, lw.twee), (self.ruud, lw.twee), (self.nadia, lw.twee)):
            Lidmaatschap.objects.create(gebruiker=wie, team=team, functie=functie)
        lw.twee.coordinator = self.nadia
        lw.twee.save()
        self.zaak = lw.zaak()

    def als(self, wie: Gebruiker, **meer: object) -> Actor:
        team = self.lw.een if wie == self.fenna else self.lw.twee
        return self.lw.actor(wie, team, **meer)  # type: ignore[arg-type]

    def geef(self, soort: str = "vraag", **wat: object) -> Internetaak:
        return commands.geef_internetaak(
            self.als(self.fenna),
            self.zaak,
            **{  # type: ignore[arg-type]
                "soort": soort,
                "gevraagde_handeling": "Wie gaat kijken?",
                "uiterlijk": over(days=2),
                "idempotency_key": f"taak {Internetaak.objects.count()}",
                **wat,
            },
        )

    def werk(self) -> Werkvoorraad:
        return Werkvoorraad.objects.get(zaak=self.zaak)


@pytest.fixture
def b(lw: Plaats) -> Bezetting:
    return Bezetting(lw)


def test_a_question_to_a_specialist(b: Bezetting) -> None:
    taak = b.geef(medewerker=b.joris)
    assert (taak.coordinator, taak.terug_op, taak.status) == (b.nadia, now() + timedelta(days=1), "gegeven")
    assert (b.werk().team, b.werk().wacht_op) == (b.lw.een, "collega"), "the zaak stays"
    joris = b.als(b.joris)
    assert [t.van_mij for t in queries.taken(joris, van_mij=True)] == [True]
    commands.pak_op(joris, taak)
    commands.pak_op(joris, taak)
    with pytest.raises(Refused) as weigering:
        commands.beantwoord_internetaak(joris, taak, " ")
    assert weigering.value.field == "antwoord"
    commands.beantwoord_internetaak(joris, taak, "De put zit dicht.")
    commands.beantwoord_internetaak(joris, taak, "Nog een keer")
    taak.refresh_from_db()
    assert (taak.status, taak.antwoord, taak.afgehandeld_door) == ("afgehandeld", "De put zit dicht.", b.joris)
    assert (b.werk().wacht_op, b.werk().nieuw_bericht) == ("", True)
    assert queries.taken(joris, van_mij=True) == []
    assert len(queries.taken(b.als(b.fenna), zaak=b.zaak.id, ook_afgehandeld=True)) == 1
    soorten = EventRow.objects.filter(type__startswith="nl.loket.klanten.internetaak").order_by("volg")
    assert [e.type.rsplit(".", 1)[1] for e in soorten] == ["gegeven", "opgepakt", "afgehandeld"]


def test_it_waits_until_the_last_question_is_answered(b: Bezetting) -> None:
    een, twee = b.geef(medewerker=b.joris), b.geef(team=b.lw.twee)
    commands.beantwoord_internetaak(b.als(b.joris), een, "Een")
    assert b.werk().wacht_op == "collega"
    commands.beantwoord_internetaak(b.als(b.ruud), twee, "Twee")
    assert b.werk().wacht_op == ""


def test_a_hand_over(b: Bezetting) -> None:
    taak = b.geef("doorzetten", team=b.lw.twee)
    assert (b.werk().team, b.werk().behandelaar) == (b.lw.twee, None), "in their queue at once"
    assert [t.id for t in queries.taken(b.als(b.ruud), team=b.lw.twee.id)] == [taak.id]
    commands.pak_op(b.als(b.ruud), taak)
    assert b.werk().behandelaar == b.ruud
    assert Internetaak.objects.get(id=taak.id).status == "afgehandeld"
    zaken.sluit_zaak(b.als(b.ruud), b.zaak, "Opgelost", "Het is gemaakt.")


def test_a_hand_over_to_one_person(b: Bezetting) -> None:
    b.geef("doorzetten", medewerker=b.joris)
    assert (b.werk().team, b.werk().behandelaar) == (b.lw.twee, b.joris)


def test_nobody_takes_it_up(b: Bezetting) -> None:
    taak = b.geef("doorzetten", team=b.lw.twee)
    assert queries.terug_te_geven() == []
    with frozen(MAANDAG + timedelta(days=1)):
        assert queries.terug_te_geven() == [taak.id]
        for _ in range(2):
            commands.geef_terug(Actor.system("bewaker"), taak.id, "Niemand pakte dit op")
        assert queries.terug_te_geven() == []
    taak.refresh_from_db()
    assert (taak.status, taak.medewerker, taak.team) == ("teruggegeven", b.nadia, None)
    assert taak.teruggegeven_op is not None
    assert taak.teruggegeven_op < taak.uiterlijk, "before its deadline"
    assert (b.werk().team, b.werk().behandelaar) == (b.lw.twee, b.nadia)
    nadia = b.als(b.nadia)
    assert [t.status for t in queries.taken(nadia, van_mij=True)] == ["teruggegeven"]
    commands.wijs_taak_toe(nadia, taak, medewerker=b.ruud, uiterlijk=over(days=1))
    assert b.werk().behandelaar == b.ruud
    commands.pak_op(b.als(b.ruud), taak)
    assert Internetaak.objects.get(id=taak.id).status == "afgehandeld"


def test_a_wrong_task_goes_back(b: Bezetting) -> None:
    taak = b.geef("terugbellen", medewerker=b.joris)
    with pytest.raises(Refused):
        commands.geef_terug(b.als(b.joris), taak, " ")
    commands.geef_terug(b.als(b.joris), taak, "Dit is van groen")
    taak.refresh_from_db()
    assert (taak.medewerker, taak.teruggegeven_waarom) == (b.nadia, "Dit is van groen")
    assert b.werk().team == b.lw.een, "only a hand-over moves the zaak"


def test_the_substitute_of_somebody_absent(b: Bezetting) -> None:
    Afwezigheid.objects.create(
        gebruiker=b.joris, van=today(), tot_en_met=today() + timedelta(days=14), vervanger=b.ruud
    )
    taak = b.geef("terugbellen", medewerker=b.joris)
    assert taak.vervanger == b.ruud
    ruud = b.als(b.ruud, vervangt=frozenset([b.joris.id]))
    assert [t.id for t in queries.taken(ruud, van_mij=True)] == [taak.id]
    commands.neem_over(ruud, taak, "Joris is er niet")
    taak.refresh_from_db()
    assert (taak.status, taak.medewerker, taak.opgepakt_door) == ("opgepakt", b.ruud, b.ruud)
    commands.beantwoord_internetaak(ruud, taak)


def test_two_want_the_same_task(b: Bezetting) -> None:
    taak = b.geef(team=b.lw.twee)
    commands.pak_op(b.als(b.joris), taak)
    with pytest.raises(Refused, match="Joris") as weigering:
        commands.pak_op(b.als(b.ruud), taak)
    assert weigering.value.code == "taak-opgepakt"
    commands.neem_over(b.als(b.nadia), taak, "Joris is ziek")
    assert Internetaak.objects.get(id=taak.id).medewerker == b.nadia


def test_withdrawing_lets_the_zaak_close(b: Bezetting) -> None:
    taak, fenna = b.geef("terugbellen", medewerker=b.joris), b.als(b.fenna)
    with pytest.raises(Refused) as weigering:
        zaken.sluit_zaak(fenna, b.zaak, "Opgelost", "Het is gemaakt.")
    assert weigering.value.code == "open-taken"
    with pytest.raises(Forbidden):
        commands.trek_in(b.als(b.ruud, bereik="organisatie"), b.geef(medewerker=b.joris), "Nee")
    for taak in Internetaak.objects.all():
        commands.trek_in(fenna, taak, "Al gebeld")
    zaken.sluit_zaak(fenna, b.zaak, "Opgelost", "Het is gemaakt.")
    with pytest.raises(Refused):
        commands.pak_op(b.als(b.joris), taak)


def test_a_retry_gives_the_same_task(b: Bezetting) -> None:
    assert b.geef(team=b.lw.twee, idempotency_key="x").id == b.geef(team=b.lw.twee, idempotency_key="x").id


def test_what_cannot_be_asked(b: Bezetting, gt: Plaats) -> None:
    zaken.voeg_rol_toe(SYSTEEM, b.zaak, "belanghebbende", medewerker=b.ruud)
    for wat, code in (
        ({}, "required"),
        ({"team": b.lw.twee, "gevraagde_handeling": " "}, "required"),
        ({"team": b.lw.twee, "gevraagde_handeling": "x" * 251}, "max_length"),
        ({"team": b.lw.twee, "uiterlijk": over(hours=-1)}, "invalid"),
        ({"team": gt.een}, "andere-organisatie"),
        ({"medewerker": gt.mens("Wim")}, "andere-organisatie"),
        ({"medewerker": b.ruud}, "betrokken"),
    ):
        with pytest.raises(Refused) as weigering:
            b.geef(**wat)
        assert weigering.value.code == code
    assert not Internetaak.objects.exists()
    with pytest.raises(NotFound):
        commands.geef_internetaak(
            gt.actor(gt.mens("Wim")),
            Zaak.objects.get(id=b.zaak.id),
            soort="vraag",
            gevraagde_handeling="Wat weet u?",
            uiterlijk=over(days=1),
            team=gt.een,
            idempotency_key="x",
        )


def test_not_everybodys_task(b: Bezetting, gt: Plaats) -> None:
    taak = b.geef(medewerker=b.joris)
    with pytest.raises(Forbidden):
        commands.beantwoord_internetaak(b.als(b.fenna), taak, "Ik weet het")
    with pytest.raises(NotFound):
        commands.pak_op(gt.actor(gt.mens("Wim")), taak)
    with pytest.raises(Forbidden):
        commands.pak_op(Actor.link(b.zaak.id), taak)
    assert queries.taken(gt.actor(gt.mens("Wim"))) == []

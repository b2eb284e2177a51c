"""What goes beyond one reactie: forwarding to another government, merging, splitting; and what always holds."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import Actor
from loket.foundation.audit.models import Dataverwerking
from loket.foundation.audit.use import Use
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.mail.models import Bericht
from loket.registers.klanten import queries as klanten
from loket.registers.klanten.models import Internetaak
from loket.registers.zaken import commands as zaken
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Toewijzing, Werkvoorraad, Zaak
from loket.services.reacties.commands import behandeling, keten, taken
from loket.services.reacties.models import Doorzending, Instantie, Volglink
from loket.services.reacties.queries.bewoner import reactie, volger_van_link
from tests.services.reacties.mensen import Post, coordinator, medewerker, zaak_van
from tests.services.reacties.wereld import Wereld

WAAROM = "De duiker is van het waterschap."


@pytest.fixture
def carmelita(gt: Wereld) -> Actor:
    return medewerker(gt, "Carmelita Jagdewsing", gt.een)


def gelezen(actor: Actor, zaak: UUID) -> str:
    """Everything on the page of a zaak, in one text."""
    return " | ".join(f"{g.kop} {g.tekst}" for g in zoek.tijdlijn(actor, zaak, Use(actor, "werkplek.behandelen", zaak)))


class TestDoorzenden:
    def test_the_other_organisation_gets_a_zaak_with_the_same_number_and_only_what_was_shared(
        self, lw: Wereld, gt: Wereld, fenna: Actor, carmelita: Actor
    ) -> None:
        binnen = lw.ontvang(tekst="De duiker bij de sluis is verstopt.", categorie="")
        zaken.schrijf_notitie(fenna, binnen.zaak, "Zeurt al jaren.")
        taak = taken.vraag_specialist(fenna, binnen.zaak, team=lw.specialisten, vraag="Van wie?", idempotency_key="s")
        taken.trek_taak_in(fenna, taak, "Ik weet het al.")
        behandeling.beantwoord(fenna, binnen.zaak, "Wij zoeken uit van wie de duiker is.", idempotency_key="a")
        een = keten.zend_door(fenna, binnen.zaak, gt.organisatie, waarom=WAAROM, idempotency_key="z")
        twee = keten.zend_door(fenna, binnen.zaak, gt.organisatie, waarom=WAAROM, idempotency_key="z")

        assert een.id == twee.id and een.nieuwe_zaak is not None
        nieuw = zoek.haal_zaak(carmelita, binnen.identificatie)
        assert nieuw.id == een.nieuwe_zaak_id != binnen.zaak and nieuw.identificatie == binnen.identificatie
        assert nieuw.werk.antwoord_voor == date(2026, 11, 27)
        pagina = gelezen(carmelita, nieuw.id)
        assert "De duiker bij de sluis is verstopt." in pagina
        assert not any(woord in pagina for woord in ("Zeurt", "Van wie?", "Ik weet het al", "zoeken uit"))
        assert klanten.taken(carmelita, ook_afgehandeld=True) == []
        (wie,) = klanten.betrokkenen(Use(carmelita, "werkplek.behandelen", nieuw.id), nieuw.id)
        assert (wie.naam, wie.email) == ("Tineke Hazelhoff", "t.hazelhoff@voorbeeld.nl")
        with pytest.raises(NotFound):
            zoek.haal_zaak(carmelita, binnen.zaak)
        with pytest.raises(NotFound):
            zoek.haal_zaak(fenna, nieuw.id)

        zaken.schrijf_notitie(carmelita, nieuw.id, "Ploeg rijdt morgen.")
        behandeling.beantwoord(carmelita, nieuw.id, "Wij maken de duiker schoon.", idempotency_key="b")
        assert "schoon" not in gelezen(fenna, binnen.zaak) and "Ploeg" not in gelezen(fenna, binnen.zaak)

        bij_bewoner = reactie(volger_van_link(binnen.sleutel))
        assert [deel.organisatie_naam for deel in bij_bewoner.delen] == [
            "Gemeente Lindewaard",
            "Waterschap Het Groene Tij",
        ]
        teksten = [g.tekst for g in bij_bewoner.gebeurtenissen]
        assert "Wij maken de duiker schoon." in teksten and "Wij zoeken uit van wie de duiker is." in teksten
        assert WAAROM in teksten and not any("Zeurt" in t or "Ploeg" in t for t in teksten)
        assert zaak_van(binnen.zaak).resultaat.resultaattype.omschrijving == "Doorgezonden"

    def test_part_of_it_stays(self, lw: Wereld, gt: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        keten.zend_door(fenna, binnen.zaak, gt.organisatie, waarom=WAAROM, geheel=False, idempotency_key="z")
        assert zaak_van(binnen.zaak).einddatum is None
        assert Werkvoorraad.objects.filter(identificatie=binnen.identificatie).count() == 2

    def test_a_complaint_lies_with_a_named_person_there_as_well(self, lw: Wereld, gt: Wereld) -> None:
        winston = coordinator(lw.klachten, "klachtbehandelaar", "coordinator")
        daar = coordinator(gt.klachten, "klachtbehandelaar", "coordinator")
        binnen = lw.ontvang(soort="klacht", categorie="", tekst="De muskusrattenvanger was onbeleefd.")
        nieuw = keten.zend_door(winston, binnen.zaak, gt.organisatie, waarom=WAAROM, idempotency_key="z").nieuwe_zaak
        assert nieuw is not None
        werk = zoek.haal_zaak(daar, nieuw.id).werk
        assert (werk.team_id, werk.behandelaar_id) == (gt.klachten.id, daar.id)

    def test_by_mail_with_proof_and_a_line_in_the_data_use_log(self, lw: Wereld, fenna: Actor) -> None:
        provincie = Instantie.objects.create(
            organisatie=lw.organisatie, naam="Provincie", email="loket@provincie.voorbeeld.nl"
        )
        binnen = lw.ontvang()
        post = Post()
        post.bezorg()
        een = keten.zend_door_per_mail(fenna, binnen.zaak, provincie, waarom="Provinciale weg.", idempotency_key="m")
        twee = keten.zend_door_per_mail(fenna, binnen.zaak, provincie, waarom="Provinciale weg.", idempotency_key="m")

        assert een.id == twee.id == Doorzending.objects.get().id
        brief = Bericht.objects.get(id=str(een.mailbericht))
        assert brief.to_address == "loket@provincie.voorbeeld.nl" and binnen.identificatie in brief.subject
        assert "rollator" in brief.text and "t.hazelhoff@voorbeeld.nl" in brief.text and "artikel 2:3" in brief.subject
        assert Dataverwerking.objects.filter(
            zaak=binnen.zaak, verwerkingsactiviteit__contains="reacties.doorzenden"
        ).exists()
        aan_bewoner = [b for b in post.bezorg() if b.to_address == "t.hazelhoff@voorbeeld.nl"]
        assert len(aan_bewoner) == 1 and "Provincie" in aan_bewoner[0].text
        assert zaak_van(binnen.zaak).resultaat.resultaattype.omschrijving == "Doorgezonden"

    def test_by_mail_without_details_names_nobody(self, lw: Wereld, fenna: Actor) -> None:
        provincie = Instantie.objects.create(organisatie=lw.organisatie, naam="P", email="loket@p.voorbeeld.nl")
        binnen = lw.ontvang()
        bewijs = keten.zend_door_per_mail(
            fenna, binnen.zaak, provincie.id, waarom="Provinciale weg.", met_gegevens=False, idempotency_key="m"
        )
        assert "hazelhoff" not in Bericht.objects.get(id=str(bewijs.mailbericht)).text.lower()

    def test_not_to_an_address_of_another_organisation_or_by_somebody_who_may_not_close(
        self, lw: Wereld, gt: Wereld, fenna: Actor
    ) -> None:
        ver = Instantie.objects.create(organisatie=gt.organisatie, naam="Ver", email="loket@ver.voorbeeld.nl")
        binnen = lw.ontvang()
        with pytest.raises(Refused) as refused:
            keten.zend_door_per_mail(fenna, binnen.zaak, ver, waarom="Daar hoort het.", idempotency_key="m")
        assert refused.value.code == "andere-organisatie"
        ilse = medewerker(lw, "Ilse Steenkist", lw.specialisten)
        taken.vraag_specialist(fenna, binnen.zaak, team=lw.specialisten, vraag="Van wie?", idempotency_key="s")
        with pytest.raises(Forbidden):
            keten.zend_door(ilse, binnen.zaak, gt.organisatie, waarom=WAAROM, idempotency_key="z")


class TestSamen:
    def test_residents_of_both_follow_one(self, lw: Wereld, fenna: Actor) -> None:
        een = lw.ontvang()
        twee = lw.ontvang(naam="Olga Brandsteder", email="olga@voorbeeld.nl", tekst="Bijna gevallen over een tegel.")
        behandeling.beantwoord(fenna, twee.zaak, "Dank u, Olga.", idempotency_key="o")
        post = Post()
        post.bezorg()
        keten.voeg_samen(fenna, twee.zaak, een.zaak, "Het is dezelfde tegel.")

        assert {b.to_address for b in post.bezorg()} == {"olga@voorbeeld.nl"}
        pagina = gelezen(fenna, een.zaak)
        assert "Bijna gevallen over een tegel." in pagina and "Dank u, Olga." not in pagina
        assert zaak_van(twee.zaak).resultaat.resultaattype.omschrijving == "Samengevoegd"
        bij_een = [g.tekst for g in reactie(volger_van_link(een.sleutel)).gebeurtenissen]
        assert not any("Bijna gevallen" in t or "Olga" in t for t in bij_een)
        bij_twee = reactie(volger_van_link(twee.sleutel))
        assert bij_twee.nu.id == een.zaak and "Dank u, Olga." in [g.tekst for g in bij_twee.gebeurtenissen]

        behandeling.sluit_af(fenna, een.zaak, "Opgelost", "De tegel ligt weer recht.")
        assert {b.to_address for b in post.bezorg()} == {"olga@voorbeeld.nl", "t.hazelhoff@voorbeeld.nl"}

    def test_somebody_without_details_and_somebody_who_sent_both(self, lw: Wereld, fenna: Actor) -> None:
        een, nog_eens = lw.ontvang(), lw.ontvang(tekst="Hij ligt nog los.")
        naamloos = lw.ontvang(naam="", email="", tekst="Los ding op de stoep.")
        keten.voeg_samen(fenna, nog_eens.zaak, een.zaak, "Zelfde tegel.")
        keten.voeg_samen(fenna, naamloos.zaak, een.zaak, "Zelfde tegel.")
        pagina = gelezen(fenna, een.zaak)
        assert "Los ding op de stoep." in pagina and "Hij ligt nog los." in pagina
        verhaal = [g.tekst for g in reactie(volger_van_link(een.sleutel)).gebeurtenissen]
        assert not any("Los ding" in t for t in verhaal)

    @pytest.mark.parametrize("met", ["zelf", "ander soort", "gesloten"])
    def test_only_what_can_be_one(self, lw: Wereld, fenna: Actor, met: str) -> None:
        een, vraag, dicht = lw.ontvang(), lw.ontvang(soort="vraag", categorie=""), lw.ontvang()
        behandeling.sluit_af(fenna, dicht.zaak, "Opgelost", "De tegel ligt weer recht.")
        doel = {"zelf": een.zaak, "ander soort": vraag.zaak, "gesloten": dicht.zaak}[met]
        with pytest.raises(Refused):
            keten.voeg_samen(fenna, een.zaak, doel, "Zelfde.")
        assert zaak_van(een.zaak).einddatum is None

    def test_splitting_gives_the_resident_a_second_number(self, lw: Wereld, fenna: Actor) -> None:
        binnen = lw.ontvang()
        post = Post()
        post.bezorg()
        deel = keten.splits(fenna, binnen.zaak, onderwerp="Lamp", tekst="De lantaarn is stuk.", idempotency_key="p")
        assert (
            keten.splits(fenna, binnen.zaak, onderwerp="Lamp", tekst="De lantaarn is stuk.", idempotency_key="p").id
            == deel.id
        )
        assert deel.identificatie != binnen.identificatie
        assert Volglink.objects.filter(zaak=deel, email="t.hazelhoff@voorbeeld.nl").count() == 1
        assert [deel.identificatie in b.subject for b in post.bezorg()] == [True]
        assert [v["aard_relatie"] for v in zoek.verwante_zaken(fenna, binnen.zaak)] == ["gesplitst"]

    def test_a_complaint_that_is_split_off_is_seen_by_who_may(self, lw: Wereld, fenna: Actor) -> None:
        winston = coordinator(lw.klachten, "klachtbehandelaar", "coordinator")
        binnen = lw.ontvang()
        klacht = keten.splits(
            fenna, binnen.zaak, onderwerp="Onbeleefd", tekst="Hij schold.", soort="klacht", idempotency_key="p"
        )
        assert zoek.haal_zaak(winston, klacht.id).werk.behandelaar_id == winston.id
        with pytest.raises(NotFound):
            zoek.haal_zaak(fenna, klacht.id)

    def test_linking_leaves_both_alone(self, lw: Wereld, fenna: Actor) -> None:
        een, twee = lw.ontvang(), lw.ontvang()
        keten.koppel(fenna, een.zaak, twee.zaak, "Zelfde straat.")
        keten.koppel(fenna, een.zaak, twee.zaak, "Zelfde straat.")
        assert Werkvoorraad.objects.count() == 2
        assert [v["identificatie"] for v in zoek.verwante_zaken(fenna, een.zaak)] == [twee.identificatie]


def klopt() -> None:
    """What always holds: an open reactie has an owner and a next date, and the work list says what it derives from."""
    for zaak in Zaak.objects.select_related("zaaktype").all():
        werk = Werkvoorraad.objects.filter(zaak=zaak).first()
        assert (werk is None) == (zaak.einddatum is not None)
        toewijzing = Toewijzing.objects.filter(zaak=zaak, tot=None).first()
        open_taken = Internetaak.objects.filter(zaak=zaak).exclude(status="afgehandeld")
        if werk is None:
            assert toewijzing is None and not open_taken.exists()
            continue
        assert werk.team_id is not None and werk.antwoord_voor is not None
        assert toewijzing is not None
        assert (toewijzing.team_id, toewijzing.medewerker_id) == (werk.team_id, werk.behandelaar_id)
        assert (werk.identificatie, werk.onderwerp, werk.zaaktype, werk.va_rang, werk.plek) == (
            zaak.identificatie,
            zaak.omschrijving,
            zaak.zaaktype.identificatie,
            zaak.va_rang,
            zaak.plek,
        )
        assert werk.organisatie_id == zaak.organisatie_id
        assert open_taken.filter(soort="doorzetten").count() <= 1
        if werk.wacht_op == "collega":
            assert open_taken.filter(soort="vraag").exists()


DADEN = (
    *("neem", "neem_ander", "antwoord", "antwoord_en_sluit", "vraag", "notitie", "door_team", "door_mens", "voorstel"),
    *("specialist", "pak_op", "beantwoord_taak", "geef_terug", "trek_in", "breng_terug", "uitstel", "sluit", "heropen"),
    *("splits", "voeg_samen", "koppel", "doorzenden", "overnemen", "wijs_toe"),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(DADEN), st.integers(0, 2)), min_size=3, max_size=14))
def test_after_any_acts_every_open_reactie_has_owner_and_date(
    lw: Wereld, gt: Wereld, fenna: Actor, daden: list[tuple[str, int]]
) -> None:
    from django.db import transaction

    ruud = medewerker(lw, "Ruud Kleibergen", lw.wegen)
    ilse = medewerker(lw, "Ilse Steenkist", lw.specialisten)
    baas = coordinator(lw.wegen)
    with transaction.atomic():
        bij = [lw.ontvang().zaak, lw.ontvang(naam="", email="").zaak, lw.ontvang(email="z@voorbeeld.nl").zaak]
        for n, (daad, welke) in enumerate(daden):
            try:
                with transaction.atomic():
                    _doe(daad, bij, welke, f"{n}", lw, gt, (fenna, ruud, ilse, baas))
            except (Refused, Forbidden, NotFound):
                pass
            klopt()
        transaction.set_rollback(True)


def _doe(
    daad: str, bij: list[UUID], welke: int, sleutel: str, lw: Wereld, gt: Wereld, mensen: tuple[Actor, ...]
) -> None:
    fenna, ruud, ilse, baas = mensen
    zaak, ander = bij[welke], bij[(welke + 1) % 3]
    taak = Internetaak.objects.filter(zaak_id=zaak).exclude(status="afgehandeld").first()
    wie = (fenna, ruud, ilse)[int(sleutel) % 3]
    assert ruud.id and fenna.id and baas.id
    met_taak: dict[str, Callable[[Internetaak], object]] = {
        "pak_op": lambda t: taken.pak_taak_op(wie, t),
        "beantwoord_taak": lambda t: taken.beantwoord_taak(wie, t, "Zo zit het."),
        "geef_terug": lambda t: taken.geef_taak_terug(wie, t, "Hoort hier niet."),
        "trek_in": lambda t: taken.trek_taak_in(wie, t, "Niet nodig."),
    }
    if daad in met_taak:
        if taak is not None:
            met_taak[daad](taak)
        return
    ruud_id, fenna_id = ruud.id, fenna.id
    acts: dict[str, Callable[[], object]] = {
        "neem": lambda: behandeling.neem_in_behandeling(fenna, zaak),
        "neem_ander": lambda: behandeling.neem_in_behandeling(ruud, zaak),
        "antwoord": lambda: behandeling.beantwoord(wie, zaak, "Beste,", idempotency_key=sleutel),
        "antwoord_en_sluit": lambda: behandeling.beantwoord(
            wie, zaak, "Klaar.", resultaat="Opgelost", waarom="Het is nu opgelost.", idempotency_key=sleutel
        ),
        "vraag": lambda: behandeling.vraag_bewoner(wie, zaak, "Waar?", idempotency_key=sleutel),
        "notitie": lambda: zaken.schrijf_notitie(wie, zaak, "Let op."),
        "door_team": lambda: taken.zet_door(wie, zaak, team=lw.wegen, vraag="Wie?", idempotency_key=sleutel),
        "door_mens": lambda: taken.zet_door(wie, zaak, medewerker=ruud_id, vraag="Jij?", idempotency_key=sleutel),
        "voorstel": lambda: taken.neem_voorstel_over(wie, zaak, idempotency_key=sleutel),
        "specialist": lambda: taken.vraag_specialist(
            wie, zaak, team=lw.specialisten, vraag="Mag dit?", idempotency_key=sleutel
        ),
        "breng_terug": lambda: _later(taak),
        "uitstel": lambda: behandeling.stel_uit(wie, zaak, date(2026, 12, 4), "Duurt langer."),
        "sluit": lambda: behandeling.sluit_af(wie, zaak, "Opgelost", "Het is nu opgelost."),
        "heropen": lambda: behandeling.heropen(wie, zaak, "Toch niet goed."),
        "splits": lambda: keten.splits(wie, zaak, onderwerp="Deel", tekst="Ook dit nog.", idempotency_key=sleutel),
        "voeg_samen": lambda: keten.voeg_samen(wie, zaak, ander, "Zelfde."),
        "koppel": lambda: keten.koppel(wie, zaak, ander, "Zelfde straat."),
        "doorzenden": lambda: keten.zend_door(wie, zaak, gt.organisatie, waarom=WAAROM, idempotency_key=sleutel),
        "overnemen": lambda: taken.neem_werk_over(baas, ruud_id, fenna_id, "Ziek."),
        "wijs_toe": lambda: behandeling.wijs_toe(wie, zaak, team=lw.water.id, waarom="Hoort daar."),
    }
    acts[daad]()


def _later(taak: Internetaak | None) -> None:
    """The job of each minute, as if the moment to go back had come."""
    if taak is not None and taak.status == "gegeven":
        Internetaak.objects.filter(id=taak.id).update(terug_op=taak.toegewezen_op)
    taken.breng_terug(Actor.system("test"))

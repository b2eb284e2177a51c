"""Writing, publishing, the day that passes, who may do what, what helped, a file in and out, and the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.models import EventRow
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap
from loket.foundation.mail.models import Bericht
from loket.foundation.time.clock import frozen, now, today
from loket.foundation.web.extensions import inserted
from loket.registers.zaken.models import Zaak
from loket.services.kennis import queries, rules, uitwisseling
from loket.services.kennis.aanbod import HELPER, help_medewerker
from loket.services.kennis.commands.artikelen import (
    geef_oordeel,
    geef_woorden,
    publiceer,
    schrijf_artikel,
    stel_regels_in,
    stel_wijziging_voor,
    trek_in,
    verleng,
    wijs_af,
    wijzig_gegevens,
)
from loket.services.kennis.commands.invoer import voer_in
from loket.services.kennis.jobs import herinner
from loket.services.kennis.models import Artikel, Opmerking, Versie
from loket.services.kennis.rules import Alinea, Bron
from loket.services.kennis.zoek import zoek
from tests.services.kennis.conftest import Schrijf, mens
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.test_handelen import als
from tests.services.reacties.wereld import Wereld

GROFVUIL = "Waar laat ik mijn grofvuil?"


def velden(lw: Wereld, **meer: Any) -> dict[str, Any]:
    return {
        "onderwerp": "Afval",
        "eigenaar": lw.een.coordinator_id,
        "team": lw.een.id,
        "geldig_tot": today() + timedelta(days=100),
        "vraag": GROFVUIL,
        "antwoord": "Bij de milieustraat.",
        **meer,
    }


def ziet(lw: Wereld, tekst: str = "grofvuil") -> list[str]:
    return [each.antwoord for each in zoek(ANONYMOUS, lw.organisatie.id, tekst, grens=0)]


# --- the walk of an article ----------------------------------------------------------------------------


def test_a_concept_is_seen_after_it_is_published_and_the_proposal_after_that(lw: Wereld, saskia: Actor) -> None:
    artikel = schrijf_artikel(saskia, **velden(lw))
    assert ziet(lw) == []
    publiceer(saskia, artikel.id, 1)
    publiceer(saskia, artikel.id, 1)
    assert ziet(lw) == ["Bij de milieustraat."]
    anders: dict[str, Any] = {"vraag": GROFVUIL, "antwoord": "Wij halen het op."}
    nieuw = stel_wijziging_voor(saskia, artikel.id, gezien=1, waarom="Nieuw", **anders)
    assert (nieuw.nummer, ziet(lw)) == (2, ["Bij de milieustraat."])
    publiceer(saskia, artikel.id, 2)
    assert ziet(lw) == ["Wij halen het op."]
    assert [v.stand for v in artikel.versies.order_by("nummer")] == ["vervangen", "gepubliceerd"]
    assert EventRow.objects.filter(type="nl.loket.kennis.artikel.gepubliceerd", subject=artikel.id).count() == 2
    gedaan = Handeling.objects.filter(object=artikel.id).order_by("tijd", "id").values_list("handeling", flat=True)
    assert set(gedaan) == {"kennis.geschreven", "kennis.gepubliceerd", "kennis.gewijzigd"}


def test_writing_twice_is_writing_once(lw: Wereld, saskia: Actor) -> None:
    een = schrijf_artikel(saskia, **velden(lw))
    assert schrijf_artikel(saskia, id=een.id, **velden(lw)).id == een.id
    tweede = schrijf_artikel(saskia, **velden(lw))
    assert (een.slug, tweede.slug) == ("waar-laat-ik-mijn-grofvuil", "waar-laat-ik-mijn-grofvuil-2")
    anders: dict[str, Any] = {"vraag": GROFVUIL, "antwoord": "Anders."}
    a = stel_wijziging_voor(saskia, een.id, gezien=1, **anders)
    assert stel_wijziging_voor(saskia, een.id, gezien=1, **anders).id == a.id
    with pytest.raises(Refused, match="intussen"):
        stel_wijziging_voor(saskia, een.id, gezien=1, vraag=GROFVUIL, antwoord="Nog anders.")
    assert een.versies.count() == 2


def test_four_eyes(lw: Wereld, saskia: Actor) -> None:
    stel_regels_in(saskia, vier_ogen=True, herinner_dagen=7)
    artikel = schrijf_artikel(saskia, **velden(lw))
    with pytest.raises(Refused, match="Een collega"):
        publiceer(saskia, artikel.id, 1)
    publiceer(mens(lw, "Tweede", rules.SCHRIJVEN), artikel.id, 1)
    assert ziet(lw)


def test_a_proposal_that_does_not_go_on_stays_as_a_version(lw: Wereld, saskia: Actor, schrijf: Schrijf) -> None:
    artikel = schrijf(GROFVUIL)
    stel_wijziging_voor(saskia, artikel.id, gezien=1, vraag=GROFVUIL, antwoord="Onzin.")
    wijs_af(saskia, artikel.id, 2, "Klopt niet")
    with pytest.raises(Refused):
        publiceer(saskia, artikel.id, 2)
    assert stel_wijziging_voor(saskia, artikel.id, gezien=2, vraag=GROFVUIL, antwoord="Beter.").nummer == 3


def test_past_its_day_no_resident_sees_it_until_it_is_checked(lw: Wereld, saskia: Actor, schrijf: Schrijf) -> None:
    artikel = schrijf(GROFVUIL, geldig_tot=today() + timedelta(days=5))
    adres = reverse("kennis:antwoord", args=[artikel.slug])
    with frozen(now() + timedelta(days=5)):
        assert Client().get(adres).status_code == 200
    with frozen(now() + timedelta(days=6)):
        assert ziet(lw) == []
        assert Client().get(adres).status_code == 404
        assert b"grofvuil" not in Client().get("/antwoorden/").content
        assert Client().post(adres, {"geholpen": "ja"}).status_code == 404
        assert inserted(saskia, f"{HELPER}:{artikel.id}") == ""
        intern = zoek(saskia, lw.organisatie.id, GROFVUIL, intern=True)
        assert [each.verlopen for each in intern] == [True]
        assert queries.tellingen(saskia)["verlopen"] == queries.aantal_verlopen(saskia) == 1
        verleng(saskia, artikel.id, today() + timedelta(days=30))
        assert ziet(lw)
    with pytest.raises(Refused):
        verleng(saskia, artikel.id, today())
    with pytest.raises(Refused):
        verleng(saskia, artikel.id, today() + timedelta(days=5000))


def test_withdrawn_is_gone_for_everybody_and_can_come_back(lw: Wereld, saskia: Actor, schrijf: Schrijf) -> None:
    artikel = schrijf(GROFVUIL)
    with pytest.raises(Refused):
        trek_in(saskia, artikel.id, " ")
    trek_in(saskia, artikel.id, "Bestaat niet meer")
    assert ziet(lw) == [] and zoek(saskia, lw.organisatie.id, GROFVUIL, intern=True) == []
    publiceer(saskia, artikel.id, 1)
    assert ziet(lw)


@pytest.mark.parametrize(
    "fout",
    [
        {"vraag": " "},
        {"vraag": "Hoe kan ik?"},
        {"antwoord": ""},
        {"vraag": "x" * 201},
        {"vraag_en": "How?"},
        {"eigenaar": None},
        {"onderwerp": ""},
        {"geldig_tot": "gisteren"},
    ],
)
def test_what_is_no_good_article_changes_nothing(lw: Wereld, saskia: Actor, fout: dict[str, Any]) -> None:
    if "geldig_tot" in fout:
        fout = {"geldig_tot": today()}
    if "eigenaar" in fout:
        fout = {"eigenaar": Wereld("GT", "Waterschap", "waterschap").een.coordinator_id}
    with pytest.raises(Refused):
        schrijf_artikel(saskia, **velden(lw, **fout))
    assert not Artikel.objects.exists()


# --- who may what --------------------------------------------------------------------------------------


def test_only_who_writes_writes_and_only_for_the_own_organisation(
    lw: Wereld, fenna: Actor, saskia: Actor, schrijf: Schrijf
) -> None:
    artikel = schrijf(GROFVUIL)
    ander = mens(Wereld("GT", "Waterschap", "waterschap"), "Ander", rules.LEZEN, rules.SCHRIJVEN)
    for wie, fout in ((fenna, Forbidden), (ANONYMOUS, Forbidden), (ander, NotFound)):
        for doe in (
            lambda wie: stel_wijziging_voor(wie, artikel.id, gezien=1, vraag="Grofvuil?", antwoord="x"),
            lambda wie: publiceer(wie, artikel.id, 1),
            lambda wie: wijs_af(wie, artikel.id, 1, "x"),
            lambda wie: verleng(wie, artikel.id, today() + timedelta(days=9)),
            lambda wie: trek_in(wie, artikel.id, "x"),
            lambda wie: wijzig_gegevens(
                wie, artikel.id, onderwerp="x", eigenaar=artikel.eigenaar_id, team=lw.een.id, voor_bewoners=False
            ),
        ):
            with pytest.raises(fout):
                doe(wie)
    for wie in (fenna, ANONYMOUS):
        with pytest.raises(Forbidden):
            schrijf_artikel(wie, **velden(lw))
        with pytest.raises(Forbidden):
            stel_regels_in(wie, vier_ogen=True, herinner_dagen=3)
        with pytest.raises(Forbidden):
            voer_in(wie, [])
    with pytest.raises(NotFound):
        queries.artikel(ander, artikel.id)
    assert queries.in_te_voegen(ander, artikel.id) is None
    assert queries.in_te_voegen(fenna, artikel.id) is not None


def test_what_is_for_colleagues_never_reaches_a_resident(lw: Wereld, fenna: Actor, schrijf: Schrijf) -> None:
    open_ = schrijf("Waar laat ik mijn matras?", interne_notitie="Geheimpje over matras")
    dicht = schrijf("Wie belt de matrasbaas?", voor_bewoners=False)
    client = Client()
    pagina = reverse("kennis:antwoord", args=[open_.slug])
    for antwoord in (
        client.get(pagina),
        client.get("/antwoorden/"),
        client.get("/antwoorden/?q=geheimpje matras"),
        client.post("/help/vooraf/", {"tekst": "geheimpje matras"}),
        client.post("/help/antwoord/", {"tekst": "geheimpje matras"}),
        client.get("/zoeken?q=matras"),
        client.get("/vragen"),
    ):
        assert antwoord.status_code == 200
        assert "eheimpje over" not in antwoord.text and "matrasbaas" not in antwoord.text
    assert client.get(reverse("kennis:antwoord", args=[dicht.slug])).status_code == 404
    binnen = help_medewerker(fenna, "de matrasbaas", {"organisatie": lw.organisatie.id})
    assert binnen is not None and binnen["gevonden"][0].id == dicht.id
    assert "/antwoorden/" not in inserted(fenna, f"{HELPER}:{dicht.id}")
    assert inserted(fenna, f"{HELPER}:{open_.id}").endswith(pagina)
    for ref in ("", "x", f"{HELPER}:", f"{HELPER}:{lw.organisatie.id}", "ander:1"):
        assert inserted(fenna, ref) == ""


# --- did it help ---------------------------------------------------------------------------------------


def test_what_helped_is_counted_and_knows_nobody(lw: Wereld, fenna: Actor, schrijf: Schrijf) -> None:
    artikel = schrijf(GROFVUIL)
    pagina = reverse("kennis:antwoord", args=[artikel.slug])
    client = Client()
    assert "Heeft dit geholpen?" in client.get(pagina).text
    klaar = client.post(pagina, {"geholpen": "nee"}, follow=True)
    assert "Wat miste u?" in klaar.text
    client.post(pagina, {"geholpen": "nee", "woorden": "Bel mij: 06-12345678, jan@voorbeeld.nl, 1234 AB 12"})
    client.post(pagina, {"geholpen": "misschien"})
    geef_oordeel(ANONYMOUS, lw.organisatie.id, artikel.slug, True, "Fijn")
    cijfers = queries.cijfers(fenna, artikel.id)
    assert (cijfers["ja"], cijfers["nee"]) == (1, 1)
    assert {o["tekst"] for o in cijfers["opmerkingen"]} == {"Bel mij: …, … …", "Fijn"}


def test_a_flood_of_words_fills_nothing(lw: Wereld, schrijf: Schrijf) -> None:
    artikel = schrijf(GROFVUIL)
    for n in range(rules.OPMERKINGEN_PER_DAG + 5):
        geef_woorden(ANONYMOUS, lw.organisatie.id, artikel.slug, False, f"woord {n}")
    assert Opmerking.objects.count() == rules.OPMERKINGEN_PER_DAG


# --- the owner hears of it -----------------------------------------------------------------------------


def test_the_owner_hears_once_before_and_once_after(lw: Wereld, schrijf: Schrijf) -> None:
    baas = lw.een.coordinator
    assert baas is not None
    Gebruiker.objects.filter(id=baas.id).update(email="baas@voorbeeld.nl")
    vervanger = lw.mens("Vervanger")
    Gebruiker.objects.filter(id=vervanger.id).update(email="vervanger@voorbeeld.nl")
    schrijf(GROFVUIL, geldig_tot=today() + timedelta(days=20))

    def gemaild() -> set[tuple[str, str]]:
        herinner()
        herinner()
        return {(m.to_address, m.subject.partition(" ")[0]) for m in Bericht.objects.all()}

    assert gemaild() == set()
    with frozen(now() + timedelta(days=6)):
        assert gemaild() == {("baas@voorbeeld.nl", "Nakijken")}
    Afwezigheid.objects.create(
        gebruiker=baas, van=today(), tot_en_met=today() + timedelta(days=40), vervanger=vervanger
    )
    with frozen(now() + timedelta(days=21)):
        gemaild()
    assert Bericht.objects.count() == 3
    assert Bericht.objects.filter(to_address="vervanger@voorbeeld.nl", subject__startswith="Verlopen").count() == 1


# --- a file in and out ---------------------------------------------------------------------------------


def test_a_file_goes_out_and_in_again_and_nothing_changes(lw: Wereld, saskia: Actor, schrijf: Schrijf) -> None:
    schrijf(
        GROFVUIL,
        "Zo:\n\n- breng het\n- of bel",
        trefwoorden="=cmd, matras",
        bronnen=[Bron("Wet", "https://wetten.voorbeeld.nl", "4:13"), Bron("Zonder adres", "", "2")],
        interne_notitie="'quote'; en\nregel",
        vraag_en="Where?",
        antwoord_en="There.",
    )
    schrijf("Mag ik een boom kappen?", "-5 graden", voor_bewoners=False)
    records = uitwisseling.records(lw.organisatie.id)
    for inhoud in (uitwisseling.als_json(records), uitwisseling.als_csv(records)):
        gelezen = uitwisseling.lees(inhoud.encode())
        assert vars(voer_in(saskia, gelezen)) == {"nieuw": 0, "gewijzigd": 0, "gelijk": 2}
    assert ";'=cmd" in inhoud
    gt = Wereld("GT", "Waterschap", "waterschap")
    ander = mens(gt, "Ander", rules.SCHRIJVEN, rules.BEHEREN)
    assert vars(voer_in(ander, gelezen, meteen=True)) == {"nieuw": 2, "gewijzigd": 0, "gelijk": 0}
    assert vars(voer_in(ander, gelezen, meteen=True)) == {"nieuw": 0, "gewijzigd": 0, "gelijk": 2}
    hier, daar = (
        [{k: v for k, v in each.items() if k not in ("team", "eigenaar")} for each in uitwisseling.records(wie)]
        for wie in (lw.organisatie.id, gt.organisatie.id)
    )
    assert hier == daar


@pytest.mark.parametrize(
    "inhoud",
    [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b"[]",
        b'{"artikelen": 3}',
        b"[" * 100_000,
        json.dumps([{"vraag": "Goed?", "antwoord": "x"}, {"vraag": 3}]).encode(),
        json.dumps([{"vraag": "Afval?", "antwoord": "x", "geldig_tot": "morgen"}]).encode(),
        json.dumps([{"vraag": "Afval?", "antwoord": "x", "bronnen": [{"titel": "a", "url": "javascript:x"}]}]).encode(),
        json.dumps([{"vraag": "Afval?", "antwoord": "x"}, {"vraag": "Afval", "antwoord": ""}]).encode(),
        b"vraag;antwoord\nAfval?",
    ],
    ids=range(11),
)
def test_a_bad_file_changes_nothing_and_says_where(lw: Wereld, saskia: Actor, inhoud: bytes) -> None:
    with pytest.raises(Refused):
        voer_in(saskia, uitwisseling.lees(inhoud))
    assert not Versie.objects.exists()


# --- rules ---------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_no_text_of_an_article_is_lost_in_drawing(tekst: str) -> None:
    getekend = " ".join(regel for alinea in rules.alineas(tekst) for regel in alinea.regels)
    for woord in tekst.split():
        assert woord in getekend or woord == "-"


def test_lines_with_a_dash_are_a_list() -> None:
    assert rules.alineas("Neem mee:\n- een\n- twee\n\nKlaar.") == [
        Alinea("p", ("Neem mee:",)),
        Alinea("ul", ("een", "twee")),
        Alinea("p", ("Klaar.",)),
    ]


# --- the pages of editors ------------------------------------------------------------------------------


@pytest.fixture
def redacteur(lw: Wereld) -> Client:
    from loket.assembly.functies import zorg_voor_functies

    wie = lw.mens("Redacteur")
    Lidmaatschap.objects.create(gebruiker=wie, team=lw.een, functie=zorg_voor_functies()["redacteur"])
    client = Client()
    client.force_login(wie, "django.contrib.auth.backends.ModelBackend")
    return client


def test_an_editor_writes_publishes_renews_and_withdraws(lw: Wereld, redacteur: Client) -> None:
    begin = redacteur.get("/werk/kennis/nieuw/")
    waarden = {
        **{naam: begin.context["form"][naam].value() or "" for naam in begin.context["form"].fields},
        "vraag": GROFVUIL,
        "antwoord": "Bij de milieustraat.",
        "onderwerp": "Afval",
        "voor_bewoners": "ja",
        "bronnen": "Verordening | | 4",
    }
    assert "Geef antwoord op de vraag" in redacteur.post("/werk/kennis/nieuw/", {**waarden, "voor_bewoners": ""}).text
    fout = redacteur.post("/werk/kennis/nieuw/", {**waarden, "bronnen": "Kijk | javascript:x"})
    assert fout.status_code == 422 and "adres van bron 1" in fout.text
    pagina = redacteur.post("/werk/kennis/nieuw/", waarden)["Location"]
    assert "Publiceer" in redacteur.get(pagina).text
    assert "staat erop" in redacteur.post(f"{pagina}publiceer/", {"versie": "1"}, follow=True).text
    form = redacteur.get(f"{pagina}wijzig/").context["form"]
    nieuw = {naam: form[naam].value() or "" for naam in form.fields} | {"antwoord": "Wij halen het."}
    redacteur.post(f"{pagina}wijzig/", nieuw)
    assert "Voorstel" in redacteur.get(pagina).text
    redacteur.post(f"{pagina}publiceer/", {"versie": "2"})
    assert ziet(lw) == ["Wij halen het."]
    assert "Bij de milieustraat" in redacteur.get(f"{pagina}versie/1/").text
    assert "nagekeken" in redacteur.post(f"{pagina}verleng/", {"geldig_tot": "2027-10-01"}, follow=True).text
    assert "Kies een dag" in redacteur.post(f"{pagina}verleng/", {"geldig_tot": "2020-10-01"}, follow=True).text
    redacteur.post(f"{pagina}intrekken/", {"waarom": "Klaar"})
    assert ziet(lw) == []
    for toon in queries.WEERGAVEN:
        assert redacteur.get(f"/werk/kennis/?toon={toon}").status_code == 200
    assert redacteur.get("/werk/kennis/?toon=nooit").status_code == 404
    assert "Waar laat ik" in redacteur.get("/werk/kennis/?toon=ingetrokken").text


def test_rules_and_files_on_a_page(lw: Wereld, redacteur: Client, schrijf: Schrijf) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    schrijf(GROFVUIL)
    redacteur.post("/werk/kennis/regels/", {"daad": "regels", "vier_ogen": "on", "herinner_dagen": "21"})
    assert queries.instelling(lw.organisatie.id).vier_ogen
    csv = redacteur.get("/werk/kennis/uitvoer.csv").content
    assert redacteur.get("/werk/kennis/uitvoer.exe").status_code == 404
    bestand = SimpleUploadedFile("kennis.csv", csv.replace(b"Zo doet u dat.", b"Anders."))
    klaar = redacteur.post("/werk/kennis/regels/", {"daad": "invoer", "bestand": bestand}, follow=True)
    assert "0 nieuw, 1 veranderd, 0 al hetzelfde" in klaar.text
    fout = redacteur.post("/werk/kennis/regels/", {"daad": "invoer", "bestand": SimpleUploadedFile("x.csv", b"{")})
    assert fout.status_code == 422


# --- in the pages of others ----------------------------------------------------------------------------


def test_a_resident_without_javascript_sees_it_and_loses_nothing(lw: Wereld, schrijf: Schrijf) -> None:
    schrijf(GROFVUIL, "Bij de milieustraat.", trefwoorden="matras")
    client = Client()
    tekst = "Mijn oude matras moet weg  \n\nGroet"
    terug = client.post("/vragen", {"tekst": tekst, "help": "1"})
    assert terug.status_code == 200
    assert "Bij de milieustraat." in terug.text and tekst in terug.text.replace("\r\n", "\n")
    assert "Fout:" not in terug.text
    assert "Waar laat ik" in client.get("/zoeken?q=matras").text
    for plek, status in (("vooraf", 200), ("antwoord", 200), ("nergens", 404)):
        assert client.post(f"/help/{plek}/", {"tekst": "matras"}).status_code == status
    assert client.get("/help/vooraf/").status_code == 405


def test_an_employee_puts_an_answer_below_what_was_typed(lw: Wereld, schrijf: Schrijf) -> None:
    artikel = schrijf("Wie maakt een losse tegel?", "Wij leggen de tegel recht.", interne_notitie="Bel Ruud")
    wie = medewerker(lw, "Fenna Wierda", lw.een)
    zaak = Zaak.objects.get(id=lw.ontvang().zaak)
    client = als(wie)
    adres = reverse("reacties:handeling", args=[zaak.identificatie, "antwoord"])
    assert "Wie maakt een losse tegel?" in client.get(adres).text, "found by the words of the resident"
    terug = client.post(adres, {"tekst": "Beste mevrouw,", "invoegen": f"{HELPER}:{artikel.id}", "sleutel": "x"})
    getypt = terug.context["form"]["tekst"].value()
    assert getypt.startswith("Beste mevrouw,\n\nWij leggen de tegel recht.\n\nMeer hierover: ")
    assert "Bel Ruud" not in getypt
    zonder = client.post(adres, {"tekst": "losse tegel gemaakt", "help": "1", "sleutel": "x"})
    assert zonder.status_code == 200 and "Wie maakt een losse tegel?" in zonder.text

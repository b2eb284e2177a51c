"""Beside a reactie: what the same person wrote before, and what somebody else wrote about the same matter."""

from datetime import timedelta

from django.test import Client

from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import registry
from loket.foundation.audit.models import Dataverwerking
from loket.foundation.time.clock import frozen
from loket.registers.zaken.queries import haal_zaak
from loket.services.reacties import catalogus
from loket.services.reacties.commands import behandeling, keten
from loket.services.reacties.inzending import Plek
from loket.services.reacties.queries.ontvangst import Ontvangst
from loket.services.reacties.queries.verwant import EERDER, Verwant, verwant
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.test_handelen import adres, als
from tests.services.reacties.wereld import VRIJDAG, Wereld


def kijk(actor: Actor, binnen: Ontvangst) -> tuple[list[Verwant], list[Verwant]]:
    return verwant(actor, haal_zaak(actor, binnen.zaak))


def test_the_same_person_wrote_about_it_before(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    eerst = lw.ontvang()
    anders = lw.ontvang(
        tekst="Mijn afvalbak is niet geleegd", categorie="afval", plek=Plek("Dijkweg", "", 9000.0, 9000.0)
    )
    behandeling.neem_in_behandeling(fenna, anders.zaak)
    behandeling.sluit_af(fenna, anders.zaak, catalogus.OPGELOST, "De bak is geleegd.")
    nu = lw.ontvang(tekst="Die tegel bij de boom steekt nog steeds omhoog, mijn buurvrouw is weer gevallen")
    eerder, zelfde = kijk(fenna, nu)
    assert [(v.nummer, v.zelfde, v.open, v.samen) for v in eerder] == [
        (eerst.identificatie, True, True, True),
        (anders.identificatie, False, False, False),
    ]
    assert "zelfde onderwerp" in eerder[0].waarom and "zelfde plek" in eerder[0].waarom
    assert zelfde == []
    gebruik = Dataverwerking.objects.filter(zaak=nu.zaak, verwerkingsactiviteit=registry[EERDER].uri)
    assert gebruik.count() == 1


def test_somebody_else_nearby_wrote_about_the_same(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    buur = lw.ontvang(email="buur@voorbeeld.nl", naam="Buur", plek=Plek("Kastanjelaan 14", "", 1212.0, 900.0))
    lw.ontvang(email="ver@voorbeeld.nl", naam="Ver weg", plek=Plek("Dijkweg 1", "", 8000.0, 900.0))
    lw.ontvang(
        email="lamp@voorbeeld.nl", tekst="De lantaarn doet het niet", categorie="lamp", plek=Plek("", "", 1201.0, 900.0)
    )
    nu = lw.ontvang()
    eerder, zelfde = kijk(fenna, nu)
    assert eerder == []
    assert [v.nummer for v in zelfde] == [buur.identificatie]
    assert "12 meter verderop" in zelfde[0].waarom
    assert not Dataverwerking.objects.filter(verwerkingsactiviteit=registry[EERDER].uri).exists()


def test_words_alone_are_enough_where_there_is_no_place(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    zonder = {"soort": "vraag", "categorie": "", "plek": Plek("", "", None, None)}
    eerst = lw.ontvang(
        tekst="Wanneer zwemmen wij weer in het Lindebad in de wijk Zuid?", email="a@voorbeeld.nl", **zonder
    )
    lw.ontvang(tekst="Hoe vraag ik een paspoort aan voor mijn zoon?", email="b@voorbeeld.nl", **zonder)
    nu = lw.ontvang(
        tekst="Zwemmen in het Lindebad in wijk Zuid: wanneer kan dat weer?", email="c@voorbeeld.nl", **zonder
    )
    assert [v.nummer for v in kijk(fenna, nu)[1]] == [eerst.identificatie]


def test_nobody_sees_what_is_not_theirs(lw: Wereld, gt: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    lw.ontvang(soort="klacht", categorie="omgang", tekst="Uw collega was onbeleefd over de tegel")
    gt.ontvang()
    nu = lw.ontvang()
    assert kijk(fenna, nu) == ([], [])


def test_what_is_related_already_is_left_out(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    eerst, nu = lw.ontvang(), lw.ontvang()
    keten.koppel(fenna, nu.zaak, eerst.zaak, "Het gaat over dezelfde tegel.")
    assert kijk(fenna, nu) == ([], [])


def test_the_panel_says_why_and_one_act_merges(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    with frozen(VRIJDAG - timedelta(days=1)):
        eerst = lw.ontvang()
    nu = lw.ontvang()
    client: Client = als(fenna)
    pagina = client.get(f"/werk/zaak/{nu.identificatie}/").content.decode()
    assert "Deze persoon schreef eerder" in pagina and "Gaat waarschijnlijk over hetzelfde" in pagina
    vorm = client.get(f"{adres(nu, 'samenvoegen')}?met={eerst.identificatie}").content.decode()
    assert f'value="{eerst.identificatie}"' in vorm
    gedaan = client.post(
        adres(nu, "samenvoegen"), {"sleutel": "s", "met": eerst.identificatie, "waarom": "Het is dezelfde tegel."}
    )
    assert gedaan.status_code == 302
    assert haal_zaak(fenna, nu.zaak).einddatum is not None

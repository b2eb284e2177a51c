"""The first organisation and its first administrator, by a link that works once."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from loket.assembly import begin
from loket.assembly.functies import FUNCTIES, zorg_voor_functies
from loket.foundation.access.actor import load
from loket.foundation.access.models import Recht
from loket.foundation.audit.models import Handeling
from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Gebruiker, Organisatie, Team
from loket.registers.catalogi.models import Zaaktype

pytestmark = pytest.mark.django_db

VELDEN = {
    "naam": "Gemeente Voorbeeld",
    "soort": "gemeente",
    "afkorting": "vb",
    "rsin": "999900833",
    "telefoon": "14 0000",
    "email": "loket@voorbeeld.nl",
    "beheerder": "Daan Beheer",
    "gebruikersnaam": "d.beheer",
    "adres": "d.beheer@voorbeeld.nl",
    "wachtwoord": "vier paarden op de dijk",
}


@pytest.fixture(autouse=True)
def wachtwoorden(settings: Any) -> None:
    settings.STAFF_PASSWORD = True


def pad() -> str:
    return begin.link().partition("//")[2].partition("/")[2].join(("/", ""))


def test_an_empty_installation_gets_its_organisation_and_the_link_ends() -> None:
    adres, client = pad(), Client()
    assert "Begin met Loket" in client.get(adres).content.decode()
    antwoord = client.post(adres, VELDEN, follow=True)
    assert antwoord.redirect_chain == [("/beheer/", 302)]
    assert "Gemeente Voorbeeld" in antwoord.content.decode()
    organisatie = Organisatie.objects.get()
    assert (organisatie.afkorting, organisatie.hoofd) == ("VB", True)
    soorten = set(Zaaktype.objects.values_list("identificatie", flat=True))
    assert soorten == {"vraag", "melding", "klacht", "compliment"}
    daan = Gebruiker.objects.get()
    assert daan.check_password(VELDEN["wachtwoord"])
    assert load(daan.pk).may("beheer.organisatie") and not load(daan.pk).may("zaak.lezen")
    assert Team.objects.get().coordinator_id == daan.pk
    assert Client().get(adres).status_code == 404
    assert Client().post(adres, VELDEN | {"naam": "Gemeente Kaper"}).status_code == 404
    with pytest.raises(NotFound):
        begin.richt_in(adres.rpartition("/")[2], **VELDEN)
    for regel in Handeling.objects.all():
        assert adres.rpartition("/")[2] not in str(vars(regel))
        assert VELDEN["wachtwoord"] not in str(vars(regel))
    assert Handeling.objects.filter(handeling="organisatie.gemaakt", organisatie=organisatie.id).count() == 1


def test_a_second_organisation_comes_beside_the_first() -> None:
    Client().post(pad(), VELDEN)
    ander = VELDEN | {"naam": "Waterschap Ander", "soort": "waterschap", "afkorting": "WA", "rsin": "999901047"}
    ander |= {"gebruikersnaam": "w.ander", "adres": "w@ander.nl"}
    assert Client().post(pad(), ander).status_code == 302
    assert Organisatie.objects.filter(hoofd=True).count() == 1
    assert Zaaktype.objects.count() == 8


@pytest.mark.parametrize(
    ("veld", "fout"),
    [
        ("afkorting", "X"),
        ("rsin", "123456789"),
        ("wachtwoord", "kort"),
        ("wachtwoord", "d.beheer d.beheer"),
        ("gebruikersnaam", "Daan Beheer"),
        ("soort", "provincie"),
        ("naam", ""),
        ("adres", "geen adres"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(veld: str, fout: str) -> None:
    adres = pad()
    antwoord = Client().post(adres, VELDEN | {veld: fout})
    assert antwoord.status_code == 422
    assert antwoord.context["form"].errors.keys() == {veld}
    assert VELDEN["wachtwoord"] not in antwoord.content.decode()
    assert not Organisatie.objects.exists() and not Gebruiker.objects.exists()
    assert Client().get(adres).status_code == 200, "the link still works"


def test_without_passwords_none_is_asked(settings: Any) -> None:
    settings.STAFF_PASSWORD = False
    antwoord = Client().get(pad())
    assert "wachtwoord" not in antwoord.context["form"].fields
    assert Client().post(pad(), VELDEN).status_code == 302
    assert not Gebruiker.objects.get().has_usable_password()


def test_a_link_is_not_guessed_nor_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    sleutel = pad().rpartition("/")[2]
    signature = sleutel.rpartition(":")[2]
    assert len(signature) >= 43
    vals = signing.TimestampSigner(salt="loket.wachtwoord").sign(begin._stand())
    anders = sleutel[:-1] + ("A" if sleutel[-1] != "A" else "B")
    for fout in (sleutel[:-1], anders, vals, "x", sleutel.replace(":", "")):
        assert Client().get(f"/begin/{fout}").status_code == 404
    monkeypatch.setattr(begin, "GELDIG", begin.timedelta(seconds=-1))
    assert Client().get(f"/begin/{sleutel}").status_code == 404


def test_an_act_of_a_new_version_comes_to_the_functies_that_are_there() -> None:
    functies = zorg_voor_functies()
    Recht.objects.filter(handeling="beheer.organisatie").delete()
    Recht.objects.filter(functie=functies["eerste_lijn"], handeling="zaak.sluiten").delete()
    zorg_voor_functies()
    zorg_voor_functies()
    assert Recht.objects.filter(handeling="beheer.organisatie").count() == 1
    assert not Recht.objects.filter(functie=functies["eerste_lijn"], handeling="zaak.sluiten").exists(), "taken away"
    assert len(functies) == len(FUNCTIES)

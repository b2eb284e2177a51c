"""Every page and every act, by every kind of user, against an oracle that reads the rights as data (`tests/matrix.py`).

A page without a policy, or a new page without an example here, fails.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from psycopg.conninfo import make_conninfo

from loket.assembly.functies import FUNCTIES
from loket.assembly.reference import routes
from loket.assembly.standin.installation import provider
from loket.foundation.access import acts
from loket.foundation.access.actor import Actor, load
from loket.foundation.access.models import Functie
from loket.foundation.access.policy import Policy
from loket.foundation.audit.models import Handeling
from loket.foundation.beheer import health
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap
from loket.foundation.time.clock import frozen
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak, ZaakInformatieobject
from loket.registers.zaken.queries import Filter
from loket.registers.zaken.rules import LEZEN
from loket.services.reacties.handelingen import HANDELINGEN
from tests import matrix
from tests.matrix import ALLEEN_POST, BUITEN, NIET_VAN_U, TOON, VERBODEN, VOORBEELDEN, WEG, Huis
from tests.services.reacties.wereld import VRIJDAG

type Routes = dict[str, Policy]


@pytest.fixture(scope="module")
def huis(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Huis]:
    """One world for all tests here, on one Friday afternoon; gone afterwards."""
    with django_db_blocker.unblock(), frozen(VRIJDAG), transaction.atomic():  # type: ignore[attr-defined]
        yield Huis()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def elk_op_zich(huis: Huis, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing that a test does stays; the pages are those of the demo, which has the most."""
    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr(settings, "OIDC_PROVIDERS", [provider(settings.DATA_DIR, "http://localhost:8000")])
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver"])
    monkeypatch.setattr(settings, "REACTIES_GRENS", 10**6, raising=False)
    here = make_conninfo(settings.DATABASE_URL, dbname=connection.settings_dict["NAME"])
    monkeypatch.setattr(settings, "DATABASE_URL", here)  # /healthz has a connection of its own
    monkeypatch.setattr(health, "_last", None)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def alle() -> Routes:
    return {name: policy for _address, name, policy in routes()}


def adres(huis: Huis, naam: str) -> str:
    """The address of the example of a page."""
    voorbeeld = VOORBEELDEN[naam]
    args = {}
    for arg, waar in voorbeeld.args.items():
        if waar.startswith("="):
            args[arg] = waar[1:]
            continue
        soort, _, code = waar.partition(".")
        ding = getattr(huis, soort)[code]
        args[arg] = ding.identificatie if isinstance(ding, Zaak) else str(getattr(ding, "id", ding))
    return reverse(naam, kwargs=args) + (f"?{voorbeeld.vraag}" if voorbeeld.vraag else "")


def gebruikers() -> list[str]:
    """Every kind of user."""
    return [
        *BUITEN,
        "bewoner_a",
        "bewoner_b",
        *FUNCTIES,
        *("tweede_klachtbehandelaar", "twee_petten", "vervanger", "zonder_functie"),
        *("gt_eerste_lijn", "gt_klachtbehandelaar", "gt_beheerder"),
    ]


def als(huis: Huis, wie: str) -> Client:
    """The browser of a user."""
    client = Client(raise_request_exception=True)
    if wie in huis.bewoners:
        gebruiker = Gebruiker.objects.get(pseudoniem=huis.bewoners[wie].pseudoniem)
    elif wie in huis.mensen:
        gebruiker = huis.mensen[wie]
    else:
        if wie == "houder_van_link":
            assert client.get(reverse("reacties:volg", args=[huis.sleutels["wegen"]])).status_code == TOON
        return client
    client.force_login(gebruiker, "django.contrib.auth.backends.ModelBackend")
    return client


def verwacht(huis: Huis, wie: str, naam: str, policy: Policy) -> tuple[int, str]:
    """The status with which this page answers this user, and where it sends somebody who must log in first."""
    voorbeeld = VOORBEELDEN[naam]
    binnen = {"identity:inloggen": set(huis.bewoners), "identity:medewerker": set(huis.mensen) - set(BUITEN)}
    if wie in binnen.get(naam, ()):
        return WEG, ""  # who is in already, need not log in
    if policy.public or policy.link:
        return voorbeeld.status, ""
    if wie in BUITEN:
        return WEG, reverse("identity:inloggen" if policy.resident else "identity:medewerker")
    if policy.resident:
        if wie not in huis.bewoners:
            return VERBODEN, ""
        eigen = matrix.van_bewoner(huis.bewoners[wie], huis.zaken[voorbeeld.zaak]) if voorbeeld.zaak else set()
        mag = not voorbeeld.eigen or bool(eigen & set(voorbeeld.eigen)) or voorbeeld.status == ALLEEN_POST
        return (voorbeeld.status if mag else NIET_VAN_U), ""
    if wie in huis.bewoners:
        return VERBODEN, ""
    mens = huis.mensen[wie]
    if policy.right not in {recht.handeling for recht in matrix.rechten(mens)}:
        return VERBODEN, ""
    if voorbeeld.van and mens.organisatie_id != getattr(huis, voorbeeld.van).organisatie.id:
        return NIET_VAN_U, ""
    if voorbeeld.team and not Lidmaatschap.objects.filter(gebruiker=mens, team=huis.teams[voorbeeld.team]).exists():
        return NIET_VAN_U, ""
    if voorbeeld.zaak:
        zaak = huis.zaken[voorbeeld.zaak]
        if not matrix.mag(mens, LEZEN, zaak):
            return NIET_VAN_U, ""
        if not matrix.mag(mens, voorbeeld.recht, zaak):
            return VERBODEN, ""
    return voorbeeld.status, ""


def geweigerd() -> int:
    return Handeling.objects.filter(handeling="geweigerd", gelukt=False).count()


# --- every page ---------------------------------------------------------------------------------------


def test_whom_a_complaint_is_about_reads_of_it_on_no_page(huis: Huis) -> None:
    """The substitute of who handles it, with every right there is: lists, search, tasks, the trail, the mail queue."""
    wie, klacht = huis.mensen["vervanger"], huis.zaken["klacht_over_vervanger"]
    for functie in Functie.objects.all():
        Lidmaatschap.objects.get_or_create(gebruiker=wie, team=huis.lw.klachten, functie=functie)
    browser = als(huis, "vervanger")
    gelezen = 0
    for naam, policy in alle().items():
        voorbeeld = VOORBEELDEN.get(naam)
        if voorbeeld is None or not policy.right or voorbeeld.status == ALLEEN_POST:
            continue
        for nummer in {False, voorbeeld.args.get("nummer") == "zaken.wegen"}:
            waar = adres(huis, naam)
            if nummer:
                waar = waar.replace(huis.zaken["wegen"].identificatie, klacht.identificatie)
            antwoord = browser.get(waar)
            assert not nummer or antwoord.status_code == NIET_VAN_U, naam
            tekst = antwoord.text.replace(waar, "") if not antwoord.streaming else ""
            assert klacht.identificatie not in tekst and str(klacht.id) not in tekst, naam
            gelezen += 1
    assert gelezen > 20


def test_every_page_has_a_policy_and_an_example() -> None:
    """`routes()` raises for a page without a policy. A new page gets a line in VOORBEELDEN."""
    assert sorted(VOORBEELDEN) == sorted(alle())


def test_every_right_of_the_functies_is_about_a_declared_act() -> None:
    handelingen = {h for _naam, rechten in FUNCTIES.values() for soort in rechten for h in soort[0]}
    beloofd = {policy.right for policy in alle().values() if policy.right}
    assert handelingen <= set(acts.registry), "a functie carries a right to an act that no room declares"
    assert beloofd <= handelingen | {"*"}, "a page asks for a right that no functie carries"
    assert {welke.recht for welke in HANDELINGEN} <= handelingen


@pytest.mark.parametrize("wie", gebruikers())
def test_every_page_answers_every_user_as_the_rights_say(huis: Huis, wie: str) -> None:
    client = als(huis, wie)
    anders = []
    for naam, policy in alle().items():
        waar = adres(huis, naam)
        status, inlog = verwacht(huis, wie, naam, policy)
        voor = geweigerd()
        antwoord = client.get(waar)
        naar = antwoord.headers.get("Location", "")
        if antwoord.status_code != status or (inlog and not naar.startswith(f"{inlog}?next=")):
            anders.append(f"{naam} ({waar}) answered {antwoord.status_code} {naar}, expected {status} {inlog}")
        elif status in (VERBODEN, NIET_VAN_U) and not policy.public and geweigerd() != voor + 1:
            anders.append(f"{naam} refused, and the trail does not say so")
    assert anders == []


@pytest.mark.parametrize("wie", gebruikers())
def test_who_may_not_read_a_page_may_not_send_to_it_either(huis: Huis, wie: str) -> None:
    client = als(huis, wie)
    anders = []
    for naam, policy in alle().items():
        status, inlog = verwacht(huis, wie, naam, policy)
        if policy.public or policy.link or (status not in (VERBODEN, NIET_VAN_U) and not inlog):
            continue
        stand = _stand()
        antwoord = client.post(adres(huis, naam), {"tekst": "Dit mag niet.", "waarom": "Dit mag niet.", "sleutel": "x"})
        if antwoord.status_code not in (status, ALLEEN_POST) or _stand() != stand:
            anders.append(f"{naam} answered {antwoord.status_code}, expected {status}")
    assert anders == []


def _stand() -> tuple[int, ...]:
    """Counts that an act of whatever kind would move: everything that is done leaves a line."""
    return (Handeling.objects.exclude(handeling="geweigerd").count(),)


# --- every zaak ---------------------------------------------------------------------------------------


def medewerkers() -> list[str]:
    return [wie for wie in gebruikers() if not wie.startswith("bewoner") and wie not in ("anoniem", "houder_van_link")]


@pytest.mark.parametrize("wie", medewerkers())
def test_queries_give_an_employee_exactly_what_the_rights_say(huis: Huis, wie: str) -> None:
    mens = huis.mensen[wie]
    actor = load(mens.id)
    for handeling in sorted({welke.recht for welke in HANDELINGEN} | {LEZEN}):
        goed = {code for code, zaak in huis.zaken.items() if matrix.mag(mens, handeling, zaak)}
        assert {code for code, zaak in huis.zaken.items() if zoek.mag(actor, handeling, zaak.id)} == goed, handeling
    leesbaar = {zaak.id for zaak in huis.zaken.values() if matrix.mag(mens, LEZEN, zaak)}
    open_ = {zaak.id for zaak in Zaak.objects.filter(id__in=leesbaar, einddatum=None)}
    assert {regel.zaak for regel in zoek.werklijst(actor, Filter(), aantal=100).regels} == open_
    gevonden = {t.id for woord in ("stoep", "duiker", "klacht", "LW", "GT") for t in zoek.zoek(actor, woord, 100)}
    assert gevonden <= leesbaar
    assert {t.id for zaak in huis.zaken.values() for t in zoek.zoek(actor, zaak.identificatie)} == leesbaar


MET_HANDELINGEN = ("wegen", "klacht", "klacht_over_vervanger", "specialist", "gesloten", "gt_melding", "doorgezonden")
"""The zaken of which every kind of act is asked as a page; of the others the queries are asked, which the page asks."""


@pytest.mark.parametrize("wie", medewerkers())
def test_pages_and_acts_of_every_zaak_answer_every_employee_as_the_rights_say(huis: Huis, wie: str) -> None:
    mens, client = huis.mensen[wie], als(huis, wie)
    per_recht = {welke.recht: welke.code for welke in HANDELINGEN}
    leest = any(recht.handeling == LEZEN for recht in matrix.rechten(mens))
    anders = []
    for code, zaak in huis.zaken.items():
        verwacht: dict[str, int] = {}
        ziet = matrix.mag(mens, LEZEN, zaak)
        verwacht[reverse("werkplek:zaak", args=[zaak.id])] = TOON if ziet else NIET_VAN_U
        for recht, handeling in per_recht.items() if code in MET_HANDELINGEN else ():
            status = TOON if ziet and matrix.mag(mens, recht, zaak) else VERBODEN if ziet else NIET_VAN_U
            verwacht[reverse("reacties:handeling", args=[zaak.id, handeling])] = status
        for pad, status in verwacht.items():
            status = status if leest else WEG if wie in BUITEN else VERBODEN
            if (gekregen := client.get(pad).status_code) != status:
                anders.append(f"{code}: {pad} answered {gekregen}, expected {status}")
    assert anders == []


@pytest.mark.parametrize("wie", medewerkers())
def test_documents_follow_the_zaken_that_they_are_in(huis: Huis, wie: str) -> None:
    mens, client = huis.mensen[wie], als(huis, wie)
    leest = any(recht.handeling == LEZEN for recht in matrix.rechten(mens))
    for document in sorted(set(huis.documenten.values())):
        in_zaken = Zaak.objects.filter(
            id__in=ZaakInformatieobject.objects.filter(informatieobject_id=document).values("zaak_id")
        )
        ziet = any(matrix.mag(mens, LEZEN, zaak) for zaak in in_zaken)
        status = (TOON if ziet else NIET_VAN_U) if leest else WEG if wie in BUITEN else VERBODEN
        assert client.get(reverse("werkplek:document", args=[document])).status_code == status


def test_of_a_number_that_two_organisations_share_each_sees_its_own_zaak(huis: Huis) -> None:
    hier, daar = huis.zaken["doorgezonden"], huis.zaken["gt_doorgezonden"]
    assert hier.identificatie == daar.identificatie
    for wie, eigen, ander in (("eerste_lijn", hier, daar), ("gt_eerste_lijn", daar, hier)):
        actor, client = load(huis.mensen[wie].id), als(huis, wie)
        assert zoek.haal_zaak(actor, hier.identificatie).id == eigen.id
        assert client.get(reverse("werkplek:zaak", args=[hier.identificatie])).status_code == TOON
        assert client.get(reverse("werkplek:zaak", args=[ander.id])).status_code == NIET_VAN_U
    foto = reverse("werkplek:document", args=[huis.documenten["doorgezonden"]])
    assert als(huis, "gt_eerste_lijn").get(foto).status_code == NIET_VAN_U, "it was not shared"


def test_no_list_names_a_zaak_that_the_employee_may_not_see(huis: Huis) -> None:
    for wie in medewerkers():
        mens, client = huis.mensen[wie], als(huis, wie)
        if not any(recht.handeling == LEZEN for recht in matrix.rechten(mens)):
            continue
        mag = {zaak.identificatie for zaak in huis.zaken.values() if matrix.mag(mens, LEZEN, zaak)}
        verboden = {zaak.identificatie for zaak in huis.zaken.values()} - mag
        for pad in (
            *(reverse("werkplek:lijst", args=[code]) for code in ("mijn", "triage", "team", "tweede-lijn", "te-laat")),
            reverse("werkplek:taken"),
            reverse("werkplek:zoeken") + "?q=tegel",
        ):
            bladzijde = client.get(pad).content.decode()
            assert not [nummer for nummer in verboden if f"{nummer}/" in bladzijde], (wie, pad)


def test_administrators_act_with_the_mail_of_their_own_organisation_only(huis: Huis) -> None:
    for wie, eigen, ander in (("beheerder", "lw", "gt"), ("gt_beheerder", "gt", "lw")):
        client = als(huis, wie)
        for doe in ("mail:tegenhouden", "mail:opnieuw"):
            assert client.post(reverse(doe, args=[huis.mails[ander]])).status_code == NIET_VAN_U
            assert client.post(reverse(doe, args=[huis.mails[eigen]])).status_code == WEG


def test_administrators_change_the_teams_and_employees_of_their_own_organisation_only(huis: Huis) -> None:
    ander = huis.mensen["eerste_lijn"]
    lid = Lidmaatschap.objects.get(gebruiker=ander)
    client, stand = als(huis, "gt_beheerder"), _stand()
    functie = {"lid-team": str(huis.gt.een.id), "lid-functie": str(lid.functie_id)}
    for pad, velden in (
        (reverse("beheer:team", args=[huis.teams["lw"].id]), {"naam": "Van ons", "lijn": "1"}),
        (reverse("beheer:medewerker", args=[ander.id]), {"naam": "Van ons", "gebruikersnaam": "van.ons"}),
        (reverse("beheer:geef_functie", args=[ander.id]), functie),
        (reverse("beheer:neem_functie", args=[ander.id, lid.id]), {}),
        (reverse("beheer:dienst", args=[ander.id]), {}),
        (reverse("beheer:wachtwoord", args=[ander.id]), {}),
    ):
        assert client.post(pad, velden).status_code == NIET_VAN_U, pad
    eigen = huis.mensen["gt_eerste_lijn"]  # one's own colleague gets no place in another's team, nor loses another's
    vreemd = functie | {"lid-team": str(huis.lw.een.id)}
    assert client.post(reverse("beheer:geef_functie", args=[eigen.id]), vreemd).status_code == 422
    client.post(reverse("beheer:neem_functie", args=[eigen.id, lid.id]))
    assert Lidmaatschap.objects.filter(id=lid.id).exists()
    assert _stand() == stand


def test_who_watches_over_the_use_of_data_sees_the_own_organisation_only(huis: Huis) -> None:
    client = als(huis, "privacy")
    for pad in (reverse("audit:gebruik"), reverse("audit:spoor")):
        for nummer in (huis.zaken["wegen"].identificatie, huis.zaken["gt_melding"].identificatie):
            bladzijde = client.get(pad, {"zaak": nummer})
            eigen = nummer.startswith("LW")
            assert bladzijde.status_code == TOON
            assert bool(bladzijde.context["regels"]) == eigen, (pad, nummer)


def test_nobody_withdraws_an_absence_at_another_organisation_or_without_being_in_charge(huis: Huis) -> None:
    weg = Afwezigheid.objects.get(gebruiker=huis.mensen["klachtbehandelaar"])
    for wie in ("gt_eerste_lijn", "gt_klachtbehandelaar", "eerste_lijn", "derde_lijn"):
        antwoord = als(huis, wie).post(reverse("reacties:terug", args=[weg.id]))
        assert antwoord.status_code in (VERBODEN, NIET_VAN_U), wie
        assert Afwezigheid.objects.filter(id=weg.id).exists()


# --- residents and links ------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["bewoner_a", "bewoner_b"])
def test_a_resident_sees_the_own_zaken_of_every_organisation_and_no_others(huis: Huis, wie: str) -> None:
    actor, client = huis.bewoners[wie], als(huis, wie)
    nummers: dict[str, set[str]] = {}
    for zaak in huis.zaken.values():
        nummers.setdefault(zaak.identificatie, set()).update(matrix.van_bewoner(actor, zaak))
    assert any(nummers.values())
    assert not all(nummers.values())
    for nummer, rollen in nummers.items():
        status = TOON if rollen & {"initiator", "mede_initiator"} else NIET_VAN_U
        assert client.get(reverse("reacties:mijn_zaak", args=[nummer])).status_code == status
    overzicht = client.get(reverse("mijn:overzicht")).content.decode()
    assert {nummer for nummer in nummers if nummer in overzicht} <= {n for n, rollen in nummers.items() if rollen}
    actor = Actor("bewoner", id=actor.id, pseudoniem=actor.pseudoniem)
    ziet = {code for code, zaak in huis.zaken.items() if zoek.mag(actor, LEZEN, zaak.id)}
    assert ziet == {code for code, zaak in huis.zaken.items() if matrix.van_bewoner(actor, zaak) & set(matrix.GENOEMD)}


def test_a_link_opens_its_own_number_and_nothing_else(huis: Huis) -> None:
    client = Client()
    for code, sleutel in huis.sleutels.items():
        zaak = huis.zaken[code.removesuffix("_ook")]
        bladzijde = client.get(reverse("reacties:volg", args=[sleutel]))
        assert bladzijde.status_code == TOON
        assert zaak.identificatie in bladzijde.content.decode()
        link = Actor.link(zaak.id)
        zelfde = {each.id for each in huis.zaken.values() if each.identificatie == zaak.identificatie}
        assert {each.id for each in huis.zaken.values() if zoek.mag(link, LEZEN, each.id)} == zelfde
        for van, document in huis.documenten.items():
            status = TOON if van == code else NIET_VAN_U
            for soort in ("document", "klein"):
                pad = reverse(f"reacties:{soort}", args=[sleutel, document])
                assert client.get(pad).status_code == status, (code, van)


@pytest.mark.parametrize("wie", ["anoniem", "bewoner_a", "eerste_lijn"])
def test_a_wrong_key_gives_nobody_anything(huis: Huis, wie: str) -> None:
    client = als(huis, wie)
    deel = "reacties:volg"
    fout = [huis.sleutels["wegen"][:-1], huis.sleutels["wegen"] + "A", str(huis.zaken["wegen"].id), "%00", "é" * 43]
    for sleutel in [*fout, huis.zaken["wegen"].identificatie, "' or 1=1--"]:
        voor = geweigerd()
        assert client.get(reverse(deel, args=[sleutel])).status_code == NIET_VAN_U
        assert geweigerd() == voor + 1
    for naam, policy in alle().items():
        if policy.link:
            bronnen = VOORBEELDEN[naam].args
            args = {deel: bron[1:] if bron[0] == "=" else "verkeerd" for deel, bron in bronnen.items()}
            args |= {"document": str(uuid4())} if "document" in bronnen else {}
            status = ALLEEN_POST if VOORBEELDEN[naam].status == ALLEEN_POST else NIET_VAN_U
            assert client.get(reverse(naam, kwargs=args)).status_code == status
            assert client.post(reverse(naam, kwargs=args)).status_code in (NIET_VAN_U, ALLEEN_POST)


def _inhoud(antwoord: Any) -> bytes:
    inhoud: bytes = antwoord.content
    return inhoud.partition(b"<main")[2].partition(b"</main>")[0]


def test_keys_of_things_that_do_not_exist_look_like_those_that_are_not_yours(huis: Huis) -> None:
    client = als(huis, "gt_eerste_lijn")
    geen: UUID = uuid4()
    for bestaat, niet in (
        (reverse("werkplek:zaak", args=[huis.zaken["wegen"].id]), reverse("werkplek:zaak", args=[geen])),
        (reverse("werkplek:document", args=[huis.documenten["wegen"]]), reverse("werkplek:document", args=[geen])),
        (
            reverse("reacties:taak", args=[huis.taken["specialist"].id, "oppakken"]),
            reverse("reacties:taak", args=[geen, "oppakken"]),
        ),
    ):
        een, twee = client.get(bestaat), client.get(niet)
        assert (een.status_code, twee.status_code) == (NIET_VAN_U, NIET_VAN_U)
        assert _inhoud(een) == _inhoud(twee)

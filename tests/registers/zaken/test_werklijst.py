"""The work list, its counts, and the time line."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.audit.models import Dataverwerking
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import frozen
from loket.registers.klanten import commands as klanten
from loket.registers.zaken import commands, queries
from loket.registers.zaken.queries import Filter
from tests.registers.wereld import MAANDAG, SYSTEEM, Plaats, over, use


def test_shortest_term_first_in_pages(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    for dag in (5, 1, 3, 3, 2):
        lw.zaak(antwoord_voor=date(2026, 12, dag), omschrijving=f"dag {dag}")
    lw.zaak("klacht", antwoord_voor=date(2026, 12, 1))
    lw.zaak(team=lw.twee)
    gezien, na = [], None
    for _ in range(3):
        bladzijde = queries.werklijst(fenna, Filter(team=lw.een.id), na=na, aantal=2)
        assert bladzijde.aantal == 5
        gezien += [regel.onderwerp for regel in bladzijde.regels]
        na = bladzijde.volgende
    assert gezien == ["dag 1", "dag 2", "dag 3", "dag 3", "dag 5"]
    assert na is None
    assert len(queries.werklijst(fenna, na="onzin").regels) == 6
    assert queries.werklijst(ANONYMOUS).regels == ()


def test_filters(lw: Plaats, gt: Plaats) -> None:
    mens = lw.mens("Fenna")
    fenna = lw.actor(mens, lw.een)
    vrij = lw.zaak(omschrijving="vrij", kanaal="telefoon")
    mijn = lw.zaak(omschrijving="mijn", behandelaar=mens, antwoord_voor=date(2026, 11, 20))
    wacht = lw.zaak(omschrijving="wacht", antwoord_voor=date(2026, 11, 19), voorstel_team=lw.twee, zekerheid=0.94)
    commands.werk_bij(SYSTEEM, wacht, wacht_op="bewoner", nieuw_bericht=True)
    lw.zaak(omschrijving="tweede", team=lw.twee)
    gt.zaak()

    def vind(**wat: object) -> list[str]:
        return [regel.onderwerp for regel in queries.werklijst(fenna, Filter(**wat)).regels]  # type: ignore[arg-type]

    assert vind() == ["wacht", "mijn", "vrij", "tweede"]
    assert vind(team=lw.een.id, vrij=True) == ["vrij"]
    assert vind(behandelaar=mens.id) == ["mijn"]
    assert vind(te_laat=True) == ["mijn"]
    assert vind(wacht_op="bewoner") == vind(nieuw_bericht=True) == ["wacht"]
    assert vind(lijn=2) == ["tweede"]
    assert vind(kanaal=("telefoon", "balie")) == ["vrij"]
    assert vind(zaaktype=("klacht",)) == []
    assert vind(zoek="stoeptegel vrij") == []
    assert vind(zoek="vrij") == ["vrij"]
    assert vind(organisatie=gt.organisatie.id) == []
    regel = queries.werklijst(fenna, Filter(wacht_op="bewoner")).regels[0]
    assert (regel.team_naam, regel.voorstel_naam, regel.zekerheid) == ("Klantcontact", "Wegen", 0.94)
    assert {vrij.id, mijn.id} <= {regel.zaak for regel in queries.werklijst(fenna).regels}


def test_a_page_and_the_counts_are_one_statement_each(lw: Plaats) -> None:
    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    lw.zaak()
    with CaptureQueriesContext(connection) as vragen:
        queries.werklijst(fenna)
        queries.tellingen(fenna)
    assert len(vragen) == 0, "our own statements do not pass Django's cursor"


def test_the_counts(lw: Plaats) -> None:
    mens, ander = lw.mens("Fenna"), lw.mens("Joris")
    fenna = lw.actor(mens, lw.een)
    lw.zaak(omschrijving="vrij")
    lw.zaak(omschrijving="laat", antwoord_voor=date(2026, 11, 20))
    mijn = lw.zaak(omschrijving="mijn", behandelaar=mens, antwoord_voor=date(2026, 11, 20))
    lw.zaak("klacht")
    lw.zaak(team=lw.twee)

    def geef(soort: str, aan: object, **meer: object) -> None:
        klanten.geef_internetaak(
            fenna,
            mijn,
            soort=soort,
            gevraagde_handeling="Bel mevrouw",
            uiterlijk=over(hours=4),
            medewerker=aan,  # type: ignore[arg-type]
            idempotency_key=f"{soort}{aan}",
        )

    geef("terugbellen", mens)
    geef("vraag", ander)
    telling = queries.tellingen(fenna)
    assert (telling.triage, telling.triage_te_laat, telling.team, telling.tweede_lijn, telling.te_laat) == (
        2,
        1,
        3,
        1,
        2,
    )
    assert (telling.mijn, telling.mijn_te_laat, telling.mijn_taken, telling.terugbellen) == (1, 1, 1, 1)
    assert (telling.ik_wacht, telling.terugbellen_te_laat) == (1, 0)
    with frozen(MAANDAG + timedelta(days=1)):
        assert queries.tellingen(fenna).terugbellen_te_laat == 1
    assert queries.tellingen(fenna, team=lw.twee.id).team == 1
    assert queries.tellingen(ANONYMOUS).team == 0


def test_the_time_line(lw: Plaats) -> None:
    mens, joris, nadia = lw.mens("Fenna"), lw.mens("Joris"), lw.mens("Nadia")
    fenna = lw.actor(mens, lw.een)
    partij = klanten.registreer_partij(SYSTEEM, organisatie=lw.organisatie, naam="O. Brandsteder", pseudoniem="p-1")
    zaak = lw.zaak(initiator=partij.id)
    klanten.leg_contact_vast(
        SYSTEEM,
        organisatie=lw.organisatie,
        kanaal="website",
        richting="in",
        inhoud="Het riool loopt over 😡",
        zaken=[zaak],
        partij=partij,
        contactnaam="O. Brandsteder",
        idempotency_key="in",
    )
    met = {n: MAANDAG + timedelta(hours=n) for n in range(1, 8)}
    with frozen(met[1]):
        commands.wijs_toe(fenna, zaak, team=lw.twee, behandelaar=joris, waarom="Is riool")
    with frozen(met[2]):
        commands.schrijf_notitie(fenna, zaak, "Put zit dicht")
        taak = klanten.geef_internetaak(
            fenna,
            zaak,
            soort="vraag",
            gevraagde_handeling="Wie gaat kijken?",
            uiterlijk=over(days=1),
            medewerker=nadia,
            idempotency_key="vraag",
        )
    with frozen(met[4]):
        klanten.beantwoord_internetaak(lw.actor(nadia, lw.twee), taak, "Ik ga morgen.")
    with frozen(met[5]):
        commands.sluit_zaak(fenna, zaak, "Opgelost", "De put is schoon.")
    lijn = queries.tijdlijn(fenna, zaak, use(fenna))
    assert [g.soort for g in lijn] == [
        "status",
        "toewijzing",
        "bericht_in",
        "toewijzing",
        "notitie",
        "taak_gegeven",
        "taak_beantwoord",
        "taak_opgepakt",
        "status",
        "resultaat",
    ] or sorted(g.soort for g in lijn[:3]) == ["bericht_in", "status", "toewijzing"]
    per = {g.soort: g for g in lijn}
    assert (per["bericht_in"].wie, per["bericht_in"].tekst) == ("O. Brandsteder", "Het riool loopt over 😡")
    assert [g.duur for g in lijn if g.soort == "toewijzing"] == [timedelta(hours=1), timedelta(hours=4)]
    assert per["taak_gegeven"].duur == timedelta(hours=2)
    assert per["taak_gegeven"].detail["naar"] == "Nadia"
    assert (per["taak_beantwoord"].wie, per["taak_beantwoord"].tekst) == ("Nadia", "Ik ga morgen.")
    assert (per["resultaat"].kop, per["resultaat"].tekst) == ("Opgelost", "De put is schoon.")
    regel = Dataverwerking.objects.get()
    assert (regel.betrokkene, regel.zaak, regel.rol) == ("p-1", zaak.id, "Behandelaar")

    bewoner = queries.tijdlijn(Actor("bewoner", pseudoniem="p-1"), zaak.id)
    assert {g.soort for g in bewoner} == {"status", "bericht_in", "resultaat"}
    assert Dataverwerking.objects.count() == 1, "one's own data is no use of it"
    for vreemde in (Actor("bewoner", pseudoniem="p-2"), Actor("link", zaak=lw.zaak().id)):
        with pytest.raises(NotFound):
            queries.tijdlijn(vreemde, zaak.id)
    with pytest.raises(ValueError, match="State the use"):
        queries.tijdlijn(fenna, zaak)


def test_no_line_no_time_line(lw: Plaats) -> None:
    """When the log refuses, nothing is read."""
    from django.db import transaction

    fenna = lw.actor(lw.mens("Fenna"), lw.een)
    partij = klanten.registreer_partij(SYSTEEM, organisatie=lw.organisatie, pseudoniem="p-1")
    zaak = lw.zaak(initiator=partij.id)
    with connection.cursor() as cursor:
        cursor.execute("alter table loket_audit_dataverwerking add constraint nee check (betrokkene <> 'p-1')")
    with pytest.raises(Exception, match="nee"), transaction.atomic():
        queries.tijdlijn(fenna, zaak, use(fenna))

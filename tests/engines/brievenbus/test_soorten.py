"""What kind of mail it is; and that people are not taken for machines."""
# ruff: noqa: E501, C408 (mails stay as they are on the line)

import pytest

from loket.engines.brievenbus.brief import Soort
from loket.engines.brievenbus.lezen import lees

from .bouw import EIGEN, ONS_ID, PLAT, antwoord, deel, html, kop, meer, tekst

DSN = (
    "Reporting-MTA: dns; mx.voorbeeld.nl\n\nFinal-Recipient: rfc822; weg@voorbeeld.nl\nAction: {actie}\nStatus: {status}\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <weg@voorbeeld.nl>: Recipient address rejected\n"
)


def dsn(actie: str = "failed", status: str = "5.1.1", terug: bytes = b"") -> bytes:
    return meer(
        "report",
        deel(PLAT, "This is the mail system at host mx.voorbeeld.nl."),
        deel("message/delivery-status", DSN.format(actie=actie, status=status)),
        terug or deel("text/rfc822-headers", f"Message-ID: <{ONS_ID}>\nSubject: x\n"),
        bij="; report-type=delivery-status",
        From="MAILER-DAEMON@mx.voorbeeld.nl",
        Return_Path="<>",
        Subject="Undelivered Mail Returned to Sender",
    )


def test_a_bounce_of_the_standard() -> None:
    brief = lees(dsn(), eigen=EIGEN)
    assert brief.soort is Soort.ONBESTELBAAR
    (eerste,) = brief.bestellingen
    assert (eerste.adres, eerste.status, eerste.actie, eerste.blijvend) == ("weg@voorbeeld.nl", "5.1.1", "failed", True)
    assert "Recipient address rejected" in eerste.uitleg
    assert brief.oorspronkelijk_id == ONS_ID and brief.draad.eigen_ids == (ONS_ID,)
    assert not brief.beantwoorden


def test_a_delay_is_temporary_and_a_delivery_is_no_bounce() -> None:
    assert not lees(dsn("delayed", "4.4.1")).bestellingen[0].blijvend
    assert lees(dsn("delivered", "2.0.0")).soort is Soort.BEZORGD


def test_the_whole_mail_returned() -> None:
    ons = kop(From="loket@lindewaard.voorbeeld.nl").replace(b"brief-1@voorbeeld.nl", ONS_ID.encode())
    brief = lees(dsn(terug=b"Content-Type: message/rfc822\r\n\r\n" + ons + b"\r\nOnze tekst\r\n"), eigen=EIGEN)
    assert (brief.soort, brief.oorspronkelijk_id) == (Soort.ONBESTELBAAR, ONS_ID)


@pytest.mark.parametrize(
    ("velden", "lijf", "adres", "status", "blijvend"),
    [
        (
            {"From": "Mail Delivery System <Mailer-Daemon@mx.nl>", "Subject": "Mail delivery failed: returning message to sender",
             "X-Failed-Recipients": "weg@voorbeeld.nl"},
            "A message that you sent could not be delivered.\n\n  weg@voorbeeld.nl\n    550 5.1.1 no such user\n", "weg@voorbeeld.nl", "5.1.1", True,
        ),
        (
            {"From": "MAILER-DAEMON@qmail.voorbeeld.nl", "Subject": "failure notice"},
            "Hi. This is the qmail-send program at qmail.\n\n<weg@voorbeeld.nl>:\nSorry, no mailbox here by that name. (#5.1.1)\n",
            "weg@voorbeeld.nl", "5.1.1", True,
        ),
        (
            {"From": "postmaster@ziggo.voorbeeld.nl", "Subject": "Uw bericht kon niet worden afgeleverd"},
            "Het bericht aan <weg@voorbeeld.nl> kon niet worden bezorgd.\n452 4.2.2 mailbox vol\n", "weg@voorbeeld.nl", "4.2.2", False,
        ),
        (
            {"From": "postmaster@x.nl", "Subject": "Onbestelbaar: Lantaarn"},
            "Uw bericht aan weg@voorbeeld.nl is niet bezorgd.\nMessage-ID: <" + ONS_ID + ">\n", "weg@voorbeeld.nl", "", True,
        ),
        (
            {"From": "Mail Delivery Subsystem <mailer-daemon@googlemail.com>", "Subject": "Delivery Status Notification (Delay)"},
            "Er is een tijdelijk probleem met weg@voorbeeld.nl. Gmail will retry. Message delayed.\n", "weg@voorbeeld.nl", "", False,
        ),
    ],
)  # fmt: skip
def test_bounces_in_words(velden: dict[str, str], lijf: str, adres: str, status: str, blijvend: bool) -> None:
    brief = lees(tekst(lijf, Return_Path="<>", **{n.replace("-", "_"): w for n, w in velden.items()}), eigen=EIGEN)
    assert brief.soort is Soort.ONBESTELBAAR, brief.reden
    (eerste,) = brief.bestellingen
    assert (eerste.adres, eerste.status, eerste.blijvend) == (adres, status, blijvend)


MACHINES = {
    "afwezig, Exchange": (
        dict(Subject="Automatisch antwoord: Lantaarn", Auto_Submitted="auto-generated", X_Auto_Response_Suppress="All"),
        "Ik ben met vakantie tot 12 oktober.", Soort.AFWEZIG,
    ),
    "afwezig, Gmail": (
        dict(Subject="Out of Office Re: x", Auto_Submitted="auto-replied", Precedence="bulk"), "I am on holiday.", Soort.AFWEZIG,
    ),
    "afwezig, alleen onderwerp": (dict(Subject="Out of Office: x"), "Back on Monday.", Soort.AFWEZIG),
    "afwezig, Duits": (dict(Subject="Abwesenheitsnotiz: x", Auto_Submitted="auto-replied"), "Urlaub.", Soort.AFWEZIG),
    "autoantwoord": (dict(Auto_Submitted="auto-replied"), "Bedankt voor uw bericht, wij reageren snel.", Soort.AUTOANTWOORD),
    "autoantwoord, oud veld": (dict(X_Autoreply="yes"), "Wij hebben uw bericht ontvangen.", Soort.AUTOANTWOORD),
    "autoantwoord, Precedence": (dict(Precedence="auto_reply"), "Ontvangen.", Soort.AUTOANTWOORD),
    "machine": (dict(Auto_Submitted="auto-generated", From="scanner@voorbeeld.nl"), "Zie bijlage.", Soort.AUTOMAAT),
    "noreply": (dict(From="no-reply@bank.voorbeeld.nl"), "Er staat een bericht klaar.", Soort.AUTOMAAT),
    "nieuwsbrief": (dict(List_Unsubscribe="<https://x.nl/u>", List_Id="<n.x.nl>"), "Nieuws!", Soort.LIJST),
    "bulk": (dict(Precedence="bulk"), "Nieuws!", Soort.LIJST),
    "uitdaging": (
        dict(Subject="Re: x", Auto_Submitted="auto-replied"), "Please confirm that you are a real human by clicking.", Soort.UITDAGING,
    ),
    "lus, eigen Message-ID": (dict(Message_ID=f"<{ONS_ID}>"), "Onze mail.", Soort.LUS),
    "lus, eigen veld": (dict(X_Loket="lindewaard"), "Onze mail.", Soort.LUS),
}  # fmt: skip


@pytest.mark.parametrize("naam", MACHINES)
def test_machines(naam: str) -> None:
    velden, lijf, soort = MACHINES[naam]
    brief = lees(tekst(lijf, **velden), eigen=EIGEN)
    assert (brief.soort, brief.beantwoorden) == (soort, False), brief.reden
    assert brief.reden and brief.tekst


@pytest.mark.parametrize("naam", ["formulier", "via onze groepspostbus", "gewoon"])
def test_a_person_behind_a_form_or_our_own_group_mailbox_gets_an_answer(naam: str) -> None:
    assert lees(PERSONEN[naam], eigen=EIGEN).beantwoorden


def test_a_form_that_says_that_a_machine_sent_it_is_answered_to_the_person() -> None:
    velden = dict(Auto_Submitted="auto-generated", From="www@school.voorbeeld.nl", Reply_To="jan@voorbeeld.nl")
    assert lees(tekst("Stuk.", **velden), eigen=EIGEN).beantwoorden


def test_too_many_hops_is_a_loop() -> None:
    assert lees(b"Received: from a by b\r\n" * 60 + tekst("Hoi")).soort is Soort.LUS


PERSONEN = {
    "gewoon": tekst("De lantaarn is stuk."),
    "over een automatisch antwoord": tekst("Ik kreeg dit.", Subject="Re: Automatisch antwoord: Lantaarn"),
    "klacht over automatische antwoorden": tekst("Altijd maar.", Subject="Automatisch antwoord helpt mij niet"),
    "over vakantie": tekst("Ik ben met vakantie en afwezig tot 12 oktober, wie helpt mij?", Subject="Vakantie"),
    "stuurt een bounce door": tekst("Ik krijg dit: Undelivered Mail Returned to Sender", Subject="FW: Onbestelbaar: brief"),
    "over niet bezorgde post": tekst("Mijn brief kon niet worden bezorgd.", Subject="Onbestelbaar"),
    "onderdrukt automaten": tekst("Zie boven.", X_Auto_Response_Suppress="OOF"),
    "Auto-Submitted: no": tekst("Zie boven.", Auto_Submitted="no"),
    "via onze groepspostbus": tekst("Stuk.", List_Id="<wethouder.lindewaard.voorbeeld.nl>", Precedence="list"),
    "antwoord via een lijst": antwoord("Stuk.", List_Unsubscribe="<https://x.nl>"),
    "formulier": tekst("Stuk.", From="noreply@school.voorbeeld.nl", Reply_To="Jan <jan@voorbeeld.nl>"),
    "postmaster die iets vraagt": tekst("Wilt u uw DNS nakijken?", From="postmaster@buurgemeente.voorbeeld.nl"),
    "robot in de tekst": tekst("De robot in de stofzuiger: bevestig dat hij stuk is.", Subject="Robot"),
}  # fmt: skip


@pytest.mark.parametrize("naam", PERSONEN)
def test_people_are_people(naam: str) -> None:
    brief = lees(PERSONEN[naam], eigen=EIGEN)
    assert brief.soort is Soort.PERSOON, brief.reden


def test_a_read_receipt() -> None:
    brief = lees(
        meer(
            "report",
            deel(PLAT, "Uw bericht is gelezen."),
            deel(
                "message/disposition-notification",
                f"Final-Recipient: rfc822; jan@voorbeeld.nl\nOriginal-Message-ID: <{ONS_ID}>\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\n",
            ),
            bij="; report-type=disposition-notification",
            Subject="Gelezen: Lantaarn",
        ),
        eigen=EIGEN,
    )
    assert (brief.soort, brief.oorspronkelijk_id) == (Soort.LEESBEVESTIGING, ONS_ID)


ICS = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:u1\nSUMMARY:Schouw\\, Dorpsstraat\n"
    "DTSTART;TZID=W. Europe Standard Time:20261005T140000\nDTEND;TZID=W. Europe Standard Time:20261005T150000\n"
    "LOCATION:Bij de\n  brug\nORGANIZER;CN=\"Jan Jansen\":mailto:jan@voorbeeld.nl\nBEGIN:VALARM\nSUMMARY:nee\nEND:VALARM\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)  # fmt: skip


def test_an_invitation() -> None:
    brief = lees(
        meer("alternative", deel(PLAT, "Kunt u komen?"), deel("text/calendar; method=REQUEST; charset=utf-8", ICS)),
        eigen=EIGEN,
    )
    assert brief.soort is Soort.AGENDA
    (afspraak,) = brief.afspraken
    assert afspraak.in_woorden == "Schouw, Dorpsstraat · maandag 5 oktober 2026, 14:00–15:00 · Bij de brug"
    assert (afspraak.organisator, afspraak.methode) == ("Jan Jansen", "REQUEST")
    assert brief.tekst == "Kunt u komen?"


def test_a_calendar_that_is_only_attached() -> None:
    ics = deel("text/calendar", ICS, Content_Disposition="attachment; filename=x.ics")
    brief = lees(meer("mixed", deel(PLAT, "Zie bijlage."), ics))
    assert brief.soort is Soort.PERSOON and len(brief.afspraken) == 1


def test_times_in_utc_are_told_in_dutch_time_and_whole_days_as_days() -> None:
    def wanneer(van: str, tot: str) -> str:
        ics = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:{van}\nDTEND:{tot}\nEND:VEVENT\nEND:VCALENDAR\n"
        return lees(tekst(ics, Content_Type="text/calendar")).afspraken[0].wanneer

    assert wanneer("20261005T080000Z", "20261005T090000Z") == "maandag 5 oktober 2026, 10:00–11:00"
    assert wanneer("20261005", "20261008") == "maandag 5 oktober 2026 tot en met woensdag 7 oktober 2026"


def test_hidden_text_of_a_newsletter_is_told_apart() -> None:
    brief = lees(
        html(
            '<div style="display:none">Voorproefje</div><p>Nieuws</p><img src="https://t.nl/o.gif" width="1" height="1">'
        )
    )
    assert (brief.tekst, brief.randen, brief.volpixels) == ("Nieuws", ("Voorproefje",), 1)

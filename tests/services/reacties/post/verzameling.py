"""A collection of mail as a municipality gets it: who writes what, with which program, and where it belongs.

`plek` says the right place: 'nieuw'; 'bij' (the reactie that is answered), 'af' (nothing to do: an absence, a bounce of
nothing), 'dank' and 'heropen' (in what was closed). Mail that is not genuine is not here: spam is tested in
`test_plaats`. What our programs cannot place by themselves is named in `EEN_MENS`, with why.
"""
# ruff: noqa: E501 (a mail stands on one line)

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import uuid4

from tests.foundation.storage import samples
from tests.services.reacties.post.bouw import Ander, Onze, Wat, b64, deel, groter, kop
from tests.services.reacties.post.programmas import PROGRAMMAS, STUREN_DOOR

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"


@dataclass(frozen=True)
class Geval:
    """One mail: `naam` of the case, the bytes, the address on the envelope, the right place, and the words that must
    be shown (None when that does not matter)."""

    naam: str
    rauw: bytes
    aan: str
    plek: str
    tekst: str | None = None


@dataclass(frozen=True)
class Zender:
    naam: str
    adres: str


EEN_MENS = {
    "antwoord van een ander adres, zonder teken": "a stranger's reference joins nothing, until a person confirms it",
    "een collega stuurt een e-mail door": "nobody knows whether the resident wants to be answered: a person says so",
    "onderwerp als van een machine": "a subject that programs write, without any field that says so",
}
"""The genuine mail in this collection that waits for a person, and why it must."""

NIEUWE = (
    ("Lantaarnpaal kapot", "Goedemiddag,\n\nDe lantaarnpaal voor Kerkstraat 12 is al een week stuk."),
    ("Vraag over mijn paspoort", "Hallo,\n\nHoe lang is de wachttijd voor een paspoort?"),
    ("Street light broken", "Hello,\n\nThe street light in front of my house has been off for days."),
    ("Losse tegel", "Er ligt een tegel los bij de ingang van het park. Mijn moeder is er bijna over gestruikeld."),
    ("Zieke boom", "De boom bij onze voordeur laat al zijn bladeren vallen. Kan iemand kijken?"),
)
ANTWOORDEN = (
    "Het is de linker tegel, naast de boom.",
    "Dinsdag na 14 uur schikt mij het best. U kunt mij ook bellen.",
    "Yes, that is correct. The second one from the left.",
    "Hierbij de foto die u vroeg.",
)
DOOR = (
    Ander(
        "Buurtvereniging De Linde",
        "bestuur@delinde.example",
        "Overlast speeltuin",
        "Beste buren,\n\nDe schommel in de speeltuin is gebroken.",
    ),
    Ander(
        "Woonstede",
        "info@woonstede.example",
        "Uw melding over de schutting",
        "Geachte mevrouw,\n\nDe schutting is van de gemeente.",
    ),
)


def nieuwe(zender: Zender) -> Iterator[Geval]:
    """New mail: plain, with a photo, without a subject."""
    for n, (naam, programma) in enumerate(PROGRAMMAS.items()):
        onderwerp, tekst = NIEUWE[n % len(NIEUWE)]
        wat = Wat(zender.naam, zender.adres, onderwerp, tekst)
        yield Geval(f"nieuw, {naam}", programma(wat), wat.aan, "nieuw", f"{onderwerp}\n\n{tekst}")
        leeg = replace(wat, onderwerp="", tekst=NIEUWE[(n + 1) % len(NIEUWE)][1])
        yield Geval(f"nieuw zonder onderwerp, {naam}", programma(leeg), wat.aan, "nieuw", leeg.tekst)
        if naam not in ("outlook_ios", "thunderbird_nl", "thunderbird_en", "roundcube"):
            beeld = naam in ("gmail_nl", "iphone_nl", "outlook_nl", "samsung")
            bij = (
                ("IMG_4711.jpg", "image/jpeg", samples.phone_jpeg()) if beeld else ("brief.pdf", "application/pdf", PDF)
            )
            met = replace(wat, bij=(bij,), tekst=f"{tekst}\nZie de bijlage.")
            yield Geval(
                f"nieuw met een bijlage, {naam}", programma(met), wat.aan, "nieuw", f"{onderwerp}\n\n{met.tekst}"
            )


def antwoorden(zender: Zender, onze: Onze) -> Iterator[Geval]:
    """Answers to our letter: to the address for answers, to the address we wrote from, and with nothing but the
    subject."""
    for n, (naam, programma) in enumerate(PROGRAMMAS.items()):
        tekst = ANTWOORDEN[n % len(ANTWOORDEN)]
        re = "Antw: " if naam.endswith("_web") else "RE: " if naam == "outlook_nl" else "Re: "
        wat = Wat(zender.naam, zender.adres, re + onze.onderwerp, tekst, onze.antwoord_aan, onze)
        yield Geval(f"antwoord, {naam}", programma(wat), wat.aan, "bij", tekst)
        gewoon = replace(wat, aan=onze.adres)
        yield Geval(f"antwoord aan het gewone adres, {naam}", programma(gewoon), gewoon.aan, "bij", tekst)
        kaal = replace(wat, aan=onze.adres, kaal=True)
        yield Geval(f"antwoord met alleen het onderwerp, {naam}", programma(kaal), kaal.aan, "bij", tekst)


def anders_geschreven(zender: Zender, onze: Onze) -> Iterator[Geval]:
    """Answers below or between what is quoted, with a company's small print, signed, folded, from abroad."""
    van = {"naam": zender.naam, "adres": zender.adres, "aan": onze.antwoord_aan, "onze": onze, "tekst": ""}
    wat = Wat(**van, onderwerp=f"Re: {onze.onderwerp}")  # type: ignore[arg-type]
    citaat = groter(onze.tekst)
    for naam, inleiding in (
        ("Thunderbird nl", f"Op 23-11-2026 om 10:12 schreef {onze.van}:"),
        ("Thunderbird en", f"On 23/11/2026 10:12, {onze.van} wrote:"),
        ("Roundcube", f"{onze.van} schreef op 2026-11-23 10:12:"),
        ("mutt", f"On Mon, Nov 23, 2026 at 10:12:00AM +0100, {onze.van} wrote:"),
        ("Evolution", f"Op ma 23-11-2026 om 10:12 [+0100], schreef {onze.van}:"),
    ):
        onder = deel("text/plain", f"{inleiding}\n{citaat}\n\nDat klopt, het is bij nummer 12.\n", "8bit", "UTF-8")
        yield Geval(f"onder het citaat, {naam}", kop(wat, f"{uuid4()}@x.example", onder), wat.aan, "bij",
                    "Dat klopt, het is bij nummer 12.")  # fmt: skip
    regels = citaat.split("\n")
    tussen = "\n".join([*regels[:3], "", "Ja, dat klopt.", "", *regels[3:], "", "En graag vóór vrijdag."])
    lijf = deel("text/plain", f"Op 23-11-2026 om 10:12 schreef {onze.van}:\n{tussen}\n", "8bit", "UTF-8")
    yield Geval("tussen de regels", kop(wat, f"{uuid4()}@x.example", lijf), wat.aan, "bij",
                "Ja, dat klopt. En graag vóór vrijdag.")  # fmt: skip
    bedrijf = (
        "De bestelbus kan er niet langs.\n\nMet vriendelijke groet,\n\nT. Hazelhoff\nHazelhoff Bouw B.V.\nTel. 0180 555 123"
        "\n\nDit bericht is uitsluitend bestemd voor de geadresseerde en kan vertrouwelijke informatie bevatten."
    )
    for naam in ("outlook_nl", "outlook_en", "gmail_nl", "outlook_web"):
        yield Geval(
            f"bedrijf met kleine letters, {naam}", PROGRAMMAS[naam](replace(wat, tekst=bedrijf)), wat.aan, "bij"
        )
    lijf = deel("text/plain", "Met een handtekening eronder.", "8bit", "UTF-8")
    cms = "Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\n" + b64(
        b"0" * 900
    )
    smime = f'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\n\n--s\n{lijf}\n--s\n{cms}\n--s--\n'
    yield Geval("ondertekend", kop(wat, f"{uuid4()}@x.example", smime), wat.aan, "bij", "Met een handtekening eronder.")
    gevouwen = replace(wat, onderwerp=f"Re: {onze.onderwerp}".replace(" [", "\n ["), kaal=True, aan=onze.adres)
    yield Geval(
        "gevouwen onderwerp", kop(gevouwen, "f@x.example", deel("text/plain", "Ja.", "7bit")), onze.adres, "bij", "Ja."
    )
    for begin in ("AW: ", "Re: Re: RE: ", "Antwoord: ", "Re[2]: "):
        ander = replace(wat, onderwerp=begin + onze.onderwerp, tekst="Vanmiddag kan het.", kaal=True, aan=onze.adres)
        yield Geval(f"begin van het onderwerp, {begin}", PROGRAMMAS["roundcube"](ander), onze.adres, "bij", ander.tekst)


def doorgestuurd(zender: Zender) -> Iterator[Geval]:
    """A resident passes on what somebody else wrote: a new reactie of that resident."""
    for n, naam in enumerate(STUREN_DOOR):
        door = DOOR[n % len(DOOR)]
        begin = "Fwd: " if naam.split("_")[0] in ("gmail", "apple", "iphone", "thunderbird") else "FW: "
        wat = Wat(zender.naam, zender.adres, begin + door.onderwerp, "Kunt u hier iets aan doen?", door=door)
        yield Geval(f"doorgestuurd, {naam}", PROGRAMMAS[naam](wat), wat.aan, "nieuw")


def bijzonder(zender: Zender, onze: Onze, eigen_id: str) -> Iterator[Geval]:
    """What comes now and then."""
    adres = onze.adres
    van = {"naam": zender.naam, "adres": zender.adres}
    ios = PROGRAMMAS["outlook_ios"]
    yield Geval(
        "alleen HTML, nieuw", ios(Wat(**van, onderwerp="Put verstopt", tekst="De put loopt over.")), adres, "nieuw"
    )
    vergeten = Wat(
        **van, onderwerp="Re: Losse tegel", tekst="Ik vergat de foto.", extra={"References": f"<{eigen_id}>"}
    )
    yield Geval(
        "de foto bij de eigen eerste e-mail", PROGRAMMAS["gmail_nl"](vergeten), adres, "eigen", "Ik vergat de foto."
    )
    thuis = Wat("Tineke", "tineke@werk.example", f"Re: {onze.onderwerp}", "Ja, morgen.", onze.antwoord_aan, onze)
    yield Geval(
        "antwoord van het werkadres, met teken", PROGRAMMAS["outlook_nl"](thuis), thuis.aan, "bij", "Ja, morgen."
    )
    nummer = onze.onderwerp.rpartition("[")[2].split()[0]
    vreemd = replace(thuis, adres="tineke@elders.example", aan=adres, onderwerp=f"Re: {nummer}")
    yield Geval("antwoord van een ander adres, zonder teken", PROGRAMMAS["outlook_nl"](vreemd), adres, "bij")
    wat = Wat(**van, onderwerp=f"Mijn melding {nummer}", tekst="Hoe staat het ermee?")
    yield Geval("het nummer in een nieuw onderwerp", PROGRAMMAS["apple_nl"](wat), adres, "bij", "Hoe staat het ermee?")
    wat = Wat(**van, onderwerp="Vraag", tekst=f"Hoe staat het met {nummer}?")
    yield Geval("het nummer in de tekst", PROGRAMMAS["samsung"](wat), adres, "bij", wat.tekst)
    brief = Wat(**van, onderwerp="Aanvraag", tekst="", bij=(("brief.pdf", "application/pdf", PDF),))
    yield Geval("alleen een bijlage", PROGRAMMAS["gmail_nl"](brief), adres, "nieuw")
    collega = Wat(
        "Anna Prins", "a.prins@lindewaard.voorbeeld.nl", "FW: Overlast speeltuin", "Graag oppakken.", door=DOOR[0]
    )
    yield Geval("een collega stuurt een e-mail door", PROGRAMMAS["outlook_nl"](collega), adres, "nieuw")
    intern = Wat(
        "Anna Prins", "a.prins@lindewaard.voorbeeld.nl", "Gesproken op de markt", "Een mevrouw mist een bankje."
    )
    yield Geval("een wethouder met Apple Mail", PROGRAMMAS["iphone_nl"](intern), adres, "nieuw")
    machine = Wat(**van, onderwerp="Automatisch bericht: lantaarn 4711 defect", tekst="De lantaarn is defect.")
    yield Geval("onderwerp als van een machine", PROGRAMMAS["roundcube"](machine), adres, "nieuw")
    oud = kop(Wat(**van, onderwerp="Klacht over de stoep", tekst=""), "oud@xs4all.example", deel("text/plain", "De stoep is één grote puinhoop.", "8bit", "windows-1252")).decode()  # fmt: skip
    yield Geval("oude letters", oud.encode("cp1252"), adres, "nieuw")
    yield Geval(
        "geen kop over tekst",
        kop(Wat(**van, onderwerp="Boom om", tekst=""), "k@x.example", "\nDe boom ligt om.\n"),
        adres,
        "nieuw",
    )
    groep = Wat(**van, onderwerp="Zwerfvuil", tekst="Bij de vijver ligt afval.", extra={
        "List-Id": "<loket.lindewaard.voorbeeld.nl>", "Precedence": "list", "Delivered-To": adres})  # fmt: skip
    yield Geval("via onze eigen groep", PROGRAMMAS["gmail_nl"](groep), adres, "nieuw")
    afspraak = (
        'Content-Type: multipart/alternative; boundary="cal"\n\n--cal\n' + deel("text/plain", "Schouw met de wijkagent.")
        + '\n--cal\nContent-Type: text/calendar; charset="utf-8"; method=REQUEST\nContent-Transfer-Encoding: base64\n\n'
        + b64("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Schouw\r\n"
              "DTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n") + "\n--cal--\n"
    )  # fmt: skip
    yield Geval(
        "uitnodiging", kop(Wat(**van, onderwerp="Schouw", tekst=""), "c@outlook.example", afspraak), adres, "nieuw"
    )


def formulieren() -> Iterator[Geval]:
    """Forms on other websites, which write on behalf of a person."""
    for naam, van, extra in (
        (
            "WordPress",
            "wordpress@wijk-zuid.example",
            {"X-Mailer": "PHPMailer 6.9.1", "Auto-Submitted": "auto-generated"},
        ),
        ("Contact Form 7", "noreply@delinde.example", {"X-WPCF7-Content-Type": "text/plain"}),
        ("Drupal", "no-reply@school.example", {"Auto-Submitted": "auto-generated", "X-Mailer": "Drupal"}),
    ):
        wat = Wat("Website", van, "Nieuw bericht", "", extra=extra | {"Reply-To": "Piet Bakker <piet@bakker.example>"})
        lijf = deel("text/plain", "Naam: Piet Bakker\nBericht: De brug staat open.", "8bit", "UTF-8")
        yield Geval(f"formulier, {naam}", kop(wat, f"{naam.replace(' ', '')}@x.example", lijf), wat.aan, "nieuw")


def systemen(onze: Onze) -> Iterator[Geval]:
    """Desks of other organisations: what they answer in our thread belongs there, as a message or as a receipt."""
    adres = onze.antwoord_aan
    for naam, van, regel, extra in (
        ("Zendesk", "support@woonstede.example", "##- Typ uw antwoord boven deze regel -##\n\n", {"X-Mailer": "Zendesk Mailer"}),
        ("TOPdesk", "servicedesk@ggd.example", "", {"X-TOPdesk-Id": "M2611 0042"}),
        ("Freshdesk", "help@avri.example", "", {"X-FD-Ticket": "77"}),
    ):  # fmt: skip
        tekst = "Wij komen donderdag kijken."
        wat = Wat("Servicedesk", van, f"[Zaak 4711] Re: {onze.onderwerp}", tekst, adres, onze, extra=extra)
        lijf = deel("text/plain", f"{regel}{tekst}\n\nOp 23-11-2026 10:12 schreef {onze.van}:\n> Dank", "8bit", "UTF-8")
        yield Geval(f"antwoord van een servicedesk, {naam}", kop(wat, f"{naam}@x.example", lijf), adres, "bij")


def vanzelf(zender: Zender, onze: Onze) -> Iterator[Geval]:
    """What the machines of genuine people answer: put away, and nobody is bothered."""
    for naam, onderwerp, tekst, extra in (
        ("Outlook, afwezig", f"Automatisch antwoord: {onze.onderwerp}", "Ik ben met vakantie tot 1 december.",
         {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Return-Path": "<>"}),
        ("Gmail, afwezig", f"Afwezig Re: {onze.onderwerp}", "Ik ben met vakantie.",
         {"Auto-Submitted": "auto-replied", "Precedence": "bulk", "X-Autoreply": "yes"}),
        ("iCloud, afwezig", f"Out of office: {onze.onderwerp}", "I am on holiday.", {"Auto-Submitted": "auto-replied"}),
        ("ontvangstbevestiging", f"Re: {onze.onderwerp}", "Uw bericht is ontvangen.", {"Auto-Submitted": "auto-replied"}),
    ):  # fmt: skip
        wat = Wat(zender.naam, zender.adres, onderwerp, tekst, onze.antwoord_aan, onze, extra=extra)
        lijf = deel("text/plain", tekst, "8bit", "UTF-8")
        yield Geval(f"vanzelf, {naam}", kop(wat, f"{naam.split(',')[0]}@x.example", lijf), wat.aan, "af")
    gelezen = (
        'Content-Type: multipart/report; report-type=disposition-notification; boundary="mdn"\n\n--mdn\n'
        + deel("text/plain", "Uw bericht is gelezen.")
        + f"\n--mdn\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;{zender.adres}\n"
        f"Original-Message-ID: <{onze.id}>\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--mdn--\n"
    )
    wat = Wat(zender.naam, zender.adres, f"Gelezen: {onze.onderwerp}", "", onze.antwoord_aan, onze)
    yield Geval("vanzelf, gelezen", kop(wat, "mdn@x.example", gelezen), wat.aan, "af")


def na_afloop(zender: Zender, onze: Onze) -> Iterator[Geval]:
    """Answers to the letter that says that it is done: thanks stay thanks, and come first."""
    for naam, tekst, plek in (
        ("gmail_nl", "Hartelijk dank voor de snelle hulp!", "dank"),
        ("iphone_nl", "Top!", "dank"),
        ("outlook_nl", "Bedankt, het is keurig opgelost.", "dank"),
        ("iphone_en", "Thank you so much.", "dank"),
        ("outlook_web", "Helaas, de tegel ligt alweer los.", "heropen"),
    ):
        wat = Wat(zender.naam, zender.adres, f"Re: {onze.onderwerp}", tekst, onze.antwoord_aan, onze)
        yield Geval(f"na afloop, {naam}", PROGRAMMAS[naam](wat), wat.aan, plek, tekst)

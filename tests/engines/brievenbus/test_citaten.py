"""What is new and what was quoted, in the styles of the mail programs that residents use."""
# ruff: noqa: E501 (mails stay as they are on the line)

import pytest

from loket.engines.brievenbus.brief import Label
from loket.engines.brievenbus.lezen import lees

from .bouw import EIGEN, antwoord, html, tekst

NIEUW = "Dank u, de lantaarn doet het weer niet."
OUD = "Beste heer Jansen,\n\nWij komen dinsdag kijken.\n\nLoket"
ONS = "Loket <loket@lindewaard.voorbeeld.nl>"


def q(regels: str) -> str:
    return "\n".join(f"> {regel}".rstrip() for regel in regels.split("\n"))


OUTLOOK = f"Van: {ONS}\nVerzonden: maandag 5 oktober 2026 10:12\nAan: Jan Jansen <jan@voorbeeld.nl>\nOnderwerp: Lantaarn\n\n{OUD}"
#: The eight Dutch styles of our reference, then others: (program, text below the new text).
STIJLEN = {
    "Gmail": f"Op ma 5 okt 2026 om 10:12 schreef {ONS}:\n\n{q(OUD)}",
    "Apple Mail": f"Op 5 okt. 2026, om 10:12 heeft {ONS} het volgende geschreven:\n\n{q(OUD)}",
    "iPhone": f"Op 5 okt 2026 om 10:12 heeft {ONS} het volgende geschreven:\n\n﻿{q(OUD)}",
    "Thunderbird": f"Op 5-10-2026 om 10:12 schreef Loket:\n{q(OUD)}",
    "Outlook": f"\n{OUTLOOK}",
    "Outlook met streep": f"________________________________\n{OUTLOOK}",
    "Oorspronkelijk bericht": f"-----Oorspronkelijk bericht-----\n{OUTLOOK}",
    "Samsung": f"-------- Oorspronkelijk bericht --------\nVan: {ONS}\nDatum: 05-10-26 10:12 (GMT+01:00)\n"
    f"Aan: jan@voorbeeld.nl\nOnderwerp: Lantaarn\n\n{OUD}",
    "Gmail over twee regels": f"Op ma 5 okt 2026 om 10:12 schreef Loket van de Gemeente Lindewaard\n"
    f"<loket@lindewaard.voorbeeld.nl>:\n\n{q(OUD)}",
    "Gmail zonder groter-dan": f"Op ma 5 okt 2026 om 10:12 schreef {ONS}:\n\n{OUD}",
    "Yahoo": f"Op maandag 5 oktober 2026 om 10:12:33 CEST schreef {ONS}:\n\n {OUD}",
    "Proton": f"Op maandag 5 oktober 2026 om 10:12, schreef {ONS}:\n\n{q(OUD)}",
    "Proton Engels": f"------- Original Message -------\nOn Monday, October 5th, 2026 at 10:12 AM, {ONS} wrote:\n\n{q(OUD)}",
    "Ziggo (Open-Xchange)": f"Op 05-10-2026 10:12 CEST schreef {ONS}:\n\n{OUD}",
    "KPN (Roundcube)": f"Loket schreef op 2026-10-05 10:12:\n\n{q(OUD)}",
    "Outlook app": f"Outlook voor iOS downloaden<https://aka.ms/o0ukef>\n________________________________\n{OUTLOOK}",
    "Gmail Engels": f"On Mon, Oct 5, 2026 at 10:12 AM {ONS} wrote:\n\n{q(OUD)}",
    "Apple Engels": f"On 5 Oct 2026, at 10:12, {ONS} wrote:\n\n{q(OUD)}",
    "Outlook Engels": f"From: {ONS}\nSent: Monday, October 5, 2026 10:12 AM\nTo: Jan <jan@voorbeeld.nl>\nSubject: x\n\n{OUD}",
    "Outlook Engels klassiek": f"-----Original Message-----\nFrom: {ONS}\nSent: Monday\nTo: Jan\nSubject: x\n\n{OUD}",
    "Gmail Duits": f"Am Mo., 5. Okt. 2026 um 10:12 Uhr schrieb {ONS}:\n\n{q(OUD)}",
    "Outlook Duits": f"Von: {ONS}\nGesendet: Montag, 5. Oktober 2026 10:12\nAn: Jan\nBetreff: x\n\n{OUD}",
    "Gmail Frans": f"Le lun. 5 oct. 2026 à 10:12, {ONS} a écrit :\n\n{q(OUD)}",
    "Outlook vet": f"*Van:* {ONS}\n*Verzonden:* maandag 5 oktober 2026 10:12\n*Aan:* Jan\n*Onderwerp:* x\n\n{OUD}",
    "Outlook met lange Aan": f"Van: {ONS}\nVerzonden: maandag 5 oktober 2026 10:12\nAan: Jan <jan@voorbeeld.nl>;\n"
    f"Piet <piet@voorbeeld.nl>\nCC: Klaas <k@voorbeeld.nl>\nOnderwerp: x\n\n{OUD}",
}


@pytest.mark.parametrize("stijl", STIJLEN)
def test_only_the_new_text_is_shown(stijl: str) -> None:
    brief = lees(antwoord(f"{NIEUW}\n\n{STIJLEN[stijl]}\n"), eigen=EIGEN)
    assert brief.tekst == NIEUW
    assert "Wij komen dinsdag kijken." in brief.rest
    assert brief.volledig == schoon(f"{NIEUW}\n\n{STIJLEN[stijl]}")


def schoon(lijf: str) -> str:
    return lijf.replace("﻿", "")


HTML_STIJLEN = {
    "Gmail": f'<div dir="ltr">{NIEUW}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op ma 5 okt 2026 om '
    '10:12 schreef Loket &lt;<a href="mailto:l@x.nl">l@x.nl</a>&gt;:<br></div><blockquote class="gmail_quote" '
    'style="margin:0px 0px 0px 0.8ex;border-left:1px solid #ccc;padding-left:1ex">Wij komen dinsdag kijken.</blockquote></div>',
    "Gmail in een andere taal": f'<div>{NIEUW}</div><div class="gmail_quote"><div class="gmail_attr">El lun, 5 oct 2026 a las '
    "10:12, Loket (&lt;l@x.nl&gt;) escribió:</div><blockquote class=gmail_quote>Wij komen dinsdag kijken.</blockquote></div>",
    "Outlook web": f'<div>{NIEUW}</div><div id="appendonsend"></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr">'
    "<b>Van:</b> Loket &lt;l@x.nl&gt;<br><b>Verzonden:</b> maandag 5 oktober 2026 10:12<br><b>Aan:</b> Jan<br>"
    "<b>Onderwerp:</b> x<div>&nbsp;</div></div><div>Wij komen dinsdag kijken.</div>",
    "Outlook": f"<p class=MsoNormal>{NIEUW}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;"
    "border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Van:</b> Loket &lt;l@x.nl&gt;<br><b>Verzonden:</b> maandag 5 oktober"
    " 2026 10:12<br><b>Aan:</b> Jan<br><b>Onderwerp:</b> x</p></div><p class=MsoNormal>Wij komen dinsdag kijken.</p>",
    "Apple Mail": f'<body>{NIEUW}<br><div><br><blockquote type="cite"><div>Op 5 okt. 2026, om 10:12 heeft Loket &lt;l@x.nl&gt; '
    "het volgende geschreven:</div><br><div>Wij komen dinsdag kijken.</div></blockquote></div></body>",
    "Thunderbird": f'<p>{NIEUW}</p><div class="moz-cite-prefix">Op 5-10-2026 om 10:12 schreef Loket:<br></div>'
    '<blockquote type="cite" cite="mid:x@y">Wij komen dinsdag kijken.</blockquote>',
    "Yahoo": f'<div>{NIEUW}</div><div id="ydp1yahoo_quoted" class="yahoo_quoted"><div>Op maandag 5 oktober 2026 om 10:12:33 CEST'
    " schreef Loket &lt;l@x.nl&gt;:</div><div>Wij komen dinsdag kijken.</div></div>",
    "Proton": f'<div>{NIEUW}</div><div class="protonmail_quote">Op maandag 5 oktober 2026 om 10:12, schreef Loket &lt;l@x.nl&gt;:'
    '<br><blockquote class="protonmail_quote" type="cite">Wij komen dinsdag kijken.</blockquote></div>',
}


@pytest.mark.parametrize("stijl", HTML_STIJLEN)
def test_the_same_in_html_only(stijl: str) -> None:
    brief = lees(html(HTML_STIJLEN[stijl], Subject="Re: x", In_Reply_To="<a@b>"), eigen=EIGEN)
    assert brief.tekst == NIEUW
    assert "Wij komen dinsdag kijken." in brief.rest


def test_inline_answers_stay_in_place_with_the_quote_they_answer() -> None:
    brief = lees(
        antwoord(
            f"Zie hieronder.\n\nOp ma 5 okt 2026 om 10:12 schreef {ONS}:\n> Wanneer kan het?\n\nDinsdag.\n\n"
            "> En hoe laat?\n\nOm tien uur.\n"
        )
    )
    assert [stuk.label for stuk in brief.stukken] == [
        Label.NIEUW,
        Label.CITAAT,
        Label.NIEUW,
        Label.CITAAT,
        Label.NIEUW,
    ]
    assert brief.tekst == "Zie hieronder.\n\nDinsdag.\n\nOm tien uur."
    assert [stuk.antwoord_op for stuk in brief.stukken] == [None, None, 1, None, 3]
    assert brief.stukken[3].tekst == "> En hoe laat?\n\n"


def test_an_answer_below_the_quote() -> None:
    brief = lees(antwoord(f"Op 5-10-2026 om 10:12 schreef Loket:\n{q(OUD)}\n\n{NIEUW}\n"))
    assert brief.tekst == NIEUW
    assert brief.stukken[-1].antwoord_op == 0


def test_a_quoted_line_that_was_broken_off_is_no_answer() -> None:
    lang = "> Wij hebben uw melding over de lantaarn in de Dorpsstraat ontvangen en zullen die"
    brief = lees(antwoord(f"Ja.\n\nOp 5-10-2026 om 10:12 schreef Loket:\n{lang}\nbinnenkort bekijken.\n> Loket\n"))
    assert brief.tekst == "Ja."


@pytest.mark.parametrize(
    "regel",
    [
        "Verstuurd vanaf mijn iPhone",
        "Verzonden vanaf mijn Galaxy",
        "Verstuurd vanaf Outlook voor Android",
        "Verzonden via Proton Mail voor iOS.",
        "Sent from my iPad",
        "Outlook voor iOS downloaden<https://aka.ms/o0ukef>",
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
        "Verzonden vanuit Mail voor Windows",
        "Von meinem iPhone gesendet",
    ],
)
def test_what_telephones_add(regel: str) -> None:
    brief = lees(tekst(f"De lantaarn is stuk.\n\n{regel}\n"))
    assert brief.tekst == "De lantaarn is stuk."
    assert [stuk.tekst.strip() for stuk in brief.stukken if stuk.label is Label.APPARAAT] == [regel]


def test_a_sentence_that_looks_like_it_is_kept() -> None:
    lijf = "Verstuurd vanaf mijn adres was een brief.\nIk kreeg geen antwoord.\nWaarom niet?\nDat wil ik weten.\nDag."
    assert lees(tekst(lijf)).tekst == lijf


def test_signatures_and_disclaimers_are_separated() -> None:
    brief = lees(
        tekst(
            "Beste,\n\nDe lantaarn is stuk.\n\nMet vriendelijke groet,\n\nJan Jansen\nVoorzitter\nTel. 06 12345678\n"
            "www.voorbeeld.nl\n\nDit bericht kan vertrouwelijke informatie bevatten die niet voor u is bestemd.\n"
        )
    )
    assert brief.tekst == "Beste,\n\nDe lantaarn is stuk.\n\nMet vriendelijke groet,\n\nJan Jansen"
    labels = {stuk.label: stuk.tekst.strip() for stuk in brief.stukken}
    assert labels[Label.HANDTEKENING] == "Voorzitter\nTel. 06 12345678\nwww.voorbeeld.nl"
    assert labels[Label.DISCLAIMER].startswith("Dit bericht")


def test_a_signature_of_the_standard() -> None:
    brief = lees(tekst("De lantaarn is stuk.\n\n-- \nJan Jansen\nDorpsstraat 1\n"))
    assert (brief.tekst, brief.rest) == ("De lantaarn is stuk.", "-- \nJan Jansen\nDorpsstraat 1")


def test_a_postscript_is_no_signature() -> None:
    lijf = "Stuk.\n\nMet vriendelijke groet,\nJan\nTel. 06 12345678\n\nP.S. Bel niet na zes uur."
    assert lees(tekst(lijf)).tekst == lijf


def test_a_warning_of_our_own_server_is_separated() -> None:
    brief = lees(tekst("[EXTERNE E-MAIL] Let op: deze mail komt van buiten de organisatie.\n\nDe lantaarn is stuk.\n"))
    assert brief.tekst == "De lantaarn is stuk."


@pytest.mark.parametrize(
    "lijf",
    [
        "Op 5 oktober 2026 schreef u mij:\n'Uw aanvraag is afgewezen.'\nDaar ben ik het niet mee eens.",
        "> is groter dan\nen dat is geen citaat.",
        "Van: maandag tot vrijdag\nis de weg dicht.",
        'Ik las: "Op 5 oktober schreef de wethouder" en schrok.',
        "----\nEen streep is geen handtekening als er veel volgt.\n" + "\n".join(f"Regel {n}." for n in range(20)),
        "Hoi,\n\n--\n" + "\n".join(f"Dit is punt {n} van mijn klacht." for n in range(20)),
    ],
)
def test_letters_of_people_are_not_cut(lijf: str) -> None:
    assert lees(tekst(lijf)).tekst == lijf


def test_nothing_new_is_said_as_such() -> None:
    brief = lees(antwoord(f"Op 5-10-2026 om 10:12 schreef Loket:\n{q(OUD)}\n"))
    assert brief.tekst == ""
    assert brief.rest.startswith("Op 5-10-2026")


def test_flowed_text_becomes_paragraphs() -> None:
    brief = lees(
        antwoord(
            "Dit is een lange \nalinea die doorloopt.\n\n-- \nJan\n",
            Content_Type="text/plain; charset=utf-8; format=flowed",
        )
    )
    assert brief.tekst == "Dit is een lange alinea die doorloopt."


def test_a_quote_of_a_hundred_thousand_lines_is_linear() -> None:
    brief = lees(
        antwoord(
            f"Ja.\n\nOp 5-10-2026 om 10:12 schreef Loket:\n{'> Een regel van de oude brief.' * 1}\n" + "> x\n" * 100_000
        )
    )
    assert brief.tekst == "Ja."
    assert brief.volledig.count("\n") > 100_000

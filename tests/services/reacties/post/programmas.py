"""Mail as the programs of residents write it: their fields, their parts, their encodings, and above all how each of
them quotes and forwards. Written after their true shape, with invented people.

Each function takes a `Wat` and gives the bytes that reach our mail server.
"""
# ruff: noqa: E501 (what a program writes on one line stays on one line)

from html import escape
from uuid import uuid4

from tests.services.reacties.post.bouw import Onze, Programma, Wat, deel, groter, kop, nieuw_id, p, samen

DAG_NL, DAG_EN = "ma 23 nov 2026", "Mon, Nov 23, 2026"

# -- Outlook ----------------------------------------------------------------------------------------------------------


def _outlook(wat: Wat, velden: tuple[str, str, str, str], wanneer: str, taal: str) -> bytes:
    """Outlook for Windows: Word's HTML, a border above the header of what is answered, the plain text beside it."""
    van, verzonden, aan, onderwerp = velden
    oud_plat = oud_html = ""
    if wat.onze or wat.door:
        wie, adres, over, tekst, html = (
            (wat.onze.van, wat.onze.adres, wat.onze.onderwerp, wat.onze.tekst, wat.onze.html)
            if wat.onze
            else (wat.door.naam, wat.door.adres, wat.door.onderwerp, wat.door.tekst, p(wat.door.tekst))  # type: ignore[union-attr]
        )
        naar = wat.adres
        oud_plat = (
            f"\n\n{van}: {wie} <{adres}>\n{verzonden}: {wanneer}\n{aan}: {naar}\n{onderwerp}: {over}\n\n{tekst}\n"
        )
        oud_html = (
            '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
            f"<b>{van}:</b> {wie} &lt;{adres}&gt; <br><b>{verzonden}:</b> {wanneer}<br><b>{aan}:</b> {naar}<br>"
            f"<b>{onderwerp}:</b> {escape(over)}</p></div></div><p class='MsoNormal'><o:p>&nbsp;</o:p></p>{html}"
        )
    alineas = "".join(f'<p class="MsoNormal">{escape(a) or "<o:p>&nbsp;</o:p>"}</p>' for a in wat.tekst.split("\n"))
    rijk = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name="Generator" content="Microsoft Word 15 (filtered medium)">'
        "<style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt} --></style></head>"
        f'<body lang="NL"><div class="WordSection1">{alineas}{oud_html}</div></body></html>'
    )
    lijf = samen(
        wat,
        f"_000_{uuid4().hex[:24]}voorbeeld_",
        deel("text/plain", wat.tekst + oud_plat, letters="iso-8859-1"),
        deel("text/html", rijk, letters="iso-8859-1"),
    )
    return kop(
        wat,
        f"AM0PR08MB{uuid4().hex[:16].upper()}@AM0PR08MB5012.eurprd08.prod.outlook.com",
        lijf,
        Thread_Topic=wat.onderwerp if wat.onderwerp.isascii() else "",
        Thread_Index="AQHa" + uuid4().hex[:20],
        Accept_Language="nl-NL, en-US",
        Content_Language=taal,
        X_MS_Has_Attach="yes" if wat.bij else "",
        X_MS_TNEF_Correlator="",
    )


def outlook_nl(wat: Wat) -> bytes:
    return _outlook(wat, ("Van", "Verzonden", "Aan", "Onderwerp"), "maandag 23 november 2026 10:12", "nl-NL")


def outlook_en(wat: Wat) -> bytes:
    return _outlook(wat, ("From", "Sent", "To", "Subject"), "Monday, November 23, 2026 10:12 AM", "en-US")


def outlook_web(wat: Wat) -> bytes:
    """Outlook.com: a rule and a div with a name above the quote; the plain part has a rule of underscores."""
    oud_plat = oud_html = ""
    bron = wat.onze or wat.door
    if bron:
        wie, adres, over, tekst = (
            (bron.van if isinstance(bron, Onze) else bron.naam),
            bron.adres,
            bron.onderwerp,
            bron.tekst,
        )
        oud_plat = f"\n{'_' * 32}\nVan: {wie} <{adres}>\nVerzonden: maandag 23 november 2026 10:12\nAan: {wat.adres} <{wat.adres}>\nOnderwerp: {over}\n\n{tekst}\n"
        oud_html = (
            '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt">'
            f"<b>Van:</b> {wie} &lt;{adres}&gt;<br><b>Verzonden:</b> maandag 23 november 2026 10:12<br><b>Aan:</b> {wat.adres} &lt;{wat.adres}&gt;<br>"
            f"<b>Onderwerp:</b> {escape(over)}</font><div>&nbsp;</div></div><div>{p(tekst, 'div')}</div>"
        )
    rijk = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body dir="ltr">{p(wat.tekst, "div")}<div id="appendonsend"></div>{oud_html}</body></html>'
    lijf = samen(
        wat, f"_000_{uuid4().hex[:20]}_", deel("text/plain", wat.tekst + "\n" + oud_plat), deel("text/html", rijk)
    )
    return kop(
        wat,
        f"DB9P251MB{uuid4().hex[:12].upper()}@DB9P251MB0432.EURP251.PROD.OUTLOOK.COM",
        lijf,
        Content_Language="nl-NL",
    )


def outlook_ios(wat: Wat) -> bytes:
    """Outlook on a telephone: its advertisement between the text and the quote; only HTML when it likes."""
    oud = ""
    if wat.onze:
        oud = (
            '<div id="mail-editor-reference-message-container"><hr style="display: inline-block; width: 98%;"><div id="divRplyFwdMsg" dir="ltr"><font style="font-size: 12pt;">'
            f"<b>Van:</b> {wat.onze.van} &lt;{wat.onze.adres}&gt;<br><b>Verzonden:</b> maandag 23 november 2026 om 10:12<br><b>Aan:</b> {wat.adres}<br>"
            f"<b>Onderwerp:</b> {escape(wat.onze.onderwerp)}</font></div><div>{wat.onze.html}</div></div>"
        )
    rijk = (
        f'<html><body><div dir="ltr" style="font-family: Aptos">{p(wat.tekst, "div")}</div>'
        '<div id="ms-outlook-mobile-signature"><div><br></div><div style="direction: ltr;"><a href="https://aka.ms/o0ukef">Outlook voor iOS</a> downloaden</div></div>'
        f"{oud}</body></html>"
    )
    return kop(wat, nieuw_id("outlook.com"), deel("text/html", rijk), Content_Language="nl-NL")


# -- Gmail ------------------------------------------------------------------------------------------------------------


def _gmail(wat: Wat, schreef: str, hoofd: tuple[str, str, str, str, str], wanneer: str) -> bytes:
    oud_plat = oud_html = ""
    if wat.onze:
        regel = schreef.format(wie=f"{wat.onze.van} <{wat.onze.adres}>")
        plat_regel = regel if len(regel) < 78 else regel.replace(" <", "\n<", 1)
        oud_plat = f"\n\n{plat_regel}\n\n{groter(wat.onze.tekst)}\n"
        oud_html = (
            f'<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{escape(regel)}<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{wat.onze.html}</blockquote></div>'
        )
    elif wat.door:
        streep, van, datum, onderwerp, aan = hoofd
        regels = f"{van}: {wat.door.naam} <{wat.door.adres}>\n{datum}: {wanneer}\n{onderwerp}: {wat.door.onderwerp}\n{aan}: {wat.naam} <{wat.adres}>"
        oud_plat = f"\n\n---------- {streep} ---------\n{regels}\n\n\n{wat.door.tekst}\n"
        oud_html = f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- {streep} ---------<br>{p(regels, "span")}<br></div>{p(wat.door.tekst, "div")}</div>'
    rijk = f'<div dir="ltr">{p(wat.tekst, "div")}</div>{oud_html}'
    lijf = samen(
        wat,
        f"000000000000{uuid4().hex[:16]}",
        deel("text/plain", wat.tekst + oud_plat, "base64", "UTF-8"),
        deel("text/html", rijk, "quoted-printable", "UTF-8"),
    )
    return kop(wat, f"CAB+{uuid4().hex[:28]}=w@mail.gmail.com", lijf, X_Gm_Message_State="AOJu0Yx" + uuid4().hex)


def gmail_nl(wat: Wat) -> bytes:
    hoofd = ("Doorgestuurd bericht", "Van", "Datum", "Onderwerp", "Aan")
    return _gmail(wat, "Op " + DAG_NL + " om 10:12 schreef {wie}:", hoofd, "ma 23 nov 2026 om 10:12")


def gmail_en(wat: Wat) -> bytes:
    hoofd = ("Forwarded message", "From", "Date", "Subject", "To")
    return _gmail(wat, "On " + DAG_EN + " at 10:12\u202fAM {wie} wrote:", hoofd, DAG_EN + " at 10:12 AM")


# -- Apple ------------------------------------------------------------------------------------------------------------


def _apple(wat: Wat, schreef: str, onder: str, hoofd: tuple[str, str, str, str, str], x_mailer: str) -> bytes:
    oud_plat = oud_html = ""
    if wat.onze:
        regel = schreef.format(wie=f"{wat.onze.van} <{wat.onze.adres}>")
        if onder:
            oud_plat = f"\n\n{onder}\n\n> {regel}\n> \n{groter(wat.onze.tekst)}"
            oud_html = f'<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{onder}</div><div dir="ltr"><br><blockquote type="cite">{escape(regel)}<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\u200b{wat.onze.html}</div></blockquote>'
        else:
            oud_plat = f"\n\n\n> {regel}\n> \n{groter(wat.onze.tekst)}\n"
            oud_html = f'<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>{escape(regel)}</div><br class="Apple-interchange-newline"><div>{wat.onze.html}</div></blockquote></div><br>'
    elif wat.door:
        begin, van, onderwerp, datum, aan = hoofd
        regels = f"{van}: {wat.door.naam} <{wat.door.adres}>\n{onderwerp}: {wat.door.onderwerp}\n{datum}: 23 november 2026 om 10:12:00 CET\n{aan}: {wat.naam} <{wat.adres}>"
        oud_plat = f"\n\n{onder}\n\n{begin}:\n\n{groter(regels) if onder else regels}\n\n{groter(wat.door.tekst) if onder else wat.door.tekst}\n".replace(
            "\n\n\n", "\n\n"
        )
        oud_html = f'<div>{onder}</div><div><br>{begin}:<br><br><blockquote type="cite">{p(regels, "div")}<br></blockquote></div><blockquote type="cite">{p(wat.door.tekst, "div")}</blockquote>'
    rijk = f'<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word;">{p(wat.tekst, "div")}{oud_html}</body></html>'
    lijf = samen(
        wat, f"Apple-Mail-{uuid4()}".upper(), deel("text/plain", wat.tekst + oud_plat), deel("text/html", rijk)
    )
    return kop(wat, f"{str(uuid4()).upper()}@{wat.adres.partition('@')[2]}", lijf, X_Mailer=x_mailer)


APPLE_NL = ("Begin doorgestuurd bericht", "Van", "Onderwerp", "Datum", "Aan")
APPLE_EN = ("Begin forwarded message", "From", "Subject", "Date", "To")


def apple_nl(wat: Wat) -> bytes:
    return _apple(
        wat,
        "Op 23 nov 2026, om 10:12 heeft {wie} het volgende geschreven:",
        "",
        APPLE_NL,
        "Apple Mail (2.3826.200.121)",
    )


def apple_en(wat: Wat) -> bytes:
    return _apple(wat, "On 23 Nov 2026, at 10:12, {wie} wrote:", "", APPLE_EN, "Apple Mail (2.3826.200.121)")


def iphone_nl(wat: Wat) -> bytes:
    return _apple(
        wat,
        "Op 23 nov 2026 om 10:12 heeft {wie} het volgende geschreven:",
        "Verstuurd vanaf mijn iPhone",
        APPLE_NL,
        "iPhone Mail (22B91)",
    )


def iphone_en(wat: Wat) -> bytes:
    return _apple(wat, "On 23 Nov 2026, at 10:12, {wie} wrote:", "Sent from my iPhone", APPLE_EN, "iPhone Mail (22B91)")


# -- Thunderbird, Samsung, webmail ------------------------------------------------------------------------------------


def _thunderbird(wat: Wat, schreef: str, hoofd: tuple[str, str, str, str, str]) -> bytes:
    oud = ""
    if wat.onze:
        oud = f"\n\n{schreef.format(wie=wat.onze.van)}\n{groter(wat.onze.tekst)}\n"
    elif wat.door:
        streep, onderwerp, datum, van, aan = hoofd
        oud = f"\n\n-------- {streep} --------\n{onderwerp}: \t{wat.door.onderwerp}\n{datum}: \tMon, 23 Nov 2026 10:12:00 +0100\n{van}: \t{wat.door.naam} <{wat.door.adres}>\n{aan}: \t{wat.naam} <{wat.adres}>\n\n\n\n{wat.door.tekst}\n"
    tekst = "\n".join(regel + " " if len(regel) > 60 else regel for regel in wat.tekst.split("\n"))
    lijf = deel("text/plain", tekst + oud, "8bit", "UTF-8", "; format=flowed")
    return kop(
        wat, f"{uuid4()}@{wat.adres.partition('@')[2]}", lijf, User_Agent="Mozilla Thunderbird", Content_Language="nl"
    )


def thunderbird_nl(wat: Wat) -> bytes:
    return _thunderbird(
        wat, "Op 23-11-2026 om 10:12 schreef {wie}:", ("Doorgestuurd bericht", "Onderwerp", "Datum", "Van", "Aan")
    )


def thunderbird_en(wat: Wat) -> bytes:
    return _thunderbird(
        wat, "On 23/11/2026 10:12, {wie} wrote:", ("Forwarded Message", "Subject", "Date", "From", "To")
    )


def samsung(wat: Wat) -> bytes:
    """Samsung Email: HTML with its own heading above the original message."""
    oud_plat = oud_html = ""
    bron = wat.onze or wat.door
    if bron:
        wie = bron.van if isinstance(bron, Onze) else bron.naam
        oud_plat = f"\n\n\nVerzonden vanaf mijn Galaxy\n\n\n-------- Oorspronkelijk bericht --------\nVan: {wie} <{bron.adres}>\nDatum: 23-11-2026 10:12 (GMT+01:00)\nAan: {wat.adres}\nOnderwerp: {bron.onderwerp}\n\n{bron.tekst}\n"
        oud_html = f'<div id="composer_signature" dir="auto"><div style="font-size:14px;color:#575757" dir="auto">Verzonden vanaf mijn Galaxy</div></div><div dir="auto"><br></div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>-------- Oorspronkelijk bericht --------</div><div>Van: {wie} &lt;{bron.adres}&gt; </div><div>Datum: 23-11-2026  10:12  (GMT+01:00) </div><div>Aan: {wat.adres} </div><div>Onderwerp: {escape(bron.onderwerp)} </div><div><br></div></div>{p(bron.tekst, "div")}'
    rijk = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body dir="auto">{p(wat.tekst, "div")}{oud_html}</body></html>'
    return kop(
        wat,
        f"{uuid4().hex[:20]}.1732367520000@email.android.com",
        samen(
            wat,
            f"--_com.samsung.android.email_{uuid4().hex[:16]}",
            deel("text/plain", wat.tekst + oud_plat, "base64"),
            deel("text/html", rijk, "base64"),
        ),
    )


def roundcube(wat: Wat) -> bytes:
    """The webmail of many providers: plain text."""
    oud = f"\n\n{wat.onze.van} schreef op 2026-11-23 10:12:\n{groter(wat.onze.tekst)}\n" if wat.onze else ""
    if wat.door:
        oud = f"\n\n-------- Oorspronkelijke bericht --------\nOnderwerp: {wat.door.onderwerp}\nDatum: 2026-11-23 10:12\nVan: {wat.door.naam} <{wat.door.adres}>\nAan: {wat.adres}\n\n{wat.door.tekst}\n"
    return kop(
        wat,
        nieuw_id(wat.adres.partition("@")[2]),
        deel("text/plain", wat.tekst + oud, "8bit", "UTF-8", "; format=flowed"),
        User_Agent="Roundcube Webmail/1.6.9",
    )


def yahoo(wat: Wat) -> bytes:
    oud_plat = oud_html = ""
    if wat.onze:
        regel = f"Op maandag 23 november 2026 om 10:12:00 a.m. CET schreef {wat.onze.van} <{wat.onze.adres}>: "
        oud_plat = f"\n\n    {regel}\n \n {wat.onze.tekst}\n  "
        oud_html = f'<div id="yahoo_quoted_0001" class="yahoo_quoted"><div style="font-family:Helvetica"><div>{escape(regel)}</div><div><br></div><div>{wat.onze.html}</div></div></div>'
    rijk = f'<html><head></head><body><div class="ydp-yahoo-style-wrap" dir="ltr">{p(wat.tekst, "div")}</div>{oud_html}</body></html>'
    return kop(
        wat,
        f"{uuid4().int % 10**10}.1234567.1732367520000@mail.yahoo.com",
        samen(
            wat, f"----=_Part_{uuid4().int % 10**9}", deel("text/plain", wat.tekst + oud_plat), deel("text/html", rijk)
        ),
        X_Mailer="WebService/1.1.22876 YMailNovation",
    )


def proton(wat: Wat) -> bytes:
    oud_plat = oud_html = ""
    if wat.onze:
        regel = f"Op maandag 23 november 2026 om 10:12 schreef {wat.onze.van} <{wat.onze.adres}>:"
        oud_plat = f"\n\nVerzonden met Proton Mail beveiligde e-mail.\n\n{regel}\n\n{groter(wat.onze.tekst)}\n"
        oud_html = f'<div class="protonmail_signature_block">Verzonden met <a href="https://proton.me/">Proton Mail</a> beveiligde e-mail.</div><div class="protonmail_quote">{escape(regel)}<br><blockquote class="protonmail_quote" type="cite">{wat.onze.html}</blockquote><br></div>'
    rijk = f"{p(wat.tekst, 'div')}{oud_html}"
    return kop(
        wat,
        f"{uuid4().hex}=@proton.me",
        samen(
            wat,
            f"b1_{uuid4().hex}",
            deel("text/plain", wat.tekst + oud_plat, "base64"),
            deel("text/html", rijk, "base64"),
        ),
        Feedback_ID="12345:user:proton",
    )


PROGRAMMAS: dict[str, Programma] = {
    f.__name__: f
    for f in (
        outlook_nl, outlook_en, outlook_web, outlook_ios, gmail_nl, gmail_en, apple_nl, apple_en, iphone_nl, iphone_en,
        thunderbird_nl, thunderbird_en, samsung, roundcube, yahoo, proton,
    )
}  # fmt: skip
STUREN_DOOR = ("outlook_nl", "outlook_en", "outlook_web", "gmail_nl", "gmail_en", "apple_nl", "iphone_nl", "iphone_en",
               "thunderbird_nl", "thunderbird_en", "samsung", "roundcube")  # fmt: skip

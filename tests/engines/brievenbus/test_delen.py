"""Parts: attachments, images, enclosed mail, winmail.dat, signed and encrypted mail; and mail that is broken."""
# ruff: noqa: E501 (mails stay as they are on the line)

import base64
import struct
import time

import pytest

from loket.engines.brievenbus.brief import Rol
from loket.engines.brievenbus.fouten import LegeBrief
from loket.engines.brievenbus.lezen import lees

from .bouw import BIJ, PDF, PLAT, PNG, RIJK, binnen, deel, html, kop, lijf, meer, png, tekst

HOI = "De lantaarn is stuk."


def test_text_html_and_attachment() -> None:
    brief = lees(
        meer(
            "mixed",
            lijf("alternative", deel(PLAT, HOI), deel(RIJK, f"<p>{HOI}</p>"), grens="b"),
            deel("application/pdf", PDF, **BIJ),
        )
    )
    assert (brief.tekst, brief.weergaven) == (HOI, (HOI,))
    (bijlage,) = brief.bijlagen
    assert (bijlage.naam, bijlage.type_gezien, bijlage.rol, bijlage.inhoud) == (
        "bon.pdf",
        "application/pdf",
        Rol.BIJLAGE,
        PDF,
    )
    assert brief.gebreken == ()


@pytest.mark.parametrize(
    ("veld", "naam"),
    [
        ("attachment; filename=bon.pdf", "bon.pdf"),
        ("attachment; filename*=utf-8''caf%C3%A9%20bon.pdf", "café bon.pdf"),
        ("attachment; filename*0*=utf-8''lange%20; filename*1=naam.pdf", "lange naam.pdf"),
        ("attachment; filename*=iso-8859-1''caf%E9.pdf", "café.pdf"),
        ('attachment; filename="=?utf-8?Q?caf=C3=A9.pdf?="', "café.pdf"),
        ('attachment; filename="=?utf-8?B?Y2Fm?= =?utf-8?B?w6kucGRm?="', "café.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd.pdf"),
        ('attachment; filename="C:\\\\Users\\\\jan\\\\bon.pdf"', "bon.pdf"),
        ('attachment; filename="con.pdf"', "_con.pdf"),
        ('attachment; filename=""', "bestand.pdf"),
        ("attachment", "bestand.pdf"),
        (f'attachment; filename="{"a" * 500}.pdf"', "a" * 116 + ".pdf"),
        ('attachment; filename="bon\u202efdp.exe"', "bonfdp.exe"),
        ('attachment; filename="a<b>:c|d?.pdf"', "a_b__c_d_.pdf"),
        ("attachment; filename=bon van jan.pdf", "bon van jan.pdf"),
    ],
)
def test_names(veld: str, naam: str) -> None:
    (bijlage,) = lees(meer("mixed", deel(PLAT, HOI), deel("application/pdf", PDF, Content_Disposition=veld))).bijlagen
    assert bijlage.naam == naam


def test_what_it_says_and_what_it_is() -> None:
    (bijlage,) = lees(meer("mixed", deel(PLAT, HOI), deel("image/jpeg; name=foto.jpg", b"MZ\x90\0 programma"))).bijlagen
    assert (bijlage.type_opgegeven, bijlage.type_gezien) == ("image/jpeg", "application/x-msdownload")


def beeld(cid: str, inhoud: bytes, naam: str = "image001.png") -> bytes:
    return deel("image/png", inhoud, Content_ID=f"<{cid}>", Content_Disposition=f"inline; filename={naam}")


def test_images_in_the_text_logos_and_pixels_are_told_apart() -> None:
    foto, logo, stip = png(1600, 1200, 90_000), png(200, 80), PNG
    rijk = '<p>Zie:</p><img src="cid:f"><p>Groet</p><div class="gmail_signature">Jan<img src="cid:l"></div><img src="cid:s">'
    brief = lees(
        meer(
            "related",
            deel(RIJK, rijk),
            beeld("f", foto),
            beeld("l", logo),
            beeld("s", stip),
            beeld("x", foto, "los.png"),
        )
    )
    assert [bijlage.rol for bijlage in brief.bijlagen] == [Rol.INLINE, Rol.LOGO, Rol.PIXEL, Rol.BIJLAGE]
    assert brief.bijlagen[0].cid == "f" and brief.bijlagen[0].inhoud == foto


def test_a_photograph_of_a_telephone_is_an_attachment() -> None:
    foto = deel(
        "image/jpeg; name=IMG_1.jpeg",
        b"\xff\xd8\xff\xe0" + b"x" * 90_000,
        Content_Disposition="inline; filename=IMG_1.jpeg",
    )
    brief = lees(meer("mixed", deel(PLAT, "Voor"), foto, deel(PLAT, "Na")))
    assert brief.tekst == "Voor\n\nNa" and brief.bijlagen[0].rol is Rol.BIJLAGE


def test_an_image_inside_the_html_itself() -> None:
    brief = lees(html(f'<p>{HOI}</p><img src="data:image/png;base64,{base64.b64encode(PNG).decode()}">'))
    assert brief.bijlagen[0].inhoud == PNG and brief.bijlagen[0].naam == "afbeelding.png"


def test_html_becomes_readable() -> None:
    brief = lees(
        html(
            "<h1>Klacht</h1><p>Zie <a href='https://a.nl/x'>de foto</a> en <a href='https://www.b.nl/'>b.nl</a>.</p><ul><li>een<li>twee"
            "</ul><table><tr><th>Straat<th>Nr</tr><tr><td>Dijk</td><td>1</td></tr></table><script>alert(1)</script><p>1 &lt; 2&nbsp;&euro;"
        )
    )
    assert brief.tekst == (
        "Klacht\n\nZie de foto (https://a.nl/x) en b.nl.\n\n- een\n- twee\n\nStraat | Nr\nDijk | 1\n\n1 < 2 €"
    )


def test_safelinks_show_where_they_lead() -> None:
    veilig = "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.nl%2Fx&amp;data=05"
    assert lees(html(f'<a href="{veilig}">hier</a>')).tekst == "hier (https://a.nl/x)"


@pytest.mark.parametrize("kaal", ["", "\n \n", "Uw programma toont geen HTML."])
def test_an_empty_plain_text_gives_way_to_the_html(kaal: str) -> None:
    rijk = "<p>De lantaarn in de Dorpsstraat is sinds dinsdag stuk en het is er heel donker.</p>"
    brief = lees(meer("alternative", deel(PLAT, kaal), deel(RIJK, rijk)))
    assert brief.tekst.startswith("De lantaarn in de Dorpsstraat")


def tnef(*velden: tuple[int, int, bytes]) -> bytes:
    uit = b"\x78\x9f\x3e\x22\x01\x00"
    for niveau, kenmerk, inhoud in velden:
        uit += struct.pack("<BHHI", niveau, kenmerk, 6, len(inhoud)) + inhoud + struct.pack("<H", sum(inhoud) & 0xFFFF)
    return uit


def props(*velden: tuple[int, int, bytes]) -> bytes:
    uit = struct.pack("<I", len(velden))
    for soort, nummer, inhoud in velden:
        uit += struct.pack("<HHII", soort, nummer, 1, len(inhoud)) + inhoud + b"\0" * (-len(inhoud) % 4)
    return uit


def winmail(inhoud: bytes) -> bytes:
    los = deel("application/ms-tnef; name=winmail.dat", inhoud, Content_Disposition="attachment; filename=winmail.dat")
    return meer("mixed", deel(PLAT, "\n"), los)


def test_winmail_is_opened() -> None:
    brief = lees(
        winmail(
            tnef(
                (1, 0x9007, struct.pack("<II", 1252, 0)),
                (1, 0x9003, props((0x1F, 0x1000, f"{HOI} é\0".encode("utf-16-le")))),
                (2, 0x9002, b"\0" * 14),
                (2, 0x8010, b"BON~1.PDF\0"),
                (2, 0x800F, PDF),
                (2, 0x9005, props((0x1F, 0x3707, "bon é.pdf\0".encode("utf-16-le")))),
            )
        )
    )
    assert brief.tekst == f"{HOI} é"
    assert [(b.naam, b.rol) for b in brief.bijlagen] == [("winmail.dat", Rol.OMHULSEL), ("bon é.pdf", Rol.BIJLAGE)]
    assert brief.bijlagen[1].inhoud == PDF


def test_winmail_with_compressed_rtf_that_carries_html() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\f0\htmlrtf0 Caf\'e9 "
        rb"\u8364?{\*\htmltag84 <b>}dicht{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 {\*\htmltag72 </p>}}"
    )
    kaal = struct.pack("<III", len(rtf) + 12, len(rtf), 0x414C454D) + b"\0" * 4 + rtf
    assert lees(winmail(tnef((1, 0x9003, props((0x102, 0x1009, kaal)))))).tekst == "Café €dicht"


@pytest.mark.parametrize("lengte", [3, 8, 20, 60])
def test_a_torn_winmail_is_kept(lengte: int) -> None:
    brief = lees(winmail(tnef((1, 0x800C, b"tekst" * 20))[:lengte]))
    assert brief.bijlagen[0].naam == "winmail.dat" and brief.gebreken


def test_signed_with_a_separate_signature() -> None:
    brief = lees(
        meer(
            "signed", deel(PLAT, HOI), deel("application/pkcs7-signature; name=smime.p7s", b"\x30\x80x"),
            bij='; protocol="application/pkcs7-signature"',
        )
    )  # fmt: skip
    assert (brief.tekst, brief.beveiliging.ondertekend, brief.bijlagen[0].rol) == (HOI, "smime", Rol.ONDERTEKENING)


def der(teken: int, inhoud: bytes) -> bytes:
    lengte = len(inhoud)
    return bytes([teken]) + (bytes([lengte]) if lengte < 128 else b"\x82" + lengte.to_bytes(2, "big")) + inhoud


def test_signed_with_the_content_inside() -> None:
    oid = bytes.fromhex("06092a864886f70d0107")
    inhoud = der(0x30, oid + b"\x01" + der(0xA0, der(0x04, deel(PLAT, HOI))))
    cms = der(0x30, oid + b"\x02" + der(0xA0, der(0x30, b"\x02\x01\x01" + der(0x31, b"") + inhoud)))
    brief = lees(meer("mixed", deel("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", cms)))
    assert (brief.tekst, brief.beveiliging.ondertekend) == (HOI, "smime")


def test_encrypted_mail_says_so() -> None:
    cms = der(0x30, bytes.fromhex("06092a864886f70d010703") + der(0xA0, b"geheim"))
    brief = lees(kop(Content_Type="application/pkcs7-mime; smime-type=enveloped-data", Content_Transfer_Encoding="base64") + b"\r\n" + base64.b64encode(cms))  # fmt: skip
    assert (brief.beveiliging.versleuteld, brief.tekst, brief.bijlagen[0].rol) == ("smime", "", Rol.VERSLEUTELD)
    pgp = meer("encrypted", deel("application/pgp-encrypted", "Version: 1"), deel("application/octet-stream", b"x"))
    assert lees(pgp).beveiliging.versleuteld == "pgp"


def test_pgp_in_the_text() -> None:
    lijf_ = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{HOI}\n- -- \nJan\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    brief = lees(tekst(lijf_))
    assert (brief.tekst, brief.beveiliging.ondertekend) == (HOI, "pgp")
    assert b"abc" in brief.bijlagen[0].inhoud
    assert lees(tekst("-----BEGIN PGP MESSAGE-----\n\nabc\n")).beveiliging.versleuteld == "pgp"


def test_an_enclosed_mail_is_read() -> None:
    los = b"Content-Type: message/rfc822\r\n\r\n" + meer(
        "mixed", deel(PLAT, "Binnen"), deel("application/pdf", PDF, **BIJ), grens="x"
    )
    brief = lees(meer("mixed", deel(PLAT, "Buiten"), los))
    assert (brief.tekst, brief.inhoud) == ("Buiten", "Buiten")
    assert (brief.ingesloten[0].tekst, brief.ingesloten[0].bijlagen[0].inhoud) == ("Binnen", PDF)


KAPOT = {
    "geen slot": (meer("mixed", deel(PLAT, HOI), slot=False), "afgebroken"),
    "grens ontbreekt in de kop": (
        kop(Content_Type="multipart/mixed") + b"\r\n" + binnen(deel(PLAT, HOI)), "grens geraden",
    ),
    "verkeerde grens": (kop(Content_Type='multipart/mixed; boundary="x"') + b"\r\n" + binnen(deel(PLAT, HOI)), "grens geraden"),
    "geen enkele grens": (kop(Content_Type='multipart/mixed; boundary="x"') + b"\r\n" + HOI.encode(), "grens ontbreekt"),
    "onbekende tekenset": (tekst(HOI, Content_Type="text/plain; charset=x-klingon"), "onbekende tekenset x-klingon"),
    "tekenset die een codec is": (tekst(HOI, Content_Type="text/plain; charset=base64"), "onbekende tekenset base64"),
    "punycode": (tekst(HOI, Content_Type="text/plain; charset=punycode"), "onbekende tekenset punycode"),
    "base64 die geen base64 is": (tekst(HOI, Content_Transfer_Encoding="base64"), "geen geldige base64"),
    "onbekend type": (tekst(HOI, Content_Type="rommel"), "onbekend type rommel"),
    "vreemde regel in de kop": (tekst(HOI).replace(b"MIME-Version", b"zomaar wat\r\nMIME-Version"), "vreemde regels in de kop"),
}  # fmt: skip


@pytest.mark.parametrize("naam", KAPOT)
def test_broken_mail_is_read_and_says_what_is_wrong(naam: str) -> None:
    rauw, gebrek = KAPOT[naam]
    brief = lees(rauw)
    assert brief.tekst == HOI and gebrek in brief.gebreken


@pytest.mark.parametrize(
    ("rauw", "verwacht"),
    [
        (tekst("x", Content_Type="text/plain; charset=utf-8")[:-1] + "café €".encode("cp1252"), "café €"),
        (tekst("x", Content_Type="text/plain; charset=iso-8859-1")[:-1] + "café €".encode(), "café €"),
        (tekst("x", Content_Type="text/plain; charset=us-ascii")[:-1] + "café".encode("cp1252"), "café"),
        (tekst("x", Content_Type="")[:-1] + "café".encode(), "café"),
        (tekst("x", Content_Type='text/plain; charset="utf-16"')[:-1] + "café".encode("utf-16"), "café"),
        (tekst("x", Content_Type="text/plain; charset=utf-8")[:-1] + "café lang genoeg".encode("utf-16-le"), "café lang genoeg"),
        (tekst("x", Content_Type="text/html; charset=")[:-1] + b"<meta charset=iso-8859-15>\xa4 5", "€ 5"),
        (tekst("x", Content_Type="text/plain; charset=utf-8")[:-1] + "één twee drié".encode() + b"\xc3", "één twee drié\ufffd"),
        (tekst("a\0b\x07c"), "abc"),
        (tekst("a=C3=A9=\nb =E2=82=AC", Content_Transfer_Encoding="quoted-printable"), "aéb €"),
        (tekst("SGFs\nbG8=\nd2Vy\nZWxk", Content_Transfer_Encoding="base64"), "Hallowereld"),
        (tekst("SGFsbG8=\n\nDeze voet staat er los onder.", Content_Transfer_Encoding="base64"), "Hallo\n\nDeze voet staat er los onder."),
        (tekst("a\nb").replace(b"\r\n", b"\n"), "a\nb"),
        (tekst("a\nb").replace(b"\r\n", b"\r"), "a\nb"),
        (b"Alleen tekst, geen kop.", "Alleen tekst, geen kop."),
        (b"From jan@x Mon Oct 5\n" + tekst("Mbox"), "Mbox"),
        (b"\xef\xbb\xbf" + tekst("Met een merkteken"), "Met een merkteken"),
        (b"\r\n\r\n" + tekst("Na lege regels"), "Na lege regels"),
        (b"\xff\xfeHallo", "\xff\xfeHallo"),
        (b"Subject: x\nDeze regel volgt zonder lege regel.\n", "Deze regel volgt zonder lege regel."),
    ],
)  # fmt: skip
def test_letters(rauw: bytes, verwacht: str) -> None:
    assert lees(rauw).tekst == verwacht


def test_a_part_without_a_header_may_begin_with_what_looks_like_one() -> None:
    rauw = meer("mixed", b"\r\nSubject: dit is tekst\r\nen dit ook")
    assert lees(rauw).tekst == "Subject: dit is tekst\nen dit ook"


def test_text_outside_the_parts_is_kept() -> None:
    rauw = (
        meer("mixed", deel(PLAT, HOI)).replace(b"\r\n\r\n--grens", b"\r\n\r\nVoorwoord\r\n--grens", 1)
        + b"Naschrift\r\n"
    )
    assert lees(rauw).randen == ("Voorwoord", "Naschrift")


def test_deep_nesting_ends() -> None:
    rauw = deel(PLAT, HOI)
    for n in range(200):
        rauw = lijf("mixed", rauw, grens=f"g{n}")
    brief = lees(kop(Content_Type="")[:-2] + b"\r\n" + rauw)
    assert "te diep genest" in brief.gebreken
    assert HOI in brief.volledig or any(HOI.encode() in bijlage.inhoud for bijlage in brief.bijlagen)


def test_messages_in_messages_end() -> None:
    rauw = tekst(HOI)
    for _ in range(50):
        rauw = kop(Content_Type="message/rfc822") + b"\r\n" + rauw
    brief = lees(rauw)
    for _ in range(6):
        (brief,) = brief.ingesloten
    assert "te diep ingesloten" in brief.gebreken and HOI.encode() in brief.bijlagen[0].inhoud


@pytest.mark.parametrize("rauw", [b"", b"\r\n \r\n"])
def test_no_mail_at_all(rauw: bytes) -> None:
    with pytest.raises(LegeBrief) as fout:
        lees(rauw)
    assert fout.value.brief.gebreken == ("leeg",)


HOSTIEL = {
    "kop zonder eind": b"Subject: " + b"x" * 3_000_000,
    "veel koppen": b"X-A: b\n" * 150_000 + b"\nhoi",
    "veel grenzen": meer("mixed", deel(PLAT, HOI)) + b"--grens-1\r\n" * 150_000,
    "veel delen": kop(Content_Type='multipart/mixed; boundary="a"') + b"\r\n" + b"--a\n\nx\n" * 200_000,
    "verwijzingen": tekst(HOI, References="<a@b> " * 200_000),
    "gecodeerde woorden": tekst(HOI, Subject="=?utf-8?q?a?= " * 100_000),
    "adressen": tekst(HOI, To="a@b, " * 200_000),
    "aanhalingstekens": tekst(HOI, To='"' * 300_000),
    "haakjes": tekst(HOI, To="(" * 300_000 + "<" * 300_000),
    "parameters": tekst(HOI, Content_Type="text/plain; " + "a=b; " * 200_000),
    "groter-dan": tekst("> " * 500_000),
    "diepe citaten": tekst("\n".join(">" * n for n in range(2000)), Subject="Re: x"),
    "schreef": tekst("Op 1 schreef 1 schreef:\n" * 50_000, Subject="Re: x"),
    "Op 1:1": tekst("Op 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 schreef :\n" * 40_000, Subject="Re: x"),
    "Van": tekst("Van: x\n" * 50_000, Subject="Re: x"),
    "Van Aan": tekst("Van: x\nAan: y\nDatum: 1\nOnderwerp: z\n\n" * 20_000, Subject="FW: x"),
    "disclaimers": tekst("dit bericht kan kan kan kan kan kan kan kan\n" * 50_000),
    "html haken": html("<" * 1_000_000),
    "html a": html("<a " * 500_000),
    "html div": html("<div>" * 200_000),
    "html quotes": html("<a b='" * 400_000),
    "html citaten": html("<blockquote>" * 50_000 + "x<br>" * 50_000),
    "html links": html("<a href='http://x'>y</a> " * 50_000),
    "html entiteiten": html("&lt;" * 500_000),
    "rtf": tekst("{" * 300_000 + "\\'e9" * 200_000, Content_Type="text/rtf"),
    "agenda": tekst("BEGIN:VEVENT\n" * 100_000 + 'A;B="' * 50_000, Content_Type="text/calendar"),
    "base64 gelijktekens": tekst("=" * 1_000_000, Content_Transfer_Encoding="base64"),
    "nullen": tekst("\0" * 1_000_000),
    "bounce": tekst("user unknown " * 100_000, From="mailer-daemon@x", Return_Path="<>"),
}  # fmt: skip


@pytest.mark.parametrize("naam", HOSTIEL)
def test_hostile_mail_costs_no_more_than_its_size(naam: str) -> None:
    begin = time.process_time()
    brief = lees(HOSTIEL[naam])
    assert time.process_time() - begin < 2
    assert brief.kop is not None

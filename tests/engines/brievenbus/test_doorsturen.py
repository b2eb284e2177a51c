"""Forwarded mail: what was forwarded is the message, and its writer is found."""
# ruff: noqa: E501 (mails stay as they are on the line)

import pytest

from loket.engines.brievenbus.brief import Adres
from loket.engines.brievenbus.lezen import lees

from .bouw import EIGEN, PLAT, deel, html, kop, meer, tekst

MARIA = "Maria de Vries <maria@voorbeeld.nl>"
LIJF = "De brug is kapot.\n\nMaria"
KOP = f"Van: {MARIA}\nVerzonden: maandag 5 oktober 2026 10:12\nAan: Wethouder <w@lindewaard.voorbeeld.nl>\nOnderwerp: Brug"
STIJLEN = {
    "Outlook": f"{KOP}\n\n{LIJF}",
    "Outlook met streep": f"________________________________\n{KOP}\n\n{LIJF}",
    "Oorspronkelijk bericht": f"-----Oorspronkelijk bericht-----\n{KOP}\n\n{LIJF}",
    "Gmail": f"---------- Forwarded message ---------\nVan: {MARIA}\nDate: ma 5 okt 2026 om 10:12\nSubject: Brug\nTo: <w@x.nl>\n\n\n{LIJF}",
    "Gmail nl": f"---------- Doorgestuurd bericht ---------\nVan: *Maria de Vries* <maria@voorbeeld.nl>\nDatum: ma 5 okt 2026\n"
    f"Onderwerp: Brug\nAan: <w@x.nl>\n\n{LIJF}",
    "Apple Mail": f"Begin doorgestuurd bericht:\n\nVan: {MARIA}\nOnderwerp: Brug\nDatum: 5 oktober 2026 om 10:12 CEST\nAan: w@x.nl\n\n{LIJF}",
    "Apple Mail met groter-dan": "Begin doorgestuurd bericht:\n\n"
    + "\n".join(
        f"> {r}".rstrip() for r in f"Van: {MARIA}\nOnderwerp: Brug\nDatum: 5 okt\nAan: w@x.nl\n\n{LIJF}".split("\n")
    ),
    "Thunderbird": f"-------- Doorgestuurd bericht --------\nOnderwerp: \tBrug\nDatum: \tMon, 5 Oct 2026 10:12:00 +0200\n"
    f"Van: \t{MARIA}\nAan: \tw@x.nl\n\n{LIJF}",
    "Proton": f"------- Doorgestuurd bericht -------\nVan: {MARIA}\nDatum: Op maandag 5 oktober 2026 om 10:12\nOnderwerp: Brug\nAan: w@x.nl\n\n"
    + "\n".join(f"> {r}".rstrip() for r in LIJF.split("\n")),
}


@pytest.mark.parametrize("begin", ["FW", "Fwd", "DST", "WG", "Doorst"])
@pytest.mark.parametrize("stijl", STIJLEN)
def test_the_forwarded_text_is_the_message(stijl: str, begin: str) -> None:
    brief = lees(
        tekst(f"Ter behandeling.\n\n{STIJLEN[stijl]}\n", Subject=f"{begin}: Brug", From="w@lindewaard.voorbeeld.nl")
    )
    assert brief.draad.is_doorgestuurd and not brief.draad.is_antwoord
    assert brief.draad.onderwerp == "Brug"
    assert brief.schrijver == Adres("maria@voorbeeld.nl", "Maria de Vries")
    assert brief.nieuw == "Ter behandeling."
    assert "De brug is kapot." in brief.tekst and "Maria" in brief.tekst
    assert "Verzonden" not in brief.tekst and "Onderwerp" not in brief.tekst
    assert brief.doorgestuurd[0].onderwerp == "Brug"


def test_an_outlook_forward_that_names_our_mail_in_references_is_a_forward() -> None:
    brief = lees(tekst(f"{KOP}\n\n{LIJF}", Subject="FW: Brug", References="<a@b>", In_Reply_To="<a@b>"))
    assert brief.draad.is_doorgestuurd and brief.schrijver == Adres("maria@voorbeeld.nl", "Maria de Vries")


def test_a_chain_of_forwards_gives_the_first_writer() -> None:
    tussen = "Van: Secretariaat <s@x.nl>\nVerzonden: dinsdag\nAan: Loket\nOnderwerp: FW: Brug"
    brief = lees(tekst(f"{tussen}\n\n{KOP}\n\n{LIJF}", Subject="FW: FW: Brug"))
    assert [kop.van.adres for kop in brief.doorgestuurd] == ["s@x.nl", "maria@voorbeeld.nl"]
    assert brief.schrijver == Adres("maria@voorbeeld.nl", "Maria de Vries")
    assert brief.tekst == LIJF


def test_what_the_forwarded_mail_quotes_stays_a_quote() -> None:
    brief = lees(tekst(f"{KOP}\n\n{LIJF}\n\nOp 1-10-2026 om 9:00 schreef W <w@x.nl>:\n> Eerder.", Subject="FW: Brug"))
    assert brief.tekst == LIJF
    assert "Eerder" in brief.rest


def test_an_answer_to_a_forward_is_an_answer() -> None:
    brief = lees(tekst(f"Dank.\n\n{KOP}\n\n{LIJF}", Subject="Re: FW: Brug", In_Reply_To="<a@b>"))
    assert (brief.tekst, brief.draad.is_antwoord, brief.draad.is_doorgestuurd) == ("Dank.", True, False)


def test_a_forward_as_an_attachment() -> None:
    binnen = kop(From="=?utf-8?Q?Ren=C3=A9e?= <renee@voorbeeld.nl>", Subject="Brug") + b"\r\nDe brug is kapot.\r\n"
    los = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + binnen
    brief = lees(meer("mixed", deel(PLAT, "\n"), los, Subject="FW: Brug"))
    assert brief.inhoud == "De brug is kapot."
    assert brief.schrijver == Adres("renee@voorbeeld.nl", "Renée")
    assert brief.bijlagen[0].naam == "bericht.eml"


def test_gmail_forward_in_html() -> None:
    brief = lees(
        html(
            '<div dir="ltr">Graag oppakken.<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded '
            "message ---------<br>Van: <strong>Maria de Vries</strong> &lt;<a href='mailto:maria@voorbeeld.nl'>maria@voorbeeld.nl"
            "</a>&gt;<br>Date: ma 5 okt 2026 om 10:12<br>Subject: Brug<br>To: &lt;w@x.nl&gt;<br></div><br><br>De brug is kapot.</div></div>",
            Subject="Fwd: Brug",
        )
    )
    assert (brief.nieuw, brief.schrijver) == ("Graag oppakken.", Adres("maria@voorbeeld.nl", "Maria de Vries"))
    assert brief.tekst == "Graag oppakken.\n\nDe brug is kapot."


def test_a_mail_that_only_holds_an_outlook_header_and_text_is_a_forward_without_a_subject_that_says_so() -> None:
    brief = lees(tekst(f"{KOP}\n\n{LIJF}", Subject="Brug"), eigen=EIGEN)
    assert brief.tekst == LIJF and brief.schrijver == Adres("maria@voorbeeld.nl", "Maria de Vries")

"""What holds for every mail: nothing is lost, nothing crashes, what goes in comes out."""
# ruff: noqa: E501 (mails stay as they are on the line)

import random
import re
import time
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.engines.brievenbus.brief import Brief
from loket.engines.brievenbus.fouten import BriefFout
from loket.engines.brievenbus.letters import schoon
from loket.engines.brievenbus.lezen import lees

from . import test_citaten, test_delen, test_doorsturen, test_soorten
from .bouw import BIJ, EIGEN, PDF, PLAT, RIJK, antwoord, deel, html, lijf, meer, tekst

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
NAMEN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=40)


def zichtbaar(lijf_: str) -> str:
    return re.sub(r"\s+", "", lijf_)


@settings(max_examples=300, deadline=None)
@given(LETTERS, st.sampled_from(["quoted-printable", "base64", "8bit"]), NAMEN)
def test_any_text_comes_out_as_it_went_in(lijf_: str, codering: str, naam: str) -> None:
    bericht = EmailMessage(policy=policy.SMTP)
    bericht["From"] = "jan@voorbeeld.nl"
    bericht["Subject"] = " ".join(naam.split()) or "x"
    bericht.set_content("x" + schoon(lijf_), charset="utf-8", cte=codering)
    brief = lees(bericht.as_bytes())
    assert zichtbaar(brief.volledig) == zichtbaar("x" + schoon(lijf_))
    assert zichtbaar(brief.kop.onderwerp) == zichtbaar(schoon(" ".join(naam.split()) or "x"))
    for waarde in (brief.volledig, brief.kop.onderwerp):
        waarde.encode()
        assert "\0" not in waarde and "\r" not in waarde


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["> ", ">", "Van: x", "Datum: 1", "Aan: y", "Onderwerp: z", "-- ", "Groet,", "", "a b c",
       "Op 5-10-2026 om 10:12 schreef x <a@b>:", "-----Oorspronkelijk bericht-----", "Begin doorgestuurd bericht:", "06 12345678",
       "Verstuurd vanaf mijn iPhone", "Dit bericht is uitsluitend bestemd voor u"]), max_size=40), st.sampled_from(["", "Re: ", "FW: "]))  # fmt: skip
def test_the_pieces_together_are_the_text(regels: list[str], begin: str) -> None:
    brief = lees(tekst("a\n" + "\n".join(regels), Subject=f"{begin}x"))
    assert brief.volledig == ("a\n" + "\n".join(regels)).rstrip("\n")
    for nummer, stuk in enumerate(brief.stukken):
        assert stuk.antwoord_op is None or stuk.antwoord_op < nummer


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_an_answer(rauw: bytes) -> None:
    for poging in (rauw, b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" + rauw, b"Content-Type: text/html\n\n" + rauw,
                   b"Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22" + rauw, b"Content-Type: text/rtf\n\n" + rauw,
                   b"Content-Type: application/pkcs7-mime\n\n" + rauw, b"Content-Type: text/calendar\n\nBEGIN:VEVENT\n" + rauw,
                   b"From: " + rauw, b"Subject: x\nContent-Type: " + rauw):  # fmt: skip
        gelezen(poging)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<blockquote>", "</blockquote>", "<table><tr><td>", "</td>", "<td>",
       "</table>", "<ul><li>", "</ul>", "<br>", "<a href='http://x.nl'>", "</a>", "<pre>", "</pre>", "<b", "<!--", "-->", "&amp;"]), max_size=30))  # fmt: skip
def test_html_loses_no_word(stukken: list[str]) -> None:
    bron = "".join(f"{stuk}woord{n} " for n, stuk in enumerate(stukken))
    brief = lees(html(bron))
    zonder = re.sub(r"<!--.*?-->", "", bron, flags=re.DOTALL)
    zonder = re.sub(r"<b[^<]*?>|<b(?=woord)[^>]*>", "", zonder) if "<b" in bron else zonder
    if "<b" not in bron.replace("<blockquote", "").replace("<br", ""):
        for woord in re.findall(r"woord\d+", zonder):
            assert woord in brief.volledig


def gelezen(rauw: bytes) -> Brief:
    try:
        brief = lees(rauw, eigen=EIGEN)
    except BriefFout as fout:
        assert type(fout).__name__ == "LegeBrief", fout.__cause__
        return fout.brief
    for bijlage in brief.bijlagen:
        assert bijlage.inhoud is not None and bijlage.naam
    return brief


def alles(brief: Brief) -> str:
    """Every text that reading gives, and what the attachments hold."""
    delen = [brief.volledig, *brief.weergaven, *brief.randen, *(waarde for _naam, waarde in brief.kop.velden)]
    delen += [naam for naam, _waarde in brief.kop.velden]
    delen += [bijlage.inhoud.decode("latin-1") for bijlage in brief.bijlagen] + [
        b.naam_opgegeven for b in brief.bijlagen
    ]
    delen += [bijlage.bron.kaal().decode("latin-1") for bijlage in brief.bijlagen]
    return "\n".join(delen + [alles(binnen) for binnen in brief.ingesloten])


WOORDEN = " ".join(f"merk{n:03}x" for n in range(60))
REGELS = "\n".join(f"Regel {n} merk{n:03}y in de tekst." for n in range(60))
MUTEERBAAR = [
    tekst(f"{WOORDEN}\n\n{REGELS}\n"),
    antwoord(f"{REGELS}\n\nOp 5-10-2026 om 10:12 schreef Loket <l@x.nl>:\n> {WOORDEN}\n> oud\n"),
    meer("mixed", deel(PLAT, REGELS), deel("application/pdf", PDF, **BIJ), deel(PLAT, WOORDEN)),
    meer(
        "mixed",
        lijf("alternative", deel(PLAT, REGELS), deel(RIJK, f"<p>{WOORDEN}</p>"), grens="b"),
        deel(PLAT, WOORDEN),
    ),
    meer("mixed", deel(PLAT, REGELS), b"Content-Type: message/rfc822\r\n\r\n" + tekst(WOORDEN)),
    test_soorten.dsn() + WOORDEN.encode(),
]
ANDERE = [
    *(html(bron) for bron in test_citaten.HTML_STIJLEN.values()),
    *(tekst(bron, Subject="FW: x") for bron in test_doorsturen.STIJLEN.values()),
    *(rauw for rauw, _gebrek in test_delen.KAPOT.values()),
    test_delen.winmail(test_delen.tnef((1, 0x800C, b"tekst" * 20), (2, 0x9002, b"x"), (2, 0x800F, PDF))),
]


def gemuteerd(rauw: bytes, toeval: random.Random) -> bytes:
    uit = bytearray(rauw)
    for _ in range(toeval.randint(1, 12)):
        plek = toeval.randrange(len(uit) or 1)
        wat = toeval.randrange(8)
        if wat == 0:
            uit[plek : plek + 1] = bytes([toeval.randrange(256)])
        elif wat == 1:
            del uit[plek:]
        elif wat == 2:
            uit = bytearray(bytes(uit).replace(b"--grens-1", b"--grens-1\r\n--grens-1", toeval.randint(1, 3)))
        elif wat == 3:
            del uit[plek : plek + toeval.randrange(60)]
        elif wat == 4:
            uit[plek:plek] = toeval.choice(
                [b"\0", b"\r", b"\n", b"\r\n\r\n", b"--grens-1--\r\n", b"=?utf-8?q?", b"<", b'"', b"\xff\xfe"]
            )
        elif wat == 5:
            uit = bytearray(bytes(uit).replace(b"\r\n", b"\n"))
        elif wat == 6:
            naar = toeval.randrange(len(uit) or 1)
            uit[naar:naar] = uit[plek : plek + 200]
        elif wat == 7:
            uit = bytearray(bytes(uit).replace(b"boundary=", toeval.choice([b"boundary", b"grens=", b"boundary= "])))
        if not uit:
            break
    return bytes(uit)


@pytest.mark.parametrize("deel_", range(4))
def test_two_thousand_mutated_mails(deel_: int) -> None:
    """No crash, none slow; every marked word that is still in a mail of plain text comes out somewhere."""
    for nummer in range(deel_ * 500, deel_ * 500 + 500):
        toeval = random.Random(20261123 + nummer)
        bron = toeval.choice(MUTEERBAAR if nummer % 3 else ANDERE)
        rauw = gemuteerd(bron, toeval)
        begin = time.process_time()
        brief = gelezen(rauw)
        assert time.process_time() - begin < 2, nummer
        if bron not in MUTEERBAAR:
            continue
        over = alles(brief)
        weg = [merk for merk in re.findall(r"merk\d{3}[xy]", rauw.decode("latin-1")) if merk not in over]
        assert not weg, (nummer, weg[:5], brief.gebreken)

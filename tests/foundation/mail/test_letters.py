"""A letter says what was written, in any letters, on any number of pages, and a screen reader can read it."""

import re
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import fpdf.output
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.mail.letters import letter_pdf
from loket.foundation.mail.typesetting import letters_of, settable
from loket.foundation.time.clock import frozen
from loket.foundation.web.context import Kop

LINDEWAARD = Kop(
    naam="Gemeente Lindewaard", telefoon="14 0199", email="post@lindewaard.voorbeeld.nl", adres="Lindeplein 1"
)
TEXT = "Beste mevrouw Hazelhoff,\n\nWij maken de stoep uiterlijk vrijdag 27 november 2026.\nU hoeft niets te doen."
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not here")


def letter(tekst: str = TEXT, aan: list[str] | None = None, onderwerp: str = "Uw melding", **more: str) -> bytes:
    with frozen(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)):
        return letter_pdf(
            LINDEWAARD,
            aan,
            onderwerp,
            "LW-2026-04817",
            date(2026, 11, 23),
            tekst,
            "Fenna Wierda\nmedewerker openbare ruimte",
            **more,
        )


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def read(pdf: bytes, tmp_path: Path, tool: str = "pdftotext", *options: str) -> str:
    path = tmp_path / "brief.pdf"
    path.write_bytes(pdf)
    arguments = [tool, *options, str(path), *(["-"] if tool == "pdftotext" else [])]
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def test_a_letter_is_one_page_tagged_and_named() -> None:
    pdf = letter(aan=["T. Hazelhoff", "Kastanjelaan 12"])
    assert pdf.startswith(b"%PDF-1.7") and pages(pdf) == 1
    assert b"/Lang (nl)" in pdf and b"/MarkInfo" in pdf and b"/StructTreeRoot" in pdf and b"/S /H1" in pdf
    assert b"pdfaid:part" in pdf and b"/FontFile2" in pdf


def test_the_same_letter_is_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    one = letter()

    class Any(type(datetime)):  # type: ignore[misc]
        def __instancecheck__(cls, thing: object) -> bool:
            return isinstance(thing, datetime)

    class Later(datetime, metaclass=Any):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + timedelta(days=1)

    monkeypatch.setattr(fpdf.output, "datetime", Later)
    assert letter() == one
    assert letter(tekst="Iets anders.") != one


@poppler
def test_all_that_was_written_stands_in_it(tmp_path: Path) -> None:
    said = read(letter(aan=["T. Hazelhoff", "", "Kastanjelaan 12", "1234 AB  LINDEWAARD"]), tmp_path)
    for words in (
        "T. Hazelhoff",
        "1234 AB LINDEWAARD",
        "23 november 2026",
        "LW-2026-04817",
        "uiterlijk vrijdag 27 november 2026.",
        "Met vriendelijke groet,",
        "Fenna Wierda",
        "medewerker openbare ruimte",
        "14 0199",
        "1/1",
    ):
        assert words in said.replace("1 / 1", "1/1")


@poppler
def test_a_long_letter_flows_over_pages_and_loses_no_word(tmp_path: Path) -> None:
    words = [f"woord{number}" for number in range(4000)]
    pdf = letter("\n\n".join(" ".join(words[n : n + 80]) for n in range(0, 4000, 80)) + "\n\n" + "x" * 3000)
    said = read(pdf, tmp_path)
    assert re.findall(r"woord\d+", said) == words
    assert said.count("x") - said.count("ex") >= 3000
    total = pages(pdf)
    assert total > 5 and f"{total}/{total}" in said.replace(" / ", "/")


@poppler
def test_a_screen_reader_reads_whole_words_in_order(tmp_path: Path) -> None:
    said = read(
        letter("Een zin die zo lang is dat hij niet op een regel past, " * 6), tmp_path, "pdfinfo", "-struct-text"
    )
    assert 'H1 (block)\n    "Uw melding' in said
    joined = re.sub(r"\s+", " ", said)
    assert "Een zin die zo lang is dat hij niet op een regel past, " * 5 in joined


@poppler
def test_letters_of_many_scripts_survive(tmp_path: Path) -> None:
    written = "Şahin, Łukasiewicz, Dvořák, Ελένη, Жанна, ﬁ, €, ½, “ja” – ★ 😀"
    said = read(letter(written), tmp_path)
    assert written.replace("ﬁ", "fi") in said.replace("\n", " ").replace("ﬁ", "fi")
    assert "[thumbs up sign]" in read(letter("Goed 👍🏽!"), tmp_path)


def test_nothing_is_lost_in_setting() -> None:
    assert settable("a\u202eb\x00c\r\nd\te中") == "abc\nd   e[cjk unified ideograph-4e2d]"
    assert settable("Gewone tekst, €\u00a05") == "Gewone tekst, €\u00a05"


@given(st.text(max_size=300))
def test_whatever_is_written_can_be_set(text: str) -> None:
    made = settable(text)
    assert {ord(char) for char in made if char != "\n"} <= letters_of("Atkinson") | letters_of("DejaVu")


@settings(max_examples=15)
@given(st.text(max_size=4000), st.text(max_size=80), st.lists(st.text(max_size=60), max_size=9))
def test_whatever_is_written_becomes_a_letter(text: str, subject: str, to: list[str]) -> None:
    assert letter(text, to, subject).rstrip().endswith(b"%%EOF")


def test_an_english_letter() -> None:
    pdf = letter(language="en")
    assert b"/Lang (en)" in pdf
    assert pages(pdf) == 1

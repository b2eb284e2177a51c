"""A letter on paper, for who does not want e-mail."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.foundation.identity.models import Organisatie
from loket.foundation.mail.typesetting import INK, LINE, QUIET, Pages, paragraphs, settable
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.context import Kop
from loket.foundation.web.dates import long_date

_TEXT, _LEADING = 11.0, 5.8


def letter_pdf(
    organisatie: Organisatie | Kop,
    aan: Sequence[str] | None,
    onderwerp: str,
    kenmerk: str,
    datum: date,
    tekst: str,
    ondertekenaar: str,
    *,
    language: str = "nl",
) -> bytes:
    """The letter as PDF/A-2u, A4, tagged, any number of pages.

    `aan`: name and address in lines, for the window of the envelope; None for a letter that is handed over. `tekst`:
    paragraphs with an empty line between them, salutation included; any Unicode (see `typesetting.settable`).
    `ondertekenaar`: who signs, with the function on a next line if wanted. `datum`: the date on the letter.
    The same letter is the same file.
    """
    subject, body, signed = settable(" ".join(onderwerp.split())), settable(tekst), settable(ondertekenaar.strip())
    lines = [settable(" ".join(line.split())) for line in aan or () if line.strip()]
    number, name = settable(kenmerk), settable(organisatie.naam)
    with override(language):
        pages = Pages(title=subject, language=language, author=name, foot=f"{name} – {number}" if number else name)
        pages.set_creation_date(datetime.combine(datum, time(12), AMSTERDAM))
        pages.identity = "\n".join((subject, body, signed, number, name, *lines, str(datum), language))
        pages.prepare(subject, body, signed, number, name, *lines)
        pages.add_page()
        _head(pages, organisatie, name)
        _address(pages, lines)
        _references(pages, number, long_date(datum, language, weekday=False), signed.split("\n")[0])
        pages.pen(15, bold=True)
        pages.block(subject, 7, role="H1")
        pages.ln(4)
        for paragraph in paragraphs(body):
            pages.pen(_TEXT)
            pages.block(paragraph, _LEADING)
            pages.ln(_LEADING * 0.6)
        _signature(pages, name, signed)
        return pages.written()


def _head(pages: Pages, organisatie: Organisatie | Kop, name: str) -> None:
    pages.logo(25, 14, 15)
    kind, _space, rest = name.partition(" ")
    pages.set_xy(42, 16)
    if rest:
        pages.pen(10, QUIET)
        pages.block(kind, 4.6)
        pages.set_x(42)
    pages.pen(14, bold=True)
    pages.block(rest or kind, 6)
    contact = [settable(part) for part in (organisatie.adres, organisatie.telefoon, organisatie.email) if part]
    pages.set_xy(130, 15.5)
    pages.pen(9, QUIET)
    for part in contact:
        pages.set_x(130)
        pages.block(" ".join(part.split()), 4.4, 55)


def _address(pages: Pages, lines: list[str]) -> None:
    """Where the window of a Dutch envelope (C5, C6/5) is: 25 mm from the left, from 50 mm from the top."""
    pages.set_xy(25, 52)
    pages.pen(_TEXT)
    for line in lines[:7]:
        pages.block(line, 5.2, 90)
    pages.set_xy(25, max(pages.y, 92.0 if lines else 52.0))


def _references(pages: Pages, number: str, day: str, who: str) -> None:
    pairs = [(_("Datum"), day), (_("Ons kenmerk"), number), (_("Behandeld door"), who)]
    top = pages.y
    with pages.decoration():
        pages.set_draw_color(*LINE)
        pages.set_line_width(0.3)
        pages.line(25, top, 185, top)
    bottom = top
    for at, (label, words) in enumerate((label, words) for label, words in pairs if words):
        pages.set_xy(25 + at * 54, top + 2.5)
        pages.pen(8.5, QUIET)
        pages.block(label, 4.2, 52)
        pages.set_x(25 + at * 54)
        pages.pen(10, INK)
        pages.block(words, 4.8, 52)
        bottom = max(bottom, pages.y)
    pages.set_xy(25, bottom + 9)


def _signature(pages: Pages, name: str, signed: str) -> None:
    """Together on one page, with at least the closing words."""
    if pages.will_page_break(36):
        pages.add_page()
    pages.ln(2)
    pages.pen(_TEXT)
    pages.block(_("Met vriendelijke groet,"), _LEADING)
    pages.ln(9)
    first, _newline, more = signed.partition("\n")
    pages.pen(_TEXT, bold=True)
    pages.block(first or name, _LEADING)
    pages.pen(_TEXT)
    for line in [*more.split("\n"), name if first else ""]:
        if line.strip():
            pages.block(line, _LEADING)

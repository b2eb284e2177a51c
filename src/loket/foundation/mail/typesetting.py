"""Setting a text on pages with fpdf2: letters of every script, tagged for a screen reader, PDF/A-2u for the archive."""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.drawing import GraphicsContext, PaintedPath
from fpdf.drawing_primitives import Transform
from fpdf.enums import XPos, YPos
from fpdf.svg import svg_path_converter

VENDOR = Path(__file__).parent / "vendor"
FONTS = {
    ("Atkinson", ""): VENDOR / "atkinson-hyperlegible@1.006" / "AtkinsonHyperlegible-Regular.ttf",
    ("Atkinson", "B"): VENDOR / "atkinson-hyperlegible@1.006" / "AtkinsonHyperlegible-Bold.ttf",
    ("DejaVu", ""): VENDOR / "dejavu-fonts-ttf@2.37.3" / "DejaVuSans.ttf",
}
PETROL, LIME, INK, QUIET, LINE = (12, 74, 87), (212, 225, 87), (16, 38, 43), (75, 97, 102), (210, 220, 218)

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it reports every table of every letter

_LOOK = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")  # variation selectors, skin tones

type Role = Literal["H1", "H2", "P"]


@lru_cache(maxsize=4)
def letters_of(family: str) -> frozenset[int]:
    """The characters that this font can draw."""
    with TTFont(FONTS[(family, "")], lazy=True) as font:
        return frozenset(font.getBestCmap())


def settable(text: str) -> str:
    """The text as our fonts can draw it. A character that none of them has is written as its Unicode name in square
    brackets, so that nothing is lost: 👍 becomes [thumbs up sign]. Control and direction characters go, and what only
    changes the look of an emoji."""
    known = letters_of("Atkinson") | letters_of("DejaVu")
    made: list[str] = []
    for char in unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4):
        category = unicodedata.category(char)
        if char == "\n" or (ord(char) in known and category not in ("Cc", "Cf", "Cs", "Zl", "Zp")):
            made.append(char)
        elif category in ("Zl", "Zp"):
            made.append("\n")
        elif category == "Zs":
            made.append(" ")
        elif category not in ("Cc", "Cf", "Cs") and not _LOOK.match(char):
            made.append(f"[{unicodedata.name(char, f'U+{ord(char):04X}').lower()}]")
    return "".join(made)


class Pages(FPDF):
    """Pages of a letter. What is drawn inside `tagged` is content with a role; what is drawn inside `decoration` a
    screen reader skips."""

    def __init__(self, *, title: str, language: str, author: str, foot: str) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-2U")
        self.foot = foot
        self.identity = title
        self.set_title(title)
        self.set_author(author)
        self.set_creator("Loket")
        self.set_lang(language)
        self.set_margins(25, 20, 25)
        self.c_margin = 0
        self.set_auto_page_break(True, margin=28)
        for (family, style), path in FONTS.items():
            if family == "Atkinson":
                self.add_font(family, style, path)
        self.alias_nb_pages("{pp}")

    def file_id(self) -> str:
        """What the PDF calls itself: of what it says (`identity`), not of the moment."""
        name = hashlib.md5(self.identity.encode(), usedforsecurity=False).hexdigest().upper()
        return f"<{name}><{name}>"

    def written(self) -> bytes:
        """The file. The moments that the library takes from the clock are those of the letter: same length, same place,
        so that the same letter is the same file."""
        file = bytes(self.output())
        made = re.search(rb'xmp:CreateDate="([^"]+)"', file)
        assert made is not None
        return re.sub(rb'(xmp:(?:Modify|Metadata)Date=")[^"]+', rb"\g<1>" + made[1], file)

    def prepare(self, *texts: str) -> None:
        """Load the second font only when these texts need it: it is large."""
        if {ord(char) for text in texts for char in text if char != "\n"} <= letters_of("Atkinson"):
            return
        self.add_font("DejaVu", "", FONTS[("DejaVu", "")])
        self.set_fallback_fonts(["DejaVu"], exact_match=False)

    def footer(self) -> None:
        """The number of the page, and whose letter it is."""
        with self.decoration():
            self.set_y(-18)
            self.pen(8.5, QUIET)
            self.cell(0, 5, self.foot, align="L", new_x=XPos.LMARGIN, new_y=YPos.TOP)
            self.cell(0, 5, f"{self.page_no()} / {{pp}}", align="R")

    def pen(self, size: float, colour: tuple[int, int, int] = INK, bold: bool = False) -> None:
        """What the next words are written with."""
        self.set_font("Atkinson", "B" if bold else "", size)
        self.set_text_color(*colour)

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is no content: rules, the logo, the foot."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    @contextmanager
    def tagged(self, role: Role) -> Iterator[None]:
        """Content with a role, on one page (PDF 32000-1, section 14.8.4)."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{role}", mcid=number)
        self._out(f"/{role} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    def block(self, text: str, height: float, width: float = 0, role: Role = "P") -> None:
        """A paragraph, over as many pages as it needs; each part is tagged on its own page."""
        if not text.strip():
            self.ln(height)
            return
        lines = cast("list[str]", self.multi_cell(width, height, text, align="L", dry_run=True, output="LINES"))
        left = self.x
        while lines:
            room = int((self.page_break_trigger - self.y) / height)
            if room < min(len(lines), 2):
                self.add_page()
                continue
            part, lines = lines[:room], lines[room:]
            with self.tagged(role):
                for line in part:  # the space keeps the last word of a line apart from the first of the next
                    self.set_x(left)
                    self.cell(width, height, f"{line} ", new_x=XPos.LEFT, new_y=YPos.NEXT)
            self.set_x(left)

    def logo(self, x: float, y: float, height: float) -> None:
        """The arch with the leaf, as vectors; from `web/deel/merk.html`, whose box is 44 by 48."""
        scale = height / 48
        with self.decoration(), self.drawing_context() as context:
            for path, colour, stroke in _MARK:
                context.add_item(_path(path, x, y, scale, colour, stroke))


_MARK = (
    ("M0 44V22a22 22 0 0 1 44 0v22a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4z", PETROL, 0.0),
    (
        "M22 38C13 32.5 8.5 26.5 8.5 20.3c0-4.5 3-7.8 7-7.8 2.8 0 5.1 1.5 6.5 4 1.4-2.5 3.7-4 6.5-4 4 0 7 3.3 7 7.8"
        "C35.5 26.5 31 32.5 22 38z",
        LIME,
        0.0,
    ),
    ("M22 44V20M22 31l6.5-6M22 27.5L15.5 21.5", PETROL, 2.4),
)


def _path(data: str, x: float, y: float, scale: float, colour: tuple[int, int, int], stroke: float) -> Any:
    path = PaintedPath()
    svg_path_converter(path, data)
    hexed = "#" + "".join(f"{part:02x}" for part in colour)
    path.style.fill_color = None if stroke else hexed
    path.style.stroke_color = hexed if stroke else None
    path.style.stroke_width = stroke or None
    path.style.stroke_cap_style = "round"
    holder = GraphicsContext()
    holder.transform = Transform.scaling(scale).translate(x, y)
    holder.add_item(path)
    return holder


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; lines within one stay lines."""
    return [part.strip("\n") for part in re.split(r"\n[ ]*\n", text.strip("\n"))]

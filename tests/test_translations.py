"""The interface in English: every text is in the catalogue and translated, no Dutch stands outside it."""

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.template import Engine
from django.template.base import DebugLexer, TokenType
from django.test import Client
from django.utils import translation

from loket.assembly import messages
from loket.assembly.functies import FUNCTIES
from loket.foundation.audit.activities import registry
from loket.foundation.identity.models import Organisatie
from loket.foundation.web.icons import CHANNELS
from loket.foundation.web.stored import sentence, translated
from loket.services.reacties.catalogus import definitie
from loket.services.reacties.categorieen import CATEGORIEEN

SRC = Path(messages.SOURCE)
TEMPLATES = sorted(p for p in SRC.rglob("templates/**/*") if p.suffix in (".html", ".txt"))
CATALOGUE = SRC / messages.CATALOGUE
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z]*\}")

NOT_TRANSLATED = {
    "foundation/web/templates/web/stijl.html": "the style page shows Dutch examples; its main part has lang=nl",
    "assembly/standin/templates/standin/kies.html": "stands in for DigiD and has its English beside the Dutch",
    "assembly/standin/templates/standin/telefoon.html": "stands in for a telephone, with its English beside it",
    "assembly/standin/templates/standin/gesprek.html": "stands in for a telephone, a part of that page",
    "foundation/api/templates/api/voorbeeld.sh.txt": "a program to run, in its own language",
    "foundation/api/templates/api/voorbeeld.py.txt": "a program to run, in its own language",
}
IN_AN_ATTRIBUTE = ("_klasse", "formulier_extra")
NAMES = {"loket", "nederlands", "english", "ctrl", "enter", "k", "csv", "json", "pdf"}
"""Words that are the same in both languages."""


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_text_has_english() -> None:
    found = catalogue()
    assert not [entry.msgid for entry in found.untranslated_entries()]
    assert not [entry.msgid for entry in found.fuzzy_entries()]
    assert not found.obsolete_entries()


def test_placeholders_are_the_same() -> None:
    for entry in catalogue():
        english = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        dutch = [entry.msgid, entry.msgid_plural][: len(english)]
        for source, said in zip(dutch, filter(None, english), strict=False):
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(said)), source
            assert (source[0].isspace(), source[-1].isspace()) == (said[0].isspace(), said[-1].isspace()), source


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def content(entries: Iterator[polib.POEntry | polib.MOEntry]) -> dict[tuple[str | None, str], object]:
        return {(e.msgctxt or None, e.msgid): e.msgstr_plural or e.msgstr for e in entries}

    assert content(iter(compiled)) == content(iter(catalogue())), "Run `loket messages`."


@pytest.mark.skipif(bool(messages.tools()), reason=f"gettext is not installed: {', '.join(messages.tools())}")
def test_the_catalogue_holds_the_texts_of_the_source() -> None:
    now = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in polib.pofile(messages.extracted())}
    then = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue()}
    assert now == then, f"Run `loket messages`. New: {now - then}; gone: {then - now}"


@pytest.mark.skipif(bool(messages.tools()), reason="gettext is not installed")
def test_extraction_leaves_the_source_alone(tmp_path: Path) -> None:
    source = tmp_path / "loket"
    (source / "room" / "templates").mkdir(parents=True)
    (source / CATALOGUE.relative_to(SRC)).parent.mkdir(parents=True)
    (source / "room" / "pages.py").write_text('from x import gettext as _\n_("Zoek")\n_("Een nieuw ding")\n')
    (source / "room" / "templates" / "a.html").write_text('{% load i18n %}{% translate "Een oud ding" %}')
    shutil.copy(CATALOGUE, source / CATALOGUE.relative_to(SRC))
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    text = messages.extracted(source)
    assert {path: path.read_bytes() for path in source.rglob("*") if path.is_file()} == before
    found = {entry.msgid: entry.msgstr for entry in polib.pofile(text)}
    assert found == {"Een oud ding": "", "Een nieuw ding": "", "Zoek": "Search"}
    assert messages.write(source) == ["Een nieuw ding", "Een oud ding"]
    assert messages.extracted(source) == text, "it does not settle"


# --- templates -----------------------------------------------------------------------------------------


class _Visible(HTMLParser):
    """What somebody reads of a page: the text between tags, and the attributes that are read out loud."""

    READ = ("aria-label", "alt", "placeholder", "title", "label")
    SILENT = ("script", "style", "svg", "code", "kbd")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.other: list[bool] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        if not self.silent:
            self.found += [value for name, value in attrs if name in self.READ and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def visible(html: str) -> list[str]:
    parser = _Visible()
    parser.feed(html)
    return parser.found


def outside_tags(template: str) -> str:
    """The text of a template without its tags; of a `blocktranslate` nothing, nor of a block inside an attribute."""
    text: list[str] = []
    blocks: list[str] = []
    inside = False
    for token in DebugLexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            name, *arguments = token.contents.split()
            inside = name == "blocktranslate" or (inside and name != "endblocktranslate")
            if name == "block":
                blocks.append(arguments[0])
            elif name == "endblock":
                blocks.pop()
        elif (
            token.token_type == TokenType.TEXT and not inside and not (blocks and blocks[-1].endswith(IN_AN_ATTRIBUTE))
        ):
            text.append(token.contents)
    return "".join(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SRC)))
def test_no_words_stand_outside_the_translation(path: Path) -> None:
    if str(path.relative_to(SRC)) in NOT_TRANSLATED:
        pytest.skip(NOT_TRANSLATED[str(path.relative_to(SRC))])
    template = path.read_text()
    words = [word for text in visible(outside_tags(template)) for word in re.findall(r"[^\W\d_]{2,}", text)]
    assert not [word for word in words if word.lower() not in NAMES]
    # a tag of a component takes its words from a variable, not as a Dutch literal
    for token in DebugLexer(template).tokenize():
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] in ("notice", "card", "emptybox", "badge"):
            assert not re.findall(r'"[A-Z][^"]*"', token.contents), token.contents


STORED = ("omschrijving", "onderwerp", "functietitel", "gevraagde_handeling", "plek", "status")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(SRC)))
def test_what_is_stored_in_dutch_is_translated_when_it_is_shown(path: Path) -> None:
    for field in re.findall(r"\{\{ ?([^}]*) ?\}\}|\{% badge ([^%]*)%\}", path.read_text()):
        said = "".join(field).strip()
        name, _dot, _filters = said.partition("|")
        if "." in name and name.rpartition(".")[2].split()[0] in STORED and "brief." not in name:
            assert "vertaald" in said, f"{{{{ {said} }}}} in {path.relative_to(SRC)}"


def test_templates_are_parsed() -> None:
    """The lexer above sees what Django sees."""
    assert len(TEMPLATES) > 60
    assert outside_tags("<p>{% blocktranslate %}Dag {{ n }}{% endblocktranslate %} en {{ x }}</p>") == "<p> en </p>"
    assert visible('<a aria-label="Zoek"><svg><title>x</title></svg>Ga</a>') == ["Zoek", "Ga"]
    assert Engine.get_default()


# --- stored words --------------------------------------------------------------------------------------


def test_stored_words_are_shown_in_the_language_of_the_reader() -> None:
    with translation.override("en"):
        assert translated("Ontvangen") == "Received"
        assert translated("Beantwoord") == "Answered"
        assert translated("Kastanjelaan, bij nummer 12") == "Kastanjelaan, near number 12"
        assert translated("toegewezen door Fenna Wierda") == "assigned by Fenna Wierda"
        assert translated("Er ligt een 50% losse tegel, bij %(x)s {}") == "Er ligt een 50% losse tegel, bij %(x)s {}"
        assert translated("") == "" and translated(None) == ""
    with translation.override("nl"):
        assert translated("Kastanjelaan, bij nummer 12") == "Kastanjelaan, bij nummer 12"
    assert sentence("In de buurt van %(straat)s %(nummer)s") == "In de buurt van %(straat)s %(nummer)s"


def _names(value: object) -> Iterator[str]:
    """Every `omschrijving` of a catalogue that people read."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key == "omschrijving":
                yield str(inside)
            yield from _names(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _names(inside)


def test_everything_that_is_stored_by_name_has_english() -> None:
    known = {entry.msgid for entry in catalogue()}
    rooms = {room.rpartition(".")[2] for room in settings.ROOMS}  # other tests register activities of their own
    ours = [activity for code, activity in registry.items() if code.partition(".")[0] in rooms]
    activities = [text for activity in ours for text in (activity.naam, activity.doel, activity.grondslag)]
    subjects = [choice.kort for choices in CATEGORIEEN.values() for choice in choices if choice.kort]
    roles = [name for name, _rights in FUNCTIES.values()]
    channels = [word for _icon, word in CHANNELS.values()]
    stored = {*activities, *subjects, *roles, *channels, *_names(definitie())}
    assert len(stored) > 60
    assert not {text for text in stored if text not in known}


# --- pages ---------------------------------------------------------------------------------------------

STOP_WORDS = frozenset(
    (
        *("de", "het", "een", "niet", "wij", "uw", "voor", "met", "naar", "geen", "deze", "dit", "wordt", "bent"),
        *("heeft", "hebt", "kunt", "kan", "nog", "aan", "bij", "ook", "zijn", "van"),
    )
)
PAGES = (
    "/",
    "/melden",
    "/vragen",
    "/klacht",
    "/compliment",
    "/volg",
    "/zoeken?q=lamp",
    "/zo-tellen-wij",
    "/inloggen",
    "/medewerkers/inloggen",
    "/deze-pagina-is-er-niet",
)


class _OneLanguage(HTMLParser):
    """The words of a page outside the parts that say to be in another language."""

    VOID = frozenset(("meta", "link", "input", "br", "img", "hr", "source"))

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or (self.languages[-1] if self.languages else "")
        if language == "en":
            self.said += [value for name, value in attrs if name in _Visible.READ and value]
        if tag not in self.VOID:
            self.languages.append("-" if tag in ("script", "style", "svg") else language)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self.languages:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if self.languages and self.languages[-1] == "en":
            self.said.append(data)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_public_pages_are_english_throughout(client: Client, page: str) -> None:
    Organisatie.objects.create(
        naam="Gemeente Lindewaard",
        soort="gemeente",
        afkorting="LW",
        rsin="999900493",
        telefoon="14 0199",
        email="loket@lindewaard.voorbeeld.nl",
        adres="Stadhuis, Lindeplein 1",
        hoofd=True,
        openingstijden={"telefoon": {day: ["08:00", "20:00"] for day in ("ma", "di", "wo", "do", "vr")}},
        nieuws=[{"titel": "Wij halen takken op", "tekst": "Zet uw takken voor 8.00 uur aan de weg."}],
    )
    response = client.get(page, headers={"accept-language": "en-GB,en;q=0.9"}, follow=True)
    assert response.status_code in (200, 404)
    html = response.content.decode()
    assert re.search(r"<html lang=\"en\"", html)
    parser = _OneLanguage()
    parser.feed(html)
    words = {word.lower() for text in parser.said for word in re.findall(r"[^\W\d_]+", text)}
    assert not words & STOP_WORDS
    assert len(words) > 20

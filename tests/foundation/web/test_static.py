"""What is vendored is what was packed; and the templates keep to the content security policy and to the look."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from loket.foundation.web.icons import ICONS

ROOT = Path(__file__).resolve().parents[3]
VENDORED = [ROOT / "src/loket/foundation/web/static/vendor", ROOT / "tests/vendor"]
MAIL = ROOT / "src/loket/foundation/mail/templates/mail/basis.html"
"""A mail, not a page: mail programs read inline styles only, and it is shown in a frame of its own."""
TEMPLATES = sorted(set((ROOT / "src/loket").rglob("templates/**/*.html")) - {MAIL})
CSS = ROOT / "src/loket/foundation/web/static/web/loket.css"


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.parent.name)
def test_vendored_files_are_those_of_the_manifest(folder: Path) -> None:
    packages = json.loads((folder / "manifest.json").read_text())["packages"]
    known = {name: digest for package in packages for name, digest in package["files"].items()}
    found = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == known
    for package in packages:
        assert package["name"] and package["version"] and package["licence"]
        assert any("LICENSE" in name for name in package["files"]), f"{package['name']} comes without its licence"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src/loket")))
def test_templates_keep_to_the_content_security_policy(path: Path) -> None:
    text = re.sub(r"{%.*?%}", " ", path.read_text())
    assert not re.search(r"<[^>]+\sstyle\s*=", text), "no style attributes: give it a class in loket.css"
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), "no inline handlers"
    assert "hx-on" not in text and "js:" not in text, "these need eval"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "no inline scripts"


def test_the_css_names_no_colour() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS.read_text(), flags=re.S)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,\s})])|\brgba?\(|\bhsla?\(", rules)


def test_every_file_that_the_css_names_exists() -> None:
    for url in re.findall(r'url\("([^"]+)"\)', CSS.read_text()):
        assert (CSS.parent / url.replace("%40", "@")).resolve().is_file(), url


def test_icons_hold_shapes_only() -> None:
    for name, shapes in ICONS.items():
        assert re.fullmatch(r"(<(path|circle|rect|ellipse)( [a-z]+=\"[^\"]*\")+/>)+", shapes), name

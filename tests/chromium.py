"""A real browser for tests: Debian's Chromium, started once for a run, with nothing left open between tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = (Path(__file__).resolve().parent / "vendor" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = os.environ.get("LOKET_TEST_PICTURES", "")
"""A folder: the browser tests leave a picture there of each page that they judge."""
PATIENCE = 20_000.0
"""Milliseconds within which a page must do what is expected of it, on a machine that does other things too."""

expect.set_options(timeout=PATIENCE)


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser. While it is there Django sees an event loop in this thread, and must not mind."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            yield browser
            browser.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules of axe that look at colours: all that can be different in the dark."""


def problems(page: Page, name: str = "", *, only: list[str] | None = None) -> list[str]:
    """What axe-core finds wrong on the page: rule and element. With `name`, and where asked for, a picture of it."""
    if PICTURES and name:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": TAGS} if only is None else {"runOnly": {"type": "rule", "values": only}}
    found = page.evaluate("options => axe.run(options)", options)
    return [f"{name} {rule['id']}: {node['html'][:140]}" for rule in found["violations"] for node in rule["nodes"]]


def problems_in_every_form(page: Page, name: str) -> list[str]:
    """What is wrong with one page when it is wide, dark, and narrow (320 pixels): what axe-core finds, and whether it
    scrolls sideways. It is loaded once; afterwards it is wide and light again."""
    found = []
    forms: list[tuple[str, int, Literal["dark", "light"], list[str] | None]] = [
        ("narrow", 320, "light", None),
        ("dark", 1280, "dark", COLOUR),
        ("wide", 1280, "light", None),
    ]
    for form, width, scheme, only in forms:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour halfway
        found += problems(page, f"{name}-{form}", only=only)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{name} is {wide} wide of {width}")
    return found

"""The story that proves the house, from end to end, in a real browser on real processes with the whole demo."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.assembly.running import Running, data_folder
from tests.walk import Walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.proces,
]


@pytest.fixture(scope="module")
def demo() -> Iterator[str]:
    with data_folder() as data:
        started = Running(data, demo=True)
        try:
            started.ready(240)
            yield f"http://localhost:{started.port}"
        finally:
            started.popen.terminate()
            started.popen.wait(30)


def test_the_first_walk_through_the_house(demo: str, browser: Browser) -> None:
    walk = Walk(browser, demo)
    walk.everything()


def test_the_same_form_without_javascript(demo: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, locale="nl-NL").new_page()
    page.goto(f"{demo}/vragen")
    page.locator("textarea[name=tekst]").fill("Wanneer is het stadhuis open?")
    Walk.next(page)
    while not page.get_by_role("heading", name="Uw gegevens").count():
        Walk.next(page)
    page.get_by_label("Nee", exact=False).first.check()
    Walk.next(page)
    page.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")

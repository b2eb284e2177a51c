"""Make the pictures of the README: `.venv/bin/python docs/make_pictures.py` (needs Chromium; some three minutes).

It starts a Loket with the demo on a free port, goes through the first walk as its users do, and photographs it.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.assembly.running import Running, data_folder
from tests.chromium import launched
from tests.walk import Walk

PICTURES = Path(__file__).resolve().parent / "pictures"


def snap(page: Page, name: str) -> None:
    """One picture, of the first screen."""
    page.wait_for_timeout(400)
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def main() -> None:
    """Start, walk, stop."""
    PICTURES.mkdir(exist_ok=True)
    with data_folder() as data:
        loket = Running(data, demo=True)
        try:
            loket.ready(300)
            with launched() as browser:
                Walk(browser, f"http://localhost:{loket.port}", snap).everything()
        finally:
            loket.stop()


if __name__ == "__main__":
    main()

"""Make the pictures of the README: `.venv/bin/python docs/make_pictures.py` (needs Chromium; some three minutes).

It starts a Loket with the demo on a free port, goes through the first walk as its users do, and photographs it.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.assembly.running import Running, data_folder  # noqa: E402
from tests.walk import Walk  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"


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
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                Walk(browser, f"http://localhost:{loket.port}", snap).everything()
                browser.close()
        finally:
            loket.popen.terminate()
            loket.popen.wait(30)


if __name__ == "__main__":
    main()

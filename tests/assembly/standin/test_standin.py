"""The stand-in for DigiD: where it refuses to be, what it keeps, and the whole walk in a browser."""

import contextlib
import json
import re
import stat
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.assembly.running import environment, free_port, until
from tests.chromium import PATIENCE

from loket.assembly.standin import installation
from loket.assembly.standin.personen import PERSONEN
from loket.assembly.standin.server import NotTheDemo, main, serve
from loket.foundation.identity.models import Gebruiker, Organisatie
from loket.foundation.identity.providers import Provider
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.identity.rules import elfproef

START = "import sys; from loket.assembly.standin import main; main(int(sys.argv[1]), sys.argv[2])"


def test_the_persons_have_test_numbers_that_pass_the_elfproef() -> None:
    assert len({persoon.bsn for persoon in PERSONEN}) == len({persoon.sleutel for persoon in PERSONEN}) == len(PERSONEN)
    for persoon in PERSONEN:
        assert persoon.bsn.startswith("9999")
        assert elfproef(persoon.bsn)


@pytest.mark.parametrize("demo", [None, "", "0", "yes"])
def test_it_refuses_to_start_outside_the_demo(monkeypatch: pytest.MonkeyPatch, demo: str | None) -> None:
    monkeypatch.delenv("LOKET_DEMO", raising=False)
    if demo is not None:
        monkeypatch.setenv("LOKET_DEMO", demo)
    with pytest.raises(NotTheDemo, match="demo only"):
        serve(8002)
    with pytest.raises(NotTheDemo):
        main(8002, "https://loket.lindewaard.nl")


def test_its_settings_refuse_too(tmp_path: Path) -> None:
    """Also when somebody starts the server by hand, past `serve`."""
    run = subprocess.run(
        [sys.executable, "-c", "import loket.assembly.standin.wsgi"],
        env=environment() | {"LOKET_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "runs in the demo only" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_its_secrets_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    barrier = threading.Barrier(8)

    def make(_: int) -> tuple[installation.Keys, str]:
        barrier.wait()
        return installation.keys(tmp_path), installation.private_key(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(make, range(8)))) == 1
    folder = tmp_path / "standin"
    assert sorted(path.name for path in folder.iterdir()) == ["sleutel.pem", "sleutels.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_loket_knows_it_by_its_client_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STANDIN_URL", raising=False)
    provider = installation.provider(tmp_path, "http://localhost:8000")
    assert provider.is_stand_in
    assert provider.issuer == "http://localhost:8002"
    assert provider == installation.provider(tmp_path, "http://localhost:8000")
    monkeypatch.setenv("STANDIN_URL", "http://localhost:9/")
    assert installation.issuer("http://localhost:8000") == "http://localhost:9"


SETTINGS = """
import json
from loket.assembly import settings
known = [[p.id, p.issuer, p.client_id[:11]] for p in settings.OIDC_PROVIDERS]
print(json.dumps(known + settings.SECURE_CSP["form-action"]))
"""


@pytest.mark.parametrize(
    ("demo", "known"),
    [("1", [["digid", "http://localhost:8102", "nagebootst-"], "'self'", "http://localhost:8102"]), ("0", ["'self'"])],
)
def test_only_the_demo_sends_people_to_it(tmp_path: Path, demo: str, known: list[Any]) -> None:
    env = environment() | {"LOKET_DEMO": demo, "LOKET_DATA": str(tmp_path), "LOKET_URL": "http://localhost:8100"}
    env.pop("STANDIN_URL", None)
    run = subprocess.run([sys.executable, "-c", SETTINGS], env=env, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == known
    assert (tmp_path / "standin").exists() == (demo == "1")


# --- with real processes and a browser ---------------------------------------------------------------------


@pytest.fixture
def stand_in(
    live_server: LiveServer, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    """A stand-in of its own, and a Loket in demo mode that knows it."""
    port = free_port()
    url = live_server.url.replace("127.0.0.1", "localhost")
    monkeypatch.setenv("STANDIN_URL", f"http://localhost:{port}")
    provider = installation.provider(tmp_path, url)
    settings.DEMO = True
    settings.OIDC_PROVIDERS = [provider]
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": ["'self'", provider.origin]}
    cache.clear()
    env = environment() | {"LOKET_DEMO": "1", "LOKET_DATA": str(tmp_path), "STANDIN_URL": provider.issuer}
    log = (tmp_path / "standin.log").open("wb")
    process = subprocess.Popen([sys.executable, "-c", START, str(port), url], env=env, stdout=log, stderr=log)
    try:
        until(lambda: answers(f"{provider.issuer}/.well-known/openid-configuration"), 30, "the stand-in answers")
        yield provider
    finally:
        process.terminate()
        process.wait(15)
        log.close()
        cache.clear()


def answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2) as answer:
        return bool(json.load(answer)["loket_nagebootst"])
    return False


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def site(live_server: LiveServer, stand_in: Provider) -> str:
    Organisatie.objects.create(
        naam="Gemeente Lindewaard", soort="gemeente", rsin="000000012", afkorting="LW", hoofd=True, telefoon="14 0199"
    )
    return live_server.url.replace("127.0.0.1", "localhost")


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/mijn/gegevens")
    expect(page).to_have_title(re.compile("Inloggen bij Mijn Loket"))
    page.get_by_role("button", name="Log in met DigiD").click()
    expect(page.get_by_role("heading", name="Wie wilt u zijn?")).to_be_visible()
    page.get_by_role("button", name=f"Log in als {name}").click()


browser_test = [
    pytest.mark.browser,
    pytest.mark.proces,
    pytest.mark.django_db(transaction=True),
]


class TestInTheBrowser:
    """Without JavaScript, as it must work."""

    pytestmark = browser_test

    def test_a_resident_logs_in_comes_back_and_logs_out(self, context: BrowserContext, site: str) -> None:
        page = context.new_page()
        log_in(page, site, "T. Hazelhoff")
        page.wait_for_url(f"{site}/mijn/gegevens")
        expect(page.get_by_role("heading", name="Mijn gegevens", level=1)).to_be_visible()
        hazelhoff = Gebruiker.objects.get()
        assert hazelhoff.pseudoniem == pseudonym("bsn", PERSONEN[0].bsn)
        assert PERSONEN[0].bsn not in str(context.cookies()) + page.content()
        page.get_by_role("button", name="Uitloggen").first.click()
        page.wait_for_url(f"{site}/")
        log_in(page, site, "O. Brandsteder")
        page.wait_for_url(f"{site}/mijn/gegevens")
        assert Gebruiker.objects.count() == 2

    def test_a_password_alone_is_not_enough(self, context: BrowserContext, site: str) -> None:
        page = context.new_page()
        log_in(page, site, "B. Ooijevaar")
        expect(page.get_by_role("heading", name="U bent niet ingelogd")).to_be_visible()
        expect(page.get_by_text("te lage zekerheid")).to_be_visible()
        assert not Gebruiker.objects.exists()

    def test_one_can_stop(self, context: BrowserContext, site: str) -> None:
        page = context.new_page()
        page.goto(f"{site}/inloggen")
        page.get_by_role("button", name="Log in met DigiD").click()
        page.get_by_role("button", name="Stop met inloggen").click()
        expect(page.get_by_text("U stopte met inloggen")).to_be_visible()

    def test_it_says_that_it_is_not_real(self, context: BrowserContext, site: str, stand_in: Provider) -> None:
        page = context.new_page()
        page.goto(stand_in.issuer)
        expect(page.get_by_text("Dit is een nagebootste DigiD, alleen voor de demo.")).to_be_visible()
        answer = page.goto(f"{stand_in.issuer}/?next=https://elders.nl")
        assert answer is not None
        assert answer.status == 404

"""`loket applicatie`, beside a running Loket."""

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import jwt
import pytest
from tests.assembly.running import Running, data_folder, loket

pytestmark = pytest.mark.proces
GEHEIM = "-geheim van de test; dat 'lang' genoeg is"
LEEG = {"count": 0, "next": None, "previous": None, "results": []}


def status(running: Running, geheim: str) -> int:
    token = jwt.encode({"client_id": "leverancier", "iat": int(time.time())}, geheim, algorithm="HS256")
    asked = urllib.request.Request(
        f"http://127.0.0.1:{running.port}/autorisaties/api/v1/applicaties", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert json.loads(answer.read())["count"] == 1
            return int(answer.status)
    except urllib.error.HTTPError as error:
        assert error.headers["Content-Type"] == "application/problem+json"
        return error.code


def voorbeeld(running: Running, soort: str, geheim: str) -> str:
    """What the example of the page `/api/aansluiten/` prints, run as the page says."""
    with urllib.request.urlopen(
        f"http://127.0.0.1:{running.port}/api/aansluiten/voorbeeld.{soort}", timeout=10
    ) as bron:
        bestand = running.data / f"voorbeeld.{soort}"
        bestand.write_bytes(bron.read())
    done = subprocess.run(
        ["sh" if soort == "sh" else sys.executable, str(bestand)],
        env={"PATH": "/usr/bin:/bin", "CLIENT_ID": "leverancier", "SECRET": geheim},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout


def test_an_application_gets_access_another_secret_and_none(seed: Path) -> None:
    with data_folder(seed) as data:
        running = Running(data).ready()

        def applicatie(*arguments: str) -> tuple[int, str]:
            done = loket("applicatie", *arguments, "--data", str(data))
            return done.returncode, done.stdout + done.stderr

        geen = applicatie("maak", "--client-id", "leverancier", "--alles", "--organisatie", "XX")
        assert geen[0] == 1 and "loket organisation" in geen[1]
        made = applicatie("maak", "--client-id", "leverancier", "--secret", GEHEIM, "--alles")
        assert made[0] == 0 and GEHEIM in made[1], made
        assert "Proefgemeente" in made[1], "who only tries the APIs needs no organisation of their own first"
        twice = applicatie("maak", "--client-id", "leverancier", "--alles")
        assert twice[0] == 1 and "al gebruikt" in twice[1], "ac-001"
        assert status(running, GEHEIM) == 200
        for soort in ("sh", "py"):
            assert json.loads(voorbeeld(running, soort, GEHEIM)) == LEEG, soort
        shown = applicatie("toon")
        assert "leverancier: leverancier, everything" in shown[1] and GEHEIM not in shown[1]
        new = re.search(r"secret: +(\S+)", applicatie("roteer", "leverancier", "--overlap", "1")[1])
        assert new and status(running, GEHEIM) == status(running, new[1]) == 200
        assert "2 secret(s) ended" in applicatie("intrek", "leverancier")[1]
        assert status(running, GEHEIM) == status(running, new[1]) == 401
        assert "There is no application" in applicatie("toon", "niemand")[1]
        assert running.stop() == 0

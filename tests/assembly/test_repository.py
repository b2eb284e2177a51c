"""Promises about the repository itself: the lock, what is tracked, and the two commands."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert "index-url" not in text
    blocks = [block for block in re.split(r"^(?=[a-z0-9])", text, flags=re.M) if re.match(r"[a-z0-9]", block)]
    assert len(blocks) > 20
    for block in blocks:
        assert "==" in block, block
        assert "--hash=sha256:" in block, block


def test_development_has_exactly_the_versions_of_production() -> None:
    pins = [
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.M))
        for name in ("requirements.txt", "requirements-dev.txt")
    ]
    assert pins[0].items() <= pins[1].items()


def test_no_lock_file_that_records_addresses_is_tracked() -> None:
    assert not {"uv.lock", "package-lock.json", "poetry.lock", "yarn.lock", "pnpm-lock.yaml"} & {
        Path(name).name for name in tracked()
    }


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = [
        b"pypi" + b".org",
        b"files.python" + b"hosted",
        b"registry.npm" + b"js",
        b"npm" + b"js.com",
        b"unp" + b"kg.com",
    ]
    found = [
        name
        for name in tracked()
        if (ROOT / name).is_file() and any(host in (ROOT / name).read_bytes() for host in hosts)
    ]
    assert found == []


@pytest.mark.parametrize("name", ["run", "test", ".ci/run"])
def test_the_commands_can_be_run_and_are_correct_bash(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / name], check=False).returncode == 0

"""What is stored comes back, whole, whatever happens."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from loket.foundation.errors import NotFound, Refused
from loket.foundation.storage import files, folder
from loket.foundation.time.clock import now


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "bestanden"


@given(st.binary(max_size=200_000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_content_comes_back_under_its_checksum(content: bytes) -> None:
    stored = files.store(io.BytesIO(content))
    assert stored == files.Stored(hashlib.sha256(content).hexdigest(), len(content))
    assert files.read(stored.sha256) == content
    assert files.verify(stored.sha256)
    assert files.store(content) == stored


def test_the_same_content_is_kept_once(data: Path) -> None:
    for _ in range(3):
        files.store(b"zelfde")
    assert [stored.size for stored in files.iter_all()] == [6]
    assert list((data / "tijdelijk").iterdir()) == []


def test_a_stream_is_read_from_its_beginning() -> None:
    stream = io.BytesIO(b"begin en eind")
    stream.read(5)
    assert files.read(files.store(stream).sha256) == b"begin en eind"


def test_too_large_is_refused_before_it_is_read_to_the_end(data: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.given += len(buffer)
            assert self.given < 1_000_000
            return len(buffer)

    with pytest.raises(Refused) as refused:
        files.store(io.BufferedReader(Endless()), max_bytes=100_000)
    assert refused.value.code == "te_groot"
    assert list(files.iter_all()) == [] and list((data / "tijdelijk").iterdir()) == []


def test_a_fault_half_way_keeps_nothing(data: Path) -> None:
    def broken() -> Any:
        yield b"half"
        raise OSError("disk away")

    with pytest.raises(OSError, match="disk away"):
        folder.Folder(data).put(broken(), 1000)
    assert list(files.iter_all()) == [] and list((data / "tijdelijk").iterdir()) == []


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64, "0" * 63 + "/"])
def test_a_key_that_names_no_file(key: str) -> None:
    with pytest.raises(NotFound):
        files.open_file(key)
    assert not files.exists(key) and not files.verify(key)


def test_a_damaged_file_is_noticed_and_mended(data: Path) -> None:
    stored = files.store(b"goed en heel")
    path = data / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    path.write_bytes(b"half")
    assert not files.verify(stored.sha256)
    files.store(b"goed en heel")
    assert files.verify(stored.sha256)


def test_the_sweep_takes_what_nobody_wants_any_more(data: Path) -> None:
    wanted, unwanted = files.store(b"gewenst"), files.store(b"weg")
    (data / "tijdelijk" / "half").write_bytes(b"van een gedood proces")
    assert files.sweep(lambda keys: {wanted.sha256}, now() - timedelta(days=1)) == 0
    assert files.sweep(lambda keys: {wanted.sha256}, now() + timedelta(days=1)) == 1
    assert files.exists(wanted.sha256) and not files.exists(unwanted.sha256)
    assert not (data / "tijdelijk" / "half").exists()

"""A file inside JSON, read as a stream."""

import base64
import json
import tracemalloc
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.api import upload
from loket.foundation.api.problem import Problem
from loket.foundation.storage.folder import Stored

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["inhoud", "a", '"', "\\", "é"]), below)
    ),
    max_leaves=6,
)


class Kept:
    """A storage that remembers, and reads in small steps."""

    def __init__(self) -> None:
        self.bytes = b""

    def __call__(self, source: Any, max_bytes: int) -> Stored:
        while chunk := source.read(7):
            self.bytes += chunk
        return Stored("x" * 64, len(self.bytes))


def take(raw: bytes, chunk: int = 3, max_rest: int = 10_000) -> tuple[bytes, Stored | None, bytes]:
    kept = Kept()
    before, upload.CHUNK = upload.CHUNK, chunk
    try:
        rest, stored = upload.take(BytesIO(raw), len(raw), "inhoud", max_rest=max_rest, max_file=10**9, save=kept)
    finally:
        upload.CHUNK = before
    return rest, stored, kept.bytes


@given(
    st.dictionaries(st.sampled_from(["a", "b", "é", 'x"y', "inhoud2"]), JSON, max_size=3),
    st.binary(max_size=60),
    st.integers(0, 3),
    st.integers(1, 9),
    st.booleans(),
    st.sampled_from([None, 2]),
)
@settings(max_examples=150, deadline=None)
def test_what_is_read_is_what_json_would_read(
    other: dict[str, Any], content: bytes, place: int, chunk: int, escaped: bool, indent: int | None
) -> None:
    text = base64.b64encode(content).decode()
    pairs = list(other.items())
    pairs.insert(min(place, len(pairs)), ("inhoud", text))
    raw = json.dumps(dict(pairs), indent=indent)
    if escaped:
        raw = raw.replace("/", "\\/").replace("+", "\\u002b")
    rest, stored, found = take(raw.encode(), chunk)
    assert found == content
    assert stored is not None
    assert json.loads(rest) == {**dict(pairs), "inhoud": ""}


@given(
    st.dictionaries(st.text(max_size=5), JSON, max_size=3).filter(lambda each: not isinstance(each.get("inhoud"), str))
)
@settings(max_examples=80, deadline=None)
def test_without_a_file_everything_is_kept(given_: dict[str, Any]) -> None:
    raw = json.dumps(given_).encode()
    rest, stored, _ = take(raw)
    assert (rest, stored) == (raw, None)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"inhoud": "QUJ',
        b'{"inhoud": "Q!JD"}',
        b'{"inhoud": "QUJ"}',
        b'{"inhoud": "QUJD", "inhoud": "QUJD"}',
        b'{"inhoud": "\\u00e9"}',
    ],
)
def test_what_is_no_base64_or_never_ends_is_named(raw: bytes) -> None:
    with pytest.raises(Problem) as refused:
        take(raw)
    assert refused.value.status == 400
    assert refused.value.params


def test_what_surrounds_the_file_has_a_limit() -> None:
    with pytest.raises(Problem) as refused:
        take(b'{"a": "' + b"x" * 2000 + b'"}', max_rest=1000)
    assert refused.value.status == 413


def test_a_large_file_costs_no_memory() -> None:
    size = 48 * 1024 * 1024

    class Stream:
        """`size` bytes of base64 in JSON, made while they are read."""

        def __init__(self) -> None:
            self.parts = [b'{"titel": "x", "inhoud": "', *[b"QUJD" * 65536] * (size // 262144), b'"}']
            self.left = b""

        def read(self, n: int) -> bytes:
            while self.parts and not self.left:
                self.left = self.parts.pop(0)
            chunk, self.left = self.left[:n], self.left[n:]
            return chunk

    def save(source: Any, max_bytes: int) -> Stored:
        total = 0
        while chunk := source.read(upload.CHUNK):
            total += len(chunk)
        return Stored("x" * 64, total)

    tracemalloc.start()
    rest, stored = upload.take(Stream(), None, "inhoud", max_rest=1000, max_file=10**12, save=save)  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stored is not None
    assert stored.size == size * 3 // 4
    assert json.loads(rest) == {"titel": "x", "inhoud": ""}
    assert peak < 8 * 1024 * 1024

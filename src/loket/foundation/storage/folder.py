"""A store of files on a folder, which may be a network share: files are added and removed, never changed."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from loket.foundation.errors import NotFound

CHUNK = 1 << 16
_TEMPORARY = "tijdelijk"


@dataclass(frozen=True)
class Stored:
    """A file in the store: the SHA-256 of its content, in hexadecimal, is its key; `size` is in bytes."""

    sha256: str
    size: int


class TooLarge(Exception):
    """The content is larger than the limit that was given; nothing was kept."""


class InUse(Protocol):
    """Given keys, which of them are still referred to."""

    def __call__(self, keys: Collection[str], /) -> Collection[str]: ...


class Store(Protocol):
    """What every kind of store can do: a folder today, S3-compatible storage later."""

    def put(self, chunks: Iterable[bytes], max_bytes: int) -> Stored: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def size(self, sha256: str) -> int | None: ...
    def iter_all(self) -> Iterator[Stored]: ...
    def sweep(self, in_use: InUse, before: datetime) -> int: ...


def check_key(sha256: str) -> str:
    """The key, if it can be one at all. Raises NotFound: what is not a checksum names no file, and no path either."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise NotFound("This is not the key of a file.")
    return sha256


class Folder:
    """Files at `root`/ab/cd/abcd…; each is written beside its place, flushed to the disk and then renamed, so that a
    name that exists is always a whole file. The same content is kept once."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, chunks: Iterable[bytes], max_bytes: int) -> Stored:
        """Keep the content. Raises TooLarge as soon as it exceeds `max_bytes`, OSError when the disk refuses."""
        temporary_folder = self.root / _TEMPORARY
        temporary_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=temporary_folder)
        digest, size = hashlib.sha256(), 0
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > max_bytes:
                        raise TooLarge(f"More than {max_bytes} bytes.")
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            self._settle(Path(temporary), digest.hexdigest(), size)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108
        return Stored(digest.hexdigest(), size)

    def _settle(self, temporary: Path, sha256: str, size: int) -> None:
        place = self._path(sha256)
        with contextlib.suppress(FileNotFoundError):
            if place.stat().st_size == size:
                os.utime(place)  # it is wanted again: `sweep` spares it
                if place.exists():
                    return
        made = [folder for folder in (place.parent, place.parent.parent) if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.replace(place)
        for folder in {place.parent, *(folder.parent for folder in made)}:
            _flush_folder(folder)

    def open(self, sha256: str) -> BinaryIO:
        """The content, for reading. Raises NotFound when there is no such file."""
        try:
            return self._path(check_key(sha256)).open("rb")
        except FileNotFoundError:
            raise NotFound("There is no such file in the store.") from None

    def size(self, sha256: str) -> int | None:
        """The size in bytes, or None when there is no such file."""
        try:
            return self._path(check_key(sha256)).stat().st_size
        except (FileNotFoundError, NotFound):
            return None

    def iter_all(self) -> Iterator[Stored]:
        """Every file, in order of its key."""
        for path in self._all():
            yield Stored(path.name, path.stat().st_size)

    def _all(self) -> Iterator[Path]:
        for outer in sorted(self.root.glob("[0-9a-f][0-9a-f]")):
            for inner in sorted(outer.glob("[0-9a-f][0-9a-f]")):
                yield from sorted(path for path in inner.iterdir() if len(path.name) == 64)

    def sweep(self, in_use: InUse, before: datetime) -> int:
        """Remove files that were last wanted before `before` and are not `in_use`, and what a killed process left half
        written; gives how many files. `before` must leave time for a change that stored a file but has not yet
        committed the row that refers to it: a day."""
        limit, removed = before.timestamp(), 0
        for half in (self.root / _TEMPORARY).glob("*"):
            if half.stat().st_mtime < limit:
                half.unlink(missing_ok=True)
        old = (path for path in self._all() if path.stat().st_mtime < limit)
        for paths in _batches(old, 500):
            wanted = set(in_use([path.name for path in paths]))
            for path in paths:
                if path.name not in wanted and path.stat().st_mtime < limit:
                    path.unlink(missing_ok=True)
                    removed += 1
        return removed


def _batches(paths: Iterator[Path], size: int) -> Iterator[list[Path]]:
    while batch := list(islice(paths, size)):
        yield batch


def _flush_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut, where the file system can."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)

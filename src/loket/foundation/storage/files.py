"""The few functions by which the house keeps and reads files, whatever store is behind them."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from loket.foundation.errors import Refused
from loket.foundation.storage.folder import CHUNK, Folder, InUse, Store, Stored, TooLarge

if TYPE_CHECKING:
    from django.core.files.base import File

__all__ = ["MAX_BYTES", "Stored", "exists", "iter_all", "open_file", "read", "size_of", "store", "sweep", "verify"]

MAX_BYTES = 20_000_000
"""The largest file that a person may send, in bytes."""

type Source = bytes | BinaryIO | File[Any]


def the_store() -> Store:
    """The store of this installation: `bestanden` in the data folder."""
    return Folder(Path(settings.DATA_DIR) / "bestanden")


def store(source: Source, max_bytes: int = MAX_BYTES) -> Stored:
    """Keep the content of `source` (bytes, a stream, or an upload from its beginning) and give its key.

    When this returns, the content is on the disk. Keep the key in a row in the transaction that follows; a file that no
    row refers to is removed by `sweep` later. Raises Refused (`te_groot`) above `max_bytes`.
    """
    try:
        return the_store().put(_chunks(source), max_bytes)
    except TooLarge:
        raise Refused("te_groot", _("Dit bestand is te groot. Kies een kleiner bestand."), None) from None


def _chunks(source: Source) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    if source.seekable():
        source.seek(0)
    while chunk := source.read(CHUNK):
        yield chunk


def open_file(sha256: str) -> BinaryIO:
    """The content of a file, for reading; close it. Raises NotFound when there is no such file."""
    return the_store().open(sha256)


def read(sha256: str) -> bytes:
    """The whole content of a file that is known to be small."""
    with open_file(sha256) as file:
        return file.read()


def exists(sha256: str) -> bool:
    """Whether the store has this file."""
    return size_of(sha256) is not None


def size_of(sha256: str) -> int | None:
    """The size of a file in bytes, or None when it is not there."""
    return the_store().size(sha256)


def verify(sha256: str) -> bool:
    """Whether the file is there and its content still has this checksum."""
    if not exists(sha256):
        return False
    with open_file(sha256) as file:
        digest = hashlib.sha256()
        for chunk in _chunks(file):
            digest.update(chunk)
    return digest.hexdigest() == sha256


def iter_all() -> Iterator[Stored]:
    """Every file in the store, in order of its key: for the back-up and the doctor."""
    return the_store().iter_all()


def sweep(in_use: InUse, before: datetime) -> int:
    """Remove files that nobody wanted since `before` and that `in_use` does not name; see `Folder.sweep`."""
    return the_store().sweep(in_use, before)

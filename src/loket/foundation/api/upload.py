"""JSON in which one field is a whole file in base64: read as a stream, so that gigabytes cost no memory.

The bytes around the file are kept and judged as any JSON; those of the file are decoded on their way to the storage.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import BinaryIO

from loket.foundation.api.problem import Problem, invalid
from loket.foundation.storage.files import Stored, store

CHUNK = 256 * 1024
_MARK = re.compile(rb'["\\{}\[\],:]')
_ESCAPE = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|(.))", re.S)
_INCOMPLETE = re.compile(rb"\\(?:u[0-9a-fA-F]{0,3})?\Z")


class Reader:
    """Reads `stream` (at most `length` bytes). `field`: the key, on the highest level, of the text that is a file."""

    def __init__(self, stream: BinaryIO, length: int | None, field: str, max_rest: int) -> None:
        self._read, self._left, self._name, self._max = stream.read, length, field, max_rest
        self.rest = bytearray()
        self._buffer = b""
        self._depth, self._key, self._awaits = 0, "", False
        self._ended = self._inside = False
        self._pending = b""

    def _more(self) -> bool:
        """Put another chunk in the buffer; whether there was one."""
        size = CHUNK if self._left is None else min(CHUNK, self._left)
        chunk = self._read(size) if size else b""
        if self._left is not None:
            self._left -= len(chunk)
        self._buffer += chunk
        self._ended = not chunk
        return bool(chunk)

    def _keep(self, until: int) -> None:
        self.rest += self._buffer[:until]
        self._buffer = self._buffer[until:]
        if len(self.rest) > self._max:
            raise Problem(413)

    def _string(self) -> bytes | None:
        """The string, quotes included, with which the buffer begins; None when it never ends."""
        at = 1
        while True:
            end = self._buffer.find(b'"', at)
            if end < 0:
                at = len(self._buffer)
                if at > self._max:
                    raise Problem(413)
                if not self._more():
                    return None
                continue
            backslashes = end - len(self._buffer[:end].rstrip(b"\\"))
            if backslashes % 2 == 0:
                return self._buffer[: end + 1]
            at = end + 1

    def head(self) -> bool:
        """Keep everything until the file begins; False when the document ended without one."""
        while True:
            found = _MARK.search(self._buffer)
            if found is None:
                self._keep(len(self._buffer))
                if not self._more():
                    return False
                continue
            mark = found[0]
            self._keep(found.start())
            if mark == b'"':
                if self._awaits and self._depth == 1 and self._key == self._name:
                    self._buffer = self._buffer[1:]
                    self._inside, self._awaits = True, False
                    self.rest += b'""'
                    return True
                text = self._string()
                if text is None:
                    self._keep(len(self._buffer))
                    return False
                if self._depth == 1 and not self._awaits:
                    self._key = _plain(text)
                self._awaits = False if self._depth == 1 else self._awaits
                self._keep(len(text))
                continue
            if mark in b"{[":
                self._depth += 1
            elif mark in b"}]":
                self._depth -= 1
            if self._depth == 1 and mark in b",:":
                self._awaits = mark == b":"
            elif mark in b"{[" and self._depth == 1:
                self._awaits = False
            self._keep(1)

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes of the file; none at its end. Raises Problem for what is no base64."""
        while self._inside:
            if not self._buffer and not self._more():
                raise invalid("nonFieldErrors", "parse_error", "De JSON houdt op midden in het bestand.")
            end = self._buffer.find(b'"')
            text = self._pending + (self._buffer if end < 0 else self._buffer[:end])
            self._buffer = b"" if end < 0 else self._buffer[end + 1 :]
            self._pending = b""
            if end >= 0:
                self._inside = False
            elif found := _INCOMPLETE.search(text):
                text, self._pending = text[: found.start()], found[0]
            if b"\\" in text:
                text = _ESCAPE.sub(_unescape, text)
            if self._inside:
                odd = len(text) % 4
                if self._pending and odd:
                    self._pending = text[-odd:] + self._pending
                elif odd:
                    self._pending = text[-odd:]
                text = text[:-odd] if odd else text
            try:
                if decoded := base64.b64decode(text, validate=True):
                    return decoded
            except (binascii.Error, ValueError):
                raise invalid(self._name, "invalid", "Dit is geen base64.") from None
        return b""

    def seekable(self) -> bool:
        """It is read once, from the beginning to the end."""
        return False


def _plain(text: bytes) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return ""


def _unescape(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return chr(int(found[1], 16)).encode("utf-8", "replace")
    return found[2] if found[2] in b"/" else b"\\" + found[2]


def take(
    stream: BinaryIO,
    length: int | None,
    field: str,
    *,
    max_rest: int,
    max_file: int,
    save: Callable[..., Stored] = store,
) -> tuple[bytes, Stored | None]:
    """The JSON with an empty text for the file, and the file in the storage (None when there is none). A refused
    document leaves only bytes that nothing refers to, which `storage.sweep` takes away. Raises Problem."""
    reader = Reader(stream, length, field, max_rest)
    stored = None
    while reader.head():
        if stored is not None:
            raise invalid(field, "parse_error", "Dit veld staat er twee keer.")
        stored = save(reader, max_file)
        reader.read()
    return bytes(reader.rest), stored

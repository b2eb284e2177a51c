"""Giving a file to a browser in such a way that it can do nothing but be looked at or saved."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from loket.foundation.errors import NotFound
from loket.foundation.storage.files import open_file, size_of
from loket.foundation.storage.folder import CHUNK
from loket.foundation.storage.names import clean_name

_ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
# a browser's own viewer of PDF does not start inside a sandbox; the scripts of a PDF never run as scripts of this site
_VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
_INLINE = {
    "image/jpeg": _ALONE,
    "image/png": _ALONE,
    "image/webp": _ALONE,
    "image/gif": _ALONE,
    "text/plain": _ALONE,
    "application/pdf": _VIEWER,
}
_MIME = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,100}")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve(
    sha256: str, name: str, mime: str, inline: bool = False, *, request: HttpRequest | None = None
) -> HttpResponseBase:
    """The file as an answer, streamed. Who may have it was decided by whoever calls this.

    Saved under `name`, unless `inline` and `mime` is a picture, plain text or PDF: then shown. With `request` it
    answers `Range` (RFC 9110 section 14: one range; more than one gives the whole) with 206 or 416, and
    `If-None-Match` with 304. Raises NotFound when the file is not in the store.
    """
    size = size_of(sha256)
    if size is None:
        raise NotFound("There is no such file in the store.")
    etag = f'"{sha256}"'
    wanted = _wanted(request, etag, size)
    if wanted == "unchanged":
        response: HttpResponseBase = HttpResponse(status=304)
    elif wanted is None:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        start, stop = wanted if isinstance(wanted, tuple) else (0, size)
        part = isinstance(wanted, tuple)
        response = StreamingHttpResponse(_read(open_file(sha256), start, stop), status=206 if part else 200)
        response["Content-Length"] = str(stop - start)
        if part:
            response["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    _dress(response, clean_name(name), mime if _MIME.fullmatch(mime) else "application/octet-stream", inline)
    response["ETag"] = etag
    return response


def _dress(response: HttpResponseBase, name: str, mime: str, inline: bool) -> None:
    shown = inline and mime in _INLINE
    response["Content-Type"] = f"{mime}; charset=utf-8" if mime == "text/plain" else mime
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    response["Content-Security-Policy"] = _INLINE[mime] if shown else _ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["Accept-Ranges"] = "bytes"


def _wanted(request: HttpRequest | None, etag: str, size: int) -> tuple[int, int] | str | None:
    """'all', 'unchanged', the first byte and the one after the last, or None when no such part exists."""
    if request is None:
        return "all"
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if etag in known or "*" in known:
        return "unchanged"
    found = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not found or found.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
        return "all"
    first, last = found.groups()
    if max(len(first), len(last)) > 15:
        return None
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return "all"
    return (start, stop) if start < stop else None


def _read(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = stop - start
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

"""A file that is served can be looked at or saved, in parts if wanted, and can do nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from loket.foundation.errors import NotFound
from loket.foundation.storage.files import store
from loket.foundation.storage.serving import serve

CONTENT = bytes(range(256)) * 1000


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> str:
    settings.DATA_DIR = tmp_path
    return store(CONTENT).sha256


def body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)
    return response.content  # type: ignore[attr-defined, no-any-return]


def test_a_file_is_saved_and_can_do_nothing(key: str) -> None:
    response = serve(key, "foto.jpg", "image/jpeg")
    assert response.status_code == 200 and body(response) == CONTENT
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"] == 'attachment; filename="foto.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        "sandbox" in response["Content-Security-Policy"] and "default-src 'none'" in response["Content-Security-Policy"]
    )
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/x-sh", "application/xml"])
def test_what_a_browser_could_run_is_never_shown(key: str, mime: str) -> None:
    assert serve(key, "x", mime, inline=True)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "text/plain", "application/pdf"])
def test_pictures_text_and_pdf_may_be_shown(key: str, mime: str) -> None:
    response = serve(key, "x", mime, inline=True)
    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Type"].startswith(mime)


def test_names_survive_and_smuggle_nothing(key: str) -> None:
    assert serve(key, "café Şule.pdf", "application/pdf")["Content-Disposition"] == (
        "attachment; filename*=utf-8''caf%C3%A9%20%C5%9Eule.pdf"
    )
    assert serve(key, 'a"\r\nSet-Cookie: x=1;.pdf', "a\r\nb")["Content-Disposition"].count("\n") == 0
    assert serve(key, "x", "a\r\nb")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, None),
        ("bytes=-5", 206, -5, None),
        ("bytes=0-99999999", 206, 0, None),
        ("bytes=9-3", 200, 0, None),
        ("bytes=0-1,5-6", 200, 0, None),
        ("bytes=-", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_a_part_of_it(key: str, rf: RequestFactory, asked: str, status: int, start: int, stop: int | None) -> None:
    response = serve(key, "x.pdf", "application/pdf", request=rf.get("/", headers={"Range": asked}))
    assert response.status_code == status
    assert body(response) == CONTENT[start:stop]
    assert int(response["Content-Length"]) == len(CONTENT[start:stop])
    if status == 206:
        assert response["Content-Range"].startswith("bytes ") and response["Content-Range"].endswith("/256000")


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=-0", "bytes=99999999999999999999-"])
def test_a_part_that_is_not_there(key: str, rf: RequestFactory, asked: str) -> None:
    response = serve(key, "x.pdf", "application/pdf", request=rf.get("/", headers={"Range": asked}))
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */256000")


def test_what_the_browser_has_is_not_sent_again(key: str, rf: RequestFactory) -> None:
    first = serve(key, "x", "image/png", request=rf.get("/"))
    again = serve(key, "x", "image/png", request=rf.get("/", headers={"If-None-Match": first["ETag"]}))
    assert (again.status_code, body(again)) == (304, b"")
    other = rf.get("/", headers={"Range": "bytes=0-1", "If-Range": '"iets anders"'})
    assert serve(key, "x", "image/png", request=other).status_code == 200


def test_a_file_that_is_not_there(key: str) -> None:
    with pytest.raises(NotFound):
        serve("0" * 64, "x", "image/png")

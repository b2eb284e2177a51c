"""What people send is what it says, or is refused in words that say what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.foundation.errors import Refused
from loket.foundation.storage import kinds
from loket.foundation.storage.uploads import PHOTOS, Checked, inspect_upload
from tests.foundation.storage import samples

GOOD = [
    ("foto.jpg", samples.phone_jpeg(), kinds.JPEG, "foto.jpg"),
    ("foto.JPEG", samples.phone_jpeg(), kinds.JPEG, "foto.JPEG"),
    ("WhatsApp.jpg", samples.phone_webp(), kinds.WEBP, "WhatsApp.webp"),
    ("foto", samples.phone_png(), kinds.PNG, "foto.png"),
    ("plaatje.gif", samples.gif(), kinds.GIF, "plaatje.gif"),
    ("brief.pdf", samples.pdf(), kinds.PDF, "brief.pdf"),
    ("notitie.txt", "Hallo, ik ben Şule. 👋\r\nGroet".encode(), kinds.TEXT, "notitie.txt"),
    ("../map/brief.docx", samples.docx(), kinds.DOCX, "brief.docx"),
    ("lijst.xlsx", samples.xlsx(), kinds.XLSX, "lijst.xlsx"),
    ("brief.odt", samples.odt(), kinds.ODT, "brief.odt"),
]
JPEG, PDF, DOCX = samples.phone_jpeg(), samples.pdf(), samples.docx()
HOSTILE = [
    ("leeg.jpg", b"", "leeg"),
    ("pagina.html", b"<!DOCTYPE html><script>alert(1)</script>", "programma"),
    ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "programma"),
    ("foto.jpg", b"\n\n <html><body>x", "programma"),
    ("notitie.txt", b"<?xml version='1.0'?><a/>", "programma"),
    ("foto.jpg", b"MZ\x90\x00" + b"\0" * 200, "programma"),
    ("foto.png", b"\x7fELF" + b"\0" * 200, "programma"),
    ("script.txt", b"#!/bin/sh\nrm -rf /", "programma"),
    ("foto.jpg", b"zomaar \x00\x01\x02 iets", "onbekend"),
    ("foto.jpg", bytes(range(128, 256)), "onbekend"),
    ("foto.heic", b"\x00\x00\x00\x18ftypheic" + b"\0" * 100, "heic"),
    ("foto.jpg", PDF, "naam_past_niet"),
    ("brief.pdf", JPEG, "naam_past_niet"),
    ("rekening.pdf.exe", PDF, "naam_past_niet"),
    ("foto.gif", b"GIF89a/*<script>alert(1)</script>*/", "dubbel"),
    ("foto.jpg", JPEG + samples.packed({"x.exe": b"MZ"}), "dubbel"),
    ("foto.png", samples.phone_png() + b"<?php system($_GET[0]);", "dubbel"),
    ("brief.pdf", PDF + samples.packed({"x.jar": b"x"}), "dubbel"),
    ("brief.docx", samples.docx(**{"../../etc/cron.d/x": b"x"}), "dubbel"),
    ("foto.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 50, "kapot"),
    ("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "kapot"),
    ("foto.png", samples.png_bomb(), "te_veel_pixels"),
    ("foto.png", samples.png_bomb(2_000_000_000, 2), "te_veel_pixels"),
    ("foto.jpg", samples.scan_bomb(), "te_veel_pixels"),
    ("brief.pdf", b"%PDF-1.7\nafgebroken", "kapot"),
    ("brief.pdf", samples.pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "programma_pdf"),
    ("brief.pdf", samples.pdf(b"/OpenAction<</S/Java#53cript/JS(x)>>"), "programma_pdf"),
    ("alles.zip", samples.packed({"a.txt": b"x"}), "zip"),
    ("brief.docx", DOCX[:60], "kapot"),
    ("brief.docx", samples.docx(**{"word/vbaProject.bin": b"x"}), "macro"),
    ("brief.docx", samples.docx(**{"word/media/nul.bmp": b"\0" * 20_000_000}), "zipbom"),
    ("brief.docx", samples.packed({f"{n}": b"" for n in range(2_500)}), "zipbom"),
]


def look(name: str, content: bytes, **more: object) -> Checked:
    file = SimpleUploadedFile("x", content, content_type="image/jpeg")
    file._name = name  # type: ignore[attr-defined]
    checked = inspect_upload(file, **more)  # type: ignore[arg-type]
    assert file.tell() == 0 and file.read() == content
    return checked


@pytest.mark.parametrize(("name", "content", "kind", "cleaned"), GOOD, ids=[row[0] for row in GOOD])
def test_good_files_come_in_as_what_they_are(name: str, content: bytes, kind: kinds.Kind, cleaned: str) -> None:
    checked = look(name, content)
    assert (checked.kind, checked.mime, checked.name, checked.size) == (kind, kind.mime, cleaned, len(content))
    assert checked.is_photo == (checked.width > 0) == (kind in PHOTOS)


@pytest.mark.parametrize(("name", "content", "code"), HOSTILE, ids=[f"{row[2]}-{row[0]}" for row in HOSTILE])
def test_hostile_files_are_refused_in_words(name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        look(name, content)
    assert refused.value.code == code
    assert refused.value.field == "bestanden"
    assert refused.value.message.endswith(".") and len(refused.value.message) < 160


def test_too_large_is_refused_with_its_size() -> None:
    with pytest.raises(Refused, match=r"‘lang\.txt’ is te groot: 2,5 MB\. Een bestand mag 2 MB zijn\."):
        look("lang.txt", b"a" * 2_500_000, max_bytes=2_000_000)


def test_only_what_is_allowed() -> None:
    with pytest.raises(Refused, match=r"Kies een bestand dat eindigt op \.gif, \.jpg, \.png, \.webp\."):
        look("brief.pdf", PDF, allowed=PHOTOS)


@settings(max_examples=150)
@given(
    st.sampled_from([row[1] for row in GOOD]), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6)
)
def test_a_damaged_file_is_taken_or_refused_and_never_a_fault(content: bytes, blows: list[tuple[float, bytes]]) -> None:
    for where, what in blows:
        at = int(where * len(content))
        content = content[:at] + what + content[at + len(what) :]
    try:
        assert look("bestand", content).size == len(content)
    except Refused as refused:
        assert refused.message

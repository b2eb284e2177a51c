"""Names of files: nothing in them misleads a person or a system, and what people wrote stays readable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.storage.names import MAX_NAME, clean_name, suffix_of


@given(st.text(max_size=400), st.sampled_from(["", ".jpg", ".pdf"]))
def test_every_name_becomes_a_safe_name(name: str, suffix: str) -> None:
    cleaned = clean_name(name, suffix)
    assert 0 < len(cleaned) <= MAX_NAME + 20
    assert cleaned.endswith(suffix) and cleaned not in (".", "..", suffix)
    assert not set(cleaned) & set('/\\<>:"|?*\0\r\n\t')
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
    assert clean_name(cleaned, suffix) == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("losse stoeptegel.jpg", "losse stoeptegel.jpg"),
        ("IMG_0042.JPG", "IMG_0042.JPG"),
        ("Şahin – café №3 👩‍👧 ‏שלום.pdf", "Şahin – café №3 👩‍👧 שלום.pdf"),
        ("C:\\Users\\Anna\\foto.png", "foto.png"),
        ("../../etc/passwd", "passwd"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("a\x00b\r\nContent-Type: x.txt", "ab Content-Type_ x.txt"),
        ("CON.txt", "_CON.txt"),
        ("...", "bestand"),
        ("", "bestand"),
        (".jpg", "jpg"),
    ],
)
def test_examples(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("lang " * 100 + ".pdf").endswith(".pdf")
    assert suffix_of("archief.tar.gz") == ".gz"
    assert suffix_of("zonder") == ""

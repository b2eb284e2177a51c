"""Of a photo only the picture stays; its place and moment are told."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps

from loket.foundation.errors import Refused
from loket.foundation.storage.images import Place, clean_photo
from loket.foundation.time.clock import frozen
from tests.foundation.storage import samples

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PNG_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def jpeg_segments(data: bytes) -> list[int]:
    """The markers before the picture itself, and what follows its end."""
    found, at = [], 2
    while data[at + 1] != 0xDA:
        found.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    assert data.index(b"\xff\xd9", at) == len(data) - 2, "nothing after the end"
    return found


def png_chunks(data: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(data):
        found.add(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4])
    return found


def bare(data: bytes) -> bool:
    """Whether there is nothing in the file but the picture."""
    if data.startswith(b"\xff\xd8"):
        return set(jpeg_segments(data)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
    return png_chunks(data) <= PNG_CHUNKS


@pytest.mark.parametrize("make", [samples.phone_jpeg, samples.phone_png, samples.phone_webp])
def test_place_and_moment_are_told_and_no_metadata_stays(make: object) -> None:
    original = make()  # type: ignore[operator]
    assert samples.SECRET in original
    with frozen(MOMENT):
        photo = clean_photo(original)
    assert photo.place == Place(52.09, 5.12)
    assert photo.taken_at is not None and photo.taken_at.isoformat() == "2026-11-20T14:12:09+01:00"
    for data in (photo.data, photo.thumbnail):
        assert bare(data) and samples.SECRET not in data and b"Exif" not in data
        with Image.open(io.BytesIO(data)) as image:
            assert not image.getexif() and not {"icc_profile", "comment", "xmp", "exif"} & image.info.keys()
    assert (photo.width, photo.height) == (40, 80), "turned upright"


def test_the_picture_is_turned_as_the_camera_says() -> None:
    with Image.open(io.BytesIO(clean_photo(samples.phone_jpeg(orientation=6)).data)) as image:
        red, white = image.getpixel((35, 5)), image.getpixel((5, 5))
    assert isinstance(red, tuple) and isinstance(white, tuple)
    assert red[1] < 60 and white[1] > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_turn_is_that_of_pillow(orientation: int) -> None:
    data = samples.encode(samples.picture((80, 40)), "PNG", exif=samples.exif(orientation))
    with Image.open(io.BytesIO(data)) as image, Image.open(io.BytesIO(clean_photo(data).data)) as cleaned:
        assert cleaned.tobytes() == ImageOps.exif_transpose(image).tobytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_a_very_large_picture_is_made_small_first(mode: str) -> None:
    data = samples.encode(samples.picture((13_000, 500)).convert(mode), "PNG", exif=samples.exif(6))
    photo = clean_photo(data)
    assert photo.height == 3000 and 114 <= photo.width <= 117 and bare(photo.data)
    with Image.open(io.BytesIO(photo.data)) as image:
        assert image.mode == ("RGBA" if mode == "RGBA" else "RGB")


def test_without_place_there_is_none() -> None:
    assert clean_photo(samples.phone_jpeg(gps=False)).place is None


@pytest.mark.parametrize(
    ("lat", "ref"), [((0.0, 0.0, 0.0), "N"), ((99.0, 0.0, 0.0), "N"), ((), "N"), ((52.0, 5.0, 1.0), None)]
)
def test_nonsense_for_a_place_means_none(lat: object, ref: object) -> None:
    exif = samples.exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = lat
    gps[ExifTags.GPS.GPSLongitude] = (0.0, 0.0, 0.0)
    if ref is None:
        del gps[ExifTags.GPS.GPSLatitudeRef]
    assert clean_photo(samples.encode(samples.picture(), "JPEG", exif=exif)).place is None


def test_south_and_west_are_negative() -> None:
    exif = samples.exif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef] = "S", "W"
    assert clean_photo(samples.encode(samples.picture(), "JPEG", exif=exif)).place == Place(-52.09, -5.12)


def test_large_photos_become_smaller_and_keep_their_shape() -> None:
    photo = clean_photo(samples.encode(samples.picture((6000, 3000)), "JPEG"))
    assert (photo.width, photo.height) == (3000, 1500)
    with Image.open(io.BytesIO(photo.thumbnail)) as small:
        assert small.size == (480, 240)


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_drawn(mode: str) -> None:
    image = Image.new("I;16", (30, 20), 900) if mode == "I;16" else Image.new("RGB", (30, 20), "red").convert(mode)
    photo = clean_photo(samples.encode(image, "PNG"))
    assert photo.mime == "image/png" and bare(photo.data) and (photo.width, photo.height) == (30, 20)


def test_gif_becomes_png_and_cmyk_becomes_rgb() -> None:
    assert clean_photo(samples.gif()).suffix == ".png"
    photo = clean_photo(samples.encode(Image.new("CMYK", (20, 20)), "JPEG"))
    with Image.open(io.BytesIO(photo.data)) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize(
    "data", [b"", b"geen foto", samples.pdf(), samples.phone_jpeg()[:700], samples.png_bomb(), samples.scan_bomb()]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        clean_photo(data)


@settings(max_examples=150)
@given(
    st.sampled_from([samples.phone_jpeg(), samples.phone_png(), samples.phone_webp(), samples.gif()]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=5),
)
def test_a_damaged_photo_is_clean_or_refused(content: bytes, blows: list[tuple[float, bytes]]) -> None:
    for where, what in blows:
        at = int(where * len(content))
        content = content[:at] + what + content[at + len(what) :]
    try:
        photo = clean_photo(content)
    except Refused as refused:
        assert refused.message
    else:
        assert bare(photo.data) and samples.SECRET not in photo.data

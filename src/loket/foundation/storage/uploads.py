"""Looking at what somebody sends, before anything is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.foundation.errors import Refused
from loket.foundation.storage import kinds
from loket.foundation.storage.files import MAX_BYTES
from loket.foundation.storage.kinds import DOCUMENTS, PHOTOS, Doubtful, Kind
from loket.foundation.storage.names import clean_name, suffix_of
from loket.foundation.storage.pictures import measure

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

__all__ = ["DOCUMENTS", "PHOTOS", "Checked", "Kind", "inspect_upload"]


@dataclass(frozen=True)
class Checked:
    """A file that was looked at: its cleaned name (with the suffix of what it is), what it is, and its size. `width`
    and `height` are those of a photo, in pixels, else 0."""

    name: str
    mime: str
    size: int
    kind: Kind
    width: int = 0
    height: int = 0

    @property
    def is_photo(self) -> bool:
        """Whether `clean_photo` can take it."""
        return self.kind in PHOTOS


def inspect_upload(
    file: "UploadedFile[Any]",
    allowed: Collection[Kind] = DOCUMENTS,
    max_bytes: int = MAX_BYTES,
    *,
    field: str | None = "bestanden",
) -> Checked:
    """What `file` really is. Reads it, keeps nothing, and leaves it at its beginning.

    Raises Refused with words that say what to do: `leeg`, `te_groot`, `soort` (not `allowed`), `naam_past_niet` (the
    name says something else than the content), `heic`, `programma`, `programma_pdf`, `macro`, `dubbel`, `zip`,
    `zipbom`, `te_veel_pixels`, `kapot`, `onbekend`. A photo is only measured: `clean_photo` opens it whole.
    """
    name = clean_name(file.name or "")
    stream = cast(BinaryIO, file.file)
    size = stream.seek(0, 2)
    if size == 0:
        raise kinds.refusal("leeg", name, field)
    if size > max_bytes:
        raise Refused("te_groot", _too_large(name, size, max_bytes), field)
    width = height = 0
    try:
        kind = kinds.look(stream, size)
        if kind in PHOTOS:
            width, height = measure(stream, kind)
    except Doubtful as doubt:
        raise kinds.refusal(doubt.code, name, field) from None
    finally:
        stream.seek(0)
    if kind not in allowed:
        raise Refused("soort", _not_allowed(name, allowed), field)
    suffix = suffix_of(name).lower()
    if suffix not in kind.suffixes:
        if suffix and not _same_family(suffix, kind):
            raise Refused(
                "naam_past_niet",
                _("‘%(naam)s’ is iets anders dan de naam zegt. Open het zelf, bewaar het opnieuw en kies het dan.")
                % {"naam": name},
                field,
            )
        name = clean_name(name, kind.suffixes[0])
    return Checked(name, kind.mime, size, kind, width, height)


def _same_family(suffix: str, kind: Kind) -> bool:
    """Phones and chat programs often call one kind of photo by the suffix of another; that misleads nobody."""
    return any(suffix in other.suffixes and other.family == kind.family for other in DOCUMENTS)


def _too_large(name: str, size: int, limit: int) -> str:
    return _("‘%(naam)s’ is te groot: %(is)s. Een bestand mag %(max)s zijn.") % {
        "naam": name,
        "is": _megabytes(size),
        "max": _megabytes(limit),
    }


def _megabytes(count: int) -> str:
    text = f"{count / 1_000_000:.1f}".removesuffix(".0")
    return f"{text if (get_language() or 'nl').startswith('en') else text.replace('.', ',')} MB"


def _not_allowed(name: str, allowed: Collection[Kind]) -> str:
    ends = ", ".join(sorted(kind.suffixes[0] for kind in allowed))
    return _("‘%(naam)s’ kan hier niet. Kies een bestand dat eindigt op %(einde)s.") % {"naam": name, "einde": ends}

"""Who still needs which files: each room that refers to files says so here; the nightly sweep leaves those alone."""

from collections.abc import Collection

from loket.foundation.storage.folder import InUse

_keepers: dict[str, InUse] = {}


def keep(room: str, in_use: InUse) -> None:
    """Register the question that `room` answers: of these keys, which do you refer to? In `ready()` of its apps.py."""
    _keepers[room] = in_use


def kept(keys: Collection[str]) -> set[str]:
    """Which of these keys any room refers to. Raises RuntimeError when no room has registered: then nothing is known,
    and everything must stay."""
    if not _keepers:
        raise RuntimeError("No room says which files it uses; nothing is removed.")
    return {key for in_use in _keepers.values() for key in in_use(keys)}

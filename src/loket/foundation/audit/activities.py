"""The register of processing activities: every use of personal data names one of these."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Activity:
    """A processing activity as a resident may read it: what, what for, on which ground; `versie` changes when its
    meaning does."""

    code: str
    naam: str
    doel: str
    grondslag: str
    versie: int = 1

    @property
    def uri(self) -> str:
        """The identifier of this version, as the data-use log stores it."""
        return f"urn:loket:verwerkingsactiviteit:{self.code}:{self.versie}"


registry: dict[str, Activity] = {}


def register(code: str, *, naam: str, doel: str, grondslag: str, versie: int = 1) -> Activity:
    """Add an activity to the register; a room does so from its apps.py. Twice the same is harmless."""
    activity = Activity(code, naam, doel, grondslag, versie)
    if registry.setdefault(code, activity) != activity:
        raise ValueError(f"The activity {code!r} is registered twice, with different meanings.")
    return activity


def by_uri(uri: str) -> Activity | None:
    """The activity that a line of the log names, or None for a version that is no longer in use."""
    return next((activity for activity in registry.values() if activity.uri == uri), None)

"""What the klanten register announces. No personal data: listeners look that up, with a purpose."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class PartijGeregistreerd(Event):
    """A person or organisation (`subject`) became known to an organisation."""

    type: ClassVar[str] = "nl.loket.klanten.partij.geregistreerd"


@dataclass(frozen=True, kw_only=True)
class ContactVastgelegd(Event):
    """Something was said: `subject` is the zaak it is about (the klantcontact itself when it is about none; the first
    zaak when it is about more, see `zaken`). `eerste`: it is the first contact of that zaak."""

    type: ClassVar[str] = "nl.loket.klanten.klantcontact.vastgelegd"
    klantcontact: UUID
    kanaal: str
    richting: str
    zaken: tuple[UUID, ...]
    eerste: bool


@dataclass(frozen=True, kw_only=True)
class ContactGedeeld(Event):
    """Contacts of another zaak were shared with this one (`subject`), of another organisation."""

    type: ClassVar[str] = "nl.loket.klanten.klantcontact.gedeeld"
    van: UUID
    klantcontacten: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class InternetaakGegeven(Event):
    """In the zaak (`subject`) a colleague or team was asked something, or was given other work than before."""

    type: ClassVar[str] = "nl.loket.klanten.internetaak.gegeven"
    internetaak: UUID
    soort: str
    team: UUID | None
    medewerker: UUID | None


@dataclass(frozen=True, kw_only=True)
class InternetaakOpgepakt(Event):
    """Somebody (`door`) took up a task of the zaak (`subject`)."""

    type: ClassVar[str] = "nl.loket.klanten.internetaak.opgepakt"
    internetaak: UUID
    soort: str
    door: UUID | None


@dataclass(frozen=True, kw_only=True)
class InternetaakAfgehandeld(Event):
    """A task of the zaak (`subject`) is done, or was withdrawn (`ingetrokken`)."""

    type: ClassVar[str] = "nl.loket.klanten.internetaak.afgehandeld"
    internetaak: UUID
    soort: str
    ingetrokken: bool = False


@dataclass(frozen=True, kw_only=True)
class InternetaakTeruggegeven(Event):
    """A task of the zaak (`subject`) went back to its coordinator: given back, or taken up by nobody in time."""

    type: ClassVar[str] = "nl.loket.klanten.internetaak.teruggegeven"
    internetaak: UUID
    soort: str
    coordinator: UUID


@dataclass(frozen=True, kw_only=True)
class AdresGebounced(Event):
    """Mail to a resident (`subject` is the partij) came back: another way to reach him or her is needed."""

    type: ClassVar[str] = "nl.loket.klanten.digitaaladres.gebounced"
    digitaaladres: UUID


@dataclass(frozen=True, kw_only=True)
class TerugbellenBeloofd(Event):
    """The resident of the zaak (`subject`) was promised a call between `van` and `uiterlijk` (ISO); `opnieuw`: instead
    of another moment that was promised before."""

    type: ClassVar[str] = "nl.loket.klanten.terugbellen.beloofd"
    internetaak: UUID
    van: str
    uiterlijk: str
    opnieuw: bool = False


@dataclass(frozen=True, kw_only=True)
class Teruggebeld(Event):
    """Somebody called the resident of the zaak (`subject`): `uitkomst` is bereikt, niet_bereikt or voicemail, and
    `pogingen` how often it was tried in vain so far."""

    type: ClassVar[str] = "nl.loket.klanten.terugbellen.gebeld"
    internetaak: UUID
    klantcontact: UUID
    uitkomst: str
    pogingen: int


@dataclass(frozen=True, kw_only=True)
class TerugbellenTeLaat(Event):
    """The promised moment of a call-back in the zaak (`subject`) passed and nobody had called."""

    type: ClassVar[str] = "nl.loket.klanten.terugbellen.te_laat"
    internetaak: UUID

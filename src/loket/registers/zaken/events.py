"""What the zaken register announces. `subject` is always the zaak. No personal data: listeners look that up."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ZaakGemaakt(Event):
    """A zaak was recorded and has its number. `doorgezonden_van` is the zaak of another organisation that sent it
    on."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.gemaakt"
    identificatie: str
    zaaktype: str
    kanaal: str
    team: UUID | None = None
    doorgezonden_van: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ZaakBijgewerkt(Event):
    """Something about the open zaak changed: `velden` names what (antwoord_voor, wacht_op, omschrijving, …)."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.bijgewerkt"
    velden: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StatusGezet(Event):
    """The zaak took a step. `informeren`: the zaaktype says that the resident is told of this step."""

    type: ClassVar[str] = "nl.loket.zaken.status.gezet"
    status: UUID
    statustype: str
    informeren: bool


@dataclass(frozen=True, kw_only=True)
class ZaakToegewezen(Event):
    """Another team or employee has the zaak now."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.toegewezen"
    team: UUID | None
    behandelaar: UUID | None
    vorig_team: UUID | None
    vorige_behandelaar: UUID | None


@dataclass(frozen=True, kw_only=True)
class ZakenGekoppeld(Event):
    """The zaak was related to `andere_zaak`."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.gekoppeld"
    andere_zaak: UUID
    aard_relatie: str


@dataclass(frozen=True, kw_only=True)
class ZaakGesloten(Event):
    """The zaak ended with `resultaat` (its key) of resultaattype `resultaattype` (its name)."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.gesloten"
    zaaktype: str
    resultaat: UUID
    resultaattype: str


@dataclass(frozen=True, kw_only=True)
class ZaakHeropend(Event):
    """The closed zaak is open again."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.heropend"
    zaaktype: str


@dataclass(frozen=True, kw_only=True)
class ZaakOvergezet(Event):
    """The open zaak went to another version of its zaaktype."""

    type: ClassVar[str] = "nl.loket.zaken.zaak.overgezet"
    zaaktype_van: UUID
    zaaktype_naar: UUID


@dataclass(frozen=True, kw_only=True)
class NotitieGeschreven(Event):
    """An employee wrote a note in the zaak, for colleagues."""

    type: ClassVar[str] = "nl.loket.zaken.notitie.geschreven"
    notitie: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentGekoppeld(Event):
    """A document was added to the zaak."""

    type: ClassVar[str] = "nl.loket.zaken.zaakinformatieobject.gemaakt"
    informatieobject: UUID


@dataclass(frozen=True, kw_only=True)
class RolToegevoegd(Event):
    """Somebody got a role in the zaak."""

    type: ClassVar[str] = "nl.loket.zaken.rol.gemaakt"
    rol: UUID
    omschrijving_generiek: str

"""What happens to a reactie. The subject of each event is the zaak."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from loket.foundation.events.event import Event


@dataclass(frozen=True, kw_only=True)
class ReactieOntvangen(Event):
    """A resident's words came in and became a zaak; the number was acknowledged."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.ontvangen"
    klantcontact: UUID
    volglink: UUID


@dataclass(frozen=True, kw_only=True)
class MelderAangesloten(Event):
    """A resident said 'me too': joined a reactie that was there already."""

    type: ClassVar[str] = "nl.loket.reacties.melder.aangesloten"
    klantcontact: UUID
    volglink: UUID


@dataclass(frozen=True, kw_only=True)
class BewonerSchreef(Event):
    """The resident added a message or a photo to an open reactie."""

    type: ClassVar[str] = "nl.loket.reacties.bewoner.schreef"
    klantcontact: UUID


@dataclass(frozen=True, kw_only=True)
class ReactieBeantwoord(Event):
    """An employee answered the resident, by mail or noted as given by phone or letter (`kanaal`)."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.beantwoord"
    klantcontact: UUID
    kanaal: str


@dataclass(frozen=True, kw_only=True)
class ReactieDoorgezet(Event):
    """The reactie went to another team or person of the same organisation, with a question; `internetaak` says what is
    asked and until when. `terug` is true when it returned to its coordinator because nobody took it up."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.doorgezet"
    internetaak: UUID
    terug: bool = False


@dataclass(frozen=True, kw_only=True)
class SpecialistGevraagd(Event):
    """The third line was asked for knowledge; the second line keeps the reactie."""

    type: ClassVar[str] = "nl.loket.reacties.specialist.gevraagd"
    internetaak: UUID


@dataclass(frozen=True, kw_only=True)
class SpecialistAntwoordde(Event):
    """The third line answered inside the file."""

    type: ClassVar[str] = "nl.loket.reacties.specialist.antwoordde"
    internetaak: UUID


@dataclass(frozen=True, kw_only=True)
class ReactieDoorgezonden(Event):
    """The reactie, or part of it, belongs to another government and was forwarded (Awb 2:3): to `nieuwe_zaak` of an
    organisation on this Loket, or by mail to a body that is not on it."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.doorgezonden"
    doorzending: UUID
    nieuwe_zaak: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReactieVertraagd(Event):
    """It takes longer than was promised; the resident hears the new day and why before the old one."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.vertraagd"
    oude_dag: str
    nieuwe_dag: str
    waarom: str


@dataclass(frozen=True, kw_only=True)
class ReactieAfgesloten(Event):
    """The reactie was closed with a resultaat and a reason in plain words."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.afgesloten"


@dataclass(frozen=True, kw_only=True)
class ReactieHeropend(Event):
    """The resident said 'not solved' within fourteen days, or an employee opened it again."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.heropend"
    waarom: str


@dataclass(frozen=True, kw_only=True)
class ReactieIngetrokken(Event):
    """The resident withdrew the reactie."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.ingetrokken"


@dataclass(frozen=True, kw_only=True)
class ReactieBeoordeeld(Event):
    """The resident rated how it was handled, from 1 to 5."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.beoordeeld"
    cijfer: int


@dataclass(frozen=True, kw_only=True)
class ReactieSamengevoegd(Event):
    """The reactie is about the same matter as `met` and goes on there; its residents hear from there."""

    type: ClassVar[str] = "nl.loket.reacties.reactie.samengevoegd"
    met: UUID


@dataclass(frozen=True, kw_only=True)
class KlachtstapGezet(Event):
    """A step of the complaint procedure was planned or done (`gedaan`); `soort` is one of `Klachtstap.Soort`."""

    type: ClassVar[str] = "nl.loket.reacties.klacht.stap"
    stap: UUID
    soort: str
    gedaan: bool

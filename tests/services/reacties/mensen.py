"""Employees with the rights that an installation begins with, as the door sees them."""

from datetime import date
from uuid import UUID

from loket.assembly.functies import zorg_voor_functies
from loket.foundation.access.actor import Actor, load
from loket.foundation.events.event import Delivery, restore
from loket.foundation.events.listeners import registry
from loket.foundation.events.models import EventRow
from loket.foundation.identity.models import Afwezigheid, Gebruiker, Lidmaatschap, Team
from loket.foundation.mail.models import Bericht
from loket.registers.zaken.models import Zaak
from loket.services.reacties.models import Volglink
from tests.services.reacties.wereld import Wereld

PER_LIJN = {1: "eerste_lijn", 2: "tweede_lijn", 3: "derde_lijn"}


def medewerker(wereld: Wereld, naam: str, team: Team, *codes: str) -> Actor:
    """An employee of this team, with the functie of its line unless others are named."""
    wie = wereld.mens(naam)
    word_lid(wie, team, *codes)
    return load(wie.id)


def word_lid(wie: Gebruiker, team: Team, *codes: str) -> None:
    """Make somebody a member of a team, with the functie of its line unless others are named."""
    functies = zorg_voor_functies()
    for code in codes or (PER_LIJN[team.lijn],):
        Lidmaatschap.objects.get_or_create(gebruiker=wie, team=team, functie=functies[code])


def coordinator(team: Team, *codes: str) -> Actor:
    """The coordinator of a team, with the rights of one."""
    assert team.coordinator is not None
    word_lid(team.coordinator, team, *(codes or ("coordinator", PER_LIJN[team.lijn])))
    return load(team.coordinator.id)


def beheerder(wereld: Wereld) -> Actor:
    """Somebody who settles things for the organisation."""
    return medewerker(wereld, "Beheerder", wereld.een, "beheerder")


def afwezig(wie: Actor, vervanger: Actor, van: date, tot_en_met: date) -> Actor:
    """Somebody is away; gives the substitute as the door sees him or her now."""
    assert wie.id and vervanger.id
    Afwezigheid.objects.create(gebruiker_id=wie.id, vervanger_id=vervanger.id, van=van, tot_en_met=tot_en_met)
    return load(vervanger.id)


def zaak_van(sleutel: UUID) -> Zaak:
    """The zaak as it is now, with its row in the work list."""
    return Zaak.objects.select_related("zaaktype", "status__statustype", "werk", "resultaat__resultaattype").get(
        id=sleutel
    )


def link_van(zaak: UUID) -> Volglink:
    """The link of who sent it."""
    return Volglink.objects.get(zaak_id=zaak, meldt_mee=False)


class Post:
    """Hands the events that were not handed yet to the listener that writes to residents, as the worker would."""

    def __init__(self) -> None:
        self.gelezen: set[UUID] = set()

    def bezorg(self) -> list[Bericht]:
        """Deliver; gives the mails that this made, the oldest first."""
        al = set(Bericht.objects.values_list("id", flat=True))
        nieuw = [rij for rij in EventRow.objects.order_by("volg") if rij.id not in self.gelezen]
        self.gelezen |= {rij.id for rij in nieuw}
        wat = [Delivery(r.id, r.time, restore(r.type, r.subject, r.organisatie, r.data)) for r in nieuw]
        luisteraar = registry["reacties.mail"]
        luisteraar.handle([d for d in wat if d.event.type in luisteraar.types])
        return [bericht for bericht in Bericht.objects.order_by("created_at", "id") if bericht.id not in al]

"""When somebody can be called back: parts of a working day and hours, within the hours that the organisation answers
its telephone. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from loket.engines.termijnen.kalender import is_werkdag
from loket.foundation.errors import Refused
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.dates import clock_time, long_date

DAGDELEN = ((9, 12), (12, 17), (17, 20))
"""Morning, afternoon and evening, in hours. Outside the opening hours there is none, or a shorter one."""
GEWOON = ("09:00", "17:00")
"""The hours of a working day of an organisation that has not told its own."""
KORTST = timedelta(hours=1)
DAGEN_VOORUIT = 30
MAX_POGINGEN = 3
"""After so many calls that did not reach the resident, he or she gets a message."""
_DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")


@dataclass(frozen=True)
class Blok:
    """From when to when somebody is called: `code` is the hours, '09-12'."""

    van: datetime
    tot: datetime

    @property
    def code(self) -> str:
        """As a form gives it."""
        return f"{self.van.hour:02}-{self.tot.hour:02}"


def _open(openingstijden: object, dag: date) -> list[tuple[datetime, datetime]]:
    """When the telephone is answered on a day; on a holiday only when the organisation says so for that very day."""
    tijden = openingstijden.get("telefoon") if isinstance(openingstijden, Mapping) else None
    if not isinstance(tijden, Mapping) or not tijden:
        tijden = dict.fromkeys(_DAGEN[:5], GEWOON)
    gegeven = tijden.get(dag.isoformat())
    if gegeven is None:
        gegeven = tijden.get(_DAGEN[dag.weekday()]) if is_werkdag(dag) else []
    if not isinstance(gegeven, Sequence) or isinstance(gegeven, str) or not gegeven:
        return []
    paren = [gegeven] if isinstance(gegeven[0], str) else gegeven
    return [
        (
            datetime.combine(dag, time.fromisoformat(str(van)), AMSTERDAM),
            datetime.combine(dag, time.fromisoformat(str(tot)), AMSTERDAM),
        )
        for van, tot in paren
    ]


def _blok(openingstijden: object, dag: date, van: int, tot: int) -> Blok | None:
    """These hours of a day, as far as the telephone is answered; at least an hour, or None."""
    begin, einde = (datetime.combine(dag, time(uur), AMSTERDAM) for uur in (van, tot))
    for open_van, open_tot in _open(openingstijden, dag):
        eerste = max(begin, open_van)
        if eerste.minute:
            eerste = eerste.replace(minute=0) + timedelta(hours=1)
        laatste = min(einde, open_tot).replace(minute=0)
        if laatste - eerste >= KORTST:
            return Blok(eerste, laatste)
    return None


def belt_op(openingstijden: object, dag: date) -> bool:
    """Whether anybody can be called back on this day."""
    return bool(_open(openingstijden, dag))


def beldagen(openingstijden: object, vanaf: date, aantal: int = 10) -> list[date]:
    """The first days on which calls are made, from this day on."""
    dagen = (vanaf + timedelta(days=n) for n in range(DAGEN_VOORUIT))
    return [dag for dag in dagen if belt_op(openingstijden, dag)][:aantal]


def _blokken(openingstijden: object, dag: date) -> Iterator[Blok]:
    for van, tot in DAGDELEN:
        if blok := _blok(openingstijden, dag, van, tot):
            yield blok


def uren(openingstijden: object, vanaf: date) -> list[tuple[int, int]]:
    """Every whole hour in which calls are made on some day of the coming weeks."""
    gevonden = {
        (uur, uur + 1)
        for dag in beldagen(openingstijden, vanaf)
        for uur in range(7, 22)
        if _blok(openingstijden, dag, uur, uur + 1)
    }
    return sorted(gevonden)


def dagdelen(openingstijden: object, vanaf: date) -> list[tuple[int, int]]:
    """The parts of a day in which calls are made on some day of the coming weeks."""
    dagen = beldagen(openingstijden, vanaf)
    return [(van, tot) for van, tot in DAGDELEN if any(_blok(openingstijden, dag, van, tot) for dag in dagen)]


def kies(openingstijden: object, dag: date, wanneer: str, nu: datetime) -> Blok:
    """The moment that was chosen. Raises Refused (`invalid`) for hours outside those of the organisation, a day that is
    too far away, or a moment that is over."""
    van, _sep, tot = wanneer.partition("-")
    if not (van.isdecimal() and tot.isdecimal() and 0 <= int(van) < int(tot) <= 23):
        raise Refused("invalid", _("Kies een dagdeel of een uur."), "wanneer")
    if dag > nu.astimezone(AMSTERDAM).date() + timedelta(days=DAGEN_VOORUIT):
        raise Refused("invalid", _("Kies een dag binnen een maand."), "dag")
    if not belt_op(openingstijden, dag):
        raise Refused("invalid", _("Op die dag bellen wij niet. Kies een werkdag."), "dag")
    blok = _blok(openingstijden, dag, int(van), int(tot))
    if blok is None:
        raise Refused("invalid", _("Op dat uur zijn wij er die dag niet. Kies een ander uur of dagdeel."), "wanneer")
    if blok.tot - nu < timedelta(minutes=30):
        raise Refused("invalid", _("Dat moment is voorbij of te dichtbij. Kies een later moment."), "wanneer")
    return blok


def eerste(openingstijden: object, nu: datetime, *, marge: timedelta = timedelta(hours=2)) -> Blok:
    """The first part of a day that ends `marge` or more from now. Raises Refused (`geen-moment`) when the organisation
    answers no telephone in the coming weeks."""
    for dag in beldagen(openingstijden, nu.astimezone(AMSTERDAM).date(), DAGEN_VOORUIT):
        for blok in _blokken(openingstijden, dag):
            if blok.tot - nu >= marge:
                return blok
    raise Refused("geen-moment", _("Er is de komende weken geen moment om te bellen."), "dag")


def in_woorden(van: datetime, tot: datetime, taal: str | None) -> str:
    """'donderdag 26 november tussen 9.00 en 12.00 uur'."""
    woorden = {
        "dag": long_date(van, taal, year=False),
        "van": clock_time(van, taal, word=False),
        "tot": clock_time(tot, taal),
    }
    return _("%(dag)s tussen %(van)s en %(tot)s") % woorden

"""What is true or forbidden for people, contacts and tasks."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.errors import Refused

INHOUD_MAX = 100_000
"""A form allows 4,000 characters, a mail may be longer; beyond this it is a document."""


def elfproef(nummer: str) -> bool:
    """Whether nine digits are a possible BSN or RSIN: 9a+8b+7c+6d+5e+4f+3g+2h-1i is a multiple of 11 (Logisch Ontwerp
    BSN)."""
    if not re.fullmatch(r"\d{9}", nummer) or nummer == "000000000":
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(g * int(c) for g, c in zip(gewichten, nummer, strict=True)) % 11 == 0


def controleer_nummer(soort: str, nummer: str) -> None:
    """Raises Refused (`invalid`) for a BSN or RSIN that fails the elfproef, or a KVK number that is not 8 digits."""
    goed = elfproef(nummer) if soort in ("bsn", "rsin") else bool(re.fullmatch(r"\d{8}(\d{4})?", nummer))
    if not goed:
        raise Refused("invalid", _("Dit nummer klopt niet. Kijk het nog eens na."), soort)


def controleer_email(adres: str) -> None:
    """Raises Refused (`invalid`) for what cannot be an e-mail address."""
    if "@" not in adres:
        raise Refused("invalid", _("In dit e-mailadres staat geen @."), "email")
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s.<>\"]+(\.[^@\s.<>\"]+)+", adres):
        raise Refused("invalid", _("Dit e-mailadres is niet af. Schrijf het als naam@voorbeeld.nl."), "email")


def telefoon(nummer: str) -> str:
    """A telephone number with digits and a leading plus only: how numbers are compared."""
    return re.sub(r"(?!^\+)\D", "", nummer.strip())


def controleer_telefoon(gegeven: str) -> str:
    """A telephone number that can be called, as it is kept. Raises Refused (`required`, `invalid`)."""
    nummer = telefoon(gegeven)
    if not nummer:
        raise Refused("required", _("Vul een telefoonnummer in. Dan kunnen wij bellen."), "telefoon")
    if not 8 <= len(nummer.lstrip("+")) <= 15:
        raise Refused("invalid", _("Dit telefoonnummer is niet af. Schrijf het zo: 06 12345678."), "telefoon")
    return nummer


def controleer_inhoud(inhoud: str) -> None:
    """Raises Refused (`max_length`) for a message that is too long to be one."""
    if len(inhoud) > INHOUD_MAX:
        raise Refused(
            "max_length",
            _("Dit bericht is te lang: het mag %(max)d tekens hebben en heeft er %(lengte)d.")
            % {"max": INHOUD_MAX, "lengte": len(inhoud)},
            "inhoud",
        )


def controleer_taak(gevraagd: str, nu: datetime, uiterlijk: datetime, bij: Sequence[UUID | None]) -> None:
    """A task asks something, of somebody, by a moment that is still to come. Raises Refused."""
    if not gevraagd.strip():
        raise Refused("required", _("Schrijf wat u vraagt."), "gevraagde_handeling")
    if not any(bij):
        raise Refused("required", _("Kies een team of een medewerker."), "team")
    if uiterlijk <= nu:
        raise Refused("invalid", _("Kies een moment dat nog moet komen."), "uiterlijk")


def terug_op(nu: datetime, uiterlijk: datetime, van: datetime | None = None) -> datetime:
    """When a task that nobody took up goes back to the coordinator: halfway, so that there is time left to do it. Of a
    call-back halfway the promised hours, which begin at `van`."""
    begin = min(max(nu, van or nu), uiterlijk)
    return begin + (uiterlijk - begin) / 2


def is_open(status: str) -> None:
    """Raises Refused (`taak-afgehandeld`) for a task that is done."""
    if status == "afgehandeld":
        raise Refused("taak-afgehandeld", _("Deze taak is al afgehandeld."))


def nog_niet_opgepakt(status: str, door: str) -> None:
    """Raises Refused (`taak-opgepakt`) when a colleague has the task already; it says who."""
    if status == "opgepakt":
        raise Refused("taak-opgepakt", _("%s heeft deze taak al opgepakt.") % door)


def controleer_antwoord(soort: str, antwoord: str) -> None:
    """A question is answered in words. Raises Refused (`required`)."""
    if soort == "vraag" and not antwoord.strip():
        raise Refused("required", _("Schrijf eerst een antwoord."), "antwoord")


def waarom_in_woorden(waarom: str) -> None:
    """Whoever gives work back or takes it over says why. Raises Refused (`required`)."""
    if not waarom.strip():
        raise Refused("required", _("Schrijf waarom."), "waarom")

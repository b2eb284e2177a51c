"""What is allowed in the administration, and how opening hours are written down. Pure."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.access.acts import act
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.identity.rules import elfproef
from loket.foundation.web.rules import WEEKDAYS

OPENEN = act("beheer.openen", "De pagina’s voor beheer openen")
ORGANISATIE = act("beheer.organisatie", "De organisatie, de teams en de medewerkers beheren")

_NAAM = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,98}[a-z0-9]")
_AFKORTING = re.compile(r"[A-Z]{2,4}")
_DAGEN = re.compile(r"(ma|di|wo|do|vr|za|zo)(?:-(ma|di|wo|do|vr|za|zo))?")
_TIJDEN = re.compile(r"(\d{1,2})[:.](\d{2})-(\d{1,2})[:.](\d{2})")

type Uren = dict[str, list[list[str]]]


def check_gebruikersnaam(naam: str) -> str:
    """The name that somebody logs in with, in small letters. Raises Refused (`gebruikersnaam`)."""
    klein = naam.strip().lower()
    if not _NAAM.fullmatch(klein):
        raise Refused(
            "gebruikersnaam",
            _("Gebruik 3 tot 100 kleine letters, cijfers, punten of streepjes. Bijvoorbeeld: a.jansen."),
            "gebruikersnaam",
        )
    return klein


def check_afkorting(afkorting: str) -> str:
    """The letters that the numbers of an organisation begin with. Raises Refused (`afkorting`)."""
    groot = afkorting.strip().upper()
    if not _AFKORTING.fullmatch(groot):
        raise Refused("afkorting", _("Gebruik 2 tot 4 letters, bijvoorbeeld LW."), "afkorting")
    return groot


def check_rsin(rsin: str) -> str:
    """The RSIN of an organisation: nine digits that pass the same test as a BSN. Raises Refused (`rsin`)."""
    kaal = rsin.strip().replace(".", "").replace(" ", "")
    if not elfproef(kaal):
        raise Refused("rsin", _("Dit RSIN klopt niet. Het heeft 9 cijfers en staat in het Handelsregister."), "rsin")
    return kaal


def eigen(actor: Actor) -> UUID:
    """The organisation that the actor administers. Raises Forbidden."""
    actor.require(ORGANISATIE)
    if actor.organisatie is None:
        raise Forbidden("Whoever administers, does so for one organisation.")
    return actor.organisatie


def lees_uren(tekst: str) -> Uren:
    """Opening hours as somebody writes them, a line for each day or row of days: 'ma-vr 9:00-17:00',
    'wo 9:00-12:00 13:00-17:00', '2026-12-25 dicht'. Raises Refused (`uren`) with the line that is not understood."""
    gevonden: Uren = {}
    for regel in tekst.splitlines():
        dag, *delen = regel.lower().replace("–", "-").split() or [""]
        if not dag:
            continue
        try:
            paren = [] if delen == ["dicht"] else [_paar(deel) for deel in delen]
            if not paren and delen != ["dicht"]:
                raise ValueError
            gevonden |= dict.fromkeys(_dagen(dag), paren)
        except ValueError:
            raise Refused(
                "uren",
                _("De regel “%(regel)s” begrijpen wij niet. Schrijf zo: ma-vr 9:00-17:00.") % {"regel": regel[:60]},
            ) from None
    return gevonden


def _dagen(dag: str) -> list[str]:
    if reeks := _DAGEN.fullmatch(dag):
        van, tot = WEEKDAYS.index(reeks[1]), WEEKDAYS.index(reeks[2] or reeks[1])
        if tot < van:
            raise ValueError(dag)
        return list(WEEKDAYS[van : tot + 1])
    return [date.fromisoformat(dag).isoformat()]


def _paar(deel: str) -> list[str]:
    gevonden = _TIJDEN.fullmatch(deel)
    if gevonden is None:
        raise ValueError(deel)
    van, tot = (time(int(gevonden[n]), int(gevonden[n + 1])) for n in (1, 3))
    if van >= tot:
        raise ValueError(deel)
    return [f"{van:%H:%M}", f"{tot:%H:%M}"]


def schrijf_uren(uren: object) -> str:
    """Opening hours as `lees_uren` reads them; days beside each other with the same hours on one line."""
    if not isinstance(uren, Mapping):
        return ""
    regels: list[tuple[str, str, str]] = []
    for dag in (*WEEKDAYS, *sorted(set(uren) - set(WEEKDAYS))):
        if dag not in uren:
            continue
        tijden = _tijden(uren[dag])
        vorige = regels[-1] if regels else None
        naast = vorige and dag in WEEKDAYS and WEEKDAYS.index(dag) == WEEKDAYS.index(vorige[1]) + 1
        if vorige and naast and vorige[2] == tijden:
            regels[-1] = (vorige[0], dag, tijden)
        else:
            regels.append((dag, dag, tijden))
    return "\n".join(f"{van if van == tot else f'{van}-{tot}'} {tijden}" for van, tot, tijden in regels)


def _tijden(paren: Any) -> str:
    if not paren:
        return "dicht"
    alle = [paren] if isinstance(paren[0], str) else paren
    return " ".join(f"{van}-{tot}" for van, tot in alle)

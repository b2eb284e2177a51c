"""Calendars in a mail (RFC 5545, RFC 5546): what, when and where, in plain Dutch words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from loket.engines.brievenbus import grenzen
from loket.engines.brievenbus.brief import Afspraak

_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
_REGEL = re.compile(r'([A-Za-z-]{1,40})((?:;[^:;"]*+(?:"[^"]*+"?)*+)*+):(.*)', re.DOTALL)
_TIJD = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z?))?")
_HIER = ZoneInfo("Europe/Amsterdam")

type _Veld = tuple[str, str]  # parameters, value


def afspraken(tekst: str) -> tuple[Afspraak, ...]:
    """Every appointment in this calendar, at most `MAX_AFSPRAKEN`. Never raises; '' for what is not there."""
    methode = ""
    uit: list[Afspraak] = []
    velden: dict[str, _Veld] | None = None
    binnen = 0
    for regel in re.sub(r"\n[ \t]", "", tekst[: grenzen.MAX_KOP]).split("\n"):
        gevonden = _REGEL.match(regel.strip())
        if not gevonden:
            continue
        naam, bij, waarde = gevonden[1].upper(), gevonden[2], gevonden[3]
        if naam == "METHOD":
            methode = waarde.strip().upper()[:20]
        elif naam == "BEGIN":
            if waarde.strip().upper() in ("VEVENT", "VTODO") and velden is None:
                velden, binnen = {}, 0
            else:
                binnen += velden is not None
        elif naam == "END" and velden is not None:
            if binnen:
                binnen -= 1
                continue
            uit.append(_afspraak(velden, methode))
            velden = None
            if len(uit) >= grenzen.MAX_AFSPRAKEN:
                break
        elif velden is not None and not binnen:
            velden.setdefault(naam, (bij, waarde))
    if velden:
        uit.append(_afspraak(velden, methode))
    return tuple(uit)


def _afspraak(velden: dict[str, _Veld], methode: str) -> Afspraak:
    leeg = ("", "")
    bij, organisator = velden.get("ORGANIZER", leeg)
    naam = re.search(r'CN="?([^";:]{1,100})', bij)
    aanwezig = re.search(r"PARTSTAT=([A-Z-]{1,20})", velden.get("ATTENDEE", leeg)[0].upper())
    return Afspraak(
        titel=_tekst(velden.get("SUMMARY", leeg)[1])[:300],
        wanneer=_wanneer(velden.get("DTSTART", leeg), velden.get("DTEND", leeg)),
        plaats=_tekst(velden.get("LOCATION", leeg)[1])[:300],
        organisator=(naam[1] if naam else re.sub("(?i)^mailto:", "", organisator))[:200],
        methode=methode,
        antwoord=aanwezig[1] if aanwezig and methode == "REPLY" else "",
        uid=velden.get("UID", leeg)[1][:300],
        omschrijving=_tekst(velden.get("DESCRIPTION", leeg)[1], "\n")[:20_000],
    )


def _tekst(waarde: str, regeleinde: str = " ") -> str:
    return re.sub(r"\\(.)", lambda m: regeleinde if m[1] in "nN" else m[1], waarde).strip()


def _wanneer(begin: _Veld, eind: _Veld) -> str:
    van, tot = _moment(begin), _moment(eind)
    if van is None:
        return ""
    woorden = _dag(van)
    if isinstance(van, datetime):
        woorden += f", {van:%H:%M}"
        if isinstance(tot, datetime) and tot > van:
            woorden += f"–{tot:%H:%M}" if tot.date() == van.date() else f" tot {_dag(tot)}, {tot:%H:%M}"
    elif tot is not None and not isinstance(tot, datetime) and (tot - van).days > 1:
        woorden += f" tot en met {_dag(date.fromordinal(tot.toordinal() - 1))}"
    return woorden


def _moment(veld: _Veld) -> date | datetime | None:
    """Times in UTC are put in Dutch time; other times are shown as they stand."""
    gevonden = _TIJD.match(veld[1].strip())
    if not gevonden:
        return None
    try:
        jaar, maand, dag = (int(deel) for deel in gevonden.groups()[:3])
        if gevonden[4] is None:
            return date(jaar, maand, dag)
        moment = datetime(jaar, maand, dag, int(gevonden[4]), int(gevonden[5]), tzinfo=UTC)
        return (moment.astimezone(_HIER) if gevonden[6] else moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _dag(dag: date) -> str:
    return f"{_DAGEN[dag.weekday()]} {dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"

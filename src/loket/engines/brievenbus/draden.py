"""Marks that could join a mail to an earlier message: only taken out here, never believed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loket.engines.brievenbus import grenzen, patronen
from loket.engines.brievenbus.brief import Draad, Kop

_ID = re.compile(r"<([^<>\s]{1,250})>")
_LOSSE_ID = re.compile(r"[^\s<>,;]{1,200}@[^\s<>,;]{1,200}")
#: A UUID of version 7 in small letters, as `foundation.mail` writes it; Apple Mail and Thunderbird write others.
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
_TEKEN = re.compile(r"[A-Za-z0-9._~=-]{1,200}")
_KENMERK = re.compile(r"\[\s?([A-Z]{2,6}-\d{4}-[0-9A-Za-z._~ -]{1,100}?)\s?\]")


@dataclass(frozen=True, slots=True)
class Eigen:
    """What is ours: the domains of our Message-IDs, our mailboxes (bare, lower case), the abbreviations in our numbers
    (LW in LW-2026-000123), the field with its value that our outgoing mail carries against loops, and Message-IDs of
    our shape that we never sent (`vreemd`)."""

    domeinen: frozenset[str] = frozenset()
    adressen: frozenset[str] = frozenset()
    afkortingen: frozenset[str] = frozenset()
    luskop: str = "x-loket"
    luswaarde: str = ""
    vreemd: frozenset[str] = frozenset()

    def is_eigen_id(self, message_id: str) -> bool:
        """A Message-ID of the shape that `foundation.mail` writes: a UUID of version 7 at one of our domains."""
        kaal = message_id.strip("<>")
        voor, _at, domein = kaal.rpartition("@")
        return bool(_UUID7.match(voor)) and domein.lower() in self.domeinen and kaal not in self.vreemd


def message_ids(tekst: str) -> tuple[str, ...]:
    """The Message-IDs in a field, in order, without doubles; also those that lost their < >."""
    gevonden = _ID.findall(tekst) or _LOSSE_ID.findall(tekst)
    return _eerste_en_laatste(list(dict.fromkeys(gevonden)))


def _eerste_en_laatste(ids: list[str]) -> tuple[str, ...]:
    grens = grenzen.MAX_VERWIJZINGEN
    return tuple(ids if len(ids) <= grens else [ids[0], *ids[1 - grens :]])


def draad(kop: Kop, tekst: str, eigen: Eigen, ontvangers: tuple[str, ...] = (), bounce_id: str = "") -> Draad:
    """The marks of this mail. `ontvangers`: the addresses of the envelope, which the header need not name."""
    verwijzingen = list(
        dict.fromkeys([*kop.in_reply_to, *reversed(kop.references), *([bounce_id] if bounce_id else [])])
    )
    eigen_ids = tuple(ref for ref in verwijzingen if eigen.is_eigen_id(ref))
    kale, antwoord, doorstuur = kaal_onderwerp(kop.onderwerp)
    kenmerken = tuple(dict.fromkeys(" ".join(k.split()) for k in _KENMERK.findall(kop.onderwerp)))
    return Draad(
        eigen_ids=eigen_ids,
        andere_ids=tuple(ref for ref in verwijzingen if ref not in eigen_ids),
        kenmerken_onderwerp=kenmerken,
        kenmerken_adres=_uit_adressen(kop, eigen, ontvangers),
        nummers=_nummers(f"{kop.onderwerp}\n{tekst[:20_000]}", eigen, kenmerken),
        is_antwoord=not doorstuur and (antwoord or bool(verwijzingen)),
        is_doorgestuurd=doorstuur,
        onderwerp=kale,
    )


def _uit_adressen(kop: Kop, eigen: Eigen, ontvangers: tuple[str, ...]) -> tuple[str, ...]:
    alle = [*ontvangers, *kop.bezorgd_aan, *(adres.adres for adres in (*kop.aan, *kop.cc))]
    uit = []
    for adres in alle:
        voor, _at, domein = adres.rpartition("@")
        kenmerk = voor.partition("+")[2]
        if (not eigen.domeinen or domein.lower() in eigen.domeinen) and _TEKEN.fullmatch(kenmerk):
            uit.append(kenmerk)
    return tuple(dict.fromkeys(uit))


def _nummers(tekst: str, eigen: Eigen, kenmerken: tuple[str, ...]) -> tuple[str, ...]:
    if not eigen.afkortingen:
        return ()
    namen = "|".join(re.escape(naam) for naam in sorted(eigen.afkortingen))
    gevonden = re.findall(rf"(?<![\w-])((?:{namen})-\d{{4}}-\d{{1,12}})(?![\w-])", tekst)
    return tuple(nummer for nummer in dict.fromkeys(gevonden) if not any(k.startswith(nummer) for k in kenmerken))


def kaal_onderwerp(onderwerp: str) -> tuple[str, bool, bool]:
    """(subject without its beginnings and marks, it is an answer, it is forwarded): the outermost beginning decides."""
    antwoord = doorstuur = False
    rest = onderwerp[:2000]
    for stap in range(30):
        gevonden = patronen.DOORSTUUR.match(rest)
        soort = bool(gevonden)
        gevonden = gevonden or patronen.ANTWOORD.match(rest)
        if gevonden:
            if not antwoord and not doorstuur:
                antwoord, doorstuur = not soort, soort
            rest = rest[gevonden.end() :]
        elif stap < 30 and (merk := patronen.MERK.match(rest)) and rest[merk.end() :].strip():
            rest = rest[merk.end() :]
        else:
            break
    return _KENMERK.sub("", rest).strip(), antwoord, doorstuur

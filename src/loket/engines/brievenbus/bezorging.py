"""Bounces and receipts: RFC 3464 (delivery), RFC 8098 (reading), and the words of servers that follow neither."""
# ruff: noqa: E501 - a pattern on one line is read and changed more safely than one in pieces

from __future__ import annotations

import re
from dataclasses import dataclass

from loket.engines.brievenbus.brief import Bestelling, Kop
from loket.engines.brievenbus.draden import message_ids
from loket.engines.brievenbus.koppen import Velden, lees_velden, ontcijferd

_ADRES = re.compile(r"<?([A-Za-z0-9._%+'=/-]{1,100}@[A-Za-z0-9.-]{1,200}\.[A-Za-z]{2,24})>?")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_SMTP = re.compile(r"(?<![\d.])([45]\d\d)[ -](?=[\w<#])")
_TIJDELIJK = re.compile(
    r"delayed|will (?:be retried|retry|keep trying)|still being|temporar|vertraagd|vertraging|nog niet (?:bezorgd|afgeleverd)"
    r"|wordt opnieuw geprobeerd|tijdelijk",
    re.IGNORECASE,
)

#: Who sends bounces.
DAEMON = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|maildaemon|microsoftexchange[0-9a-f]+|bounce[s]?(?:[+-].*)?)@",
    re.IGNORECASE,
)
#: Their subjects and words: (server, pattern).
WOORDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Exchange nl", re.compile(r"^(?:onbestelbaar|niet te bezorgen|niet bezorgd|kan niet worden bezorgd)\b|(?:bezorging|aflevering) (?:is )?mislukt|kon niet worden (?:bezorgd|afgeleverd)", re.I | re.M)),
    ("Ziggo, KPN nl", re.compile(r"(?:bericht|e-?mail|mail) (?:kon|kan|is) niet (?:worden )?(?:bezorgd|afgeleverd|besteld)|onbestelbaar|afleveringsfout|bezorgfout", re.I)),
    ("Postfix, Exim, Sendmail", re.compile(r"(?:undeliver|returned mail|mail delivery (?:failed|failure|system)|delivery (?:status notification|has failed|failure)|failure notice|could not be delivered|user unknown)", re.I)),
    ("qmail", re.compile(r"this is the qmail-send program|i'm afraid i wasn't able to deliver", re.I)),
    ("Gmail", re.compile(r"address not found|message (?:not delivered|blocked|wasn't delivered)|adres niet gevonden|bericht niet bezorgd", re.I)),
    ("Exchange de", re.compile(r"^unzustellbar|zustellung fehlgeschlagen", re.I | re.M)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rapport:
    """The machine part of a multipart/report."""

    bestellingen: tuple[Bestelling, ...] = ()
    oorspronkelijk_id: str = ""
    gelezen: str = ""  # the disposition of a receipt: 'displayed', 'deleted', ...


def bezorgrapport(rauw: bytes) -> Rapport:
    """message/delivery-status: one block of fields for the message, then one for each address."""
    uit: list[Bestelling] = []
    plek = 0
    id_ = ""
    while plek < len(rauw) and len(uit) < 500:
        velden, verder = lees_velden(rauw, plek, len(rauw))
        if verder <= plek:
            break
        plek = verder
        adres = _na_soort(velden, "final-recipient") or _na_soort(velden, "original-recipient")
        id_ = id_ or next(
            iter(message_ids(velden.tekst("x-original-message-id") or velden.tekst("original-message-id"))), ""
        )
        if not adres and not velden.rauw("action"):
            continue
        uitleg = _na_soort(velden, "diagnostic-code")
        status = _STATUS.search(velden.tekst("status")) or _STATUS.search(uitleg)
        uit.append(
            Bestelling(
                adres,
                velden.tekst("action").lower().split(" ")[0] or "failed",
                status[1] if status else "",
                uitleg[:1000],
            )
        )
    return Rapport(tuple(uit), id_)


def leesrapport(rauw: bytes) -> Rapport:
    """message/disposition-notification."""
    velden, _einde = lees_velden(rauw, 0, len(rauw))
    gelezen = velden.tekst("disposition").rpartition(";")[2].strip().lower().split("/")[0]
    return Rapport(
        oorspronkelijk_id=next(iter(message_ids(velden.tekst("original-message-id"))), ""),
        gelezen=gelezen or "displayed",
    )


def _na_soort(velden: Velden, naam: str) -> str:
    """`rfc822; jan@x.nl` without what stands before the semicolon."""
    waarde = velden.tekst(naam)
    return waarde.partition(";")[2].strip().strip("<>") if ";" in waarde else waarde.strip("<>")


def in_woorden(kop: Kop, tekst: str) -> str:
    """Which server's words of failure stand in the subject or the text; '' when none do."""
    tekst = f"{kop.onderwerp}\n{tekst[:4000]}"
    return next((wie for wie, patroon in WOORDEN if patroon.search(tekst)), "")


def uit_woorden(kop: Kop, tekst: str, eigen: frozenset[str]) -> Rapport:
    """What a bounce without a machine part says: the addresses it names (not our own), the status, the Message-ID."""
    tekst = tekst[:20_000]
    afzender = {adres.adres.lower() for adres in kop.van}
    genoemd = [a for veld in kop.alle("x-failed-recipients") for a in _ADRES.findall(veld)] or _ADRES.findall(tekst)
    adressen = [a for a in dict.fromkeys(genoemd) if a.lower() not in eigen | afzender][:20]
    status, smtp = _STATUS.search(tekst), _SMTP.search(tekst)
    code = status[1] if status else f"{smtp[1][0]}.0.0" if smtp else ""
    actie = "delayed" if code.startswith("4") or (not code and _TIJDELIJK.search(tekst)) else "failed"
    id_ = re.search(r"message-id:\s{0,5}<([^<>\s]{1,250})>", tekst, re.IGNORECASE)
    regel = next((r.strip() for r in tekst.split("\n") if code and (code in r or (smtp and smtp[0] in r))), "")
    return Rapport(tuple(Bestelling(a, actie, code, regel[:1000]) for a in adressen[:1] or [""]), id_[1] if id_ else "")


def id_uit_kop(rauw: bytes) -> str:
    """The Message-ID in the returned header (text/rfc822-headers or message/rfc822)."""
    velden, _einde = lees_velden(rauw, 0, len(rauw))
    gevonden = message_ids(ontcijferd(velden.rauw("message-id")))
    return gevonden[0] if gevonden else ""

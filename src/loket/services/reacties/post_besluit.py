"""Where a mail belongs: what joins a reactie by itself, what becomes a new one, what a person looks at. Pure.

What joins by itself: a token of one of our letters (in the address or the subject), or a reference to a reactie (our
Message-ID, an earlier mail in it, its number) by somebody who takes part in it with that address. A reference by
anybody else joins nothing and tells nothing: a person looks. An address can be forged; with it one can add words to a
file, and hear nothing.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from loket.engines.brievenbus.brief import Adres, Bijlage, Brief, Rol, Soort
from loket.engines.brievenbus.soorten import ALLEEN_ONDERWERP, NOREPLY
from loket.services.reacties import rules

NIETS_MEE_TE_DOEN = {
    Soort.AUTOANTWOORD,
    Soort.AFWEZIG,
    Soort.BEZORGD,
    Soort.LEESBEVESTIGING,
    Soort.LUS,
    Soort.ONBESTELBAAR,
}
EEN_MENS_KIJKT = {Soort.LIJST, Soort.UITDAGING, Soort.AUTOMAAT}


@dataclass(frozen=True)
class Besluit:
    """What becomes of a mail. `stap`: bericht (in `zaak`, of the follower `link` if there is one), heropen, dank (a
    message in what is closed), nieuw, dubbel (came in at another mailbox too), apart or af."""

    stap: str
    reden: str = ""
    zaak: UUID | None = None
    link: UUID | None = None


@dataclass(frozen=True)
class Bekend:
    """A reactie that a mail refers to: `rang` 1 by a token, 2 by a Message-ID of ours, 3 by an earlier mail, 4 by its
    number. `van_hem`: the sender takes part in it; then `link` is the follower, None when a person placed earlier mail
    of the sender there. `gesloten`: nobody works on it any more; `heropen`: it can still be opened again."""

    rang: int
    zaak: UUID
    link: UUID | None
    van_hem: bool
    gesloten: bool = False
    heropen: bool = False


def beslis(
    brief: Brief, afzender: str, bekend: list[Bekend], *, eigen: frozenset[str] = frozenset(), intern: bool = False
) -> Besluit:
    """Where this mail belongs. `eigen`: our own addresses, whose mail comes back to us; `intern`: somebody of ours
    wrote it."""
    zeker = not (brief.soort in (Soort.AUTOANTWOORD, Soort.AFWEZIG) and brief.reden == ALLEEN_ONDERWERP)
    if brief.soort in NIETS_MEE_TE_DOEN and (zeker or bekend or brief.draad.is_antwoord):
        return Besluit("af", brief.soort.value)
    if afzender in eigen:
        return Besluit("apart", "eigen")
    if reden := verdacht(brief):
        return Besluit("apart", reden)
    if brief.beveiliging.versleuteld:
        return Besluit("apart", "versleuteld", bekend[0].zaak if bekend else None)
    if brief.draad.is_doorgestuurd:  # it carries the marks of what is sent on, and is a mail of its own
        bekend = []
    if besluit := _bij_een_reactie(brief, bekend):
        return besluit
    if not zeker or brief.soort in EEN_MENS_KIJKT:
        return Besluit("apart", Soort.AUTOMAAT.value if not zeker else brief.soort.value)
    if not afzender:
        return Besluit("apart", "geen-afzender")
    if intern and schrijver_van(brief, afzender) is not None:
        return Besluit("apart", "doorgestuurd")
    if not brief.inhoud.strip() and not stukken(brief):
        return Besluit("apart", "leeg")
    return Besluit("nieuw") if brief.beantwoorden else Besluit("apart", Soort.AUTOMAAT.value)


def _bij_een_reactie(brief: Brief, bekend: list[Bekend]) -> Besluit | None:
    van_hem = [each for each in bekend if each.van_hem]
    if not van_hem:
        return Besluit("apart", "onbekende-afzender", bekend[0].zaak) if bekend else None
    bij = next((each for each in van_hem if not each.gesloten), van_hem[0])
    if not bij.gesloten:
        return Besluit("bericht", "", bij.zaak, bij.link)
    if bij.link is not None and is_dank(brief.inhoud):
        return Besluit("dank", "", bij.zaak, bij.link)
    if bij.link is not None and bij.heropen and brief.inhoud.strip():
        return Besluit("heropen", "", bij.zaak, bij.link)
    return Besluit("apart", "gesloten", bij.zaak, bij.link)


_DANK = re.compile(
    r"\b(dank\w*|bedankt\w*|thanks?|thank you|cheers|top|fijn|mooi|super|prima|geweldig|complimenten|opgelost|netjes"
    r"|keurig)\b",
    re.IGNORECASE,
)
_MAAR = re.compile(
    r"\?|\b(maar|niet|nog|geen|alleen|echter|helaas|weer|opnieuw|toch|wanneer|waarom|but|not|still|again|unfortunately)\b",
    re.IGNORECASE,
)


def is_dank(tekst: str) -> bool:
    """Whether these few words only say thanks: they open nothing again."""
    kaal = tekst.strip()
    return 0 < len(kaal) <= 300 and bool(_DANK.search(kaal)) and not _MAAR.search(kaal)


_BELEID = re.compile(r"\bdmarc=fail\b(?P<rest>[^;]*)", re.IGNORECASE)
_GEEN_BELEID = re.compile(r"\bp(?:olicy)?=none\b|\baction=none\b", re.IGNORECASE)


def verdacht(brief: Brief) -> str:
    """What the mail server before us said of it: 'spam', 'vervalst' (the sender's domain says that this is not from
    there: DMARC, RFC 7489 and 8601), or ''. Of Authentication-Results the first counts: the last server puts it on
    top. Servers remove these fields from mail that comes in with them."""
    kop = brief.kop
    vlaggen = (kop.een("x-spam-flag"), kop.een("x-spam-status"), kop.een("x-spam"))
    if any(re.match(r"\s*(?:yes|true)\b", vlag, re.IGNORECASE) for vlag in vlaggen):
        return "spam"
    if re.search(r"\bSFV:SPM\b", kop.een("x-forefront-antispam-report")) or re.fullmatch(
        r"\s*[5-9]\s*", kop.een("x-ms-exchange-organization-scl")
    ):
        return "spam"
    gezakt = _BELEID.search(kop.een("authentication-results"))
    return "vervalst" if gezakt and not _GEEN_BELEID.search(gezakt["rest"]) else ""


def stukken(brief: Brief) -> list[Bijlage]:
    """The attachments that somebody meant to send."""
    eigen = [each for each in brief.bijlagen if each.rol in (Rol.BIJLAGE, Rol.INLINE)]
    return eigen or [each for ander in brief.ingesloten for each in stukken(ander)]


_ZONDER_INHOUD = {Rol.LOGO, Rol.PIXEL, Rol.AGENDA, Rol.RAPPORT, Rol.ONDERTEKENING, Rol.OMHULSEL}


def weggelaten(brief: Brief) -> list[str]:
    """The names of what is only to be seen in the mail itself: enclosed mail beside a text of the sender's own, text
    that was too large, what cannot be read."""
    getoond = brief.ingesloten if brief.inhoud != brief.tekst else ()
    rollen = _ZONDER_INHOUD | {Rol.BIJLAGE, Rol.INLINE} | ({Rol.BERICHT} if getoond else set())
    return [each.naam for each in brief.bijlagen if each.rol not in rollen]


def schrijver_van(brief: Brief, afzender: str) -> Adres | None:
    """Who wrote what a forwarded mail holds, when that is somebody else than its sender and has an address."""
    if not (brief.draad.is_doorgestuurd or brief.doorgestuurd or (brief.ingesloten and not brief.tekst)):
        return None
    schrijver = brief.schrijver
    return schrijver if schrijver is not None and schrijver.adres and schrijver.adres.lower() != afzender else None


def antwoord_aan(brief: Brief, eigen: frozenset[str]) -> Adres | None:
    """To whom an answer goes: Reply-To, where a form names the person; not to ourselves, nor to a machine."""
    namen: list[Adres] = [*brief.kop.antwoord_aan, *brief.kop.van]
    namen += [brief.kop.afzender] if brief.kop.afzender else []
    for each in namen:
        if each.adres and each.adres.lower() not in eigen and not NOREPLY.match(each.adres):
            return each
    return None


def soort_van(onderwerp: str, tekst: str) -> str:
    """The kind of a new reactie by its first words. A complaint in words is treated as one: only named handlers see it
    then, and they may decide otherwise."""
    begin = f"{onderwerp}\n{tekst[:400]}".lower()
    if re.search(r"\b(dien\w*\b.{0,20}\been klacht|klacht (indienen|over|tegen)|formele klacht)\b", begin):
        return "klacht"
    if re.search(r"\b(compliment\w*|complimenten)\b", begin):
        return "compliment"
    gedacht = rules.voorstel("melding", f"{onderwerp} {tekst[:1000]}")
    if gedacht is not None and "?" not in onderwerp:
        return "melding"
    return "vraag"

"""What residents write in a messaging channel: it joins their open reactie, or becomes a new one.

Who writes is known by the address that the channel vouches for, so a known conversation needs no token. Whoever wants
to say something else begins with NIEUW.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.channels import commands as kanalen
from loket.foundation.channels.adapters import soort_van as soort_kanaal
from loket.foundation.channels.events import BerichtOntvangen
from loket.foundation.channels.queries import bericht as bericht_van
from loket.foundation.channels.queries import eerder
from loket.foundation.database.sql import execute, row
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.foundation.jobs.queue import enqueue, job
from loket.foundation.storage.files import read
from loket.registers.plekken.queries import dichtstbijzijnde_adres
from loket.registers.plekken.rules import wgs84_naar_rd
from loket.registers.zaken import commands as zaken
from loket.services.reacties import rules
from loket.services.reacties.commands.bericht import voeg_bericht_toe
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.fotos import neem_bestand
from loket.services.reacties.inzending import MAX_NAAM, Foto, Inzending, Plek
from loket.services.reacties.post_besluit import soort_van
from loket.services.reacties.queries.bewoner import Volger, reactie, volger_van

LEES = "reacties.lees_kanaalbericht"
CHAT = "chat"
"""The `kanaal` of what was said in a messaging channel, whichever it is."""
MAX_TELEFOON = 20

_NIEUW = re.compile(
    r"\s*(?:nieuwe?( melding| vraag| bericht)?|new( report| question| message)?)\b[\s:.,!–-]*", re.IGNORECASE
)
_BEDANKJE = re.compile(
    r"\W*((heel |ontzettend |super )?(erg )?(bedankt|dank( je| u)?( wel)?|dankjewel|dankuwel|thanks?( you)?|top|super"
    r"|fijn|mooi|prima|ok|oke|oké|okay|goed)\W*){1,4}",
    re.IGNORECASE,
)


@listen(BerichtOntvangen, name="reacties.kanaal")
def lees_straks(deliveries: Sequence[Delivery]) -> None:
    """A job for each message, one after another for each channel: what somebody says first, is read first."""
    for delivery in deliveries:
        event = delivery.event
        assert isinstance(event, BerichtOntvangen)
        enqueue(LEES, lock=f"{LEES}:{event.kanaal}", bericht=str(event.subject))


@job(LEES)
def lees_kanaalbericht(*, bericht: str) -> None:
    """Read one message and do with it what it asks. Again: nothing, when it was done."""
    verwerk(UUID(bericht))


@dataclass(frozen=True)
class Lezing:
    """A message as it is recorded. `niet_bewaard`: the files that we could not take."""

    tekst: str
    fotos: tuple[Foto, ...]
    niet_bewaard: tuple[str, ...] = ()
    nieuw: bool = False
    plek: Plek = field(default_factory=Plek)


def verwerk(bericht: UUID) -> str:
    """Read the message, and act, in one transaction. Gives what was done: 'bericht', 'nieuw', 'af', 'mislukt', or ''
    when it was done already."""
    with transaction.atomic():
        gegevens = _neem(bericht)
        if gegevens is None:
            return ""
        try:
            with transaction.atomic():
                return _doe(gegevens)
        except Refused as geweigerd:
            kanalen.mislukt(_actor(gegevens), bericht, f"{geweigerd.code}: {geweigerd.message}")
            return "mislukt"


def _neem(bericht: UUID) -> dict[str, Any] | None:
    """The message, held; and nobody else reads in this conversation meanwhile."""
    if not execute("select 1 from loket_channels_bericht where id = %s and stand = 'nieuw' for update", (bericht,)):
        return None
    gegevens = bericht_van(bericht)
    assert gegevens is not None
    gesprek = f"{gegevens['kanaal_id']}:{gegevens['tegenpartij']}"
    execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", (gesprek,))
    return gegevens


def _doe(gegevens: dict[str, Any]) -> str:
    lezing = lees(gegevens)
    laatste, open_ = _gesprek(gegevens)
    if open_ is not None and not lezing.nieuw:
        _bericht(gegevens, lezing, open_)
        return "bericht"
    if laatste and not lezing.nieuw and not lezing.fotos and is_bedankje(lezing.tekst):
        kanalen.leg_af(_actor(gegevens), gegevens["id"], "bedankje")
        return "af"
    _nieuw(gegevens, lezing)
    return "nieuw"


def is_bedankje(tekst: str) -> bool:
    """Whether somebody says no more than thanks: after it is done, that is no new question."""
    return bool(_BEDANKJE.fullmatch(tekst.strip() or "-"))


def lees(gegevens: dict[str, Any]) -> Lezing:
    """The words as they are kept, the files that we can take, the place that was shared."""
    tekst: str = gegevens["tekst"].strip()
    nieuw = _NIEUW.match(tekst)
    rest = tekst[nieuw.end() :] if nieuw else tekst
    fotos, niet = _bestanden(gegevens["media"])
    plek = _plek(gegevens["plek"])
    if not rest.strip() and not (fotos and not nieuw):
        rest = tekst or (_("(Een plek op de kaart)") if plek else _("(Een bericht zonder tekst)"))
    if len(rest) > rules.MAX_TEKST:
        einde = _("\n\n(Het bericht was langer.)")
        rest = rest[: rules.MAX_TEKST - len(einde)] + einde
    return Lezing(rest, tuple(fotos), tuple(niet), nieuw is not None, plek)


def _bestanden(media: list[dict[str, Any]]) -> tuple[list[Foto], list[str]]:
    goed: list[Foto] = []
    niet: list[str] = []
    for each in media:
        naam = each.get("naam") or _("een bestand")
        if not each.get("sha256") or len(goed) == rules.MAX_FOTOS:
            niet.append(naam)
            continue
        try:
            goed.append(neem_bestand(SimpleUploadedFile(naam, read(each["sha256"]))))
        except (Refused, NotFound):
            niet.append(naam)
    return goed, niet


def _plek(gedeeld: dict[str, Any] | None) -> Plek:
    if not gedeeld:
        return Plek()
    try:
        x, y = wgs84_naar_rd(float(gedeeld["long"]), float(gedeeld["lat"]))
    except (Refused, KeyError, TypeError, ValueError):
        return Plek()
    nabij = dichtstbijzijnde_adres(x, y)
    return Plek(nabij.tekst if nabij else "", "", x, y)


def _gesprek(gegevens: dict[str, Any]) -> tuple[bool, Volger | None]:
    """Whether this person wrote before, and the last reactie of theirs that is still open."""
    links = eerder(gegevens["kanaal_id"], gegevens["tegenpartij"])
    for link in links:
        try:
            volger = volger_van(link)
            if reactie(volger).open:
                return True, volger
        except NotFound:  # the link was withdrawn
            continue
    return bool(links), None


def _actor(gegevens: dict[str, Any]) -> Actor:
    return Actor("systeem", naam="kanaal", organisatie=gegevens["organisatie_id"], functie="bewoner")


def _bericht(gegevens: dict[str, Any], lezing: Lezing, volger: Volger) -> None:
    contact = voeg_bericht_toe(
        _actor(gegevens),
        volger,
        lezing.tekst,
        lezing.fotos,
        idempotency_key=f"kanaal:{gegevens['id']}",
        kanaal=CHAT,
        metadata={"kanaalbericht": str(gegevens["id"])},
    )
    zaak = row("select zaak_id from klanten_onderwerpobject where klantcontact_id = %s limit 1", (contact.id,))
    assert volger.link is not None and zaak is not None
    regels = [_gedeeld(lezing.plek)] if lezing.plek else []
    _noteer(gegevens, zaak["zaak_id"], [*regels, *_niet_bewaard(lezing)])
    kanalen.verwerkt(_actor(gegevens), gegevens["id"], betreft=volger.link)


def _nieuw(gegevens: dict[str, Any], lezing: Lezing) -> None:
    adapter = soort_kanaal(gegevens["soort"]).adapter
    telefoon = gegevens["tegenpartij"] if adapter is not None and adapter.phone else ""
    telefoon = telefoon if len(telefoon) <= MAX_TELEFOON else ""
    tekst = lezing.tekst if lezing.tekst.strip() else _("(Een foto zonder tekst)")
    soort, regels = soort_van("", tekst), _niet_bewaard(lezing)
    if soort == "klacht" and not telefoon:
        soort, regels = "vraag", [*regels, _("Dit lijkt een klacht. Vraag de naam en hoe wij terug kunnen bellen.")]
    binnen = ontvang_reactie(
        _actor(gegevens),
        gegevens["organisatie_id"],
        Inzending(
            soort=soort,
            tekst=tekst,
            plek=lezing.plek,
            fotos=lezing.fotos,
            naam=(gegevens["naam"] or gegevens["tegenpartij"])[:MAX_NAAM],
            telefoon=telefoon,
            kanaal=CHAT,
        ),
        idempotency_key=f"kanaal:{gegevens['id']}",
    )
    _noteer(gegevens, binnen.zaak, regels)
    eigen = row("select team_id from zaken_werkvoorraad where zaak_id = %s", (binnen.zaak,))
    if soort != "klacht" and eigen and eigen["team_id"] != gegevens["team_id"]:
        waarom = _("Kwam binnen op %s") % gegevens["kanaal_naam"]
        naar = Actor.system("kanaal", gegevens["organisatie_id"])
        zaken.wijs_toe(naar, binnen.zaak, team=gegevens["team_id"], waarom=waarom)
    kanalen.verwerkt(_actor(gegevens), gegevens["id"], betreft=binnen.volglink)


def _niet_bewaard(lezing: Lezing) -> list[str]:
    if not lezing.niet_bewaard:
        return []
    zin = _("Deze bestanden konden wij niet bewaren: %s. Vraag de bewoner om ze opnieuw te sturen.")
    return [zin % ", ".join(lezing.niet_bewaard)]


def _gedeeld(plek: Plek) -> str:
    waar = plek.label or f"{plek.x}, {plek.y}"
    return _("De bewoner deelde een plek op de kaart: %s.") % waar


def _noteer(gegevens: dict[str, Any], zaak: UUID, regels: list[str]) -> None:
    if regels:
        zaken.schrijf_notitie(Actor.system("kanaal", gegevens["organisatie_id"]), zaak, "\n".join(regels))

"""Mail that came in: it becomes a message in a reactie, a new reactie, or waits for a person; it never disappears.

What joins a reactie by itself: a valid token of one of our own letters, or a reference to it (Message-ID, number) by
somebody who follows it with that address. A reference by anybody else joins nothing and tells nothing: a person looks.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.engines.brievenbus.brief import Bijlage, Brief, Rol, Soort
from loket.engines.brievenbus.draden import Eigen
from loket.engines.brievenbus.fouten import BriefFout
from loket.engines.brievenbus.lezen import lees
from loket.engines.termijnen.kalender import volgende_werkdag
from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.errors import Refused
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.foundation.inbox import commands as inbox
from loket.foundation.inbox.events import PostOntvangen
from loket.foundation.inbox.queries import post as post_van
from loket.foundation.inbox.rules import split_extension
from loket.foundation.jobs.queue import enqueue, job
from loket.foundation.storage.files import read
from loket.foundation.time.clock import today
from loket.registers.zaken import commands as zaken
from loket.services.reacties import rules, sleutels
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.commands.vervolg import voeg_bericht_toe
from loket.services.reacties.fotos import neem_bestand
from loket.services.reacties.inzending import MAX_NAAM, Foto, Inzending
from loket.services.reacties.queries.bewoner import volger_van

LEES = "reacties.lees_post"

NIETS_MEE_TE_DOEN = {
    Soort.AUTOANTWOORD,
    Soort.AFWEZIG,
    Soort.BEZORGD,
    Soort.LEESBEVESTIGING,
    Soort.LUS,
    Soort.ONBESTELBAAR,
}
EEN_MENS_KIJKT = {Soort.LIJST, Soort.UITDAGING, Soort.AUTOMAAT}

_BIJ = """
select 1 as rang, v.id as link, v.zaak_id as zaak, v.email, z.einddatum from reacties_volglink v
    join zaken_zaak z on z.id = v.zaak_id where v.id = any(%(tekens)s) and v.ingetrokken_op is null
union all
select 2, v.id, v.zaak_id, v.email, z.einddatum from loket_mail_bericht b
    join zaken_zaak z on z.id = b.betreft
    join reacties_volglink v on v.zaak_id = z.id and v.ingetrokken_op is null where b.id = any(%(berichten)s)
union all
select 3, v.id, v.zaak_id, v.email, z.einddatum from zaken_zaak z
    join reacties_volglink v on v.zaak_id = z.id and v.ingetrokken_op is null
    where z.organisatie_id = %(organisatie)s and z.identificatie = any(%(nummers)s)
order by rang, link"""


@dataclass(frozen=True)
class Besluit:
    """What becomes of a mail. `stap`: bericht (in `zaak`, of the follower `link`), nieuw, apart or af."""

    stap: str
    reden: str = ""
    zaak: UUID | None = None
    link: UUID | None = None


@dataclass(frozen=True)
class Bekend:
    """A reactie that a mail refers to: `rang` 1 by a token, 2 by a Message-ID of ours, 3 by its number."""

    rang: int
    link: UUID
    zaak: UUID
    email: str
    gesloten: bool


def beslis(brief: Brief, afzender: str, bekend: list[Bekend], *, eigen: frozenset[str] = frozenset()) -> Besluit:
    """Where this mail belongs. Pure. `eigen`: our own addresses, whose mail comes back to us."""
    if afzender in eigen:
        return Besluit("af", "eigen")
    if brief.soort in NIETS_MEE_TE_DOEN:
        return Besluit("af", brief.soort.value)
    if _spam(brief):
        return Besluit("apart", "spam")
    if brief.beveiliging.versleuteld:
        return Besluit("apart", "versleuteld")
    if brief.draad.is_doorgestuurd:  # it carries the marks of what is sent on, and is a mail of its own
        bekend = []
    van_hem = [each for each in bekend if each.rang == 1 or each.email.lower() == afzender]
    if van_hem:
        bij = van_hem[0]
        stap = "apart" if bij.gesloten else "bericht"
        return Besluit(stap, "gesloten" if bij.gesloten else "", bij.zaak, bij.link)
    if bekend:
        return Besluit("apart", "onbekende-afzender", bekend[0].zaak)
    if brief.soort in EEN_MENS_KIJKT:
        return Besluit("apart", brief.soort.value)
    if not afzender:
        return Besluit("apart", "geen-afzender")
    if not brief.inhoud.strip() and not stukken(brief):
        return Besluit("apart", "leeg")
    return Besluit("nieuw")


def _spam(brief: Brief) -> bool:
    """What the mail server before us said of it."""
    return brief.kop.een("x-spam-flag").strip().lower() == "yes" or brief.kop.een("x-spam-status").lower().startswith(
        "yes"
    )


def stukken(brief: Brief) -> list[Bijlage]:
    """The attachments that somebody meant to send."""
    eigen = [each for each in brief.bijlagen if each.rol in (Rol.BIJLAGE, Rol.INLINE)]
    return eigen or [each for ander in brief.ingesloten for each in stukken(ander)]


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


@listen(PostOntvangen, name="reacties.post")
def lees_straks(deliveries: list[Delivery] | Any) -> None:
    """A job for each mail: a large one must not hold up the events of others."""
    for delivery in deliveries:
        enqueue(LEES, post=str(delivery.event.subject))


@job(LEES)
def lees_post(*, post: str) -> None:
    """Read one mail and do with it what it asks. Again: nothing, when it was done."""
    verwerk(UUID(post))


def verwerk(post: UUID) -> Besluit | None:
    """Read the mail, decide, and act, in one transaction. Gives the decision; None when it was done already."""
    with transaction.atomic():
        if not execute("select 1 from loket_inbox_post where id = %s and stand = 'nieuw' for update", (post,)):
            return None
        gegevens = post_van(post)
        assert gegevens is not None
        lezing = lees_mail(gegevens)
        bekend = _bekend(lezing, gegevens)
        besluit = beslis(lezing.brief, lezing.afzender, bekend, eigen=_eigen().adressen)
        if lezing.fout:
            besluit = Besluit("apart", lezing.fout)
        doe = {"bericht": _bericht, "nieuw": _nieuw, "apart": _apart, "af": _af}[besluit.stap]
        try:
            with transaction.atomic():
                doe(gegevens, lezing, besluit)
        except Refused as geweigerd:
            besluit = Besluit("apart", f"geweigerd-{geweigerd.code}", besluit.zaak)
            _apart(gegevens, lezing, besluit)
    return besluit


@dataclass(frozen=True)
class Lezing:
    brief: Brief
    afzender: str
    naam: str
    tekens: tuple[UUID, ...]
    fout: str = ""
    niet_bewaard: list[str] = field(default_factory=list)


def _eigen() -> Eigen:
    adressen = frozenset(each["adres"] for each in rows("select adres from loket_inbox_postvak"))
    afzender = settings.MAIL_FROM.rpartition("<")[2].rstrip("> ").lower()
    afkortingen = frozenset(each["afkorting"] for each in rows("select afkorting from loket_identity_organisatie"))
    domeinen = {adres.rpartition("@")[2] for adres in (*adressen, afzender)}
    return Eigen(domeinen=frozenset(domeinen), adressen=adressen | {afzender}, afkortingen=afkortingen)


def lees_mail(post: dict[str, Any]) -> Lezing:
    rauw, fout = read(post["sha256"]), ""
    try:
        brief = lees(rauw, eigen=_eigen(), ontvangers=tuple(post["envelop_aan"]), ontvangen=post["ontvangen_op"])
    except BriefFout as onleesbaar:
        brief, fout = onleesbaar.brief, "onleesbaar"
    van = brief.kop.van[0] if brief.kop.van else brief.kop.afzender
    gericht = [*post["envelop_aan"], *(each.adres for each in (*brief.kop.aan, *brief.kop.cc))]
    tekens = {sleutels.link_van_teken(split_extension(adres)[1]) for adres in gericht}
    return Lezing(
        brief,
        van.adres.lower() if van else "",
        (van.naam if van else "")[:MAX_NAAM],
        tuple(each for each in tekens if each is not None),
        fout,
    )


def _bekend(lezing: Lezing, post: dict[str, Any]) -> list[Bekend]:
    draad = lezing.brief.draad
    berichten = []
    for each in draad.eigen_ids:
        try:
            berichten.append(UUID(each.strip("<>").partition("@")[0]))
        except ValueError:
            continue
    nummers = [each.strip() for each in (*draad.kenmerken_onderwerp, *draad.nummers)]
    if not (lezing.tekens or berichten or nummers):
        return []
    waarden = {
        "tekens": list(lezing.tekens),
        "berichten": berichten,
        "nummers": nummers,
        "organisatie": post["organisatie_id"],
    }
    return [
        Bekend(rij["rang"], rij["link"], rij["zaak"], rij["email"], rij["einddatum"] is not None)
        for rij in rows(_BIJ, waarden)
    ]


# -- what is done -----------------------------------------------------------------------------------------------------


def _actor(post: dict[str, Any]) -> Actor:
    return Actor("systeem", naam="post", organisatie=post["organisatie_id"], functie="bewoner")


def bestanden(lezing: Lezing) -> list[Foto]:
    """The attachments as they are kept; what cannot be kept is named, and stays in the mail as it came."""
    goed: list[Foto] = []
    for each in stukken(lezing.brief):
        if len(goed) == rules.MAX_FOTOS:
            lezing.niet_bewaard.append(each.naam)
            continue
        try:
            goed.append(neem_bestand(SimpleUploadedFile(each.naam, each.inhoud)))
        except Refused:
            lezing.niet_bewaard.append(each.naam)
    return goed


def tekst_van(lezing: Lezing, *, onderwerp: bool) -> str:
    """The text to show, within what a message may hold; the mail as it came is kept whole."""
    brief = lezing.brief
    delen = [brief.kop.onderwerp.strip() if onderwerp else "", brief.inhoud.strip()]
    delen += [afspraak.in_woorden for afspraak in brief.afspraken]
    tekst = "\n\n".join(deel for deel in delen if deel).replace("\x00", "")
    if len(tekst) <= rules.MAX_TEKST:
        return tekst
    einde = _("\n\n(De e-mail is langer. Hij is helemaal bewaard.)")
    return tekst[: rules.MAX_TEKST - len(einde)] + einde


def _bericht(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    assert besluit.zaak is not None and besluit.link is not None
    fotos = bestanden(lezing)
    tekst = tekst_van(lezing, onderwerp=False)
    if not tekst and not fotos:
        tekst = lezing.brief.kop.onderwerp
    contact = voeg_bericht_toe(
        _actor(post),
        volger_van(besluit.link),
        tekst,
        fotos,
        idempotency_key=f"post:{post['id']}",
        kanaal="email",
        metadata={"post": str(post["id"]), "van": lezing.afzender},
    )
    noem_niet_bewaard(post, besluit.zaak, lezing)
    inbox.verwerkt(_actor(post), post["id"], betreft=contact.id)


def _nieuw(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    brief, taal = lezing.brief, "nl"
    fotos = bestanden(lezing)
    soort = soort_van(brief.kop.onderwerp, brief.inhoud)
    with override(taal):
        binnen = ontvang_reactie(
            _actor(post),
            post["organisatie_id"],
            Inzending(
                soort=soort,
                tekst=tekst_van(lezing, onderwerp=True),
                fotos=tuple(fotos),
                naam=lezing.naam or lezing.afzender,
                email=lezing.afzender,
                kanaal="email",
                taal=taal,
            ),
            idempotency_key=f"post:{post['id']}",
        )
    noem_niet_bewaard(post, binnen.zaak, lezing)
    eigen_team = row("select team_id from zaken_werkvoorraad where zaak_id = %s", (binnen.zaak,))
    if soort != "klacht" and eigen_team and eigen_team["team_id"] != post["postvak_team"]:
        naar = Actor("systeem", naam="post", organisatie=post["organisatie_id"])
        zaken.wijs_toe(naar, binnen.zaak, team=post["postvak_team"], waarom=_("Kwam binnen op %s") % post["adres"])
    inbox.verwerkt(_actor(post), post["id"], betreft=binnen.zaak)


def noem_niet_bewaard(post: dict[str, Any], zaak: UUID, lezing: Lezing) -> None:
    if lezing.niet_bewaard:
        zin = _("Deze bijlagen staan alleen in de e-mail zelf: %s") % ", ".join(lezing.niet_bewaard)
        zaken.schrijf_notitie(Actor("systeem", naam="post", organisatie=post["organisatie_id"]), zaak, zin)


def _apart(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    inbox.zet_apart(
        _actor(post),
        post["id"],
        besluit.reden,
        team=post["postvak_team"],
        uiterlijk=volgende_werkdag(today()),
        detail={
            "van": lezing.afzender,
            "onderwerp": lezing.brief.kop.onderwerp[:300],
            **({"zaak": str(besluit.zaak)} if besluit.zaak else {}),
        },
    )


def _af(post: dict[str, Any], lezing: Lezing, besluit: Besluit) -> None:
    if besluit.reden == Soort.ONBESTELBAAR.value:
        _onbestelbaar(post, lezing)
    inbox.leg_af(_actor(post), post["id"], besluit.reden, detail={"van": lezing.afzender})


def _onbestelbaar(post: dict[str, Any], lezing: Lezing) -> None:
    """A mail of ours did not arrive: that stands with the mail, and in the reactie for whoever handles it."""
    sleutel = lezing.brief.oorspronkelijk_id.strip("<>").partition("@")[0]
    try:
        bericht = UUID(sleutel)
    except ValueError:
        return
    for fout in lezing.brief.bestellingen:
        if not fout.blijvend:
            continue
        gevonden = row(
            "update loket_mail_bericht set state = 'mislukt', oorzaak = 'geweigerd', sent_at = sent_at,"
            " last_error = %(uitleg)s where id = %(id)s returning betreft, to_address",
            {"id": bericht, "uitleg": f"{fout.status} {fout.uitleg}".strip()[:500]},
        )
        if gevonden and gevonden["betreft"]:
            zin = _("Onze e-mail aan %s kwam niet aan. Bereik deze persoon op een andere manier.")
            wij = Actor("systeem", naam="post", organisatie=post["organisatie_id"])
            with suppress(Refused), transaction.atomic():  # in a closed zaak nothing is written any more
                zaken.schrijf_notitie(wij, gevonden["betreft"], zin % gevonden["to_address"])

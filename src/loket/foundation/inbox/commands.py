"""Taking in mail, saying what became of it, and arranging the mailboxes."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Team
from loket.foundation.inbox import rules
from loket.foundation.inbox.bronnen import Bron, BronFout, Bus, open_geheim, verzegel
from loket.foundation.inbox.events import PostOntvangen
from loket.foundation.inbox.models import Imap, Postvak
from loket.foundation.inbox.queries import postvakken
from loket.foundation.inbox.rules import readable
from loket.foundation.mail.rules import check_address
from loket.foundation.storage.files import Stored, open_file
from loket.foundation.time.clock import now

_HEAD = 65_536
_INSERT = """
insert into loket_inbox_post (id, organisatie_id, postvak_id, vingerafdruk, herkomst, envelop_van, envelop_aan, sha256,
    grootte, ontvangen_op, stand, reden, detail, message_id)
values (%(id)s, %(organisatie)s, %(postvak)s, %(vingerafdruk)s, %(herkomst)s, %(van)s, %(aan)s, %(sha256)s, %(grootte)s,
    %(nu)s, 'nieuw', '', '{}', %(message_id)s)
on conflict (postvak_id, vingerafdruk) do nothing returning id"""


def neem_aan(
    actor: Actor, bestand: Stored, vingerafdruk: bytes, *, van: str, aan: Sequence[str], herkomst: str
) -> list[UUID]:
    """Take in a mail that is in the storage: a row for each mailbox it is for, and the event. The same mail again is
    not taken in twice. Of the addresses each row has those of its own mailbox: nobody reads of whom another had it.
    Gives the keys of what is new. Raises NotFound when no address is a mailbox of ours."""
    nieuw: list[UUID] = []
    with transaction.atomic():
        gevonden = postvakken(aan)
        if not gevonden:
            raise NotFound("None of these addresses is a mailbox here.")
        with open_file(bestand.sha256) as file:
            message_id = rules.message_id_of(rules.head_of(file.read(_HEAD)))
        for postvak in gevonden:
            waarden = {
                "id": uuid7(),
                "organisatie": postvak["organisatie"],
                "postvak": postvak["id"],
                "vingerafdruk": vingerafdruk,
                "herkomst": herkomst,
                "van": readable(van),
                "aan": postvak["aan"],
                "sha256": bestand.sha256,
                "grootte": bestand.size,
                "nu": now(),
                "message_id": message_id,
            }
            if row(_INSERT, waarden) is not None:
                nieuw.append(waarden["id"])
                publish(PostOntvangen(subject=waarden["id"], organisatie=postvak["organisatie"], postvak=postvak["id"]))
    return nieuw


def verwerkt(actor: Actor, post: UUID, *, betreft: UUID, reden: str = "") -> None:
    """The mail became a message or a zaak: `betreft`."""
    _zet(actor, post, "verwerkt", reden, betreft=betreft)


def leg_af(actor: Actor, post: UUID, reden: str, *, detail: Mapping[str, Any] | None = None) -> None:
    """There is nothing to do with this mail, for `reden`: a bounce that was handled, our own mail, spam."""
    _zet(actor, post, "afgelegd", reden, detail=detail)


def zet_apart(
    actor: Actor, post: UUID, reden: str, *, team: UUID, uiterlijk: date, detail: Mapping[str, Any] | None = None
) -> None:
    """A person of `team` must look at this mail, at the latest on `uiterlijk`. `detail`: what was found out."""
    _zet(actor, post, "quarantaine", reden, team=team, uiterlijk=uiterlijk, detail=detail)


def _zet(
    actor: Actor,
    post: UUID,
    stand: str,
    reden: str,
    *,
    betreft: UUID | None = None,
    team: UUID | None = None,
    uiterlijk: date | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    with transaction.atomic():
        gezet = row(
            "update loket_inbox_post set stand = %(stand)s, reden = %(reden)s, betreft = %(betreft)s,"
            " team_id = %(team)s, uiterlijk = %(uiterlijk)s, detail = detail || %(detail)s, gedaan_op = %(nu)s"
            " where id = %(id)s returning organisatie_id",
            {
                "id": post,
                "stand": stand,
                "reden": reden,
                "betreft": betreft,
                "team": team,
                "uiterlijk": uiterlijk,
                "detail": Jsonb(dict(detail or {})),
                "nu": None if stand == "quarantaine" else now(),
            },
        )
        if gezet is None:
            raise NotFound("There is no such mail.")
        record(
            actor,
            f"post.{stand}",
            "post",
            post,
            organisatie=gezet["organisatie_id"],
            detail={"reden": reden} if reden else None,
        )


# -- the mailboxes, by an administrator -------------------------------------------------------------------------------


def maak_postvak(actor: Actor, *, adres: str, naam: str, team: UUID) -> Postvak:
    """Add an address at which mail comes in. Raises Forbidden, Refused (`adres`, `bestaat`, `team`)."""
    with transaction.atomic():
        nieuw = Postvak(organisatie_id=_eigen(actor), adres=check_address(adres, "adres").lower(), naam=naam.strip())
        nieuw.team = _team(actor, team)
        _bewaar(nieuw, force_insert=True)
        record(actor, "postvak.gemaakt", "postvak", nieuw.pk, organisatie=nieuw.organisatie_id)
    return nieuw


def wijzig_postvak(actor: Actor, postvak: UUID, *, naam: str, team: UUID, actief: bool) -> None:
    """Change the name or the team of a mailbox, or stop and start it. Its address stays: letters carry it. Raises
    Forbidden, NotFound, Refused (`team`)."""
    with transaction.atomic():
        gevonden = _postvak(actor, postvak)
        velden = {"naam": naam.strip(), "team": _team(actor, team), "actief": actief}
        anders = [veld for veld, waarde in velden.items() if getattr(gevonden, veld) != waarde]
        for veld in anders:
            setattr(gevonden, veld, velden[veld])
        if anders:
            gevonden.save(update_fields=anders)
            _leg_vast(actor, "postvak.gewijzigd", gevonden, velden=anders)


def stel_imap_in(actor: Actor, postvak: UUID, geheimen: Mapping[str, str], **velden: Any) -> None:
    """Let Loket look in this mailbox, or change how. `velden`: host, poort, beveiliging, gebruiker, wijze, token_url,
    client_id, scope, map, vanaf, daarna, map_daarna. `geheimen`: wachtwoord, client_secret, refresh_token; an empty one
    stays what it is, as long as it goes to the same place. Raises Forbidden, NotFound, Refused (`host`, `beveiliging`,
    `token_url`, `geheim`, `map`, `bestaat`)."""
    with transaction.atomic():
        vak = _postvak(actor, postvak)
        velden["host"] = rules.check_host(velden["host"])
        rules.check_veilig(velden["host"], velden["beveiliging"])
        if velden["wijze"] == Imap.Wijze.OAUTH2:
            velden["token_url"] = rules.check_token_url(velden["token_url"])
        if velden["daarna"] == Imap.Daarna.VERPLAATSEN and velden["map_daarna"] in ("", velden["map"]):
            raise Refused("map", _("Kies een andere map dan die waarin de e-mail binnenkomt."), "map_daarna")
        oud = Imap.objects.select_for_update().filter(postvak=vak).first()
        imap = oud or Imap(postvak=vak)
        anders = [veld for veld, waarde in velden.items() if oud is None or getattr(oud, veld) != waarde]
        nieuw = _geheimen(oud, anders, geheimen, velden["wijze"])
        for veld, waarde in velden.items():
            setattr(imap, veld, waarde)
        imap.geheim = verzegel(vak.pk, nieuw)
        if oud is None or {"host", "poort", "gebruiker", "map"} & set(anders):
            imap.uidvalidity, imap.gelezen_tot, imap.gedaan_tot, imap.overgeslagen = None, 0, 0, []
        imap.volgende_op, imap.pogingen, imap.oorzaak, imap.fout = now(), 0, "", ""
        imap.save()
        anders += [naam for naam, waarde in geheimen.items() if waarde]
        _leg_vast(actor, "postvak.imap_ingesteld", vak, velden=anders)


def _geheimen(oud: Imap | None, anders: Sequence[str], gegeven: Mapping[str, str], wijze: str) -> dict[str, str]:
    """What is kept now. A secret that is there goes to no other place than where it was given for: who changes the
    address types it again."""
    nodig = ("wachtwoord",) if wijze == Imap.Wijze.WACHTWOORD else ("client_secret", "refresh_token")
    bekend: dict[str, str] = {}
    if oud is not None and not {"host", "poort", "gebruiker", "wijze", "token_url", "beveiliging"} & set(anders):
        with suppress(BronFout):
            bekend = open_geheim(oud.pk, bytes(oud.geheim))
    nieuw = {naam: gegeven.get(naam) or bekend.get(naam, "") for naam in nodig}
    if not any(nieuw.values()):
        raise Refused("geheim", _("Vul dit in. Na een wijziging van de server vragen wij het opnieuw."), nodig[0])
    return {naam: waarde for naam, waarde in nieuw.items() if waarde}


def ontkoppel_imap(actor: Actor, postvak: UUID) -> None:
    """Look in this mailbox no longer, and forget its password. What came in stays. Twice is harmless. Raises Forbidden,
    NotFound."""
    with transaction.atomic():
        vak = _postvak(actor, postvak)
        if Imap.objects.filter(postvak=vak).delete()[0]:
            _leg_vast(actor, "postvak.imap_ontkoppeld", vak)


def kijk_nu(actor: Actor, postvak: UUID) -> None:
    """Look in this mailbox within seconds, also at what was passed over. Raises Forbidden, NotFound."""
    with transaction.atomic():
        vak = _postvak(actor, postvak)
        imap = Imap.objects.select_for_update().filter(postvak=vak).first()
        if imap is None:
            raise NotFound("Nobody looks in this mailbox.")
        imap.volgende_op = now()
        imap.overgeslagen = [each | {"opnieuw": True} for each in imap.overgeslagen]
        imap.save(update_fields=["volgende_op", "overgeslagen"])
        _leg_vast(actor, "postvak.kijk_nu", vak)


def probeer_verbinding(actor: Actor, postvak: UUID) -> int:
    """Try the settings as they are: connect, log in, open the folder; gives how many mails are in it. Changes nothing
    there. Raises Forbidden, NotFound, BronFout."""
    vak = _postvak(actor, postvak)
    rij = row("select * from loket_inbox_imap where postvak_id = %s", (vak.pk,))
    if rij is None:
        raise NotFound("There are no settings to try.")
    with Bus.open(Bron.van(rij), alleen_kijken=True) as bus:
        return bus.aantal


def _eigen(actor: Actor) -> UUID:
    actor.require(rules.POSTVAKKEN)
    if actor.organisatie is None:
        raise Forbidden("Whoever administers, does so for one organisation.")
    return actor.organisatie


def _postvak(actor: Actor, postvak: UUID) -> Postvak:
    gevonden = Postvak.objects.select_related("team").filter(pk=postvak, organisatie=_eigen(actor)).first()
    if gevonden is None:
        raise NotFound("There is no such mailbox.")
    return gevonden


def _team(actor: Actor, team: UUID) -> Team:
    gevonden = Team.objects.filter(pk=team, organisatie=_eigen(actor)).first()
    if gevonden is None:
        raise Refused("team", _("Kies een team van uw eigen organisatie."), "team")
    return gevonden


def _bewaar(postvak: Postvak, **hoe: Any) -> None:
    try:
        with transaction.atomic():
            postvak.save(**hoe)
    except IntegrityError:
        raise Refused("bestaat", _("Er is al een postvak met dit adres."), "adres") from None


def _leg_vast(actor: Actor, handeling: str, postvak: Postvak, **detail: Any) -> None:
    record(actor, handeling, "postvak", postvak.pk, organisatie=postvak.organisatie_id, detail=detail)

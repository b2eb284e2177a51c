"""Channels: connecting them, taking in what comes, and saying what became of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.channels import jobs, rules, sealing
from loket.foundation.channels.adapters import SLEUTEL, Message, Received, Soort, Status, soort_van
from loket.foundation.channels.events import BerichtMislukt, BerichtOntvangen
from loket.foundation.channels.models import Bericht, Kanaal
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import row
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Team
from loket.foundation.time.clock import now

# -- channels ---------------------------------------------------------------------------------------------------------


def maak_kanaal(
    actor: Actor,
    *,
    soort: str,
    naam: str,
    team: UUID,
    instellingen: Mapping[str, str] | None = None,
    id: UUID | None = None,
    sleutel: str = "",
) -> tuple[Kanaal, str]:
    """Connect a channel of the own organisation. Gives it, and the key that was made for it ('' when its kind has
    none): that is told once. `id` and `sleutel` are for who must know them beforehand. Raises Forbidden, NotFound (no
    such kind), Refused (`required`, `bestaat`, `onbekend` for a team of another organisation)."""
    actor.require(rules.BEHEER)
    wat = soort_van(soort)
    given = _open_en_geheim(wat, instellingen or {}, {})
    with transaction.atomic():
        kanaal = Kanaal(
            id=id or uuid7(),
            organisatie_id=_eigen(actor),
            soort=soort,
            naam=_naam(actor, naam, None),
            team=_team(actor, team),
            instellingen=given[0],
            aangemaakt_op=now(),
        )
        key = _geef_sleutel(kanaal, wat, given[1], sleutel)
        kanaal.save(force_insert=True)
        _spoor(actor, kanaal, "kanaal.maken", {"soort": soort, "naam": kanaal.naam})
    return kanaal, key


def wijzig_kanaal(
    actor: Actor, kanaal: UUID, *, naam: str, team: UUID, actief: bool, instellingen: Mapping[str, str]
) -> Kanaal:
    """Change a channel. A secret that is left empty stays as it was. One that is not `actief` takes nothing in, and
    what goes out waits. Raises Forbidden, NotFound, Refused as `maak_kanaal`."""
    with transaction.atomic():
        eigen = _neem(actor, kanaal)
        wat, geheim = soort_van(eigen.soort), sealing.unseal(eigen.id, bytes(eigen.geheim))
        eigen.instellingen, nieuw = _open_en_geheim(wat, instellingen, geheim)
        eigen.naam, eigen.team, eigen.actief = _naam(actor, naam, eigen.id), _team(actor, team), actief
        eigen.geheim = sealing.seal(eigen.id, {**geheim, **nieuw})
        eigen.save()
        _spoor(actor, eigen, "kanaal.wijzigen", {"naam": eigen.naam, "actief": actief})
        if actief:
            transaction.on_commit(lambda: jobs.wake(eigen.id), robust=True)
    return eigen


def geef_nieuwe_sleutel(actor: Actor, kanaal: UUID) -> str:
    """Another key; the one before is worth nothing from now on. Raises Forbidden, NotFound, Refused
    (`geen-sleutel`)."""
    with transaction.atomic():
        eigen = _neem(actor, kanaal)
        wat = soort_van(eigen.soort)
        if not wat.key:
            raise Refused("geen-sleutel", _("Dit kanaal heeft geen sleutel van ons."))
        key = _geef_sleutel(eigen, wat, sealing.unseal(eigen.id, bytes(eigen.geheim)), "")
        eigen.save(update_fields=["sleutel_hash", "geheim"])
        _spoor(actor, eigen, "kanaal.sleutel", {})
    return key


def _geef_sleutel(kanaal: Kanaal, wat: Soort, geheim: Mapping[str, str], sleutel: str) -> str:
    key = (sleutel or sealing.new_key()) if wat.key else ""
    if wat.key == "hashed":
        kanaal.sleutel_hash = sealing.recognised(key)
    kanaal.geheim = sealing.seal(kanaal.id, {**geheim, **({SLEUTEL: key} if wat.key == "sealed" else {})})
    return key


def _open_en_geheim(
    wat: Soort, given: Mapping[str, str], known: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The settings to store, and the secrets to seal."""
    rules.check_settings(wat, given, known)
    values = {veld.name: given.get(veld.name, "").strip() for veld in wat.velden}
    secret = {veld.name for veld in wat.velden if veld.secret}
    return (
        {name: value for name, value in values.items() if name not in secret},
        {name: value for name, value in values.items() if name in secret and value},
    )


def _eigen(actor: Actor) -> UUID:
    if actor.organisatie is None:
        raise NotFound("A channel belongs to an organisation.")
    return actor.organisatie


def _naam(actor: Actor, naam: str, ander: UUID | None) -> str:
    naam = naam.strip()
    if not naam or len(naam) > 100:
        raise Refused("required", _("Geef het kanaal een naam van hooguit 100 tekens."), "naam")
    zelfde = Kanaal.objects.filter(organisatie=_eigen(actor), naam=naam).values_list("id", flat=True)
    if any(each != ander for each in zelfde):
        raise Refused("bestaat", _("Er is al een kanaal met deze naam. Kies een andere."), "naam")
    return naam


def _team(actor: Actor, team: UUID) -> Team:
    found = Team.objects.filter(id=team, organisatie=_eigen(actor)).first()
    if found is None:
        raise Refused("onbekend", _("Kies een team van uw organisatie."), "team")
    return found


def _neem(actor: Actor, kanaal: UUID) -> Kanaal:
    actor.require(rules.BEHEER)
    found = Kanaal.objects.select_for_update().filter(id=kanaal, organisatie=_eigen(actor)).first()
    if found is None:
        raise NotFound("There is no such channel.")
    return found


def _spoor(actor: Actor, kanaal: Kanaal, handeling: str, detail: dict[str, Any]) -> None:
    record(actor, handeling, "kanaal", kanaal.id, organisatie=kanaal.organisatie_id, detail=detail)


# -- messages ---------------------------------------------------------------------------------------------------------

_INSERT = """
insert into loket_channels_bericht (id, organisatie_id, kanaal_id, richting, extern_id, sleutel, tegenpartij, naam,
    tekst, plek, media, stand, reden, pogingen, volgende_poging, op)
values (%(id)s, %(organisatie)s, %(kanaal)s, 'in', %(extern)s, '', %(van)s, %(naam)s, %(tekst)s, %(plek)s, %(media)s,
    %(stand)s, '', 0, %(straks)s, %(op)s)
on conflict (kanaal_id, richting, extern_id) where extern_id <> '' do nothing returning id"""

_STAND = """
update loket_channels_bericht b set stand = %(stand)s, reden = %(reden)s, gedaan_op = %(nu)s
where b.kanaal_id = %(kanaal)s and b.richting = 'uit' and (b.extern_id = %(id)s or b.id::text = %(id)s)
  and array_position(array['wacht', 'verzonden', 'bezorgd', 'gelezen', 'mislukt'], b.stand)
    < array_position(array['wacht', 'verzonden', 'bezorgd', 'gelezen', 'mislukt'], %(stand)s)
returning b.id"""


def neem_aan(actor: Actor, kanaal: Kanaal, ontvangen: Received) -> int:
    """Store what came in by this channel; when this returns and the transaction is committed, it may be acknowledged. A
    message that came before is left alone. One with files is told to the house when they are here. What has no key or
    sender cannot be kept. Gives how many are new."""
    nieuw = 0
    with transaction.atomic():
        for message in ontvangen.messages[: rules.MAX_MESSAGES]:
            if rules.usable(message):
                nieuw += _neem_bericht_aan(kanaal, message)
        for status in ontvangen.statuses[: rules.MAX_MESSAGES]:
            _neem_stand_aan(kanaal, status)
    return nieuw


def _neem_bericht_aan(kanaal: Kanaal, message: Message) -> int:
    sleutel, moment, media = uuid7(), now(), message.media[: rules.MAX_MEDIA]
    gemaakt = row(
        _INSERT,
        {
            "id": sleutel,
            "organisatie": kanaal.organisatie_id,
            "kanaal": kanaal.id,
            "extern": rules.readable(message.id, 300),
            "van": rules.readable(message.sender, 200),
            "naam": rules.readable(message.name, 200).strip(),
            "tekst": rules.readable(message.text),
            "plek": Jsonb({"lat": message.place[0], "long": message.place[1]}) if message.place else None,
            "media": Jsonb(
                [
                    {"id": rules.readable(m.id, 500), "naam": rules.readable(m.name, 200), "mime": m.mime[:100]}
                    for m in media
                ]
            ),
            "stand": "ophalen" if media else "nieuw",
            "straks": moment if media else None,
            "op": min(message.time, moment) if message.time and message.time.tzinfo else moment,
        },
    )
    if gemaakt is None:
        return 0
    if media:
        transaction.on_commit(lambda: jobs.fetch_soon(sleutel), robust=True)
    else:
        publish(BerichtOntvangen(subject=sleutel, organisatie=kanaal.organisatie_id, kanaal=kanaal.id))
    return 1


def _neem_stand_aan(kanaal: Kanaal, status: Status) -> None:
    gezet = row(
        _STAND,
        {
            "kanaal": kanaal.id,
            "id": status.id[:300],
            "stand": status.state,
            "reden": rules.readable(status.reason, 500),
            "nu": now(),
        },
    )
    if gezet and status.state == "mislukt":
        publish(BerichtMislukt(subject=gezet["id"], organisatie=kanaal.organisatie_id, kanaal=kanaal.id))


def verwerkt(actor: Actor, bericht: UUID, *, betreft: UUID) -> None:
    """The message became part of what `betreft` names; its files are kept there, and no longer here."""
    _zet(actor, bericht, "verwerkt", "", betreft)


def leg_af(actor: Actor, bericht: UUID, reden: str) -> None:
    """There is nothing to do with this message."""
    _zet(actor, bericht, "afgelegd", reden, None)


def mislukt(actor: Actor, bericht: UUID, reden: str) -> None:
    """The message could not be read; an administrator sees it, with the reason, and can have it tried again."""
    _zet(actor, bericht, "mislukt", reden, None)


def _zet(actor: Actor, bericht: UUID, stand: str, reden: str, betreft: UUID | None) -> None:
    with transaction.atomic():
        gezet = row(
            "update loket_channels_bericht set stand = %(stand)s, reden = %(reden)s, betreft = %(betreft)s,"
            " gedaan_op = %(nu)s, media = case when %(stand)s = 'mislukt' then media else"
            " (select coalesce(jsonb_agg(m - 'sha256'), '[]') from jsonb_array_elements(media) m) end"
            " where id = %(id)s and richting = 'in' returning organisatie_id",
            {"id": bericht, "stand": stand, "reden": reden[:500], "betreft": betreft, "nu": now()},
        )
        if gezet is None:
            raise NotFound("There is no such message.")
        record(
            actor,
            f"kanaalbericht.{stand}",
            "kanaalbericht",
            bericht,
            organisatie=gezet["organisatie_id"],
            detail={"reden": reden} if reden else None,
        )


def probeer_opnieuw(actor: Actor, bericht: UUID) -> None:
    """Read or send a message that failed once more. Raises Forbidden, NotFound, Refused (`niet-mislukt`)."""
    actor.require(rules.BEHEER)
    with transaction.atomic():
        found = Bericht.objects.select_for_update().filter(id=bericht, organisatie=_eigen(actor)).first()
        if found is None:
            raise NotFound("There is no such message.")
        if found.stand != "mislukt":
            raise Refused("niet-mislukt", _("Dit bericht is niet mislukt. Wij hebben niets veranderd."))
        found.stand, found.reden, found.pogingen = ("nieuw" if found.richting == "in" else "wacht"), "", 0
        found.gedaan_op, found.volgende_poging, found.op = None, now(), now()
        found.save()
        record(actor, "kanaalbericht.opnieuw", "kanaalbericht", found.id, organisatie=found.organisatie_id)
        if found.richting == "in":
            publish(BerichtOntvangen(subject=found.id, organisatie=found.organisatie_id, kanaal=found.kanaal_id))
        else:
            transaction.on_commit(lambda: jobs.wake(found.kanaal_id), robust=True)

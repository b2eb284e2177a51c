"""What a resident may see of a reactie: through the link, or logged in. The same facts for both.

Whoever said 'me too' sees how it goes, and not the words, photos and answers of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.access.errors import NotFound
from loket.foundation.audit.activities import by_uri
from loket.foundation.database.sql import row, rows
from loket.foundation.web.stored import translated
from loket.services.reacties import sleutels


@dataclass(frozen=True)
class Volger:
    """Who looks: the link (None for somebody who logged in and has none), and the partijen that he or she is."""

    zaak: UUID
    link: UUID | None
    meldt_mee: bool
    berichten: bool
    taal: str
    partijen: tuple[UUID, ...]
    email: str = ""
    ingelogd: bool = False


@dataclass(frozen=True)
class Deel:
    """One zaak with this number: each organisation has its own."""

    id: UUID
    organisatie: UUID
    organisatie_naam: str
    telefoon: str
    openingstijden: dict[str, Any]
    soort: str
    onderwerp: str
    status: str
    startdatum: date
    ontvangen_op: datetime
    einddatum: date | None
    resultaat: str
    reden: str
    antwoord_voor: date | None
    wacht_op: str
    behandelaar: str
    functietitel: str
    team: str
    plek: str
    x: float | None
    y: float | None
    zaaktype: UUID
    elders: bool = False


@dataclass(frozen=True)
class Bestand:
    """A photo or document of a message; `klein` is the small picture's place in the storage."""

    id: UUID
    titel: str
    formaat: str
    klein: str = ""


@dataclass(frozen=True)
class Gebeurtenis:
    """One thing that happened, as a fact: `soort` is in, uit, status, doorgezonden, vertraagd or samengevoegd."""

    soort: str
    op: datetime
    zaak: UUID | None = None
    organisatie: str = ""
    wie: str = ""
    tekst: str = ""
    kanaal: str = ""
    wat: str = ""
    door_ons: bool = False
    bestanden: tuple[Bestand, ...] = ()


@dataclass(frozen=True)
class Reactie:
    """Everything that the page of a reactie shows."""

    nummer: str
    volger: Volger
    delen: tuple[Deel, ...]
    gebeurtenissen: tuple[Gebeurtenis, ...]
    beoordeeld: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def eerste(self) -> Deel:
        """The zaak of the organisation that received it."""
        return self.delen[0]

    @property
    def nu(self) -> Deel:
        """The zaak that counts now: the last one that is open, else the last one."""
        open_ = [deel for deel in self.delen if deel.einddatum is None]
        return (open_ or list(self.delen))[-1]

    @property
    def open(self) -> bool:
        """Whether anybody still works on it."""
        return any(deel.einddatum is None for deel in self.delen)


_VOLGER = "select v.id, v.zaak_id, v.meldt_mee, v.berichten, v.taal, v.partij_id, v.email from reacties_volglink v"


def volger_van_link(sleutel: str) -> Volger:
    """Who holds this key. Raises NotFound for a key that nobody was given, or that was withdrawn."""
    found = row(f"{_VOLGER} where v.sleutel_hash = %s and v.ingetrokken_op is null", (sleutels.hash_van(sleutel),))
    if found is None:
        raise NotFound("No such link.")
    return _volger(found)


def volger_ingelogd(actor: Actor, nummer: str) -> Volger:
    """The resident who logged in, as follower of an own reactie with this number. Raises NotFound."""
    found = rows(
        "select r.zaak_id, r.partij_id, r.omschrijving_generiek = 'mede_initiator' as meldt_mee"
        " from zaken_rol r join klanten_partij p on p.id = r.partij_id join zaken_zaak z on z.id = r.zaak_id"
        " where p.pseudoniem = %s and z.identificatie = %s"
        " and r.omschrijving_generiek in ('initiator', 'mede_initiator')"
        # the zaak that was first, before those it was passed on to
        " order by z.aangemaakt_op, z.id",
        (actor.pseudoniem or "-", nummer),
    )
    if not found:
        raise NotFound("No such reactie of this resident.")
    zaak, partijen = found[0]["zaak_id"], tuple({rij["partij_id"] for rij in found})
    link = row(
        f"{_VOLGER} where v.zaak_id = %s and v.partij_id = any(%s) order by v.id limit 1", (zaak, list(partijen))
    )
    if link is not None:
        volger = _volger(link)
        return replace(volger, partijen=partijen, ingelogd=True)
    return Volger(zaak, None, found[0]["meldt_mee"], True, "nl", partijen, ingelogd=True)


def _volger(found: dict[str, Any]) -> Volger:
    return Volger(
        found["zaak_id"],
        found["id"],
        found["meldt_mee"],
        found["berichten"],
        found["taal"],
        (found["partij_id"],) if found["partij_id"] else (),
        found["email"],
    )


_DELEN = """
with begin as (select id, identificatie from zaken_zaak where id = %(zaak)s),
samen(id, elders) as (
    select id, false from begin
    union
    select z.id, false from begin b join zaken_zaakrelatie r on r.aard_relatie = 'doorgezonden'
    join zaken_zaak z on z.id = r.zaak_id and z.identificatie = b.identificatie
    where r.andere_zaak_id = b.id
    union
    select (e.data ->> 'met')::uuid, true from begin b join loket_events_event e
    on e.subject = b.id and e.type = 'nl.loket.reacties.reactie.samengevoegd')
select z.id, o.id as organisatie, o.naam as organisatie_naam, o.telefoon, o.openingstijden, t.identificatie as soort,
    z.omschrijving as onderwerp, coalesce(st.omschrijving, '') as status, z.startdatum, z.aangemaakt_op as ontvangen_op,
    z.einddatum, coalesce(rt.omschrijving, '') as resultaat, coalesce(re.toelichting, '') as reden, w.antwoord_voor,
    coalesce(w.wacht_op, '') as wacht_op, coalesce(g.naam, '') as behandelaar,
    coalesce(g.functietitel, '') as functietitel, coalesce(te.naam, '') as team, z.plek, z.x, z.y,
    z.zaaktype_id as zaaktype, samen.elders, z.identificatie
from samen join zaken_zaak z on z.id = samen.id
join loket_identity_organisatie o on o.id = z.organisatie_id
join catalogi_zaaktype t on t.id = z.zaaktype_id
left join zaken_status s on s.id = z.status_id
left join catalogi_statustype st on st.id = s.statustype_id
left join zaken_resultaat re on re.zaak_id = z.id and z.einddatum is not null
left join catalogi_resultaattype rt on rt.id = re.resultaattype_id
left join zaken_werkvoorraad w on w.zaak_id = z.id
left join lateral (select a.medewerker_id, a.team_id from zaken_toewijzing a where a.zaak_id = z.id
    order by a.van desc limit 1) tw on true
left join loket_identity_gebruiker g on g.id = coalesce(w.behandelaar_id, tw.medewerker_id)
left join loket_identity_team te on te.id = coalesce(w.team_id, tw.team_id)
order by samen.elders, z.id <> %(zaak)s, z.aangemaakt_op, z.id"""

# What is somebody's own: sent through this very link, or by the resident who proved who he or she is, or of the first
# reporter and of nobody else. An e-mail address alone proves nothing: who joins with another's address sees nothing.
_CONTACTEN = """
select distinct on (k.plaatsgevonden_op, k.id) k.richting, k.kanaal, k.inhoud, k.plaatsgevonden_op as op, k.metadata,
    k.medewerker_id is not null as door_ons, coalesce(nullif(g.naam, ''), k.door) as wie, o.naam as organisatie,
    ob.zaak_id, (
        select jsonb_agg(jsonb_build_object('id', d.id, 'titel', v.titel, 'formaat', v.formaat) order by b.volgorde)
        from klanten_bijlage b join documenten_informatieobject d on d.id = b.informatieobject_id
        join documenten_informatieobjectversie v on v.informatieobject_id = d.id and v.versie = d.versie
        where b.klantcontact_id = k.id and v.tonen_aan_initiator) as bestanden
from klanten_onderwerpobject ob join klanten_klantcontact k on k.id = ob.klantcontact_id
join loket_identity_organisatie o on o.id = k.organisatie_id
left join loket_identity_gebruiker g on g.id = k.medewerker_id
where ob.zaak_id = any(%(eigen)s) and (
    k.metadata ->> 'volglink' = %(link)s
    or %(ingelogd)s and (select bool_or(b.partij_id = any(%(partijen)s)) from klanten_betrokkene b
                         where b.klantcontact_id = k.id)
    or not %(mee)s and k.metadata ->> 'volglink' is null and not (k.metadata ? 'meldt_mee')
        and (select e.zaak_id from klanten_onderwerpobject e where e.klantcontact_id = k.id
             order by e.id limit 1) = any(%(eigen)s)
        and not exists (select 1 from klanten_betrokkene b join klanten_partij p on p.id = b.partij_id
            where b.klantcontact_id = k.id and p.pseudoniem not in (
                select m.pseudoniem from klanten_partij m where m.id = any(%(partijen)s))))
order by k.plaatsgevonden_op, k.id, ob.id"""

_STAPPEN = """
select s.datum_status_gezet as op, st.omschrijving as wat, s.statustoelichting as tekst, s.zaak_id,
    coalesce(nullif(g.naam, ''), '') as wie, o.naam as organisatie
from zaken_status s join catalogi_statustype st on st.id = s.statustype_id
join zaken_zaak z on z.id = s.zaak_id join loket_identity_organisatie o on o.id = z.organisatie_id
left join loket_identity_gebruiker g on g.id = s.gezetdoor_id
where s.zaak_id = any(%(zaken)s) and st.volgnummer > 1
order by s.datum_status_gezet, s.id"""

_DOORGEZONDEN = """
select d.op, d.waarom as tekst, d.zaak_id, coalesce(n.naam, i.naam, '') as wat, g.naam as wie, o.naam as organisatie,
    d.naar_instantie_id is not null as per_mail
from reacties_doorzending d join loket_identity_organisatie o on o.id = d.organisatie_id
left join loket_identity_organisatie n on n.id = d.naar_organisatie_id
left join reacties_instantie i on i.id = d.naar_instantie_id
left join loket_identity_gebruiker g on g.id = d.medewerker
where d.zaak_id = any(%(zaken)s)"""

_GEBEURD = """
select e.time as op, e.type, e.data, e.subject as zaak_id, o.naam as organisatie
from loket_events_event e join loket_identity_organisatie o on o.id = e.organisatie
where e.subject = any(%(zaken)s)
  and e.type in ('nl.loket.reacties.reactie.vertraagd', 'nl.loket.reacties.reactie.samengevoegd')"""


def reactie(volger: Volger) -> Reactie:
    """Everything that this follower may see of the reactie. Raises NotFound when it is gone."""
    gevonden = rows(_DELEN, {"zaak": volger.zaak})
    if not gevonden:
        raise NotFound("No such reactie.")
    nummer = gevonden[0]["identificatie"]
    delen = tuple(Deel(**{k: v for k, v in deel.items() if k != "identificatie"}) for deel in gevonden)
    params = {
        "eigen": [deel.id for deel in delen if not deel.elders],
        "zaken": [deel.id for deel in delen],
        "mee": volger.meldt_mee,
        "partijen": list(volger.partijen),
        "link": str(volger.link or "-"),
        "ingelogd": volger.ingelogd,
    }
    verhaal = [*_contacten(params), *_stappen(params), *_doorgezonden(params), *_gebeurd(params)]
    gesloten = [deel.id for deel in delen if deel.einddatum]
    beoordeeld = frozenset[UUID]()
    if gesloten and volger.link:
        beoordeeld = frozenset(
            rij["zaak_id"]
            for rij in rows(
                "select b.zaak_id from reacties_beoordeling b where b.volglink_id = %s and b.zaak_id = any(%s)"
                " and b.afgesloten_op ="
                " (select max(s.datum_status_gezet) from zaken_status s where s.zaak_id = b.zaak_id)",
                (volger.link, gesloten),
            )
        )
    return Reactie(nummer, volger, delen, tuple(sorted(verhaal, key=lambda g: g.op)), beoordeeld)


def _contacten(params: dict[str, Any]) -> list[Gebeurtenis]:
    return [
        Gebeurtenis(
            rij["richting"],
            rij["op"],
            rij["zaak_id"],
            rij["organisatie"],
            rij["wie"],
            rij["inhoud"],
            rij["kanaal"],
            door_ons=rij["door_ons"],
            bestanden=_bestanden(rij),
        )
        for rij in rows(_CONTACTEN, params)
    ]


def _bestanden(rij: dict[str, Any]) -> tuple[Bestand, ...]:
    klein = (rij["metadata"] or {}).get("klein", {})
    return tuple(
        Bestand(UUID(each["id"]), each["titel"], each["formaat"], klein.get(each["id"], ""))
        for each in rij["bestanden"] or ()
    )


def _stappen(params: dict[str, Any]) -> list[Gebeurtenis]:
    return [
        Gebeurtenis("status", rij["op"], rij["zaak_id"], rij["organisatie"], rij["wie"], rij["tekst"], wat=rij["wat"])
        for rij in rows(_STAPPEN, params)
    ]


def _doorgezonden(params: dict[str, Any]) -> list[Gebeurtenis]:
    return [
        Gebeurtenis(
            "doorgezonden",
            rij["op"],
            rij["zaak_id"],
            rij["organisatie"],
            rij["wie"] or "",
            rij["tekst"],
            "email" if rij["per_mail"] else "",
            rij["wat"],
        )
        for rij in rows(_DOORGEZONDEN, params)
    ]


def _gebeurd(params: dict[str, Any]) -> list[Gebeurtenis]:
    return [
        Gebeurtenis(
            rij["type"].rpartition(".")[2],
            rij["op"],
            rij["zaak_id"],
            rij["organisatie"],
            tekst=rij["data"].get("waarom", ""),
            wat=rij["data"].get("nieuwe_dag", ""),
        )
        for rij in rows(_GEBEURD, params)
    ]


def bestand_van(volger: Volger, document: UUID) -> Bestand:
    """A file that this follower sees on the page. Raises NotFound for any other, whoever's it is."""
    for each in bestanden_van(reactie(volger).gebeurtenissen):
        if each.id == document:
            return each
    raise NotFound("No such file on this page.")


def bestanden_van(gebeurtenissen: Sequence[Gebeurtenis]) -> list[Bestand]:
    """All files of these messages."""
    return [bestand for gebeurtenis in gebeurtenissen for bestand in gebeurtenis.bestanden]


@dataclass(frozen=True)
class Gebruik:
    """One line of the data-use log, as the resident reads it."""

    op: datetime
    doel: str
    rol: str
    organisatie: str


_GEBRUIK = """
select d.start as op, d.verwerkingsactiviteit, d.naam, d.rol, coalesce(o.naam, '') as organisatie
from loket_audit_dataverwerking d left join loket_identity_organisatie o on o.id = d.organisatie
where d.zaak = any(%(zaken)s) and d.betrokkene in (
    select p.pseudoniem from klanten_partij p where p.id = any(%(partijen)s))
order by d.start desc, d.id desc limit 200"""


def gebruik_van(volger: Volger, gevonden: Reactie) -> list[Gebruik]:
    """Who used this resident's data in this reactie, what for and in which role: the last 200 times."""
    if volger.meldt_mee and not volger.ingelogd:
        return []
    regels = []
    for rij in rows(_GEBRUIK, {"zaken": [deel.id for deel in gevonden.delen], "partijen": list(volger.partijen)}):
        activiteit = by_uri(rij["verwerkingsactiviteit"])
        doel = activiteit.doel if activiteit else rij["naam"]
        regels.append(Gebruik(rij["op"], translated(doel), translated(rij["rol"]), rij["organisatie"]))
    return regels

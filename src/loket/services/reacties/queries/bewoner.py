"""What a resident may see of a reactie: through the link, or logged in. The same facts for both.

Whoever said 'me too' sees how it goes, and not the words, photos and answers of others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import by_uri
from loket.foundation.audit.use import OWN_ROLES
from loket.foundation.database.sql import row, rows
from loket.foundation.errors import NotFound
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
    """One thing that happened, as a fact: `soort` is in, uit, status, doorgezonden, vertraagd, samengevoegd or
    gesplitst (`wat`: the number of the other part, `tekst` its subject, `sleutel` its key)."""

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
    sleutel: str = ""


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


def volger_van(link: UUID) -> Volger:
    """The follower with this link, for who proved it otherwise: by answering a letter. Raises NotFound."""
    found = row(f"{_VOLGER} where v.id = %s and v.ingetrokken_op is null", (link,))
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


# one zaak is given and the rest is found from it: with an array of zaken, PostgreSQL would plan every time anew
_SAMEN = """
with begin as (select id, identificatie from zaken_zaak where id = %(zaak)s),
samen(id, elders) as materialized (
    select id, false from begin
    union
    select z.id, false from begin b join zaken_zaakrelatie r on r.aard_relatie = 'doorgezonden'
    join zaken_zaak z on z.id = r.zaak_id and z.identificatie = b.identificatie
    where r.andere_zaak_id = b.id
    union
    select (e.data ->> 'met')::uuid, true from begin b join loket_events_event e
    on e.subject = b.id and e.type = 'nl.loket.reacties.reactie.samengevoegd')"""

_DELEN = f"""{_SAMEN}
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
    order by a.van desc, a.id desc limit 1) tw on true
left join loket_identity_gebruiker g on g.id = coalesce(w.behandelaar_id, tw.medewerker_id)
left join loket_identity_team te on te.id = coalesce(w.team_id, tw.team_id)
order by samen.elders, z.id <> %(zaak)s, z.aangemaakt_op, z.id"""

# What is somebody's own: sent through this very link, or by the resident who proved who he or she is, or of the first
# reporter and of nobody else. An e-mail address alone proves nothing: who joins with another's address sees nothing.
_CONTACTEN = """
select distinct on (k.plaatsgevonden_op, k.id) 1 as na, k.id, k.richting as soort, k.plaatsgevonden_op as op,
    ob.zaak_id as zaak,
    o.naam as organisatie, coalesce(nullif(g.naam, ''), k.door) as wie, k.inhoud as tekst, k.kanaal,
    coalesce(k.metadata ->> 'poging', '') as wat,
    k.medewerker_id is not null as door_ons, k.metadata -> 'klein' as klein, (
        select jsonb_agg(jsonb_build_object('id', d.id, 'titel', v.titel, 'formaat', v.formaat) order by b.volgorde)
        from klanten_bijlage b join documenten_informatieobject d on d.id = b.informatieobject_id
        join documenten_informatieobjectversie v on v.informatieobject_id = d.id and v.versie = d.versie
        where b.klantcontact_id = k.id and v.tonen_aan_initiator) as bestanden
from samen join klanten_onderwerpobject ob on ob.zaak_id = samen.id and not samen.elders
join klanten_klantcontact k on k.id = ob.klantcontact_id
join loket_identity_organisatie o on o.id = k.organisatie_id
left join loket_identity_gebruiker g on g.id = k.medewerker_id
where k.metadata ->> 'volglink' = %(link)s
    or %(ingelogd)s and (select bool_or(b.partij_id = any(%(partijen)s)) from klanten_betrokkene b
                         where b.klantcontact_id = k.id)
    or not %(mee)s and k.metadata ->> 'volglink' is null and not (k.metadata ? 'meldt_mee')
        and (select e.zaak_id from klanten_onderwerpobject e where e.klantcontact_id = k.id
             order by e.id limit 1) in (select id from samen where not elders)
        and not exists (select 1 from klanten_betrokkene b join klanten_partij p on p.id = b.partij_id
            where b.klantcontact_id = k.id and p.pseudoniem not in (
                select m.pseudoniem from klanten_partij m where m.id = any(%(partijen)s)))
order by k.plaatsgevonden_op, k.id, ob.id"""

_STAPPEN = """
select 2, s.id, 'status', s.datum_status_gezet, s.zaak_id, o.naam, coalesce(g.naam, ''), s.statustoelichting, '',
    st.omschrijving, false, null::jsonb, null::jsonb
from samen join zaken_status s on s.zaak_id = samen.id join catalogi_statustype st on st.id = s.statustype_id
join loket_identity_organisatie o on o.id = s.organisatie_id
left join loket_identity_gebruiker g on g.id = s.gezetdoor_id
where st.volgnummer > 1"""

_DOORGEZONDEN = """
select 3, d.id, 'doorgezonden', d.op, d.zaak_id, o.naam, coalesce(g.naam, ''), d.waarom,
    case when d.naar_instantie_id is not null then 'email' else '' end, coalesce(n.naam, i.naam, ''), false, null, null
from samen join reacties_doorzending d on d.zaak_id = samen.id
join loket_identity_organisatie o on o.id = d.organisatie_id
left join loket_identity_organisatie n on n.id = d.naar_organisatie_id
left join reacties_instantie i on i.id = d.naar_instantie_id
left join loket_identity_gebruiker g on g.id = d.medewerker"""

_GEBEURD = """
select 4, e.id, substring(e.type from '[^.]+$'), e.time, e.subject, o.naam, '', coalesce(e.data ->> 'waarom', ''), '',
    coalesce(e.data ->> 'nieuwe_dag', ''), false, null, null
from samen join loket_events_event e on e.subject = samen.id
    and e.type in ('nl.loket.reacties.reactie.vertraagd', 'nl.loket.reacties.reactie.samengevoegd')
join loket_identity_organisatie o on o.id = e.organisatie"""

# what was split off has a link of its own, of the same sender: whoever says 'me too' has none
_GESPLITST = """
select 6, r.id, 'gesplitst', r.registratiedatum, r.zaak_id, '', '', z.omschrijving,
    case when (z.aangemaakt_op, z.id) < (e.aangemaakt_op, e.id) then 'eerder' else '' end, z.identificatie, false,
    jsonb_build_object('zaad', encode(v.zaad, 'hex'), 'hash', encode(v.sleutel_hash, 'hex')), null
from zaken_zaakrelatie r join zaken_zaak e on e.id = r.zaak_id
join zaken_zaak z on z.id = r.andere_zaak_id and z.organisatie_id = r.organisatie_id
join reacties_volglink v on v.zaak_id = z.id and not v.meldt_mee and v.ingetrokken_op is null
where r.zaak_id = %(zaak)s and r.aard_relatie = 'gesplitst' and not %(mee)s and (
    v.partij_id = any(%(partijen)s)
    or v.partij_id is null and v.email = '' and cardinality(%(partijen)s::uuid[]) = 0)"""

_BEOORDEELD = """
select 5, b.id, 'beoordeeld', b.op, b.zaak_id, '', '', '', '', '', false, null, null
from samen join reacties_beoordeling b on b.zaak_id = samen.id and b.volglink_id = %(volglink)s::uuid
where b.afgesloten_op = (select max(s.datum_status_gezet) from zaken_status s where s.zaak_id = b.zaak_id)"""

_VERHAAL = f"""{_SAMEN}
({_CONTACTEN}) union all {_STAPPEN} union all {_DOORGEZONDEN} union all {_GEBEURD}
union all {_BEOORDEELD} union all {_GESPLITST}
order by op, na, id"""


def reactie(volger: Volger) -> Reactie:
    """Everything that this follower may see of the reactie. Raises NotFound when it is gone."""
    gevonden = rows(_DELEN, {"zaak": volger.zaak})
    if not gevonden:
        raise NotFound("No such reactie.")
    nummer = gevonden[0]["identificatie"]
    delen = tuple(Deel(**{k: v for k, v in deel.items() if k != "identificatie"}) for deel in gevonden)
    verhaal = rows(
        _VERHAAL,
        {
            "zaak": volger.zaak,
            "mee": volger.meldt_mee,
            "partijen": list(volger.partijen),
            "link": str(volger.link or "-"),
            "volglink": volger.link,
            "ingelogd": volger.ingelogd,
        },
    )
    return Reactie(
        nummer,
        volger,
        delen,
        tuple(_gebeurtenis(rij) for rij in verhaal if rij["soort"] != "beoordeeld"),
        frozenset(rij["zaak"] for rij in verhaal if rij["soort"] == "beoordeeld"),
    )


def _gebeurtenis(rij: dict[str, Any]) -> Gebeurtenis:
    if rij["soort"] == "gesplitst":
        zaad, hash_ = (bytes.fromhex(rij["klein"][naam]) for naam in ("zaad", "hash"))
        return Gebeurtenis(**{naam: rij[naam] for naam in _VELDEN}, sleutel=sleutels.sleutel_van(zaad, hash_) or "")
    klein = rij["klein"] or {}
    bestanden = tuple(
        Bestand(UUID(each["id"]), each["titel"], each["formaat"], klein.get(each["id"], ""))
        for each in rij["bestanden"] or ()
    )
    return Gebeurtenis(**{naam: rij[naam] for naam in _VELDEN}, bestanden=bestanden)


_VELDEN = ("soort", "op", "zaak", "organisatie", "wie", "tekst", "kanaal", "wat", "door_ons")


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
    """What one role of one organisation used the data for on a day: each purpose, with how often."""

    organisatie: str
    rol: str
    doelen: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class GebruikOpDag:
    """Who used the data on a day."""

    dag: date
    wie: tuple[Gebruik, ...]


_GEBRUIK = """
select (d.start at time zone 'Europe/Amsterdam')::date as dag, coalesce(o.naam, '') as organisatie, d.rol,
    d.verwerkingsactiviteit, max(d.naam) as naam, count(*)::int as aantal
from loket_audit_dataverwerking d left join loket_identity_organisatie o on o.id = d.organisatie
where d.zaak = any(%(zaken)s) and d.betrokkene in (
    select p.pseudoniem from klanten_partij p where p.id = any(%(partijen)s))
group by 1, 2, d.rol, d.verwerkingsactiviteit
order by dag desc, d.rol = any(%(eigen)s), organisatie, max(d.start) desc, d.verwerkingsactiviteit limit 200"""


def gebruik_van(volger: Volger, gevonden: Reactie) -> list[GebruikOpDag]:
    """Who used this resident's data in this reactie, by day and role, the last day first."""
    if volger.meldt_mee and not volger.ingelogd:
        return []
    params = {
        "zaken": [deel.id for deel in gevonden.delen],
        "partijen": list(volger.partijen),
        "eigen": list(OWN_ROLES),
    }
    dagen: dict[date, dict[tuple[str, str], list[tuple[str, int]]]] = {}
    for rij in rows(_GEBRUIK, params):
        activiteit = by_uri(rij["verwerkingsactiviteit"])
        doel = translated(activiteit.doel if activiteit else rij["naam"])
        eigen = rij["rol"] in OWN_ROLES
        wie = ("", "") if eigen else (rij["organisatie"], translated(rij["rol"]))
        dagen.setdefault(rij["dag"], {}).setdefault(wie, []).append((doel, rij["aantal"]))
    return [
        GebruikOpDag(dag, tuple(Gebruik(*wie, tuple(doelen)) for wie, doelen in bij.items()))
        for dag, bij in dagen.items()
    ]

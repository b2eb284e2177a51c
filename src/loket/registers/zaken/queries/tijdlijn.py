"""The chain of one zaak: everything that happened, by whom, how long, and what was said, in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import LOG, Use
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound
from loket.foundation.time.clock import now
from loket.registers.zaken import rules
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries.zicht import zichtbaar


@dataclass(frozen=True)
class Gebeurtenis:
    """One thing that happened.

    `soort`: status, bericht_in, bericht_uit, notitie, toewijzing, taak_gegeven, taak_opgepakt, taak_beantwoord,
    taak_teruggegeven, resultaat, document, relatie. `id` is the key of the row it comes from. `kop` is a short name
    (the status, the subject, the team, the question), `tekst` what was said, `detail` what else is known: kanaal,
    soort, naar, uiterlijk, gelukt. `duur` is how long it lasted or lasts (toewijzing; a task from given to answered).
    `openbaar`: the resident may see it; what is not, residents do not get. What was said between the resident and us
    always is, also when it is confidential to others (`vertrouwelijk`, as with a formal complaint).
    """

    tijd: datetime
    soort: str
    id: UUID
    wie: str
    wie_id: UUID | None
    kop: str
    tekst: str
    openbaar: bool
    tot: datetime | None
    duur: timedelta | None
    detail: dict[str, Any]


_TAAK = """select i.{tijd}, '{soort}', i.id, {wie}, {wie_id}, i.gevraagde_handeling, {tekst}, false, {tot},
    jsonb_build_object('taak', i.soort, 'naar', coalesce(m.naam, t.naam, ''), 'uiterlijk', i.uiterlijk,
                       'status', i.status, 'coordinator', c.naam)
    from zicht join klanten_internetaak i on i.zaak_id = zicht.id
    left join loket_identity_gebruiker m on m.id = i.medewerker_id left join loket_identity_team t on t.id = i.team_id
    left join loket_identity_gebruiker c on c.id = i.coordinator_id
    left join loket_identity_gebruiker o on o.id = i.opgepakt_door_id
    left join loket_identity_gebruiker a on a.id = i.afgehandeld_door_id
    where i.{tijd} is not null"""

_DELEN = (
    """select s.datum_status_gezet, 'status', s.id, s.door, s.gezetdoor_id, st.omschrijving, s.statustoelichting, true,
    null::timestamptz, jsonb_build_object('statustekst', st.statustekst, 'informeren', st.informeren)
    from zicht join zaken_status s on s.zaak_id = zicht.id join catalogi_statustype st on st.id = s.statustype_id""",
    """select k.plaatsgevonden_op, 'bericht_' || k.richting, k.id,
    case when k.richting = 'in' then coalesce((select b.contactnaam from klanten_betrokkene b
         where b.klantcontact_id = k.id order by b.initiator desc limit 1), '') else k.door end,
    case when k.richting = 'uit' then k.medewerker_id end, k.onderwerp, k.inhoud, true,
    null::timestamptz, jsonb_build_object('kanaal', k.kanaal, 'gelukt', k.indicatie_contact_gelukt,
        'gedeeld', oo.gedeeld, 'post', k.metadata ->> 'post',
        'aangenomen_door', case when k.richting = 'in' then k.door else '' end,
        'bijlagen', (select count(*) from klanten_bijlage bl where bl.klantcontact_id = k.id))
    from zicht join klanten_onderwerpobject oo on oo.zaak_id = zicht.id
    join klanten_klantcontact k on k.id = oo.klantcontact_id""",
    """select n.aanmaakdatum, 'notitie', n.id, n.aangemaakt_door, n.medewerker_id, n.onderwerp, n.tekst,
    n.notitie_type = 'extern', null::timestamptz, jsonb_build_object('status', n.status)
    from zicht join zaken_zaaknotitie n on n.gerelateerd_aan_id = zicht.id
    where n.status = 'definitief' or n.medewerker_id = %(lezer)s::uuid""",
    """select w.van, 'toewijzing', w.id, w.door, w.medewerker_id, coalesce(g.naam, t.naam, ''), w.waarom, false, w.tot,
    jsonb_build_object('team', coalesce(t.naam, ''), 'medewerker', coalesce(g.naam, ''), 'lijn', t.lijn)
    from zicht join zaken_toewijzing w on w.zaak_id = zicht.id
    left join loket_identity_team t on t.id = w.team_id
    left join loket_identity_gebruiker g on g.id = w.medewerker_id""",
    _TAAK.format(
        tijd="toegewezen_op",
        soort="taak_gegeven",
        wie="i.door",
        wie_id="i.gegeven_door_id",
        tekst="i.toelichting",
        tot="i.afgehandeld_op",
    ),
    _TAAK.format(
        tijd="opgepakt_op",
        soort="taak_opgepakt",
        wie="coalesce(o.naam, '')",
        wie_id="i.opgepakt_door_id",
        tekst="''",
        tot="null::timestamptz",
    ),
    _TAAK.format(
        tijd="teruggegeven_op",
        soort="taak_teruggegeven",
        wie="coalesce(c.naam, '')",
        wie_id="i.coordinator_id",
        tekst="i.teruggegeven_waarom",
        tot="null::timestamptz",
    ),
    _TAAK.format(
        tijd="afgehandeld_op",
        soort="taak_beantwoord",
        wie="coalesce(a.naam, '')",
        wie_id="i.afgehandeld_door_id",
        tekst="i.antwoord",
        tot="null::timestamptz",
    ),
    """select r.vastgelegd_op, 'resultaat', r.id, r.door, null::uuid, rt.omschrijving, r.toelichting, true,
    null::timestamptz, '{}'::jsonb
    from zicht join zaken_resultaat r on r.zaak_id = zicht.id
    join catalogi_resultaattype rt on rt.id = r.resultaattype_id""",
    # a zaak has one resultaat; what it was closed with before, and opened again, only its events still know
    """select s.datum_status_gezet, 'resultaat', e.id, s.door, null::uuid, e.data ->> 'resultaattype',
    s.statustoelichting, true, null::timestamptz, '{}'::jsonb
    from zicht join loket_events_event e on e.subject = zicht.id and e.type = 'nl.loket.zaken.zaak.gesloten'
    cross join lateral (select st.datum_status_gezet, st.door, st.statustoelichting from zaken_status st
        where st.zaak_id = zicht.id and st.datum_status_gezet <= e.time order by st.datum_status_gezet desc limit 1) s
    where not exists (select 1 from zaken_resultaat r where r.zaak_id = zicht.id
        and r.vastgelegd_op = s.datum_status_gezet)""",
    """select zi.registratiedatum, 'document', d.id, v.auteur, null::uuid, v.titel, zi.beschrijving,
    v.tonen_aan_initiator, null::timestamptz,
    jsonb_build_object('bestandsnaam', v.bestandsnaam, 'formaat', v.formaat, 'omvang', v.bestandsomvang)
    from zicht join zaken_zaakinformatieobject zi on zi.zaak_id = zicht.id
    join documenten_informatieobject d on d.id = zi.informatieobject_id
    join documenten_informatieobjectversie v on v.informatieobject_id = d.id and v.versie = d.versie""",
    """select rel.registratiedatum, 'relatie', a.id, '', null::uuid, a.identificatie, rel.toelichting,
    rel.aard_relatie = 'doorgezonden', null::timestamptz,
    jsonb_build_object('aard', rel.aard_relatie, 'organisatie', o.naam, 'van_ons', rel.id < terug.id)
    from zicht join zaken_zaakrelatie rel on rel.zaak_id = zicht.id join zaken_zaak a on a.id = rel.andere_zaak_id
    join loket_identity_organisatie o on o.id = a.organisatie_id
    left join zaken_zaakrelatie terug on terug.zaak_id = rel.andere_zaak_id and terug.andere_zaak_id = rel.zaak_id
        and terug.aard_relatie = rel.aard_relatie""",
)

_SQL = """
with zicht as (select z.id from zaken_zaak z where z.id = %(zaak)s and {waar}),
{log}lijn (tijd, soort, id, wie, wie_id, kop, tekst, openbaar, tot, detail) as ({delen})
select zicht.id as gezien, lijn.* from zicht left join lijn on {wat} order by lijn.tijd, lijn.id, lijn.soort"""

_GELOGD = f"""betrokkenen (betrokkene) as (
    select distinct p.pseudoniem from zicht join zaken_rol ro on ro.zaak_id = zicht.id
    join klanten_partij p on p.id = ro.partij_id),
gelogd as ({LOG}),
"""


def tijdlijn(actor: Actor, zaak: Zaak | UUID, use: Use | None = None) -> list[Gebeurtenis]:
    """Everything that happened in a zaak that the actor may see, the oldest first. Raises NotFound.

    An employee (and the system) states the use of the residents' data in it: the same statement writes the lines of the
    data-use log, so without them there is no time line; ValueError when `use` is left out. A resident, or the holder of
    a link, gets what is `openbaar` and needs none: the data is his or her own.
    """
    eigen = actor.kind in ("bewoner", "link")
    if use is None and not eigen:
        raise ValueError("State the use: tijdlijn(actor, zaak, use=Use(…)).")
    waar, params = zichtbaar(actor, rules.LEZEN)
    sql = _SQL.format(
        waar=waar,
        log="" if eigen else _GELOGD,
        delen="\nunion all\n".join(_DELEN),
        wat="lijn.openbaar" if eigen else "true",
    )
    sleutel = zaak.id if isinstance(zaak, Zaak) else zaak
    found = rows(
        sql,
        {
            "zaak": sleutel,
            "lezer": actor.id,
            **params,
            **(use.params() | {"use_zaak": sleutel} if use and not eigen else {}),
        },
    )
    if not found:
        raise NotFound("No such zaak.")
    return [_gebeurtenis(regel) for regel in found if regel["id"] is not None]


def _gebeurtenis(regel: dict[str, Any]) -> Gebeurtenis:
    tot: datetime | None = regel["tot"]
    duurt = regel["soort"] in ("toewijzing", "taak_gegeven")
    return Gebeurtenis(
        **{k: v for k, v in regel.items() if k != "gezien"},
        duur=(tot or now()) - regel["tijd"] if duurt else None,
    )

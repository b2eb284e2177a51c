"""What a zaak's resultaat means for the archive (ZRC-021): how long the dossier is kept, and from which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, row, rows, value
from loket.registers.zaken import rules

_SQL = """
select z.archiefnominatie as eigen, z.archiefactiedatum, z.startdatum_bewaartermijn, r.archiefnominatie,
    r.archiefactietermijn, r.procestermijn, r.brondatum_archiefprocedure as procedure,
    case when p.wijze = 'hoofdzaak' then
        (select h.einddatum from zaken_zaak h where h.id = z.hoofdzaak_id) end as hoofdzaak,
    case when p.wijze = 'eigenschap' then
        (select e.waarde from zaken_zaakeigenschap e where e.zaak_id = z.id and e.naam = p.kenmerk limit 1)
        end as eigenschap,
    case when p.wijze = 'zaakobject' then
        array(select coalesce(o.object_identificatie ->> p.kenmerk,
                o.object_identificatie -> 'overigeData' ->> p.kenmerk)
            from zaken_zaakobject o where o.zaak_id = z.id and o.object_type = p.objecttype) end as objecten,
    case when p.wijze = 'gerelateerde_zaak' then
        array(select a.einddatum from zaken_zaakrelatie s left join zaken_zaak a on a.id = s.andere_zaak_id
            where s.zaak_id = z.id) end as gerelateerd,
    case when p.wijze = 'ingangsdatum_besluit' then
        array(select b.ingangsdatum from besluiten_besluit b where b.zaak_id = z.id) end as ingangsdatums,
    case when p.wijze = 'vervaldatum_besluit' then
        array(select b.vervaldatum from besluiten_besluit b where b.zaak_id = z.id) end as vervaldatums
from zaken_zaak z
join catalogi_resultaattype r on r.id = %(resultaattype)s
cross join lateral (select r.brondatum_archiefprocedure ->> 'afleidingswijze' as wijze,
    r.brondatum_archiefprocedure ->> 'datumkenmerk' as kenmerk,
    r.brondatum_archiefprocedure ->> 'objecttype' as objecttype) p
where z.id = %(zaak)s"""


@dataclass(frozen=True)
class Archief:
    """What closing a zaak sets. `startdatum_bewaartermijn` only for a dossier that is to be destroyed."""

    archiefnominatie: str
    archiefactiedatum: date | None
    startdatum_bewaartermijn: date | None


def bepaal(zaak_id: UUID, resultaattype_id: UUID, einddatum: date) -> Archief:
    """ZRC-021 for a zaak that ends on `einddatum` with a resultaat of this type, in one statement. What was set by hand
    stays: the archiefnominatie always, the days where none can be determined."""
    found = row(_SQL, {"zaak": zaak_id, "resultaattype": resultaattype_id})
    assert found is not None
    bronnen = rules.Bronnen(
        einddatum=einddatum,
        hoofdzaak=found["hoofdzaak"],
        eigenschap=found["eigenschap"] or "",
        objecten=found["objecten"] or (),
        gerelateerd=found["gerelateerd"] or (),
        ingangsdatums=found["ingangsdatums"] or (),
        vervaldatums=found["vervaldatums"] or (),
        met_de_hand=found["startdatum_bewaartermijn"],
    )
    return _archief(found, rules.zrc_021(found["procedure"], bronnen, found["procestermijn"]))


def _archief(found: Mapping[str, Any], brondatum: date | None) -> Archief:
    nominatie = found["eigen"] or found["archiefnominatie"]
    return Archief(
        nominatie,
        rules.later(brondatum, found["archiefactietermijn"]) or found["archiefactiedatum"],
        rules.zrc_026a(nominatie, brondatum, found["startdatum_bewaartermijn"]),
    )


def met_de_hand(zaak_id: UUID) -> bool:
    """Whether people set the day from which the dossier of this zaak is kept, so that reopening leaves it."""
    return bool(
        value(
            "select exists (select from zaken_resultaat s join catalogi_resultaattype r on r.id = s.resultaattype_id"
            " where s.zaak_id = %s and r.brondatum_archiefprocedure ->> 'afleidingswijze' = 'ander_datumkenmerk')",
            (zaak_id,),
        )
    )


def volg_hoofdzaak(actor: Actor, hoofdzaak_id: UUID, einddatum: date | None) -> int:
    """Determine again the archive of the closed deelzaken that follow their hoofdzaak, which ended on `einddatum` or
    was reopened (None). Gives how many changed."""
    changed = 0
    for each in rows(
        "select z.id, z.organisatie_id, z.archiefnominatie as eigen, z.archiefactiedatum, r.archiefnominatie,"
        " z.startdatum_bewaartermijn, r.archiefactietermijn from zaken_zaak z"
        " join zaken_resultaat s on s.zaak_id = z.id join catalogi_resultaattype r on r.id = s.resultaattype_id"
        " where z.hoofdzaak_id = %s and z.einddatum is not null"
        " and r.brondatum_archiefprocedure ->> 'afleidingswijze' = 'hoofdzaak' order by z.id for update of z",
        (hoofdzaak_id,),
    ):
        nieuw = _archief({**each, "archiefactiedatum": None, "startdatum_bewaartermijn": None}, einddatum)
        if (nieuw.archiefactiedatum, nieuw.startdatum_bewaartermijn) == (
            each["archiefactiedatum"],
            each["startdatum_bewaartermijn"],
        ):
            continue
        execute(
            "update zaken_zaak set archiefactiedatum = %s, startdatum_bewaartermijn = %s where id = %s",
            (nieuw.archiefactiedatum, nieuw.startdatum_bewaartermijn, each["id"]),
        )
        record(
            actor,
            rules.SLUITEN if einddatum else rules.HEROPENEN,
            "zaak",
            each["id"],
            organisatie=each["organisatie_id"],
            detail={"archiefactiedatum": str(nieuw.archiefactiedatum or ""), "hoofdzaak": str(hoofdzaak_id)},
        )
        changed += 1
    return changed

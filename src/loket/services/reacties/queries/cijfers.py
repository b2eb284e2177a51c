"""How fast we help, computed from the data: the figures of the home page, each defined on `/zo-tellen-wij`."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.cache import cache

from loket.engines.termijnen.kalender import werkdagen_tussen
from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import day_start, today
from loket.registers.klanten.queries.gesprekken import telling

BEWAAR_SECONDEN = 600


@dataclass(frozen=True)
class Cijfers:
    """The figures of one whole month; None where there was nothing to count. `meteen`, `te_laat` and `direct` (of
    the conversations, those that were answered at once) are per 100."""

    maand: date
    vragen: int
    meteen: int | None
    meldingen: int
    werkdagen: float | None
    klachten: int
    te_laat: int | None
    antwoorden: int
    cijfer: float | None
    gesprekken: int = 0
    direct: int | None = None

    def __bool__(self) -> bool:
        return any(waarde is not None for waarde in (self.meteen, self.werkdagen, self.te_laat, self.cijfer))


def vorige_maand(dag: date) -> tuple[date, date]:
    """The first day of the last whole month before `dag`, and the first day after it."""
    einde = dag.replace(day=1)
    return (einde - timedelta(days=1)).replace(day=1), einde


_TELLEN = """
select
    count(*) filter (where t.identificatie = 'vraag') as vragen,
    count(*) filter (where t.identificatie = 'vraag' and z.einddatum is not null
        and not exists (select 1 from klanten_internetaak i where i.zaak_id = z.id)
        and not exists (select 1 from zaken_toewijzing a join loket_identity_team g on g.id = a.team_id
                        where a.zaak_id = z.id and g.lijn > 1)) as meteen,
    count(*) filter (where t.identificatie = 'klacht') as klachten,
    count(*) filter (where t.identificatie = 'klacht'
        and coalesce(z.einddatum, %(vandaag)s) > z.uiterlijke_einddatum_afdoening) as te_laat
from zaken_zaak z join catalogi_zaaktype t on t.id = z.zaaktype_id
where z.organisatie_id = %(organisatie)s and z.startdatum >= %(van)s and z.startdatum < %(tot)s
  and t.identificatie in ('vraag', 'klacht')"""

_MELDINGEN = """
select z.startdatum, z.einddatum, count(*) as aantal
from zaken_zaak z join catalogi_zaaktype t on t.id = z.zaaktype_id
join zaken_resultaat r on r.zaak_id = z.id join catalogi_resultaattype rt on rt.id = r.resultaattype_id
where z.organisatie_id = %(organisatie)s and z.startdatum >= %(van)s and z.startdatum < %(tot)s
  and t.identificatie = 'melding' and rt.omschrijving = 'Opgelost' and z.einddatum is not null
group by z.startdatum, z.einddatum"""

_BEOORDEELD = """
select count(*) as aantal, avg(b.cijfer)::float as gemiddeld from reacties_beoordeling b
where b.organisatie_id = %(organisatie)s and (b.op at time zone 'Europe/Amsterdam')::date >= %(van)s
  and (b.op at time zone 'Europe/Amsterdam')::date < %(tot)s"""


def cijfers(organisatie: UUID, dag: date | None = None) -> Cijfers:
    """The figures of the last whole month before `dag` (today); computed at most once in ten minutes per process."""
    van, tot = vorige_maand(dag or today())
    sleutel = f"reacties-cijfers-{organisatie}-{van}"
    found: Cijfers | None = cache.get(sleutel)
    if found is None:
        found = bereken(organisatie, van, tot)
        cache.set(sleutel, found, BEWAAR_SECONDEN)
    return found


def bereken(organisatie: UUID, van: date, tot: date) -> Cijfers:
    """The figures of what came in from `van` up to but not including `tot`."""
    params = {"organisatie": organisatie, "van": van, "tot": tot, "vandaag": today()}
    geteld = row(_TELLEN, params) or {}
    beoordeeld = row(_BEOORDEELD, params) or {}
    gesprekken = telling(organisatie, day_start(van), day_start(tot))
    opgelost = rows(_MELDINGEN, params)
    aantal = sum(rij["aantal"] for rij in opgelost)
    dagen = sum(rij["aantal"] * werkdagen_tussen(rij["startdatum"], rij["einddatum"]) for rij in opgelost)
    return Cijfers(
        maand=van,
        vragen=geteld.get("vragen", 0),
        meteen=_van_100(geteld.get("meteen", 0), geteld.get("vragen", 0)),
        meldingen=aantal,
        werkdagen=round(dagen / aantal, 1) if aantal else None,
        klachten=geteld.get("klachten", 0),
        te_laat=_van_100(geteld.get("te_laat", 0), geteld.get("klachten", 0)),
        antwoorden=beoordeeld.get("aantal", 0),
        cijfer=round(beoordeeld["gemiddeld"], 1) if beoordeeld.get("gemiddeld") is not None else None,
        gesprekken=sum(gesprekken.values()),
        direct=_van_100(gesprekken["beantwoord"], sum(gesprekken.values())),
    )


def _van_100(deel: int, geheel: int) -> int | None:
    return round(100 * deel / geheel) if geheel else None

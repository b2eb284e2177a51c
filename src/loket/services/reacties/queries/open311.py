"""What anybody may know of reports, for Open311: what it is about, where, since when, and how far it is.

Only meldingen that are no more confidential than reports are by default; not those that point at people (nuisance,
danger); never who sent it; and the resident's own words only where the organisation says so, of what was sent by an
app that told its user that others can read it (see docs/developer/open311.md). Each read is one statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import AMSTERDAM
from loket.services.reacties.catalogus import CATEGORIE, PLEK_WOORDEN
from loket.services.reacties.categorieen import ANDERS, GEVAAR

SOORT = "open311"
"""The kind of channel that holds the keys."""
TOON = "toon_omschrijving"
"""The setting of such a channel that shows the words of reports that came in by Open311."""
BESLOTEN = ("overlast", GEVAAR)
"""Categories that point at people: a place and a subject alone already say who."""
HOOGSTE_VA = 4
"""zaakvertrouwelijk: what a report is when nobody made it more confidential."""

# whose it is: the code in capitals, or the only organisation when none is given
_WIE = """
wie as (
    select o.id, o.naam, o.afkorting, o.telefoon, o.email from loket_identity_organisatie o
    where o.afkorting = upper(%(code)s)
       or (%(code)s = '' and (select count(*) from loket_identity_organisatie) = 1))"""

_VELDEN = """
    select z.identificatie, z.einddatum, z.aangemaakt_op, z.plek, z.x, z.y,
        case when z.einddatum is null then z.gewijzigd_op else coalesce(s.datum_status_gezet, z.gewijzigd_op) end
            as bijgewerkt_op,
        coalesce(c.waarde, %(anders)s) as categorie, coalesce(p.waarde, '') as woorden,
        coalesce(st.omschrijving, '') as status, coalesce(rt.omschrijving, '') as resultaat, w.antwoord_voor,
        case when z.kanaal = %(open311)s and toont.ja then (
            select k.inhoud from klanten_onderwerpobject ob join klanten_klantcontact k on k.id = ob.klantcontact_id
            where ob.zaak_id = z.id and k.richting = 'in' and k.kanaal = %(open311)s
            order by k.plaatsgevonden_op, k.id limit 1) end as tekst
    from catalogi_zaaktype t join zaken_zaak z on z.zaaktype_id = t.id and z.organisatie_id = wie.id
    left join zaken_zaakeigenschap c on c.zaak_id = z.id and c.naam = %(categorie)s
    left join zaken_zaakeigenschap p on p.zaak_id = z.id and p.naam = %(plek)s
    left join zaken_status s on s.id = z.status_id left join catalogi_statustype st on st.id = s.statustype_id
    left join zaken_resultaat r on r.zaak_id = z.id and z.einddatum is not null
    left join catalogi_resultaattype rt on rt.id = r.resultaattype_id
    left join zaken_werkvoorraad w on w.zaak_id = z.id
    where t.organisatie_id = wie.id and t.identificatie = 'melding' and z.va_rang <= %(va)s
      and coalesce(c.waarde, %(anders)s) <> all(%(besloten)s)"""

_ZOEK = f"""
with {_WIE},
toont as (
    select exists (select 1 from loket_channels_kanaal k join wie on wie.id = k.organisatie_id
        where k.soort = %(open311)s and k.actief and k.instellingen ->> '{TOON}' = 'ja') as ja)
select wie.naam as organisatie, m.* from wie cross join toont left join lateral (
    {_VELDEN}
      and {{waar}}
    order by z.startdatum desc, z.aangemaakt_op desc, z.id desc limit %(aantal)s offset %(vanaf)s) m on true
order by m.aangemaakt_op desc, m.identificatie desc"""

_TIJD = """
    z.startdatum between %(eerste_dag)s and %(laatste_dag)s and z.aangemaakt_op between %(van)s and %(tot)s
    and (%(codes)s::text[] is null or coalesce(c.waarde, %(anders)s) = any(%(codes)s))
    and (%(dicht)s::boolean is null or (z.einddatum is not null) = %(dicht)s)
    and (%(sinds)s::timestamptz is null or z.gewijzigd_op > %(sinds)s)"""
_NUMMERS = "z.identificatie = any(%(nummers)s)"


class GeenOrganisatie(Exception):
    """No organisation has this code, or none was given and there are several."""


@dataclass(frozen=True)
class Organisatie:
    """Whose reports they are."""

    naam: str
    afkorting: str
    telefoon: str
    email: str
    id: Any = None


@dataclass(frozen=True)
class Melding:
    """One report, as everybody may know it."""

    organisatie: str
    identificatie: str
    einddatum: date | None
    aangemaakt_op: datetime
    bijgewerkt_op: datetime
    antwoord_voor: date | None
    plek: str
    x: float | None
    y: float | None
    categorie: str
    woorden: str
    status: str
    resultaat: str
    tekst: str | None


def organisatie(code: str) -> Organisatie:
    """The organisation with this code; the only one, without. Raises GeenOrganisatie."""
    gevonden = row(f"with {_WIE} select * from wie", {"code": code})
    if gevonden is None:
        raise GeenOrganisatie(code)
    return Organisatie(**gevonden)


def organisaties() -> list[Organisatie]:
    """All organisations, the main one first."""
    gevonden = rows(
        "select id, naam, afkorting, telefoon, email from loket_identity_organisatie order by hoofd desc, afkorting"
    )
    return [Organisatie(**each) for each in gevonden]


def zoek(
    code: str,
    *,
    van: datetime,
    tot: datetime,
    categorieen: Sequence[str] | None = None,
    gesloten: bool | None = None,
    gewijzigd_na: datetime | None = None,
    aantal: int = 1000,
    vanaf: int = 0,
) -> list[Melding]:
    """The reports that came in from `van` to `tot`, the newest first. Raises GeenOrganisatie."""
    return _lees(
        _TIJD,
        code,
        {
            "van": van,
            "tot": tot,
            "eerste_dag": van.astimezone(AMSTERDAM).date(),
            "laatste_dag": tot.astimezone(AMSTERDAM).date(),
            "codes": list(categorieen) if categorieen is not None else None,
            "dicht": gesloten,
            "sinds": gewijzigd_na,
            "aantal": aantal,
            "vanaf": vanaf,
        },
    )


def met_nummers(code: str, nummers: Sequence[str]) -> list[Melding]:
    """The reports with these numbers, as far as everybody may know them. Raises GeenOrganisatie."""
    schoon = [nummer.replace("\x00", "").upper() for nummer in nummers]
    return _lees(_NUMMERS, code, {"nummers": schoon, "aantal": 1000, "vanaf": 0})


def _lees(waar: str, code: str, params: dict[str, Any]) -> list[Melding]:
    vast = {
        "code": code.replace("\x00", ""),
        "open311": SOORT,
        "anders": ANDERS,
        "categorie": CATEGORIE,
        "plek": PLEK_WOORDEN,
        "va": HOOGSTE_VA,
        "besloten": list(BESLOTEN),
    }
    gevonden = rows(_ZOEK.format(waar=waar), {**vast, **params})
    if not gevonden:
        raise GeenOrganisatie(code)
    return [Melding(**each) for each in gevonden if each["identificatie"] is not None]


def nummer_van(code: str, zaak: Any) -> str:
    """The number of this report of this organisation, or ''. Raises GeenOrganisatie."""
    gevonden = row(
        f"with {_WIE} select z.identificatie from wie left join zaken_zaak z on z.id = %(zaak)s"
        " and z.organisatie_id = wie.id",
        {"code": code.replace("\x00", ""), "zaak": zaak},
    )
    if gevonden is None:
        raise GeenOrganisatie(code)
    return gevonden["identificatie"] or ""

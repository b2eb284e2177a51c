"""The one place that says which zaken an actor may see: a condition in SQL that every read of zaken carries."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows

type Voorwaarde = tuple[str, dict[str, Any]]

NIETS: Voorwaarde = ("false", {})

_BEWONER = """exists (select 1 from zaken_rol zr join klanten_partij zp on zp.id = zr.partij_id
    where zr.zaak_id = {z} and zp.pseudoniem = %(zicht_pseudoniem)s
      and zr.omschrijving_generiek in ('initiator', 'mede_initiator', 'belanghebbende'))"""

_LINK = """({z} = %(zicht_zaak)s or {z} in (
    select rel.zaak_id from zaken_zaakrelatie rel
    join zaken_zaak van on van.id = %(zicht_zaak)s
    join zaken_zaak naar on naar.id = rel.zaak_id and naar.identificatie = van.identificatie
    where rel.aard_relatie = 'doorgezonden'))"""

_UITGESLOTEN = """{z} <> all(array(select ur.zaak_id from zaken_rol ur
    where ur.medewerker_id = %(zicht_ik)s and ur.omschrijving_generiek = 'belanghebbende'))"""

_TAAK = """exists (select 1 from klanten_internetaak zt where zt.zaak_id = {z} and zt.status <> 'afgehandeld'
    and (%(zicht_ik)s in (zt.medewerker_id, zt.opgepakt_door_id, zt.vervanger_id, zt.coordinator_id)
         or zt.medewerker_id = any(%(zicht_vervangt)s)))"""

_ROL = """exists (select 1 from zaken_rol zr where zr.zaak_id = {z} and zr.omschrijving_generiek <> 'belanghebbende'
    and (zr.medewerker_id = %(zicht_ik)s or zr.medewerker_id = any(%(zicht_vervangt)s)))"""

_TEAM = """(exists (select 1 from zaken_toewijzing zw where zw.zaak_id = {z} and zw.team_id = any(%(zicht_teams)s))
    or exists (select 1 from klanten_internetaak zt where zt.zaak_id = {z} and zt.team_id = any(%(zicht_teams)s)))"""

_ZAAKTYPE = """{a}.zaaktype_id = any(array(
    select ct.id from catalogi_zaaktype ct where ct.identificatie = any(%({p})s)))"""


def zichtbaar(actor: Actor, handeling: str, alias: str = "z") -> Voorwaarde:
    """The condition on `zaken_zaak {alias}` under which `actor` may do `handeling` with a zaak, and its parameters.

    An employee: what the grants for that act cover (organisation, zaaktype, confidentiality, reach), never a zaak that
    he or she is the subject of. Reach `team`: zaken that one of the own teams has, had, or was asked about, and what
    reach `betrokken` covers: named as handler or coordinator, with an open task in it, or standing in for somebody
    who is. A resident: the zaken in which he or she is initiator or belanghebbende. The holder of a link: the zaken
    of that number. An application: what its autorisaties cover. The system: everything. Nobody else sees anything.
    """
    return _zicht(
        actor,
        handeling,
        lambda p: _ZAAKTYPE.format(a=alias, p=p),
        va=f"{alias}.va_rang",
        organisatie=f"{alias}.organisatie_id",
        zaak=f"{alias}.id",
    )


def zichtbaar_werk(actor: Actor, handeling: str, alias: str = "w") -> Voorwaarde:
    """The same condition on `zaken_werkvoorraad {alias}`, without a join: the row repeats what rights speak of."""
    return _zicht(
        actor,
        handeling,
        lambda p: f"{alias}.zaaktype = any(%({p})s)",
        va=f"{alias}.va_rang",
        organisatie=f"{alias}.organisatie_id",
        zaak=f"{alias}.zaak_id",
        team=f"{alias}.team_id = any(%(zicht_teams)s) or ",
        ik=f"{alias}.behandelaar_id = %(zicht_ik)s or ",
    )


def over_wie(medewerker: UUID) -> list[UUID]:
    """The zaken that are about this employee, with their documents and messages: what he or she never gets to see."""
    gevonden = rows(
        "with mijn as (select zaak_id from zaken_rol where medewerker_id = %(wie)s"
        "  and omschrijving_generiek = 'belanghebbende')"
        " select zaak_id as id from mijn"
        " union select i.informatieobject_id from zaken_zaakinformatieobject i join mijn on mijn.zaak_id = i.zaak_id"
        " union select o.klantcontact_id from klanten_onderwerpobject o join mijn on mijn.zaak_id = o.zaak_id",
        {"wie": medewerker},
    )
    return [each["id"] for each in gevonden]


SCOPES = {
    "zaak.lezen": ("zaken.lezen", "zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.bijwerken"),
    "zaak.bijwerken": ("zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.aanmaken", "zaken.statussen.toevoegen"),
    "zaak.sluiten": ("zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.geforceerd-bijwerken"),
    "zaak.heropenen": ("zaken.heropenen",),
    "zaak.verwijderen": ("zaken.verwijderen",),
}
"""The scopes of the standard under which an application may do what employees have a right for."""


def _zicht_applicatie(actor: Actor, handeling: str, va: str, organisatie: str, zaak: str) -> Voorwaarde:
    alles, gedekt = actor.covers(frozenset(SCOPES.get(handeling, ())))
    eigen = f"{organisatie} = %(zicht_o)s"
    if alles:
        return eigen, {"zicht_o": actor.organisatie}
    return (
        f"{eigen} and exists (select 1 from zaken_zaak za where za.id = {zaak} and za.zaaktype_id = any(%(zicht_t)s)"
        f" and {va} <= (%(zicht_v)s::smallint[])[array_position(%(zicht_t)s::uuid[], za.zaaktype_id)])",
        {"zicht_o": actor.organisatie, "zicht_t": gedekt["zaken_typen"], "zicht_v": gedekt["zaken_rangen"]},
    )


def _zicht(
    actor: Actor,
    handeling: str,
    zaaktype: Callable[[str], str],
    *,
    va: str,
    organisatie: str,
    zaak: str,
    team: str = "",
    ik: str = "",
) -> Voorwaarde:
    if actor.kind == "systeem":
        return "true", {}
    if actor.kind == "bewoner" and actor.pseudoniem:
        return _BEWONER.format(z=zaak), {"zicht_pseudoniem": actor.pseudoniem}
    if actor.kind == "link" and actor.zaak:
        return _LINK.format(z=zaak), {"zicht_zaak": actor.zaak}
    if actor.kind == "applicatie":
        return _zicht_applicatie(actor, handeling, va, organisatie, zaak)
    if actor.kind != "medewerker" or actor.id is None:
        return NIETS
    groepen: dict[tuple[UUID, int, str], set[str]] = defaultdict(set)
    for grant in actor.grants:
        if grant.handeling == handeling:
            groepen[(grant.organisatie, grant.max_va, grant.bereik)].add(grant.zaaktype)
    if not groepen:
        return NIETS
    params: dict[str, Any] = {
        "zicht_ik": actor.id,
        "zicht_teams": sorted(actor.teams),
        "zicht_vervangt": sorted(actor.vervangt),
    }
    keuzes = []
    for n, ((wiens, max_va, bereik), typen) in enumerate(sorted(groepen.items(), key=str)):
        delen = [f"{organisatie} = %(zicht_o{n})s", f"{va} <= %(zicht_v{n})s"]
        params |= {f"zicht_o{n}": wiens, f"zicht_v{n}": max_va}
        if "" not in typen:
            delen.append(zaaktype(f"zicht_t{n}"))
            params[f"zicht_t{n}"] = sorted(typen)
        genoemd = f"{ik}{_ROL.format(z=zaak)} or {_TAAK.format(z=zaak)}"
        if bereik == "team":
            delen.append(f"({team}{_TEAM.format(z=zaak)} or {genoemd})")
        elif bereik == "betrokken":
            delen.append(f"({genoemd})")
        keuzes.append(" and ".join(delen))
    return f"({' or '.join(f'({k})' for k in keuzes)}) and {_UITGESLOTEN.format(z=zaak)}", params

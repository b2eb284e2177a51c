"""Who somebody is, and how to reach him or her."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from loket.foundation.audit.use import Use
from loket.foundation.errors import NotFound
from loket.registers.klanten import rules
from loket.registers.klanten.queries.gebruik import met_gebruik
from loket.registers.klanten.versleuteling import ontsleutel
from loket.registers.zaken.queries import zichtbaar
from loket.registers.zaken.rules import LEZEN


@dataclass(frozen=True)
class Persoon:
    """A person or organisation. `email` and `telefoon` are the standard addresses ('' when there is none);
    `email_gebounced` says that mail came back. `nummer` is the soort and last three characters of an identifying number
    (`bsn …782`). `rol` is the generic role in the zaak asked about ('' when none was)."""

    id: UUID
    organisatie: UUID
    soort_partij: str
    naam: str
    taal: str
    voorkeurskanaal: str
    email: str
    email_gebounced: bool
    telefoon: str
    nummer: str
    rol: str


_PERSOON = """p.id, p.organisatie_id as organisatie, p.soort_partij, p.naam, p.taal, p.voorkeurskanaal,
    coalesce(em.adres, '') as email, coalesce(em.status = 'gebounced', false) as email_gebounced,
    coalesce(tel.adres, '') as telefoon, coalesce(pi.soort || ' …' || pi.eind, '') as nummer, p.pseudoniem"""
_BIJ = """left join lateral (select a.adres, a.status from klanten_digitaaladres a where a.partij_id = p.id
        and a.soort_digitaal_adres = 'email' order by a.is_standaard_adres desc, a.gewijzigd_op desc limit 1) em on true
    left join lateral (select a.adres from klanten_digitaaladres a where a.partij_id = p.id
        and a.soort_digitaal_adres = 'telefoon'
        order by a.is_standaard_adres desc, a.gewijzigd_op desc limit 1) tel on true
    left join lateral (select i.soort, i.eind from klanten_partijidentificator i where i.partij_id = p.id
        order by i.soort limit 1) pi on true"""
_EIGEN = "(%(organisatie)s::uuid is null or p.organisatie_id = %(organisatie)s::uuid)"


def betrokkenen(use: Use, zaak: UUID) -> list[Persoon]:
    """The residents and businesses with a role in a zaak that the actor may see; none when he or she may not. Writes
    one data-use line for each."""
    waar, params = zichtbaar(use.actor, LEZEN)
    found = met_gebruik(
        use,
        f"select {_PERSOON}, r.omschrijving_generiek as rol, r.registratiedatum from zaken_zaak z"
        f" join zaken_rol r on r.zaak_id = z.id join klanten_partij p on p.id = r.partij_id {_BIJ}"
        f" where z.id = %(zaak)s and {waar}",
        {"zaak": zaak, **params},
        "order by g.registratiedatum",
    )
    return [Persoon(**{k: v for k, v in rij.items() if k != "registratiedatum"}) for rij in found]


def partij(use: Use, id: UUID) -> Persoon:
    """One person in the file of the actor's organisation. Writes one data-use line. Raises NotFound."""
    found = met_gebruik(
        use,
        f"select {_PERSOON}, '' as rol from klanten_partij p {_BIJ} where p.id = %(id)s and {_EIGEN} and {_mag(use)}",
        {"id": id, "organisatie": use.actor.organisatie},
    )
    if not found:
        raise NotFound("No such partij.")
    return Persoon(**found[0])


def zoek_partijen(use: Use, tekst: str, limiet: int = 10) -> list[Persoon]:
    """People in the file of the actor's organisation with this e-mail address, telephone number, or (the beginning of)
    these words in their name. Writes one data-use line for each person found, so ask for few."""
    woorden = re.findall(r"\w+", tekst)
    if not woorden:
        return []
    cijfers = rules.telefoon(tekst).lstrip("+")
    found = met_gebruik(
        use,
        f"select {_PERSOON}, '' as rol from (select p.* from klanten_partij p where {_EIGEN} and {_mag(use)}"
        " and p.id in (select a.partij_id from klanten_digitaaladres a where lower(a.adres) = %(adres)s"
        " union select c.partij_id from klanten_digitaaladres c where c.soort_digitaal_adres = 'telefoon'"
        " and right(regexp_replace(c.adres, '[^0-9]', '', 'g'), 9) = %(cijfers)s"
        # of a first name that thousands have, enough is enough: more words find more
        " union (select n.id from klanten_partij n where (%(organisatie)s::uuid is null"
        " or n.organisatie_id = %(organisatie)s::uuid)"
        " and to_tsvector('simple'::regconfig, n.naam) @@ to_tsquery('simple'::regconfig, %(woorden)s) limit 2000))"
        f" order by p.naam, p.id limit %(limiet)s) p {_BIJ}",
        {
            "organisatie": use.actor.organisatie,
            "adres": tekst.strip().lower().replace("\x00", ""),
            "cijfers": cijfers[-9:] if len(cijfers) > 5 else "-",
            "woorden": " & ".join(f"{woord.lower()}:*" for woord in woorden),
            "limiet": limiet,
        },
        "order by g.naam, g.id",
    )
    return [Persoon(**rij) for rij in found]


def personen_bij(use: Use, zaken: Sequence[UUID], limiet: int = 10) -> list[Persoon]:
    """Who sent these zaken, as far as the actor may see them. Writes one data-use line for each."""
    waar, params = zichtbaar(use.actor, LEZEN)
    found = met_gebruik(
        use,
        f"select {_PERSOON}, '' as rol from klanten_partij p {_BIJ} where p.id in (select r.partij_id from zaken_zaak z"
        " join zaken_rol r on r.zaak_id = z.id and r.omschrijving_generiek in ('initiator', 'mede_initiator')"
        f" where z.id = any(%(zaken)s) and {waar}) and {_EIGEN} and {_mag(use)} order by p.naam, p.id limit %(limiet)s",
        {"zaken": list(zaken), "limiet": limiet, "organisatie": use.actor.organisatie, **params},
        "order by g.naam, g.id",
    )
    return [Persoon(**rij) for rij in found]


def adressen_voor_bericht(use: Use, zaak: UUID) -> list[dict[str, Any]]:
    """Where to write to about a zaak: partij, naam, taal, voorkeurskanaal, email (one that did not bounce, else '') of
    each initiator. Writes one data-use line for each; that a message was sent to them is this use."""
    waar, params = zichtbaar(use.actor, LEZEN)
    return met_gebruik(
        use,
        "select p.id as partij, p.naam, p.taal, p.voorkeurskanaal, p.pseudoniem, coalesce((select a.adres from"
        " klanten_digitaaladres a where a.partij_id = p.id and a.soort_digitaal_adres = 'email' and a.status = 'ok'"
        " order by a.is_standaard_adres desc, a.gewijzigd_op desc limit 1), '') as email"
        " from zaken_zaak z join zaken_rol r on r.zaak_id = z.id join klanten_partij p on p.id = r.partij_id"
        " where z.id = %(zaak)s and r.omschrijving_generiek in ('initiator', 'mede_initiator')"
        f" and {waar}",
        {"zaak": zaak, **params},
        "order by g.partij",
    )


def identificatie(use: Use, partij: UUID) -> dict[str, str]:
    """The identifying numbers of a person, readable: {'bsn': '…'}. For the standard's API and nothing else. Writes one
    data-use line. Empty when there are none, or the partij is not of the actor's organisation."""
    found = met_gebruik(
        use,
        "select i.soort, i.waarde, p.pseudoniem from klanten_partijidentificator i join klanten_partij p on"
        f" p.id = i.partij_id where p.id = %(id)s and {_EIGEN} and {_mag(use)}",
        {"id": partij, "organisatie": use.actor.organisatie},
    )
    return {rij["soort"]: ontsleutel(rij["soort"], bytes(rij["waarde"])) for rij in found}


def _mag(use: Use) -> str:
    """People are looked up by employees who may read zaken, and by the system."""
    mag = use.actor.kind == "systeem" or (use.actor.kind == "medewerker" and use.actor.may(LEZEN))
    return "true" if mag else "false"

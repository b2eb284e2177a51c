"""What the forms of employees offer: results, teams and people, where a reactie can go, standard texts."""

from typing import Any
from uuid import UUID

from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import today


def resultaattypen(zaaktype: UUID) -> list[str]:
    """How a zaak of this zaaktype can end; forwarding, merging and withdrawing have acts of their own."""
    eigen = ("Doorgezonden", "Samengevoegd", "Ingetrokken")
    found = rows(
        "select omschrijving from catalogi_resultaattype"
        " where zaaktype_id = %s and omschrijving <> all(%s) order by id",
        (zaaktype, list(eigen)),
    )
    return [each["omschrijving"] for each in found]


def wie(organisatie: UUID, lijnen: tuple[int, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Teams of these lines, and the people in them, each with who stands in when absent today ('' if not)."""
    teams = rows(
        "select id, naam, lijn from loket_identity_team"
        " where organisatie_id = %s and lijn = any(%s) order by lijn, naam",
        (organisatie, list(lijnen)),
    )
    mensen = rows(
        "select distinct on (g.naam, g.id) g.id, g.naam, t.naam as team, coalesce(v.naam, '') as vervanger"
        " from loket_identity_gebruiker g join loket_identity_lidmaatschap l on l.gebruiker_id = g.id"
        " join loket_identity_team t on t.id = l.team_id"
        " left join loket_identity_afwezigheid a on a.gebruiker_id = g.id and %s between a.van and a.tot_en_met"
        " left join loket_identity_gebruiker v on v.id = a.vervanger_id"
        " where g.organisatie_id = %s and g.is_active and t.lijn = any(%s) order by g.naam, g.id",
        (today(), organisatie, list(lijnen)),
    )
    return teams, mensen


def waarheen(organisatie: UUID) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The other organisations on this Loket, and the bodies that are reached by mail."""
    organisaties = rows("select id, naam from loket_identity_organisatie where id <> %s order by naam", (organisatie,))
    instanties = rows(
        "select id, naam, gaat_over from reacties_instantie where organisatie_id = %s order by naam", (organisatie,)
    )
    return organisaties, instanties


def documenten(zaak: UUID) -> list[dict[str, Any]]:
    """The documents of a zaak that could go along: id and title."""
    return rows(
        "select d.id, v.titel from zaken_zaakinformatieobject zi"
        " join documenten_informatieobject d on d.id = zi.informatieobject_id"
        " join documenten_informatieobjectversie v on v.informatieobject_id = d.id and v.versie = d.versie"
        " where zi.zaak_id = %s order by zi.registratiedatum, d.id",
        (zaak,),
    )


def standaardteksten(organisatie: UUID, soort: str) -> list[dict[str, Any]]:
    """The texts that fit a kind of reactie, by title."""
    return rows(
        "select id, titel from reacties_standaardtekst where organisatie_id = %s and soort in ('', %s) order by titel",
        (organisatie, soort),
    )


def standaardtekst(organisatie: UUID, id: UUID, plaatshouders: dict[str, str]) -> str:
    """One text with its placeholders filled in; one that is not known stays as it is. '' when there is no such text."""
    found = row("select tekst from reacties_standaardtekst where organisatie_id = %s and id = %s", (organisatie, id))
    tekst: str = found["tekst"] if found else ""
    for naam, waarde in plaatshouders.items():
        tekst = tekst.replace("{" + naam + "}", waarde)
    return tekst

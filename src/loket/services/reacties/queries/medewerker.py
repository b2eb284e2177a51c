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


def wie(
    organisatie: UUID, lijnen: tuple[int, ...], zaak: UUID, va_rang: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Teams of these lines, and the people in them who may read a zaak of this confidentiality and are not who it is
    about, each with who stands in when absent today ('' if not). From `vertrouwelijk` on no teams: by name only."""
    teams = rows(
        "select id, naam, lijn from loket_identity_team"
        " where organisatie_id = %s and lijn = any(%s) and %s < 5 order by lijn, naam",
        (organisatie, list(lijnen), va_rang),
    )
    mensen = rows(
        "select distinct on (g.naam, g.id) g.id, g.naam, t.naam as team, coalesce(v.naam, '') as vervanger"
        " from loket_identity_gebruiker g join loket_identity_lidmaatschap l on l.gebruiker_id = g.id"
        " join loket_identity_team t on t.id = l.team_id"
        " left join loket_identity_afwezigheid a on a.gebruiker_id = g.id and %(dag)s between a.van and a.tot_en_met"
        " left join loket_identity_gebruiker v on v.id = a.vervanger_id"
        " where g.organisatie_id = %(organisatie)s and g.is_active and t.lijn = any(%(lijnen)s) and exists ("
        "  select 1 from loket_identity_lidmaatschap m join loket_access_recht r on r.functie_id = m.functie_id"
        "  where m.gebruiker_id = g.id and r.handeling = 'zaak.lezen' and r.max_va >= %(va)s)"
        " and not exists (select 1 from zaken_rol z where z.zaak_id = %(zaak)s and z.medewerker_id = g.id"
        "  and z.omschrijving_generiek = 'belanghebbende')"
        " order by g.naam, g.id",
        {"dag": today(), "organisatie": organisatie, "lijnen": list(lijnen), "va": va_rang, "zaak": zaak},
    )
    return teams, mensen


def collegas(organisatie: UUID) -> list[dict[str, Any]]:
    """All employees of an organisation with the team they work in: id, naam, team."""
    return rows(
        "select distinct on (g.naam, g.id) g.id, g.naam, coalesce(t.naam, '') as team"
        " from loket_identity_gebruiker g left join loket_identity_lidmaatschap l on l.gebruiker_id = g.id"
        " left join loket_identity_team t on t.id = l.team_id"
        " where g.organisatie_id = %s and g.is_active and g.soort = 'medewerker' order by g.naam, g.id",
        (organisatie,),
    )


def heeft_adres(zaak: UUID) -> bool:
    """Whether anybody hears of this reactie by mail. Says nothing about who."""
    return (
        row(
            "select 1 from reacties_volglink v join zaken_zaak z on z.id = %s where v.email <> '' and v.zaak_id in ("
            " select z.id union select r.andere_zaak_id from zaken_zaakrelatie r"
            " where r.zaak_id = z.id and r.aard_relatie = 'doorgezonden') limit 1",
            (zaak,),
        )
        is not None
    )


def chat_van(zaak: UUID) -> str:
    """The name of the messaging channel by which somebody writes about this reactie and hears of it, or ''. Says
    nothing about who."""
    found = row(
        "select k.naam from reacties_volglink v join zaken_zaak z on z.id = %s"
        " join loket_channels_bericht b on b.betreft = v.id and b.richting = 'in'"
        " join loket_channels_kanaal k on k.id = b.kanaal_id"
        " where v.berichten and v.ingetrokken_op is null and v.zaak_id in ("
        " select z.id union select r.andere_zaak_id from zaken_zaakrelatie r"
        " where r.zaak_id = z.id and r.aard_relatie = 'doorgezonden') order by b.id desc limit 1",
        (zaak,),
    )
    return found["naam"] if found else ""


def voorstel(zaak: UUID) -> dict[str, Any] | None:
    """The team that was suggested for a reactie that nobody handles, while another team has it: team and zekerheid."""
    return row(
        "select t.naam as team, w.zekerheid from zaken_werkvoorraad w"
        " join loket_identity_team t on t.id = w.voorstel_team_id where w.zaak_id = %s"
        " and w.voorstel_team_id is distinct from w.team_id and w.behandelaar_id is null",
        (zaak,),
    )


def waarheen(organisatie: UUID) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The other organisations on this Loket, and the bodies that are reached by mail."""
    organisaties = rows("select id, naam from loket_identity_organisatie where id <> %s order by naam", (organisatie,))
    instanties = rows(
        "select id, naam, gaat_over from reacties_instantie where organisatie_id = %s order by naam", (organisatie,)
    )
    return organisaties, instanties


def standaardteksten(organisatie: UUID, soort: str, over: str, zaak: UUID) -> list[dict[str, Any]]:
    """The texts that fit a kind of reactie: id, titel and `rang`, the best first. 0: about the domain of this reactie
    (`over`, '' when that is not known); 1: of the domains of the team that has it, or was suggested; 2: for every
    domain; 3: about something else."""
    return rows(
        "select s.id, s.titel, case when s.domein = '' then 2 when s.domein = %(over)s then 0 when s.domein in ("
        "  select unnest(t.domeinen) from zaken_werkvoorraad w join loket_identity_team t"
        "  on t.id in (w.team_id, w.voorstel_team_id) where w.zaak_id = %(zaak)s) then 1 else 3 end as rang"
        " from reacties_standaardtekst s where s.organisatie_id = %(organisatie)s and s.soort in ('', %(soort)s)"
        " order by rang, s.soort = '', s.titel",
        {"organisatie": organisatie, "soort": soort, "over": over, "zaak": zaak},
    )


def standaardtekst(organisatie: UUID, id: UUID) -> str:
    """One text, with its placeholders; '' when there is no such text."""
    found = row("select tekst from reacties_standaardtekst where organisatie_id = %s and id = %s", (organisatie, id))
    return found["tekst"] if found else ""

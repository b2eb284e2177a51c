"""The zaak: how it is shown, found and written."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from loket.foundation.api.filters import boolean, day, key_of, keys, one_of, text, texts
from loket.foundation.api.foreign import reachable
from loket.foundation.api.problem import Fault, Problem, invalid
from loket.foundation.api.resource import (
    Column,
    Filter,
    Group,
    Link,
    Links,
    Resource,
    Tally,
    declare,
    key_in,
    registry,
    row_of,
)
from loket.foundation.api.write import Change, Row, Writes
from loket.foundation.database.sql import row
from loket.foundation.identity.models import Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import now
from loket.registers.catalogi.hulpbronnen.basis import duur
from loket.registers.catalogi.models import GENERIEKE_ROLLEN, VERTROUWELIJKHEID, Zaaktype
from loket.registers.catalogi.rules import rang
from loket.registers.zaken import commands, rules, stappen
from loket.registers.zaken.hulpbronnen.basis import GEFORCEERD, ROOT, TOEGESTAAN, mag, zrc_007
from loket.registers.zaken.meetkunde import punt
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import rsin
from loket.registers.zaken.spoor import KANAAL

_WEERGAVE = "case {t}.betalingsindicatie " + " ".join(
    f"when '{waarde}' then '{woorden}'"
    for waarde, woorden in {
        "nvt": "Er is geen sprake van te betalen, met de zaak gemoeide, kosten.",
        "nog_niet": "De met de zaak gemoeide kosten zijn (nog) niet betaald.",
        "gedeeltelijk": "De met de zaak gemoeide kosten zijn gedeeltelijk betaald.",
        "geheel": "De met de zaak gemoeide kosten zijn geheel betaald.",
    }.items()
)


def _van(tabel: str, orde: str, kolom: str = "zaak_id") -> str:
    return f"select d.id from {tabel} d where d.{kolom} = {{t}}.id order by {orde}, d.id"


def _datum(naam: str, kolom: str, *vormen: str) -> dict[str, Filter]:
    """The filters on a date: equal, and the comparisons that the file knows."""
    tekens = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
    gevonden = {naam: Filter(f"{{t}}.{kolom} = %({naam})s::date", day)}
    for vorm in vormen:
        parameter = f"{naam}__{vorm}"
        if vorm == "isnull":
            gevonden[parameter] = Filter(f"({{t}}.{kolom} is null) = %({parameter})s::bool", boolean)
        else:
            gevonden[parameter] = Filter(f"{{t}}.{kolom} {tekens[vorm]} %({parameter})s::date", day)
    return gevonden


def _een_van(naam: str, kolom: str, *keuzes: str) -> dict[str, Filter]:
    return {
        naam: Filter(f"{{t}}.{kolom} = %({naam})s", one_of(*keuzes)),
        f"{naam}__in": Filter(f"{{t}}.{kolom} = any(%({naam}__in)s::text[])", texts),
    }


def _rol(naam: str, where: str, read: Any = text) -> dict[str, Filter]:
    return {
        naam: Filter(f"{{t}}.id in (select r.zaak_id from zaken_rol r where {where.format(p=f'%({naam})s')})", read)
    }


def rol_nummers(voor: str) -> dict[str, tuple[str, str]]:
    """The parameters by which somebody in a role is looked up, with the key of the number and the kind of person."""
    soorten = {
        "natuurlijkPersoon": ("natuurlijk_persoon", ("inpBsn", "anpIdentificatie", "inpA_nummer")),
        "nietNatuurlijkPersoon": ("niet_natuurlijk_persoon", ("innNnpId", "annIdentificatie")),
        "vestiging": ("vestiging", ("vestigingsNummer",)),
        "organisatorischeEenheid": ("organisatorische_eenheid", ("identificatie",)),
        "medewerker": ("medewerker", ("identificatie",)),
    }
    return {
        f"{voor}betrokkeneIdentificatie__{soort}__{nummer}": (nummer, code)
        for soort, (code, nummers) in soorten.items()
        for nummer in nummers
    }


def op_nummer(nummer: str, soort: str, parameter: str) -> str:
    """SQL: a row `r` of the rollen is of the person with this number; the words of the index `rol_bsn` and its like."""
    sleutel = "_bsn" if nummer == "inpBsn" else nummer
    wie = f"r.betrokkene_identificatie -> '{sleutel}' is not null and r.betrokkene_identificatie ->> '{sleutel}'"
    return f"{wie} = %({parameter})s and r.betrokkene_type = '{soort}'"


def nummer_van(nummer: str) -> Callable[[str, str], str]:
    """What reads a number from a query parameter: a BSN is looked up by its pseudonym."""
    return (lambda name, given: pseudonym("bsn", given)) if nummer == "inpBsn" else text


ARCHIEFNOMINATIES = ("blijvend_bewaren", "vernietigen")
ARCHIEFSTATUSSEN = ("nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen")
BETROKKENE_TYPEN = (
    "natuurlijk_persoon",
    "niet_natuurlijk_persoon",
    "vestiging",
    "organisatorische_eenheid",
    "medewerker",
)
ORDE = ("startdatum", "einddatum", "publicatiedatum", "archiefactiedatum", "registratiedatum", "identificatie")


def orde(given: str) -> str:
    """`ordering` as SQL. Raises Problem."""
    delen = []
    for each in filter(None, given.split(",")):
        kolom = each.removeprefix("-")
        if kolom not in ORDE:
            raise invalid("ordering", "invalid_choice", f"Op “{each[:50]}” kan niet worden gesorteerd.")
        delen.append(f"{{t}}.{kolom}" + (" desc nulls last" if each.startswith("-") else " nulls last"))
    return ", ".join((*delen, "{t}.id"))


def _zaaktypen(name: str, given: str) -> list[UUID]:
    return [key for url in given.split(",") if (key := key_of("zaaktype")(name, url)) is not None]


def _rang(name: str, given: str) -> int:
    return rang(one_of(*VERTROUWELIJKHEID)(name, given))


_RELATIES = """select r.andere_zaak_id from zaken_zaakrelatie r where r.zaak_id = {t}.id
    and r.andere_zaak_id is not null order by r.id"""
_RELATIES_WEERGAVE = f"""coalesce((select json_agg(json_build_object('url', coalesce(%(origin)s::text ||
    '{ROOT}/zaken/' || r.andere_zaak_id, r.url), 'aardRelatie', case when r.aard_relatie in ('vervolg', 'bijdrage')
    then r.aard_relatie else 'onderwerp' end) order by r.id) from zaken_zaakrelatie r where r.zaak_id = {{t}}.id),
    '[]')"""

BETROKKENEN = """select p.pseudoniem from zaken_rol r join klanten_partij p on p.id = r.partij_id
    where r.zaak_id = {zaak}"""
"""Whose data stand in a zaak, by pseudonym."""

ZAAK = declare(
    Resource(
        name="zaak",
        root=ROOT,
        path="/zaken",
        table="zaken_zaak",
        permitted=TOEGESTAAN,
        tally=Tally("zaken_telling", frozenset(("zaaktype", "zaaktype__in", "maximaleVertrouwelijkheidaanduiding"))),
        betrokkenen=BETROKKENEN.format(zaak="{t}.id"),
        fields={
            "uuid": "{t}.id",
            "identificatie": Column("identificatie"),
            "bronorganisatie": Column("bronorganisatie"),
            "omschrijving": Column("omschrijving"),
            "toelichting": Column("toelichting"),
            "zaaktype": Link("zaaktype", "{t}.zaaktype_id"),
            "registratiedatum": Column("registratiedatum"),
            "verantwoordelijkeOrganisatie": Column("verantwoordelijke_organisatie"),
            "startdatum": Column("startdatum"),
            "einddatum": "{t}.einddatum",
            "einddatumGepland": Column("einddatum_gepland"),
            "uiterlijkeEinddatumAfdoening": Column("uiterlijke_einddatum_afdoening"),
            "publicatiedatum": Column("publicatiedatum"),
            "communicatiekanaal": Column("communicatiekanaal"),
            "productenOfDiensten": Column("producten_of_diensten"),
            "vertrouwelijkheidaanduiding": Column("vertrouwelijkheidaanduiding"),
            "betalingsindicatie": Column("betalingsindicatie"),
            "betalingsindicatieWeergave": f"{_WEERGAVE} else '' end",
            "laatsteBetaaldatum": Column("laatste_betaaldatum"),
            "zaakgeometrie": Column("zaakgeometrie"),
            "verlenging": Group({"reden": Column("verlenging_reden"), "duur": duur("verlenging_duur")}),
            "opschorting": Group({"indicatie": Column("opschorting_indicatie"), "reden": Column("opschorting_reden")}),
            "selectielijstklasse": Column("selectielijstklasse"),
            "hoofdzaak": Link("zaak", "{t}.hoofdzaak_id"),
            "deelzaken": Links("zaak", _van("zaken_zaak", "d.id", "hoofdzaak_id")),
            "relevanteAndereZaken": Links("zaak", _RELATIES, shown=_RELATIES_WEERGAVE),
            "eigenschappen": Links("zaakeigenschap", _van("zaken_zaakeigenschap", "d.naam")),
            "rollen": Links("rol", _van("zaken_rol", "d.registratiedatum")),
            "status": Link("status", "{t}.status_id"),
            "zaakinformatieobjecten": Links("zaakinformatieobject", _van("zaken_zaakinformatieobject", "d.id")),
            "zaakobjecten": Links("zaakobject", _van("zaken_zaakobject", "d.id")),
            "kenmerken": Column("kenmerken"),
            "archiefnominatie": Column("archiefnominatie", "nullif({t}.archiefnominatie, '')"),
            "archiefstatus": Column("archiefstatus"),
            "archiefactiedatum": Column("archiefactiedatum"),
            "resultaat": Link("resultaat", "select d.id from zaken_resultaat d where d.zaak_id = {t}.id"),
            "opdrachtgevendeOrganisatie": Column("opdrachtgevende_organisatie"),
            "processobjectaard": Column("processobjectaard"),
            "startdatumBewaartermijn": Column("startdatum_bewaartermijn"),
            "processobject": Column(
                "processobject",
                'coalesce({t}.processobject, \'{{"datumkenmerk": "", "identificatie": "", "objecttype": "",'
                ' "registratie": ""}}\')',
            ),
        },
        filters={
            "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
            "bronorganisatie": Filter("{t}.bronorganisatie = %(bronorganisatie)s", text),
            "bronorganisatie__in": Filter("{t}.bronorganisatie = any(%(bronorganisatie__in)s)", texts),
            "zaaktype": Filter("{t}.zaaktype_id = %(zaaktype)s", key_of("zaaktype")),
            "zaaktype__in": Filter("{t}.zaaktype_id = any(%(zaaktype__in)s)", _zaaktypen),
            "uuid__in": Filter("{t}.id = any(%(uuid__in)s)", keys),
            **_een_van("archiefnominatie", "archiefnominatie", *ARCHIEFNOMINATIES),
            **_een_van("archiefstatus", "archiefstatus", *ARCHIEFSTATUSSEN),
            **_datum("archiefactiedatum", "archiefactiedatum", "isnull", "lt", "gt"),
            **_datum("startdatum", "startdatum", "gt", "gte", "lt", "lte"),
            **_datum("registratiedatum", "registratiedatum", "gt", "lt"),
            **_datum("einddatum", "einddatum", "isnull", "gt", "lt"),
            **_datum("einddatumGepland", "einddatum_gepland", "gt", "lt"),
            **_datum("uiterlijkeEinddatumAfdoening", "uiterlijke_einddatum_afdoening", "gt", "lt"),
            **_rol("rol__betrokkeneType", "r.betrokkene_type = {p}", one_of(*BETROKKENE_TYPEN)),
            **_rol("rol__betrokkene", "r.betrokkene = {p}"),
            **_rol("rol__omschrijvingGeneriek", "r.omschrijving_generiek = {p}", one_of(*GENERIEKE_ROLLEN)),
            "maximaleVertrouwelijkheidaanduiding": Filter(
                "{t}.va_rang <= %(maximaleVertrouwelijkheidaanduiding)s", _rang
            ),
            **{
                naam: Filter(
                    f"{{t}}.id = any(array(select r.zaak_id from zaken_rol r where {op_nummer(nummer, soort, naam)}))",
                    nummer_van(nummer),
                )
                for naam, (nummer, soort) in rol_nummers("rol__").items()
            },
        },
    )
)


# --- rules, as the engine calls them --------------------------------------------------------------------------------


def _zrc_001(change: Change) -> Iterator[Fault]:
    zaaktype = change.linked["zaaktype"]
    if change.actie == "create" and zaaktype is not None and zaaktype["concept"]:
        yield Fault("zaaktype", "not-published", "Dit zaaktype is nog niet gepubliceerd.")


def _zrc_006(change: Change) -> Iterator[Fault]:
    scope = "zaken.aanmaken" if change.actie == "create" else "zaken.bijwerken"
    if not mag(change.actor, scope, change.new) and not (
        change.actie != "create" and mag(change.actor, GEFORCEERD, change.new)
    ):
        raise Problem(403, "Zaken van dit zaaktype of zo vertrouwelijk gaan uw autorisaties te boven.")
    yield from ()


def _zrc_011(change: Change) -> Iterator[Fault]:
    for plaats, each in enumerate(change.given.get("relevanteAndereZaken") or ()):
        key = key_in(ZAAK, each["url"])
        if key is not None and row_of(ZAAK, change.caller, key) is None:
            yield Fault(f"relevanteAndereZaken.{plaats}.url", "bad-url", "Deze zaak is er niet.")
        elif key is None and any(key_in(other, each["url"]) for other in registry.values()):
            yield Fault(f"relevanteAndereZaken.{plaats}.url", "invalid-resource", "Dit is geen zaak.")
        elif key is None:
            fault = reachable(f"relevanteAndereZaken.{plaats}.url", each["url"])
            yield from (fault,) if fault else ()


def _zrc_013(change: Change) -> Iterator[Fault]:
    hoofdzaak = change.linked.get("hoofdzaak")
    if hoofdzaak is not None and "hoofdzaak" in change.given:
        rules.zrc_013(change.key, hoofdzaak["id"], hoofdzaak["hoofdzaak_id"] is not None)
    yield from ()


def _zrc_014(change: Change) -> Iterator[Fault]:
    yield from rules.zrc_014(
        change.new["betalingsindicatie"],
        change.new["laatste_betaaldatum"] if change.given.get("laatsteBetaaldatum") else None,
    )
    yield from rules.laatste_betaaldatum(change.new["laatste_betaaldatum"], now())


def _zrc_015(change: Change) -> Iterator[Fault]:
    zaaktype = change.linked["zaaktype"]
    if change.new["producten_of_diensten"] and zaaktype is not None:
        rules.zrc_015(change.new["producten_of_diensten"], zaaktype["producten_of_diensten"])
    yield from ()


def _zrc_022(change: Change) -> Iterator[Fault]:
    status = change.new["archiefstatus"]
    open_ = stappen.niet_gearchiveerd(change.key) if status != "nog_te_archiveren" and change.old else 0
    yield from rules.zrc_022(status, change.new["archiefnominatie"], change.new["archiefactiedatum"], open_)


def _rsin(change: Change) -> Iterator[Fault]:
    for veld, kolom in (
        ("bronorganisatie", "bronorganisatie"),
        ("verantwoordelijkeOrganisatie", "verantwoordelijke_organisatie"),
        ("opdrachtgevendeOrganisatie", "opdrachtgevende_organisatie"),
    ):
        if kolom in change.differs:
            yield from rsin(veld, change.new[kolom])


# --- what the server decides, and what follows ----------------------------------------------------------------------


def _vul_in(change: Change) -> None:
    """zrc-009 (confidentiality of the zaaktype when none is given), zrc-014 (nvt empties the date of payment)."""
    nieuw, zaaktype = change.new, change.linked["zaaktype"]
    if (
        not change.given.get("vertrouwelijkheidaanduiding")
        and zaaktype is not None
        and (change.actie != "partial_update")
    ):
        nieuw["vertrouwelijkheidaanduiding"] = zaaktype["vertrouwelijkheidaanduiding"]
    if nieuw["betalingsindicatie"] == "nvt" and not change.given.get("laatsteBetaaldatum"):
        nieuw["laatste_betaaldatum"] = None
    if change.old is not None:
        nieuw["registratiedatum"] = nieuw["registratiedatum"] or change.old["registratiedatum"]
        nieuw["archiefstatus"] = nieuw["archiefstatus"] or change.old["archiefstatus"]
        nieuw["gewijzigd_op"] = now()
    if nieuw.get("zaakgeometrie") != (change.old or {}).get("zaakgeometrie"):
        nieuw["x"], nieuw["y"] = punt(nieuw.get("zaakgeometrie"))


def _maak(change: Change) -> None:
    """The command that every door uses, with what a client of the API says."""
    nieuw, soort = change.new, change.linked["zaaktype"]
    eigen = row("select * from loket_identity_organisatie where id = %s", (change.caller.organisatie,))
    assert soort is not None and eigen is not None
    hoofdzaak = change.linked.get("hoofdzaak")
    velden: Row = {naam: nieuw[naam] for naam in commands.VELDEN if naam in nieuw and nieuw[naam] not in (None, "")}
    if hoofdzaak is not None:
        velden["hoofdzaak"] = _als(Zaak, hoofdzaak)
    zaak = commands.maak_zaak(
        change.actor,
        organisatie=_als(Organisatie, eigen),
        zaaktype=_als(Zaaktype, soort),
        omschrijving=nieuw["omschrijving"],
        toelichting=nieuw["toelichting"],
        kanaal="api",
        startdatum=nieuw["startdatum"],
        vertrouwelijkheidaanduiding=nieuw["vertrouwelijkheidaanduiding"],
        identificatie=nieuw["identificatie"],
        zaakgeometrie=nieuw["zaakgeometrie"],
        x=nieuw.get("x"),
        y=nieuw.get("y"),
        beginstatus=False,
        velden=velden,
        id=change.key,
        idempotency_key="",
    )
    nieuw["organisatie_id"] = zaak.organisatie_id


def _als(model: Any, gevonden: Row) -> Any:
    """A row as the model that commands take."""
    fields = model._meta.concrete_fields
    return model(**{field.attname: gevonden[field.column] for field in fields if not field.generated})


def _na(change: Change) -> None:
    if "relevanteAndereZaken" in change.given or change.actie == "update":
        stappen.zet_relaties(
            change.key,
            change.new["organisatie_id"],
            [
                (key_in(ZAAK, each["url"]), each["url"], each["aardRelatie"])
                for each in change.given.get("relevanteAndereZaken") or ()
            ],
            nieuw=change.old is None,
        )
    if change.old is not None:
        stappen.werk_voorraad_bij(change.actor, change.key, change.new["organisatie_id"], change.differs)


def _verwijder(change: Change) -> None:
    commands.verwijder_zaak(change.actor, change.key)


ZAAK_SCHRIJVEN = Writes(
    ZAAK,
    Zaak,
    KANAAL,
    fixed=frozenset(("identificatie", "zaaktype")),
    needs=frozenset(("zaaktype",)),
    rules=(zrc_007, _zrc_001, _zrc_006, _rsin, _zrc_011, _zrc_013, _zrc_014, _zrc_015, _zrc_022),
    settle=_vul_in,
    store=_maak,
    told=frozenset(("create", "destroy")),
    after=_na,
    remove=_verwijder,
    removal=(),
    clashes={
        "zaak_identificatie": Fault("identificatie", "identificatie-niet-uniek", "Dit zaaknummer is al gebruikt."),
        "zaak_einddatum": Fault("einddatum", "invalid", "De einddatum ligt voor de startdatum."),
        "zaak_niet_eigen_hoofdzaak": Fault("hoofdzaak", "self-forbidden", "Een zaak is geen deel van zichzelf."),
    },
)

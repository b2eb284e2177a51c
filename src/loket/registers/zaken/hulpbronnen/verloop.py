"""The course of a zaak: statussen, resultaat, rollen."""

from collections.abc import Iterator
from dataclasses import replace

from loket.foundation.api.filters import boolean, key_of, one_of, text
from loket.foundation.api.problem import Fault, Problem
from loket.foundation.api.resource import Column, Filter, Link, Links
from loket.foundation.api.write import Change, Writes
from loket.foundation.database.sql import row
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.catalogi.models import GENERIEKE_ROLLEN, Statustype
from loket.registers.zaken import commands
from loket.registers.zaken.hulpbronnen.basis import (
    GEFORCEERD,
    PER_ZAAK,
    ZAAK_LINK,
    mag,
    resource,
    wie,
    zaak_van,
    zelfde_zaaktype,
    zrc_007,
)
from loket.registers.zaken.hulpbronnen.zaak import BETROKKENE_TYPEN, nummer_van, op_nummer, rol_nummers
from loket.registers.zaken.models import Resultaat, Rol, Status
from loket.registers.zaken.spoor import KANAAL

_LAATSTE = """{t}.id = (select s.id from zaken_status s where s.zaak_id = {t}.zaak_id
    order by s.datum_status_gezet desc, s.id desc limit 1)"""

STATUS = resource(
    "status",
    "/statussen",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "statustype": Link("statustype", "{t}.statustype_id"),
        "datumStatusGezet": Column("datum_status_gezet"),
        "statustoelichting": Column("statustoelichting"),
        "indicatieLaatstGezetteStatus": _LAATSTE,
        "gezetdoor": Link("rol", "{t}.gezetdoor_rol_id"),
        "zaakinformatieobjecten": Links(
            "zaakinformatieobject",
            "select d.id from zaken_zaakinformatieobject d where d.zaak_id = {t}.zaak_id"
            " and d.status_id = {t}.id order by d.id",
        ),
    },
    {
        **PER_ZAAK,
        "statustype": Filter("{t}.statustype_id = %(statustype)s", key_of("statustype")),
        "indicatieLaatstGezetteStatus": Filter(f"({_LAATSTE}) = %(indicatieLaatstGezetteStatus)s::bool", boolean),
    },
)


def _zrc_016(change: Change) -> Iterator[Fault]:
    yield from zelfde_zaaktype(change, "statustype", "nonFieldErrors")


def _scopes(change: Change) -> Iterator[Fault]:
    """zrc-007 and zrc-008: who may only make zaken sets one status; a closed zaak moves only with the right to reopen
    it, or to force. Raises Problem (403)."""
    zaak = zaak_van(change)
    if zaak["einddatum"] is not None and not any(
        mag(change.actor, scope, zaak) for scope in ("zaken.heropenen", GEFORCEERD)
    ):
        raise Problem(403, "De zaak is afgesloten. Hiervoor is nodig: zaken.heropenen.")
    meer = any(mag(change.actor, scope, zaak) for scope in ("zaken.statussen.toevoegen", "zaken.heropenen"))
    if not meer and row("select 1 from zaken_status where zaak_id = %s limit 1", (zaak["id"],)):
        raise Problem(403, "Met zaken.aanmaken mag u alleen de eerste status zetten.")
    yield from ()


def _zet_status(change: Change) -> None:
    stap, rol = change.linked["statustype"], change.linked.get("gezetdoor")
    assert stap is not None
    try:
        commands.zet_status(
            change.actor,
            zaak_van(change)["id"],
            Statustype.objects.get(id=stap["id"]),
            change.new["statustoelichting"],
            op=change.new["datum_status_gezet"],
            id=change.key,
            gezetdoor_rol=rol["id"] if rol else None,
        )
    except Refused as refused:
        if refused.code in ("resultaat-does-not-exist", "zaaktype-mismatch"):
            raise Refused(refused.code, refused.message, "nonFieldErrors") from None
        raise


STATUS_SCHRIJVEN = Writes(
    STATUS,
    Status,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    rules=(_zrc_016, _scopes),
    store=_zet_status,
    told=frozenset(("create",)),
)

RESULTAAT = resource(
    "resultaat",
    "/resultaten",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "resultaattype": Link("resultaattype", "{t}.resultaattype_id"),
        "toelichting": Column("toelichting"),
    },
    {**PER_ZAAK, "resultaattype": Filter("{t}.resultaattype_id = %(resultaattype)s", key_of("resultaattype"))},
    table="zaken_resultaat",
)


def _zrc_020(change: Change) -> Iterator[Fault]:
    yield from zelfde_zaaktype(change, "resultaattype", "nonFieldErrors")


def _vastgelegd(change: Change) -> None:
    change.new["vastgelegd_op"] = now()
    change.new["door"] = change.actor.naam[:200]


RESULTAAT_SCHRIJVEN = Writes(
    RESULTAAT,
    Resultaat,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    fixed=frozenset(("zaak", "resultaattype")),
    rules=(zrc_007, _zrc_020),
    settle=_vastgelegd,
    clashes={"zaken_resultaat_zaak_id_key": Fault("zaak", "unique", "Deze zaak heeft al een resultaat.")},
)

ROL = resource(
    "rol",
    "/rollen",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "betrokkene": Column("betrokkene"),
        "betrokkeneType": Column("betrokkene_type"),
        "afwijkendeNaamBetrokkene": Column("afwijkende_naam_betrokkene"),
        "roltype": Link("roltype", "{t}.roltype_id"),
        "omschrijving": "{t}.omschrijving",
        "omschrijvingGeneriek": "{t}.omschrijving_generiek",
        "roltoelichting": Column("roltoelichting"),
        "registratiedatum": "{t}.registratiedatum",
        "indicatieMachtiging": Column("indicatie_machtiging"),
        "contactpersoonRol": Column("contactpersoon_rol"),
        "statussen": Links(
            "status",
            "select s.id from zaken_status s where s.zaak_id = {t}.zaak_id and s.gezetdoor_rol_id = {t}.id"
            " order by s.datum_status_gezet",
        ),
        "betrokkeneIdentificatie": wie("betrokkene_identificatie"),
    },
    {
        **PER_ZAAK,
        "betrokkene": Filter("{t}.betrokkene = %(betrokkene)s", text),
        "betrokkeneType": Filter("{t}.betrokkene_type = %(betrokkeneType)s", one_of(*BETROKKENE_TYPEN)),
        "roltype": Filter("{t}.roltype_id = %(roltype)s", key_of("roltype")),
        "omschrijving": Filter("{t}.omschrijving = %(omschrijving)s", text),
        "omschrijvingGeneriek": Filter(
            "{t}.omschrijving_generiek = %(omschrijvingGeneriek)s", one_of(*GENERIEKE_ROLLEN)
        ),
        **{
            naam: Filter(op_nummer(nummer, soort, naam).replace("r.", "{t}."), nummer_van(nummer))
            for naam, (nummer, soort) in rol_nummers("").items()
        },
    },
    betrokkenen="select p.pseudoniem from klanten_partij p where p.id = {t}.partij_id",
)


def _zrc_019(change: Change) -> Iterator[Fault]:
    yield from zelfde_zaaktype(change, "roltype", "nonFieldErrors")


def _betrokkene(change: Change) -> Iterator[Fault]:
    """ZRC, text of the OpenAPI file: a role is of somebody, by URL or by what identifies him or her."""
    if not change.given.get("betrokkene") and not change.given.get("betrokkeneIdentificatie"):
        yield Fault("nonFieldErrors", "invalid-betrokkene", "Geef betrokkene of betrokkeneIdentificatie.")


def _maak_rol(change: Change) -> None:
    """What the roltype says; and somebody with a BSN is the same person as in every other zaak, who sees this zaak
    when he or she logs in."""
    roltype = change.linked["roltype"]
    change.new["registratiedatum"] = now()
    if roltype is not None:
        change.new["omschrijving"] = roltype["omschrijving"]
        change.new["omschrijving_generiek"] = roltype["omschrijving_generiek"]
    change.new["betrokkene_identificatie"] = change.new["betrokkene_identificatie"] or {}
    bsn = (change.given.get("betrokkeneIdentificatie") or {}).get("inpBsn")
    if bsn and change.linked.get("zaak") and change.new["betrokkene_type"] == "natuurlijk_persoon":
        change.new["partij_id"] = _partij(change, bsn)


def _partij(change: Change, bsn: str) -> object:
    from loket.registers.klanten.commands import registreer_partij  # that register stands on this one

    wie = change.new["betrokkene_identificatie"]
    delen = (
        wie.get("voornamen") or wie.get("voorletters"),
        wie.get("voorvoegselGeslachtsnaam"),
        wie.get("geslachtsnaam"),
    )
    try:
        return registreer_partij(
            replace(change.actor, namens=""),
            organisatie=Organisatie.objects.get(id=zaak_van(change)["organisatie_id"]),
            naam=" ".join(filter(None, delen))[:200],
            bsn=bsn,
        ).id
    except Refused:
        return None  # a number that cannot be a BSN is kept as it was sent, and is nobody we know


ROL_SCHRIJVEN = Writes(
    ROL,
    Rol,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    rules=(zrc_007, _zrc_019, _betrokkene),
    removal=(zrc_007,),
    settle=_maak_rol,
    clashes={"rol_partij_een_keer": Fault("nonFieldErrors", "unique", "Deze persoon heeft deze rol al.")},
)

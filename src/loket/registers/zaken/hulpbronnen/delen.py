"""What a zaak holds: documents, objects, properties, besluiten, contacts and notes."""

from collections.abc import Iterator

from loket.foundation.api.filters import key_of, moment, one_of, text
from loket.foundation.api.problem import Fault
from loket.foundation.api.resource import Column, Filter, Link, Resource
from loket.foundation.api.write import Change, Writes
from loket.foundation.database.sql import row
from loket.foundation.time.clock import now
from loket.registers.catalogi.rules import eigenschap_waarde
from loket.registers.zaken import rules
from loket.registers.zaken.hulpbronnen.basis import (
    PER_ZAAK,
    ZAAK_LINK,
    resource,
    van_zaak,
    wie,
    zaak_van,
    zelfde_zaaktype,
    zrc_007,
)
from loket.registers.zaken.models import (
    ZaakContactmoment,
    Zaakeigenschap,
    ZaakInformatieobject,
    ZaakKlantcontact,
    Zaaknotitie,
    Zaakobject,
    ZaakVerzoek,
)
from loket.registers.zaken.spoor import KANAAL

ZAAKINFORMATIEOBJECT = resource(
    "zaakinformatieobject",
    "/zaakinformatieobjecten",
    {
        "uuid": "{t}.id",
        "informatieobject": Link("enkelvoudiginformatieobject", "{t}.informatieobject_id"),
        "zaak": ZAAK_LINK,
        "aardRelatieWeergave": "'Hoort bij, omgekeerd: kent'",
        "titel": Column("titel"),
        "beschrijving": Column("beschrijving"),
        "registratiedatum": "{t}.registratiedatum",
        "vernietigingsdatum": Column("vernietigingsdatum"),
        "status": Link("status", "{t}.status_id"),
    },
    {
        **PER_ZAAK,
        "informatieobject": Filter(
            "{t}.informatieobject_id = %(informatieobject)s", key_of("enkelvoudiginformatieobject")
        ),
    },
)


def _zrc_017(change: Change) -> Iterator[Fault]:
    document = change.linked.get("informatieobject")
    if change.actie == "create" and document is not None and not row(
        "select 1 from catalogi_zaaktypeinformatieobjecttype r join catalogi_informatieobjecttype i"
        " on i.id = %s and i.omschrijving = r.informatieobjecttype where r.zaaktype_id = %s limit 1",
        (document["informatieobjecttype_id"], zaak_van(change)["zaaktype_id"]),
    ):  # fmt: skip
        yield Fault(
            "nonFieldErrors",
            "missing-zaaktype-informatieobjecttype-relation",
            "Documenten van deze soort horen niet bij dit zaaktype.",
        )


def _niet_gearchiveerd(change: Change) -> Iterator[Fault]:
    """ZRC, text of the OpenAPI file: documents come and go as long as the zaak is not archived."""
    if zaak_van(change)["archiefstatus"] != "nog_te_archiveren":
        yield Fault("nonFieldErrors", "invalid-archiefstatus", "De zaak is al gearchiveerd.")


def _zrc_004(change: Change) -> None:
    change.new["aard_relatie"] = "hoort_bij"
    change.new.setdefault("registratiedatum", now())


ZAAKINFORMATIEOBJECT_SCHRIJVEN = Writes(
    ZAAKINFORMATIEOBJECT,
    ZaakInformatieobject,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    needs=frozenset(("informatieobject",)),
    fixed=frozenset(("zaak", "informatieobject")),
    rules=(zrc_007, _zrc_017, _niet_gearchiveerd),
    settle=_zrc_004,
    clashes={
        "zaakinformatieobject_een_keer": Fault("nonFieldErrors", "unique", "Dit document is al bij deze zaak gevoegd.")
    },
)

ZAAKOBJECT = resource(
    "zaakobject",
    "/zaakobjecten",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "object": Column("object"),
        "zaakobjecttype": Link("zaakobjecttype", "{t}.zaakobjecttype_id"),
        "objectType": Column("object_type"),
        "objectTypeOverige": Column("object_type_overige"),
        "objectTypeOverigeDefinitie": Column("object_type_overige_definitie"),
        "relatieomschrijving": Column("relatieomschrijving"),
        "objectIdentificatie": wie("object_identificatie"),
    },
    {
        **PER_ZAAK,
        "object": Filter("{t}.object = %(object)s", text),
        "objectType": Filter("{t}.object_type = %(objectType)s", text),
    },
)


def _zaakobject(change: Change) -> Iterator[Fault]:
    """ZRC, text of the OpenAPI file: an object is given by URL or by what identifies it, and what is `overige` says
    what."""
    nieuw = change.new
    if not nieuw["object"] and not nieuw["object_identificatie"]:
        yield Fault("nonFieldErrors", "invalid-zaakobject", "Geef object of objectIdentificatie.")
    if nieuw["object_type"] == "overige" and not (
        nieuw["object_type_overige"] or nieuw["object_type_overige_definitie"]
    ):
        yield Fault("objectTypeOverige", "missing-object-type-overige", "Zeg bij overige wat het is.")
    if nieuw["object_type"] != "overige" and nieuw["object_type_overige"]:
        yield Fault("objectTypeOverige", "invalid-object-type-overige-usage", "Dit veld is alleen voor overige.")
    yield from zelfde_zaaktype(change, "zaakobjecttype", "nonFieldErrors")


ZAAKOBJECT_SCHRIJVEN = Writes(
    ZAAKOBJECT,
    Zaakobject,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    fixed=frozenset(("zaak", "object", "objectType")),
    rules=(zrc_007, _zaakobject),
    removal=(zrc_007,),
)

ZAAKEIGENSCHAP = resource(
    "zaakeigenschap",
    "/zaken/{under}/zaakeigenschappen",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "eigenschap": Link("eigenschap", "{t}.eigenschap_id"),
        "naam": "{t}.naam",
        "waarde": Column("waarde"),
    },
    {},
    under="{t}.zaak_id",
    order="{t}.naam, {t}.id",
)


def _zrc_018(change: Change) -> Iterator[Fault]:
    yield from zelfde_zaaktype(change, "eigenschap", "nonFieldErrors")


def _eigenschap(change: Change) -> None:
    """The name of the eigenschap; and a warning for a value that does not fit, which is kept all the same (ZRC 1.7)."""
    eigenschap = change.linked["eigenschap"]
    if eigenschap is not None:
        change.new["naam"] = eigenschap["naam"]
        change.warnings += eigenschap_waarde(
            eigenschap["formaat"],
            eigenschap["lengte"],
            eigenschap["kardinaliteit"],
            eigenschap["waardenverzameling"],
            change.new["waarde"],
        )


ZAAKEIGENSCHAP_SCHRIJVEN = Writes(
    ZAAKEIGENSCHAP,
    Zaakeigenschap,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    needs=frozenset(("eigenschap",)),
    fixed=frozenset(("zaak", "eigenschap")),
    rules=(zrc_007, _zrc_018),
    settle=_eigenschap,
    clashes={"zaakeigenschap_een_keer": Fault("nonFieldErrors", "unique", "Deze zaak heeft deze eigenschap al.")},
)

ZAAKBESLUIT = resource(
    "zaakbesluit",
    "/zaken/{under}/besluiten",
    {"uuid": "{t}.id", "besluit": Link("besluit", "select {t}.id")},
    {},
    table="besluiten_besluit",
    under="{t}.zaak_id",
)
"""brc-006: not stored, but read from the besluiten of the zaak."""

KLANTCONTACT = resource(
    "klantcontact",
    "/klantcontacten",
    {
        "uuid": "{t}.id",
        "zaak": ZAAK_LINK,
        "identificatie": Column("identificatie"),
        "datumtijd": Column("datumtijd"),
        "kanaal": Column("kanaal"),
        "onderwerp": Column("onderwerp"),
        "toelichting": Column("toelichting"),
    },
    PER_ZAAK,
    table="zaken_zaakklantcontact",
)


def _contact(change: Change) -> None:
    change.new["identificatie"] = change.new["identificatie"] or change.key.hex[-14:].upper()


def _contact_voorbij(change: Change) -> Iterator[Fault]:
    if change.new["datumtijd"] > now():
        yield Fault("datumtijd", "max_value", "Dit moment ligt in de toekomst.")


KLANTCONTACT_SCHRIJVEN = Writes(
    KLANTCONTACT,
    ZaakKlantcontact,
    KANAAL,
    main="zaak_id",
    parent="zaak",
    rules=(zrc_007, _contact_voorbij),
    settle=_contact,
    clashes={"zaakklantcontact_identificatie": Fault("identificatie", "unique", "Deze identificatie is al gebruikt.")},
)


def _elders(naam: str, path: str, veld: str) -> Resource:
    return resource(
        naam,
        path,
        {"uuid": "{t}.id", "zaak": ZAAK_LINK, veld: Column(veld)},
        {**PER_ZAAK, veld: Filter(f"{{t}}.{veld} = %({veld})s", text)},
    )


ZAAKCONTACTMOMENT = _elders("zaakcontactmoment", "/zaakcontactmomenten", "contactmoment")
ZAAKVERZOEK = _elders("zaakverzoek", "/zaakverzoeken", "verzoek")
ZAAKCONTACTMOMENT_SCHRIJVEN = Writes(
    ZAAKCONTACTMOMENT, ZaakContactmoment, KANAAL, main="zaak_id", parent="zaak", rules=(zrc_007,)
)
ZAAKVERZOEK_SCHRIJVEN = Writes(ZAAKVERZOEK, ZaakVerzoek, KANAAL, main="zaak_id", parent="zaak", rules=(zrc_007,))


def _tekst(veld: str, kolom: str) -> dict[str, Filter]:
    return {
        veld: Filter(f"{{t}}.{kolom} = %({veld})s", text),
        f"{veld}__icontains": Filter(f"position(lower(%({veld}__icontains)s) in lower({{t}}.{kolom})) > 0", text),
    }


def _moment(veld: str, kolom: str) -> dict[str, Filter]:
    tekens = {"": "=", "__gt": ">", "__gte": ">=", "__lt": "<", "__lte": "<="}
    return {
        f"{veld}{vorm}": Filter(f"{{t}}.{kolom} {teken} %({veld}{vorm})s::timestamptz", moment)
        for vorm, teken in tekens.items()
    }


ZAAKNOTITIE = resource(
    "zaaknotitie",
    "/zaaknotities",
    {
        "onderwerp": Column("onderwerp"),
        "tekst": Column("tekst"),
        "aangemaaktDoor": Column("aangemaakt_door"),
        "notitieType": Column("notitie_type"),
        "status": Column("status"),
        "aanmaakdatum": "{t}.aanmaakdatum",
        "wijzigingsdatum": "{t}.wijzigingsdatum",
        "gerelateerdAan": Link("zaak", "{t}.gerelateerd_aan_id"),
    },
    {
        **_tekst("aangemaaktDoor", "aangemaakt_door"),
        **_tekst("onderwerp", "onderwerp"),
        **_tekst("tekst", "tekst"),
        **_moment("aanmaakdatum", "aanmaakdatum"),
        **_moment("wijzigingsdatum", "wijzigingsdatum"),
        "gerelateerdAan": Filter("{t}.gerelateerd_aan_id = %(gerelateerdAan)s", key_of("zaak")),
        "notitieType": Filter("{t}.notitie_type = %(notitieType)s", one_of("intern", "extern")),
        "status": Filter("{t}.status = %(status)s", one_of("concept", "definitief")),
    },
    permitted=van_zaak("gerelateerd_aan_id"),
)


def _notitie(change: Change) -> None:
    change.new["wijzigingsdatum"] = now()
    if change.old is None:
        change.new["aanmaakdatum"] = change.new["wijzigingsdatum"]
        change.new["aangemaakt_door"] = change.new["aangemaakt_door"] or change.actor.wie[:255]
        if "status" not in change.given:
            change.new["status"] = "concept"


def _nog_concept(change: Change) -> Iterator[Fault]:
    if change.old is not None:
        yield from rules.notitie_concept(change.old["status"])


ZAAKNOTITIE_SCHRIJVEN = Writes(
    ZAAKNOTITIE,
    Zaaknotitie,
    KANAAL,
    main="gerelateerd_aan_id",
    parent="gerelateerdAan",
    fixed=frozenset(("gerelateerdAan",)),
    rules=(_nog_concept,),
    settle=_notitie,
)


SCHRIJVEN = (
    ZAAKINFORMATIEOBJECT_SCHRIJVEN,
    ZAAKOBJECT_SCHRIJVEN,
    ZAAKEIGENSCHAP_SCHRIJVEN,
    KLANTCONTACT_SCHRIJVEN,
    ZAAKCONTACTMOMENT_SCHRIJVEN,
    ZAAKVERZOEK_SCHRIJVEN,
)

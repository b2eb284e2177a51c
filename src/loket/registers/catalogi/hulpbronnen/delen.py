"""What belongs to one zaaktype: its statustypen, resultaattypen, roltypen, eigenschappen, and what it is about."""

from collections.abc import Iterator

from loket.foundation.api.filters import day, key_of, one_of, text
from loket.foundation.api.problem import Fault
from loket.foundation.api.resource import Caller, Column, Filter, Group, Link, Links, key_in, registry
from loket.foundation.api.write import Change, Writes
from loket.foundation.database.sql import row
from loket.registers.catalogi import models, rules
from loket.registers.catalogi.hulpbronnen.basis import (
    DEEL,
    DEEL_FILTERS,
    DEEL_REGELS,
    VERSIE_VAN_ZAAKTYPE,
    bij_zaaktype,
    duur,
    geldig,
    resource,
    zelfde_zaaktype,
)

STATUSTYPE = resource(
    "statustype",
    "/statustypen",
    {
        "omschrijving": Column("omschrijving"),
        "omschrijvingGeneriek": Column("omschrijving_generiek"),
        "statustekst": Column("statustekst"),
        **DEEL,
        "volgnummer": Column("volgnummer"),
        "isEindstatus": "{t}.volgnummer = (select max(s.volgnummer) from catalogi_statustype s"
        " where s.zaaktype_id = {t}.zaaktype_id)",
        "informeren": Column("informeren"),
        "doorlooptijd": duur("doorlooptijd"),
        "toelichting": Column("toelichting"),
        "checklistitemStatustype": Column("checklistitem_statustype"),
        "eigenschappen": Links(
            "eigenschap", "select e.id from catalogi_eigenschap e where e.statustype_id = {t}.id order by e.naam"
        ),
        **VERSIE_VAN_ZAAKTYPE,
    },
    DEEL_FILTERS,
    order="{t}.zaaktype_id, {t}.volgnummer",
)
STATUSTYPE_SCHRIJVEN = Writes(
    STATUSTYPE,
    models.Statustype,
    parent="zaaktype",
    rules=DEEL_REGELS,
    clashes={
        "statustype_volgnummer": Fault("volgnummer", "unique", "Dit zaaktype heeft al een statustype met dit nummer.")
    },
)

RESULTAATTYPE = resource(
    "resultaattype",
    "/resultaattypen",
    {
        **DEEL,
        "omschrijving": Column("omschrijving"),
        "resultaattypeomschrijving": Column("resultaattypeomschrijving"),
        "omschrijvingGeneriek": Column("omschrijving_generiek"),
        "selectielijstklasse": Column("selectielijstklasse"),
        "toelichting": Column("toelichting"),
        "archiefnominatie": Column("archiefnominatie"),
        "archiefactietermijn": duur("archiefactietermijn"),
        "brondatumArchiefprocedure": Column("brondatum_archiefprocedure"),
        "procesobjectaard": Column("procesobjectaard"),
        **VERSIE_VAN_ZAAKTYPE,
        "indicatieSpecifiek": Column("indicatie_specifiek"),
        "procestermijn": duur("procestermijn"),
        "besluittypen": Links(
            "besluittype",
            "select b.id from catalogi_besluittype b join catalogi_zaaktype z on z.id = {t}.zaaktype_id"
            " and b.catalogus_id = z.catalogus_id where b.omschrijving = any({t}.besluittypen)"
            f" and {geldig('b')} order by b.omschrijving, b.id",
            "besluittypen",
            "omschrijving",
        ),
        "besluittypeOmschrijving": "{t}.besluittypen",
        "informatieobjecttypen": Links(
            "informatieobjecttype",
            "select i.id from catalogi_informatieobjecttype i join catalogi_zaaktype z on z.id = {t}.zaaktype_id"
            " and i.catalogus_id = z.catalogus_id where i.omschrijving = any({t}.informatieobjecttypen)"
            f" and {geldig('i')} order by i.omschrijving, i.id",
            "informatieobjecttypen",
            "omschrijving",
        ),
        "informatieobjecttypeOmschrijving": "{t}.informatieobjecttypen",
    },
    {
        **DEEL_FILTERS,
        "zaaktype_identificatie": Filter(bij_zaaktype("{t}.identificatie = %(zaaktype_identificatie)s"), text),
        "datum_geldigheid": Filter(bij_zaaktype(geldig("{t}", "datum_geldigheid")), day),
    },
)


def _afgeleid(change: Change) -> None:
    """ztc-002: what is not said follows from the selection list."""
    nieuw = change.new
    nieuw["brondatum_archiefprocedure"] = nieuw["brondatum_archiefprocedure"] or None
    for kolom, waarde in rules.ztc_002_afgeleid(nieuw).items():
        if kolom == "omschrijving_generiek" or not nieuw[kolom]:
            nieuw[kolom] = waarde


def _archief(change: Change) -> Iterator[Fault]:
    """ztc-002 to ztc-008."""
    nieuw, zaaktype = change.new, change.linked["zaaktype"]
    brondatum = nieuw["brondatum_archiefprocedure"]
    procestype = zaaktype["selectielijst_procestype"] if zaaktype is not None else ""
    yield from rules.ztc_002(nieuw["selectielijstklasse"], nieuw["resultaattypeomschrijving"], procestype)
    yield from rules.ztc_003(nieuw["selectielijstklasse"], brondatum)
    for rule in (rules.ztc_004, rules.ztc_005, rules.ztc_006, rules.ztc_007, rules.ztc_008):
        yield from rule(brondatum)


RESULTAATTYPE_SCHRIJVEN = Writes(
    RESULTAATTYPE,
    models.Resultaattype,
    parent="zaaktype",
    rules=(*DEEL_REGELS, _archief),
    removal=DEEL_REGELS,
    settle=_afgeleid,
    clashes={
        "resultaattype_omschrijving": Fault("omschrijving", "unique", "Dit zaaktype heeft dit resultaattype al."),
    },
)

ROLTYPE = resource(
    "roltype",
    "/roltypen",
    {
        **DEEL,
        "omschrijving": Column("omschrijving"),
        "omschrijvingGeneriek": Column("omschrijving_generiek"),
        **VERSIE_VAN_ZAAKTYPE,
    },
    {
        **DEEL_FILTERS,
        "omschrijvingGeneriek": Filter(
            "{t}.omschrijving_generiek = %(omschrijvingGeneriek)s", one_of(*models.GENERIEKE_ROLLEN)
        ),
    },
)
ROLTYPE_SCHRIJVEN = Writes(
    ROLTYPE,
    models.Roltype,
    parent="zaaktype",
    rules=DEEL_REGELS,
    clashes={"roltype_omschrijving": Fault("omschrijving", "unique", "Dit zaaktype heeft dit roltype al.")},
)

EIGENSCHAP = resource(
    "eigenschap",
    "/eigenschappen",
    {
        "naam": Column("naam"),
        "definitie": Column("definitie"),
        "specificatie": Group(
            {
                "groep": Column("groep"),
                "formaat": Column("formaat"),
                "lengte": Column("lengte"),
                "kardinaliteit": Column("kardinaliteit"),
                "waardenverzameling": Column("waardenverzameling"),
            }
        ),
        "toelichting": Column("toelichting"),
        **DEEL,
        "statustype": Link("statustype", "{t}.statustype_id"),
        **VERSIE_VAN_ZAAKTYPE,
    },
    DEEL_FILTERS,
)


def _ztc_015(change: Change) -> Iterator[Fault]:
    yield from rules.ztc_015(change.new["formaat"], change.new["lengte"])


EIGENSCHAP_SCHRIJVEN = Writes(
    EIGENSCHAP,
    models.Eigenschap,
    parent="zaaktype",
    rules=(*DEEL_REGELS, zelfde_zaaktype("statustype"), _ztc_015),
    removal=DEEL_REGELS,
    clashes={"eigenschap_naam": Fault("naam", "unique", "Dit zaaktype heeft deze eigenschap al.")},
)


def _soort(caller: Caller, name: str, given: str) -> str:
    """The omschrijving of an informatieobjecttype that is given by omschrijving, or by URL as clients of before 1.3
    do."""
    key = key_in(registry["informatieobjecttype"], given)
    found = key and row(
        "select omschrijving from catalogi_informatieobjecttype where id = %s and organisatie_id = %s",
        (key, caller.organisatie),
    )
    return str(found["omschrijving"]) if found else given


ZAAKTYPE_INFORMATIEOBJECTTYPE = resource(
    "zaakinformatieobjecttype",
    "/zaaktype-informatieobjecttypen",
    {
        **DEEL,
        "informatieobjecttype": Column("informatieobjecttype", stores=_soort),
        "volgnummer": Column("volgnummer"),
        "richting": Column("richting"),
        "statustype": Link("statustype", "{t}.statustype_id"),
    },
    {
        **{naam: DEEL_FILTERS[naam] for naam in ("zaaktype", "status")},
        "informatieobjecttype": Filter("{t}.informatieobjecttype = %(informatieobjecttype)s", text),
        "richting": Filter("{t}.richting = %(richting)s", one_of("inkomend", "intern", "uitgaand")),
    },
    table="catalogi_zaaktypeinformatieobjecttype",
    order="{t}.zaaktype_id, {t}.volgnummer",
)


def _soort_van_catalogus(change: Change) -> Iterator[Fault]:
    """ZTC, text of the OpenAPI file: the informatieobjecttype is of the same catalogue (all that ztc-013 left)."""
    zaaktype, naam = change.linked["zaaktype"], change.new["informatieobjecttype"]
    if zaaktype is not None and not row(
        "select 1 from catalogi_informatieobjecttype where catalogus_id = %s and omschrijving = %s limit 1",
        (zaaktype["catalogus_id"], naam),
    ):
        yield Fault("informatieobjecttype", "relations-incorrect-catalogus", f"“{naam}” staat niet in deze catalogus.")


ZAAKTYPE_INFORMATIEOBJECTTYPE_SCHRIJVEN = Writes(
    ZAAKTYPE_INFORMATIEOBJECTTYPE,
    models.ZaaktypeInformatieobjecttype,
    parent="zaaktype",
    rules=(*DEEL_REGELS, zelfde_zaaktype("statustype"), _soort_van_catalogus),
    clashes={"ziot_volgnummer": Fault("nonFieldErrors", "unique", "Dit zaaktype heeft dit volgnummer al.")},
)

ZAAKOBJECTTYPE = resource(
    "zaakobjecttype",
    "/zaakobjecttypen",
    {
        "anderObjecttype": Column("ander_objecttype"),
        **VERSIE_VAN_ZAAKTYPE,
        "objecttype": Column("objecttype"),
        "relatieOmschrijving": Column("relatie_omschrijving"),
        **DEEL,
        "resultaattypen": Links(
            "resultaattype",
            "select r.id from catalogi_resultaattype r where r.zaaktype_id = {t}.zaaktype_id"
            " and r.brondatum_archiefprocedure ->> 'afleidingswijze' = 'zaakobject' order by r.omschrijving",
        ),
        "resultaattypeOmschrijving": "array(select r.omschrijving from catalogi_resultaattype r where r.zaaktype_id ="
        " {t}.zaaktype_id and r.brondatum_archiefprocedure ->> 'afleidingswijze' = 'zaakobject' order by 1)",
        "statustypen": Links("statustype", "select {t}.statustype_id where {t}.statustype_id is not null"),
    },
    {
        "anderObjecttype": Filter("{t}.ander_objecttype = (%(anderObjecttype)s = 'true')", one_of("true", "false")),
        "catalogus": Filter(bij_zaaktype("{t}.catalogus_id = %(catalogus)s"), key_of("catalogus")),
        "datumBeginGeldigheid": Filter(bij_zaaktype("{t}.begin_geldigheid = %(datumBeginGeldigheid)s"), day),
        "datumEindeGeldigheid": Filter(bij_zaaktype("{t}.einde_geldigheid = %(datumEindeGeldigheid)s"), day),
        "datumGeldigheid": DEEL_FILTERS["datumGeldigheid"],
        "objecttype": Filter("{t}.objecttype = %(objecttype)s", text),
        "relatieOmschrijving": Filter("{t}.relatie_omschrijving = %(relatieOmschrijving)s", text),
        **{naam: DEEL_FILTERS[naam] for naam in ("zaaktype", "zaaktypeIdentificatie")},
    },
)
ZAAKOBJECTTYPE_SCHRIJVEN = Writes(ZAAKOBJECTTYPE, models.Zaakobjecttype, parent="zaaktype", rules=DEEL_REGELS)

SCHRIJVEN = (
    STATUSTYPE_SCHRIJVEN,
    RESULTAATTYPE_SCHRIJVEN,
    ROLTYPE_SCHRIJVEN,
    EIGENSCHAP_SCHRIJVEN,
    ZAAKTYPE_INFORMATIEOBJECTTYPE_SCHRIJVEN,
    ZAAKOBJECTTYPE_SCHRIJVEN,
)

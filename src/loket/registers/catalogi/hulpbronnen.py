"""The resources of the Catalogi API 1.3.3, declared: what each holds, how it refers, and how it is searched.

Types with versions refer to each other by `omschrijving` or `identificatie` (the history model of 1.3): such a
reference is, on a day, the version that is in force then.
"""

from typing import Any

from loket.foundation.api.resource import Filter, Link, Links, Resource, day, declare, key_of, one_of, text, texts
from loket.registers.catalogi.models import GENERIEKE_ROLLEN

ROOT = "/catalogi/api/v1"


def _geldig(t: str, dag: str = "dag") -> str:
    return (
        f"{t}.begin_geldigheid <= %({dag})s::date"
        f" and ({t}.einde_geldigheid is null or {t}.einde_geldigheid >= %({dag})s::date)"
    )


def _duur(kolom: str) -> str:
    return f"nullif({{t}}.{kolom}, '')"


def _groep(kolom: str, *velden: str) -> str:
    """A group of fields that the standard always shows, also when nothing is in it."""
    leeg = ", ".join(f"'{veld}', ''" for veld in velden)
    return f"coalesce({{t}}.{kolom}, jsonb_build_object({leeg}))"


STATUS = one_of("alles", "concept", "definitief")
_PER_STATUS = "(%(status)s::text = 'alles' or {t}.concept = (%(status)s::text = 'concept'))"
_OP_DAG = _geldig("{t}", "datumGeldigheid")
_ZAAKTYPE_VAN = "(select z.{kolom} from catalogi_zaaktype z where z.id = {{t}}.zaaktype_id)"


def _van_zaaktype(kolom: str) -> str:
    return _ZAAKTYPE_VAN.format(kolom=kolom)


def _bij_zaaktype(where: str) -> str:
    z = where.replace("{t}", "z")
    return f"exists (select 1 from catalogi_zaaktype z where z.id = {{t}}.zaaktype_id and {z})"


VERSIE: dict[str, Any] = {
    "beginGeldigheid": "{t}.begin_geldigheid",
    "eindeGeldigheid": "{t}.einde_geldigheid",
    "beginObject": "{t}.begin_object",
    "eindeObject": "{t}.einde_object",
}
VERSIE_VAN_ZAAKTYPE: dict[str, Any] = {naam: _van_zaaktype(sql.removeprefix("{t}.")) for naam, sql in VERSIE.items()}
DEEL: dict[str, Any] = {
    "zaaktype": Link("zaaktype", "{t}.zaaktype_id"),
    "zaaktypeIdentificatie": _van_zaaktype("identificatie"),
    "catalogus": Link("catalogus", _van_zaaktype("catalogus_id")),
}
DEEL_FILTERS = {
    "zaaktype": Filter("{t}.zaaktype_id = %(zaaktype)s", key_of("zaaktype")),
    "zaaktypeIdentificatie": Filter(_bij_zaaktype("{t}.identificatie = %(zaaktypeIdentificatie)s"), text),
    "status": Filter(_bij_zaaktype(_PER_STATUS), STATUS, "definitief"),
    "datumGeldigheid": Filter(_bij_zaaktype(_OP_DAG), day),
}

CATALOGUS = declare(
    Resource(
        name="catalogus",
        root=ROOT,
        path="/catalogussen",
        table="catalogi_catalogus",
        fields={
            "domein": "{t}.domein",
            "rsin": "{t}.rsin",
            "contactpersoonBeheerNaam": "{t}.contactpersoon_beheer_naam",
            "contactpersoonBeheerTelefoonnummer": "{t}.contactpersoon_beheer_telefoonnummer",
            "contactpersoonBeheerEmailadres": "{t}.contactpersoon_beheer_emailadres",
            "zaaktypen": Links(
                "zaaktype", "select z.id from catalogi_zaaktype z where z.catalogus_id = {t}.id order by z.id"
            ),
            "besluittypen": "'{{}}'::text[]",
            "besluittypeOmschrijving": "'{{}}'::text[]",
            "informatieobjecttypen": Links(
                "informatieobjecttype",
                "select i.id from catalogi_informatieobjecttype i where i.catalogus_id = {t}.id order by i.id",
            ),
            "informatieobjecttypeOmschrijving": "array(select distinct i.omschrijving from"
            " catalogi_informatieobjecttype i where i.catalogus_id = {t}.id order by 1)",
            "naam": "{t}.naam",
            "versie": "{t}.versie",
            "begindatumVersie": "{t}.begindatum_versie",
        },
        filters={
            "domein": Filter("{t}.domein = %(domein)s", text),
            "domein__in": Filter("{t}.domein = any(%(domein__in)s)", texts),
            "rsin": Filter("{t}.rsin = %(rsin)s", text),
            "rsin__in": Filter("{t}.rsin = any(%(rsin__in)s)", texts),
        },
    )
)

_IOTS = f"""select i.id from catalogi_zaaktypeinformatieobjecttype r join catalogi_informatieobjecttype i
    on i.catalogus_id = {{t}}.catalogus_id and i.omschrijving = r.informatieobjecttype and {_geldig("i")}
    where r.zaaktype_id = {{t}}.id order by r.volgnummer"""


def _delen(tabel: str, orde: str) -> str:
    return f"select d.id from {tabel} d where d.zaaktype_id = {{t}}.id order by d.{orde}, d.id"


ZAAKTYPE = declare(
    Resource(
        name="zaaktype",
        root=ROOT,
        path="/zaaktypen",
        table="catalogi_zaaktype",
        fields={
            "identificatie": "{t}.identificatie",
            "omschrijving": "{t}.omschrijving",
            "omschrijvingGeneriek": "{t}.omschrijving_generiek",
            "vertrouwelijkheidaanduiding": "{t}.vertrouwelijkheidaanduiding",
            "doel": "{t}.doel",
            "aanleiding": "{t}.aanleiding",
            "toelichting": "{t}.toelichting",
            "indicatieInternOfExtern": "{t}.indicatie_intern_of_extern",
            "handelingInitiator": "{t}.handeling_initiator",
            "onderwerp": "{t}.onderwerp",
            "handelingBehandelaar": "{t}.handeling_behandelaar",
            "doorlooptijd": "{t}.doorlooptijd",
            "servicenorm": _duur("servicenorm"),
            "opschortingEnAanhoudingMogelijk": "{t}.opschorting_en_aanhouding_mogelijk",
            "verlengingMogelijk": "{t}.verlenging_mogelijk",
            "verlengingstermijn": _duur("verlengingstermijn"),
            "trefwoorden": "{t}.trefwoorden",
            "publicatieIndicatie": "{t}.publicatie_indicatie",
            "publicatietekst": "{t}.publicatietekst",
            "verantwoordingsrelatie": "{t}.verantwoordingsrelatie",
            "productenOfDiensten": "{t}.producten_of_diensten",
            "selectielijstProcestype": "{t}.selectielijst_procestype",
            "referentieproces": "json_build_object('naam', {t}.referentieproces_naam, 'link',"
            " {t}.referentieproces_link)",
            "verantwoordelijke": "{t}.verantwoordelijke",
            "zaakobjecttypen": "'{{}}'::text[]",
            "broncatalogus": _groep("broncatalogus", "url", "domein", "rsin"),
            "bronzaaktype": _groep("bronzaaktype", "url", "identificatie", "omschrijving"),
            "catalogus": Link("catalogus", "{t}.catalogus_id"),
            "statustypen": Links("statustype", _delen("catalogi_statustype", "volgnummer")),
            "resultaattypen": Links("resultaattype", _delen("catalogi_resultaattype", "omschrijving")),
            "resultaattypeOmschrijving": "array(select r.omschrijving from catalogi_resultaattype r"
            " where r.zaaktype_id = {t}.id order by 1)",
            "eigenschappen": Links("eigenschap", _delen("catalogi_eigenschap", "naam")),
            "informatieobjecttypen": Links("informatieobjecttype", _IOTS),
            "informatieobjecttypeOmschrijving": "array(select r.informatieobjecttype from"
            " catalogi_zaaktypeinformatieobjecttype r where r.zaaktype_id = {t}.id order by r.volgnummer)",
            "roltypen": Links("roltype", _delen("catalogi_roltype", "omschrijving")),
            "besluittypen": "'{{}}'::text[]",
            "besluittypeOmschrijving": "{t}.besluittypen",
            "deelzaaktypen": Links(
                "zaaktype",
                "select z.id from catalogi_zaaktype z where z.catalogus_id = {t}.catalogus_id and z.identificatie ="
                f" any({{t}}.deelzaaktypen) and {_geldig('z')} order by z.identificatie, z.id",
            ),
            "deelzaaktypeIdentificaties": "{t}.deelzaaktypen",
            "gerelateerdeZaaktypen": "coalesce((select json_agg(json_build_object('zaaktype', (select"
            f" %(origin)s::text || '{ROOT}/zaaktypen/' || z.id from catalogi_zaaktype z where z.catalogus_id ="
            f" {{t}}.catalogus_id and z.identificatie = g ->> 'zaaktype' and {_geldig('z')} limit 1),"
            " 'zaaktypeIdentificatie', g ->> 'zaaktype', 'aardRelatie', g ->> 'aardRelatie', 'toelichting',"
            " coalesce(g ->> 'toelichting', ''))) from jsonb_array_elements({t}.gerelateerde_zaaktypen) g), '[]')",
            **VERSIE,
            "versiedatum": "{t}.versiedatum",
            "concept": "{t}.concept",
        },
        filters={
            "catalogus": Filter("{t}.catalogus_id = %(catalogus)s", key_of("catalogus")),
            "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
            "trefwoorden": Filter("{t}.trefwoorden @> %(trefwoorden)s::varchar[]", texts),
            "status": Filter(_PER_STATUS, STATUS, "definitief"),
            "datumGeldigheid": Filter(_OP_DAG, day),
        },
    )
)

STATUSTYPE = declare(
    Resource(
        name="statustype",
        root=ROOT,
        path="/statustypen",
        table="catalogi_statustype",
        fields={
            "omschrijving": "{t}.omschrijving",
            "omschrijvingGeneriek": "{t}.omschrijving_generiek",
            "statustekst": "{t}.statustekst",
            **DEEL,
            "volgnummer": "{t}.volgnummer",
            "isEindstatus": "{t}.volgnummer = (select max(s.volgnummer) from catalogi_statustype s"
            " where s.zaaktype_id = {t}.zaaktype_id)",
            "informeren": "{t}.informeren",
            "doorlooptijd": _duur("doorlooptijd"),
            "toelichting": "{t}.toelichting",
            "checklistitemStatustype": "{t}.checklistitem_statustype",
            "eigenschappen": Links(
                "eigenschap", "select e.id from catalogi_eigenschap e where e.statustype_id = {t}.id order by e.naam"
            ),
            **VERSIE_VAN_ZAAKTYPE,
        },
        filters=DEEL_FILTERS,
        order="{t}.zaaktype_id, {t}.volgnummer",
    )
)

RESULTAATTYPE = declare(
    Resource(
        name="resultaattype",
        root=ROOT,
        path="/resultaattypen",
        table="catalogi_resultaattype",
        fields={
            **DEEL,
            "omschrijving": "{t}.omschrijving",
            "resultaattypeomschrijving": "{t}.resultaattypeomschrijving",
            "omschrijvingGeneriek": "{t}.omschrijving_generiek",
            "selectielijstklasse": "{t}.selectielijstklasse",
            "toelichting": "{t}.toelichting",
            "archiefnominatie": "{t}.archiefnominatie",
            "archiefactietermijn": _duur("archiefactietermijn"),
            "brondatumArchiefprocedure": "{t}.brondatum_archiefprocedure",
            "procesobjectaard": "{t}.procesobjectaard",
            **VERSIE_VAN_ZAAKTYPE,
            "indicatieSpecifiek": "{t}.indicatie_specifiek",
            "procestermijn": _duur("procestermijn"),
            "besluittypen": "'{{}}'::text[]",
            "besluittypeOmschrijving": "{t}.besluittypen",
            "informatieobjecttypen": Links(
                "informatieobjecttype",
                "select i.id from catalogi_informatieobjecttype i join catalogi_zaaktype z on z.id = {t}.zaaktype_id"
                " and i.catalogus_id = z.catalogus_id where i.omschrijving = any({t}.informatieobjecttypen)"
                f" and {_geldig('i')} order by i.omschrijving, i.id",
            ),
            "informatieobjecttypeOmschrijving": "{t}.informatieobjecttypen",
        },
        filters={
            **DEEL_FILTERS,
            "zaaktype_identificatie": Filter(_bij_zaaktype("{t}.identificatie = %(zaaktype_identificatie)s"), text),
            "datum_geldigheid": Filter(_bij_zaaktype(_geldig("{t}", "datum_geldigheid")), day),
        },
    )
)

ROLTYPE = declare(
    Resource(
        name="roltype",
        root=ROOT,
        path="/roltypen",
        table="catalogi_roltype",
        fields={
            **DEEL,
            "omschrijving": "{t}.omschrijving",
            "omschrijvingGeneriek": "{t}.omschrijving_generiek",
            **VERSIE_VAN_ZAAKTYPE,
        },
        filters={
            **DEEL_FILTERS,
            "omschrijvingGeneriek": Filter(
                "{t}.omschrijving_generiek = %(omschrijvingGeneriek)s", one_of(*GENERIEKE_ROLLEN)
            ),
        },
    )
)

EIGENSCHAP = declare(
    Resource(
        name="eigenschap",
        root=ROOT,
        path="/eigenschappen",
        table="catalogi_eigenschap",
        fields={
            "naam": "{t}.naam",
            "definitie": "{t}.definitie",
            "specificatie": "json_build_object('groep', {t}.groep, 'formaat', {t}.formaat, 'lengte', {t}.lengte,"
            " 'kardinaliteit', {t}.kardinaliteit, 'waardenverzameling', {t}.waardenverzameling)",
            "toelichting": "{t}.toelichting",
            **DEEL,
            "statustype": Link("statustype", "{t}.statustype_id"),
            **VERSIE_VAN_ZAAKTYPE,
        },
        filters=DEEL_FILTERS,
    )
)

_GEBRUIKT = """from catalogi_zaaktypeinformatieobjecttype r join catalogi_zaaktype z on z.id = r.zaaktype_id
    where z.catalogus_id = {t}.catalogus_id and r.informatieobjecttype = {t}.omschrijving"""

INFORMATIEOBJECTTYPE = declare(
    Resource(
        name="informatieobjecttype",
        root=ROOT,
        path="/informatieobjecttypen",
        table="catalogi_informatieobjecttype",
        fields={
            "catalogus": Link("catalogus", "{t}.catalogus_id"),
            "omschrijving": "{t}.omschrijving",
            "vertrouwelijkheidaanduiding": "{t}.vertrouwelijkheidaanduiding",
            **VERSIE,
            "concept": "{t}.concept",
            "zaaktypen": Links("zaaktype", f"select distinct z.id {_GEBRUIKT} and {_geldig('z')} order by z.id"),
            "zaaktypeIdentificaties": f"array(select distinct z.identificatie {_GEBRUIKT} order by 1)",
            "besluittypen": "'{{}}'::text[]",
            "besluittypeOmschrijving": "{t}.besluittypen",
            "informatieobjectcategorie": "{t}.informatieobjectcategorie",
            "trefwoord": "{t}.trefwoord",
            "omschrijvingGeneriek": _groep(
                "omschrijving_generiek",
                "informatieobjecttypeOmschrijvingGeneriek",
                "definitieInformatieobjecttypeOmschrijvingGeneriek",
                "herkomstInformatieobjecttypeOmschrijvingGeneriek",
                "hierarchieInformatieobjecttypeOmschrijvingGeneriek",
                "opmerkingInformatieobjecttypeOmschrijvingGeneriek",
            ),
        },
        filters={
            "catalogus": Filter("{t}.catalogus_id = %(catalogus)s", key_of("catalogus")),
            "omschrijving": Filter("{t}.omschrijving = %(omschrijving)s", text),
            "status": Filter(_PER_STATUS, STATUS, "definitief"),
            "datumGeldigheid": Filter(_OP_DAG, day),
        },
    )
)

ZAAKTYPE_INFORMATIEOBJECTTYPE = declare(
    Resource(
        name="zaakinformatieobjecttype",
        root=ROOT,
        path="/zaaktype-informatieobjecttypen",
        table="catalogi_zaaktypeinformatieobjecttype",
        fields={
            **DEEL,
            "informatieobjecttype": "{t}.informatieobjecttype",
            "volgnummer": "{t}.volgnummer",
            "richting": "{t}.richting",
            "statustype": Link("statustype", "{t}.statustype_id"),
        },
        filters={
            **{naam: DEEL_FILTERS[naam] for naam in ("zaaktype", "status")},
            "informatieobjecttype": Filter("{t}.informatieobjecttype = %(informatieobjecttype)s", text),
            "richting": Filter("{t}.richting = %(richting)s", one_of("inkomend", "intern", "uitgaand")),
        },
        order="{t}.zaaktype_id, {t}.volgnummer",
    )
)

RESOURCES = (
    CATALOGUS,
    ZAAKTYPE,
    STATUSTYPE,
    RESULTAATTYPE,
    ROLTYPE,
    EIGENSCHAP,
    INFORMATIEOBJECTTYPE,
    ZAAKTYPE_INFORMATIEOBJECTTYPE,
)

"""Catalogus, zaaktype, informatieobjecttype and besluittype: what has versions, and can be published."""

from collections.abc import Iterator
from typing import Any

from loket.foundation.api.filters import key_of, text, texts
from loket.foundation.api.problem import Fault
from loket.foundation.api.resource import Caller, Column, Filter, Group, Link, Links, key_in, registry
from loket.foundation.api.write import Change, Writes
from loket.foundation.database.sql import row
from loket.registers.catalogi import models, rules
from loket.registers.catalogi.hulpbronnen.basis import (
    PER_STATUS,
    ROOT,
    VERSIE,
    duur,
    geldig,
    groep,
    kanaal,
    resource,
    ztc_009,
    ztc_009_verwijderen,
)


def _van_catalogus(tabel: str, alias: str) -> str:
    return f"select {alias}.id from {tabel} {alias} where {alias}.catalogus_id = {{t}}.id order by {alias}.id"


def _namen_van_catalogus(tabel: str) -> str:
    return f"array(select distinct n.omschrijving from {tabel} n where n.catalogus_id = {{t}}.id order by 1)"


CATALOGUS = resource(
    "catalogus",
    "/catalogussen",
    {
        "domein": Column("domein"),
        "rsin": Column("rsin"),
        "contactpersoonBeheerNaam": Column("contactpersoon_beheer_naam"),
        "contactpersoonBeheerTelefoonnummer": Column("contactpersoon_beheer_telefoonnummer"),
        "contactpersoonBeheerEmailadres": Column("contactpersoon_beheer_emailadres"),
        "zaaktypen": Links("zaaktype", _van_catalogus("catalogi_zaaktype", "z")),
        "besluittypen": Links("besluittype", _van_catalogus("catalogi_besluittype", "b")),
        "besluittypeOmschrijving": _namen_van_catalogus("catalogi_besluittype"),
        "informatieobjecttypen": Links("informatieobjecttype", _van_catalogus("catalogi_informatieobjecttype", "i")),
        "informatieobjecttypeOmschrijving": _namen_van_catalogus("catalogi_informatieobjecttype"),
        "naam": Column("naam"),
        "versie": Column("versie"),
        "begindatumVersie": Column("begindatum_versie"),
    },
    {
        "domein": Filter("{t}.domein = %(domein)s", text),
        "domein__in": Filter("{t}.domein = any(%(domein__in)s)", texts),
        "rsin": Filter("{t}.rsin = %(rsin)s", text),
        "rsin__in": Filter("{t}.rsin = any(%(rsin__in)s)", texts),
    },
)
CATALOGUS_SCHRIJVEN = Writes(
    CATALOGUS,
    models.Catalogus,
    clashes={
        "catalogus_domein": Fault(
            "nonFieldErrors", "unique", "Deze organisatie heeft al een catalogus voor dit domein."
        ),
        "catalogus_domein_letters": Fault("domein", "invalid", "Een domein is een afkorting in hoofdletters."),
    },
)


def _genoemd(tabel: str, namen: str, sleutel: str = "omschrijving") -> str:
    """A query for the versions in force, in the same catalogue, of the types with these names."""
    return (
        f"select g.id from {tabel} g where g.catalogus_id = {{t}}.catalogus_id and g.{sleutel} = any({namen})"
        f" and {geldig('g')} order by g.{sleutel}, g.id"
    )


_IOTS = f"""select i.id from catalogi_zaaktypeinformatieobjecttype r join catalogi_informatieobjecttype i
    on i.catalogus_id = {{t}}.catalogus_id and i.omschrijving = r.informatieobjecttype and {geldig("i")}
    where r.zaaktype_id = {{t}}.id order by r.volgnummer"""


def _delen(tabel: str, orde: str) -> str:
    return f"select d.id from {tabel} d where d.zaaktype_id = {{t}}.id order by d.{orde}, d.id"


def _gerelateerd(caller: Caller, name: str, given: Any) -> list[dict[str, str]]:
    """Related zaaktypen as they are kept: one of ours by its identificatie, one elsewhere by its URL."""
    gezien = []
    for each in given or ():
        key = key_in(registry["zaaktype"], each["zaaktype"])
        found = key and row(
            "select identificatie from catalogi_zaaktype where id = %s and organisatie_id = %s",
            (key, caller.organisatie),
        )
        zaaktype = found["identificatie"] if found else each["zaaktype"]
        gezien.append({**each, "zaaktype": zaaktype, "toelichting": each.get("toelichting", "")})
    return gezien


ZAAKTYPE = resource(
    "zaaktype",
    "/zaaktypen",
    {
        "identificatie": Column("identificatie"),
        "omschrijving": Column("omschrijving"),
        "omschrijvingGeneriek": Column("omschrijving_generiek"),
        "vertrouwelijkheidaanduiding": Column("vertrouwelijkheidaanduiding"),
        "doel": Column("doel"),
        "aanleiding": Column("aanleiding"),
        "toelichting": Column("toelichting"),
        "indicatieInternOfExtern": Column("indicatie_intern_of_extern"),
        "handelingInitiator": Column("handeling_initiator"),
        "onderwerp": Column("onderwerp"),
        "handelingBehandelaar": Column("handeling_behandelaar"),
        "doorlooptijd": duur("doorlooptijd"),
        "servicenorm": duur("servicenorm"),
        "opschortingEnAanhoudingMogelijk": Column("opschorting_en_aanhouding_mogelijk"),
        "verlengingMogelijk": Column("verlenging_mogelijk"),
        "verlengingstermijn": duur("verlengingstermijn"),
        "trefwoorden": Column("trefwoorden"),
        "publicatieIndicatie": Column("publicatie_indicatie"),
        "publicatietekst": Column("publicatietekst"),
        "verantwoordingsrelatie": Column("verantwoordingsrelatie"),
        "productenOfDiensten": Column("producten_of_diensten"),
        "selectielijstProcestype": Column("selectielijst_procestype"),
        "referentieproces": Group({"naam": Column("referentieproces_naam"), "link": Column("referentieproces_link")}),
        "verantwoordelijke": Column("verantwoordelijke"),
        "zaakobjecttypen": Links("zaakobjecttype", _delen("catalogi_zaakobjecttype", "relatie_omschrijving")),
        "broncatalogus": groep("broncatalogus", "url", "domein", "rsin"),
        "bronzaaktype": groep("bronzaaktype", "url", "identificatie", "omschrijving"),
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
        "besluittypen": Links(
            "besluittype", _genoemd("catalogi_besluittype", "{t}.besluittypen"), "besluittypen", "omschrijving"
        ),
        "besluittypeOmschrijving": "{t}.besluittypen",
        "deelzaaktypen": Links(
            "zaaktype",
            _genoemd("catalogi_zaaktype", "{t}.deelzaaktypen", "identificatie"),
            "deelzaaktypen",
            "identificatie",
        ),
        "deelzaaktypeIdentificaties": "{t}.deelzaaktypen",
        "gerelateerdeZaaktypen": Column(
            "gerelateerde_zaaktypen",
            "coalesce((select json_agg(json_build_object('zaaktype', coalesce((select %(origin)s::text ||"
            f" '{ROOT}/zaaktypen/' || z.id from catalogi_zaaktype z where z.catalogus_id = {{t}}.catalogus_id"
            f" and z.identificatie = g ->> 'zaaktype' and {geldig('z')} limit 1),"
            " case when g ->> 'zaaktype' like 'http%%' then g ->> 'zaaktype' end),"
            " 'zaaktypeIdentificatie', g ->> 'zaaktype', 'aardRelatie', g ->> 'aardRelatie', 'toelichting',"
            " coalesce(g ->> 'toelichting', ''))) from jsonb_array_elements({t}.gerelateerde_zaaktypen) g), '[]')",
            _gerelateerd,
        ),
        **VERSIE,
        "versiedatum": Column("versiedatum"),
        "concept": "{t}.concept",
    },
    {
        "catalogus": Filter("{t}.catalogus_id = %(catalogus)s", key_of("catalogus")),
        "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
        "trefwoorden": Filter("{t}.trefwoorden @> %(trefwoorden)s::varchar[]", texts),
        **PER_STATUS,
    },
)


def _versiedatum(change: Change) -> None:
    change.new["versiedatum"] = change.new.get("versiedatum") or change.new["begin_geldigheid"]


def _zelfde_catalogus(change: Change) -> Iterator[Fault]:
    """ZTC, text of the OpenAPI file: deelzaaktypen are of the same catalogue (all that ztc-013 left)."""
    for plaats, url in enumerate(change.given.get("deelzaaktypen") or ()):
        key = key_in(ZAAKTYPE, url)
        if key and not row(
            "select 1 from catalogi_zaaktype where id = %s and catalogus_id = %s", (key, change.new["catalogus_id"])
        ):
            yield Fault(f"deelzaaktypen.{plaats}", "relations-incorrect-catalogus", "Dit is van een andere catalogus.")


def _volgorde(change: Change) -> Iterator[Fault]:
    """The end of the validity does not lie before its beginning."""
    begin, einde = change.new["begin_geldigheid"], change.new["einde_geldigheid"]
    if einde is not None and einde < begin:
        yield Fault("eindeGeldigheid", "invalid", "Het einde van de geldigheid ligt voor het begin.")


def _ztc_001(change: Change) -> Iterator[Fault]:
    if "selectielijst_procestype" in change.differs:
        yield from rules.ztc_001(change.new["selectielijst_procestype"])


OVERLAP = Fault("beginGeldigheid", "overlap", "Op die dagen is al een andere versie geldig.")
ZAAKTYPE_SCHRIJVEN = Writes(
    ZAAKTYPE,
    models.Zaaktype,
    kanaal("zaaktypen", "zaaktype"),
    rules=(ztc_009, _ztc_001, _zelfde_catalogus, _volgorde),
    settle=_versiedatum,
    before_removal=ztc_009_verwijderen,
    clashes={"zaaktype_versie": OVERLAP, "zaaktype_geen_overlap": OVERLAP},
)

_GEBRUIKT = """from catalogi_zaaktypeinformatieobjecttype r join catalogi_zaaktype z on z.id = r.zaaktype_id
    where z.catalogus_id = {t}.catalogus_id and r.informatieobjecttype = {t}.omschrijving"""
_VASTGELEGD = "from catalogi_besluittype b where b.catalogus_id = {t}.catalogus_id"

INFORMATIEOBJECTTYPE = resource(
    "informatieobjecttype",
    "/informatieobjecttypen",
    {
        "catalogus": Link("catalogus", "{t}.catalogus_id"),
        "omschrijving": Column("omschrijving"),
        "vertrouwelijkheidaanduiding": Column("vertrouwelijkheidaanduiding"),
        **VERSIE,
        "concept": "{t}.concept",
        "zaaktypen": Links("zaaktype", f"select distinct z.id {_GEBRUIKT} and {geldig('z')} order by z.id"),
        "zaaktypeIdentificaties": f"array(select distinct z.identificatie {_GEBRUIKT} order by 1)",
        "besluittypen": Links(
            "besluittype",
            f"select b.id {_VASTGELEGD} and {{t}}.omschrijving = any(b.informatieobjecttypen)"
            f" and {geldig('b')} order by b.omschrijving, b.id",
        ),
        "besluittypeOmschrijving": f"array(select distinct b.omschrijving {_VASTGELEGD}"
        " and {t}.omschrijving = any(b.informatieobjecttypen) order by 1)",
        "informatieobjectcategorie": Column("informatieobjectcategorie"),
        "trefwoord": Column("trefwoord"),
        "omschrijvingGeneriek": groep(
            "omschrijving_generiek",
            "informatieobjecttypeOmschrijvingGeneriek",
            "definitieInformatieobjecttypeOmschrijvingGeneriek",
            "herkomstInformatieobjecttypeOmschrijvingGeneriek",
            "hierarchieInformatieobjecttypeOmschrijvingGeneriek",
            "opmerkingInformatieobjecttypeOmschrijvingGeneriek",
        ),
    },
    {
        "catalogus": Filter("{t}.catalogus_id = %(catalogus)s", key_of("catalogus")),
        "omschrijving": Filter("{t}.omschrijving = %(omschrijving)s", text),
        **PER_STATUS,
    },
)
INFORMATIEOBJECTTYPE_SCHRIJVEN = Writes(
    INFORMATIEOBJECTTYPE,
    models.Informatieobjecttype,
    kanaal("informatieobjecttypen", "informatieobjecttype"),
    rules=(ztc_009, _volgorde),
    before_removal=ztc_009_verwijderen,
    clashes={"informatieobjecttype_versie": OVERLAP, "informatieobjecttype_geen_overlap": OVERLAP},
)

_NEEMT = "from catalogi_zaaktype z where z.catalogus_id = {t}.catalogus_id and {t}.omschrijving = any(z.besluittypen)"
_LEIDT = """from catalogi_resultaattype r join catalogi_zaaktype z on z.id = r.zaaktype_id
    where z.catalogus_id = {t}.catalogus_id and {t}.omschrijving = any(r.besluittypen)"""

BESLUITTYPE = resource(
    "besluittype",
    "/besluittypen",
    {
        "catalogus": Link("catalogus", "{t}.catalogus_id"),
        "zaaktypen": Links("zaaktype", f"select z.id {_NEEMT} and {geldig('z')} order by z.id"),
        "zaaktypeIdentificaties": f"array(select distinct z.identificatie {_NEEMT} order by 1)",
        "omschrijving": Column("omschrijving"),
        "omschrijvingGeneriek": Column("omschrijving_generiek"),
        "besluitcategorie": Column("besluitcategorie"),
        "reactietermijn": duur("reactietermijn"),
        "publicatieIndicatie": Column("publicatie_indicatie"),
        "publicatietekst": Column("publicatietekst"),
        "publicatietermijn": duur("publicatietermijn"),
        "toelichting": Column("toelichting"),
        "informatieobjecttypen": Links(
            "informatieobjecttype",
            _genoemd("catalogi_informatieobjecttype", "{t}.informatieobjecttypen"),
            "informatieobjecttypen",
            "omschrijving",
        ),
        "informatieobjecttypeOmschrijvingen": "{t}.informatieobjecttypen",
        **VERSIE,
        "concept": "{t}.concept",
        "resultaattypen": Links("resultaattype", f"select r.id {_LEIDT} order by r.omschrijving, r.id"),
        "resultaattypenOmschrijving": f"array(select distinct r.omschrijving {_LEIDT} order by 1)",
        "vastgelegdIn": "{t}.informatieobjecttypen",
    },
    {
        "catalogus": Filter("{t}.catalogus_id = %(catalogus)s", key_of("catalogus")),
        "zaaktypen": Filter(
            "exists (select 1 from catalogi_zaaktype z where z.id = %(zaaktypen)s"
            " and z.catalogus_id = {t}.catalogus_id and {t}.omschrijving = any(z.besluittypen))",
            key_of("zaaktype"),
        ),
        "informatieobjecttypen": Filter(
            "exists (select 1 from catalogi_informatieobjecttype i where i.id = %(informatieobjecttypen)s"
            " and i.catalogus_id = {t}.catalogus_id and i.omschrijving = any({t}.informatieobjecttypen))",
            key_of("informatieobjecttype"),
        ),
        "omschrijving": Filter("{t}.omschrijving = %(omschrijving)s", text),
        **PER_STATUS,
    },
)
BESLUITTYPE_SCHRIJVEN = Writes(
    BESLUITTYPE,
    models.Besluittype,
    kanaal("besluittypen", "besluittype"),
    rules=(ztc_009, _volgorde),
    before_removal=ztc_009_verwijderen,
    clashes={"besluittype_versie": OVERLAP, "besluittype_geen_overlap": OVERLAP},
)
SCHRIJVEN = (CATALOGUS_SCHRIJVEN, ZAAKTYPE_SCHRIJVEN, INFORMATIEOBJECTTYPE_SCHRIJVEN, BESLUITTYPE_SCHRIJVEN)

"""The resources of the Documenten API 1.7.0, declared. A document is shown as its last version."""

from uuid import UUID

from loket.foundation.api.changes import Channel
from loket.foundation.api.filters import key_of, keys, moment, one_of, text, texts
from loket.foundation.api.resource import Column, Filter, Group, Link, Resource, declare

ROOT = "/documenten/api/v1"
KANAAL = Channel(
    "documenten",
    "drc",
    "enkelvoudiginformatieobject",
    {
        "bronorganisatie": "{t}.bronorganisatie",
        "informatieobjecttype": "'/catalogi/api/v1/informatieobjecttypen/' || {t}.informatieobjecttype_id",
        "vertrouwelijkheidaanduiding": "{t}.vertrouwelijkheidaanduiding",
    },
)
TOEGESTAAN = """{t}.informatieobjecttype_id = any(%(documenten_typen)s::uuid[]) and
    ({t}.va_rang <= %(documenten_rang)s::smallint or {t}.va_rang <= (%(documenten_rangen)s::smallint[])
    [array_position(%(documenten_typen)s::uuid[], {t}.informatieobjecttype_id)])"""

_VERSIE = (
    *("creatiedatum", "titel", "vertrouwelijkheidaanduiding", "is_gereed_voor_publicatie", "tonen_aan_initiator"),
    *("auteur", "status", "inhoud_is_vervallen", "formaat", "taal", "begin_registratie", "bestandsnaam", "sha256"),
    *("bestandsomvang", "link", "beschrijving", "ontvangstdatum", "verzenddatum", "verschijningsvorm"),
    *("ondertekening_soort", "ondertekening_datum", "integriteit_algoritme", "integriteit_waarde"),
    *("integriteit_datum", "trefwoorden"),
)
_RANG = "array_position('{openbaar,beperkt_openbaar,intern,zaakvertrouwelijk,vertrouwelijk,confidentieel,geheim,zeer_geheim}'::text[], v.vertrouwelijkheidaanduiding::text)"  # noqa: E501
TABEL = f"""(select d.*, {", ".join(f"v.{naam}" for naam in _VERSIE)}, v.versie as deze, {_RANG} as va_rang
    from documenten_informatieobject d join documenten_informatieobjectversie v
    on v.informatieobject_id = d.id and v.versie = d.versie)"""
TABEL_VAN_VERSIE = TABEL.replace("v.versie = d.versie", "v.versie = %(versie)s")
"""The same, of a version that was before."""

RELATIES = """(select zi.id, zi.organisatie_id, zi.informatieobject_id, zi.zaak_id, null::uuid as besluit_id,
    'zaak' as object_type from zaken_zaakinformatieobject zi union all select bi.id, bi.organisatie_id,
    bi.informatieobject_id, null, bi.besluit_id, 'besluit' from besluiten_besluitinformatieobject bi)"""
"""What zaken and besluiten say of their documents: the mirror that the standard asks for is read there (drc-004)."""


def _object(name: str, given: str) -> UUID | None:
    """The key of the zaak or besluit at a URL."""
    return key_of("zaak")(name, given) or key_of("besluit")(name, given)


def van_document(kolom: str = "informatieobject_id") -> str:
    """The condition that a caller may see the document that a row belongs to."""
    d = TOEGESTAAN.replace("{t}", "d")
    return f"exists (select 1 from {TABEL} d where d.id = {{t}}.{kolom} and {d})"


DOCUMENT = declare(
    Resource(
        name="enkelvoudiginformatieobject",
        root=ROOT,
        path="/enkelvoudiginformatieobjecten",
        table=TABEL,
        permitted=TOEGESTAAN,
        visible="{t}.organisatie_id = %(organisatie)s and (not %(published)s::bool or {t}.is_gereed_voor_publicatie)",
        fields={
            "identificatie": Column("identificatie"),
            "bronorganisatie": Column("bronorganisatie"),
            "creatiedatum": Column("creatiedatum"),
            "titel": Column("titel"),
            "vertrouwelijkheidaanduiding": Column("vertrouwelijkheidaanduiding"),
            "isGereedVoorPublicatie": Column("is_gereed_voor_publicatie"),
            "tonenAanInitiator": Column("tonen_aan_initiator"),
            "auteur": Column("auteur"),
            "status": Column("status"),
            "inhoudIsVervallen": Column("inhoud_is_vervallen"),
            "formaat": Column("formaat"),
            "taal": Column("taal"),
            "versie": "{t}.deze",
            "beginRegistratie": "{t}.begin_registratie",
            "bestandsnaam": Column("bestandsnaam"),
            "inhoud": f"case when {{t}}.sha256 <> '' then %(origin)s::text || '{ROOT}/enkelvoudiginformatieobjecten/'"
            " || {t}.id || '/download?versie=' || {t}.deze end",
            "bestandsomvang": Column("bestandsomvang"),
            "link": Column("link"),
            "beschrijving": Column("beschrijving"),
            "ontvangstdatum": Column("ontvangstdatum"),
            "verzenddatum": Column("verzenddatum"),
            "indicatieGebruiksrecht": Column("indicatie_gebruiksrecht"),
            "verschijningsvorm": Column("verschijningsvorm"),
            "ondertekening": Group({"soort": Column("ondertekening_soort"), "datum": Column("ondertekening_datum")}),
            "integriteit": Group(
                {
                    "algoritme": Column("integriteit_algoritme"),
                    "waarde": Column("integriteit_waarde"),
                    "datum": Column("integriteit_datum"),
                }
            ),
            "informatieobjecttype": Link("informatieobjecttype", "{t}.informatieobjecttype_id"),
            "locked": "{t}.lock <> ''",
            "bestandsdelen": "coalesce((select json_agg(json_build_object('url', %(origin)s::text ||"
            f" '{ROOT}/bestandsdelen/' || p.id, 'volgnummer', p.volgnummer, 'omvang', p.omvang, 'voltooid',"
            " p.sha256 <> '', 'lock', {t}.lock) order by p.volgnummer) from documenten_bestandsdeel p"
            " where p.informatieobject_id = {t}.id), '[]')",
            "trefwoorden": Column("trefwoorden"),
        },
        filters={
            "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
            "bronorganisatie": Filter("{t}.bronorganisatie = %(bronorganisatie)s", text),
            "trefwoorden": Filter("{t}.trefwoorden @> %(trefwoorden)s::text[]", texts),
            "uuid__in": Filter("{t}.id = any(%(uuid__in)s)", keys),
            "objectinformatieobjecten_object": Filter(
                f"{{t}}.id in (select r.informatieobject_id from {RELATIES} r"
                " where r.zaak_id = %(objectinformatieobjecten_object)s"
                " or r.besluit_id = %(objectinformatieobjecten_object)s)",
                _object,
            ),
            "objectinformatieobjecten_objectType": Filter(
                f"exists (select 1 from {RELATIES} r where r.informatieobject_id = {{t}}.id"
                " and r.object_type = %(objectinformatieobjecten_objectType)s)",
                one_of("zaak", "besluit", "verzoek"),
            ),
        },
    )
)

OBJECTINFORMATIEOBJECT = declare(
    Resource(
        name="objectinformatieobject",
        root=ROOT,
        path="/objectinformatieobjecten",
        table=RELATIES,
        permitted=van_document(),
        fields={
            "informatieobject": Link("enkelvoudiginformatieobject", "{t}.informatieobject_id"),
            "object": "%(origin)s::text || coalesce('/zaken/api/v1/zaken/' || {t}.zaak_id,"
            " '/besluiten/api/v1/besluiten/' || {t}.besluit_id)",
            "objectType": "{t}.object_type",
        },
        filters={
            "informatieobject": Filter(
                "{t}.informatieobject_id = %(informatieobject)s", key_of("enkelvoudiginformatieobject")
            ),
            "object": Filter("({t}.zaak_id = %(object)s or {t}.besluit_id = %(object)s)", _object),
        },
    )
)
PER_DOCUMENT = {
    "informatieobject": Filter("{t}.informatieobject_id = %(informatieobject)s", key_of("enkelvoudiginformatieobject"))
}
_TEKENS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
GEBRUIKSRECHTEN = declare(
    Resource(
        name="gebruiksrechten",
        root=ROOT,
        path="/gebruiksrechten",
        table="documenten_gebruiksrechten",
        permitted=van_document(),
        fields={
            "informatieobject": Link("enkelvoudiginformatieobject", "{t}.informatieobject_id"),
            "startdatum": Column("startdatum"),
            "einddatum": Column("einddatum"),
            "omschrijvingVoorwaarden": Column("omschrijving_voorwaarden"),
        },
        filters={
            **PER_DOCUMENT,
            **{
                f"{veld}__{vorm}": Filter(f"{{t}}.{veld} {teken} %({veld}__{vorm})s::timestamptz", moment)
                for veld in ("startdatum", "einddatum")
                for vorm, teken in _TEKENS.items()
            },
        },
    )
)
VERZENDING = declare(
    Resource(
        name="verzending",
        root=ROOT,
        path="/verzendingen",
        table="documenten_verzending",
        permitted=van_document(),
        fields={
            "betrokkene": Column("betrokkene"),
            "informatieobject": Link("enkelvoudiginformatieobject", "{t}.informatieobject_id"),
            "aardRelatie": Column("aard_relatie"),
            "toelichting": Column("toelichting"),
            "ontvangstdatum": Column("ontvangstdatum"),
            "verzenddatum": Column("verzenddatum"),
            "contactPersoon": Column("contact_persoon"),
            "contactpersoonnaam": Column("contactpersoonnaam"),
            "binnenlandsCorrespondentieadres": Column("binnenlands_correspondentieadres"),
            "buitenlandsCorrespondentieadres": Column("buitenlands_correspondentieadres"),
            "correspondentiePostadres": Column("correspondentie_postadres"),
            "faxnummer": Column("faxnummer"),
            "emailadres": Column("emailadres"),
            "mijnOverheid": Column("mijn_overheid"),
            "telefoonnummer": Column("telefoonnummer"),
        },
        filters={
            **PER_DOCUMENT,
            "betrokkene": Filter("{t}.betrokkene = %(betrokkene)s", text),
            "aardRelatie": Filter("{t}.aard_relatie = %(aardRelatie)s", one_of("afzender", "geadresseerde")),
        },
    )
)
BESTANDSDEEL = declare(
    Resource(
        name="bestandsdeel",
        root=ROOT,
        path="/bestandsdelen",
        table="documenten_bestandsdeel",
        permitted=van_document(),
        fields={
            "lock": "(select d.lock from documenten_informatieobject d where d.id = {t}.informatieobject_id)",
            "omvang": "{t}.omvang",
            "inhoud": "''",
            "voltooid": "{t}.sha256 <> ''",
            "volgnummer": "{t}.volgnummer",
        },
    )
)

"""The resources of the Documenten API 1.7.0, declared. A document is shown as its last version."""

from loket.foundation.api.resource import Column, Filter, Group, Link, Resource, declare, text, texts

ROOT = "/documenten/api/v1"
TOEGESTAAN = """{t}.informatieobjecttype_id = any(%(documenten_typen)s::uuid[]) and {t}.va_rang <=
    (%(documenten_rangen)s::smallint[])[array_position(%(documenten_typen)s::uuid[], {t}.informatieobjecttype_id)]"""

_VERSIE = (
    *("creatiedatum", "titel", "vertrouwelijkheidaanduiding", "is_gereed_voor_publicatie", "tonen_aan_initiator"),
    *("auteur", "status", "inhoud_is_vervallen", "formaat", "taal", "begin_registratie", "bestandsnaam", "sha256"),
    *("bestandsomvang", "link", "beschrijving", "ontvangstdatum", "verzenddatum", "verschijningsvorm"),
    *("ondertekening_soort", "ondertekening_datum", "integriteit_algoritme", "integriteit_waarde"),
    *("integriteit_datum", "trefwoorden"),
)
_RANG = "array_position('{openbaar,beperkt_openbaar,intern,zaakvertrouwelijk,vertrouwelijk,confidentieel,geheim,zeer_geheim}'::text[], v.vertrouwelijkheidaanduiding::text)"  # noqa: E501
TABEL = f"""(select d.*, {", ".join(f"v.{naam}" for naam in _VERSIE)}, {_RANG} as va_rang
    from documenten_informatieobject d join documenten_informatieobjectversie v
    on v.informatieobject_id = d.id and v.versie = d.versie)"""

DOCUMENT = declare(
    Resource(
        name="enkelvoudiginformatieobject",
        root=ROOT,
        path="/enkelvoudiginformatieobjecten",
        table=TABEL,
        permitted=TOEGESTAAN,
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
            "versie": "{t}.versie",
            "beginRegistratie": "{t}.begin_registratie",
            "bestandsnaam": Column("bestandsnaam"),
            "inhoud": f"case when {{t}}.sha256 <> '' then %(origin)s::text || '{ROOT}/enkelvoudiginformatieobjecten/'"
            " || {t}.id || '/download?versie=' || {t}.versie end",
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
            "bestandsdelen": "'[]'::jsonb",
            "trefwoorden": Column("trefwoorden"),
        },
        filters={
            "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
            "bronorganisatie": Filter("{t}.bronorganisatie = %(bronorganisatie)s", text),
            "trefwoorden": Filter("{t}.trefwoorden @> %(trefwoorden)s::text[]", texts),
        },
    )
)

"""The Zaken API as a supplier's program uses it."""

import random
from typing import Any
from uuid import uuid4

import pytest

from loket.foundation.access.actor import Actor
from loket.foundation.api.shape import faults
from loket.foundation.database.sql import row, rows, value
from loket.registers.autorisaties import commands as autorisaties
from loket.registers.zaken.api import API
from loket.registers.zaken.jobs import tel_op
from tests.apiclient import GEHEIM, HOST, Client, Reply, met_alles
from tests.registers.catalogi.bouw import CATALOGI, Bouw
from tests.services.reacties.wereld import Wereld

ZAKEN = "/zaken/api/v1"
RSIN = "517439943"
CRS = {"HTTP_ACCEPT_CRS": "EPSG:4326", "HTTP_CONTENT_CRS": "EPSG:4326"}


class Leverancier:
    """A program with a zaaktype of its own, in one organisation."""

    def __init__(self, organisatie: Any) -> None:
        self.organisatie = organisatie
        self.bouw = Bouw(met_alles(organisatie, CATALOGI))
        self.client = Client("alles", ZAKEN)
        self.zaaktype = self.bouw.heel()
        self.statustypen = self.zaaktype["statustypen"]

    def beperkt(self, *scopes: str, va: str = "zeer_geheim", zaaktype: str = "", naam: str = "beperkt") -> Client:
        """A client with these scopes for the zaaktype, up to a confidentiality."""
        systeem = Actor.system("test", self.organisatie)
        wat = {"zaaktype": zaaktype or self.zaaktype["url"], "maxVertrouwelijkheidaanduiding": va}
        id = autorisaties.maak_applicatie(
            systeem,
            organisatie=self.organisatie,
            label=naam,
            client_ids=[naam],
            autorisaties=[{"component": "zrc", "scopes": list(scopes), **wat}],
        )
        autorisaties.geef_geheim(systeem, id, GEHEIM)
        return Client(naam, ZAKEN)

    def stuur(self, path: str, **velden: Any) -> Reply:
        """POST."""
        return self.client("POST", path, velden, **CRS)

    def zaak(self, **velden: Any) -> dict[str, Any]:
        """A zaak that must be taken."""
        reply = self.stuur("/zaken", **self.velden(**velden))
        assert reply.status == 201, reply.body
        made: dict[str, Any] = reply.json
        return made

    def velden(self, **velden: Any) -> dict[str, Any]:
        """What a zaak needs."""
        return {
            "zaaktype": self.zaaktype["url"],
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": "2024-05-01",
            **velden,
        }

    def status(self, zaak: dict[str, Any], welke: int = 0, dag: str = "2024-05-02", **velden: Any) -> Reply:
        """A step."""
        return self.stuur(
            "/statussen",
            zaak=zaak["url"],
            statustype=self.statustypen[welke],
            datumStatusGezet=f"{dag}T10:00:00Z",
            **velden,
        )

    def resultaat(self, zaak: dict[str, Any]) -> Reply:
        """How it ended."""
        return self.stuur("/resultaten", zaak=zaak["url"], resultaattype=self.zaaktype["resultaattypen"][0])

    def gesloten(self) -> dict[str, Any]:
        """A zaak that is closed."""
        zaak = self.zaak()
        assert self.resultaat(zaak).status == 201
        reply = self.status(zaak, 1)
        assert reply.status == 201, reply.body
        gelezen: dict[str, Any] = self.client("GET", zaak["url"]).json
        return gelezen

    def rol(self, zaak: dict[str, Any], bsn: str = "999993653", **velden: Any) -> Reply:
        """Somebody in it."""
        return self.stuur(
            "/rollen",
            **{
                "zaak": zaak["url"],
                "betrokkeneType": "natuurlijk_persoon",
                "roltype": self.zaaktype["roltypen"][0],
                "roltoelichting": "aanvrager",
                "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": "Jansen", "voornamen": "Jan"},
                **velden,
            },
        )


@pytest.fixture
def lev(db: None) -> Leverancier:
    return Leverancier(Wereld("LW", "Gemeente Lindewaard").organisatie.id)


def test_every_operation_has_a_handler_and_no_handler_is_extra() -> None:
    assert set(API.handlers) == {each.id for each in API.contract.operations}


def test_a_zaak_from_beginning_to_end(lev: Leverancier) -> None:
    zaak = lev.zaak(omschrijving="Een kap", kenmerken=[{"kenmerk": "X1", "bron": "DMS"}])
    assert zaak["url"] == f"{HOST}{ZAKEN}/zaken/{zaak['uuid']}"
    assert zaak["vertrouwelijkheidaanduiding"] == "openbaar", "zrc-009: the zaaktype's"
    assert zaak["identificatie"].startswith("LW-"), "zrc-002"
    assert (zaak["status"], zaak["einddatum"], zaak["resultaat"]) == (None, None, None)
    assert not faults(API.contract, API.contract.document["components"]["schemas"]["Zaak"], _vol(zaak))
    assert lev.status(zaak).status == 201
    rol = lev.rol(zaak)
    assert rol.status == 201, rol.body
    assert (rol.json["omschrijving"], rol.json["omschrijvingGeneriek"]) == ("Aanvrager", "initiator")
    eigenschap = lev.stuur(
        f"/zaken/{zaak['uuid']}/zaakeigenschappen",
        zaak=zaak["url"],
        eigenschap=lev.zaaktype["eigenschappen"][0],
        waarde="1931",
    )
    assert (eigenschap.status, eigenschap.json["naam"]) == (201, "bouwjaar")
    assert eigenschap.headers["Location"] == eigenschap.json["url"]
    adres = {"identificatie": "1", "wplWoonplaatsNaam": "L", "gorOpenbareRuimteNaam": "Dorpsstraat", "huisnummer": 1}
    zaakobject = lev.stuur("/zaakobjecten", zaak=zaak["url"], objectType="adres", objectIdentificatie=adres)
    assert zaakobject.status == 201, zaakobject.body
    assert lev.status(zaak, 1, "2024-06-03").codes() == {("nonFieldErrors", "resultaat-does-not-exist")}
    assert lev.resultaat(zaak).status == 201
    assert lev.resultaat(zaak).codes() == {("zaak", "unique")}
    assert lev.status(zaak, 1, "2024-06-03").status == 201
    dicht = lev.client("GET", f"{zaak['url']}?expand=status.statustype,resultaat.resultaattype,rollen,zaaktype").json
    assert dicht["einddatum"] == "2024-06-03", "zrc-007"
    assert (dicht["archiefnominatie"], dicht["archiefactiedatum"]) == ("vernietigen", "2029-06-03"), "zrc-021"
    assert dicht["_expand"]["status"]["_expand"]["statustype"]["isEindstatus"] is True
    assert dicht["_expand"]["rollen"][0]["betrokkeneIdentificatie"]["inpBsn"] == "999993653"
    assert [each["url"] for each in dicht["_expand"]["rollen"]] == dicht["rollen"]
    for naam in ("eigenschappen", "zaakobjecten", "rollen"):
        assert lev.client("GET", dicht[naam][0]).status == 200
    laatste = lev.client("GET", f"/statussen?zaak={zaak['url']}&indicatieLaatstGezetteStatus=true").json["results"]
    assert [each["url"] for each in laatste] == [dicht["status"]]


def _vol(each: dict[str, Any]) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in each.items() if waarde not in ("", None) and naam != "verlenging"}


def test_a_zaak_of_a_client_is_work_for_employees_and_seen_by_its_resident(lev: Leverancier) -> None:
    zaak = lev.zaak(omschrijving="Kapvergunning")
    assert row("select onderwerp from zaken_werkvoorraad where zaak_id = %s", (zaak["uuid"],)) == {
        "onderwerp": "Kapvergunning"
    }
    lev.client("PATCH", zaak["url"], {"omschrijving": "Twee bomen"}, **CRS)
    assert value("select onderwerp from zaken_werkvoorraad where zaak_id = %s", (zaak["uuid"],)) == "Twee bomen"
    lev.rol(zaak)
    tweede = lev.zaak()
    lev.rol(tweede)
    partijen = value("select count(distinct partij_id) from zaken_rol where partij_id is not null")
    assert partijen == 1, "one person, however many zaken"
    for tabel in ("zaken_rol", "loket_api_auditregel", "klanten_partijidentificator", "loket_events_event"):
        assert not value(f"select count(*) from {tabel} t where t::text like '%%999993653%%'"), "kept sealed"
    gelogd = "select count(*) from loket_audit_dataverwerking where zaak = %s"
    assert value(gelogd, (zaak["uuid"],)) == 0
    lev.client("GET", zaak["url"])
    assert value(gelogd, (zaak["uuid"],)) == 1, "reading is logged for the person it is about"


def test_zrc_001_to_015_what_a_zaak_may_not_be(lev: Leverancier) -> None:
    concept = lev.bouw.zaaktype("CONCEPT")
    zaak = lev.zaak(identificatie="EIGEN-1")
    deel = lev.zaak(hoofdzaak=zaak["url"])
    weg = f"{HOST}{CATALOGI}/zaaktypen/{uuid4()}"
    voor = value("select count(*) from zaken_zaak")
    for velden, code in (
        ({"zaaktype": concept["url"]}, ("zaaktype", "not-published")),
        ({"zaaktype": weg}, ("zaaktype", "bad-url")),
        ({"zaaktype": lev.statustypen[0]}, ("zaaktype", "invalid-resource")),
        ({"zaaktype": "https://127.0.0.1/x"}, ("zaaktype", "bad-url")),
        ({"identificatie": "EIGEN-1"}, ("identificatie", "identificatie-niet-uniek")),
        ({"bronorganisatie": "123456789"}, ("bronorganisatie", "invalid")),
        ({"hoofdzaak": deel["url"]}, ("hoofdzaak", "no_match")),
        ({"hoofdzaak": lev.zaaktype["url"]}, ("hoofdzaak", "no_match")),
        (
            {"relevanteAndereZaken": [{"url": f"{zaak['url'][:-4]}0000", "aardRelatie": "vervolg"}]},
            ("relevanteAndereZaken.0.url", "bad-url"),
        ),
        ({"verlenging": {"reden": "Druk"}}, ("verlenging.duur", "required")),
        ({"opschorting": {"indicatie": True}}, ("opschorting.reden", "required")),
        (
            {"betalingsindicatie": "nvt", "laatsteBetaaldatum": "2024-01-01T00:00:00Z"},
            ("laatsteBetaaldatum", "betaling-nvt"),
        ),
        (
            {"betalingsindicatie": "geheel", "laatsteBetaaldatum": "2999-01-01T00:00:00Z"},
            ("laatsteBetaaldatum", "max_value"),
        ),
        ({"productenOfDiensten": ["https://elders.example/2"]}, ("productenOfDiensten", "invalid-products-services")),
        ({"archiefstatus": "gearchiveerd"}, ("archiefnominatie", "archiefnominatie-not-set")),
        ({"startdatum": "gisteren"}, ("startdatum", "invalid")),
        ({"zaakgeometrie": {"type": "Point"}}, ("zaakgeometrie", "invalid")),
    ):
        reply = lev.stuur("/zaken", **lev.velden(**velden))
        assert (reply.status, code in reply.codes()) == (400, True), (velden, reply.body)
    assert value("select count(*) from zaken_zaak") == voor, "nothing stored"
    for velden, naam in (({"identificatie": "ANDERS"}, "identificatie"), ({"zaaktype": concept["url"]}, "zaaktype")):
        reply = lev.client("PATCH", zaak["url"], velden, **CRS)
        assert (reply.status, reply.codes()) == (400, {(naam, "wijzigen-niet-toegelaten")})
    assert lev.client("PATCH", zaak["url"], {"hoofdzaak": zaak["url"]}, **CRS).codes() == {
        ("hoofdzaak", "self-forbidden")
    }
    groepen = lev.client("PATCH", zaak["url"], {"verlenging": None, "opschorting": None}, **CRS).json
    assert groepen["verlenging"] == {"reden": "", "duur": None}, "zrc-012: always the nested structure"
    assert groepen["opschorting"] == {"indicatie": False, "reden": ""}
    betaald = {"betalingsindicatie": "geheel", "laatsteBetaaldatum": "2024-01-01T00:00:00Z"}
    assert lev.client("PATCH", zaak["url"], betaald, **CRS).json["laatsteBetaaldatum"]
    assert lev.client("PATCH", zaak["url"], {"betalingsindicatie": "nvt"}, **CRS).json["laatsteBetaaldatum"] is None


def test_zrc_006_a_client_sees_what_its_autorisaties_cover(lev: Leverancier) -> None:
    open_ = lev.zaak()
    dicht = lev.zaak(vertrouwelijkheidaanduiding="geheim")
    ander = lev.bouw.heel("ANDER")
    elders = lev.zaak(zaaktype=ander["url"])
    client = lev.beperkt("zaken.lezen", va="vertrouwelijk")
    lijst = client("GET", "/zaken")
    assert (lijst.json["count"], [each["url"] for each in lijst.json["results"]]) == (1, [open_["url"]])
    assert client("GET", open_["url"]).status == 200
    for each in (dicht, elders):
        reply = client("GET", each["url"])
        assert (reply.status, reply.json["code"]) == (403, "permission_denied")
    assert client("GET", f"/zaken/{uuid4()}").status == 404
    lev.status(dicht)
    assert client("GET", "/statussen").json["count"] == 0
    assert client("POST", "/zaken", lev.velden(), **CRS).status == 403
    maker = lev.beperkt("zaken.aanmaken", "zaken.lezen", va="openbaar", naam="maker")
    assert maker("POST", "/zaken", lev.velden(), **CRS).status == 201
    assert maker("POST", "/zaken", lev.velden(vertrouwelijkheidaanduiding="geheim"), **CRS).status == 403
    assert maker("POST", "/zaken", lev.velden(zaaktype=ander["url"]), **CRS).status == 403


def test_zrc_007_a_closed_zaak_stays_as_it_is_unless_forced(lev: Leverancier) -> None:
    zaak = lev.gesloten()
    scopes = ("zaken.lezen", "zaken.aanmaken", "zaken.bijwerken", "zaken.statussen.toevoegen")
    gewoon = lev.beperkt(*scopes)
    rol = {
        "zaak": zaak["url"],
        "betrokkene": "https://elders.example/p/1",
        "betrokkeneType": "natuurlijk_persoon",
        "roltype": lev.zaaktype["roltypen"][0],
        "roltoelichting": "x",
    }
    eigenschap = {"zaak": zaak["url"], "eigenschap": lev.zaaktype["eigenschappen"][0], "waarde": "1"}
    pogingen = (
        ("PATCH", zaak["url"], {"omschrijving": "x"}),
        ("POST", "/rollen", rol),
        ("POST", f"{zaak['url']}/zaakeigenschappen", eigenschap),
        ("DELETE", zaak["resultaat"], None),
        ("PATCH", zaak["resultaat"], {"toelichting": "x"}),
    )
    for method, path, body in pogingen:
        reply = gewoon(method, path, body, **CRS)
        assert (reply.status, reply.json["code"]) == (403, "permission_denied"), path
    gedwongen = lev.beperkt(*scopes, "zaken.geforceerd-bijwerken", naam="gedwongen")
    for method, path, body in pogingen[:3]:
        assert gedwongen(method, path, body, **CRS).status in (200, 201), path


def test_zrc_008_reopening_needs_its_own_scope_and_empties_the_end(lev: Leverancier) -> None:
    zaak = lev.gesloten()
    stap = {"zaak": zaak["url"], "statustype": lev.statustypen[0], "datumStatusGezet": "2024-07-01T10:00:00Z"}
    assert lev.beperkt("zaken.statussen.toevoegen", "zaken.lezen")("POST", "/statussen", stap).status == 403
    heropener = lev.beperkt("zaken.heropenen", "zaken.lezen", naam="heropener")
    assert heropener("POST", "/statussen", stap).status == 201
    weer_open = lev.client("GET", zaak["url"]).json
    assert [weer_open[naam] for naam in ("einddatum", "archiefactiedatum", "archiefnominatie")] == [None] * 3


def test_who_may_only_make_zaken_sets_one_status(lev: Leverancier) -> None:
    client = lev.beperkt("zaken.aanmaken", "zaken.lezen")
    zaak = client("POST", "/zaken", lev.velden(), **CRS).json
    stap = {"zaak": zaak["url"], "statustype": lev.statustypen[0], "datumStatusGezet": "2024-07-01T10:00:00Z"}
    assert client("POST", "/statussen", stap).status == 201
    assert client("POST", "/statussen", stap).status == 403


def test_zrc_016_018_019_020_parts_are_of_the_zaaktype_of_the_zaak(lev: Leverancier) -> None:
    zaak, ander = lev.zaak(), lev.bouw.heel("ANDER")
    moment = "2024-05-03T10:00:00Z"
    for path, velden in (
        ("/statussen", {"statustype": ander["statustypen"][0], "datumStatusGezet": moment}),
        ("/resultaten", {"resultaattype": ander["resultaattypen"][0]}),
        (f"{zaak['url']}/zaakeigenschappen", {"eigenschap": ander["eigenschappen"][0], "waarde": "1"}),
        (
            "/rollen",
            {
                "roltype": ander["roltypen"][0],
                "betrokkeneType": "natuurlijk_persoon",
                "betrokkene": "https://x.example/1",
                "roltoelichting": "x",
            },
        ),
    ):
        reply = lev.stuur(path, zaak=zaak["url"], **velden)
        assert (reply.status, reply.codes()) == (400, {("nonFieldErrors", "zaaktype-mismatch")}), path
    assert lev.status(zaak, dag="2024-04-30").codes() == {("datumStatusGezet", "invalid")}, "not before the startdatum"


def test_zrc_023_a_zaak_goes_with_all_that_belongs_to_it(lev: Leverancier) -> None:
    zaak = lev.gesloten()
    deel = lev.zaak(hoofdzaak=zaak["url"])
    lev.rol(deel)
    assert lev.client("DELETE", zaak["url"]).status == 204
    for url in (zaak["url"], deel["url"], zaak["status"], zaak["resultaat"]):
        assert lev.client("GET", url).status == 404
    assert not rows("select 1 from loket_api_auditregel where hoofdobject = %s", (zaak["uuid"],))
    assert lev.client("DELETE", zaak["url"]).status == 404


def test_an_eigenschap_that_does_not_fit_is_kept_with_a_warning(lev: Leverancier) -> None:
    zaak = lev.zaak()
    velden = {"zaak": zaak["url"], "eigenschap": lev.zaaktype["eigenschappen"][0]}
    reply = lev.stuur(f"{zaak['url']}/zaakeigenschappen", waarde="heel oud", **velden)
    assert (reply.status, reply.json["waarde"]) == (201, "heel oud")
    assert reply.headers["X-Warning"]
    url = reply.json["url"]
    goed = lev.client("PATCH", url, {"waarde": "1931"})
    assert (goed.status, "X-Warning" in goed.headers) == (200, False)
    assert lev.client("PATCH", url, {"eigenschap": lev.zaaktype["url"]}).status == 400
    ander = lev.zaak()
    elders = url.replace(zaak["uuid"], ander["uuid"])
    assert lev.client("GET", elders).status == 404, "not below another zaak"
    assert lev.client("DELETE", elders).status == 404
    assert lev.client("GET", f"{zaak['url']}/zaakeigenschappen").json == [goed.json]


def test_zoek_finds_by_body_geometry_and_fields(lev: Leverancier) -> None:
    lindewaard = {"type": "Point", "coordinates": [5.1, 52.1]}
    hier = lev.zaak(zaakgeometrie=lindewaard)
    lev.zaak(zaakgeometrie={"type": "Point", "coordinates": [6.5, 53.2]})
    vierkant = {"type": "Polygon", "coordinates": [[[5, 52], [5.2, 52], [5.2, 52.2], [5, 52.2], [5, 52]]]}
    gevonden = lev.stuur("/zaken/_zoek", zaakgeometrie={"within": vierkant}).json
    assert [each["url"] for each in gevonden["results"]] == [hier["url"]]
    assert hier["zaakgeometrie"] == lindewaard
    assert lev.stuur("/zaken/_zoek", uuid__in=[hier["uuid"]]).json["count"] == 1
    lev.status(hier)
    velden = ["identificatie", {"zaaktype": ["omschrijving", {"catalogus": ["domein"]}], "status": ["*"]}]
    een = lev.stuur("/zaken/_zoek", uuid__in=[hier["uuid"]], fields=velden).json["results"][0]
    assert een["identificatie"] == hier["identificatie"]
    assert een["_expand"]["zaaktype"] == {"omschrijving": "Zaaktype ZT", "_expand": {"catalogus": {"domein": "BOUW"}}}
    assert een["_expand"]["status"]["statustoelichting"] == ""
    assert set(een) == {"identificatie", "_expand"}
    assert lev.stuur("/zaken/_zoek", fields=["url"], expand="zaaktype").codes() == {("fields", "invalid")}
    assert lev.stuur("/zaken/_zoek", fields=["bestaatniet"]).status == 404


def test_coordinates_are_degrees(lev: Leverancier) -> None:
    zaak = lev.zaak()
    for headers, status in (({"HTTP_ACCEPT_CRS": "EPSG:28992"}, 406), ({"HTTP_CONTENT_CRS": "EPSG:28992"}, 415)):
        assert lev.client("PATCH", zaak["url"], {"omschrijving": "x"}, **headers).status == status
    assert lev.client("GET", zaak["url"]).headers["Content-Crs"] == "EPSG:4326"


def test_filters_and_ordering(lev: Leverancier) -> None:
    oud, nieuw = lev.zaak(startdatum="2020-01-01"), lev.zaak(startdatum="2024-01-01")
    lev.rol(oud)

    def urls(vraag: str) -> list[str]:
        reply = lev.client("GET", f"/zaken?{vraag}")
        assert reply.status == 200, reply.body
        assert reply.json["count"] == len(reply.json["results"])
        return [each["url"] for each in reply.json["results"]]

    bsn = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
    assert urls(f"{bsn}=999993653") == [oud["url"]]
    assert urls("rol__omschrijvingGeneriek=initiator") == [oud["url"]]
    assert urls("startdatum__gt=2023-01-01") == [nieuw["url"]]
    assert urls("ordering=-startdatum") == [nieuw["url"], oud["url"]]
    assert urls("einddatum__isnull=true&ordering=startdatum") == [oud["url"], nieuw["url"]]
    assert urls(f"identificatie={oud['identificatie']}&bronorganisatie={RSIN}") == [oud["url"]]
    assert urls("maximaleVertrouwelijkheidaanduiding=openbaar&archiefstatus=gearchiveerd") == []
    for vraag, naam in (("ordering=kleur", "ordering"), ("startdatum=nu", "startdatum"), ("x=1", "x")):
        reply = lev.client("GET", f"/zaken?{vraag}")
        assert (reply.status, {each for each, _ in reply.codes()}) == (400, {naam})


def test_numbers_are_reserved_for_ever(lev: Leverancier) -> None:
    een = lev.stuur("/zaaknummer_reserveren", bronorganisatie=RSIN)
    assert (een.status, set(een.json)) == (201, {"zaaknummer"})
    meer = lev.stuur("/zaaknummer_reserveren", bronorganisatie=RSIN, aantal=3).json
    nummers = [een.json["zaaknummer"], *(each["zaaknummer"] for each in meer)]
    assert len(set(nummers)) == 4
    assert lev.zaak()["identificatie"] not in nummers
    assert lev.zaak(identificatie=nummers[1])["identificatie"] == nummers[1]
    volgende = lev.zaak()["identificatie"]
    kop, volg = volgende.rsplit("-", 1)
    lev.zaak(identificatie=f"{kop}-{int(volg) + 1:05d}")
    assert lev.zaak()["identificatie"] == f"{kop}-{int(volg) + 2:05d}", "a number that a client took is passed over"


def test_a_zaaknotitie_changes_only_as_concept(lev: Leverancier) -> None:
    zaak = lev.zaak()
    velden = {"onderwerp": "Let op", "tekst": "Bel eerst.", "gerelateerdAan": zaak["url"], "status": "concept"}
    notitie = lev.stuur("/zaaknotities", **velden)
    assert notitie.status == 201, notitie.body
    url = notitie.json["url"]
    assert lev.client("PATCH", url, {"status": "definitief"}).json["status"] == "definitief"
    reply = lev.client("PATCH", url, {"tekst": "Anders"})
    assert (reply.status, reply.codes()) == (400, {("status", "wijzigen-niet-toegelaten")})
    lijst = lev.client("GET", f"/zaaknotities?gerelateerdAan={zaak['url']}&tekst__icontains=BEL&pageSize=1").json
    assert [each["url"] for each in lijst["results"]] == [url]


def test_every_write_is_told_and_kept_in_the_trail(lev: Leverancier) -> None:
    zaak = lev.zaak()
    lev.status(zaak)
    lev.client("PATCH", zaak["url"], {"omschrijving": "Anders"}, **CRS, HTTP_X_AUDIT_TOELICHTING="Op verzoek")
    regels = rows(
        "select resource, actie, toelichting, oud ->> 'omschrijving' as oud, nieuw ->> 'omschrijving' as nieuw"
        " from loket_api_auditregel where hoofdobject = %s order by id",
        (zaak["uuid"],),
    )
    assert [(each["resource"], each["actie"]) for each in regels] == [
        ("zaak", "create"),
        ("status", "create"),
        ("zaak", "partial_update"),
    ]
    assert (regels[-1]["oud"], regels[-1]["nieuw"], regels[-1]["toelichting"]) == ("", "Anders", "Op verzoek")
    verteld = rows(
        "select data from loket_events_event where type = 'nl.loket.api.object.gewijzigd' and subject = %s"
        " order by volg",
        (zaak["uuid"],),
    )
    assert [(each["data"]["resource"], each["data"]["actie"]) for each in verteld] == [
        ("zaak", "create"),
        ("status", "create"),
        ("zaak", "partial_update"),
    ]
    assert verteld[0]["data"]["kenmerken"] == {
        "bronorganisatie": RSIN,
        "zaaktype": lev.zaaktype["url"].removeprefix(HOST),
        "vertrouwelijkheidaanduiding": "openbaar",
    }


def test_the_count_is_exact_whatever_happened(lev: Leverancier) -> None:
    ander = lev.bouw.heel("ANDER")
    client = lev.beperkt("zaken.lezen", va="intern")
    dobbel = random.Random(7)
    zaken: list[dict[str, Any]] = []
    for beurt in range(24):
        wat = dobbel.choice("mmmwvt")
        if wat == "m" or not zaken:
            va = dobbel.choice(["openbaar", "geheim"])
            soort = dobbel.choice([lev.zaaktype, ander])["url"]
            zaken.append(lev.zaak(zaaktype=soort, vertrouwelijkheidaanduiding=va))
        elif wat == "w":
            va = dobbel.choice(["openbaar", "intern", "geheim"])
            lev.client("PATCH", dobbel.choice(zaken)["url"], {"vertrouwelijkheidaanduiding": va}, **CRS)
        elif wat == "v":
            lev.client("DELETE", zaken.pop(dobbel.randrange(len(zaken)))["url"])
        else:
            tel_op()
        for wie in (lev.client, client):
            for vraag in ("", f"?zaaktype={ander['url']}", "?maximaleVertrouwelijkheidaanduiding=openbaar"):
                lijst = wie("GET", f"/zaken{vraag}").json
                assert lijst["count"] == len(lijst["results"]), (beurt, vraag)


def test_a_broad_autorisatie_covers_versions_that_are_still_to_come(lev: Leverancier) -> None:
    systeem = Actor.system("test", lev.organisatie)
    catalogus = lev.zaaktype["catalogus"].rsplit("/", 1)[1]
    breed = {"component": "zrc", "scopes": ["zaken.lezen"], "catalogus_id": catalogus, "max_va": 3}
    for naam, wat in (("versies", "ZT"), ("catalogus", "")):
        id = autorisaties.maak_applicatie(
            systeem, organisatie=lev.organisatie, label=naam, client_ids=[naam], breed=[{**breed, "naam": wat}]
        )
        autorisaties.geef_geheim(systeem, id, GEHEIM)
    versies, alle = Client("versies", ZAKEN), Client("catalogus", ZAKEN)
    eerste = lev.zaak()
    assert versies("GET", "/zaken").json["count"] == alle("GET", "/zaken").json["count"] == 1
    lev.bouw.client("PATCH", lev.zaaktype["url"], {"eindeGeldigheid": "2023-12-31"})
    nieuw = lev.bouw.zaaktype("ZT", beginGeldigheid="2024-01-01")
    lev.bouw.client("POST", f"{nieuw['url']}/publish")
    tweede = lev.zaak(zaaktype=nieuw["url"])
    ander = lev.zaak(zaaktype=lev.bouw.heel("ANDER")["url"])
    lev.zaak(vertrouwelijkheidaanduiding="geheim")
    assert {each["url"] for each in versies("GET", "/zaken").json["results"]} == {eerste["url"], tweede["url"]}
    assert versies("GET", ander["url"]).status == 403
    assert alle("GET", "/zaken").json["count"] == 3
    assert alle("POST", "/zaken", lev.velden(), **CRS).status == 403

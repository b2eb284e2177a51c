"""The Documenten API as a supplier's program uses it."""

import base64
import hashlib
from typing import Any

import pytest
from django.test import override_settings

from loket.foundation.database.sql import value
from loket.registers.documenten.api import API
from tests.apiclient import Client, Reply
from tests.registers.zaken.test_api import RSIN, Leverancier
from tests.services.reacties.wereld import Wereld

ROOT = "/documenten/api/v1"
INHOUD = b"Geachte heer, \x00\xff mevrouw" * 40


class Archivaris(Leverancier):
    """The supplier, with documents."""

    def __init__(self, organisatie: Any) -> None:
        super().__init__(organisatie)
        self.documenten = Client("alles", ROOT)
        self.soort = self.zaaktype["informatieobjecttypen"][0]

    def gegevens(self, **velden: Any) -> dict[str, Any]:
        """What a document needs."""
        return {
            "bronorganisatie": RSIN,
            "creatiedatum": "2024-05-01",
            "titel": "Brief",
            "auteur": "Jan",
            "taal": "nld",
            "formaat": "text/plain",
            "bestandsnaam": "brief één.txt",
            "informatieobjecttype": self.soort,
            **velden,
        }

    def maak(self, **velden: Any) -> Reply:
        """POST a document."""
        return self.documenten("POST", "/enkelvoudiginformatieobjecten", self.gegevens(**velden))

    def document(self, **velden: Any) -> dict[str, Any]:
        """A document with content, which must be taken."""
        inhoud = base64.b64encode(INHOUD).decode()
        reply = self.maak(**{"inhoud": inhoud, "bestandsomvang": len(INHOUD), **velden})
        assert reply.status == 201, reply.body
        made: dict[str, Any] = reply.json
        return made

    def stuur_deel(self, url: str, lock: str, inhoud: bytes) -> Reply:
        """PUT one part."""
        grens = "grens0123"
        body = (
            f'--{grens}\r\nContent-Disposition: form-data; name="lock"\r\n\r\n{lock}\r\n--{grens}\r\n'
            'Content-Disposition: form-data; name="inhoud"; filename="deel"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode() + inhoud + f"\r\n--{grens}--\r\n".encode()  # fmt: skip
        return self.documenten("PUT", url, body, CONTENT_TYPE=f"multipart/form-data; boundary={grens}")


@pytest.fixture
def lev(db: None) -> Archivaris:
    return Archivaris(Wereld("LW", "Gemeente Lindewaard").organisatie.id)


def test_every_operation_has_a_handler_and_no_handler_is_extra() -> None:
    assert set(API.handlers) == {each.id for each in API.contract.operations}


def test_a_document_is_kept_with_its_content_and_read_back(lev: Archivaris) -> None:
    made = lev.document()
    assert made["vertrouwelijkheidaanduiding"] == "openbaar", "drc-007"
    assert (made["versie"], made["locked"], made["bestandsdelen"], made["lock"]) == (1, False, [], "")
    heel = lev.documenten("GET", made["inhoud"])
    assert (heel.status, heel.body) == (200, INHOUD)
    assert heel.headers["Content-Type"] == "text/plain"
    assert heel.headers["Content-Length"] == str(len(INHOUD))
    assert "brief%20%C3%A9%C3%A9n.txt" in heel.headers["Content-Disposition"]
    assert not value("select count(*) from documenten_bestandsdeel")
    leeg = lev.maak().json
    assert (leeg["inhoud"], leeg["bestandsomvang"]) == (None, None)
    assert lev.documenten("GET", f"{leeg['url']}/download").status == 404


@pytest.mark.parametrize(
    ("bereik", "status", "verwacht"),
    [
        ("bytes=0-9", 206, INHOUD[:10]),
        ("bytes=10-", 206, INHOUD[10:]),
        ("bytes=-5", 206, INHOUD[-5:]),
        ("bytes=5-999999", 206, INHOUD[5:]),
        ("bytes=999999-", 416, None),
        ("bytes=9-5", 200, INHOUD),
        ("regels=1-2", 200, INHOUD),
    ],
)
def test_a_part_of_the_content_may_be_asked(lev: Archivaris, bereik: str, status: int, verwacht: bytes) -> None:
    url = lev.document()["inhoud"]
    reply = lev.documenten("GET", url, HTTP_RANGE=bereik)
    assert reply.status == status
    if verwacht is not None:
        assert reply.body == verwacht
    else:
        assert reply.headers["Content-Range"] == f"bytes */{len(INHOUD)}"
    if status == 206:
        assert lev.documenten("GET", url, HTTP_RANGE=bereik, HTTP_IF_RANGE='"anders"').status == 200


def test_drc_009_a_change_is_a_new_version_under_a_lock(lev: Archivaris) -> None:
    made = lev.document()
    url = made["url"]

    def fout(reply: Reply) -> set[tuple[str, str]]:
        assert reply.status == 400, reply.body
        return reply.codes()

    assert fout(lev.documenten("PATCH", url, {"titel": "x", "lock": "niets"})) == {("nonFieldErrors", "unlocked")}
    lock = lev.documenten("POST", f"{url}/lock").json["lock"]
    assert fout(lev.documenten("POST", f"{url}/lock")) == {("nonFieldErrors", "existing-lock")}
    assert fout(lev.documenten("PATCH", url, {"titel": "x"})) == {("nonFieldErrors", "missing-lock-id")}
    assert fout(lev.documenten("PATCH", url, {"titel": "x", "lock": "fout"})) == {
        ("nonFieldErrors", "incorrect-lock-id")
    }
    assert fout(lev.documenten("PUT", url, lev.gegevens())) == {("lock", "required")}
    assert fout(lev.documenten("DELETE", url)) == {("nonFieldErrors", "locked")}
    tweede = lev.documenten("PATCH", url, {"titel": "Andere brief", "lock": lock})
    assert (tweede.status, tweede.json["versie"], tweede.json["titel"]) == (200, 2, "Andere brief")
    nieuw = base64.b64encode(b"nieuw").decode()
    derde = lev.documenten("PATCH", url, {"inhoud": nieuw, "bestandsomvang": 5, "lock": lock}).json
    assert lev.documenten("GET", derde["inhoud"]).body == b"nieuw"
    assert lev.documenten("GET", f"{url}/download?versie=1").body == INHOUD, "what was stays"
    eerste = lev.documenten("GET", f"{url}?versie=1").json
    assert (eerste["titel"], eerste["versie"]) == ("Brief", 1)
    moment = eerste["beginRegistratie"].replace("+", "%2B")
    assert lev.documenten("GET", f"{url}?registratieOp={moment}").json["versie"] == 1
    assert lev.documenten("GET", f"{url}?versie=9").status == 404
    assert fout(lev.documenten("POST", f"{url}/unlock", {"lock": "fout"})) == {("nonFieldErrors", "incorrect-lock-id")}
    assert lev.documenten("POST", f"{url}/unlock", {"lock": lock}).status == 204
    lev.documenten("POST", f"{url}/lock")
    assert lev.documenten("POST", f"{url}/unlock", {}).status == 204, "by force"
    assert lev.documenten("GET", url).json["locked"] is False


def test_a_file_too_large_for_one_call_comes_in_parts(lev: Archivaris) -> None:
    groot = bytes(range(256)) * 10
    with override_settings(BESTANDSDEEL_BYTES=1000):
        made = lev.maak(bestandsomvang=len(groot), inhoud=None).json
    delen = made["bestandsdelen"]
    assert [each["omvang"] for each in delen] == [1000, 1000, 560]
    assert made["locked"] and made["lock"]
    lock = made["lock"]
    stukken = [groot[0:1000], groot[1000:2000], groot[2000:]]
    assert lev.stuur_deel(delen[0]["url"], "fout", stukken[0]).codes() == {("nonFieldErrors", "incorrect-lock-id")}
    assert lev.stuur_deel(delen[0]["url"], lock, b"te kort").codes() == {("nonFieldErrors", "file-size")}
    for deel, stuk in zip(delen[:2], stukken, strict=False):
        assert lev.stuur_deel(deel["url"], lock, stuk).json["voltooid"] is True
    assert lev.documenten("POST", f"{made['url']}/unlock", {"lock": lock}).codes() == {("nonFieldErrors", "file-size")}
    assert lev.stuur_deel(delen[0]["url"], lock, stukken[0]).status == 200, "again is harmless"
    assert lev.stuur_deel(delen[2]["url"], lock, stukken[2]).status == 200
    assert lev.documenten("POST", f"{made['url']}/unlock", {"lock": lock}).status == 204
    heel = lev.documenten("GET", made["url"]).json
    assert (heel["locked"], heel["bestandsdelen"], heel["bestandsomvang"]) == (False, [], len(groot))
    assert hashlib.sha256(lev.documenten("GET", heel["inhoud"]).body).digest() == hashlib.sha256(groot).digest()


def test_what_a_document_may_not_be(lev: Archivaris) -> None:
    concept = lev.bouw.informatieobjecttype("Concept")["url"]
    for velden, code in (
        ({"informatieobjecttype": concept}, ("informatieobjecttype", "not-published")),
        ({"informatieobjecttype": f"{concept[:-4]}0000"}, ("informatieobjecttype", "bad-url")),
        ({"informatieobjecttype": lev.zaaktype["url"]}, ("informatieobjecttype", "invalid-resource")),
        ({"status": "in_bewerking", "ontvangstdatum": "2024-01-01"}, ("status", "invalid_for_received")),
        ({"indicatieGebruiksrecht": True}, ("indicatieGebruiksrecht", "missing-gebruiksrechten")),
        ({"inhoud": "%%%"}, ("inhoud", "invalid")),
        ({"inhoud": base64.b64encode(b"vier").decode(), "bestandsomvang": 5}, ("inhoud", "file-size")),
        ({"bronorganisatie": "123456789"}, ("bronorganisatie", "invalid")),
        ({"titel": ""}, ("titel", "blank")),
    ):
        reply = lev.maak(**velden)
        assert (reply.status, reply.codes()) == (400, {code}), velden
    assert not value("select count(*) from documenten_informatieobject"), "nothing stored"
    assert lev.documenten("POST", "/enkelvoudiginformatieobjecten", b'{"inhoud": "QUJD').status == 400
    lev.document(identificatie="D1")
    assert lev.maak(identificatie="D1").codes() == {("identificatie", "identificatie-niet-uniek")}


def test_a_document_in_a_zaak_is_mirrored_and_stays_as_long(lev: Archivaris) -> None:
    zaak, document = lev.zaak(), lev.document()
    ander = lev.bouw.informatieobjecttype("Ander")
    lev.bouw.client("POST", f"{ander['url']}/publish")
    vreemd = lev.document(informatieobjecttype=ander["url"])
    fout = lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=vreemd["url"])
    assert fout.codes() == {("nonFieldErrors", "missing-zaaktype-informatieobjecttype-relation")}, "zrc-017"
    weg = lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=f"{document['url'][:-4]}0000")
    assert weg.codes() == {("informatieobject", "bad-url")}, "zrc-003"
    erbij = lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"])
    assert erbij.status == 201, erbij.body
    assert erbij.json["aardRelatieWeergave"] == "Hoort bij, omgekeerd: kent", "zrc-004"
    dubbel = lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"])
    assert dubbel.codes() == {("nonFieldErrors", "unique")}
    for veld, waarde in (("zaak", lev.zaak()["url"]), ("informatieobject", vreemd["url"])):
        reply = lev.client("PATCH", erbij.json["url"], {veld: waarde})
        assert (reply.status, reply.codes()) == (400, {(veld, "wijzigen-niet-toegelaten")})
    spiegel = lev.documenten("GET", f"/objectinformatieobjecten?informatieobject={document['url']}").json
    assert [(each["object"], each["objectType"]) for each in spiegel] == [(zaak["url"], "zaak")], "zrc-005"
    assert lev.documenten("GET", spiegel[0]["url"]).json == spiegel[0]
    velden = {"informatieobject": document["url"], "object": zaak["url"], "objectType": "zaak"}
    assert lev.documenten("POST", "/objectinformatieobjecten", velden).codes() == {("nonFieldErrors", "unique")}
    los = {**velden, "informatieobject": vreemd["url"]}
    assert lev.documenten("POST", "/objectinformatieobjecten", los).codes() == {
        ("nonFieldErrors", "inconsistent-relation")
    }
    assert lev.documenten("POST", "/objectinformatieobjecten", {**velden, "object": "https://x.example/1"}).codes() == {
        ("object", "bad-url")
    }
    assert lev.documenten("DELETE", spiegel[0]["url"]).codes() == {("nonFieldErrors", "inconsistent-relation")}
    assert lev.documenten("DELETE", document["url"]).codes() == {("nonFieldErrors", "pending-relations")}, "drc-008"
    assert lev.client("DELETE", erbij.json["url"]).status == 204
    assert lev.documenten("GET", f"/objectinformatieobjecten?informatieobject={document['url']}").json == []
    assert lev.documenten("DELETE", document["url"]).status == 204
    assert lev.documenten("GET", document["url"]).status == 404


def test_zrc_007_a_zaak_closes_when_of_all_documents_the_rights_are_known(lev: Archivaris) -> None:
    zaak, document = lev.zaak(), lev.document()
    lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"])
    lev.resultaat(zaak)
    dicht = lev.status(zaak, 1)
    assert (dicht.status, {code for _, code in dicht.codes()}) == (400, {"indicatiegebruiksrecht-unset"})
    recht = {
        "informatieobject": document["url"],
        "startdatum": "2024-01-01T00:00:00Z",
        "omschrijvingVoorwaarden": "Alleen lezen",
    }
    gegeven = lev.documenten("POST", "/gebruiksrechten", recht)
    assert gegeven.status == 201, gegeven.body
    assert lev.documenten("GET", document["url"]).json["indicatieGebruiksrecht"] is True, "drc-006"
    assert lev.status(zaak, 1).status == 201
    assert lev.documenten("DELETE", gegeven.json["url"]).status == 204
    assert lev.documenten("GET", document["url"]).json["indicatieGebruiksrecht"] is None, "drc-006"


def test_a_verzending_has_one_address(lev: Archivaris) -> None:
    velden = {
        "informatieobject": lev.document()["url"],
        "betrokkene": "https://elders.example/1",
        "aardRelatie": "afzender",
        "contactPersoon": "https://elders.example/2",
    }
    assert lev.documenten("POST", "/verzendingen", velden).codes() == {("nonFieldErrors", "invalid-address")}
    twee = {**velden, "emailadres": "a@b.nl", "telefoonnummer": "0612345678"}
    assert lev.documenten("POST", "/verzendingen", twee).codes() == {("nonFieldErrors", "invalid-address")}
    een = lev.documenten("POST", "/verzendingen", {**velden, "emailadres": "a@b.nl"})
    assert (een.status, een.json["emailadres"]) == (201, "a@b.nl")
    assert lev.documenten("GET", "/verzendingen?aardRelatie=afzender").json["count"] == 1


def test_zoek_and_filters(lev: Archivaris) -> None:
    een, _ = lev.document(trefwoorden=["kap"]), lev.document()
    assert lev.documenten("GET", "/enkelvoudiginformatieobjecten?trefwoorden=kap").json["count"] == 1
    gevonden = lev.documenten("POST", "/enkelvoudiginformatieobjecten/_zoek", {"uuid__in": [een["url"][-36:]]}).json
    assert [each["url"] for each in gevonden["results"]] == [een["url"]]
    assert lev.documenten("POST", "/enkelvoudiginformatieobjecten/_zoek", {"uuid__in": ["x"]}).status == 400
    zaak = lev.zaak()
    lev.stuur("/zaakinformatieobjecten", zaak=zaak["url"], informatieobject=een["url"])
    vraag = f"/enkelvoudiginformatieobjecten?objectinformatieobjecten_object={zaak['url']}"
    assert lev.documenten("GET", vraag).json["count"] == 1
    diep = lev.documenten("GET", f"{een['url']}?expand=informatieobjecttype.catalogus").json
    assert diep["_expand"]["informatieobjecttype"]["_expand"]["catalogus"]["domein"] == "BOUW"
    assert lev.documenten("GET", f"{een['url']}?expand=kleur").status == 404, "drc-013"


def test_a_call_reads_a_stream_and_not_more_than_it_is_told(lev: Archivaris) -> None:
    reply = lev.documenten("POST", "/enkelvoudiginformatieobjecten", b"{}", CONTENT_TYPE="text/plain")
    assert reply.status == 415

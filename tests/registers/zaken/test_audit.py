"""The audit trail of a zaak, and besluiten in it."""

from typing import Any

import pytest

from loket.registers.besluiten.api import API as BESLUITEN
from loket.registers.zaken.api import API as ZAKEN_API
from tests.apiclient import HOST, Client, Reply
from tests.registers.zaken.test_api import RSIN, Leverancier
from tests.services.reacties.wereld import Wereld

ROOT = "/besluiten/api/v1"


class Beslisser(Leverancier):
    """The supplier, deciding."""

    def __init__(self, organisatie: Any) -> None:
        super().__init__(organisatie)
        self.besluiten = Client("alles", ROOT)
        self.besluittype = self.zaaktype["besluittypen"][0]

    def velden(self, **velden: Any) -> dict[str, Any]:
        if "besluittype" not in velden:
            return super().velden(**velden)
        return {
            "verantwoordelijkeOrganisatie": RSIN,
            "datum": "2024-06-01",
            "ingangsdatum": "2024-07-01",
            **velden,
        }

    def besluit(self, **velden: Any) -> Reply:
        """POST a besluit."""
        return self.besluiten("POST", "/besluiten", self.velden(**{"besluittype": self.besluittype, **velden}))


@pytest.fixture
def lev(db: None) -> Beslisser:
    return Beslisser(Wereld("LW", "Gemeente Lindewaard").organisatie.id)


@pytest.mark.parametrize("api", [ZAKEN_API, BESLUITEN], ids=lambda each: each.root)
def test_every_operation_has_a_handler_and_no_handler_is_extra(api: Any) -> None:
    assert set(api.handlers) == {each.id for each in api.contract.operations}


def test_the_audit_trail_is_read_below_its_hoofdobject(lev: Beslisser) -> None:
    zaak = lev.zaak()
    lev.rol(zaak)
    regels = lev.client("GET", f"{zaak['url']}/audittrail").json
    assert [(each["resource"], each["actie"], each["resultaat"]) for each in regels] == [
        ("zaak", "create", 201),
        ("rol", "create", 201),
    ]
    eerste = regels[0]
    assert (eerste["bron"], eerste["hoofdObject"], eerste["resourceUrl"]) == ("zrc", zaak["url"], zaak["url"])
    assert (eerste["gebruikersId"], eerste["applicatieWeergave"]) == ("u1", "Alles")
    assert eerste["wijzigingen"]["oud"] is None
    assert eerste["wijzigingen"]["nieuw"]["identificatie"] == zaak["identificatie"]
    assert lev.client("GET", f"{zaak['url']}/audittrail/{eerste['uuid']}").json == eerste
    ander = lev.zaak()
    assert lev.client("GET", f"{ander['url']}/audittrail/{eerste['uuid']}").status == 404
    assert lev.beperkt("audittrails.lezen", "zaken.lezen", va="openbaar", zaaktype=lev.bouw.heel("X")["url"])(
        "GET", f"{zaak['url']}/audittrail"
    ).status == 403  # fmt: skip


def test_a_besluit_is_of_a_zaak_and_shown_there(lev: Beslisser) -> None:
    zaak = lev.zaak()
    made = lev.besluit(zaak=zaak["url"])
    assert made.status == 201, made.body
    besluit = made.json
    assert besluit["identificatie"].startswith("BESLUIT-"), "brc-002"
    daar = lev.client("GET", f"{zaak['url']}/besluiten").json
    assert [each["besluit"] for each in daar] == [besluit["url"]], "brc-006"
    assert lev.client("GET", f"{daar[0]['url']}?expand=besluit").json["_expand"]["besluit"] == besluit
    assert lev.client("POST", f"{zaak['url']}/besluiten", {"besluit": besluit["url"]}).status == 201
    weg = lev.client("DELETE", daar[0]["url"])
    assert (weg.status, weg.codes()) == (400, {("nonFieldErrors", "inconsistent-relation")})
    regels = lev.besluiten("GET", f"{besluit['url']}/audittrail").json
    assert [each["bron"] for each in regels] == ["brc"]
    assert lev.besluiten("DELETE", besluit["url"]).status == 204, "brc-009"
    assert lev.client("GET", f"{zaak['url']}/besluiten").json == []
    assert lev.besluiten("GET", f"{besluit['url']}/audittrail").status == 404


def test_brc_001_002_006_007_what_a_besluit_may_not_be(lev: Beslisser) -> None:
    zaak = lev.zaak()
    eerste = lev.besluit(identificatie="B1", zaak=zaak["url"]).json
    concept = lev.bouw.besluittype("Concept")["url"]
    los = lev.bouw.besluittype("Los")["url"]
    lev.bouw.client("POST", f"{los}/publish")
    for velden, code in (
        ({"besluittype": concept}, ("besluittype", "not-published")),
        ({"besluittype": f"{concept[:-4]}0000"}, ("besluittype", "bad-url")),
        ({"besluittype": lev.zaaktype["url"]}, ("besluittype", "invalid-resource")),
        ({"identificatie": "B1"}, ("identificatie", "identificatie-niet-uniek")),
        ({"verantwoordelijkeOrganisatie": "123456789"}, ("verantwoordelijkeOrganisatie", "invalid")),
        ({"datum": "2999-01-01"}, ("datum", "future_not_allowed")),
        ({"besluittype": los, "zaak": zaak["url"]}, ("nonFieldErrors", "zaaktype-mismatch")),
        ({"zaak": f"{HOST}/zaken/api/v1/zaken/{zaak['uuid'][:-4]}0000"}, ("zaak", "bad-url")),
    ):
        reply = lev.besluit(**velden)
        assert (reply.status, reply.codes()) == (400, {code}), velden
    ander = lev.zaak()
    for veld, waarde in (("identificatie", "B2"), ("besluittype", los), ("zaak", ander["url"])):
        reply = lev.besluiten("PATCH", eerste["url"], {veld: waarde})
        assert (reply.status, reply.codes()) == (400, {(veld, "wijzigen-niet-toegelaten")})
    assert lev.besluiten("PATCH", eerste["url"], {"toelichting": "Anders"}).json["toelichting"] == "Anders"
    assert lev.besluiten("GET", f"/besluiten?zaak={zaak['url']}").json["count"] == 1

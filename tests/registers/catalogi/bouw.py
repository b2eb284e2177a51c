"""A catalogue as a supplier's program makes it: with nothing but the API."""

from typing import Any

from tests.apiclient import Client, Reply

CATALOGI = "/catalogi/api/v1"
KLASSE = "https://selectielijst.openzaak.nl/api/v1/resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829"


class Bouw:
    """Makes objects with `client`, whose root is that of the Catalogi API; each gets the fields that are required."""

    def __init__(self, client: Client, domein: str = "BOUW") -> None:
        self.client = client
        self.catalogus = self.goed("/catalogussen", domein=domein, rsin="000000000", contactpersoonBeheerNaam="Beheer")

    def stuur(self, path: str, **velden: Any) -> Reply:
        """POST."""
        return self.client("POST", path, velden)

    def goed(self, path: str, **velden: Any) -> dict[str, Any]:
        """POST what must be taken; gives the object."""
        reply = self.stuur(path, **velden)
        assert reply.status in (200, 201), reply.body
        made: dict[str, Any] = reply.json
        return made

    def zaaktype(self, identificatie: str = "ZT", **velden: Any) -> dict[str, Any]:
        """A zaaktype in concept."""
        return self.goed("/zaaktypen", **self.zaaktype_velden(identificatie, **velden))

    def zaaktype_velden(self, identificatie: str = "ZT", **velden: Any) -> dict[str, Any]:
        """What a zaaktype needs."""
        return {
            "identificatie": identificatie,
            "omschrijving": f"Zaaktype {identificatie}",
            "vertrouwelijkheidaanduiding": "openbaar",
            "doel": "Iets doen",
            "aanleiding": "Een aanvraag",
            "indicatieInternOfExtern": "extern",
            "handelingInitiator": "Aanvragen",
            "onderwerp": "Iets",
            "handelingBehandelaar": "Behandelen",
            "doorlooptijd": "P30D",
            "opschortingEnAanhoudingMogelijk": False,
            "verlengingMogelijk": True,
            "verlengingstermijn": "P30D",
            "publicatieIndicatie": False,
            "productenOfDiensten": ["https://producten.example/1"],
            "referentieproces": {"naam": "Proces", "link": ""},
            "verantwoordelijke": "Afdeling",
            "catalogus": self.catalogus["url"],
            "besluittypen": [],
            "gerelateerdeZaaktypen": [],
            "beginGeldigheid": "2020-01-01",
            "versiedatum": "2020-01-01",
            **velden,
        }

    def informatieobjecttype(self, omschrijving: str = "Brief", **velden: Any) -> dict[str, Any]:
        """A kind of document, in concept."""
        return self.goed(
            "/informatieobjecttypen",
            catalogus=self.catalogus["url"],
            omschrijving=omschrijving,
            vertrouwelijkheidaanduiding="openbaar",
            beginGeldigheid="2020-01-01",
            informatieobjectcategorie="brief",
            **velden,
        )

    def besluittype(self, omschrijving: str = "Vergunning", **velden: Any) -> dict[str, Any]:
        """A kind of besluit, in concept."""
        return self.goed(
            "/besluittypen",
            **{
                "catalogus": self.catalogus["url"],
                "omschrijving": omschrijving,
                "publicatieIndicatie": False,
                "informatieobjecttypen": [],
                "beginGeldigheid": "2020-01-01",
                **velden,
            },
        )

    def deel(self, path: str, zaaktype: dict[str, Any], **velden: Any) -> Reply:
        """POST a part of a zaaktype."""
        basis: dict[str, dict[str, Any]] = {
            "/statustypen": {"omschrijving": "Ontvangen", "volgnummer": 1},
            "/resultaattypen": {
                "omschrijving": "Verleend",
                "resultaattypeomschrijving": KLASSE.replace(
                    "resultaten/cc5ae4e3-a9e6-4386-bcee-46be4986a829",
                    "resultaattypeomschrijvingen/7cb315fb-4f7b-4a43-aca1-e4522e4c73b3",
                ),
                "selectielijstklasse": KLASSE,
                "archiefnominatie": "vernietigen",
                "archiefactietermijn": "P5Y",
                "brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"},
            },
            "/roltypen": {"omschrijving": "Aanvrager", "omschrijvingGeneriek": "initiator"},
            "/eigenschappen": {
                "naam": "bouwjaar",
                "definitie": "Jaar",
                "specificatie": {"formaat": "getal", "lengte": "4", "kardinaliteit": "1"},
            },
            "/zaaktype-informatieobjecttypen": {
                "informatieobjecttype": "Brief",
                "volgnummer": 1,
                "richting": "inkomend",
            },
            "/zaakobjecttypen": {
                "anderObjecttype": False,
                "objecttype": "https://objecttypen.example/pand",
                "relatieOmschrijving": "Over",
            },
        }
        return self.stuur(path, zaaktype=zaaktype["url"], **{**basis[path], **velden})

    def heel(self, identificatie: str = "ZT", **velden: Any) -> dict[str, Any]:
        """A published zaaktype with everything that a zaak can need; gives it as it is then."""
        soort = self.informatieobjecttype(f"Brief {identificatie}")
        besluit = self.besluittype(f"Besluit {identificatie}", informatieobjecttypen=[soort["omschrijving"]])
        zaaktype = self.zaaktype(identificatie, **{"besluittypen": [besluit["omschrijving"]], **velden})
        for path, velden in (
            ("/statustypen", {}),
            ("/statustypen", {"omschrijving": "Klaar", "volgnummer": 2}),
            ("/resultaattypen", {}),
            ("/roltypen", {}),
            ("/roltypen", {"omschrijving": "Behandelaar", "omschrijvingGeneriek": "behandelaar"}),
            ("/eigenschappen", {}),
            ("/zaaktype-informatieobjecttypen", {"informatieobjecttype": soort["omschrijving"]}),
            ("/zaakobjecttypen", {}),
        ):
            reply = self.deel(path, zaaktype, **velden)
            assert reply.status == 201, reply.body
        for each in (soort, besluit, zaaktype):
            reply = self.client("POST", f"{each['url']}/publish")
            assert reply.status == 200, reply.body
        gelezen: dict[str, Any] = self.client("GET", zaaktype["url"]).json
        return gelezen

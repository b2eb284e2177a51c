"""What belongs to a zaak: statussen, resultaat, rollen, relations, documents, objects, properties and notes."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform

from loket.registers.basis import Rij, tekst
from loket.registers.catalogi.models import GENERIEKE_ROLLEN
from loket.registers.zaken.models.zaak import Zaak

AARD_RELATIES = ("vervolg", "onderwerp", "bijdrage", "doorgezonden", "duplicaat", "gesplitst", "overig")
"""The first three are the standard's; the API renders the others as `onderwerp`."""


NUMMERS = {
    "bsn": "_bsn",
    "nnp": "innNnpId",
    "vestiging": "vestigingsNummer",
    "identificatie": "identificatie",
}
"""By which numbers somebody in a role is looked up: the name of the index, and the key in the standard; of a BSN, which
itself is sealed, its pseudonym."""


class Status(Rij):
    """A step that a zaak took. The first `datum_status_gezet` of the eindstatus closes the zaak."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="statussen", db_index=False)
    zaak_id: UUID
    statustype = models.ForeignKey("catalogi.Statustype", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    statustype_id: UUID
    datum_status_gezet = models.DateTimeField()
    statustoelichting = tekst(1000)
    gezetdoor = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    gezetdoor_rol = models.ForeignKey(
        "zaken.Rol", on_delete=models.DB_SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    door = tekst(200)

    class Meta:
        indexes: ClassVar = [models.Index(F("zaak"), F("datum_status_gezet"), name="status_zaak")]


class Resultaat(Rij):
    """How a zaak ended, and why in plain words (`toelichting`)."""

    zaak = models.OneToOneField(Zaak, on_delete=models.DB_CASCADE, related_name="resultaat")
    zaak_id: UUID
    resultaattype = models.ForeignKey(
        "catalogi.Resultaattype", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    resultaattype_id: UUID
    toelichting = tekst(1000, None)
    vastgelegd_op = models.DateTimeField()
    door = tekst(200)


class Rol(Rij):
    """What a person, organisation, team or employee is in a zaak.

    An employee whose generic role is `belanghebbende` is what the zaak is about: `queries.zichtbaar` keeps it from
    him or her (the complaint about oneself).
    """

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="rollen", db_index=False)
    zaak_id: UUID
    roltype = models.ForeignKey("catalogi.Roltype", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    roltype_id: UUID
    omschrijving = tekst(100, None)
    omschrijving_generiek = tekst(20, None)
    roltoelichting = tekst(1000)
    betrokkene_type = tekst(30, None)
    betrokkene = tekst(1000)
    betrokkene_identificatie = models.JSONField(default=dict, blank=True)
    partij = models.ForeignKey(
        "klanten.Partij", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    partij_id: UUID | None
    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    medewerker_id: UUID | None
    team = models.ForeignKey(
        "loket_identity.Team", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    team_id: UUID | None
    afwijkende_naam_betrokkene = tekst(625)
    indicatie_machtiging = tekst(20)
    contactpersoon_rol = models.JSONField(null=True, blank=True)
    registratiedatum = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(omschrijving_generiek__in=GENERIEKE_ROLLEN), name="rol_generiek"),
            models.CheckConstraint(
                condition=Q(
                    betrokkene_type__in=(
                        "natuurlijk_persoon",
                        "niet_natuurlijk_persoon",
                        "vestiging",
                        "organisatorische_eenheid",
                        "medewerker",
                    )
                ),
                name="rol_betrokkene_type",
            ),
            models.CheckConstraint(
                condition=Q(indicatie_machtiging__in=("", "gemachtigde", "machtiginggever")), name="rol_machtiging"
            ),
            models.UniqueConstraint(
                fields=("zaak", "roltype", "partij"), condition=Q(partij__isnull=False), name="rol_partij_een_keer"
            ),
            models.UniqueConstraint(
                fields=("zaak", "roltype", "medewerker"),
                condition=Q(medewerker__isnull=False),
                name="rol_medewerker_een_keer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("zaak"), F("omschrijving_generiek"), name="rol_zaak"),
            models.Index(F("partij"), name="rol_partij", condition=Q(partij__isnull=False)),
            models.Index(F("medewerker"), name="rol_medewerker", condition=Q(medewerker__isnull=False)),
            # who handled thousands of zaken is the subject of few: every list asks for those few (`zicht._UITGESLOTEN`)
            models.Index(
                F("medewerker"),
                F("zaak"),
                name="rol_over_medewerker",
                condition=Q(omschrijving_generiek="belanghebbende", medewerker__isnull=False),
            ),
            *(
                models.Index(
                    KeyTextTransform(sleutel, "betrokkene_identificatie"),
                    F("zaak"),
                    name=f"rol_{naam}",
                    condition=Q(**{f"betrokkene_identificatie__{sleutel}__isnull": False}),
                )
                for naam, sleutel in NUMMERS.items()
            ),
        ]


class ZaakRelatie(Rij):
    """That one zaak has to do with another, here (`andere_zaak`) or on another server (`url`); relevanteAndereZaken."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="relaties", db_index=False)
    zaak_id: UUID
    andere_zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, null=True, blank=True, related_name="+")
    andere_zaak_id: UUID | None
    url = tekst(1000)
    aard_relatie = tekst(20, None)
    toelichting = tekst(1000)
    registratiedatum = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaak", "andere_zaak", "aard_relatie"), name="zaakrelatie_een_keer"),
            models.CheckConstraint(condition=Q(aard_relatie__in=AARD_RELATIES), name="zaakrelatie_aard"),
            models.CheckConstraint(
                condition=Q(andere_zaak__isnull=False, url="") | (Q(andere_zaak__isnull=True) & ~Q(url="")),
                name="zaakrelatie_hier_of_elders",
            ),
            models.CheckConstraint(
                condition=Q(andere_zaak__isnull=True) | ~Q(andere_zaak=F("zaak")), name="zaakrelatie_niet_zichzelf"
            ),
        ]


class ZaakInformatieobject(Rij):
    """A document in a zaak. Whoever may see the zaak may see the document."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="zaakinformatieobjecten", db_index=False)
    zaak_id: UUID
    informatieobject = models.ForeignKey("documenten.Informatieobject", on_delete=models.DO_NOTHING, related_name="+")
    informatieobject_id: UUID
    aard_relatie = tekst(20, "hoort_bij")
    titel = tekst(200)
    beschrijving = models.TextField(default="", blank=True)
    registratiedatum = models.DateTimeField()
    vernietigingsdatum = models.DateTimeField(null=True, blank=True)
    status = models.ForeignKey(
        Status, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaak", "informatieobject"), name="zaakinformatieobject_een_keer")
        ]


class Zaakobject(Rij):
    """What a zaak is about: an address, a building, a lamp post."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="zaakobjecten")
    zaak_id: UUID
    object = tekst(1000)
    zaakobjecttype = models.ForeignKey(
        "catalogi.Zaakobjecttype", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    object_type = tekst(40, None)
    object_type_overige = tekst(100)
    object_type_overige_definitie = models.JSONField(null=True, blank=True)
    relatieomschrijving = tekst(80)
    object_identificatie = models.JSONField(null=True, blank=True)


class Zaakeigenschap(Rij):
    """The value of a property of a zaak."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="eigenschappen", db_index=False)
    zaak_id: UUID
    eigenschap = models.ForeignKey("catalogi.Eigenschap", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    eigenschap_id: UUID
    naam = tekst(20, None)
    waarde = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("zaak", "eigenschap"), name="zaakeigenschap_een_keer")]


class Zaaknotitie(Rij):
    """A note of an employee, for employees. Only a `concept` may still change."""

    gerelateerd_aan = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="notities", db_index=False)
    gerelateerd_aan_id: UUID
    onderwerp = tekst(255)
    aangemaakt_door = tekst(255)
    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    medewerker_id: UUID | None
    notitie_type = tekst(6, "intern")
    status = tekst(10, "definitief")
    aanmaakdatum = models.DateTimeField()
    wijzigingsdatum = models.DateTimeField()
    tekst = models.TextField()  # last: from here on the name hides the function

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(notitie_type__in=("intern", "extern")), name="zaaknotitie_type"),
            models.CheckConstraint(condition=Q(status__in=("concept", "definitief")), name="zaaknotitie_status"),
        ]
        indexes: ClassVar = [models.Index(F("gerelateerd_aan"), F("aanmaakdatum"), name="zaaknotitie_zaak")]


class ZaakKlantcontact(Rij):
    """A contact about a zaak as the Zaken API has it (KLANTCONTACT there, deprecated). Loket's own contacts are those
    of the register of klanten."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="klantcontacten")
    zaak_id: UUID
    identificatie = tekst(14)
    datumtijd = models.DateTimeField()
    kanaal = tekst(20)
    onderwerp = tekst(200)
    toelichting = tekst(1000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "identificatie"), name="zaakklantcontact_identificatie")
        ]


class ZaakContactmoment(Rij):
    """That a zaak has to do with a contactmoment on another server (an API that was withdrawn)."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="contactmomenten", db_index=False)
    zaak_id: UUID
    contactmoment = tekst(1000, None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaak", "contactmoment"), name="zaakcontactmoment_een_keer")
        ]


class ZaakVerzoek(Rij):
    """That a zaak has to do with a verzoek on another server (an API that was withdrawn)."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="verzoeken", db_index=False)
    zaak_id: UUID
    verzoek = tekst(1000, None)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("zaak", "verzoek"), name="zaakverzoek_een_keer")]

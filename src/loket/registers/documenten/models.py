"""The tables of the documents register. Field names are those of DRC 1.7.0.

What is the same in all versions stands in `Informatieobject`, the rest in `InformatieobjectVersie`. The standard's
ObjectInformatieobject is the mirror of zaken's ZaakInformatieobject and is derived from it (drc-004), not stored.
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst
from loket.registers.catalogi.models import VERTROUWELIJKHEID

STATUSSEN = ("", "in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd")


class Informatieobject(Rij):
    """A document, whatever its version. `lock` is the unguessable id under which it may be changed, empty if unlocked.

    `indicatie_gebruiksrecht`: false = none, true = there are Gebruiksrechten, null = unknown (drc-006).
    """

    identificatie = tekst(40, None)
    bronorganisatie = tekst(9, None)
    informatieobjecttype = models.ForeignKey(
        "catalogi.Informatieobjecttype", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    informatieobjecttype_id: UUID
    indicatie_gebruiksrecht = models.BooleanField(null=True, blank=True)
    lock = tekst(64)
    versie = models.IntegerField(default=1)
    aangemaakt_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "bronorganisatie", "identificatie"), name="informatieobject_identificatie"
            )
        ]

    def __str__(self) -> str:
        return self.identificatie


class InformatieobjectVersie(Rij):
    """One version. `sha256` names its bytes in the storage; empty when the content is elsewhere (`link`) or to come."""

    informatieobject = models.ForeignKey(
        Informatieobject, on_delete=models.DB_CASCADE, related_name="versies", db_index=False
    )
    informatieobject_id: UUID
    versie = models.IntegerField()
    creatiedatum = models.DateField()
    titel = tekst(200, None)
    vertrouwelijkheidaanduiding = tekst(20, None)
    is_gereed_voor_publicatie = models.BooleanField(null=True, blank=True)
    tonen_aan_initiator = models.BooleanField(default=False)
    auteur = tekst(200)
    status = tekst(16)
    inhoud_is_vervallen = models.BooleanField(null=True, blank=True)
    formaat = tekst(255)
    taal = tekst(3, "nld")
    begin_registratie = models.DateTimeField()
    bestandsnaam = tekst(255)
    sha256 = tekst(64)
    bestandsomvang = models.BigIntegerField(null=True, blank=True)
    link = tekst(200)
    beschrijving = tekst(1000)
    ontvangstdatum = models.DateField(null=True, blank=True)
    verzenddatum = models.DateField(null=True, blank=True)
    verschijningsvorm = models.TextField(default="", blank=True)
    ondertekening_soort = tekst(8)
    ondertekening_datum = models.DateField(null=True, blank=True)
    integriteit_algoritme = tekst(11)
    integriteit_waarde = tekst(128)
    integriteit_datum = models.DateField(null=True, blank=True)
    trefwoorden = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("informatieobject", "versie"), name="informatieobjectversie_nummer"),
            models.CheckConstraint(condition=Q(versie__gte=1), name="informatieobjectversie_vanaf_1"),
            models.CheckConstraint(
                condition=Q(vertrouwelijkheidaanduiding__in=VERTROUWELIJKHEID), name="informatieobjectversie_va"
            ),
            models.CheckConstraint(condition=Q(status__in=STATUSSEN), name="informatieobjectversie_status"),
            models.CheckConstraint(
                condition=Q(ontvangstdatum__isnull=True) | ~Q(status__in=("in_bewerking", "ter_vaststelling")),
                name="informatieobjectversie_drc_005",
            ),
            models.CheckConstraint(
                condition=Q(bestandsomvang__isnull=True) | Q(bestandsomvang__gte=0),
                name="informatieobjectversie_omvang",
            ),
        ]
        indexes: ClassVar = [models.Index(F("sha256"), name="informatieobjectversie_sha256", condition=~Q(sha256=""))]

    def __str__(self) -> str:
        return self.titel


class Gebruiksrechten(Rij):
    """Under which conditions a document may be used, and when."""

    informatieobject = models.ForeignKey(Informatieobject, on_delete=models.DB_CASCADE, related_name="gebruiksrechten")
    informatieobject_id: UUID
    startdatum = models.DateTimeField()
    einddatum = models.DateTimeField(null=True, blank=True)
    omschrijving_voorwaarden = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("startdatum")), name="gebruiksrechten_volgorde"
            )
        ]


class Bestandsdeel(Rij):
    """A part of the content of a document that is too large for one call; the document is locked until all are there
    and it is unlocked. `sha256` is empty as long as it has not come."""

    informatieobject = models.ForeignKey(Informatieobject, on_delete=models.DB_CASCADE, related_name="bestandsdelen")
    informatieobject_id: UUID
    volgnummer = models.IntegerField()
    omvang = models.BigIntegerField()
    sha256 = tekst(64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("informatieobject", "volgnummer"), name="bestandsdeel_volgnummer")
        ]


class Verzending(Rij):
    """To or from whom a document went, and where."""

    informatieobject = models.ForeignKey(Informatieobject, on_delete=models.DB_CASCADE, related_name="verzendingen")
    informatieobject_id: UUID
    betrokkene = tekst(200, None)
    aard_relatie = tekst(12, None)
    toelichting = tekst(200)
    ontvangstdatum = models.DateField(null=True, blank=True)
    verzenddatum = models.DateField(null=True, blank=True)
    contact_persoon = tekst(1000, None)
    contactpersoonnaam = tekst(40)
    binnenlands_correspondentieadres = models.JSONField(null=True, blank=True)
    buitenlands_correspondentieadres = models.JSONField(null=True, blank=True)
    correspondentie_postadres = models.JSONField(null=True, blank=True)
    faxnummer = tekst(15)
    emailadres = tekst(100)
    mijn_overheid = models.BooleanField(default=False)
    telefoonnummer = tekst(15)

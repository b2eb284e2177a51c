"""What was said between a resident and the government, and what it was about."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst

AFHANDELINGEN = ("beantwoord", "doorgezet", "terugbellen")


class Klantcontact(Rij):
    """One message, call or visit, in or out. `inhoud` is kept exactly as it came. `afhandeling`: how a conversation
    that an employee wrote down ended (`beantwoord` at once, `doorgezet`, `terugbellen`; gemma-zaken#1312), else ''."""

    nummer = tekst(40, None)
    kanaal = tekst(20, None)
    onderwerp = tekst(200)
    inhoud = models.TextField(default="", blank=True)
    reactie = models.TextField(default="", blank=True)
    indicatie_contact_gelukt = models.BooleanField(null=True, blank=True)
    taal = tekst(3, "nld")
    vertrouwelijk = models.BooleanField(default=False)
    plaatsgevonden_op = models.DateTimeField()
    geregistreerd_op = models.DateTimeField()
    richting = tekst(3, None)
    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    medewerker_id: UUID | None
    door = tekst(200)
    metadata = models.JSONField(default=dict, blank=True)
    afhandeling = tekst(11, "", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "nummer"), name="klantcontact_nummer"),
            models.CheckConstraint(condition=Q(richting__in=("in", "uit")), name="klantcontact_richting"),
            models.CheckConstraint(condition=Q(afhandeling__in=("", *AFHANDELINGEN)), name="klantcontact_afhandeling"),
        ]
        indexes: ClassVar = [
            models.Index(F("id"), name="klantcontact_klein", condition=Q(metadata__has_key="klein")),
            models.Index(
                F("organisatie"),
                F("plaatsgevonden_op"),
                name="klantcontact_gesprek",
                condition=~Q(afhandeling=""),
            ),
        ]


class Betrokkene(Rij):
    """Who took part in a klantcontact, with the name and address as they were at that moment."""

    klantcontact = models.ForeignKey(
        Klantcontact, on_delete=models.DB_CASCADE, related_name="betrokkenen", db_index=False
    )
    klantcontact_id: UUID
    partij = models.ForeignKey("klanten.Partij", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+")
    partij_id: UUID | None
    rol = tekst(17, "klant")
    initiator = models.BooleanField(default=False)
    contactnaam = tekst(200)
    adres = tekst(254)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("klantcontact", "partij"), name="betrokkene_een_keer"),
            models.CheckConstraint(condition=Q(rol__in=("klant", "vertegenwoordiger")), name="betrokkene_rol"),
        ]


class Onderwerpobject(Rij):
    """That a klantcontact is about a zaak. Linking one to a zaak of another organisation is how it is shared with
    it."""

    klantcontact = models.ForeignKey(
        Klantcontact, on_delete=models.DB_CASCADE, related_name="onderwerpobjecten", db_index=False
    )
    klantcontact_id: UUID
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, related_name="+")
    zaak_id: UUID
    gedeeld = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("klantcontact", "zaak"), name="onderwerpobject_een_keer")
        ]


class Bijlage(Rij):
    """A document that came or went with a klantcontact."""

    klantcontact = models.ForeignKey(Klantcontact, on_delete=models.DB_CASCADE, related_name="bijlagen", db_index=False)
    klantcontact_id: UUID
    informatieobject = models.ForeignKey("documenten.Informatieobject", on_delete=models.DO_NOTHING, related_name="+")
    informatieobject_id: UUID
    volgorde = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("klantcontact", "informatieobject"), name="bijlage_een_keer")
        ]
        ordering: ClassVar = [F("volgorde").asc()]

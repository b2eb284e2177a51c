"""The tables of autorisaties. An autorisatie has no identity in the standard, so it stands in its applicatie."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from loket.registers.basis import Rij, tekst


class Applicatie(Rij):
    """A program that calls the APIs. `autorisaties` are as the standard writes them, URLs included."""

    label = tekst(100, None)
    heeft_alle_autorisaties = models.BooleanField(default=False)
    alleen_is_gereed_voor_publicatie = models.BooleanField(default=False)
    autorisaties = models.JSONField(default=list)
    aangemaakt_op = models.DateTimeField()

    def __str__(self) -> str:
        return self.label


class ClientId(models.Model):
    """The name under which an applicatie calls. It stays when the applicatie goes, so that nobody else ever gets it
    (ac-001)."""

    client_id = models.CharField(max_length=50, primary_key=True)
    applicatie = models.ForeignKey(Applicatie, on_delete=models.DO_NOTHING, null=True, related_name="namen")
    applicatie_id: UUID | None

    def __str__(self) -> str:
        return self.client_id


class Geheim(Rij):
    """A secret that an applicatie signs with, sealed; until `geldig_tot` when there is an end."""

    applicatie = models.ForeignKey(Applicatie, on_delete=models.DB_CASCADE, related_name="geheimen")
    applicatie_id: UUID
    waarde = models.BinaryField()
    aangemaakt_op = models.DateTimeField()
    geldig_tot = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class BredeAutorisatie(Rij):
    """What an applicatie may do with every version of a type, or with all types of a catalogue: an extension of
    Loket's own, outside the standard's resource. `naam` is the identificatie of a zaaktype or the omschrijving of
    another type; empty: all of the catalogue, also those that are still to come."""

    applicatie = models.ForeignKey(Applicatie, on_delete=models.DB_CASCADE, related_name="brede_autorisaties")
    applicatie_id: UUID
    component = tekst(3, None)
    scopes = ArrayField(models.CharField(max_length=100))
    catalogus = models.ForeignKey("catalogi.Catalogus", on_delete=models.DB_CASCADE, related_name="+", db_index=False)
    catalogus_id: UUID
    naam = tekst(80)
    max_va = models.SmallIntegerField()

    def __str__(self) -> str:
        return f"{self.component} {self.naam or '*'}"

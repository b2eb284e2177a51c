"""The tables of besluiten. Field names are those of BRC 1.1.0."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst

VERVALREDENEN = ("tijdelijk", "ingetrokken_overheid", "ingetrokken_belanghebbende")


class Besluit(Rij):
    """One besluit; with a `zaak` when it was taken in one."""

    identificatie = tekst(50, None)
    verantwoordelijke_organisatie = tekst(9, None)
    besluittype = models.ForeignKey(
        "catalogi.Besluittype", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    besluittype_id: UUID
    zaak = models.ForeignKey(
        "zaken.Zaak", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="besluiten", db_index=False
    )
    zaak_id: UUID | None
    datum = models.DateField()
    toelichting = models.TextField(default="", blank=True)
    bestuursorgaan = tekst(50)
    ingangsdatum = models.DateField()
    vervaldatum = models.DateField(null=True, blank=True)
    vervalreden = tekst(26)
    publicatiedatum = models.DateField(null=True, blank=True)
    verzenddatum = models.DateField(null=True, blank=True)
    uiterlijke_reactiedatum = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "verantwoordelijke_organisatie", "identificatie"), name="besluit_identificatie"
            ),
            models.CheckConstraint(condition=Q(vervalreden__in=("", *VERVALREDENEN)), name="besluit_vervalreden"),
        ]
        indexes: ClassVar = [
            models.Index(F("zaak"), name="besluit_zaak", condition=Q(zaak__isnull=False)),
            models.Index(F("organisatie"), F("besluittype"), F("datum").desc(), name="besluit_besluittype"),
        ]

    def __str__(self) -> str:
        return self.identificatie


class BesluitInformatieobject(Rij):
    """A document that records a besluit."""

    besluit = models.ForeignKey(
        Besluit, on_delete=models.DB_CASCADE, related_name="besluitinformatieobjecten", db_index=False
    )
    besluit_id: UUID
    informatieobject = models.ForeignKey("documenten.Informatieobject", on_delete=models.DO_NOTHING, related_name="+")
    informatieobject_id: UUID
    aard_relatie = tekst(20, "legt_vast")
    registratiedatum = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("besluit", "informatieobject"), name="besluitinformatieobject_een_keer")
        ]

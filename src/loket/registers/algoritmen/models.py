"""What is stored of algorithms: the trained models with their figures, and what was suggested and what became of it."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst

UITKOMSTEN = ("", "gevolgd", "anders", "eerste_lijn")
"""What people made of a suggestion: not known yet, the same, something else, not passed on at all."""


class Leermodel(Rij):
    """A model that was trained for an organisation. `in_gebruik`: its suggestions are shown; otherwise `reden` says why
    not, and the rules that were there before go on. Only the newest of an algorithm is `actief`."""

    algoritme = tekst(60, None)
    getraind_op = models.DateTimeField()
    voorbeelden = models.PositiveIntegerField()
    van = models.DateField(null=True)
    tot_en_met = models.DateField(null=True)
    cijfers = models.JSONField()
    drempel = models.FloatField()
    sha256 = tekst(64)
    in_gebruik = models.BooleanField()
    reden = tekst(40)
    actief = models.BooleanField(default=True)
    duur = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "algoritme"), condition=Q(actief=True), name="leermodel_een_actief"
            ),
            models.CheckConstraint(condition=Q(in_gebruik=False) | ~Q(sha256=""), name="leermodel_bestand"),
        ]
        indexes: ClassVar = [models.Index(F("algoritme"), F("getraind_op"), name="leermodel_wanneer")]


class Voorstel(Rij):
    """What an algorithm suggested last about one thing (`betreft`, the key of a zaak). An empty `label`: it kept
    silent. Names no person: what was suggested, how certain, the words that weighed most, and what it became."""

    algoritme = tekst(60, None)
    leermodel = models.ForeignKey(Leermodel, on_delete=models.DO_NOTHING, null=True, related_name="+", db_index=False)
    leermodel_id: UUID | None
    betreft = models.UUIDField()
    label = tekst(80)
    zekerheid = models.FloatField(null=True)
    woorden = tekst(200)
    op = models.DateTimeField()
    uitkomst = tekst(12)
    uitkomst_label = tekst(80)
    uitkomst_op = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("betreft", "algoritme"), name="voorstel_een_keer"),
            models.CheckConstraint(condition=Q(uitkomst__in=UITKOMSTEN), name="voorstel_uitkomst"),
            models.CheckConstraint(
                condition=Q(zekerheid__isnull=True) | Q(zekerheid__gte=0, zekerheid__lte=1), name="voorstel_zekerheid"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("organisatie"), F("algoritme"), F("uitkomst_op"), name="voorstel_klaar", condition=~Q(uitkomst="")
            )
        ]

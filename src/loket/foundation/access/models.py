"""Functies and the rights that they carry."""

from django.db import models
from django.db.models import Q

from loket.foundation.database.ids import uuid7


class Functie(models.Model):
    """What somebody is in a team: behandelaar eerste lijn, coördinator, beheerder. Carries rights."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.TextField(unique=True)
    naam = models.TextField()

    class Meta:
        db_table = "loket_access_functie"

    def __str__(self) -> str:
        return self.naam


class Recht(models.Model):
    """One right of a functie: an act on zaken of a zaaktype up to a confidentiality, within a reach.

    `zaaktype` is a zaaktype.identificatie, empty for all. `max_va` is the rank of the vertrouwelijkheidaanduiding
    (1 openbaar … 8 zeer geheim). `bereik`: everything of the organisation, of the own teams, or only where the
    employee is involved by name (as handler, coordinator, consulted or substitute).
    """

    class Bereik(models.TextChoices):
        ORGANISATIE = "organisatie"
        TEAM = "team"
        BETROKKEN = "betrokken"

    functie = models.ForeignKey(Functie, on_delete=models.CASCADE, related_name="rechten")
    handeling = models.TextField()
    zaaktype = models.TextField(default="", blank=True)
    max_va = models.SmallIntegerField(default=4)
    bereik = models.TextField(choices=Bereik.choices, default=Bereik.ORGANISATIE)

    class Meta:
        db_table = "loket_access_recht"
        constraints = (
            models.UniqueConstraint(fields=("functie", "handeling", "zaaktype", "bereik"), name="recht_een_keer"),
            models.CheckConstraint(condition=Q(max_va__gte=1, max_va__lte=8), name="recht_max_va"),
            models.CheckConstraint(condition=Q(bereik__in=("organisatie", "team", "betrokken")), name="recht_bereik"),
        )

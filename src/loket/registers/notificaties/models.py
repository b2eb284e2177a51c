"""The tables of notificaties. A Notificatie holds what is sent, once; an Aflevering is its way to one abonnement."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.foundation.database.ids import uuid7
from loket.registers.basis import Rij, tekst


class Kanaal(models.Model):
    """What can be subscribed to, and the kenmerken by which. Those of the standard are of no organisation: they are
    there for all. A `documentatie_link` that begins with / is a path on this Loket."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(
        "loket_identity.Organisatie", on_delete=models.DO_NOTHING, related_name="+", db_index=False, null=True
    )
    organisatie_id: UUID | None
    naam = tekst(50, None)
    documentatie_link = tekst(200)
    filters = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisatie", "naam"), name="nrc_kanaal_naam", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.naam


class Abonnement(Rij):
    """Where notifications go, and which. `auth` (what the subscriber wants in the header Authorization) and `geheim`
    (with which we sign) are sealed. `fouten` counts the failures since the last success; until `pauze_tot` nothing is
    sent. `applicatie` made it."""

    applicatie = models.UUIDField(null=True)
    callback_url = models.TextField()
    auth = models.BinaryField()
    geheim = models.BinaryField()
    kanalen = models.JSONField(default=list)
    aangemaakt_op = models.DateTimeField()
    fouten = models.IntegerField(default=0)
    pauze_tot = models.DateTimeField(null=True)
    afgeleverd = models.BigIntegerField(default=0)
    laatst_afgeleverd = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(F("organisatie"), name="abonnement_organisatie"),)

    def __str__(self) -> str:
        return self.callback_url


class Notificatie(models.Model):
    """One notification: `bericht` is the JSON as subscribers get it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bericht = models.TextField()
    aangemaakt_op = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class Aflevering(models.Model):
    """A notification on its way to one abonnement, in the order of `volg`. `stand`: wacht, afgeleverd, or dood (given
    up; an administrator may send it again). `fout` is why the last attempt failed, `sinds` when the first was due."""

    volg = models.BigAutoField(primary_key=True)
    abonnement = models.ForeignKey(Abonnement, on_delete=models.DB_CASCADE, db_index=False)
    notificatie = models.ForeignKey(Notificatie, on_delete=models.DB_CASCADE)
    hoofdobject = models.TextField()
    stand = models.CharField(max_length=10, default="wacht")
    pogingen = models.SmallIntegerField(default=0)
    volgende = models.DateTimeField()
    sinds = models.DateTimeField()
    fout = models.TextField(default="", blank=True)

    class Meta:
        indexes = (
            models.Index(F("abonnement"), F("volg"), name="aflevering_wacht", condition=Q(stand="wacht")),
            models.Index(
                F("abonnement"),
                F("hoofdobject"),
                F("volg"),
                name="aflevering_mislukt",
                condition=Q(stand="wacht", pogingen__gt=0),
            ),
            models.Index(F("abonnement"), F("volg"), name="aflevering_dood", condition=Q(stand="dood")),
        )

    def __str__(self) -> str:
        return f"{self.stand} {self.volg}"

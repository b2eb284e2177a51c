"""The audit trail that the ZGW standard asks of every API: what was written, and what stood there."""

from django.db import models
from django.db.models import F

from loket.foundation.database.ids import uuid7


class Auditregel(models.Model):
    """One write on a hoofdobject or on what belongs to it. `oud` and `nieuw` are the object as the API showed it. They
    go when the hoofdobject goes, as the standard asks: `foundation.audit` is what stays, without anybody's data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bron = models.CharField(max_length=3)
    hoofdobject = models.UUIDField()
    hoofdobject_url = models.TextField()
    resource = models.CharField(max_length=50)
    resource_url = models.TextField()
    weergave = models.TextField()
    actie = models.CharField(max_length=20)
    resultaat = models.SmallIntegerField()
    applicatie = models.UUIDField(null=True)
    applicatie_weergave = models.TextField()
    gebruiker = models.TextField()
    gebruiker_weergave = models.TextField()
    toelichting = models.TextField()
    aanmaakdatum = models.DateTimeField()
    oud = models.JSONField(null=True)
    nieuw = models.JSONField(null=True)

    class Meta:
        db_table = "loket_api_auditregel"
        indexes = (models.Index(F("hoofdobject"), F("id"), name="auditregel_hoofdobject"),)

    def __str__(self) -> str:
        return f"{self.actie} {self.resource}"

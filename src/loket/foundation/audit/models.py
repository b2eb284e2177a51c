"""The logs. A trigger in the database refuses every change and deletion of their rows."""

from django.db import models
from django.db.models import F

from loket.foundation.database.ids import uuid7


class Handeling(models.Model):
    """One act: who did what to which object, when and why. Refused attempts are acts too (`gelukt` false)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tijd = models.DateTimeField()
    organisatie = models.UUIDField(null=True)
    actor_soort = models.TextField()
    actor = models.UUIDField(null=True)
    actor_naam = models.TextField()
    handeling = models.TextField()
    object_soort = models.TextField()
    object = models.UUIDField(null=True)
    waarom = models.TextField(default="", blank=True)
    gelukt = models.BooleanField(default=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "loket_audit_handeling"
        indexes = (
            models.Index(F("object"), F("tijd"), name="handeling_object"),
            models.Index(F("tijd"), name="handeling_tijd"),
            models.Index(F("organisatie"), F("tijd").desc(), F("id").desc(), name="handeling_organisatie"),
            models.Index(F("actor"), F("tijd").desc(), F("id").desc(), name="handeling_actor"),
        )


class Dataverwerking(models.Model):
    """One line of the Logboek Dataverwerkingen: one person's data, used once, for a registered activity.

    The columns follow the standard's draft (specificaties, 01340ad2): trace and span identify the operation,
    `verwerkingsactiviteit` is the versioned activity of the register, `betrokkene` the pseudonym. `rol` is the functie
    in which the data was used; the employee stands in `Inzage` under the same `trace_id`, for who may look there.
    """

    id = models.BigAutoField(primary_key=True)
    trace_id = models.UUIDField()
    span_id = models.BigIntegerField()
    parent_span_id = models.BigIntegerField(null=True)
    status = models.TextField(default="Ok")
    naam = models.TextField()
    start = models.DateTimeField()
    einde = models.DateTimeField()
    verwerkingsactiviteit = models.TextField()
    betrokkene = models.TextField()
    betrokkene_soort = models.TextField()
    organisatie = models.UUIDField(null=True)
    rol = models.TextField()
    zaak = models.UUIDField(null=True)

    class Meta:
        db_table = "loket_audit_dataverwerking"
        indexes = (
            models.Index(F("betrokkene"), F("start").desc(), name="verwerking_betrokkene"),
            models.Index(F("zaak"), F("start").desc(), name="verwerking_zaak"),
            models.Index(F("organisatie"), F("start").desc(), F("id").desc(), name="verwerking_organisatie"),
            models.Index(F("trace_id"), name="verwerking_trace"),
        )


class Inzage(models.Model):
    """Which employee an operation of the data-use log was of. Apart from that log, because that one is for the person
    whose data it was, and for other organisations; this is for who watches over the use."""

    trace_id = models.UUIDField(primary_key=True)
    medewerker = models.UUIDField()

    class Meta:
        db_table = "loket_audit_inzage"
        indexes = (models.Index(F("medewerker"), name="inzage_medewerker"),)

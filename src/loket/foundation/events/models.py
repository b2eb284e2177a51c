"""The outbox, how far each listener has read, and what waits because a listener failed on it."""

from django.db import models
from django.db.models import F, Q


class Xid8Field(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's 64-bit transaction number; filled by the database itself."""

    def db_type(self, connection: object) -> str:
        return "xid8"


class PgCurrentXactId(models.Func):
    function = "pg_current_xact_id"
    output_field = Xid8Field()


class EventRow(models.Model):
    """One committed event. The order of reading is (xid, volg), below the oldest open transaction: ground rule of the
    outbox, because a lower number may commit later."""

    volg = models.BigAutoField(primary_key=True)
    xid = Xid8Field(db_default=PgCurrentXactId())
    id = models.UUIDField(unique=True)
    type = models.TextField()
    subject = models.UUIDField()
    organisatie = models.UUIDField()
    time = models.DateTimeField()
    data = models.JSONField()

    class Meta:
        db_table = "loket_events_event"
        indexes = (
            models.Index(F("xid"), F("volg"), name="event_order"),
            models.Index(F("subject"), F("volg"), name="event_subject"),
        )


class Listener(models.Model):
    """How far one listener has read. Its row is the lock that keeps two workers from delivering the same batch."""

    name = models.TextField(primary_key=True)
    xid = Xid8Field()
    volg = models.BigIntegerField(default=0)

    class Meta:
        db_table = "loket_events_listener"


class Parked(models.Model):
    """An event on which a listener failed, or that waits behind one of the same subject. Tried again with back-off."""

    listener = models.ForeignKey(Listener, on_delete=models.DO_NOTHING)
    event = models.ForeignKey(EventRow, on_delete=models.DO_NOTHING)
    subject = models.UUIDField()
    attempts = models.IntegerField(default=0)
    next_attempt = models.DateTimeField()
    error = models.TextField(default="", blank=True)

    class Meta:
        db_table = "loket_events_parked"
        constraints = (models.UniqueConstraint(fields=("listener", "event"), name="parked_once"),)
        indexes = (
            models.Index(F("listener"), F("subject"), F("event"), name="parked_subject"),
            models.Index(F("next_attempt"), name="parked_due", condition=Q(attempts__gte=0)),
        )

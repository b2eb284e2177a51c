"""The addresses at which mail comes in, and what came."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from loket.foundation.database.ids import uuid7
from loket.foundation.identity.models import Organisatie, Team


class Postvak(models.Model):
    """An address at which mail comes in, and the team that owns what nobody can place: an alderman's, a desk's.

    Mail to `adres` with an extension (`loket+abc@…`) comes in here too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT)
    adres = models.TextField(unique=True)
    naam = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    actief = models.BooleanField(default=True)

    class Meta:
        db_table = "loket_inbox_postvak"
        constraints = (models.CheckConstraint(condition=Q(adres=Lower("adres")), name="postvak_kleine_letters"),)

    def __str__(self) -> str:
        return self.adres


class Post(models.Model):
    """One mail that came in, as it came: `sha256` is its bytes in the storage. `vingerafdruk` is the same for the same
    mail that is delivered again, whatever servers it passed.

    `stand` 'nieuw' waits to be read; 'verwerkt' became what `betreft` says; 'quarantaine' waits for a person of `team`,
    until `uiterlijk`, for `reden`; 'afgelegd' needs nothing (`reden` says why: a bounce, our own mail, spam).
    """

    class Stand(models.TextChoices):
        NIEUW = "nieuw", _("Nog niet gelezen")
        VERWERKT = "verwerkt", _("Verwerkt")
        QUARANTAINE = "quarantaine", _("Wacht op een collega")
        AFGELEGD = "afgelegd", _("Er is niets mee te doen")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT)
    postvak = models.ForeignKey(Postvak, on_delete=models.PROTECT)
    vingerafdruk = models.BinaryField()
    herkomst = models.TextField()
    envelop_van = models.TextField(default="", blank=True)
    envelop_aan = ArrayField(models.TextField(), default=list)
    sha256 = models.TextField()
    grootte = models.BigIntegerField()
    ontvangen_op = models.DateTimeField()
    stand = models.TextField(choices=Stand.choices, default=Stand.NIEUW)
    reden = models.TextField(default="", blank=True)
    detail = models.JSONField(default=dict, blank=True)
    betreft = models.UUIDField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True)
    uiterlijk = models.DateField(null=True, blank=True)
    gedaan_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "loket_inbox_post"
        constraints = (
            models.UniqueConstraint(fields=("postvak", "vingerafdruk"), name="post_eenmaal"),
            models.CheckConstraint(
                condition=Q(stand__in=("nieuw", "verwerkt", "quarantaine", "afgelegd")), name="post_stand"
            ),
            models.CheckConstraint(
                condition=~Q(stand="quarantaine") | Q(team__isnull=False, uiterlijk__isnull=False) & ~Q(reden=""),
                name="post_quarantaine_heeft_eigenaar",
            ),
        )
        indexes = (
            models.Index(
                F("organisatie"), F("uiterlijk"), F("id"), condition=Q(stand="quarantaine"), name="post_quarantaine"
            ),
            models.Index(F("ontvangen_op"), condition=Q(stand="nieuw"), name="post_nieuw"),
            models.Index(F("sha256"), name="post_bestand"),
            models.Index(F("betreft"), condition=Q(betreft__isnull=False), name="post_betreft"),
        )

    def __str__(self) -> str:
        return f"{self.id} ({self.stand})"

"""The channels of each organisation, and every message that came or went through one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.foundation.database.ids import uuid7
from loket.foundation.identity.models import Organisatie, Team


class Kanaal(models.Model):
    """A channel of an organisation, and the team that gets what comes in by it.

    A key that others show us is kept as its SHA-256 (`sleutel_hash`); what we must give back, to sign with it, is
    sealed with the secret of the installation (`geheim`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT)
    soort = models.TextField()
    naam = models.TextField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    sleutel_hash = models.BinaryField(max_length=32, null=True, unique=True)
    geheim = models.BinaryField(default=b"")
    instellingen = models.JSONField(default=dict, blank=True)
    actief = models.BooleanField(default=True)
    aangemaakt_op = models.DateTimeField()

    class Meta:
        db_table = "loket_channels_kanaal"
        constraints = (models.UniqueConstraint(fields=("organisatie", "naam"), name="kanaal_naam"),)

    def __str__(self) -> str:
        return self.naam


class Bericht(models.Model):
    """One message. `extern_id` is the service's own key, by which the same message is one; `sleutel` our own, of what
    we send. `tegenpartij` is the address of the other side, `betreft` the key of what the message is about.

    In: 'ophalen' (its files are still to be fetched), 'nieuw' (waits to be read), 'verwerkt', 'afgelegd' (nothing to do
    with it), 'mislukt'. Out: 'wacht', 'verzonden', 'bezorgd', 'gelezen', 'mislukt'. `media` holds a row for each file:
    id, naam, mime, and `sha256` as long as the storage keeps it for us, or `fout`.
    """

    class Stand(models.TextChoices):
        OPHALEN = "ophalen", _("Wij halen de foto op")
        NIEUW = "nieuw", _("Nog niet gelezen")
        VERWERKT = "verwerkt", _("Verwerkt")
        AFGELEGD = "afgelegd", _("Er is niets mee te doen")
        WACHT = "wacht", _("Wacht")
        VERZONDEN = "verzonden", _("Verstuurd")
        BEZORGD = "bezorgd", _("Aangekomen")
        GELEZEN = "gelezen", _("Gelezen")
        MISLUKT = "mislukt", _("Mislukt")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, db_index=False)
    kanaal = models.ForeignKey(Kanaal, on_delete=models.PROTECT, db_index=False)
    richting = models.TextField()
    extern_id = models.TextField(default="", blank=True)
    sleutel = models.TextField(default="", blank=True)
    tegenpartij = models.TextField()
    naam = models.TextField(default="", blank=True)
    tekst = models.TextField(default="", blank=True)
    plek = models.JSONField(null=True, blank=True)
    media = models.JSONField(default=list, blank=True)
    stand = models.TextField(choices=Stand.choices)
    reden = models.TextField(default="", blank=True)
    betreft = models.UUIDField(null=True, blank=True)
    pogingen = models.IntegerField(default=0)
    volgende_poging = models.DateTimeField(null=True, blank=True)
    op = models.DateTimeField()
    gedaan_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "loket_channels_bericht"
        constraints = (
            models.UniqueConstraint(
                fields=("kanaal", "richting", "extern_id"), condition=~Q(extern_id=""), name="kanaalbericht_eenmaal"
            ),
            models.UniqueConstraint(fields=("sleutel",), condition=~Q(sleutel=""), name="kanaalbericht_sleutel"),
            models.CheckConstraint(
                condition=Q(richting="in", stand__in=("ophalen", "nieuw", "verwerkt", "afgelegd", "mislukt"))
                | Q(richting="uit", stand__in=("wacht", "verzonden", "bezorgd", "gelezen", "mislukt")),
                name="kanaalbericht_stand",
            ),
        )
        indexes = (
            models.Index(F("kanaal"), F("tegenpartij"), F("id"), name="kanaalbericht_gesprek"),
            models.Index(
                F("volgende_poging"), condition=Q(stand__in=("ophalen", "wacht")), name="kanaalbericht_wachtend"
            ),
            models.Index(F("kanaal"), F("id"), condition=Q(stand="wacht"), name="kanaalbericht_uit"),
            models.Index(F("op"), condition=Q(stand="nieuw"), name="kanaalbericht_nieuw"),
            models.Index(F("organisatie"), F("id"), condition=Q(stand="mislukt"), name="kanaalbericht_mislukt"),
            models.Index(F("betreft"), condition=Q(betreft__isnull=False), name="kanaalbericht_betreft"),
            models.Index(F("id"), condition=~Q(media=[]), name="kanaalbericht_media"),
            models.Index(F("op"), condition=~Q(tekst=""), name="kanaalbericht_tekst"),
        )

    def __str__(self) -> str:
        return f"{self.id} ({self.stand})"

"""The queue of outgoing mail, which is also the record of what was sent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.foundation.database.ids import uuid7
from loket.foundation.identity.models import Organisatie


class Bericht(models.Model):
    """One mail to one address. `key` is the idempotency key of whoever sends; `betreft` the key of what it is about;
    `lijst` the kind of mail that can be refused (`afmelden.LIJSTEN`), '' when it is about one's own case.

    `next_attempt_at` is, while waiting, the moment of the next attempt, and while `bezig` the end of the lease: after
    it whoever took the mail is taken for dead, and it is sent again.
    """

    class Stand(models.TextChoices):
        WACHT = "wacht", _("Wacht")
        BEZIG = "bezig", _("Wordt verstuurd")
        VERZONDEN = "verzonden", _("Verstuurd")
        MISLUKT = "mislukt", _("Mislukt")
        INGETROKKEN = "ingetrokken", _("Tegengehouden")

    class Oorzaak(models.TextChoices):
        GEEN = "", ""
        SERVER = "server", _("De mailserver is niet bereikbaar of weigert nu alles.")
        VERBINDING = "verbinding", _("De verbinding met de mailserver viel weg tijdens het versturen.")
        ONTVANGER = "ontvanger", _("De mailserver van de ontvanger vraagt om te wachten.")
        GEWEIGERD = "geweigerd", _("Het adres bestaat niet, of de e-mail is geweigerd.")
        INHOUD = "inhoud", _("De e-mail kon niet worden gemaakt.")
        INSTELLING = "instelling", _("Er is nog geen mailserver ingesteld.")
        TE_LANG = "te_lang", _("Het lukte vijf dagen lang niet.")
        AFGEMELD = "afgemeld", _("Deze persoon wil zulke e-mails niet.")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, null=True, blank=True)
    key = models.TextField(unique=True)
    betreft = models.UUIDField(null=True, blank=True)
    lijst = models.TextField(default="", blank=True)
    to_address = models.TextField()
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField(default="", blank=True)
    headers = models.JSONField(default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    state = models.TextField(choices=Stand.choices, default=Stand.WACHT)
    oorzaak = models.TextField(choices=Oorzaak.choices, default=Oorzaak.GEEN, blank=True)
    last_error = models.TextField(default="", blank=True)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.TextField(default="", blank=True)

    class Meta:
        db_table = "loket_mail_bericht"
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("wacht", "bezig", "verzonden", "mislukt", "ingetrokken")), name="bericht_stand"
            ),
            models.CheckConstraint(
                condition=Q(state="verzonden", sent_at__isnull=False) | ~Q(state="verzonden"), name="bericht_verzonden"
            ),
        )
        indexes = (
            models.Index(F("next_attempt_at"), condition=Q(state__in=("wacht", "bezig")), name="bericht_wachtend"),
            models.Index(F("queued_at"), condition=Q(state="mislukt"), name="bericht_mislukt"),
            models.Index(F("organisatie"), F("created_at"), name="bericht_organisatie"),
            models.Index(F("betreft"), condition=Q(betreft__isnull=False), name="bericht_betreft"),
            models.Index(F("created_at"), name="bericht_tijd"),
            models.Index(F("lijst"), condition=Q(state="wacht") & ~Q(lijst=""), name="bericht_lijst"),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"


class DkimSleutel(models.Model):
    """A key with which mail of `domein` is signed, from `tekent_vanaf` until `gestopt_op`. `prive` is sealed; `publiek`
    is what stands in DNS, and `dns` what was found there at `gekeken_op`."""

    class Dns(models.TextChoices):
        NIET = "", _("Nog niet gekeken")
        KLOPT = "klopt", _("Klopt")
        AFWEZIG = "afwezig", _("Staat er niet")
        ANDERS = "anders", _("Er staat iets anders")
        ONBEKEND = "onbekend", _("DNS antwoordt niet")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    domein = models.TextField()
    selector = models.TextField()
    algoritme = models.TextField()
    prive = models.BinaryField()
    publiek = models.TextField()
    gemaakt_op = models.DateTimeField()
    tekent_vanaf = models.DateTimeField(null=True, blank=True)
    gestopt_op = models.DateTimeField(null=True, blank=True)
    dns = models.TextField(choices=Dns.choices, default=Dns.NIET, blank=True)
    gekeken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "loket_mail_dkimsleutel"
        constraints = (
            models.UniqueConstraint(fields=("domein", "selector"), name="dkim_selector"),
            models.CheckConstraint(condition=Q(algoritme__in=("rsa-sha256", "ed25519-sha256")), name="dkim_algoritme"),
        )

    def __str__(self) -> str:
        return f"{self.selector}._domainkey.{self.domein}"


class Afmelding(models.Model):
    """Somebody who wants no mail of this kind: `wie` is a keyed hash of the address (`afmelden`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lijst = models.TextField()
    wie = models.BinaryField()
    sinds = models.DateTimeField()

    class Meta:
        db_table = "loket_mail_afmelding"
        constraints = (models.UniqueConstraint(fields=("lijst", "wie"), name="afmelding_eenmaal"),)

    def __str__(self) -> str:
        return self.lijst

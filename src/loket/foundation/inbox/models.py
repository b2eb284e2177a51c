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


class Imap(models.Model):
    """An existing mailbox that Loket looks in by itself, and how that stands. `geheim` is sealed (`bronnen.py`).

    `gelezen_tot` is the highest UID that is stored, `gedaan_tot` the highest with which was done what `daarna` says;
    both hold as long as `uidvalidity` does (RFC 9051, section 2.3.1.1). `overgeslagen`: mails that could not be taken
    in, each `{uid, reden, grootte}`: they stay on the server, and nobody touches them there.
    """

    class Beveiliging(models.TextChoices):
        TLS = "tls", _("TLS")
        STARTTLS = "starttls", _("STARTTLS")
        GEEN = "geen", _("Geen, alleen op deze computer")

    class Wijze(models.TextChoices):
        WACHTWOORD = "wachtwoord", _("Met een wachtwoord")
        OAUTH2 = "oauth2", _("Met OAuth 2.0, zoals bij Microsoft 365")

    class Daarna(models.TextChoices):
        GELEZEN = "gelezen", _("Laat de e-mail staan, als gelezen")
        VERPLAATSEN = "verplaatsen", _("Verplaats de e-mail naar een andere map")
        NIETS = "niets", _("Laat de e-mail staan, ongewijzigd")
        VERWIJDEREN = "verwijderen", _("Verwijder de e-mail")

    class Oorzaak(models.TextChoices):
        GEEN = "", ""
        BEREIK = "bereik", _("De mailserver is niet bereikbaar.")
        TLS = "tls", _("De beveiligde verbinding lukt niet.")
        INLOGGEN = "inloggen", _("De mailserver weigert de gebruiker of het wachtwoord.")
        TOKEN = "token", _("De aanbieder geeft geen toegang met OAuth 2.0.")
        GEHEIM = "geheim", _("Het wachtwoord is niet meer te lezen. Vul het opnieuw in.")
        MAP = "map", _("Deze map is er niet.")
        DAARNA = "daarna", _("De e-mails zijn binnen, maar de mailserver wil ze niet merken of verplaatsen.")
        VERBROKEN = "verbroken", _("De verbinding viel weg.")
        OPSLAG = "opslag", _("Loket kon de e-mails niet bewaren.")
        ANDERS = "anders", _("Er ging iets mis dat wij niet kennen.")

    postvak = models.OneToOneField(Postvak, on_delete=models.CASCADE, primary_key=True, related_name="imap")
    host = models.TextField()
    poort = models.IntegerField(default=993)
    beveiliging = models.TextField(choices=Beveiliging.choices, default=Beveiliging.TLS)
    gebruiker = models.TextField()
    wijze = models.TextField(choices=Wijze.choices, default=Wijze.WACHTWOORD)
    geheim = models.BinaryField()
    token_url = models.TextField(default="", blank=True)
    client_id = models.TextField(default="", blank=True)
    scope = models.TextField(default="", blank=True)
    map = models.TextField(default="INBOX")
    vanaf = models.DateField(null=True, blank=True)
    daarna = models.TextField(choices=Daarna.choices, default=Daarna.GELEZEN)
    map_daarna = models.TextField(default="", blank=True)

    uidvalidity = models.BigIntegerField(null=True, blank=True)
    gelezen_tot = models.BigIntegerField(default=0)
    gedaan_tot = models.BigIntegerField(default=0)
    overgeslagen = models.JSONField(default=list, blank=True)
    gekeken_op = models.DateTimeField(null=True, blank=True)
    gelukt_op = models.DateTimeField(null=True, blank=True)
    volgende_op = models.DateTimeField()
    pogingen = models.IntegerField(default=0)
    oorzaak = models.TextField(choices=Oorzaak.choices, default=Oorzaak.GEEN, blank=True)
    fout = models.TextField(default="", blank=True)
    wachtend = models.IntegerField(null=True, blank=True)
    opgehaald = models.BigIntegerField(default=0)

    class Meta:
        db_table = "loket_inbox_imap"
        constraints = (
            models.CheckConstraint(condition=Q(beveiliging__in=("tls", "starttls", "geen")), name="imap_beveiliging"),
            models.CheckConstraint(
                condition=Q(daarna__in=("gelezen", "verplaatsen", "niets", "verwijderen")), name="imap_daarna"
            ),
            models.CheckConstraint(
                condition=~Q(daarna="verplaatsen") | ~Q(map_daarna=""), name="imap_verplaatst_ergens_heen"
            ),
        )

    def __str__(self) -> str:
        return f"{self.gebruiker}@{self.host}/{self.map}"


class Post(models.Model):
    """One mail that came in, as it came: `sha256` is its bytes in the storage. `vingerafdruk` is the same for the same
    mail that is delivered again, whatever servers it passed. `message_id` is what its sender called it.

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
    message_id = models.TextField(default="", blank=True)
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

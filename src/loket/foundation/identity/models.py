"""Organisations, their teams, and the people who log in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from loket.foundation.database.ids import uuid7


class Organisatie(models.Model):
    """A government on this Loket: a municipality or a water board. Everything recorded belongs to one."""

    class Soort(models.TextChoices):
        GEMEENTE = "gemeente"
        WATERSCHAP = "waterschap"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    naam = models.TextField(unique=True)
    soort = models.TextField(choices=Soort.choices)
    rsin = models.CharField(max_length=9, unique=True)
    afkorting = models.CharField(max_length=4, unique=True)
    hoofd = models.BooleanField(default=False)
    telefoon = models.TextField(default="", blank=True)
    email = models.EmailField(default="", blank=True)
    adres = models.TextField(default="", blank=True)
    openingstijden = models.JSONField(default=dict, blank=True)
    nieuws = models.JSONField(default=list, blank=True)

    class Meta:
        db_table = "loket_identity_organisatie"
        constraints = (
            models.UniqueConstraint(fields=("hoofd",), condition=Q(hoofd=True), name="een_hoofdorganisatie"),
            models.CheckConstraint(condition=Q(soort__in=("gemeente", "waterschap")), name="organisatie_soort"),
        )

    def __str__(self) -> str:
        return self.naam


class GebruikerManager(BaseUserManager["Gebruiker"]):
    """Finds people by the name they log in with."""

    def get_by_natural_key(self, username: str | None) -> "Gebruiker":
        return self.get(gebruikersnaam=username)


class Gebruiker(AbstractBaseUser):
    """Somebody who can log in: an employee of one organisation, or a resident.

    A resident has no name or number here: `pseudoniem` is the keyed hash of the BSN that joins this login to the
    resident's own rows in the registers (see `identity.pseudonym`).
    """

    class Soort(models.TextChoices):
        MEDEWERKER = "medewerker"
        BEWONER = "bewoner"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    soort = models.TextField(choices=Soort.choices)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT, null=True, blank=True)
    gebruikersnaam = models.TextField(unique=True)
    naam = models.TextField(default="", blank=True)
    functietitel = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    telefoon = models.TextField(default="", blank=True)
    pseudoniem = models.TextField(default="", blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[GebruikerManager] = GebruikerManager()

    USERNAME_FIELD = "gebruikersnaam"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "loket_identity_gebruiker"
        constraints = (
            models.CheckConstraint(
                condition=Q(soort="medewerker", organisatie__isnull=False)
                | Q(soort="bewoner", organisatie__isnull=True),
                name="medewerker_heeft_organisatie",
            ),
            models.UniqueConstraint(fields=("pseudoniem",), condition=~Q(pseudoniem=""), name="pseudoniem_een_keer"),
        )

    def __str__(self) -> str:
        return self.naam or str(self.id)


class Team(models.Model):
    """A team of an organisation, in the first, second or third line. Work that nobody takes up returns to its
    coordinator. `domeinen` are the subjects that it knows ('wegen', 'water'), for suggestions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey(Organisatie, on_delete=models.PROTECT)
    naam = models.TextField()
    lijn = models.SmallIntegerField()
    domeinen = ArrayField(models.TextField(), default=list, blank=True)
    coordinator = models.ForeignKey(
        Gebruiker, on_delete=models.PROTECT, related_name="coordineert", null=True, blank=True
    )
    email = models.EmailField(default="", blank=True)

    class Meta:
        db_table = "loket_identity_team"
        constraints = (
            models.UniqueConstraint(fields=("organisatie", "naam"), name="team_naam"),
            models.CheckConstraint(condition=Q(lijn__in=(1, 2, 3)), name="team_lijn"),
        )

    def __str__(self) -> str:
        return self.naam


class Lidmaatschap(models.Model):
    """An employee works in a team in a `functie`; the functie carries the rights (see `access`)."""

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="lidmaatschappen")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="leden")
    functie = models.ForeignKey("loket_access.Functie", on_delete=models.CASCADE)

    class Meta:
        db_table = "loket_identity_lidmaatschap"
        constraints = (models.UniqueConstraint(fields=("gebruiker", "team", "functie"), name="lidmaatschap_een_keer"),)


class Afwezigheid(models.Model):
    """An employee is away from `van` up to and including `tot_en_met`; `vervanger` takes up the work."""

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="afwezigheden")
    van = models.DateField()
    tot_en_met = models.DateField()
    vervanger = models.ForeignKey(Gebruiker, on_delete=models.CASCADE, related_name="vervangt")
    reden = models.TextField(default="", blank=True)

    class Meta:
        db_table = "loket_identity_afwezigheid"
        constraints = (
            models.CheckConstraint(condition=Q(tot_en_met__gte=F("van")), name="afwezigheid_volgorde"),
            models.CheckConstraint(condition=~Q(gebruiker=F("vervanger")), name="niet_eigen_vervanger"),
        )
        indexes = (models.Index(F("vervanger"), F("van"), F("tot_en_met"), name="afwezigheid_vervanger"),)


class Inlogrem(models.Model):
    """Counts logins with a password that failed, by a keyed hash of name and address, or of the address: no list of
    who tried what from where. See `commands.check_password`."""

    sleutel = models.CharField(max_length=64, primary_key=True)
    aantal = models.IntegerField()
    sinds = models.DateTimeField()

    class Meta:
        db_table = "loket_identity_inlogrem"
        indexes = (models.Index(F("sinds"), name="inlogrem_sinds"),)

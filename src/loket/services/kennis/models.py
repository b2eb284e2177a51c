"""The articles with their versions, the words by which they are found, and whether they helped."""

from django.db import models
from django.db.models import F, Q

from loket.foundation.database.ids import uuid7

CONCEPT, GEPUBLICEERD, INGETROKKEN = "concept", "gepubliceerd", "ingetrokken"
VERVANGEN, AFGEWEZEN = "vervangen", "afgewezen"


class Artikel(models.Model):
    """One question with its answer. `versie` is what readers see now; None as long as nothing was published.

    `vraagtermen`: in how many terms the question is found, for the order of what is found. `geldig_tot`: the last day
    on which residents see it; after that somebody must check it first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    slug = models.TextField()
    onderwerp = models.TextField()
    status = models.TextField(default=CONCEPT)
    versie = models.ForeignKey(
        "kennis.Versie", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    eigenaar = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, db_index=False, related_name="+"
    )
    team = models.ForeignKey("loket_identity.Team", on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    voor_bewoners = models.BooleanField(default=True)
    geldig_tot = models.DateField()
    gecontroleerd_op = models.DateField()
    vraagtermen = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "kennis_artikel"
        constraints = (
            models.UniqueConstraint(fields=("organisatie", "slug"), name="kennis_artikel_slug"),
            models.CheckConstraint(
                condition=Q(status__in=(CONCEPT, GEPUBLICEERD, INGETROKKEN)), name="kennis_artikel_status"
            ),
            models.CheckConstraint(
                condition=~Q(status=GEPUBLICEERD) | Q(versie__isnull=False), name="kennis_artikel_heeft_versie"
            ),
        )
        indexes = (models.Index(F("organisatie"), F("status"), F("geldig_tot"), name="kennis_artikel_geldig"),)


class Versie(models.Model):
    """What an article said, and who wrote it, when and why. A version is never changed once it was published.

    `bronnen`: a list of {titel, url, artikel}; `artikel` is the article of law ('28 Paspoortwet'), or ''.
    `trefwoorden`: other words that people use, with commas between them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    artikel = models.ForeignKey(Artikel, on_delete=models.DO_NOTHING, db_index=False, related_name="versies")
    nummer = models.SmallIntegerField()
    stand = models.TextField(default=CONCEPT)
    vraag = models.TextField()
    antwoord = models.TextField()
    trefwoorden = models.TextField(default="", blank=True)
    interne_notitie = models.TextField(default="", blank=True)
    vraag_en = models.TextField(default="", blank=True)
    antwoord_en = models.TextField(default="", blank=True)
    trefwoorden_en = models.TextField(default="", blank=True)
    bronnen = models.JSONField(default=list)
    waarom = models.TextField(default="", blank=True)
    door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    op = models.DateTimeField()
    besloten_door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    besloten_op = models.DateTimeField(null=True)

    class Meta:
        db_table = "kennis_versie"
        constraints = (
            models.UniqueConstraint(fields=("artikel", "nummer"), name="kennis_versie_nummer"),
            models.UniqueConstraint(fields=("artikel",), condition=Q(stand=CONCEPT), name="kennis_versie_een_concept"),
            models.UniqueConstraint(
                fields=("artikel",), condition=Q(stand=GEPUBLICEERD), name="kennis_versie_een_gepubliceerd"
            ),
            models.CheckConstraint(
                condition=Q(stand__in=(CONCEPT, GEPUBLICEERD, VERVANGEN, AFGEWEZEN)), name="kennis_versie_stand"
            ),
            models.CheckConstraint(condition=Q(vraag_en="", antwoord_en="") | ~Q(vraag_en="") & ~Q(antwoord_en=""),
                                   name="kennis_versie_engels_geheel"),
        )  # fmt: skip


class Term(models.Model):
    """A stem in what an article says now, and its weight there: in its question, its other words, its answer."""

    pk = models.CompositePrimaryKey("term", "taal", "artikel")
    term = models.TextField()
    taal = models.CharField(max_length=2)
    artikel = models.ForeignKey(Artikel, on_delete=models.DO_NOTHING, related_name="+")
    gewicht = models.SmallIntegerField()

    class Meta:
        db_table = "kennis_term"


class Woord(models.Model):
    """A word that any article ever used, with its stem: what a word with a slip of the pen is compared with."""

    pk = models.CompositePrimaryKey("woord", "taal")
    woord = models.TextField()
    taal = models.CharField(max_length=2)
    stam = models.TextField()

    class Meta:
        db_table = "kennis_woord"


class Oordeel(models.Model):
    """How often one day people said that an article helped, or did not. Knows nobody."""

    pk = models.CompositePrimaryKey("artikel", "dag")
    artikel = models.ForeignKey(Artikel, on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    dag = models.DateField()
    ja = models.IntegerField(default=0)
    nee = models.IntegerField(default=0)

    class Meta:
        db_table = "kennis_oordeel"


class Opmerking(models.Model):
    """What somebody missed in an article, in his or her words; numbers and addresses in it were made unreadable."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    artikel = models.ForeignKey(Artikel, on_delete=models.DO_NOTHING, related_name="+")
    dag = models.DateField()
    geholpen = models.BooleanField()
    tekst = models.TextField()

    class Meta:
        db_table = "kennis_opmerking"


class Instelling(models.Model):
    """How an organisation keeps its articles. `vier_ogen`: who wrote a version does not publish it. `herinner_dagen`:
    how many days before its last day the owner of an article hears of it."""

    organisatie = models.OneToOneField("loket_identity.Organisatie", on_delete=models.DO_NOTHING, primary_key=True)
    vier_ogen = models.BooleanField(default=False)
    herinner_dagen = models.SmallIntegerField(default=14)

    class Meta:
        db_table = "kennis_instelling"
        constraints = (
            models.CheckConstraint(condition=Q(herinner_dagen__gte=1, herinner_dagen__lte=90), name="kennis_dagen"),
        )

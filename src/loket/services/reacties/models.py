"""What only reacties need beside the registers: the way back for the resident, drafts, ratings, texts, forwarding."""

from django.db import models
from django.db.models import F, Q

from loket.foundation.database.ids import uuid7


class Volglink(models.Model):
    """An unguessable link with which somebody follows a reactie without logging in.

    The key itself is not stored: only its SHA-256, and `zaad`, 32 random bytes that give the key again together with
    the secret of this installation (see `sleutels`), for every next mail. Opening a link changes nothing, so a mail
    scanner that opens every link does no harm. `zaak` is the zaak of the organisation that received the reactie; the
    page shows every zaak with the same number. `partij` is the resident who holds the link, when contact details were
    left. `email` is where mail about this reactie goes (of this link alone: whoever has it can change no other), and
    `berichten` that it is wanted at every step.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, related_name="+")
    partij = models.ForeignKey(
        "klanten.Partij", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    sleutel_hash = models.BinaryField(max_length=32, unique=True)
    zaad = models.BinaryField(max_length=32)
    taal = models.CharField(max_length=2, default="nl")
    meldt_mee = models.BooleanField(default=False)
    email = models.TextField(default="", blank=True)
    berichten = models.BooleanField(default=True)
    aangemaakt_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True)

    class Meta:
        db_table = "reacties_volglink"
        indexes = (models.Index(F("partij"), F("zaak"), name="volglink_wie", condition=Q(partij__isnull=False)),)


class Concept(models.Model):
    """What a resident has filled in and not yet sent, kept on the server for this device (a cookie holds its secret).

    When it is sent, `zaak` and `volglink` are filled in the transaction that makes the zaak: sending again, by a
    double click or a retry, finds them and answers with the same number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sleutel_hash = models.BinaryField(max_length=32, unique=True)
    soort = models.TextField()
    gegevens = models.JSONField(default=dict)
    bijgewerkt_op = models.DateTimeField()
    verstuurd_op = models.DateTimeField(null=True)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+")
    volglink = models.ForeignKey(Volglink, on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+")

    class Meta:
        db_table = "reacties_concept"
        indexes = (models.Index(F("bijgewerkt_op"), name="concept_oud", condition=Q(verstuurd_op=None)),)


class Beoordeling(models.Model):
    """One rating (1–5) and why, for each closing of a reactie and each resident who followed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, db_index=False, related_name="+")
    volglink = models.ForeignKey(Volglink, on_delete=models.DO_NOTHING)
    afgesloten_op = models.DateTimeField()
    cijfer = models.SmallIntegerField()
    waarom = models.TextField(default="", blank=True)
    op = models.DateTimeField()

    class Meta:
        db_table = "reacties_beoordeling"
        constraints = (
            models.CheckConstraint(condition=Q(cijfer__gte=1, cijfer__lte=5), name="beoordeling_cijfer"),
            models.UniqueConstraint(fields=("zaak", "volglink", "afgesloten_op"), name="beoordeling_een_keer"),
        )


class Standaardtekst(models.Model):
    """A text that an employee may start from, with placeholders such as {naam} and {nummer}. An empty soort or domein
    means that it fits all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    titel = models.TextField()
    tekst = models.TextField()
    soort = models.TextField(default="", blank=True)
    domein = models.TextField(default="", blank=True)

    class Meta:
        db_table = "reacties_standaardtekst"
        constraints = (models.UniqueConstraint(fields=("organisatie", "titel"), name="standaardtekst_titel"),)


class Instantie(models.Model):
    """A public body that is not on this Loket and to which reacties are forwarded by mail (Awb 2:3)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    naam = models.TextField()
    email = models.EmailField()
    gaat_over = models.TextField(default="", blank=True)

    class Meta:
        db_table = "reacties_instantie"
        constraints = (models.UniqueConstraint(fields=("organisatie", "naam"), name="instantie_naam"),)


class Doorzending(models.Model):
    """The proof of forwarding (Awb 2:3): from which zaak, to whom, why, which zaak it became or which mail was sent."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, related_name="+")
    naar_organisatie = models.ForeignKey(
        "loket_identity.Organisatie", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    naar_instantie = models.ForeignKey(Instantie, on_delete=models.DO_NOTHING, null=True, db_index=False)
    nieuwe_zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, null=True, related_name="+")
    mailbericht = models.UUIDField(null=True)
    geheel = models.BooleanField(default=True)
    waarom = models.TextField()
    gedeeld = models.JSONField(default=dict)
    medewerker = models.UUIDField()
    op = models.DateTimeField()

    class Meta:
        db_table = "reacties_doorzending"
        constraints = (
            models.CheckConstraint(
                condition=Q(naar_organisatie__isnull=False, nieuwe_zaak__isnull=False, naar_instantie__isnull=True)
                | Q(naar_organisatie__isnull=True, nieuwe_zaak__isnull=True, naar_instantie__isnull=False),
                name="doorzending_een_weg",
            ),
        )


class Teller(models.Model):
    """How often something was done from one place (`sleutel`: a keyed hash of the address) in one window of time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    wat = models.TextField()
    sleutel = models.BinaryField(max_length=32)
    venster = models.DateTimeField()
    aantal = models.IntegerField(default=0)

    class Meta:
        db_table = "reacties_teller"
        constraints = (models.UniqueConstraint(fields=("wat", "sleutel", "venster"), name="teller_een"),)
        indexes = (models.Index(F("venster"), name="teller_oud"),)


class Klachtregeling(models.Model):
    """What an organisation settled about formal complaints (Awb title 9.1): which ombudsman its endings name (9:12) and
    how he is reached, and which person or committee advises ('' for none; 9:14)."""

    organisatie = models.OneToOneField("loket_identity.Organisatie", on_delete=models.DO_NOTHING, primary_key=True)
    ombudsman = models.TextField(default="", blank=True)
    ombudsman_bereik = models.TextField(default="", blank=True)
    commissie = models.TextField(default="", blank=True)

    class Meta:
        db_table = "reacties_klachtregeling"


class Klachtstap(models.Model):
    """A step of a formal complaint: until when (`gepland`), whose it is (`eigenaar`), and when it was done.

    `moment` and `plaats`: of a hearing. `grond`: the article on which it was waived (9:10, second paragraph), not taken
    up (9:8) or adjourned (9:11). `vervallen`: overtaken, because the complaint was opened again or the hearing waived.
    What a step is and which article it comes from stands in `rules_klacht`.
    """

    class Soort(models.TextChoices):
        ONTVANGST = "ontvangst"
        AFSCHRIFT = "afschrift"
        INFORMEEL = "informeel"
        NIET = "niet"
        COMMISSIE = "commissie"
        HOREN = "horen"
        VERSLAG = "verslag"
        ADVIES = "advies"
        VERDAGING = "verdaging"
        AFDOENING = "afdoening"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisatie = models.ForeignKey("loket_identity.Organisatie", on_delete=models.DO_NOTHING, db_index=False)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, related_name="+")
    soort = models.TextField(choices=Soort.choices)
    gepland = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    plaats = models.TextField(default="", blank=True)
    eigenaar = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    gedaan_op = models.DateTimeField(null=True)
    door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    uitkomst = models.TextField(default="", blank=True)
    grond = models.TextField(default="", blank=True)
    toelichting = models.TextField(default="", blank=True)
    document = models.ForeignKey(
        "documenten.Informatieobject", on_delete=models.DO_NOTHING, null=True, db_index=False, related_name="+"
    )
    vervallen = models.BooleanField(default=False)
    aangemaakt_op = models.DateTimeField()

    class Meta:
        db_table = "reacties_klachtstap"
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    soort__in=(
                        *("ontvangst", "afschrift", "informeel", "niet", "commissie"),
                        *("horen", "verslag", "advies", "verdaging", "afdoening"),
                    )
                ),
                name="klachtstap_soort",
            ),
            models.CheckConstraint(
                condition=Q(gepland__isnull=False) | Q(gedaan_op__isnull=False), name="klachtstap_met_dag"
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=("afdoening", "niet", "verslag"), gedaan_op__isnull=False)
                | Q(document__isnull=False),
                name="klachtstap_op_schrift",
            ),
            models.CheckConstraint(
                condition=~Q(soort__in=("niet", "verdaging")) & ~Q(uitkomst="afgezien") | ~Q(grond=""),
                name="klachtstap_met_grond",
            ),
            models.UniqueConstraint(
                fields=("zaak", "soort"),
                condition=Q(vervallen=False) & ~Q(soort="verdaging"),
                name="klachtstap_een_keer",
            ),
        )

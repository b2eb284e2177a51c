"""The work on zaken: who had each, what is open now, and which commands were already carried out."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q

from loket.registers.basis import Rij, tekst
from loket.registers.zaken.models.zaak import Zaak

WACHT_OP = ("", "bewoner", "collega", "organisatie")


class Toewijzing(Rij):
    """That a team, and in it perhaps an employee, has a zaak from `van` until `tot`: the chain of who had it."""

    zaak = models.ForeignKey(Zaak, on_delete=models.DB_CASCADE, related_name="toewijzingen", db_index=False)
    zaak_id: UUID
    team = models.ForeignKey(
        "loket_identity.Team", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    team_id: UUID | None
    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    medewerker_id: UUID | None
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)
    door = tekst(200)
    waarom = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaak",), condition=Q(tot__isnull=True), name="toewijzing_een_tegelijk"),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(medewerker__isnull=False), name="toewijzing_aan_iemand"
            ),
            models.CheckConstraint(condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="toewijzing_volgorde"),
        ]
        indexes: ClassVar = [
            models.Index(F("zaak"), F("van"), name="toewijzing_zaak"),
            models.Index(F("team"), F("zaak"), name="toewijzing_team"),
        ]


class Werkvoorraad(models.Model):
    """The open work: one row for each zaak that is not closed, so that history costs the work list nothing.

    A read model: commands keep it in the same transaction as what it repeats, and remove it at closing. A zaak
    always has a next date (`antwoord_voor`), and an owner (`team`) as soon as its organisation has any team.
    """

    zaak = models.OneToOneField(Zaak, on_delete=models.DB_CASCADE, primary_key=True, related_name="werk")
    zaak_id: UUID
    organisatie = models.ForeignKey(
        "loket_identity.Organisatie", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    organisatie_id: UUID
    identificatie = tekst(40, None)
    zaaktype = tekst(50, None)
    va_rang = models.SmallIntegerField()
    team = models.ForeignKey(
        "loket_identity.Team", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    team_id: UUID | None
    behandelaar = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    behandelaar_id: UUID | None
    antwoord_voor = models.DateField()
    ontvangen_op = models.DateTimeField()
    onderwerp = tekst(80)
    begin = tekst(200)
    plek = tekst(200)
    kanaal = tekst(20)
    voorstel_team = models.ForeignKey(
        "loket_identity.Team", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    voorstel_team_id: UUID | None
    zekerheid = models.FloatField(null=True, blank=True)
    wacht_op = tekst(11)
    nieuw_bericht = models.BooleanField(default=False)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(wacht_op__in=WACHT_OP), name="werkvoorraad_wacht_op"),
            models.CheckConstraint(
                condition=Q(zekerheid__isnull=True) | Q(zekerheid__gte=0, zekerheid__lte=1),
                name="werkvoorraad_zekerheid",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("organisatie"), F("team"), F("antwoord_voor"), F("zaak"), name="werk_team"),
            models.Index(
                F("organisatie"),
                F("team"),
                F("antwoord_voor"),
                F("zaak"),
                name="werk_vrij",
                condition=Q(behandelaar__isnull=True, wacht_op=""),
            ),
            models.Index(
                F("organisatie"),
                F("behandelaar"),
                F("antwoord_voor"),
                F("zaak"),
                name="werk_behandelaar",
                condition=Q(behandelaar__isnull=False),
            ),
            models.Index(F("organisatie"), F("antwoord_voor"), F("zaak"), name="werk_organisatie"),
            models.Index(
                fields=("organisatie", "zaaktype", "antwoord_voor", "zaak"), name="werk_zaaktype", include=("va_rang",)
            ),
            models.Index(F("organisatie"), F("behandelaar"), name="werk_nieuw", condition=Q(nieuw_bericht=True)),
            models.Index(
                F("organisatie"),
                F("wacht_op"),
                F("team"),
                F("antwoord_voor"),
                F("zaak"),
                name="werk_wacht_op",
                condition=~Q(wacht_op=""),
            ),
            GistIndex(Func(F("x"), F("y"), function="point"), name="werk_punt", condition=Q(x__isnull=False)),
        ]


class Idempotentie(Rij):
    """That the command `handeling` with this key was carried out, and gave `resultaat`.

    The unique key makes a second attempt wait for the first and then find its result, also at the same moment.
    """

    handeling = models.TextField()
    sleutel = models.TextField()
    resultaat = models.UUIDField()
    aangemaakt_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "handeling", "sleutel"), name="idempotentie_sleutel")
        ]
        indexes: ClassVar = [models.Index(F("aangemaakt_op"), name="idempotentie_tijd")]

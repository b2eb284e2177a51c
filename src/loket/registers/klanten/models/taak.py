"""What one colleague asks of another."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst

OPEN = ("gegeven", "opgepakt", "teruggegeven")


class Internetaak(Rij):
    """A hand-over (`doorzetten`), a question to a specialist (`vraag`) or a promise to call back (`terugbellen`).

    It lies with a team or an employee, must be done by `uiterlijk`, and goes back to `coordinator` when nobody has
    taken it up by `terug_op`. `vervanger` may do it too. Open Klant's `te_verwerken` is every status but
    `afgehandeld`.

    A call-back was promised for a moment between `van` and `uiterlijk`, to the number `telefoon` ('' is the person's
    own); it always has a `team` as well, anybody of which may take it over. `pogingen`: calls that did not reach the
    resident; each is a klantcontact. `te_laat_op`: when it was found that the moment had passed.
    """

    nummer = tekst(40, None)
    soort = tekst(11, None)
    zaak = models.ForeignKey("zaken.Zaak", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    zaak_id: UUID
    klantcontact = models.ForeignKey(
        "klanten.Klantcontact", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    klantcontact_id: UUID | None
    gevraagde_handeling = tekst(250, None)
    toelichting = models.TextField(default="", blank=True)
    gegeven_door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    gegeven_door_id: UUID | None
    door = tekst(200)
    toegewezen_op = models.DateTimeField()
    team = models.ForeignKey(
        "loket_identity.Team", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    team_id: UUID | None
    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    medewerker_id: UUID | None
    vervanger = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    vervanger_id: UUID | None
    coordinator = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    coordinator_id: UUID
    uiterlijk = models.DateTimeField()
    terug_op = models.DateTimeField()
    status = tekst(12, "gegeven")
    opgepakt_op = models.DateTimeField(null=True, blank=True)
    opgepakt_door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    opgepakt_door_id: UUID | None
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    afgehandeld_door_id: UUID | None
    antwoord = models.TextField(default="", blank=True)
    teruggegeven_op = models.DateTimeField(null=True, blank=True)
    teruggegeven_waarom = models.TextField(default="", blank=True)
    van = models.DateTimeField(null=True, blank=True)
    telefoon = tekst(20, "", db_default="")
    pogingen = models.SmallIntegerField(default=0, db_default=0)
    te_laat_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "nummer"), name="internetaak_nummer"),
            models.CheckConstraint(condition=Q(soort__in=("doorzetten", "vraag", "terugbellen")), name="taak_soort"),
            models.CheckConstraint(condition=Q(status__in=(*OPEN, "afgehandeld")), name="taak_status"),
            models.CheckConstraint(
                condition=Q(team__isnull=False) | Q(medewerker__isnull=False), name="taak_bij_iemand"
            ),
            models.CheckConstraint(
                condition=Q(uiterlijk__gte=F("toegewezen_op"), terug_op__lte=F("uiterlijk")), name="taak_volgorde"
            ),
            models.CheckConstraint(
                condition=Q(status="afgehandeld", afgehandeld_op__isnull=False)
                | (~Q(status="afgehandeld") & Q(afgehandeld_op__isnull=True)),
                name="taak_afgehandeld",
            ),
            models.CheckConstraint(condition=Q(van__isnull=True) | Q(van__lte=F("uiterlijk")), name="taak_van"),
        ]
        indexes: ClassVar = [
            models.Index(F("zaak"), F("toegewezen_op"), name="taak_zaak"),
            models.Index(F("team"), F("uiterlijk"), name="taak_team", condition=Q(status__in=OPEN)),
            models.Index(F("medewerker"), F("uiterlijk"), name="taak_medewerker", condition=Q(status__in=OPEN)),
            models.Index(F("vervanger"), name="taak_vervanger", condition=Q(status__in=OPEN)),
            models.Index(F("gegeven_door"), F("uiterlijk"), name="taak_gegeven", condition=Q(status__in=OPEN)),
            models.Index(F("terug_op"), name="taak_terug", condition=Q(status="gegeven")),
            models.Index(F("uiterlijk"), name="taak_terugbellen", condition=Q(soort="terugbellen", status__in=OPEN)),
        ]

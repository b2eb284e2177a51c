"""A conversation that somebody is writing down."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij


class Gesprek(Rij):
    """The draft of a contact note, kept at each pause while an employee talks. When the note is recorded it becomes a
    `klantcontact` and the draft is emptied; its key makes that happen once. Nobody but the employee and who stands in
    for him or her sees a draft; it is never removed by itself before it is finished."""

    medewerker = models.ForeignKey(
        "loket_identity.Gebruiker", on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    medewerker_id: UUID
    gegevens = models.JSONField(default=dict, blank=True)
    begonnen_op = models.DateTimeField()
    bijgewerkt_op = models.DateTimeField()
    afgerond_op = models.DateTimeField(null=True, blank=True)
    klantcontact = models.ForeignKey(
        "klanten.Klantcontact", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    klantcontact_id: UUID | None

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(afgerond_op__isnull=True) | Q(gegevens={}), name="gesprek_leeg_als_het_klaar_is"
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("medewerker"), name="gesprek_open", condition=Q(afgerond_op__isnull=True)),
            models.Index(F("afgerond_op"), name="gesprek_klaar", condition=Q(afgerond_op__isnull=False)),
        ]

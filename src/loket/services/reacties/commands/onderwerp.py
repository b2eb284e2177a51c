"""Saying what a reactie is about: a person confirms a suggestion, or corrects it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.errors import NotFound, Refused
from loket.registers.catalogi.models import Eigenschap
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Zaak, Zaakeigenschap
from loket.registers.zaken.rules import BIJWERKEN
from loket.services.reacties import catalogus
from loket.services.reacties.categorieen import categorie
from loket.services.reacties.voorstellen import stel_voor


def kies_onderwerp(actor: Actor, zaak: Zaak | UUID, code: str) -> Zaak:
    """Say what an open reactie is about: confirms a suggestion, or corrects it or the choice of the resident. Later
    models learn from it. Again with the same: nothing changes. Needs `zaak.bijwerken`. Raises Refused
    (`invalid_choice`)."""
    actor.require(BIJWERKEN)
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        soort = zaak.zaaktype.identificatie
        if categorie(soort, code) is None:
            raise Refused("invalid_choice", _("Kies een onderwerp uit de lijst."), "categorie")
        al = Zaakeigenschap.objects.filter(zaak=zaak, naam=catalogus.CATEGORIE).values_list("waarde", flat=True).first()
        if al == code:
            return zaak
        eigenschap = Eigenschap.objects.filter(zaaktype_id=zaak.zaaktype_id, naam=catalogus.CATEGORIE).first()
        if eigenschap is None:
            raise NotFound("This zaaktype has no subjects.")
        zaken.zet_eigenschap(actor, zaak, eigenschap, code)
        stel_voor([zaak.id])  # with the subject known, the team may be more certain
    return zaak

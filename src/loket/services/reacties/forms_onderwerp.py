"""The form that says what a reactie is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.services.reacties.categorieen import CATEGORIEEN
from loket.services.reacties.forms_medewerker import HandelingForm


class OnderwerpForm(HandelingForm):
    """Choose a subject of this kind of reactie."""

    categorie = forms.ChoiceField(label=_("Waar gaat het over?"))

    def vul(self) -> None:
        keuzes: list[tuple[str, Any]] = [("", _("Kies een onderwerp"))]
        soort = self.zaak.zaaktype.identificatie
        self.kies("categorie", [*keuzes, *((each.code, each.naam) for each in CATEGORIEEN.get(soort, ()))])

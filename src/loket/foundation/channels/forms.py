"""The form of a channel: its name, its team, and the settings of its kind."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.encoding import force_str
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.channels.adapters import Soort, Veld
from loket.foundation.channels.models import Kanaal
from loket.foundation.web.forms import CharField, Form

_STAAT = _("Staat er al. Laat leeg om het zo te houden.")


class Kanaalformulier(Form):
    """`known`: the secrets that are there already."""

    naam = CharField(label=_("Naam"), help_text=_("Bijvoorbeeld: WhatsApp van de gemeente."), max_length=100)
    team = forms.TypedChoiceField(
        label=_("Team"), help_text=_("Dit team krijgt wat hier binnenkomt."), coerce=UUID, choices=()
    )
    actief = forms.BooleanField(label=_("In gebruik"), required=False, initial=True)

    def __init__(
        self,
        *args: Any,
        soort: Soort,
        teams: Sequence[dict[str, Any]],
        known: Mapping[str, str] | None = None,
        nieuw: bool = False,
        **kwargs: Any,
    ) -> None:
        eigen = {veld.name: _field(veld, known or {}) for veld in soort.velden}
        self.base_fields = {**self.base_fields, **eigen}  # type: ignore[misc]  # before each field gets its words
        super().__init__(*args, **kwargs)
        self.velden = [veld.name for veld in soort.velden]
        self.kies("team", [("", gettext("Kies")), *((str(team["id"]), team["naam"]) for team in teams)])
        if nieuw:
            del self.fields["actief"]

    def instellingen(self) -> dict[str, str]:
        """The settings of the kind."""
        return {naam: self.cleaned_data.get(naam) or "" for naam in self.velden}

    @staticmethod
    def van(kanaal: Kanaal) -> dict[str, Any]:
        """The values that the form begins with."""
        eigen = {"naam": kanaal.naam, "team": kanaal.team_id, "actief": kanaal.actief}
        return {**kanaal.instellingen, **eigen}


def _field(veld: Veld, known: Mapping[str, str]) -> forms.Field:
    required, label, help_text = veld.required and not known.get(veld.name), force_str(veld.label), force_str(veld.help)
    if veld.choices:
        return forms.ChoiceField(label=label, help_text=help_text, choices=veld.choices, required=required)
    if veld.secret:
        return forms.CharField(
            label=label,
            help_text=_STAAT if known.get(veld.name) else help_text,
            max_length=2000,
            required=required,
            widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        )
    return CharField(label=label, help_text=help_text, max_length=2000, required=required)

"""The filter of the data-use log, and how we may reach somebody."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.web.forms import CharField, EmailField, Form
from loket.services.mijn.queries import Filter


class FilterFormulier(Form):
    """Which lines of the log to show. What makes no sense is told at the field; the other fields still count."""

    organisatie = forms.ChoiceField(label=_("Organisatie"), required=False)
    activiteit = forms.ChoiceField(label=_("Waarvoor"), required=False)
    van = forms.DateField(
        label=_("Vanaf"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tot_en_met = forms.DateField(
        label=_("Tot en met"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    eigen = forms.BooleanField(label=_("Toon ook wat u zelf bekeek"), required=False)

    def __init__(
        self, organisaties: list[tuple[str, str]], activiteiten: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        everybody, everything = gettext("Alle organisaties"), gettext("Alles")
        self.kies("organisatie", [("", everybody), *organisaties])
        self.kies("activiteit", [("", everything), *activiteiten])

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        cleaned = super().clean() or {}
        van, tot_en_met = cleaned.get("van"), cleaned.get("tot_en_met")
        if van and tot_en_met and tot_en_met < van:
            self.add_error("tot_en_met", gettext("Deze dag is eerder dan de eerste dag. Kies een latere dag."))
        return cleaned

    def wanted(self) -> Filter:
        """The filter of what was filled in well."""
        if not self.is_bound:
            return Filter()
        self.is_valid()
        good = self.cleaned_data
        return Filter(
            UUID(good["organisatie"]) if good.get("organisatie") else None,
            good.get("activiteit") or "",
            good.get("van"),
            good.get("tot_en_met"),
            bool(good.get("eigen")),
        )


class Bereikformulier(Form):
    """How one organisation may reach somebody. What is left empty stays as it was."""

    email = EmailField(
        label=_("Uw e-mailadres"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    telefoon = CharField(
        label=_("Uw telefoonnummer"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    voorkeurskanaal = forms.ChoiceField(
        label=_("Hoe wilt u het liefst van ons horen?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[("email", _("Per e-mail")), ("telefoon", _("Per telefoon")), ("brief", _("Per brief"))],
    )

    def clean_telefoon(self) -> str:
        """At least ten digits, or nothing."""
        number = str(self.cleaned_data["telefoon"])
        digits = [char for char in number if char.isdigit()]
        if number and (len(digits) < 10 or not set(number) <= set("0123456789+-() ")):
            raise forms.ValidationError(gettext("Een telefoonnummer heeft 10 cijfers. Schrijf het zo: 06 1234 5678."))
        return number

    def clean(self) -> dict[str, Any]:
        """Who chooses a way has to be reachable that way."""
        cleaned = super().clean() or {}
        channel = cleaned.get("voorkeurskanaal")
        if channel == "email" and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Vul uw e-mailadres in, dan kunnen wij u mailen."))
        if channel == "telefoon" and not cleaned.get("telefoon") and "telefoon" not in self.errors:
            self.add_error("telefoon", gettext("Vul uw telefoonnummer in, dan kunnen wij u bellen."))
        return cleaned

"""The filter of both logs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.audit.queries import Filter
from loket.foundation.web.forms import CharField, Form


class Logfilter(Form):
    """A number, a day, an employee."""

    zaak = CharField(label=_("Nummer van de zaak"), max_length=40, required=False)
    dag = forms.DateField(label=_("Dag"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    medewerker = forms.TypedChoiceField(label=_("Medewerker"), coerce=UUID, empty_value=None, required=False)
    betrokkene = CharField(max_length=200, required=False, widget=forms.HiddenInput)
    zonder = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mensen: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alle = ("", gettext("Iedereen"))
        self.kies("medewerker", [alle, *((str(m["id"]), m["naam"]) for m in mensen)])

    def filter(self) -> Filter:
        """What was asked for."""
        return Filter(**self.cleaned_data)

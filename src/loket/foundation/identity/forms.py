"""The form with which employees log in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.foundation.web.forms import CharField, Form


class Inlogformulier(Form):
    """User name and password."""

    naam = CharField(
        label=_("Uw gebruikersnaam"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    wachtwoord = forms.CharField(
        label=_("Uw wachtwoord"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

"""The forms with which employees log in, and choose a password."""

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


class Wachtwoordformulier(Form):
    """A new password, shown to nobody."""

    wachtwoord = forms.CharField(
        label=_("Uw nieuwe wachtwoord"),
        help_text=_("Minstens 12 tekens. Een zin die u goed onthoudt, is het beste."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

"""The forms for mailboxes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.inbox.models import Imap, Postvak
from loket.foundation.web.forms import CharField, EmailField, Form, Keuze


class Postvakformulier(Form):
    """A mailbox."""

    adres = EmailField(label=_("E-mailadres"), help_text=_("Waar mensen heen schrijven, zoals wethouder@voorbeeld.nl."))
    naam = CharField(label=_("Naam"), help_text=_("Bijvoorbeeld: Wethouder Vermeer."), max_length=100)
    team = forms.TypedChoiceField(
        label=_("Team"), help_text=_("Dit team krijgt wat hier binnenkomt."), coerce=UUID, empty_value=None
    )
    actief = forms.BooleanField(label=_("Neem hier e-mail aan"), required=False)

    def __init__(self, *args: Any, teams: Sequence[dict[str, Any]], nieuw: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kies("team", [("", gettext("Kies")), *((str(team["id"]), team["naam"]) for team in teams)])
        del self.fields["actief" if nieuw else "adres"]

    @staticmethod
    def van(postvak: Postvak) -> dict[str, Any]:
        """The values that the form begins with."""
        return {"naam": postvak.naam, "team": str(postvak.team_id), "actief": postvak.actief}


def _geheim(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=5000,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Imapformulier(Form):
    """How Loket gets into an existing mailbox."""

    host = CharField(label=_("Mailserver"), help_text=_("Bijvoorbeeld: imap.voorbeeld.nl."), max_length=253)
    poort = forms.IntegerField(
        label=_("Poort"), help_text=_("993 voor TLS, 143 voor STARTTLS."), min_value=1, max_value=65535, initial=993
    )
    beveiliging = forms.ChoiceField(
        label=_("Hoe is de verbinding beveiligd?"),
        choices=Imap.Beveiliging.choices,
        widget=forms.RadioSelect,
        initial="tls",
    )
    gebruiker = CharField(label=_("Gebruiker"), help_text=_("Vaak het e-mailadres."), max_length=320)
    wijze = forms.ChoiceField(
        label=_("Hoe logt Loket in?"), choices=Imap.Wijze.choices, widget=forms.RadioSelect, initial="wachtwoord"
    )
    wachtwoord = _geheim(_("Wachtwoord"))
    token_url = CharField(
        label=_("Adres voor tokens"),
        help_text=_("Het adres dat uw aanbieder geeft. Het begint met https://."),
        max_length=500,
        required=False,
    )
    client_id = CharField(label=_("Client-id"), max_length=300, required=False)
    client_secret = _geheim(_("Clientgeheim"))
    refresh_token = _geheim(_("Refresh-token"), _("Als uw aanbieder er een geeft."))
    scope = CharField(label=_("Scope"), max_length=500, required=False)
    map = CharField(label=_("Map"), help_text=_("Waar de e-mail binnenkomt."), max_length=200, initial="INBOX")
    vanaf = forms.DateField(
        label=_("Alleen e-mail vanaf"),
        help_text=_("Leeg: alles wat er staat, ook oude e-mail. Schrijf de dag zo: 27-11-2026."),
        required=False,
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"autocomplete": "off"}),
    )
    daarna = forms.ChoiceField(
        label=_("Wat doet Loket met de e-mail op uw mailserver?"),
        choices=[
            ("gelezen", Keuze(_("Laat de e-mail staan, als gelezen"))),
            (
                "verplaatsen",
                Keuze(_("Verplaats de e-mail naar een andere map"), _("Loket maakt de map als die er niet is")),
            ),
            ("niets", Keuze(_("Laat de e-mail staan, ongewijzigd"))),
            ("verwijderen", Keuze(_("Verwijder de e-mail"), _("Alleen Loket heeft de e-mail dan nog"))),
        ],
        widget=forms.RadioSelect,
        initial="gelezen",
    )
    map_daarna = CharField(
        label=_("Map voor wat Loket heeft"), help_text=_("Alleen bij verplaatsen."), max_length=200, required=False
    )

    GEHEIMEN = ("wachtwoord", "client_secret", "refresh_token")

    def __init__(self, *args: Any, bestaat: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if bestaat:
            for naam in self.GEHEIMEN:
                self.fields[naam].help_text = gettext("Leeg: het blijft zoals het is. Wij laten het nooit zien.")

    @staticmethod
    def van(imap: Imap | None) -> dict[str, Any]:
        """The values that the form begins with, secrets not among them."""
        namen = [naam for naam in Imapformulier.base_fields if naam not in Imapformulier.GEHEIMEN]
        return {naam: getattr(imap, naam) for naam in namen} if imap else {}

    def delen(self) -> tuple[dict[str, str], dict[str, Any]]:
        """The secrets, and the rest, as the command takes them."""
        velden = dict(self.cleaned_data)
        return {naam: velden.pop(naam) for naam in self.GEHEIMEN}, velden

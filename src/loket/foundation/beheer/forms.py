"""The forms of the administration."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.beheer import rules
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.web.forms import CharField, EmailField, Form, Keuze
from loket.foundation.web.stored import translated

_UREN = _("Een regel voor elke dag of rij dagen. Bijvoorbeeld: ma-vr 9:00-17:00, of 2026-12-25 dicht.")


class UrenField(forms.CharField):
    """Opening hours in lines; the cleaned value is what the organisation keeps."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Raises ValidationError with the line that is not understood."""
        try:
            return rules.lees_uren(super().clean(value))
        except Refused as refused:
            raise forms.ValidationError(refused.message, refused.code) from None


class Organisatieformulier(Form):
    """What people see of an organisation."""

    naam = CharField(label=_("Naam"), help_text=_("Met het soort ervoor: Gemeente Lindewaard"), max_length=100)
    telefoon = CharField(label=_("Telefoon"), max_length=30, required=False)
    email = EmailField(label=_("E-mailadres"), help_text=_("Hier komen antwoorden op e-mails."), required=False)
    adres = CharField(label=_("Bezoekadres"), max_length=200, required=False)
    uren_telefoon = UrenField(label=_("Wanneer kan men bellen?"), help_text=_UREN)
    uren_balie = UrenField(label=_("Wanneer is de balie open?"), help_text=_UREN)

    @staticmethod
    def van(organisatie: Organisatie) -> dict[str, Any]:
        """The values that the form begins with."""
        uren = organisatie.openingstijden or {}
        velden = {naam: getattr(organisatie, naam) for naam in ("naam", "telefoon", "email", "adres")}
        return velden | {f"uren_{waar}": rules.schrijf_uren(uren.get(waar)) for waar in ("telefoon", "balie")}

    def velden(self, organisatie: Organisatie) -> dict[str, Any]:
        """What the command changes; hours of another kind than the two stay."""
        gegeven = dict(self.cleaned_data)
        uren = {waar: gegeven.pop(f"uren_{waar}") for waar in ("telefoon", "balie")}
        return gegeven | {"openingstijden": {**(organisatie.openingstijden or {}), **uren}}


class Teamformulier(Form):
    """A team."""

    naam = CharField(label=_("Naam"), max_length=100)
    lijn = forms.TypedChoiceField(
        label=_("Welke lijn is dit?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (1, Keuze(_("Eerste lijn"), _("Ziet als eerste wat binnenkomt"))),
            (2, Keuze(_("Tweede lijn"), _("Behandelt wat doorgegeven wordt"))),
            (3, Keuze(_("Derde lijn"), _("Geeft raad over iets heel bijzonders"))),
        ],
    )
    coordinator = forms.TypedChoiceField(
        label=_("Coördinator"),
        help_text=_("Werk dat niemand oppakt, komt bij deze collega terug."),
        coerce=UUID,
        empty_value=None,
        required=False,
    )
    domeinen = CharField(
        label=_("Onderwerpen"),
        help_text=_("Woorden met een spatie ertussen, zoals: wegen groen klachten. Loket stelt dit team dan voor."),
        max_length=500,
        required=False,
    )
    email = EmailField(label=_("E-mailadres van het team"), required=False)

    def __init__(self, *args: Any, collegas: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        niemand = ("", gettext("Niemand"))
        self.kies("coordinator", [niemand, *((str(c["id"]), c["naam"]) for c in collegas)])

    def clean_domeinen(self) -> list[str]:
        """The words, each once, in small letters."""
        return list(dict.fromkeys(self.cleaned_data["domeinen"].lower().replace(",", " ").split()))

    @staticmethod
    def van(team: Team) -> dict[str, Any]:
        """The values that the form begins with."""
        return {
            "naam": team.naam,
            "lijn": team.lijn,
            "coordinator": str(team.coordinator_id or ""),
            "domeinen": " ".join(team.domeinen),
            "email": team.email,
        }


class Medewerkerformulier(Form):
    """An employee."""

    naam = CharField(label=_("Naam"), max_length=100)
    gebruikersnaam = CharField(
        label=_("Gebruikersnaam"), help_text=_("Hiermee logt de collega in. Bijvoorbeeld: a.jansen."), max_length=100
    )
    email = EmailField(label=_("E-mailadres van het werk"), required=False)
    functietitel = CharField(
        label=_("Functie zoals bewoners die lezen"),
        help_text=_("Bijvoorbeeld: Beheerder straten."),
        max_length=100,
        required=False,
    )
    telefoon = CharField(label=_("Telefoon"), max_length=30, required=False)


class Functieformulier(Form):
    """Where an employee works, and as what."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=UUID)
    functie = forms.TypedChoiceField(
        label=_("Functie"), help_text=_("De functie bepaalt wat de collega mag."), coerce=UUID
    )

    def __init__(
        self, *args: Any, teams: Sequence[dict[str, Any]], functies: Sequence[dict[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kies = ("", gettext("Kies"))
        self.kies("team", [kies, *((str(t["id"]), t["naam"]) for t in teams)])
        self.kies("functie", [kies, *((str(f["id"]), translated(f["naam"])) for f in functies)])


class Beginformulier(Form):
    """A new organisation with its first administrator."""

    naam = CharField(
        label=_("Naam van de organisatie"),
        help_text=_("Met het soort ervoor: Gemeente Lindewaard"),
        max_length=100,
    )
    soort = forms.ChoiceField(
        label=_("Soort organisatie"),
        widget=forms.RadioSelect,
        choices=[("gemeente", _("Gemeente")), ("waterschap", _("Waterschap"))],
    )
    afkorting = CharField(
        label=_("Afkorting"),
        help_text=_("2 tot 4 letters. Nummers van meldingen beginnen ermee: LW-2026-00001. Dit blijft altijd zo."),
        max_length=10,
    )
    rsin = CharField(label=_("RSIN"), help_text=_("9 cijfers, uit het Handelsregister."), max_length=20)
    telefoon = CharField(label=_("Telefoon voor bewoners"), max_length=30)
    email = EmailField(label=_("E-mailadres van de organisatie"))
    beheerder = CharField(label=_("Uw naam"), max_length=100)
    gebruikersnaam = CharField(
        label=_("Uw gebruikersnaam"), help_text=_("Hiermee logt u in. Bijvoorbeeld: a.jansen."), max_length=100
    )
    adres = EmailField(label=_("Uw e-mailadres van het werk"))
    wachtwoord = forms.CharField(
        label=_("Uw wachtwoord"),
        help_text=_("Minstens 12 tekens. Een zin die u goed onthoudt, is het beste."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, met_wachtwoord: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_wachtwoord:
            del self.fields["wachtwoord"]

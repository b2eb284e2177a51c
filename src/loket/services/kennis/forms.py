"""The forms of editors."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.identity.queries import collegas
from loket.foundation.time.clock import today
from loket.foundation.web.forms import CharField, Form, PreservingCharField
from loket.services.kennis import queries
from loket.services.kennis.commands.artikelen import TEKSTEN
from loket.services.kennis.rules import MAX_ANTWOORD, MAX_VRAAG, schrijf_bronnen

MAANDEN = 12
"""So many months an article holds when nobody says otherwise."""


def over_een_jaar() -> date:
    """The day that is suggested as the last one."""
    dag = today()
    return dag.replace(year=dag.year + 1, day=min(dag.day, 28))


class DatumField(forms.DateField):
    """A day, as browsers let one choose it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y"], **kwargs)


class TekstForm(Form):
    """The words of an article."""

    vraag = CharField(label=_("De vraag"), help_text=_("Zoals een bewoner haar stelt. Kort."), max_length=MAX_VRAAG)
    antwoord = PreservingCharField(
        label=_("Het antwoord"),
        help_text=_("Eerst het antwoord, dan de rest. Een regel met een streepje ervoor wordt een lijst."),
        max_length=MAX_ANTWOORD,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    trefwoorden = CharField(
        label=_("Andere woorden hiervoor"),
        help_text=_("Woorden die mensen ook gebruiken, met een komma ertussen: pas, id-bewijs, verlopen"),
        max_length=400,
        required=False,
    )
    bronnen = PreservingCharField(
        label=_("Bronnen"),
        help_text=_("Een regel per bron: titel | https://adres | artikel van de wet"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    interne_notitie = PreservingCharField(
        label=_("Alleen voor collega’s"),
        help_text=_("Een bewoner ziet dit nooit. Het gaat niet mee in een antwoord."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    vraag_en = CharField(label=_("De vraag in het Engels"), max_length=MAX_VRAAG, required=False)
    antwoord_en = PreservingCharField(
        label=_("Het antwoord in het Engels"),
        max_length=MAX_ANTWOORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    trefwoorden_en = CharField(label=_("Andere Engelse woorden"), max_length=400, required=False)

    @staticmethod
    def van(versie: dict[str, Any]) -> dict[str, Any]:
        """The values that the form begins with."""
        return {naam: versie[naam] for naam in TEKSTEN} | {"bronnen": schrijf_bronnen(versie["bronnen"])}

    def teksten(self) -> dict[str, str]:
        """The words as the commands take them."""
        return {naam: self.cleaned_data[naam] for naam in TEKSTEN}


class WijzigForm(TekstForm):
    """A proposal."""

    waarom = CharField(label=_("Wat verandert u, en waarom?"), max_length=200, required=False)
    gezien = forms.IntegerField(widget=forms.HiddenInput)


class GegevensForm(Form):
    """Whose an article is and who sees it."""

    onderwerp = CharField(
        label=_("Onderwerp"), help_text=_("Artikelen over één onderwerp staan bij elkaar."), max_length=60
    )
    voor_bewoners = forms.ChoiceField(
        label=_("Wie mag dit lezen?"),
        choices=(("ja", _("Iedereen: het staat ook op de website")), ("nee", _("Alleen collega’s"))),
        widget=forms.RadioSelect,
    )
    team = forms.ChoiceField(label=_("Team"))
    eigenaar = forms.ChoiceField(
        label=_("Eigenaar"), help_text=_("Kijkt het artikel na, en krijgt bericht voordat het verloopt.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert actor.organisatie is not None
        self.onderwerpen = queries.onderwerpen(actor)
        self.fields["onderwerp"].widget.attrs["list"] = "onderwerpen"
        mensen = [(str(m["id"]), f"{m['naam']}, {m['teams']}") for m in collegas(actor.organisatie)]
        self._kies("team", [(str(t["id"]), t["naam"]) for t in queries.teams(actor)])
        self._kies("eigenaar", mensen)

    def _kies(self, naam: str, keuzes: list[tuple[str, str]]) -> None:
        veld = self.fields[naam]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = keuzes

    def gegevens(self) -> dict[str, Any]:
        """The values as the commands take them."""
        waarden = {naam: self.cleaned_data[naam] for naam in ("onderwerp", "team", "eigenaar")}
        return waarden | {"voor_bewoners": self.cleaned_data["voor_bewoners"] == "ja"}


class NieuwForm(GegevensForm, TekstForm):
    """A new article."""

    geldig_tot = DatumField(
        label=_("Tot en met wanneer klopt dit zeker?"),
        help_text=_("Daarna zien bewoners het niet meer, tot u het nakijkt."),
    )
    id = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        *("vraag", "antwoord", "trefwoorden", "bronnen", "onderwerp", "voor_bewoners", "interne_notitie"),
        *("team", "eigenaar", "geldig_tot", "vraag_en", "antwoord_en", "trefwoorden_en"),
    )


class VerlengForm(Form):
    """Until when an article holds."""

    geldig_tot = DatumField(label=_("Tot en met wanneer klopt dit zeker?"), initial=over_een_jaar)


class RedenForm(Form):
    """Why."""

    waarom = CharField(label=_("Waarom?"), max_length=200)


class RegelsForm(Form):
    """How an organisation keeps its articles."""

    vier_ogen = forms.BooleanField(
        label=_("Een ander dan de schrijver publiceert"), required=False, help_text=_("Vier ogen zien meer dan twee.")
    )
    herinner_dagen = forms.IntegerField(
        label=_("Hoeveel dagen van tevoren krijgt de eigenaar bericht?"), min_value=1, max_value=90
    )


class InvoerForm(Form):
    """A file with articles."""

    bestand = forms.FileField(label=_("Bestand"), help_text=_("JSON of CSV, zoals u het hier ook kunt uitvoeren."))
    publiceer = forms.BooleanField(
        label=_("Publiceer meteen"), required=False, help_text=_("Anders worden het concepten en voorstellen.")
    )

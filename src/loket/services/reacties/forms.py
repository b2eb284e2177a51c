"""The forms of the resident. What fits is decided by `inzending.controleer`; these say it beside the field."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.storage.images import DOCUMENTS
from loket.foundation.web.forms import CharField, EmailField, FilesField, FilesInput, Form, Keuze, PreservingCharField
from loket.services.reacties import rules
from loket.services.reacties.categorieen import CATEGORIEEN
from loket.services.reacties.inzending import MAX_NAAM, MAX_OVER, MAX_WOORDEN

VRAGEN = {
    "melding": _("Wat is er aan de hand?"),
    "vraag": _("Wat wilt u weten?"),
    "klacht": _("Wat is er gebeurd?"),
    "compliment": _("Wat ging er goed?"),
}
HINTS = {
    "melding": _("Schrijf wat u ziet. Is er iemand gevallen of kan dat gebeuren? Schrijf dat erbij."),
    "vraag": _("Stel uw vraag in uw eigen woorden. U hoeft niet te weten wie er bij ons over gaat."),
    "klacht": _("Schrijf wat er gebeurde en wanneer. Schrijf ook wat u van ons wilt."),
    "compliment": _("Schrijf wat u fijn vond."),
}


ACCEPT = ",".join(sorted({each for kind in DOCUMENTS for each in (kind.mime, kind.suffixes[0])}))
"""What a browser offers to choose from."""


def _lang(maximum: int, **kwargs: Any) -> PreservingCharField:
    """A text of a person; the server counts, because a browser counts an emoji twice and cuts without a word."""
    field = PreservingCharField(max_length=maximum, **kwargs)
    field.widget.attrs.pop("maxlength", None)
    return field


def bestanden_veld(**kwargs: Any) -> FilesField:
    """Photos and documents: what they really are, the storage looks at."""
    return FilesField(
        **{
            "label": _("Foto’s en bestanden"),
            "help_text": _(
                "Maximaal 5 bestanden van 20 MB. Dat mag een foto zijn, een pdf, of een bestand van Word, Excel of"
                " LibreOffice. Maak geen foto van mensen of nummerborden."
            ),
            "required": False,
            "max_files": rules.MAX_FOTOS,
            "max_bytes": rules.MAX_FOTO_BYTES,
            "widget": FilesInput(attrs={"accept": ACCEPT}),
            **kwargs,
        }
    )


class WatForm(Form):
    """Step 1: what is it? With files, when no step for photos follows."""

    tekst = _lang(rules.MAX_TEKST, widget=forms.Textarea(attrs={"rows": 7}))
    over = _lang(MAX_OVER, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    categorie = forms.ChoiceField(label=_("Waar gaat het over?"), required=False, widget=forms.RadioSelect)
    op_een_plek = forms.BooleanField(label=_("Het gaat over een plek. Die wil ik aanwijzen."), required=False)
    foto = bestanden_veld()

    def __init__(self, soort: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tekst = self.fields["tekst"]
        tekst.label, tekst.help_text = VRAGEN[soort], HINTS[soort]
        tekst.error_messages["required"] = gettext("Geef antwoord op de vraag “%(label)s”") % {"label": tekst.label}
        self.kies("categorie", [(each.code, each.naam) for each in CATEGORIEEN[soort]])
        if soort == "klacht":
            over = self.fields["over"]
            over.label = _("Over wie of wat gaat uw klacht?")
            over.help_text = _("Bijvoorbeeld een naam, een balie of een brief. Weet u dat niet? Laat het leeg.")
        else:
            del self.fields["over"]
        if soort == "melding":  # has a step for the place and photos
            del self.fields["op_een_plek"], self.fields["foto"]


class WaarForm(Form):
    """Step 2: where is it; for a melding also: is it known already, and photos."""

    adres = CharField(required=False, max_length=200)
    woorden = _lang(
        MAX_WOORDEN, label=_("Waar is het precies?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    foto = bestanden_veld()
    zelfde = forms.ChoiceField(
        label=_("Kies of uw melding al bekend is"), required=False, widget=forms.RadioSelect, initial="nieuw"
    )

    def __init__(self, soort: str, bekend: list[tuple[str, Keuze]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", **kwargs})  # the picker draws its own fields, with these ids
        if soort != "melding":  # its files came with the first step
            del self.fields["foto"]
        self.kies("zelfde", [*bekend, ("nieuw", Keuze(_("Nee, mijn melding is nieuw")))])


def telefoonnummer(waarde: str) -> str:
    """The number as it was written, if it can be dialled. Raises ValidationError."""
    cijfers = re.sub(r"[\s()./-]", "", waarde)
    if waarde and not re.fullmatch(r"(\+|00)?\d{9,15}", cijfers):
        raise ValidationError(
            gettext("Dit telefoonnummer klopt niet. Schrijf het zo: 06 12345678."), code="telefoonnummer"
        )
    return waarde


class GegevensForm(Form):
    """Step 3: does the resident want an answer, and how do we reach him or her."""

    antwoord = forms.ChoiceField(
        label=_("Wilt u antwoord van ons?"),
        widget=forms.RadioSelect,
        choices=[
            ("ja", Keuze(_("Ja, houd mij op de hoogte"), _("U krijgt bij elke stap een bericht."))),
            ("nee", Keuze(_("Nee, dat hoeft niet"), _("Dan hoeft u niet te zeggen wie u bent."))),
        ],
    )
    email = EmailField(
        label=_("Uw e-mailadres"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefoon = CharField(
        label=_("Uw telefoonnummer"),
        required=False,
        max_length=20,
        help_text=_("Dan kunnen wij u bellen als wij iets willen vragen."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    naam = CharField(
        label=_("Uw naam"),
        required=False,
        max_length=MAX_NAAM,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, soort: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.soort = soort
        if soort == "klacht":
            del self.fields["antwoord"]
            self.fields["naam"].required = True
            self.fields["naam"].error_messages["required"] = gettext("Vul uw naam in. Een klacht moet een naam hebben.")
            self.order_fields(["naam", "email", "telefoon"])

    def clean_telefoon(self) -> str:
        return telefoonnummer(self.cleaned_data["telefoon"])

    def clean(self) -> dict[str, Any]:
        gegeven = super().clean() or {}
        if self.soort != "klacht" and gegeven.get("antwoord") != "ja":
            return {**gegeven, "naam": "", "email": "", "telefoon": ""}
        if not gegeven.get("email") and not gegeven.get("telefoon") and not {"email", "telefoon"} & set(self.errors):
            woorden = (
                gettext("Vul uw e-mailadres of telefoonnummer in. Dan kunnen wij antwoorden.")
                if self.soort == "klacht"
                else gettext("Vul uw e-mailadres of telefoonnummer in. Of kies dat u geen antwoord wilt.")
            )
            self.add_error("email", ValidationError(woorden, code="required"))
        return gegeven

    def full_clean(self) -> None:
        """Whoever wants no answer need not correct an address."""
        super().full_clean()
        if self.is_bound and self.soort != "klacht" and self.data.get(self.add_prefix("antwoord")) == "nee":
            for naam in ("naam", "email", "telefoon"):
                self.errors.pop(naam, None)


class BerichtForm(Form):
    """A message on the page of a reactie, with or without files."""

    tekst = _lang(rules.MAX_TEKST, label=_("Uw bericht"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    foto = bestanden_veld(label=_("Voeg foto’s of bestanden toe"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tekst = self.fields["tekst"]
        tekst.required = not (self.is_bound and self.files.getlist(self.add_prefix("foto")))
        tekst.error_messages["required"] = gettext("Schrijf een bericht of kies een bestand.")


class BeoordelingForm(Form):
    """After closing, one question."""

    cijfer = forms.TypedChoiceField(
        label=_("Hoe vond u dat wij u hielpen?"),
        help_text=_("1 is heel slecht, 5 is heel goed."),
        widget=forms.RadioSelect,
        choices=[(str(n), str(n)) for n in range(1, 6)],
        coerce=int,
    )
    waarom = _lang(1000, label=_("Waarom?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class HeropenForm(Form):
    """Not solved: say what is still wrong."""

    waarom = _lang(1000, label=_("Wat is er nog niet goed?"), widget=forms.Textarea(attrs={"rows": 3}))


class IntrekForm(Form):
    """Withdraw; why is welcome, not needed."""

    waarom = _lang(500, label=_("Waarom trekt u het in?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class VoorkeurForm(Form):
    """How the resident hears from us."""

    berichten = forms.ChoiceField(
        label=_("Wilt u bij elke stap een e-mail?"),
        widget=forms.RadioSelect,
        choices=[("ja", Keuze(_("Ja, mail mij"))), ("nee", Keuze(_("Nee, ik kijk zelf op deze pagina")))],
    )
    email = EmailField(
        label=_("Uw e-mailadres"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        gegeven = super().clean() or {}
        if gegeven.get("berichten") == "ja" and not gegeven.get("email") and "email" not in self.errors:
            self.add_error("email", ValidationError(gettext("Vul uw e-mailadres in"), code="required"))
        return gegeven


class NummerForm(Form):
    """Follow by number: the link goes to the address that belongs to it, and to nobody else."""

    nummer = CharField(
        label=_("Uw nummer"),
        max_length=40,
        help_text=_("Het nummer staat in onze e-mail of brief. Bijvoorbeeld LW-2026-04817."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "utrecht-textbox utrecht-textbox--html-input tnum"}
        ),
    )
    email = EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,
        help_text=_("Het adres dat u ons gaf. Daar sturen wij de link naartoe."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

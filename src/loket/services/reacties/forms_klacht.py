"""The forms of the complaint procedure, one for each act, and of what an organisation settles about complaints."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from loket.engines.termijnen.klachten import AfzienVanHoren, NietBehandelen
from loket.foundation.time.clock import AMSTERDAM
from loket.foundation.web.forms import CharField, Form, PreservingCharField
from loket.foundation.web.stored import translated
from loket.services.reacties import catalogus
from loket.services.reacties.forms_medewerker import HandelingForm
from loket.services.reacties.queries import klacht
from loket.services.reacties.queries import medewerker as queries

OORDELEN = (catalogus.GEGROND, catalogus.DEELS_GEGROND, catalogus.ONGEGROND)
NIEMAND = "niemand"


def _lang(rijen: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})


def _dag() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _tekst(label: Any, rijen: int = 6, **anders: Any) -> PreservingCharField:
    return PreservingCharField(label=label, max_length=20_000, widget=_lang(rijen), **anders)


class AfschriftForm(HandelingForm):
    medewerker = forms.ChoiceField(
        label=_("Over wie gaat de klacht?"),
        help_text=_("Deze collega krijgt de klacht en ziet de zaak vanaf nu niet meer (artikel 9:7 Awb)."),
    )
    waarom = CharField(
        label=_("Waarom gaat de klacht niet over één collega?"),
        required=False,
        max_length=1000,
        help_text=_("Alleen als u niemand kiest."),
        widget=_lang(2),
    )

    def vul(self) -> None:
        mensen = queries.collegas(self.zaak.organisatie_id)
        self.kies(
            "medewerker",
            [
                ("", _("Kies een collega")),
                (NIEMAND, _("De klacht gaat niet over één collega")),
                *((str(m["id"]), f"{m['naam']}, {m['team']}") for m in mensen),
            ],
        )

    @property
    def wie(self) -> UUID | None:
        """The employee, or None when it is about nobody in particular."""
        gekozen = self.cleaned_data["medewerker"]
        return None if gekozen == NIEMAND else UUID(gekozen)


class InformeelForm(HandelingForm):
    afspraak = PreservingCharField(
        label=_("Wat besprak u, en wat sprak u af?"),
        max_length=4000,
        widget=_lang(5),
        help_text=_("Is de klager tevreden? Dan sturen wij deze woorden als bevestiging."),
    )
    tevreden = forms.ChoiceField(
        label=_("Is de klager tevreden?"),
        widget=forms.RadioSelect,
        choices=(
            ("ja", _("Ja, de klacht is hiermee klaar")),
            ("nee", _("Nee, wij gaan verder met de klacht")),
        ),
    )


class NietForm(HandelingForm):
    grond = forms.ChoiceField(label=_("Waarom hoeven wij deze klacht niet te behandelen?"), widget=forms.RadioSelect)
    gedraging = forms.DateField(
        label=_("Wanneer gebeurde het?"),
        required=False,
        help_text=_("Nodig als het langer dan een jaar geleden is."),
        widget=_dag(),
    )
    waarom = PreservingCharField(
        label=_("Waarom, in gewone woorden"),
        max_length=4000,
        help_text=_("De klager leest dit, met de ombudsman erbij."),
        widget=_lang(4),
    )

    def vul(self) -> None:
        self.kies("grond", [(g.name, _zin(g.grond, g.artikel)) for g in NietBehandelen])


class HorenForm(HandelingForm):
    dag = forms.DateField(label=_("Dag"), widget=_dag())
    tijd = forms.TimeField(label=_("Tijd"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    plaats = CharField(
        label=_("Waar?"), max_length=200, help_text=_("Een adres, of ‘telefonisch’ als de klager dat wil.")
    )
    wie = forms.ChoiceField(
        label=_("Wie hoort?"), help_text=_("Iemand die er niet bij betrokken was (artikel 9:7 Awb).")
    )

    def vul(self) -> None:
        _teams, self.mensen = queries.wie(self.zaak.organisatie_id, (1, 2, 3), self.zaak.id, self.zaak.va_rang)
        self.kies("wie", [(str(m["id"]), f"{m['naam']}, {m['team']}") for m in self.mensen])
        if self.actor.id:
            self.fields["wie"].initial = str(self.actor.id)
        regeling = klacht.procedure(self.zaak.id)
        if regeling.feiten.commissie:
            self.fields["wie"].help_text = _(
                "De commissie hoort (artikel 9:15, tweede lid, Awb). Wie regelt dat bij ons?"
            )

    @property
    def moment(self) -> datetime:
        """Day and time, in the Netherlands."""
        return datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tijd"], AMSTERDAM)

    @property
    def naam(self) -> str:
        """The name of who hears: the committee when there is one."""
        stand = klacht.procedure(self.zaak.id)
        if stand.feiten.commissie:
            return stand.regeling.commissie
        return next(str(m["naam"]) for m in self.mensen if str(m["id"]) == self.cleaned_data["wie"])


class AfzienForm(HandelingForm):
    grond = forms.ChoiceField(label=_("Waarom hoeft u de klager niet te horen?"), widget=forms.RadioSelect)
    waarom = PreservingCharField(label=_("Waar blijkt dat uit?"), max_length=2000, widget=_lang(3))

    def vul(self) -> None:
        self.kies("grond", [(g.name, _zin(g.grond, g.artikel)) for g in AfzienVanHoren])


class VerslagForm(HandelingForm):
    tekst = _tekst(_("Verslag"), 10, help_text=_("Wie waren erbij, en wat zei ieder?"))
    tonen = forms.BooleanField(label=_("De klager krijgt het verslag"), required=False, initial=True)


class AdviesForm(HandelingForm):
    oordeel = forms.ChoiceField(label=_("Wat adviseert de commissie?"), widget=forms.RadioSelect)
    tekst = _tekst(_("Bevindingen en advies"), 8)

    def vul(self) -> None:
        self.kies("oordeel", [(o, translated(o)) for o in OORDELEN])


class AfdoenForm(HandelingForm):
    bevindingen = _tekst(_("Wat vonden wij?"), help_text=_("Wat is er gebeurd, volgens wie?"))
    oordeel = forms.ChoiceField(label=_("Oordeel"), widget=forms.RadioSelect)
    conclusies = _tekst(
        _("Wat doen wij nu?"), 4, help_text=_("Verandert er niets? Schrijf dan dat wij niets veranderen, en waarom.")
    )
    afwijking = _tekst(
        _("Waarom wijkt u af van het advies van de commissie?"), 3, required=False, help_text=_("Artikel 9:16 Awb.")
    )

    def vul(self) -> None:
        self.kies("oordeel", [(o, translated(o)) for o in OORDELEN])
        if not klacht.procedure(self.zaak.id).feiten.commissie:
            del self.fields["afwijking"]


class RegelingForm(Form):
    """What the organisation settled about complaints."""

    ombudsman = CharField(
        label=_("Welke ombudsman onderzoekt uw klachten?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: Nationale ombudsman. Zonder deze naam kan niemand een klacht afdoen."),
    )
    ombudsman_bereik = PreservingCharField(
        label=_("Hoe bereikt men de ombudsman?"),
        max_length=1000,
        required=False,
        help_text=_("Adres, telefoon en website. Dit staat onder elke afdoening."),
        widget=_lang(4),
    )
    commissie = CharField(
        label=_("Wie adviseert over klachten?"),
        max_length=200,
        required=False,
        help_text=_("De persoon of commissie van artikel 9:14 Awb. Is er geen? Laat het leeg."),
    )


def _zin(grond: str, artikel: str) -> str:
    woorden = translated(grond)
    return f"{woorden[:1].upper()}{woorden[1:]} ({artikel})"

"""The forms of employees, one for each act. Each knows actor and zaak, so that it offers only what is possible."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from loket.engines.termijnen import klachten
from loket.engines.termijnen.fouten import TermijnFout
from loket.foundation.access.actor import Actor
from loket.foundation.time.clock import AMSTERDAM, today
from loket.foundation.web.dates import long_date
from loket.foundation.web.forms import CharField, Form, PreservingCharField
from loket.foundation.web.stored import translated
from loket.registers.documenten.queries import documenten_van
from loket.registers.zaken.models import Zaak
from loket.services.reacties import rules_klacht
from loket.services.reacties.queries import klacht
from loket.services.reacties.queries import medewerker as queries
from loket.services.reacties.verdeling import over_werkdagen

HALVE_DAG = time(12)


def gekozen(bij: str) -> tuple[UUID | None, UUID | None]:
    """The team or the employee of a choice 'team:…' or 'mens:…', as the commands take them."""
    soort, _sep, sleutel = bij.partition(":")
    return (UUID(sleutel), None) if soort == "team" else (None, UUID(sleutel))


def _naam(mens: dict[str, Any]) -> str:
    """'Joris Tenhave, Stadsbeheer water – afwezig, dan krijgt Nadia Elzinga het'."""
    weg = str(_(" – afwezig, dan krijgt %s het")) % mens["vervanger"] if mens["vervanger"] else ""
    return f"{mens['naam']}, {mens['team']}{weg}"


class HandelingForm(Form):
    """The base: a key that makes the act happen once, whatever is clicked twice."""

    sleutel = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, actor: Actor, zaak: Zaak, **kwargs: Any) -> None:
        self.actor, self.zaak = actor, zaak
        super().__init__(*args, **kwargs)
        self.vul()

    def vul(self) -> None:
        """Fill the choices of this form; called once."""

    def kies_iemand(self, naam: str, lijnen: tuple[int, ...]) -> None:
        """Let this field choose a team or a person of these lines."""
        teams, mensen = queries.wie(self.zaak.organisatie_id, lijnen, self.zaak.id, self.zaak.va_rang)
        keuzes: list[tuple[str, Any]] = [("", _("Kies een team of persoon") if teams else _("Kies een persoon"))]
        if teams:
            keuzes.append((str(_("Teams")), [(f"team:{t['id']}", t["naam"]) for t in teams]))
        keuzes.append((str(_("Mensen")), [(f"mens:{m['id']}", _naam(m)) for m in mensen]))
        self.kies(naam, keuzes)

    def keuzes(self, naam: str) -> list[tuple[str, Any]]:
        """The choices of one field."""
        field = self.fields[naam]
        assert isinstance(field, forms.ChoiceField)
        return list(field.choices)  # type: ignore[arg-type]


class AntwoordForm(HandelingForm):
    tekst = PreservingCharField(
        label=_("Antwoord"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 9}), required=True
    )
    per_mail, sluit = True, True
    chat = ""
    kanaal = forms.ChoiceField(
        label=_("Hoe geeft u antwoord?"),
        choices=(
            ("email", _("Per e-mail")),
            ("telefoon", _("Ik belde")),
            ("brief", _("Ik schreef een brief")),
            ("balie", _("Ik sprak de bewoner aan de balie")),
        ),
    )
    resultaat = forms.ChoiceField(label=_("Meteen afsluiten als"), required=False)
    waarom = CharField(
        label=_("Waarom, in gewone woorden"),
        required=False,
        max_length=1000,
        help_text=_("Alleen als u afsluit. De bewoner leest dit."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def vul(self) -> None:
        soorten = queries.resultaattypen(self.zaak.zaaktype_id)
        if self.zaak.zaaktype.identificatie == "klacht":  # answered in writing, ended by its own act
            soorten, self.sluit = [], False
            kanaal = self.fields["kanaal"]
            assert isinstance(kanaal, forms.ChoiceField)
            kanaal.choices = [("email", _("Per e-mail")), ("brief", _("Ik schreef een brief"))]
        self.kies("resultaat", [("", _("Nog niet afsluiten")), *((naam, translated(naam)) for naam in soorten)])
        self.per_mail, self.chat = queries.heeft_adres(self.zaak.id), queries.chat_van(self.zaak.id)
        if self.chat and not self.per_mail:
            self.kies("kanaal", [("chat", _("In de chat")), *self.keuzes("kanaal")[1:]])
        elif not self.per_mail:
            self.fields["kanaal"].initial = "brief" if self.zaak.zaaktype.identificatie == "klacht" else "telefoon"

    def clean(self) -> dict[str, Any]:
        schoon: dict[str, Any] = super().clean() or {}
        if schoon.get("resultaat") and not schoon.get("waarom", "").strip():
            self.add_error("waarom", _("Schrijf in gewone woorden waarom u afsluit."))
        return schoon


class VraagBewonerForm(HandelingForm):
    tekst = PreservingCharField(label=_("Uw vraag aan de bewoner"), widget=forms.Textarea(attrs={"rows": 6}))


class NotitieForm(HandelingForm):
    tekst = PreservingCharField(
        label=_("Notitie voor collega’s"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("De bewoner ziet dit niet."),
    )


class BijIemandForm(HandelingForm):
    """Somebody of the own organisation is asked something, until a day."""

    bij = forms.ChoiceField(label=_("Aan welk team of welke persoon?"))
    vraag = CharField(label=_("Wat vraagt u?"), max_length=250, widget=forms.Textarea(attrs={"rows": 3}))
    uiterlijk = forms.DateField(
        label=_("Antwoord uiterlijk"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    lijnen: tuple[int, ...] = (1, 2, 3)

    def vul(self) -> None:
        self.kies_iemand("bij", self.lijnen)
        self.fields["uiterlijk"].initial = over_werkdagen(2).date()

    def clean_uiterlijk(self) -> datetime:
        dag: date = self.cleaned_data["uiterlijk"]
        if dag <= today():
            raise forms.ValidationError(_("Kies een dag die nog moet komen."))
        return datetime.combine(dag, HALVE_DAG, AMSTERDAM)


class SpecialistForm(BijIemandForm):
    lijnen = (3, 2)


class ToewijzenForm(HandelingForm):
    bij = forms.ChoiceField(label=_("Aan welk team of welke persoon?"))
    waarom = CharField(label=_("Waarom?"), max_length=200, required=False)

    def vul(self) -> None:
        self.kies_iemand("bij", (1, 2, 3))


class BetrokkeneForm(HandelingForm):
    medewerker = forms.ChoiceField(
        label=_("Over wie gaat de klacht?"),
        help_text=_("Deze collega ziet de klacht vanaf nu niet meer (artikel 9:7 Awb)."),
    )

    def vul(self) -> None:
        mensen = queries.collegas(self.zaak.organisatie_id)
        self.kies(
            "medewerker", [("", _("Kies een collega")), *((str(m["id"]), f"{m['naam']}, {m['team']}") for m in mensen)]
        )


class UitstelForm(HandelingForm):
    nieuwe_dag = forms.DateField(
        label=_("Nieuwe dag"),
        help_text=_("Een werkdag, later dan wij beloofden."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    waarom = CharField(
        label=_("Waarom duurt het langer?"),
        max_length=1000,
        help_text=_("De bewoner krijgt dit bericht meteen."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SluitForm(HandelingForm):
    resultaat = forms.ChoiceField(label=_("Hoe is het afgelopen?"), widget=forms.RadioSelect)
    waarom = CharField(
        label=_("Waarom, in gewone woorden"),
        max_length=1000,
        help_text=_("De bewoner leest dit."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def vul(self) -> None:
        self.kies("resultaat", [(naam, translated(naam)) for naam in queries.resultaattypen(self.zaak.zaaktype_id)])


class WaaromForm(HandelingForm):
    waarom = CharField(label=_("Waarom?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DoorzendForm(HandelingForm):
    naar = forms.ChoiceField(label=_("Welke organisatie gaat hierover?"))
    waarom = CharField(
        label=_("Waarom zendt u dit door?"),
        max_length=1000,
        help_text=_("De bewoner leest dit en houdt hetzelfde nummer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    documenten = forms.MultipleChoiceField(
        label=_("Welke documenten gaan mee?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    deel = forms.BooleanField(
        label=_("Een deel blijft bij ons"),
        required=False,
        help_text=_("Dan blijft onze zaak open. Kan alleen met een organisatie op dit Loket."),
    )

    def clean(self) -> dict[str, Any]:
        schoon: dict[str, Any] = super().clean() or {}
        if schoon.get("deel") and str(schoon.get("naar", "")).startswith("mail:"):
            self.add_error("deel", _("Per mail zendt u de hele reactie door. Splits haar eerst als een deel blijft."))
        return schoon

    def vul(self) -> None:
        organisaties, instanties = queries.waarheen(self.zaak.organisatie_id)
        self.kies(
            "naar",
            [
                ("", _("Kies een organisatie")),
                (str(_("Op dit Loket")), [(f"org:{o['id']}", o["naam"]) for o in organisaties]),
                (str(_("Per mail")), [(f"mail:{i['id']}", f"{i['naam']}: {i['gaat_over']}") for i in instanties]),
            ],
        )
        bij = documenten_van(self.actor, self.zaak.id)
        self.kies("documenten", [(str(d.id), d.bestandsnaam or d.titel) for d in bij])
        self.fields["documenten"].initial = [str(d.id) for d in bij if d.tonen_aan_initiator]
        if not bij:
            del self.fields["documenten"]


class VerdaagForm(HandelingForm):
    """Adjourning a formal complaint (Awb 9:11)."""

    nieuwe_dag = forms.DateField(
        label=_("Nieuwe laatste dag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    waarom = PreservingCharField(
        label=_("Waarom hebt u meer tijd nodig?"),
        max_length=1000,
        help_text=_("De klager leest dit."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    instemming = CharField(
        label=_("Hoe en wanneer stemde de klager in met een latere dag?"),
        required=False,
        max_length=200,
        help_text=_("Alleen als u nog meer uitstel nodig hebt. Uw collega’s lezen dit, de klager niet."),
    )

    def vul(self) -> None:
        feiten = klacht.procedure(self.zaak.id).feiten
        dag = self.fields["nieuwe_dag"]
        try:
            verdaagd = None if feiten.al_verdaagd else klachten.klacht_verdagen(op=today())
            uiterlijk = verdaagd and rules_klacht.termijn(feiten).met(verdaagd).laatste_dag
        except TermijnFout:
            uiterlijk = None
        if uiterlijk:
            dag.initial = uiterlijk
            zin = _("Uiterlijk %(dag)s: vier weken na de eerste termijn.")
            dag.help_text = zin % {"dag": long_date(uiterlijk, get_language())}
        else:
            dag.help_text = _(
                "De klacht is al een keer verdaagd, of de termijn is voorbij. De klager moet nu instemmen met uitstel."
            )
            self.fields["instemming"].required = True


class AndereZaakForm(HandelingForm):
    met = CharField(label=_("Nummer van de andere reactie"), max_length=40, help_text=_("Bijvoorbeeld LW-2026-04817."))
    waarom = CharField(label=_("Waarom?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class SplitsForm(HandelingForm):
    onderwerp = CharField(label=_("Onderwerp van het andere deel"), max_length=80)
    tekst = PreservingCharField(label=_("Wat schreef de bewoner daarover?"), widget=forms.Textarea(attrs={"rows": 5}))


class TaakAntwoordForm(HandelingForm):
    antwoord = PreservingCharField(
        label=_("Uw antwoord"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Alleen uw collega’s zien dit."),
    )


class LeegForm(HandelingForm):
    """An act that only needs a click."""

"""The forms around conversations and call-backs: the note of an employee, how a call went, when somebody is called."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import AMSTERDAM, now, today
from loket.foundation.web.dates import long_date
from loket.foundation.web.forms import CharField, Form, Keuze, PreservingCharField
from loket.foundation.web.stored import translated
from loket.registers.klanten import beltijden
from loket.services.reacties import rules
from loket.services.reacties.forms_medewerker import HandelingForm, WaaromForm
from loket.services.reacties.queries import medewerker as queries
from loket.services.reacties.queries.gesprek import OpenZaak

type Keuzes = list[tuple[str, Any]]

DAGDEEL = {9: gettext_lazy("in de ochtend"), 12: gettext_lazy("in de middag"), 17: gettext_lazy("in de avond")}
GEEN_ZAAK = UUID(int=0)


def _uur(uur: int) -> str:
    return f"{uur}:00" if (get_language() or "nl").startswith("en") else f"{uur}.00"


def _momenten(openingstijden: object, vanaf: date) -> tuple[Keuzes, Keuzes]:
    """The days and the hours that can be chosen."""
    vandaag = today()
    bijzonder = {vandaag: _("vandaag"), vandaag + timedelta(days=1): _("morgen")}
    dagen: Keuzes = []
    for dag in beltijden.beldagen(openingstijden, vanaf):
        naam = long_date(dag, get_language(), year=False)
        dagen.append((dag.isoformat(), f"{naam} ({bijzonder[dag]})" if dag in bijzonder else naam))
    delen = [
        (f"{van:02}-{tot:02}", _("%(deel)s, %(van)s tot %(tot)s uur") % {"deel": DAGDEEL[van], "van": van, "tot": tot})
        for van, tot in beltijden.dagdelen(openingstijden, vanaf)
    ]
    uren = [
        (f"{van:02}-{tot:02}", _("tussen %(van)s en %(tot)s uur") % {"van": _uur(van), "tot": _uur(tot)})
        for van, tot in beltijden.uren(openingstijden, vanaf)
    ]
    return dagen, [(_("Dagdeel"), delen), (_("Uur"), uren)]


def kies(form: forms.BaseForm, naam: str, opties: Keuzes) -> None:
    """Give the choices of one field."""
    field = form.fields[naam]
    assert isinstance(field, forms.ChoiceField)
    field.choices = opties


def zet_momenten(form: forms.BaseForm, openingstijden: object, *, marge: timedelta = timedelta(hours=2)) -> None:
    """Let `dag` and `wanneer` of this form choose among the hours of the organisation; what comes first is proposed."""
    nu = now()
    dagen, wanneer = _momenten(openingstijden, nu.astimezone(AMSTERDAM).date())
    kies(form, "dag", dagen)
    kies(form, "wanneer", wanneer)
    if dagen:
        blok = beltijden.eerste(openingstijden, nu, marge=marge)
        form.fields["dag"].initial = blok.van.astimezone(AMSTERDAM).date().isoformat()
        form.fields["wanneer"].initial = next(
            (code for code, _naam in wanneer[0][1] if int(code[3:]) >= blok.tot.hour), blok.code
        )


def gekozen_moment(openingstijden: object, waarden: dict[str, Any]) -> beltijden.Blok:
    """The moment that was chosen. Raises Refused."""
    dag = waarden.get("dag") or ""
    return beltijden.kies(
        openingstijden, date.fromisoformat(dag) if dag else date.min, waarden.get("wanneer", ""), now()
    )


def _tijden(organisatie: UUID) -> object:
    return Organisatie.objects.values_list("openingstijden", flat=True).get(id=organisatie)


class GesprekForm(Form):
    """What is written down while talking. All but the note may stay empty; which fields count, the button says."""

    notitie = PreservingCharField(
        label=gettext_lazy("Wat is er gezegd?"),
        max_length=rules.MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True}),
    )
    kanaal = forms.ChoiceField(
        label=gettext_lazy("Hoe spreekt u elkaar?"),
        widget=forms.RadioSelect,
        choices=(("telefoon", gettext_lazy("Telefoon")), ("balie", gettext_lazy("Balie"))),
        initial="telefoon",
    )
    zoek = CharField(
        label=gettext_lazy("Zoek wie u spreekt"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Naam, e-mail, telefoon, nummer van een reactie, of postcode en huisnummer."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    partij = forms.UUIDField(required=False, widget=forms.HiddenInput)
    naam = CharField(label=gettext_lazy("Naam"), required=False, max_length=200)
    telefoon = CharField(label=gettext_lazy("Telefoonnummer"), required=False, max_length=20)
    email = CharField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Vul dit alleen in als de beller bericht wil per e-mail."),
    )
    bevestig = forms.BooleanField(label=gettext_lazy("Stuur een bevestiging per e-mail"), required=False)
    over = forms.ChoiceField(label=gettext_lazy("Waar gaat het over?"), widget=forms.RadioSelect, required=False)
    bij = forms.ChoiceField(label=gettext_lazy("Aan welk team of welke persoon?"), required=False)
    vraag = CharField(
        label=gettext_lazy("Wat vraagt u?"), required=False, max_length=250, widget=forms.Textarea(attrs={"rows": 2})
    )
    dag = forms.ChoiceField(label=gettext_lazy("Welke dag?"), required=False)
    wanneer = forms.ChoiceField(label=gettext_lazy("Hoe laat?"), required=False)
    bel_bij = forms.ChoiceField(label=gettext_lazy("Wie belt terug?"), required=False)

    def __init__(self, *args: Any, organisatie: Organisatie, ik: UUID, zaken: list[OpenZaak], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kies(self, "over", waarover(zaken))
        teams, mensen = queries.wie(organisatie.id, (1, 2, 3), GEEN_ZAAK, 4)
        groepen: Keuzes = [
            (_("Teams"), [(f"team:{t['id']}", t["naam"]) for t in teams]),
            (_("Mensen"), [(f"mens:{m['id']}", _mens(m)) for m in mensen]),
        ]
        wie: Keuzes = [("", _("Wie de zaak heeft, anders mijn team")), (f"mens:{ik}", _("Ikzelf")), *groepen]
        kies(self, "bij", [("", _("Kies een team of persoon")), *groepen])
        kies(self, "bel_bij", wie)
        zet_momenten(self, organisatie.openingstijden)


def _mens(mens: dict[str, Any]) -> str:
    weg = _(" – afwezig, dan krijgt %s het") % mens["vervanger"] if mens["vervanger"] else ""
    return f"{mens['naam']}, {mens['team']}{weg}"


def waarover(zaken: list[OpenZaak]) -> Keuzes:
    """The open reacties of who calls, a new one of any kind, or none."""
    keuzes: Keuzes = [
        (
            zaak.nummer,
            Keuze(
                translated(zaak.onderwerp) + (f", {translated(zaak.plek)}" if zaak.plek else ""),
                _("%(nummer)s, bij %(wie)s") % {"nummer": zaak.nummer, "wie": zaak.bij},
            ),
        )
        for zaak in zaken
    ]
    keuzes += [
        ("nieuw:vraag", _("Nieuwe vraag")),
        ("nieuw:melding", _("Nieuwe melding")),
        ("nieuw:klacht", _("Nieuwe klacht")),
        ("nieuw:compliment", _("Nieuw compliment")),
        ("", Keuze(_("Alleen dit gesprek"), _("Zet u door of belt u terug? Dan wordt het een nieuwe vraag."))),
    ]
    return keuzes


UITKOMSTEN = (
    ("bereikt", gettext_lazy("Wij spraken elkaar")),
    ("niet_bereikt", gettext_lazy("Niemand nam op")),
    ("voicemail", gettext_lazy("Ik sprak de voicemail in")),
)


class BelForm(HandelingForm):
    """How a call went. A call in vain needs a next moment."""

    uitkomst = forms.ChoiceField(label=gettext_lazy("Hoe ging het?"), widget=forms.RadioSelect, choices=UITKOMSTEN)
    antwoord = PreservingCharField(
        label=gettext_lazy("Wat besprak u?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Alleen uw collega’s zien dit."),
    )
    dag = forms.ChoiceField(
        label=gettext_lazy("Wanneer probeert u het weer?"),
        required=False,
        help_text=gettext_lazy("Alleen als u elkaar niet sprak. De bewoner krijgt bericht."),
    )
    wanneer = forms.ChoiceField(label=gettext_lazy("Hoe laat?"), required=False)

    def vul(self) -> None:
        self.tijden = _tijden(self.zaak.organisatie_id)
        zet_momenten(self, self.tijden, marge=timedelta(hours=4))


class VerzetForm(WaaromForm):
    """Another moment for a call-back."""

    dag = forms.ChoiceField(label=gettext_lazy("Welke dag?"))
    wanneer = forms.ChoiceField(label=gettext_lazy("Hoe laat?"))
    field_order = ("dag", "wanneer", "waarom", "sleutel")

    def vul(self) -> None:
        self.tijden = _tijden(self.zaak.organisatie_id)
        self.fields["waarom"].required = False
        self.fields["waarom"].help_text = _(
            "Alleen uw collega’s zien dit. De bewoner krijgt bericht van het nieuwe moment."
        )
        zet_momenten(self, self.tijden)


class BelMijForm(Form):
    """A resident chooses when to be called."""

    waarover = PreservingCharField(
        label=gettext_lazy("Waarover wilt u ons spreken?"),
        required=False,
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    telefoon = CharField(
        label=gettext_lazy("Uw telefoonnummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    dag = forms.ChoiceField(label=gettext_lazy("Op welke dag?"))
    wanneer = forms.ChoiceField(label=gettext_lazy("Hoe laat?"))

    def __init__(self, *args: Any, openingstijden: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zet_momenten(self, openingstijden)


class BelMijNieuwForm(BelMijForm):
    """The same for somebody without a reactie."""

    waarover = PreservingCharField(
        label=gettext_lazy("Waarover wilt u ons spreken?"),
        max_length=rules.MAX_TEKST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    naam = CharField(
        label=gettext_lazy("Uw naam"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("waarover", "telefoon", "naam", "dag", "wanneer")

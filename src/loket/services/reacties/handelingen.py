"""The acts of employees with a reactie: each a form, a command and the words around it. One page serves them all."""

import secrets
from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.foundation.identity.models import Organisatie
from loket.registers.zaken import commands as zaken
from loket.registers.zaken import queries as zoek
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import BIJWERKEN, HEROPENEN, MAKEN, SLUITEN, TOEWIJZEN
from loket.services.reacties import forms_medewerker as forms
from loket.services.reacties.commands import behandeling, keten, taken
from loket.services.reacties.commands.behandeling import BEANTWOORDEN
from loket.services.reacties.commands.onderwerp import kies_onderwerp
from loket.services.reacties.forms_onderwerp import OnderwerpForm
from loket.services.reacties.handeling import Doe, Handeling
from loket.services.reacties.handelingen_klacht import KLACHT


def _beantwoord(actor: Actor, zaak: Zaak, form: forms.AntwoordForm) -> object:
    waarden = form.cleaned_data
    return behandeling.beantwoord(
        actor,
        zaak,
        waarden["tekst"],
        kanaal=waarden["kanaal"],
        resultaat=waarden["resultaat"],
        waarom=waarden["waarom"],
        idempotency_key=waarden["sleutel"],
    )


def _vraagt(opdracht: Callable[..., object]) -> Doe:
    """Both a hand-over and a question to a specialist ask somebody something, until a day."""

    def doe(actor: Actor, zaak: Zaak, form: forms.BijIemandForm) -> object:
        waarden = form.cleaned_data
        team, medewerker = forms.gekozen(waarden["bij"])
        return opdracht(
            actor,
            zaak,
            team=team,
            medewerker=medewerker,
            vraag=waarden["vraag"],
            uiterlijk=waarden["uiterlijk"],
            idempotency_key=waarden["sleutel"],
        )

    return doe


def _wijs_toe(actor: Actor, zaak: Zaak, form: forms.ToewijzenForm) -> object:
    team, medewerker = forms.gekozen(form.cleaned_data["bij"])
    return behandeling.wijs_toe(
        actor,
        zaak,
        team=team,
        behandelaar=medewerker,
        waarom=form.cleaned_data["waarom"],
    )


def _zend_door(actor: Actor, zaak: Zaak, form: forms.DoorzendForm) -> object:
    waarden = form.cleaned_data
    soort, _sep, sleutel = waarden["naar"].partition(":")
    if soort == "mail":
        return keten.zend_door_per_mail(
            actor,
            zaak,
            UUID(sleutel),
            waarom=waarden["waarom"],
            documenten=[UUID(d) for d in waarden.get("documenten", [])],
            idempotency_key=waarden["sleutel"],
        )
    return keten.zend_door(
        actor,
        zaak,
        Organisatie.objects.get(id=UUID(sleutel)),
        waarom=waarden["waarom"],
        documenten=[UUID(d) for d in waarden.get("documenten", [])],
        geheel=not waarden["deel"],
        idempotency_key=waarden["sleutel"],
    )


def _met(actor: Actor, form: forms.AndereZaakForm) -> Zaak:
    return zoek.haal_zaak(actor, form.cleaned_data["met"].strip().upper())


def _verdaag(actor: Actor, zaak: Zaak, form: forms.VerdaagForm) -> object:
    waarden = form.cleaned_data
    return behandeling.verdaag(
        actor,
        zaak,
        waarden["nieuwe_dag"],
        waarden["waarom"],
        instemming=waarden["instemming"],
        idempotency_key=waarden["sleutel"],
    )


def _splits(actor: Actor, zaak: Zaak, form: forms.SplitsForm) -> object:
    waarden = form.cleaned_data
    return keten.splits(
        actor, zaak, onderwerp=waarden["onderwerp"], tekst=waarden["tekst"], idempotency_key=waarden["sleutel"]
    )


HANDELINGEN = (
    Handeling(
        "antwoord",
        _("Antwoord aan bewoner"),
        "mail",
        forms.AntwoordForm,
        _beantwoord,
        BEANTWOORDEN,
        _("Verstuur antwoord"),
        _("Uw antwoord is verstuurd."),
        sneltoets="R",
        plek="editor",
        volgorde=10,
    ),
    Handeling(
        "notitie",
        _("Interne notitie"),
        "lock",
        forms.NotitieForm,
        lambda actor, zaak, form: zaken.schrijf_notitie(actor, zaak, form.cleaned_data["tekst"]),
        BIJWERKEN,
        _("Bewaar notitie"),
        _("Uw notitie staat in de zaak. De bewoner ziet haar niet."),
        sneltoets="I",
        plek="editor",
        intern=True,
        volgorde=20,
    ),
    Handeling(
        "doorzetten",
        _("Doorzetten"),
        "forward",
        forms.BijIemandForm,
        _vraagt(taken.zet_door),
        TOEWIJZEN,
        _("Zet door"),
        _("De zaak is doorgezet."),
        sneltoets="D",
        plek="editor",
        uitleg=_("Pakt niemand dit op? Dan komt het halverwege terug bij de coördinator van het team."),
        volgorde=30,
        samen=_("Zet door"),
    ),
    Handeling(
        "specialist",
        _("Specialist"),
        "people",
        forms.SpecialistForm,
        _vraagt(taken.vraag_specialist),
        BIJWERKEN,
        _("Stel de vraag"),
        _("De vraag is gesteld. De zaak blijft bij u."),
        sneltoets="S",
        plek="editor",
        uitleg=_("De zaak blijft bij u. Het antwoord komt in deze zaak te staan."),
        volgorde=40,
    ),
    Handeling(
        "vraag",
        _("Vraag aan bewoner"),
        "question",
        forms.VraagBewonerForm,
        lambda actor, zaak, form: behandeling.vraag_bewoner(
            actor, zaak, form.cleaned_data["tekst"], idempotency_key=form.cleaned_data["sleutel"]
        ),
        BEANTWOORDEN,
        _("Verstuur vraag"),
        _("Uw vraag is verstuurd. De zaak wacht op de bewoner."),
        plek="editor",
        volgorde=50,
    ),
    Handeling(
        "opnemen",
        _("Neem in behandeling"),
        "check",
        forms.LeegForm,
        lambda actor, zaak, form: behandeling.neem_in_behandeling(actor, zaak),
        TOEWIJZEN,
        _("Neem in behandeling"),
        _("U behandelt deze zaak. De bewoner ziet uw naam."),
        sneltoets="N",
        plek="head",
        volgorde=60,
        samen=_("Neem in behandeling"),
    ),
    Handeling(
        "voorstel",
        _("Neem voorstel over"),
        "check",
        forms.LeegForm,
        lambda actor, zaak, form: taken.neem_voorstel_over(actor, zaak, idempotency_key=form.cleaned_data["sleutel"]),
        TOEWIJZEN,
        _("Zet door naar dit team"),
        _("De zaak is doorgezet naar het team van het voorstel."),
        sneltoets="V",
        plek="",
        volgorde=65,
        samen=_("Neem voorstel over"),
    ),
    Handeling(
        "toewijzen",
        _("Wijs toe"),
        "person",
        forms.ToewijzenForm,
        _wijs_toe,
        TOEWIJZEN,
        _("Wijs toe"),
        _("De zaak is toegewezen."),
        volgorde=70,
        samen=_("Wijs toe"),
    ),
    Handeling(
        "doorzenden",
        _("Zend door"),
        "arrow",
        forms.DoorzendForm,
        _zend_door,
        SLUITEN,
        _("Zend door"),
        _("De reactie is doorgezonden. De bewoner krijgt bericht."),
        uitleg=_("Artikel 2:3 Awb: wat bij een ander hoort, zenden wij zo snel mogelijk door."),
        volgorde=80,
    ),
    Handeling(
        "uitstel",
        _("Stel uit"),
        "clock",
        forms.UitstelForm,
        lambda actor, zaak, form: behandeling.stel_uit(
            actor, zaak, form.cleaned_data["nieuwe_dag"], form.cleaned_data["waarom"]
        ),
        BEANTWOORDEN,
        _("Stel uit"),
        _("De nieuwe dag staat er. De bewoner krijgt bericht."),
        volgorde=90,
    ),
    Handeling(
        "verdagen",
        _("Verdaag"),
        "clock",
        forms.VerdaagForm,
        _verdaag,
        BEANTWOORDEN,
        _("Verdaag en schrijf de klager"),
        _("De nieuwe laatste dag staat er. De klager krijgt bericht, en ook wie de klacht betreft."),
        uitleg=_("Artikel 9:11 Awb: ten hoogste vier weken, en langer alleen als de klager dat goed vindt."),
        volgorde=90,
    ),
    Handeling(
        "samenvoegen",
        _("Voeg samen"),
        "merge",
        forms.AndereZaakForm,
        lambda actor, zaak, form: keten.voeg_samen(actor, zaak, _met(actor, form), form.cleaned_data["waarom"]),
        SLUITEN,
        _("Voeg samen"),
        _("De reacties zijn samengevoegd."),
        volgorde=100,
    ),
    Handeling(
        "splitsen",
        _("Splits"),
        "plus",
        forms.SplitsForm,
        _splits,
        MAKEN,
        _("Splits"),
        _("Het andere deel heeft een eigen nummer."),
        volgorde=110,
    ),
    Handeling(
        "onderwerp",
        _("Kies onderwerp"),
        "list",
        OnderwerpForm,
        lambda actor, zaak, form: kies_onderwerp(actor, zaak, form.cleaned_data["categorie"]),
        BIJWERKEN,
        _("Bewaar onderwerp"),
        _("Het onderwerp staat in de zaak. De volgende voorstellen leren ervan."),
        intern=True,
        plek="",
        volgorde=115,
    ),
    Handeling(
        "koppelen",
        _("Koppel"),
        "link",
        forms.AndereZaakForm,
        lambda actor, zaak, form: keten.koppel(actor, zaak, _met(actor, form), form.cleaned_data["waarom"]),
        BIJWERKEN,
        _("Koppel"),
        _("De reacties zijn gekoppeld."),
        volgorde=120,
    ),
    Handeling(
        "betrokken",
        _("Noem betrokken medewerker"),
        "person",
        forms.BetrokkeneForm,
        lambda actor, zaak, form: behandeling.noem_betrokken_medewerker(
            actor, zaak, UUID(form.cleaned_data["medewerker"])
        ),
        BIJWERKEN,
        _("Leg vast"),
        _("Deze collega ziet de klacht niet meer."),
        intern=True,
        volgorde=125,
    ),
    Handeling(
        "afsluiten",
        _("Sluit af"),
        "check",
        forms.SluitForm,
        lambda actor, zaak, form: behandeling.sluit_af(
            actor, zaak, form.cleaned_data["resultaat"], form.cleaned_data["waarom"]
        ),
        SLUITEN,
        _("Sluit af"),
        _("De reactie is afgesloten. De bewoner krijgt bericht met uw uitleg."),
        sneltoets="A",
        plek="head",
        volgorde=130,
    ),
    Handeling(
        "heropenen",
        _("Heropen"),
        "undo",
        forms.WaaromForm,
        lambda actor, zaak, form: behandeling.heropen(actor, zaak, form.cleaned_data["waarom"]),
        HEROPENEN,
        _("Heropen"),
        _("De reactie is weer open. De bewoner krijgt bericht."),
        gesloten=True,
        volgorde=140,
    ),
    *KLACHT,
)
PER_CODE = {handeling.code: handeling for handeling in HANDELINGEN}


def nieuwe_sleutel() -> str:
    """A key for one act: whoever sends the same form twice acts once."""
    return secrets.token_urlsafe(16)

"""The acts of the complaint procedure (Awb title 9.1), in the order of the law."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from loket.foundation.access.actor import Actor
from loket.registers.zaken.models import Zaak
from loket.services.reacties import forms_klacht as forms
from loket.services.reacties.commands import klacht
from loket.services.reacties.commands.behandeling import BEANTWOORDEN
from loket.services.reacties.forms_medewerker import LeegForm
from loket.services.reacties.handeling import Handeling
from loket.services.reacties.queries.klacht import Procedure, procedure


def _afschrift(actor: Actor, zaak: Zaak, form: forms.AfschriftForm) -> object:
    waarden = form.cleaned_data
    return klacht.stuur_afschrift(
        actor, zaak, medewerker=form.wie, waarom=waarden["waarom"], idempotency_key=waarden["sleutel"]
    )


def _informeel(actor: Actor, zaak: Zaak, form: forms.InformeelForm) -> object:
    waarden = form.cleaned_data
    tevreden = waarden["tevreden"] == "ja"
    return klacht.los_informeel_op(
        actor, zaak, afspraak=waarden["afspraak"], tevreden=tevreden, idempotency_key=waarden["sleutel"]
    )


def _niet(actor: Actor, zaak: Zaak, form: forms.NietForm) -> object:
    waarden = form.cleaned_data
    return klacht.behandel_niet(
        actor,
        zaak,
        grond=waarden["grond"],
        waarom=waarden["waarom"],
        gedraging=waarden["gedraging"],
        idempotency_key=waarden["sleutel"],
    )


def _horen(actor: Actor, zaak: Zaak, form: forms.HorenForm) -> object:
    waarden = form.cleaned_data
    return klacht.plan_horen(
        actor,
        zaak,
        moment=form.moment,
        plaats=waarden["plaats"],
        wie=UUID(waarden["wie"]),
        wie_naam=form.naam,
        idempotency_key=waarden["sleutel"],
    )


def _afzien(actor: Actor, zaak: Zaak, form: forms.AfzienForm) -> object:
    waarden = form.cleaned_data
    return klacht.zie_af_van_horen(
        actor, zaak, grond=waarden["grond"], waarom=waarden["waarom"], idempotency_key=waarden["sleutel"]
    )


def _verslag(actor: Actor, zaak: Zaak, form: forms.VerslagForm) -> object:
    waarden = form.cleaned_data
    return klacht.maak_verslag(
        actor, zaak, tekst=waarden["tekst"], tonen=waarden["tonen"], idempotency_key=waarden["sleutel"]
    )


def _advies(actor: Actor, zaak: Zaak, form: forms.AdviesForm) -> object:
    waarden = form.cleaned_data
    return klacht.leg_advies_vast(
        actor, zaak, oordeel=waarden["oordeel"], tekst=waarden["tekst"], idempotency_key=waarden["sleutel"]
    )


def _afdoen(actor: Actor, zaak: Zaak, form: forms.AfdoenForm) -> object:
    waarden = form.cleaned_data
    return klacht.doe_af(
        actor,
        zaak,
        oordeel=waarden["oordeel"],
        bevindingen=waarden["bevindingen"],
        conclusies=waarden["conclusies"],
        afwijking=waarden.get("afwijking", ""),
        idempotency_key=waarden["sleutel"],
    )


KLACHT = (
    Handeling(
        "klacht-ontvangst",
        _("Bevestig ontvangst"),
        "mail",
        LeegForm,
        lambda actor, zaak, form: klacht.bevestig_ontvangst(actor, zaak, idempotency_key=form.cleaned_data["sleutel"]),
        BEANTWOORDEN,
        _("Schrijf de klager"),
        _("De klager krijgt de bevestiging op schrift."),
        uitleg=_("Artikel 9:6 Awb: wij bevestigen de ontvangst op schrift. Zonder e-mailadres maakt u een brief."),
        volgorde=200,
    ),
    Handeling(
        "klacht-commissie",
        _("Meld de commissie"),
        "people",
        LeegForm,
        lambda actor, zaak, form: klacht.meld_commissie(actor, zaak, idempotency_key=form.cleaned_data["sleutel"]),
        BEANTWOORDEN,
        _("Schrijf de klager"),
        _("De klager weet dat een commissie adviseert. De termijn is nu tien weken."),
        uitleg=_("Afdeling 9.1.3 Awb: de commissie hoort en adviseert. De termijn wordt tien weken."),
        volgorde=205,
    ),
    Handeling(
        "klacht-afschrift",
        _("Stuur afschrift"),
        "document",
        forms.AfschriftForm,
        _afschrift,
        BEANTWOORDEN,
        _("Stuur het afschrift"),
        _("Het afschrift is verstuurd. Deze collega ziet de klacht niet meer."),
        intern=True,
        uitleg=_("Artikel 9:9 Awb: wie de klacht betreft, krijgt een afschrift met wat de klager meestuurde."),
        volgorde=210,
    ),
    Handeling(
        "klacht-informeel",
        _("Leg gesprek vast"),
        "phone",
        forms.InformeelForm,
        _informeel,
        BEANTWOORDEN,
        _("Leg vast"),
        _("Het gesprek staat in de zaak."),
        uitleg=_("Artikel 9:5 Awb: is de klager tevreden, dan stopt de behandeling. De klager krijgt dat op schrift."),
        volgorde=220,
    ),
    Handeling(
        "klacht-niet",
        _("Neem niet in behandeling"),
        "cross",
        forms.NietForm,
        _niet,
        BEANTWOORDEN,
        _("Schrijf de klager en sluit af"),
        _("De klager krijgt op schrift waarom, en welke ombudsman kan helpen."),
        uitleg=_("Artikel 9:8 Awb: binnen vier weken, op schrift en met de reden."),
        volgorde=230,
    ),
    Handeling(
        "klacht-horen",
        _("Plan het horen"),
        "calendar",
        forms.HorenForm,
        _horen,
        BEANTWOORDEN,
        _("Nodig uit"),
        _("De klager en wie de klacht betreft zijn uitgenodigd."),
        uitleg=_("Artikel 9:10 Awb: de klager en wie de klacht betreft kunnen allebei hun verhaal vertellen."),
        volgorde=240,
    ),
    Handeling(
        "klacht-afzien",
        _("Zie af van horen"),
        "cross",
        forms.AfzienForm,
        _afzien,
        BEANTWOORDEN,
        _("Leg vast"),
        _("Vastgelegd. Wie de klacht betreft kan nog wel gehoord worden."),
        intern=True,
        uitleg=_("Artikel 9:10, tweede lid, Awb. De reden staat straks in de afdoening."),
        volgorde=250,
    ),
    Handeling(
        "klacht-verslag",
        _("Maak het verslag"),
        "document",
        forms.VerslagForm,
        _verslag,
        BEANTWOORDEN,
        _("Bewaar het verslag"),
        _("Het verslag staat als document in de zaak."),
        uitleg=_("Artikel 9:10, derde lid, Awb: van het horen wordt een verslag gemaakt."),
        volgorde=260,
    ),
    Handeling(
        "klacht-advies",
        _("Leg advies vast"),
        "document",
        forms.AdviesForm,
        _advies,
        BEANTWOORDEN,
        _("Bewaar het advies"),
        _("Het advies staat als document in de zaak."),
        intern=True,
        uitleg=_("Artikel 9:15, vierde lid, Awb: het rapport van bevindingen met het advies."),
        volgorde=270,
    ),
    Handeling(
        "klacht-afdoen",
        _("Doe de klacht af"),
        "check",
        forms.AfdoenForm,
        _afdoen,
        BEANTWOORDEN,
        _("Verstuur het oordeel en sluit af"),
        _("De klager krijgt het oordeel op schrift, met de ombudsman erbij. De klacht is afgesloten."),
        sneltoets="A",
        plek="head",
        uitleg=_("Artikel 9:12 Awb: bevindingen, oordeel en conclusies op schrift, en welke ombudsman kan helpen."),
        volgorde=130,
    ),
)


def stand(zaak: Zaak) -> Procedure:
    """How the procedure of this complaint stands; read once as long as the object lives."""
    if "_klacht" not in zaak.__dict__:
        zaak.__dict__["_klacht"] = procedure(zaak.id)
    gevonden: Procedure = zaak.__dict__["_klacht"]
    return gevonden


def past(zaak: Zaak, code: str) -> bool:
    """Which of these acts the law leaves to do now; the command refuses the rest in words."""
    if zaak.zaaktype.identificatie != "klacht" or zaak.einddatum is not None:
        return False
    feiten = stand(zaak).feiten
    horen = feiten.stap("horen")
    match code:
        case "klacht-ontvangst":
            return not feiten.gedaan("ontvangst") and feiten.gemaild_op is None
        case "klacht-commissie":
            return bool(stand(zaak).regeling.commissie) and not feiten.commissie and not feiten.al_verdaagd
        case "klacht-horen" | "klacht-afzien":
            return not feiten.gedaan("horen")
        case "klacht-verslag":
            return horen is not None and horen.moment is not None and not feiten.gedaan("verslag")
        case "klacht-advies":
            return feiten.commissie
        case "klacht-afdoen":
            return {stap.soort for stap in stand(zaak).stappen if stap.gedaan_op is None} <= {"ontvangst", "afdoening"}
    return True

"""The words of the mails: for each real step one short mail that says what happened, what comes, and where to look.

Pure, but for the language."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.web.stored import sentence, translated
from loket.services.reacties.verhaal import dag, woord


@dataclass(frozen=True)
class Brief:
    """One mail: subject, paragraphs, words of somebody (`citaat`), and the text of the button to the status page."""

    onderwerp: str
    alineas: tuple[str, ...]
    citaat: str = ""
    knop: str = ""


@dataclass(frozen=True)
class Zaakgegevens:
    """What mails say of a zaak."""

    nummer: str
    soort: str
    onderwerp: str
    organisatie: str
    antwoord_voor: date | None
    resultaat: str
    reden: str
    behandelaar: str

    @property
    def woord(self) -> str:
        """'melding'."""
        return woord(self.soort)


def _knop(zaak: Zaakgegevens) -> str:
    return _("Volg uw %(soort)s") % {"soort": zaak.woord}


def _regel(zaak: Zaakgegevens, zin: str) -> str:
    return f"{zin} – {zaak.nummer}"


def ontvangen(zaak: Zaakgegevens) -> Brief:
    """It came in: the number and the day."""
    alineas = [
        _("Bedankt. Uw %(soort)s is binnen. Uw nummer is %(nummer)s.") % {"soort": zaak.woord, "nummer": zaak.nummer}
    ]
    if zaak.antwoord_voor:
        alineas.append(_("U hoort uiterlijk %(dag)s van ons.") % {"dag": dag(zaak.antwoord_voor)})
    alineas.append(_("Bij elke stap krijgt u een e-mail. Duurt het langer? Dan zeggen wij dat vóór de laatste dag."))
    onderwerp = _regel(zaak, _("Uw %(soort)s is binnen") % {"soort": zaak.woord})
    return Brief(onderwerp, tuple(alineas), knop=_knop(zaak))


def aangesloten(zaak: Zaakgegevens) -> Brief:
    """Somebody joined."""
    zin = _("U meldt mee over: %(onderwerp)s. Het nummer is %(nummer)s.")
    return Brief(
        _regel(zaak, _("U meldt mee")),
        (
            zin % {"onderwerp": translated(zaak.onderwerp), "nummer": zaak.nummer},
            _("U krijgt een e-mail bij elke stap."),
        ),
        knop=_knop(zaak),
    )


def opgepakt(zaak: Zaakgegevens, wie: str) -> Brief:
    """Somebody with a name works on it."""
    alineas = [_("%(wie)s las uw %(soort)s en is ermee bezig.") % {"wie": wie, "soort": zaak.woord}]
    if zaak.antwoord_voor:
        alineas.append(_("U hoort uiterlijk %(dag)s van ons.") % {"dag": dag(zaak.antwoord_voor)})
    alineas.append(_("U hoeft niets te doen."))
    onderwerp = _regel(zaak, _("%(wie)s is bezig met uw %(soort)s") % {"wie": wie, "soort": zaak.woord})
    return Brief(onderwerp, tuple(alineas), knop=_knop(zaak))


def beantwoord(zaak: Zaakgegevens, wie: str, tekst: str, *, vraag: bool, klaar: bool) -> Brief:
    """An answer, or a question to the resident; the words of a klacht stay on the page."""
    if vraag:
        kop = _("Wij hebben een vraag over uw %(soort)s") % {"soort": zaak.woord}
        na = [_("Antwoord op de pagina van uw %(soort)s. Tot die tijd wachten wij.") % {"soort": zaak.woord}]
    else:
        kop = _("Antwoord op uw %(soort)s") % {"soort": zaak.woord}
        na = []
    alineas = [_("%(wie)s van %(organisatie)s schreef u.") % {"wie": wie, "organisatie": zaak.organisatie}]
    if zaak.soort == "klacht":
        alineas.append(_("U leest het op de pagina van uw klacht. Daar kan niemand anders bij."))
        tekst = ""
    if klaar:
        na += _gesloten(zaak)
    return Brief(_regel(zaak, kop), (*alineas, *na), tekst, _knop(zaak))


def gebeld(zaak: Zaakgegevens, wie: str, kanaal: str, *, klaar: bool) -> Brief:
    """An answer that was given in another way."""
    hoe = {
        "telefoon": _("%(wie)s sprak u aan de telefoon."),
        "brief": _("%(wie)s stuurde u een brief."),
    }.get(kanaal, _("%(wie)s sprak met u."))
    alineas = [
        hoe % {"wie": wie},
        _("Wat er is gezegd, staat ook op de pagina van uw %(soort)s.") % {"soort": zaak.woord},
    ]
    return Brief(
        _regel(zaak, _("Antwoord op uw %(soort)s") % {"soort": zaak.woord}),
        (*alineas, *(_gesloten(zaak) if klaar else ())),
        knop=_knop(zaak),
    )


def _gesloten(zaak: Zaakgegevens) -> list[str]:
    regels = []
    if zaak.reden and zaak.soort != "klacht":
        regels.append(
            _("Zo is het afgerond: %(resultaat)s. %(reden)s")
            % {"resultaat": translated(zaak.resultaat).lower(), "reden": translated(zaak.reden)}
        )
    regels.append(_("Was dit goed? Geef ons een cijfer op de pagina. Niet opgelost? Zeg het daar binnen 14 dagen."))
    return regels


def afgesloten(zaak: Zaakgegevens) -> Brief:
    """It is done, and why."""
    return Brief(
        _regel(zaak, _("Uw %(soort)s is afgerond") % {"soort": zaak.woord}),
        (_("Wij hebben uw %(soort)s afgerond.") % {"soort": zaak.woord}, *_gesloten(zaak)),
        knop=_("Geef een cijfer"),
    )


def doorgezonden(zaak: Zaakgegevens, naar: str, waarom: str, *, op_loket: bool) -> Brief:
    """Another government has it now (Awb 2:3)."""
    if op_loket:
        dan = _("Uw nummer blijft hetzelfde. U volgt alles op dezelfde pagina.")
    else:
        dan = _("U hoort verder van %(naar)s.") % {"naar": naar}
    zin = _("Uw %(soort)s gaat over iets van %(naar)s. Daarom stuurden wij hem daarheen.")
    return Brief(
        _regel(zaak, _("Uw %(soort)s is nu bij %(naar)s") % {"soort": zaak.woord, "naar": naar}),
        (zin % {"soort": zaak.woord, "naar": naar}, waarom, dan),
        knop=_knop(zaak),
    )


def vertraagd(zaak: Zaakgegevens, nieuwe_dag: date, waarom: str) -> Brief:
    """It takes longer, until when, and why. Of a klacht the mail gives the article; why stays on the page."""
    alineas = [_("Sorry. Uw %(soort)s duurt langer dan wij zeiden.") % {"soort": zaak.woord}, translated(waarom)]
    if zaak.soort == "klacht":
        alineas.append(_("Waarom, leest u op de pagina van uw klacht. Daar kan niemand anders bij."))
    alineas.append(_("U hoort nu uiterlijk %(dag)s van ons.") % {"dag": dag(nieuwe_dag)})
    return Brief(_regel(zaak, _("Het duurt langer dan wij zeiden")), tuple(alineas), knop=_knop(zaak))


VIER_WEKEN = gettext_noop("Wij mogen de klacht vier weken langer behandelen (artikel 9:11, tweede lid, Awb).")
MET_INSTEMMING = gettext_noop("Dit mag omdat u het goed vond (artikel 9:11, derde lid, Awb).")
INSTEMMING = sentence(gettext_noop("De klager stemt in met verder uitstel (artikel 9:11, derde lid, Awb): %(hoe)s"))


def verdaagd(nummer: str, nieuwe_dag: date, waarom: str, *, instemming: bool) -> str:
    """The written notice that the handling of a klacht is adjourned (Awb 9:11), in the language in force."""
    delen = (
        _("Wij hebben meer tijd nodig voor uw klacht %(nummer)s.") % {"nummer": nummer},
        waarom,
        _("U krijgt ons oordeel uiterlijk %(dag)s.") % {"dag": dag(nieuwe_dag)}
        + " "
        + translated(MET_INSTEMMING if instemming else VIER_WEKEN),
    )
    return "\n\n".join(delen)


def verdaagd_collega(nummer: str, nieuwe_dag: date) -> tuple[str, str]:
    """Subject and text of the same notice to the employee whom the klacht is about: that, and until when."""
    onderwerp = _("De klacht %(nummer)s duurt langer") % {"nummer": nummer}
    tekst = _(
        "De behandeling van de klacht die over u gaat, is verdaagd (artikel 9:11 Awb)."
        " Het oordeel komt uiterlijk %(dag)s. Vragen? Bel de klachtcoördinator."
    )
    return onderwerp, tekst % {"dag": dag(nieuwe_dag)}


def bijna(zaak: Zaakgegevens) -> Brief:
    """The promised day is near and it is not done: told before the last day."""
    assert zaak.antwoord_voor is not None
    return Brief(
        _regel(zaak, _("Wij zijn nog bezig met uw %(soort)s") % {"soort": zaak.woord}),
        (
            _("Wij beloofden u antwoord uiterlijk %(dag)s.") % {"dag": dag(zaak.antwoord_voor)},
            _("Wij zijn er nog mee bezig. Lukt het niet op tijd? Dan hoort u een nieuwe dag, en waarom."),
        ),
        knop=_knop(zaak),
    )


def heropend(zaak: Zaakgegevens) -> Brief:
    """It is open again."""
    alineas = [_("Wij gaan weer aan de slag met uw %(soort)s.") % {"soort": zaak.woord}]
    if zaak.antwoord_voor:
        alineas.append(_("U hoort uiterlijk %(dag)s van ons.") % {"dag": dag(zaak.antwoord_voor)})
    onderwerp = _regel(zaak, _("Wij gaan weer aan de slag met uw %(soort)s") % {"soort": zaak.woord})
    return Brief(onderwerp, tuple(alineas), knop=_knop(zaak))


def samengevoegd(zaak: Zaakgegevens, met: str) -> Brief:
    """It goes on with another one about the same."""
    zin = _("Wij kregen meer berichten over hetzelfde. Daarom gaat uw %(soort)s verder samen met nummer %(met)s.")
    return Brief(
        _regel(zaak, _("Uw %(soort)s gaat verder met een andere") % {"soort": zaak.woord}),
        (zin % {"soort": zaak.woord, "met": met}, _("U volgt het op dezelfde pagina als eerst.")),
        knop=_knop(zaak),
    )


def ingetrokken(zaak: Zaakgegevens) -> Brief:
    """The resident withdrew it."""
    return Brief(
        _regel(zaak, _("U trok uw %(soort)s in") % {"soort": zaak.woord}),
        (
            _("U trok uw %(soort)s in. Wij doen er niets meer mee.") % {"soort": zaak.woord},
            _("Deed u dit niet zelf? Bel ons dan."),
        ),
        knop=_knop(zaak),
    )


def ander_adres(zaak: Zaakgegevens) -> Brief:
    """To the old address: mail goes elsewhere from now on."""
    return Brief(
        _regel(zaak, _("Uw e-mailadres is veranderd")),
        (
            _("Berichten over uw %(soort)s gaan vanaf nu naar een ander e-mailadres.") % {"soort": zaak.woord},
            _("Deed u dit niet zelf? Bel ons dan."),
        ),
    )


def link_gevraagd(zaak: Zaakgegevens) -> Brief:
    """Somebody asked for the link with the number and this address."""
    return Brief(
        _regel(zaak, _("De link naar uw %(soort)s") % {"soort": zaak.woord}),
        (
            _("U vroeg om de link naar uw %(soort)s. Met de knop hieronder ziet u hoe het ervoor staat.")
            % {"soort": zaak.woord},
            _("Vroeg u dit niet? Dan hoeft u niets te doen."),
        ),
        knop=_knop(zaak),
    )

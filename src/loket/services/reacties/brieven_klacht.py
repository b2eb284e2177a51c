"""The letters of the complaint procedure (Awb title 9.1), to the complainant and to whom the complaint is about. Pure,
but for the language in force."""

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.engines.termijnen.klachten import AfzienVanHoren, NietBehandelen
from loket.foundation.web.dates import long_moment
from loket.foundation.web.stored import translated
from loket.services.reacties.models import Klachtregeling
from loket.services.reacties.verhaal import dag


def _alineas(*delen: str) -> str:
    return "\n\n".join(deel.strip() for deel in delen if deel.strip())


def ontvangst(nummer: str, ontvangen: date, wie: str, waarom: str) -> str:
    """Receipt (9:6), with who handles it and until when."""
    return _alineas(
        _("Wij kregen uw klacht op %(dag)s. Het nummer is %(nummer)s.") % {"dag": dag(ontvangen), "nummer": nummer},
        (_("%(wie)s behandelt uw klacht. Die was er niet bij betrokken.") % {"wie": wie}) if wie else "",
        _("U krijgt de kans om uw verhaal te vertellen. Daarna geven wij u ons oordeel op schrift."),
        waarom,
    )


def commissie(nummer: str, naam: str, waarom: str) -> str:
    """A person or committee advises (9:15, first paragraph), so it takes ten weeks."""
    return _alineas(
        _("Over uw klacht %(nummer)s geeft een commissie ons advies: %(naam)s.") % {"nummer": nummer, "naam": naam},
        _("De commissie nodigt u uit voor een gesprek."),
        waarom,
    )


def uitnodiging(nummer: str, moment: datetime, plaats: str, wie: str) -> str:
    """The invitation to the complainant (9:10, first paragraph)."""
    return _alineas(
        _("Wij willen graag uw verhaal horen over uw klacht %(nummer)s.") % {"nummer": nummer},
        _("Wij nodigen u uit op %(moment)s.") % {"moment": long_moment(moment, get_language())}
        + "\n"
        + _("Waar: %(plaats)s.") % {"plaats": plaats}
        + "\n"
        + _("U spreekt met %(wie)s.") % {"wie": wie},
        _("U mag iemand meenemen. Kunt u niet, of wilt u geen gesprek? Laat het ons weten."),
        _("Wij maken van het gesprek een verslag."),
    )


def uitnodiging_collega(nummer: str, moment: datetime, plaats: str, wie: str) -> tuple[str, str]:
    """Subject and text of the invitation to the employee whom it is about (9:10, first paragraph)."""
    return _("Uitnodiging voor een gesprek over klacht %(nummer)s") % {"nummer": nummer}, _alineas(
        _("Wij horen u over de klacht die over u gaat (artikel 9:10 Awb)."),
        _("Het gesprek is op %(moment)s.") % {"moment": long_moment(moment, get_language())}
        + "\n"
        + _("Waar: %(plaats)s.") % {"plaats": plaats}
        + "\n"
        + _("U spreekt met %(wie)s.") % {"wie": wie},
        _("U mag iemand meenemen. Wij maken van het gesprek een verslag."),
    )


def kans_collega(nummer: str) -> tuple[str, str]:
    """Subject and text to the employee when the complainant is not heard: that he or she still can be (9:10)."""
    return _("Wilt u gehoord worden over klacht %(nummer)s?") % {"nummer": nummer}, _(
        "Wij horen de klager niet. U kunt nog wel uw verhaal vertellen (artikel 9:10 Awb)."
        " Wilt u dat? Bel de klachtcoördinator."
    )


def afschrift_collega(nummer: str, ontvangen: date) -> tuple[str, str]:
    """Subject and text with the copy of the complaint (9:9)."""
    return _("Afschrift van klacht %(nummer)s") % {"nummer": nummer}, _alineas(
        _("Op %(dag)s kregen wij een klacht die over u gaat.") % {"dag": dag(ontvangen)},
        _("U krijgt hierbij een afschrift van de klacht, met wat de klager meestuurde (artikel 9:9 Awb)."),
        _("U krijgt de kans om uw verhaal te vertellen. U kunt de klacht zelf niet inzien of behandelen."),
    )


def informeel(nummer: str, afspraak: str) -> str:
    """The confirmation that it was settled to the complainant's satisfaction, so the handling ends (9:5)."""
    return _alineas(
        _("Wij spraken met u over uw klacht %(nummer)s. Samen vonden wij een oplossing.") % {"nummer": nummer},
        afspraak,
        _("U zei dat u daarmee tevreden bent. Daarom behandelen wij de klacht niet verder (artikel 9:5 Awb)."),
        _("Klopt dat niet? Laat het ons weten, dan gaan wij verder met uw klacht."),
    )


def niet(nummer: str, grond: NietBehandelen, uitleg: str, te_laat: date | None, slot: str) -> str:
    """A complaint is not taken up (9:8, third paragraph), on which ground and why. `te_laat`: the day before which it
    should have been said."""
    return _alineas(
        _("Wij nemen uw klacht %(nummer)s niet in behandeling.") % {"nummer": nummer},
        _("De reden: %(grond)s (%(artikel)s).") % {"grond": translated(grond.grond), "artikel": grond.artikel},
        uitleg,
        (_("Dit hadden wij u uiterlijk %(dag)s moeten schrijven. Sorry.") % {"dag": dag(te_laat)}) if te_laat else "",
        slot,
    )


def afdoening(
    nummer: str,
    ontvangen: date,
    *,
    bevindingen: str,
    oordeel: str,
    conclusies: str,
    afwijking: str,
    niet_gehoord: str,
    slot: str,
) -> str:
    """The written and reasoned ending (9:12): findings, opinion, conclusions, why it differs from the advice (9:16),
    why nobody was heard, and the ombudsman."""
    return _alineas(
        _("Wij hebben uw klacht %(nummer)s van %(dag)s behandeld.") % {"nummer": nummer, "dag": dag(ontvangen)},
        (_("Wij spraken u niet, want %(grond)s.") % {"grond": niet_gehoord}) if niet_gehoord else "",
        _("Wat wij vonden") + "\n" + bevindingen,
        _("Ons oordeel") + "\n" + oordelen().get(oordeel, translated(oordeel)),
        _("Wat wij nu doen") + "\n" + conclusies,
        (_("Waarom wij afwijken van het advies") + "\n" + afwijking) if afwijking.strip() else "",
        slot,
    )


def oordelen() -> dict[str, str]:
    """What a judgment says, for each resultaat."""
    return {
        "Gegrond": _("Uw klacht is gegrond: u hebt gelijk. Het spijt ons."),
        "Deels gegrond": _("Uw klacht is deels gegrond: u hebt voor een deel gelijk."),
        "Ongegrond": _("Uw klacht is ongegrond: wij vinden dat wij het goed deden."),
    }


def ombudsman(regeling: Klachtregeling, tot: date) -> str:
    """Which ombudsman can be asked, and until when (9:12, second paragraph; 9:24)."""
    return _alineas(
        _("Bent u het er niet mee eens? Vraag dan de %(naam)s om onderzoek te doen.") % {"naam": regeling.ombudsman}
        + " "
        + _("Doe dat binnen een jaar: uiterlijk %(dag)s (artikel 9:24 Awb).") % {"dag": dag(tot)},
        regeling.ombudsman_bereik,
    )


def klaar_collega(nummer: str, afloop: str) -> tuple[str, str]:
    """Subject and text to the employee when it has ended: that, and how."""
    return _("Klacht %(nummer)s is afgehandeld") % {"nummer": nummer}, _(
        "De klacht die over u gaat, is afgehandeld. Afloop: %(afloop)s. Vragen? Bel de klachtcoördinator."
    ) % {"afloop": translated(afloop).lower()}


def afzien_in_woorden(code: str) -> str:
    """Why the complainant was not heard, in the middle of a sentence."""
    return translated(AfzienVanHoren[code].grond) if code in AfzienVanHoren.__members__ else ""

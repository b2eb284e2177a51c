"""The words of the mails about being called back. Pure, but for the language."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.registers.klanten.beltijden import in_woorden
from loket.services.reacties.brieven import Brief, Zaakgegevens


def _knop(zaak: Zaakgegevens) -> str:
    return _("Volg uw %(soort)s") % {"soort": zaak.woord}


def _over(zaak: Zaakgegevens, zin: str) -> str:
    return f"{zin} – {zaak.nummer}"


def _ander_moment() -> str:
    return _("Komt dat niet uit? Kies een ander moment op de pagina, of bel ons.")


def beloofd(zaak: Zaakgegevens, van: datetime, tot: datetime, *, opnieuw: bool) -> Brief:
    """When we call; or that it became another moment."""
    wanneer = in_woorden(van, tot, get_language())
    kop = _("Wij bellen u op een ander moment") if opnieuw else _("Wij bellen u")
    zin = _("Wij bellen u nu %(wanneer)s.") if opnieuw else _("Wij bellen u %(wanneer)s.")
    return Brief(_over(zaak, kop), (zin % {"wanneer": wanneer}, _ander_moment()), knop=_knop(zaak))


def niet_bereikt(
    zaak: Zaakgegevens, van: datetime, tot: datetime, pogingen: int, telefoon: str, *, vaak: bool
) -> Brief:
    """We called in vain, and when we try again; after several times how to reach us."""
    wanneer = in_woorden(van, tot, get_language())
    if vaak:
        alineas = [_("Wij belden u %(n)d keer. U nam niet op.") % {"n": pogingen}]
        if telefoon:
            alineas.append(_("Belt u ons liever zelf? Ons nummer is %(nummer)s.") % {"nummer": telefoon})
    else:
        alineas = [_("Wij belden u. U nam niet op.")]
    alineas += [_("Wij proberen het weer %(wanneer)s.") % {"wanneer": wanneer}, _ander_moment()]
    return Brief(_over(zaak, _("Wij belden u, maar u nam niet op")), tuple(alineas), knop=_knop(zaak))


def te_laat(zaak: Zaakgegevens, wie: str, telefoon: str) -> Brief:
    """We broke the promise: who has it now."""
    alineas = [_("Wij zouden u bellen. Dat is niet op tijd gebeurd. Sorry.")]
    if wie:
        alineas.append(_("%(wie)s weet dit nu en zorgt dat u gebeld wordt.") % {"wie": wie})
    alineas.append(_("Op de pagina kunt u een ander moment kiezen."))
    if telefoon:
        alineas.append(_("Wilt u niet wachten? Bel %(nummer)s.") % {"nummer": telefoon})
    return Brief(_over(zaak, _("Wij belden u niet op tijd")), tuple(alineas), knop=_knop(zaak))


def vervallen(zaak: Zaakgegevens, telefoon: str) -> Brief:
    """The promise was withdrawn."""
    alineas = [_("Wij zouden u bellen. Dat gaat niet door.")]
    if telefoon:
        alineas.append(_("Hebt u ons nog nodig? Bel %(nummer)s.") % {"nummer": telefoon})
    return Brief(_over(zaak, _("Wij bellen u niet meer")), tuple(alineas), knop=_knop(zaak))

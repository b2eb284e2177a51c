"""What is true of types: ranks of confidentiality, periods, validity, and what may change after publication."""

import calendar
import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.errors import Refused
from loket.registers.catalogi.models import VERTROUWELIJKHEID

BEHEREN = act("catalogus.beheren", "De catalogus van zaaktypen wijzigen")

_DUUR = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def rang(vertrouwelijkheidaanduiding: str) -> int:
    """The rank of a vertrouwelijkheidaanduiding, 1 (openbaar) to 8 (zeer geheim). ValueError for any other word."""
    return VERTROUWELIJKHEID.index(vertrouwelijkheidaanduiding) + 1


def controleer_duur(duur: str, field: str) -> None:
    """Raises Refused unless `duur` is empty or a period of ISO 8601 in years, months, weeks and days (`P6W`)."""
    if duur and not _DUUR.fullmatch(duur):
        raise Refused("invalid", _("Schrijf de duur als P gevolgd door een aantal, bijvoorbeeld P6W."), field)


def tel_op(begin: date, duur: str) -> date:
    """`begin` plus a period of ISO 8601. Years and months first, ending at the last day of a month that is too short
    (31 January + P1M is 28 February). ValueError for a text that is no period of whole days."""
    match = _DUUR.fullmatch(duur)
    if match is None:
        raise ValueError(f"{duur!r} is not a period of whole days.")
    jaren, maanden, weken, dagen = (int(part or 0) for part in match.groups())
    maand = begin.year * 12 + begin.month - 1 + jaren * 12 + maanden
    jaar, maand = maand // 12, maand % 12 + 1
    dag = min(begin.day, calendar.monthrange(jaar, maand)[1])
    return date(jaar, maand, dag) + timedelta(weeks=weken, days=dagen)


def ztc_009(concept: bool, veranderd: Iterable[str]) -> None:
    """ZTC-009: of a published type only `einde_geldigheid` may change. Raises Refused (`non-concept-object`)."""
    anders = sorted(set(veranderd) - {"einde_geldigheid"})
    if not concept and anders:
        raise Refused(
            "non-concept-object",
            _("Dit type is al gepubliceerd. Maak een nieuwe versie met een latere begindatum. Anders is: %s.")
            % ", ".join(anders),
            anders[0],
        )


def ztc_010(concept: bool, veranderd: Iterable[str]) -> None:
    """ZTC-010: the parts of a published zaaktype do not change. Raises Refused (`non-concept-zaaktype`)."""
    anders = sorted(set(veranderd))
    if not concept and anders:
        raise Refused(
            "non-concept-zaaktype",
            _("Dit zaaktype is al gepubliceerd. Maak een nieuwe versie met een latere begindatum. Anders is: %s.")
            % ", ".join(anders),
        )


def ztc_016(begin: date, einde: date | None, andere: Iterable[tuple[date, date | None]]) -> None:
    """ZTC-016: published versions of one identificatie do not overlap; the last day counts, no last day is for ever.
    Raises Refused (`overlap`)."""
    for ander_begin, ander_einde in andere:
        if (einde is None or ander_begin <= einde) and (ander_einde is None or begin <= ander_einde):
            raise Refused(
                "overlap",
                _("Op %s is al een andere versie geldig. Kies een andere begindatum.") % max(begin, ander_begin),
                "beginGeldigheid",
            )

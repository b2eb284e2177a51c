"""What is true of types: ranks of confidentiality, periods, validity, and what may change after publication."""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.api.problem import Fault
from loket.foundation.errors import Refused
from loket.registers.catalogi.models import VERTROUWELIJKHEID
from loket.registers.catalogi.selectielijst import lijst

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


def ztc_001(selectielijst_procestype: str) -> Iterator[Fault]:
    """ZTC-001: a selectielijstProcestype, if given, is one of the selection list (`invalid-resource`)."""
    if selectielijst_procestype and not lijst.verwijst(selectielijst_procestype, "procestypen"):
        yield Fault("selectielijstProcestype", "invalid-resource", "Dit is geen procestype van de selectielijst.")


def ztc_002(
    selectielijstklasse: str, resultaattypeomschrijving: str, selectielijst_procestype: str = ""
) -> Iterator[Fault]:
    """ZTC-002: selectielijstklasse and resultaattypeomschrijving, if given, are of the selection list
    (`invalid-resource`); the klasse belongs to the procestype of the zaaktype (`procestype-mismatch`), as far as the
    list knows the klasse and the zaaktype has a procestype."""
    if selectielijstklasse and not lijst.verwijst(selectielijstklasse, "resultaten"):
        yield Fault("selectielijstklasse", "invalid-resource", "Dit is geen resultaat van de selectielijst.")
    if resultaattypeomschrijving and not lijst.verwijst(resultaattypeomschrijving, "resultaattypeomschrijvingen"):
        yield Fault(
            "resultaattypeomschrijving", "invalid-resource", "Dit is geen resultaattypeomschrijving van de lijst."
        )
    klasse = lijst.resultaat(selectielijstklasse)
    if klasse and selectielijst_procestype:
        procestype = lijst.procestype(selectielijst_procestype)
        if procestype is None or procestype.uuid != klasse.procestype:
            yield Fault(
                "nonFieldErrors", "procestype-mismatch", "De klasse hoort bij een ander procestype dan het zaaktype."
            )


def ztc_002_afgeleid(resultaattype: Mapping[str, Any]) -> dict[str, str]:
    """ZTC-002: what follows from the selection list, by column: `omschrijving_generiek` always, `archiefnominatie`
    (from waardering) and `archiefactietermijn` (from bewaartermijn) where the row, given by column, has none."""
    found: dict[str, str] = {}
    if omschrijving := lijst.omschrijving(resultaattype.get("resultaattypeomschrijving") or ""):
        found["omschrijving_generiek"] = omschrijving.omschrijving
    if klasse := lijst.resultaat(resultaattype.get("selectielijstklasse") or ""):
        if not resultaattype.get("archiefnominatie"):
            found["archiefnominatie"] = klasse.waardering
        if not resultaattype.get("archiefactietermijn"):
            found["archiefactietermijn"] = klasse.bewaartermijn or ""
    return {column: value for column, value in found.items() if value}


_BIJ_PROCESTERMIJN = {"nihil": "afgehandeld", "ingeschatte_bestaansduur_procesobject": "termijn"}


def ztc_003(selectielijstklasse: str, brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-003: a klasse with procestermijn nihil takes afleidingswijze afgehandeld, one with an estimated life of the
    procesobject takes termijn (`invalid-afleidingswijze-for-procestermijn`); any other takes all."""
    klasse = lijst.resultaat(selectielijstklasse)
    hoort = _BIJ_PROCESTERMIJN.get(klasse.procestermijn) if klasse else None
    wijze = (brondatum or {}).get("afleidingswijze")
    if hoort and wijze and wijze != hoort:
        yield Fault(
            "nonFieldErrors",
            "invalid-afleidingswijze-for-procestermijn",
            f"Bij de procestermijn van deze klasse hoort de afleidingswijze {hoort}.",
        )


def _bij(brondatum: Mapping[str, Any] | None, veld: str, *wijzen: str) -> Iterator[Fault]:
    """A field of the brondatumArchiefprocedure is there with these afleidingswijzen, and empty with all others."""
    wijze = (brondatum or {}).get("afleidingswijze")
    if not brondatum or not wijze:
        return
    name = f"brondatumArchiefprocedure.{veld}"
    if wijze in wijzen and not brondatum.get(veld):
        yield Fault(name, "required", f"Dit veld is vereist bij de afleidingswijze {wijze}.")
    if wijze not in wijzen and brondatum.get(veld):
        yield Fault(name, "must-be-empty", f"Dit veld is leeg bij de afleidingswijze {wijze}.")


def ztc_004(brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-004: datumkenmerk with eigenschap, zaakobject and ander_datumkenmerk only (`required`, `must-be-empty`)."""
    yield from _bij(brondatum, "datumkenmerk", "eigenschap", "zaakobject", "ander_datumkenmerk")


def ztc_005(brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-005: no einddatumBekend with afgehandeld and termijn (`must-be-empty`); false is none."""
    if brondatum and brondatum.get("afleidingswijze") in ("afgehandeld", "termijn"):
        yield from _bij(brondatum, "einddatumBekend")


def ztc_006(brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-006: objecttype with zaakobject and ander_datumkenmerk only (`required`, `must-be-empty`)."""
    yield from _bij(brondatum, "objecttype", "zaakobject", "ander_datumkenmerk")


def ztc_007(brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-007: registratie with ander_datumkenmerk only (`required`, `must-be-empty`)."""
    yield from _bij(brondatum, "registratie", "ander_datumkenmerk")


def ztc_008(brondatum: Mapping[str, Any] | None) -> Iterator[Fault]:
    """ZTC-008: procestermijn with termijn only (`required`, `must-be-empty`)."""
    yield from _bij(brondatum, "procestermijn", "termijn")


def ztc_009(concept: bool, veranderd: Iterable[str]) -> None:
    """ZTC-009: of a published type only `einde_geldigheid` may change. Raises Refused (`non-concept-object`)."""
    anders = sorted(set(veranderd) - {"einde_geldigheid"})
    if not concept and anders:
        raise Refused(
            "non-concept-object",
            _("Dit type is al gepubliceerd. Maak een nieuwe versie met een latere begindatum. Anders is: %s.")
            % ", ".join(anders),
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


_LENGTE = {"datum": "8", "datum_tijd": "14"}


def ztc_015(formaat: str, lengte: str) -> Iterator[Fault]:
    """ZTC-015: an eigenschap that is a datum has lengte 8 (YYYYMMDD), a datum_tijd 14 (YYYYMMDDhhmmss): `invalid`."""
    hoort = _LENGTE.get(formaat)
    if hoort and lengte != hoort:
        yield Fault("specificatie.lengte", "invalid", f"Bij het formaat {formaat} hoort de lengte {hoort}.")


def eigenschap_waarde(
    formaat: str, lengte: str, kardinaliteit: str, waardenverzameling: Sequence[str], waarde: str
) -> Iterator[str]:
    """Why a value is not as its eigenschap says (ZTC-015, X-Warning of ZRC 1.7); nothing when it is. Where more values
    are allowed (kardinaliteit), they are separated by `;`."""
    waarden = [waarde] if kardinaliteit == "1" else [each.strip() for each in waarde.split(";")]
    if kardinaliteit.isdecimal() and len(waarden) > int(kardinaliteit):
        yield f"Er zijn meer dan {kardinaliteit} waarden."
    for each in waarden:
        yield from _waarde(formaat, lengte, each)
        if waardenverzameling and each not in waardenverzameling:
            yield f"“{each[:40]}” is geen van de waarden die kunnen."


def _waarde(formaat: str, lengte: str, waarde: str) -> Iterator[str]:
    if formaat in _LENGTE:
        vorm, woord = ("%Y%m%d", "JJJJMMDD") if formaat == "datum" else ("%Y%m%d%H%M%S", "JJJJMMDDuummss")
        try:
            if not re.fullmatch(rf"[0-9]{{{_LENGTE[formaat]}}}", waarde):
                raise ValueError
            datetime.strptime(waarde, vorm)
        except ValueError:
            yield f"“{waarde[:40]}” is geen {formaat.replace('_', '-')} ({woord})."
        return
    if formaat == "getal":
        getal = re.fullmatch(r"[+-]?([0-9]+)(?:[.,]([0-9]+))?", waarde)
        heel, _, deel = lengte.replace(".", ",").partition(",")
        if getal is None:
            yield f"“{waarde[:40]}” is geen getal."
        elif heel.isdecimal() and (len(getal[1]) > int(heel) or len(getal[2] or "") > int(deel or 0)):
            yield f"Dit getal is langer dan {lengte}."
    elif lengte.isdecimal() and len(waarde) > int(lengte):
        yield f"Deze tekst is langer dan {lengte} tekens."


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

"""What is true or forbidden for a zaak, each rule named after the code of the ZGW standard where it has one."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.errors import Refused
from loket.foundation.time.clock import AMSTERDAM
from loket.registers.catalogi.rules import tel_op

LEZEN = act("zaak.lezen", "Zaken zien")
MAKEN = act("zaak.maken", "Een zaak vastleggen, bijvoorbeeld na een telefoongesprek")
BIJWERKEN = act("zaak.bijwerken", "Aan een zaak werken: status, notities, documenten, rollen")
TOEWIJZEN = act("zaak.toewijzen", "Een zaak aan een team of medewerker geven")
SLUITEN = act("zaak.sluiten", "Een zaak afsluiten met een resultaat")
HEROPENEN = act("zaak.heropenen", "Een gesloten zaak weer openen")

OMSCHRIJVING_MAX = 80
BEGIN_MAX = 120


def nummer(afkorting: str, jaar: int, volg: int) -> str:
    """The number that people read out: `LW-2026-04817`. Five digits, more when five are not enough."""
    return f"{afkorting}-{jaar}-{volg:05d}"


def eerste_woorden(tekst: str, lengte: int = BEGIN_MAX) -> str:
    """The first words of a text on one line, cut between words, with an ellipsis when something was cut."""
    regel = re.sub(r"\s+", " ", tekst).strip()
    if len(regel) <= lengte:
        return regel
    kop = regel[:lengte]
    return (kop[: kop.rfind(" ")] if " " in kop[lengte // 2 :] else kop).rstrip(" ,.;:") + "…"


def zrc_001(concept: bool, begin: date, einde: date | None, dag: date) -> None:
    """ZRC-001: a zaak is of a published zaaktype, in force on its startdatum. Raises Refused (`not-published`)."""
    if concept or dag < begin or (einde is not None and dag > einde):
        raise Refused("not-published", _("Dit zaaktype is op die dag niet in gebruik."), "zaaktype")


def zrc_007_resultaat(heeft_resultaat: bool) -> None:
    """ZRC-007: a zaak closes only with a resultaat. Raises Refused (`resultaat-does-not-exist`)."""
    if not heeft_resultaat:
        raise Refused("resultaat-does-not-exist", _("Kies eerst een resultaat."), "resultaattype")


def zrc_007_gebruiksrecht(onbekend: int) -> None:
    """ZRC-007: at closing, of every document is known whether rights limit its use. Raises Refused
    (`indicatiegebruiksrecht-unset`)."""
    if onbekend:
        raise Refused(
            "indicatiegebruiksrecht-unset",
            _("Van %d documenten is niet bekend of ze vrij te gebruiken zijn. Leg dat eerst vast.") % onbekend,
        )


def zrc_007_open(einddatum: date | None) -> None:
    """ZRC-007: a closed zaak does not change. Raises Refused (`zaak-closed`)."""
    if einddatum is not None:
        raise Refused("zaak-closed", _("Deze zaak is afgesloten. Heropen hem eerst."))


def zrc_008(einddatum: date | None) -> None:
    """ZRC-008: only a closed zaak can be reopened. Raises Refused (`zaak-open`)."""
    if einddatum is None:
        raise Refused("zaak-open", _("Deze zaak is al open."))


def zrc_013(zaak: UUID, hoofdzaak: UUID, hoofdzaak_is_deelzaak: bool) -> None:
    """ZRC-013: a hoofdzaak is another zaak, and no deelzaak itself. Raises Refused (`self-forbidden`, `no_match`)."""
    if zaak == hoofdzaak:
        raise Refused("self-forbidden", _("Een zaak kan geen deel van zichzelf zijn."), "hoofdzaak")
    if hoofdzaak_is_deelzaak:
        raise Refused("no_match", _("Die zaak is zelf al deel van een andere zaak."), "hoofdzaak")


def zrc_015(gekozen: Iterable[str], toegestaan: Collection[str]) -> None:
    """ZRC-015: products and services are among the zaaktype's. Raises Refused (`invalid-products-services`)."""
    if set(gekozen) - set(toegestaan):
        raise Refused("invalid-products-services", _("Dit product hoort niet bij dit zaaktype."), "productenOfDiensten")


def zrc_021(
    einddatum: date, archiefactietermijn: str, procedure: Mapping[str, Any] | None, procestermijn: str
) -> date | None:
    """ZRC-021: archiefactiedatum for the afleidingswijzen that follow from the zaak alone (afgehandeld, also when no
    `procedure` is given, and termijn); None where the brondatum lies elsewhere or there is no archiefactietermijn."""
    procedure = procedure or {"afleidingswijze": "afgehandeld"}
    if not archiefactietermijn:
        return None
    match procedure.get("afleidingswijze"):
        case "afgehandeld":
            brondatum = einddatum
        case "termijn" if termijn := procedure.get("procestermijn") or procestermijn:
            brondatum = tel_op(einddatum, termijn)
        case _:
            return None
    return tel_op(brondatum, archiefactietermijn)


def zelfde_zaaktype(zaaktype: UUID, ander: UUID, field: str) -> None:
    """ZRC-016, 018, 019 and 020: statustype, eigenschap, roltype and resultaattype belong to the zaaktype of the zaak.
    Raises Refused (`zaaktype-mismatch`)."""
    if zaaktype != ander:
        raise Refused("zaaktype-mismatch", _("Deze keuze hoort bij een ander zaaktype."), field)


def zrc_017(informatieobjecttype: str, toegestaan: Collection[str]) -> None:
    """ZRC-017: a document's type is among the zaaktype's. Raises Refused."""
    if informatieobjecttype not in toegestaan:
        raise Refused(
            "missing-zaaktype-informatieobjecttype-relation",
            _("Documenten van de soort “%s” horen niet bij dit zaaktype.") % informatieobjecttype,
            "informatieobject",
        )


def status_niet_voor_start(datum_status_gezet: datetime, startdatum: date) -> None:
    """ZRC, text of the OpenAPI file: a status is not set before the zaak began. Raises Refused."""
    if datum_status_gezet.astimezone(AMSTERDAM).date() < startdatum:
        raise Refused("invalid", _("Een status kan niet van voor het begin van de zaak zijn."), "datumStatusGezet")


def reden_in_woorden(toelichting: str) -> None:
    """Loket: closing says why, in plain words, because the resident reads it (DESIGN §4.6). Raises Refused."""
    if len(re.findall(r"\w{2,}", toelichting)) < 2:
        raise Refused("required", _("Schrijf in gewone woorden waarom u de zaak afsluit."), "toelichting")


def niet_betrokken(medewerker: UUID, uitgesloten: Collection[UUID]) -> None:
    """Awb 9:7: a complaint is not handled by whom it is about. Raises Refused (`betrokken`)."""
    if medewerker in uitgesloten:
        raise Refused(
            "betrokken", _("Deze medewerker is zelf betrokken bij de zaak. Kies iemand anders."), "behandelaar"
        )


def geen_open_taken(open_taken: int) -> None:
    """Loket: nothing that was promised or asked may vanish with the zaak. Raises Refused (`open-taken`)."""
    if open_taken:
        raise Refused(
            "open-taken",
            _("Er staan nog taken open: %d. Rond die eerst af of trek ze in.") % open_taken,
        )

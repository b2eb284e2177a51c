"""What is true or forbidden for a zaak, each rule named after the code of the ZGW standard where it has one."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from loket.foundation.access.acts import act
from loket.foundation.api.problem import Fault
from loket.foundation.errors import Refused
from loket.foundation.identity.rules import elfproef
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


@dataclass(frozen=True, kw_only=True)
class Bronnen:
    """Where a brondatum can come from: days of the zaak and of what belongs to it. None is a day that is not known."""

    einddatum: date
    hoofdzaak: date | None = None
    eigenschap: str = ""
    objecten: Sequence[str | None] = ()
    gerelateerd: Sequence[date | None] = ()
    ingangsdatums: Sequence[date | None] = ()
    vervaldatums: Sequence[date | None] = ()
    met_de_hand: date | None = None


def zrc_021(procedure: Mapping[str, Any] | None, bronnen: Bronnen, procestermijn: str = "") -> date | None:
    """ZRC-021: the brondatum by the afleidingswijze of a brondatumArchiefprocedure (none: afgehandeld); None when it
    cannot be determined. The latest of several days is known only when all are: nothing is destroyed too early."""
    procedure = procedure or {}
    match procedure.get("afleidingswijze") or "afgehandeld":
        case "afgehandeld":
            return bronnen.einddatum
        case "hoofdzaak":
            return bronnen.hoofdzaak
        case "eigenschap":
            return lees_datum(bronnen.eigenschap)
        case "ander_datumkenmerk":
            return bronnen.met_de_hand
        case "zaakobject":
            return _laatste([lees_datum(each) for each in bronnen.objecten])
        case "termijn":
            return later(bronnen.einddatum, procedure.get("procestermijn") or procestermijn)
        case "gerelateerde_zaak":
            return _laatste(bronnen.gerelateerd)
        case "ingangsdatum_besluit":
            return _laatste(bronnen.ingangsdatums)
        case "vervaldatum_besluit":
            return _laatste(bronnen.vervaldatums)
    return None


def _laatste(dagen: Sequence[date | None]) -> date | None:
    bekend = [dag for dag in dagen if dag is not None]
    return max(bekend) if bekend and len(bekend) == len(dagen) else None


def later(dag: date | None, duur: str | None) -> date | None:
    """A day plus a period of ISO 8601; None without either, and for a period that has no end (`P9999Y`) or is not of
    whole days."""
    try:
        return tel_op(dag, duur) if dag and duur else None
    except (ValueError, OverflowError):
        return None


def lees_datum(waarde: str | None) -> date | None:
    """The day that a text begins with: `2026-11-23`, `20261123`, `20261123093000` or a moment in ISO 8601 (its day in
    the Netherlands). None for any other text."""
    tekst = (waarde or "").strip()
    try:
        if found := re.fullmatch(r"([0-9]{8})(?:[0-9]{6})?", tekst):
            return date.fromisoformat(found[1])
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])", tekst):
            moment = datetime.fromisoformat(tekst)
            return (moment.astimezone(AMSTERDAM) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        pass
    return None


def zrc_022(
    archiefstatus: str, archiefnominatie: str, archiefactiedatum: date | None, niet_gearchiveerd: int
) -> Iterator[Fault]:
    """ZRC-022: another archiefstatus than nog_te_archiveren needs that all documents are gearchiveerd
    (`documents-not-archived`), and archiefnominatie and archiefactiedatum (`archiefnominatie-not-set`,
    `archiefactiedatum-not-set`). The names of the faults are those of the reference implementation."""
    if archiefstatus in ("", "nog_te_archiveren"):
        return
    if niet_gearchiveerd:
        yield Fault(
            "nonFieldErrors",
            "documents-not-archived",
            f"Documenten zonder de status gearchiveerd: {niet_gearchiveerd}. Archiveer die eerst.",
        )
    if not archiefnominatie:
        yield Fault("archiefnominatie", "archiefnominatie-not-set", "Vul dit in voordat de zaak in het archief gaat.")
    if archiefactiedatum is None:
        yield Fault("archiefactiedatum", "archiefactiedatum-not-set", "Vul dit in voordat de zaak in het archief gaat.")


def zrc_026a(archiefnominatie: str, brondatum: date | None, gezet: date | None) -> date | None:
    """ZRC-026 (a): startdatumBewaartermijn is the brondatum, for dossiers that are to be destroyed only; what was set
    (`gezet`) stays where no brondatum is known."""
    return (brondatum if archiefnominatie == "vernietigen" else None) or gezet


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


def zrc_014(betalingsindicatie: str, laatste_betaaldatum: datetime | None) -> Iterator[Fault]:
    """ZRC-014: what needs no payment has no date of payment (`betaling-nvt`)."""
    if betalingsindicatie == "nvt" and laatste_betaaldatum is not None:
        yield Fault("laatsteBetaaldatum", "betaling-nvt", "Er is niets te betalen, dus ook geen datum van betaling.")


def laatste_betaaldatum(moment: datetime | None, nu: datetime) -> Iterator[Fault]:
    """ZRC, text of the OpenAPI file: the last payment does not lie in the future (`max_value`)."""
    if moment is not None and moment > nu:
        yield Fault("laatsteBetaaldatum", "max_value", "Deze datum ligt in de toekomst.")


def rsin(naam: str, nummer: str) -> Iterator[Fault]:
    """A RSIN passes the elfproef (`invalid`); nine zeros are the standard's own example."""
    if nummer and nummer != "000000000" and not elfproef(nummer):
        yield Fault(naam, "invalid", "Dit is geen geldig RSIN.")


def notitie_concept(status: str) -> Iterator[Fault]:
    """ZRC 1.7: only a zaaknotitie in concept changes (`wijzigen-niet-toegelaten`)."""
    if status != "concept":
        yield Fault("status", "wijzigen-niet-toegelaten", "Deze notitie is definitief.")

"""The rules of the standard (BRC 1.1.0), each named after its code."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from loket.foundation.api.problem import Fault


def brc_001(besluittype: Mapping[str, Any] | None) -> Iterator[Fault]:
    """brc-001: the besluittype is published (`not-published`). That it is a besluittype, is there, and does not change
    later, the engine sees to (`invalid-resource`, `bad-url`, `wijzigen-niet-toegelaten`)."""
    if besluittype is not None and besluittype["concept"]:
        yield Fault("besluittype", "not-published", "Dit besluittype is nog niet gepubliceerd.")


def brc_002(jaar: int, volg: int) -> str:
    """brc-002: a besluit without an identificatie gets one of its own. That it is unique, the database sees to
    (`identificatie-niet-uniek`)."""
    return f"BESLUIT-{jaar}-{volg:010d}"


def brc_004() -> str:
    """brc-004: what a document is to a besluit."""
    return "legt_vast"


def brc_007(besluittype: Mapping[str, Any], zaaktype: Mapping[str, Any]) -> Iterator[Fault]:
    """brc-007: zaken of this zaaktype lead to besluiten of this besluittype (`zaaktype-mismatch`)."""
    if (
        besluittype["catalogus_id"] != zaaktype["catalogus_id"]
        or besluittype["omschrijving"] not in zaaktype["besluittypen"]
    ):
        yield Fault("nonFieldErrors", "zaaktype-mismatch", "Dit besluittype hoort niet bij het zaaktype van de zaak.")


def brc_008(informatieobjecttype: str, toegestaan: Collection[str]) -> Iterator[Fault]:
    """brc-008: besluiten of this type are recorded in documents of this kind."""
    if informatieobjecttype not in toegestaan:
        yield Fault(
            "nonFieldErrors",
            "missing-besluittype-informatieobjecttype-relation",
            f"In een document van de soort “{informatieobjecttype}” worden besluiten van dit type niet vastgelegd.",
        )


def niet_in_de_toekomst(datum: date, vandaag: date) -> Iterator[Fault]:
    """BRC, text of the OpenAPI file: a besluit was taken today at the latest (`future_not_allowed`)."""
    if datum > vandaag:
        yield Fault("datum", "future_not_allowed", "Deze datum ligt in de toekomst.")

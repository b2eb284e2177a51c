"""Questions to the catalogue. It holds no personal data and nothing secret: everybody may ask."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from loket.foundation.errors import NotFound
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import today
from loket.registers.catalogi.models import (
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaaktype,
)


def _geldig(op: date | None) -> Q:
    dag = op or today()
    return Q(concept=False, begin_geldigheid__lte=dag) & (
        Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=dag)
    )


def zaaktype_in_kracht(organisatie: Organisatie, identificatie: str, op: date | None = None) -> Zaaktype:
    """The version of a zaaktype that is in force on a day (today). Raises NotFound when there is none."""
    found = (
        Zaaktype.objects.filter(_geldig(op), organisatie=organisatie, identificatie=identificatie)
        .order_by("-begin_geldigheid")
        .first()
    )
    if found is None:
        raise NotFound(f"No zaaktype {identificatie!r} is in force.")
    return found


def zaaktypen_in_kracht(organisatie: Organisatie, op: date | None = None) -> list[Zaaktype]:
    """All zaaktypen of an organisation in force on a day (today), by name."""
    return list(Zaaktype.objects.filter(_geldig(op), organisatie=organisatie).order_by("omschrijving"))


def statustypen(zaaktype: Zaaktype) -> list[Statustype]:
    """The steps of a zaaktype, in order; the last one is the eindstatus."""
    return list(Statustype.objects.filter(zaaktype=zaaktype).order_by("volgnummer"))


def beginstatus(zaaktype: Zaaktype) -> Statustype | None:
    """The first step of a zaaktype, or None when it has no steps yet."""
    return Statustype.objects.filter(zaaktype=zaaktype).order_by("volgnummer").first()


def eindstatus(zaaktype: Zaaktype) -> Statustype:
    """The last step of a zaaktype, which closes a zaak (zrc-007). Raises NotFound when it has no steps."""
    found = Statustype.objects.filter(zaaktype=zaaktype).order_by("-volgnummer").first()
    if found is None:
        raise NotFound("This zaaktype has no statustypen.")
    return found


def statustype(zaaktype: Zaaktype, omschrijving: str) -> Statustype:
    """The step of a zaaktype with this name. Raises NotFound."""
    found = Statustype.objects.filter(zaaktype=zaaktype, omschrijving=omschrijving).first()
    if found is None:
        raise NotFound(f"No statustype {omschrijving!r}.")
    return found


def resultaattypen(zaaktype: Zaaktype) -> list[Resultaattype]:
    """The ways in which a zaak of this zaaktype can end, by name."""
    return list(Resultaattype.objects.filter(zaaktype=zaaktype).order_by("omschrijving"))


def resultaattype(zaaktype: Zaaktype, omschrijving: str) -> Resultaattype:
    """The resultaattype of a zaaktype with this name. Raises NotFound."""
    found = Resultaattype.objects.filter(zaaktype=zaaktype, omschrijving=omschrijving).first()
    if found is None:
        raise NotFound(f"No resultaattype {omschrijving!r}.")
    return found


def roltype(zaaktype: Zaaktype, omschrijving_generiek: str) -> Roltype:
    """The first roltype of a zaaktype with this generic description. Raises NotFound."""
    found = (
        Roltype.objects.filter(zaaktype=zaaktype, omschrijving_generiek=omschrijving_generiek)
        .order_by("omschrijving")
        .first()
    )
    if found is None:
        raise NotFound(f"No roltype for {omschrijving_generiek!r}.")
    return found


def informatieobjecttype(organisatie: Organisatie, omschrijving: str, op: date | None = None) -> Informatieobjecttype:
    """The version of a kind of document that is in force on a day (today). Raises NotFound when there is none."""
    found = (
        Informatieobjecttype.objects.filter(_geldig(op), organisatie=organisatie, omschrijving=omschrijving)
        .order_by("-begin_geldigheid")
        .first()
    )
    if found is None:
        raise NotFound(f"No informatieobjecttype {omschrijving!r} is in force.")
    return found


def informatieobjecttypen_van(zaaktype: Zaaktype) -> Sequence[str]:
    """The names of the kinds of document that belong in a zaak of this zaaktype (zrc-017), in order."""
    return list(
        zaaktype.zaaktypeinformatieobjecttypen.order_by("volgnummer").values_list("informatieobjecttype", flat=True)
    )

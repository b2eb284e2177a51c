"""The steps that commands are made of. They check no rights and write no trail; a command does both, in the same
transaction."""

from uuid import UUID

from loket.foundation.time.clock import now
from loket.registers.basis import bewaar_eens
from loket.registers.klanten.models import DigitaalAdres, Partij


def neem_partij_over(partij: Partij, organisatie: UUID) -> Partij:
    """The same person in the file of another organisation, with the same pseudonym, name and addresses. No rights, no
    audit: part of `deel`."""
    nieuw = Partij(
        organisatie_id=organisatie,
        soort_partij=partij.soort_partij,
        pseudoniem=partij.pseudoniem,
        naam=partij.naam,
        taal=partij.taal,
        voorkeurskanaal=partij.voorkeurskanaal,
        aangemaakt_op=now(),
    )
    daar = voeg_partij_in(nieuw) or nieuw
    for adres in DigitaalAdres.objects.filter(partij=partij, status="ok"):
        DigitaalAdres.objects.get_or_create(
            partij=daar,
            soort_digitaal_adres=adres.soort_digitaal_adres,
            adres=adres.adres,
            defaults={
                "organisatie_id": organisatie,
                "is_standaard_adres": adres.is_standaard_adres,
                "gewijzigd_op": now(),
            },
        )
    return daar


def voeg_partij_in(nieuw: Partij) -> Partij | None:
    """Insert a partij, or give the one that is there already with this pseudonym, locked. Safe when two do it at
    once."""
    if bewaar_eens(nieuw, "organisatie_id", "pseudoniem"):
        return None
    return Partij.objects.select_for_update().get(organisatie_id=nieuw.organisatie_id, pseudoniem=nieuw.pseudoniem)

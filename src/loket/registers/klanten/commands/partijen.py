"""Who somebody is, and how to reach him or her."""

import secrets
from uuid import UUID

from django.db import transaction

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar, bewaar_eens, controleer
from loket.registers.klanten import rules
from loket.registers.klanten.events import AdresGebounced, PartijGeregistreerd
from loket.registers.klanten.models import DigitaalAdres, Partij, Partijidentificator
from loket.registers.klanten.stappen import voeg_partij_in
from loket.registers.klanten.versleuteling import versleutel
from loket.registers.zaken.rules import BIJWERKEN, MAKEN

REGISTREREN = "partij.registreren"


def registreer_partij(
    actor: Actor,
    *,
    organisatie: Organisatie,
    naam: str = "",
    bsn: str = "",
    kvk: str = "",
    pseudoniem: str = "",
    email: str = "",
    telefoon: str = "",
    taal: str = "nld",
    voorkeurskanaal: str = "",
    soort_partij: str = "",
) -> Partij:
    """Find the person or organisation, or record it. Safe when two do it at once.

    Found by BSN, KVK number, or the `pseudoniem` of somebody who logged in: then name, language and channel are brought
    up to date where given, and new addresses added. Found by e-mail address alone (nobody proved to be that person):
    then nothing of what is there changes. Without any of these it is somebody new each time. Numbers are kept as their
    pseudonym and encrypted, see `Partijidentificator`. An employee needs `zaak.maken` or `zaak.bijwerken` and registers
    in the own organisation; residents and the system register through the service they use. Raises Forbidden, Refused
    (`invalid` for a number or address that cannot be).
    """
    if actor.kind == "medewerker" and (
        not (actor.may(MAKEN) or actor.may(BIJWERKEN)) or actor.organisatie != organisatie.id
    ):
        raise Forbidden(f"{actor.naam} may not register people for this organisation.")
    nummers = {soort: nummer for soort, nummer in (("bsn", bsn), ("kvk", kvk)) if nummer}
    for soort, nummer in nummers.items():
        rules.controleer_nummer(soort, nummer)
    if email:
        rules.controleer_email(email)
    wie = next((pseudonym(soort, nummer) for soort, nummer in nummers.items()), "") or pseudoniem
    bewezen = bool(wie)
    wie = wie or (pseudonym("email", email.lower()) if email else secrets.token_urlsafe(32))
    with transaction.atomic():
        nieuw = Partij(
            organisatie=organisatie,
            soort_partij=soort_partij or ("organisatie" if kvk else "persoon"),
            pseudoniem=wie,
            naam=naam,
            taal=taal,
            voorkeurskanaal=voorkeurskanaal,
            aangemaakt_op=now(),
        )
        gevonden = voeg_partij_in(nieuw)
        if gevonden is None:
            partij = nieuw
            publish(PartijGeregistreerd(subject=partij.id, organisatie=organisatie.id))
        else:
            partij = gevonden
            if bewezen:
                _werk_bij(partij, naam=naam, taal=taal if taal != "nld" else "", voorkeurskanaal=voorkeurskanaal)
        if gevonden is None or bewezen:
            for soort, nummer in nummers.items():
                _identificeer(partij, soort, nummer)
            _voeg_adressen_toe(partij, {"email": email, "telefoon": telefoon}, nieuw=gevonden is None)
        record(
            actor,
            REGISTREREN,
            "partij",
            partij.id,
            organisatie=organisatie.id,
            detail={"nieuw": gevonden is None},
        )
    return partij


def wijzig_partij(
    actor: Actor,
    partij: Partij | UUID,
    *,
    naam: str = "",
    taal: str = "",
    voorkeurskanaal: str = "",
    email: str = "",
    telefoon: str = "",
    waarom: str = "",
) -> Partij:
    """Change what is known of a person: what is left empty stays. A new address becomes the standard one. An employee
    needs `zaak.bijwerken` in the partij's organisation; a resident changes only what is about him or her. Raises
    NotFound, Refused."""
    if email:
        rules.controleer_email(email)
    with transaction.atomic():
        found = (
            Partij.objects.select_for_update().filter(id=partij.id if isinstance(partij, Partij) else partij).first()
        )
        if found is None or not _mag_wijzigen(actor, found):
            raise NotFound("No such partij.")
        _werk_bij(found, naam=naam, taal=taal, voorkeurskanaal=voorkeurskanaal)
        _voeg_adressen_toe(found, {"email": email, "telefoon": telefoon})
        record(actor, "partij.wijzigen", "partij", found.id, organisatie=found.organisatie_id, waarom=waarom, detail={})
    return found


def meld_gebounced(actor: Actor, email: str, *, waarom: str = "") -> int:
    """Note that mail to this address came back, for everybody who has it; gives for how many. For the system."""
    actor.require("partij.wijzigen")
    with transaction.atomic():
        adressen = list(
            DigitaalAdres.objects.select_for_update().filter(
                soort_digitaal_adres="email", adres__iexact=email, status="ok"
            )
        )
        for adres in adressen:
            adres.status = "gebounced"
            adres.gewijzigd_op = now()
            adres.save(update_fields=["status", "gewijzigd_op"])
            record(
                actor,
                "digitaaladres.gebounced",
                "partij",
                adres.partij_id,
                organisatie=adres.organisatie_id,
                waarom=waarom,
            )
            publish(AdresGebounced(subject=adres.partij_id, organisatie=adres.organisatie_id, digitaaladres=adres.id))
    return len(adressen)


def _mag_wijzigen(actor: Actor, partij: Partij) -> bool:
    if actor.kind == "bewoner":
        return bool(actor.pseudoniem) and actor.pseudoniem == partij.pseudoniem
    return actor.may(BIJWERKEN) and actor.organisatie in (None, partij.organisatie_id)


def _werk_bij(partij: Partij, **velden: str) -> None:
    anders = {naam: waarde for naam, waarde in velden.items() if waarde and getattr(partij, naam) != waarde}
    for naam, waarde in anders.items():
        setattr(partij, naam, waarde)
    if anders:
        controleer(partij)
        partij.save(update_fields=list(anders))


def _identificeer(partij: Partij, soort: str, nummer: str) -> None:
    kenmerk = pseudonym(soort, nummer)
    if Partijidentificator.objects.filter(organisatie_id=partij.organisatie_id, soort=soort, hmac=kenmerk).exists():
        return
    bewaar(
        Partijidentificator(
            organisatie_id=partij.organisatie_id,
            partij=partij,
            soort=soort,
            hmac=kenmerk,
            eind=nummer[-3:],
            waarde=versleutel(soort, nummer),
        )
    )


def _voeg_adressen_toe(partij: Partij, adressen: dict[str, str], *, nieuw: bool = False) -> None:
    """Add addresses and make them the standard ones; a `nieuw` partij has none yet."""
    for soort, adres in adressen.items():
        if not adres:
            continue
        rij = DigitaalAdres(
            organisatie_id=partij.organisatie_id,
            partij=partij,
            soort_digitaal_adres=soort,
            adres=adres,
            is_standaard_adres=True,
            gewijzigd_op=now(),
        )
        if nieuw:
            bewaar(rij)
            continue
        eigen = DigitaalAdres.objects.filter(partij=partij, soort_digitaal_adres=soort)
        eigen.update(is_standaard_adres=False)
        if not bewaar_eens(rij, "partij_id", "soort_digitaal_adres", "adres"):
            eigen.filter(adres=adres).update(is_standaard_adres=True, status="ok", gewijzigd_op=now())

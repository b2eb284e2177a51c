"""What goes beyond one reactie: forwarding to another government, merging, splitting, linking."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import rows
from loket.foundation.errors import Forbidden, NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.mail.outbox import send
from loket.foundation.time.clock import now
from loket.registers.documenten.queries import Document, documenten_van
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Onderwerpobject
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN, SLUITEN, eerste_woorden, zrc_007_open
from loket.services.reacties import catalogus, rules, sleutels, verdeling
from loket.services.reacties.commands.behandeling import sluit_af
from loket.services.reacties.events import ReactieDoorgezonden, ReactieOntvangen, ReactieSamengevoegd
from loket.services.reacties.models import Doorzending, Instantie, Volglink

DOORZENDEN = "reacties.doorzenden"


def zend_door(
    actor: Actor,
    zaak: Zaak | UUID,
    naar: Organisatie,
    *,
    waarom: str,
    idempotency_key: str,
    klantcontacten: Iterable[UUID] | None = None,
    documenten: Iterable[UUID] = (),
    geheel: bool = True,
) -> Doorzending:
    """Forward a reactie that belongs to another organisation on this Loket (Awb 2:3): a new zaak there with the same
    number, holding the messages and documents that are shared, and nothing else. Again with the same key: the same.

    `klantcontacten` defaults to all that the resident wrote. `geheel`: this organisation is done with it and closes it
    as 'Doorgezonden'; otherwise both go on, each with its part. `waarom` is read by the resident. Needs `zaak.sluiten`.
    Raises Forbidden, NotFound, Refused (`required`, `self-forbidden`, `zaak-closed`, `identificatie-niet-uniek`).
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, SLUITEN, zaak)
        if earlier := Doorzending.objects.filter(zaak=zaak, naar_organisatie=naar).first():
            return earlier
        zrc_007_open(zaak.einddatum)
        gedeeld = list(klantcontacten) if klantcontacten is not None else _van_bewoner(zaak)
        soort = zaak.zaaktype.identificatie
        werk = Werkvoorraad.objects.get(zaak=zaak)
        team, behandelaar = verdeling.eerste_eigenaar(naar.id, soort)
        voorstel, zekerheid = verdeling.team_dat_het_weet(naar.id, soort, f"{zaak.omschrijving} {werk.begin}")
        nieuw = zaken.maak_zaak(
            actor,
            organisatie=naar,
            zaaktype=soort,
            omschrijving=zaak.omschrijving,
            kanaal=zaak.kanaal,
            antwoord_voor=rules.termijn(soort, now()).laatste_dag,
            team=team,
            behandelaar=behandelaar,
            voorstel_team=voorstel,
            zekerheid=zekerheid,
            plek=zaak.plek,
            x=zaak.x,
            y=zaak.y,
            zaakgeometrie=zaak.zaakgeometrie,
            begin=werk.begin,
            doorgezonden_van=zaak,
            idempotency_key=f"doorgezonden:{zaak.id}:{idempotency_key}",
            waarom=waarom,
        )
        verdeling.noem_coordinator(nieuw, behandelaar)
        documenten = list(documenten)
        klanten.deel(actor, van=zaak, naar=nieuw, klantcontacten=gedeeld, informatieobjecten=documenten, waarom=waarom)
        doorzending = Doorzending.objects.create(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            naar_organisatie=naar,
            nieuwe_zaak=nieuw,
            geheel=geheel,
            waarom=waarom,
            gedeeld={"klantcontacten": [str(k) for k in gedeeld], "documenten": [str(d) for d in documenten]},
            medewerker=_medewerker(actor),
            op=now(),
        )
        publish(
            ReactieDoorgezonden(
                subject=zaak.id,
                organisatie=zaak.organisatie_id,
                doorzending=doorzending.id,
                nieuwe_zaak=nieuw.id,
            )
        )
        if geheel:
            sluit_af(actor, zaak, catalogus.DOORGEZONDEN, waarom)
    return doorzending


def zend_door_per_mail(
    actor: Actor,
    zaak: Zaak | UUID,
    naar: Instantie | UUID,
    *,
    waarom: str,
    idempotency_key: str,
    documenten: Iterable[UUID] = (),
    met_gegevens: bool = True,
) -> Doorzending:
    """Forward a reactie to a body that is not on this Loket, by mail (Awb 2:3). The mail in the queue, with the moment
    it was delivered, is the proof; the resident is told. The reactie is closed as 'Doorgezonden'.

    `met_gegevens` sends name and address of the resident along, so that the body can answer; that use is logged.
    `documenten` are those of the zaak that go along. Raises Forbidden, NotFound, Refused (`required`, `zaak-closed`,
    `andere-organisatie`).
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, SLUITEN, zaak)
        instantie = naar if isinstance(naar, Instantie) else Instantie.objects.filter(id=naar).first()
        if instantie is None or instantie.organisatie_id != zaak.organisatie_id:
            raise Refused("andere-organisatie", _("Deze instantie staat niet in uw lijst."), "naar")
        if earlier := Doorzending.objects.filter(zaak=zaak, naar_instantie=instantie).first():
            return earlier
        zrc_007_open(zaak.einddatum)
        organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
        mee = _bijlagen(actor, zaak, documenten)
        bericht = send(
            to=instantie.email,
            subject=f"Doorgezonden op grond van artikel 2:3 Awb: {zaak.omschrijving} ({zaak.identificatie})",
            text=_brief(actor, zaak, organisatie, waarom, met_gegevens),
            key=f"doorzending:{zaak.id}:{instantie.id}",
            organisatie=zaak.organisatie_id,
            betreft=zaak.id,
            headers={"Reply-To": organisatie.email} if organisatie.email else {},
            attachments=[(document.bestandsnaam, document.formaat, document.sha256) for document in mee],
        )
        doorzending = Doorzending.objects.create(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            naar_instantie=instantie,
            mailbericht=bericht,
            waarom=waarom,
            gedeeld={"gegevens": met_gegevens, "documenten": [str(document.id) for document in mee]},
            medewerker=_medewerker(actor),
            op=now(),
        )
        publish(ReactieDoorgezonden(subject=zaak.id, organisatie=zaak.organisatie_id, doorzending=doorzending.id))
        sluit_af(actor, zaak, catalogus.DOORGEZONDEN, waarom)
    return doorzending


def voeg_samen(actor: Actor, zaak: Zaak | UUID, met: Zaak | UUID, waarom: str) -> Zaak:
    """The reactie is about the same matter as `met`, and goes on there: what its residents wrote goes along, they
    follow `met` from their own page, and it is closed as 'Samengevoegd'. Both must be open, of one organisation and of
    one kind. Answers that were given stay where they are: they were for this resident alone. Gives `met`."""
    with transaction.atomic():
        zaak = zaken.voor(actor, SLUITEN, zaak)
        doel = zaken.voor(actor, BIJWERKEN, met)
        if zaak.id == doel.id or zaak.organisatie_id != doel.organisatie_id:
            raise Refused("self-forbidden", _("Kies een andere reactie van deze organisatie."), "met")
        if zaak.zaaktype.identificatie != doel.zaaktype.identificatie:
            raise Refused("andere-soort", _("Alleen reacties van dezelfde soort kunt u samenvoegen."), "met")
        zrc_007_open(zaak.einddatum)
        zrc_007_open(doel.einddatum)
        zaken.koppel_zaken(actor, zaak, doel, "duplicaat", waarom=waarom)
        indieners = set(
            Rol.objects.filter(zaak=doel, omschrijving_generiek="initiator").values_list("partij_id", flat=True)
        )
        for rol in Rol.objects.filter(
            zaak=zaak, partij__isnull=False, omschrijving_generiek__in=("initiator", "mede_initiator")
        ):
            # who already sent the other one is not somebody who reports it too
            if rol.partij_id not in indieners:
                zaken.voeg_rol_toe(actor, doel, "mede_initiator", partij=rol.partij_id)
        bekend = set(Onderwerpobject.objects.filter(zaak=doel).values_list("klantcontact_id", flat=True))
        for contact in _van_bewoner(zaak):
            if contact not in bekend:
                Onderwerpobject.objects.create(organisatie_id=doel.organisatie_id, klantcontact_id=contact, zaak=doel)
        publish(ReactieSamengevoegd(subject=zaak.id, organisatie=zaak.organisatie_id, met=doel.id))
        sluit_af(actor, zaak, catalogus.SAMENGEVOEGD, waarom)
    return doel


def splits(
    actor: Actor,
    zaak: Zaak | UUID,
    *,
    onderwerp: str,
    tekst: str,
    idempotency_key: str,
    soort: str = "",
    team: Team | UUID | None = None,
) -> Zaak:
    """Part of a reactie is another matter: a reactie of its own with this subject and text, for the same resident, who
    hears its number and sees both. `soort` defaults to that of the reactie. Again with the same key: the same. Gives
    the new one."""
    if not onderwerp.strip() or not tekst.strip():
        raise Refused("required", _("Schrijf waar het andere deel over gaat."), "onderwerp")
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        zrc_007_open(zaak.einddatum)
        organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
        welke = soort or zaak.zaaktype.identificatie
        initiator = Rol.objects.filter(zaak=zaak, omschrijving_generiek="initiator", partij__isnull=False).first()
        eigenaar, behandelaar = verdeling.eerste_eigenaar(organisatie.id, welke)
        voorstel, zekerheid = verdeling.team_dat_het_weet(organisatie.id, welke, f"{onderwerp} {tekst}")
        sleutel = f"splits:{zaak.id}:{idempotency_key}"
        nieuw = zaken.maak_zaak(
            actor,
            organisatie=organisatie,
            zaaktype=welke,
            omschrijving=onderwerp,
            kanaal=zaak.kanaal,
            antwoord_voor=rules.termijn(welke, now()).laatste_dag,
            plek=zaak.plek,
            x=zaak.x,
            y=zaak.y,
            zaakgeometrie=zaak.zaakgeometrie,
            initiator=initiator.partij_id if initiator else None,
            team=team or eigenaar,
            behandelaar=behandelaar,
            voorstel_team=voorstel,
            zekerheid=zekerheid,
            begin=eerste_woorden(tekst),
            idempotency_key=sleutel,
        )
        if Onderwerpobject.objects.filter(zaak=nieuw).exists():
            return nieuw
        verdeling.noem_coordinator(nieuw, behandelaar)
        # somebody else handles a complaint: from here on the system writes what the employee started
        wij = actor if nieuw.va_rang < verdeling.VERTROUWELIJK else Actor.system(actor.naam, organisatie.id)
        contact = klanten.leg_contact_vast(
            wij,
            organisatie=organisatie,
            kanaal=zaak.kanaal,
            richting="in",
            inhoud=tekst,
            onderwerp=onderwerp,
            zaken=[nieuw],
            partij=initiator.partij_id if initiator else None,
            vertrouwelijk=nieuw.va_rang >= verdeling.VERTROUWELIJK,
            idempotency_key=sleutel,
        )
        zaken.koppel_zaken(Actor.system(actor.naam, organisatie.id), zaak, nieuw, "gesplitst")
        _geef_links(zaak, nieuw, contact.id)
    return nieuw


def _geef_links(zaak: Zaak, nieuw: Zaak, contact: UUID) -> None:
    """Whoever sent `zaak` gets a link to follow `nieuw` as well; the mail with the number goes with it."""
    for oud in Volglink.objects.filter(zaak=zaak, meldt_mee=False, ingetrokken_op=None).order_by("id"):
        geheim = sleutels.nieuwe_sleutel()
        link = Volglink.objects.create(
            organisatie_id=nieuw.organisatie_id,
            zaak=nieuw,
            partij_id=oud.partij_id,
            sleutel_hash=geheim.hash,
            zaad=geheim.zaad,
            taal=oud.taal,
            email=oud.email,
            berichten=oud.berichten,
            aangemaakt_op=now(),
        )
        publish(
            ReactieOntvangen(subject=nieuw.id, organisatie=nieuw.organisatie_id, klantcontact=contact, volglink=link.id)
        )


def koppel(actor: Actor, zaak: Zaak | UUID, andere: Zaak | UUID, waarom: str) -> None:
    """Note that two reacties have to do with each other; each goes its own way."""
    zaken.koppel_zaken(actor, zaak, andere, "onderwerp", waarom=waarom)


def _van_bewoner(zaak: Zaak) -> list[UUID]:
    """Everything that the resident wrote in this zaak."""
    return list(
        Onderwerpobject.objects.filter(zaak=zaak, klantcontact__richting="in")
        .order_by("klantcontact__plaatsgevonden_op")
        .values_list("klantcontact_id", flat=True)
    )


def _bijlagen(actor: Actor, zaak: Zaak, gekozen: Iterable[UUID]) -> list[Document]:
    """The chosen documents of the zaak, as they go along by mail. Raises NotFound for one of another zaak."""
    bij = {document.id: document for document in documenten_van(actor, zaak.id)}
    gekozen = list(gekozen)
    if any(sleutel not in bij for sleutel in gekozen):
        raise NotFound("This document is not in the zaak.")
    return [bij[sleutel] for sleutel in gekozen if bij[sleutel].sha256]


def _medewerker(actor: Actor) -> UUID:
    """The employee who forwards: a person decides that, not the system."""
    if actor.kind != "medewerker" or actor.id is None:
        raise Forbidden("An employee forwards a reactie.")
    return actor.id


def _brief(actor: Actor, zaak: Zaak, organisatie: Organisatie, waarom: str, met_gegevens: bool) -> str:
    """The text of the forwarding mail, always in Dutch: what was received, when, why it is forwarded, and how to reach
    the resident."""
    woorden = rows(
        "select k.plaatsgevonden_op, k.inhoud from klanten_klantcontact k"
        " join klanten_onderwerpobject o on o.klantcontact_id = k.id"
        " where o.zaak_id = %s and k.richting = 'in' order by k.plaatsgevonden_op",
        (zaak.id,),
    )
    delen = [
        f"{organisatie.naam} ontving deze reactie van een inwoner. Zij hoort bij u. Daarom zenden wij haar door.",
        f"Nummer: {zaak.identificatie}",
        f"Onderwerp: {zaak.omschrijving}",
        *([f"Plek: {zaak.plek}"] if zaak.plek else []),
        f"Waarom: {waarom}",
        *[f"{woord['plaatsgevonden_op']:%d-%m-%Y %H:%M}\n{woord['inhoud']}" for woord in woorden],
    ]
    if met_gegevens:
        gevonden = rows(
            "select p.naam, p.pseudoniem, string_agg(a.adres, ', ') as adressen from zaken_rol r"
            " join klanten_partij p on p.id = r.partij_id left join klanten_digitaaladres a on a.partij_id = p.id"
            " where r.zaak_id = %s and r.omschrijving_generiek = 'initiator' group by p.id",
            (zaak.id,),
        )
        Use(actor, DOORZENDEN, zaak.id).log(partij["pseudoniem"] for partij in gevonden)
        delen += ["Inwoner: " + " · ".join(filter(None, (p["naam"], p["adressen"]))) for p in gevonden]
    delen.append(f"{actor.naam}\n{organisatie.naam}\n{organisatie.telefoon}")
    return "\n\n".join(delen)

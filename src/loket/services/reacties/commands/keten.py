"""What goes beyond one reactie: forwarding to another government, merging, splitting, linking, and what returns."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import rows
from loket.foundation.errors import Forbidden, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie, Team
from loket.foundation.mail.outbox import send
from loket.foundation.time.clock import now
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Internetaak, Onderwerpobject
from loket.registers.klanten.rules import waarom_in_woorden
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Rol, Werkvoorraad, Zaak
from loket.registers.zaken.rules import BIJWERKEN, SLUITEN, eerste_woorden, zrc_007_open
from loket.services.reacties import catalogus
from loket.services.reacties.commands.behandeling import sluit_af
from loket.services.reacties.events import ReactieDoorgezet, ReactieDoorgezonden, ReactieSamengevoegd
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
        werk = Werkvoorraad.objects.get(zaak=zaak)
        nieuw = zaken.maak_zaak(
            actor,
            organisatie=naar,
            zaaktype=zaak.zaaktype.identificatie,
            omschrijving=zaak.omschrijving,
            kanaal=zaak.kanaal,
            plek=zaak.plek,
            x=zaak.x,
            y=zaak.y,
            begin=werk.begin,
            doorgezonden_van=zaak,
            idempotency_key=f"doorgezonden:{zaak.id}:{idempotency_key}",
            waarom=waarom,
        )
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
    met_gegevens: bool = True,
) -> Doorzending:
    """Forward a reactie to a body that is not on this Loket, by mail (Awb 2:3). The mail in the queue, with the moment
    it was delivered, is the proof; the resident is told. The reactie is closed as 'Doorgezonden'.

    `met_gegevens` sends name and address of the resident along, so that the body can answer; that use is logged.
    """
    waarom_in_woorden(waarom)
    with transaction.atomic():
        zaak = zaken.voor(actor, SLUITEN, zaak)
        instantie = naar if isinstance(naar, Instantie) else Instantie.objects.get(id=naar)
        if instantie.organisatie_id != zaak.organisatie_id:
            raise Refused("andere-organisatie", _("Deze instantie staat niet in uw lijst."), "naar")
        if earlier := Doorzending.objects.filter(zaak=zaak, naar_instantie=instantie).first():
            return earlier
        zrc_007_open(zaak.einddatum)
        organisatie = Organisatie.objects.get(id=zaak.organisatie_id)
        bericht = send(
            to=instantie.email,
            subject=_("Doorgezonden op grond van artikel 2:3 Awb: %(onderwerp)s (%(nummer)s)")
            % {"onderwerp": zaak.omschrijving, "nummer": zaak.identificatie},
            text=_brief(actor, zaak, organisatie, waarom, met_gegevens),
            key=f"doorzending:{zaak.id}:{instantie.id}",
            organisatie=zaak.organisatie_id,
            headers={"Reply-To": organisatie.email} if organisatie.email else {},
        )
        doorzending = Doorzending.objects.create(
            organisatie_id=zaak.organisatie_id,
            zaak=zaak,
            naar_instantie=instantie,
            mailbericht=bericht,
            waarom=waarom,
            gedeeld={"gegevens": met_gegevens},
            medewerker=_medewerker(actor),
            op=now(),
        )
        publish(ReactieDoorgezonden(subject=zaak.id, organisatie=zaak.organisatie_id, doorzending=doorzending.id))
        sluit_af(actor, zaak, catalogus.DOORGEZONDEN, waarom)
    return doorzending


def voeg_samen(actor: Actor, zaak: Zaak | UUID, met: Zaak | UUID, waarom: str) -> Zaak:
    """The reactie is about the same matter as `met`, and goes on there: its messages and residents go along, and it is
    closed as 'Samengevoegd'. Both must be open and of one organisation. Gives `met`."""
    with transaction.atomic():
        zaak = zaken.voor(actor, SLUITEN, zaak)
        doel = zaken.voor(actor, BIJWERKEN, met)
        if zaak.id == doel.id or zaak.organisatie_id != doel.organisatie_id:
            raise Refused("self-forbidden", _("Kies een andere reactie van deze organisatie."), "met")
        zrc_007_open(zaak.einddatum)
        zrc_007_open(doel.einddatum)
        zaken.koppel_zaken(actor, zaak, doel, "duplicaat", waarom=waarom)
        bekend = set(Onderwerpobject.objects.filter(zaak=doel).values_list("klantcontact_id", flat=True))
        Onderwerpobject.objects.bulk_create(
            Onderwerpobject(organisatie_id=doel.organisatie_id, klantcontact_id=contact, zaak=doel)
            for contact in Onderwerpobject.objects.filter(zaak=zaak).values_list("klantcontact_id", flat=True)
            if contact not in bekend
        )
        for rol in Rol.objects.filter(zaak=zaak, partij__isnull=False, omschrijving_generiek="initiator"):
            zaken.voeg_rol_toe(actor, doel, "Meldt mee", partij=rol.partij_id)
        publish(ReactieSamengevoegd(subject=zaak.id, organisatie=zaak.organisatie_id, met=doel.id))
        Volglink.objects.filter(zaak=zaak).update(zaak=doel, meldt_mee=True)
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
    sees both. `soort` defaults to that of the reactie. Gives the new one."""
    if not onderwerp.strip() or not tekst.strip():
        raise Refused("required", _("Schrijf waar het andere deel over gaat."), "onderwerp")
    with transaction.atomic():
        zaak = zaken.voor(actor, BIJWERKEN, zaak)
        initiator = Rol.objects.filter(zaak=zaak, omschrijving_generiek="initiator", partij__isnull=False).first()
        nieuw = zaken.maak_zaak(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            zaaktype=soort or zaak.zaaktype.identificatie,
            omschrijving=onderwerp,
            kanaal=zaak.kanaal,
            plek=zaak.plek,
            x=zaak.x,
            y=zaak.y,
            initiator=initiator.partij_id if initiator else None,
            team=team,
            begin=eerste_woorden(tekst),
            idempotency_key=f"splits:{zaak.id}:{idempotency_key}",
        )
        klanten.leg_contact_vast(
            actor,
            organisatie=Organisatie.objects.get(id=zaak.organisatie_id),
            kanaal=zaak.kanaal,
            richting="in",
            inhoud=tekst,
            onderwerp=onderwerp,
            zaken=[nieuw],
            partij=initiator.partij_id if initiator else None,
            idempotency_key=f"splits:{zaak.id}:{idempotency_key}",
        )
        zaken.koppel_zaken(actor, zaak, nieuw, "gesplitst")
    return nieuw


def koppel(actor: Actor, zaak: Zaak | UUID, andere: Zaak | UUID, waarom: str) -> None:
    """Note that two reacties have to do with each other; each goes its own way."""
    zaken.koppel_zaken(actor, zaak, andere, "onderwerp", waarom=waarom)


def breng_terug(actor: Actor) -> int:
    """Hand-overs, questions and call-backs that nobody took up go to their named coordinator, in time to do them still:
    the work of a job each minute. Gives how many went back."""
    taken = Internetaak.objects.filter(status="gegeven", terug_op__lte=now()).order_by("terug_op")[:200]
    for taak in taken:
        with transaction.atomic():
            terug = klanten.geef_terug(actor, taak, _("Niemand pakte dit op voor het afgesproken moment."))
            if terug.soort == "doorzetten":
                publish(
                    ReactieDoorgezet(
                        subject=terug.zaak_id, organisatie=terug.organisatie_id, internetaak=terug.id, terug=True
                    )
                )
    return len(taken)


def _van_bewoner(zaak: Zaak) -> list[UUID]:
    """Everything that the resident wrote in this zaak."""
    return list(
        Onderwerpobject.objects.filter(zaak=zaak, klantcontact__richting="in")
        .order_by("klantcontact__plaatsgevonden_op")
        .values_list("klantcontact_id", flat=True)
    )


def _medewerker(actor: Actor) -> UUID:
    """The employee who forwards: a person decides that, not the system."""
    if actor.kind != "medewerker" or actor.id is None:
        raise Forbidden("An employee forwards a reactie.")
    return actor.id


def _brief(actor: Actor, zaak: Zaak, organisatie: Organisatie, waarom: str, met_gegevens: bool) -> str:
    """The text of the forwarding mail: what was received, when, why it is forwarded, and how to reach the resident."""
    woorden = rows(
        "select k.plaatsgevonden_op, k.inhoud from klanten_klantcontact k"
        " join klanten_onderwerpobject o on o.klantcontact_id = k.id"
        " where o.zaak_id = %s and k.richting = 'in' order by k.plaatsgevonden_op",
        (zaak.id,),
    )
    delen = [
        _("%(organisatie)s ontving deze reactie van een inwoner. Zij hoort bij u. Daarom zenden wij haar door.")
        % {"organisatie": organisatie.naam},
        _("Nummer: %s") % zaak.identificatie,
        _("Onderwerp: %s") % zaak.omschrijving,
        *([_("Plek: %s") % zaak.plek] if zaak.plek else []),
        _("Waarom: %s") % waarom,
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
        delen += [_("Inwoner: %s") % " · ".join(filter(None, (p["naam"], p["adressen"]))) for p in gevonden]
    delen.append(f"{actor.naam}\n{organisatie.naam}\n{organisatie.telefoon}")
    return "\n\n".join(delen)

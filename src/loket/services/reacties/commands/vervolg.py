"""What a resident can do with a reactie that was received: join it, withdraw, rate, say 'not solved', choose how to
hear from us (to write: `bericht`). `volger` is who he or she is, found by the link or by the login."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import execute, row, value
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now, today
from loket.foundation.web.stored import sentence
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.models import Internetaak, Partij
from loket.registers.klanten.rules import controleer_email
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Zaak
from loket.services.reacties import rules, sleutels
from loket.services.reacties.catalogus import INGETROKKEN, SAMENGEVOEGD
from loket.services.reacties.commands.bericht import leg_vast, schrijf_contact, schrijf_van_volger
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.commands.rijen import ONTVANGEN, TALEN
from loket.services.reacties.concepten import verstuurd
from loket.services.reacties.events import (
    MelderAangesloten,
    ReactieBeoordeeld,
    ReactieHeropend,
    ReactieIngetrokken,
)
from loket.services.reacties.inzending import Foto, Inzending, controleer
from loket.services.reacties.models import Beoordeling, Concept, Volglink
from loket.services.reacties.namens import systeem
from loket.services.reacties.queries.bewoner import Reactie, Volger, reactie
from loket.services.reacties.queries.ontvangst import Ontvangst, ontvangst_van

# what is stored, in Dutch for everybody
_INGETROKKEN = gettext_noop("De bewoner heeft dit ingetrokken.")
_INGETROKKEN_OMDAT = sentence(gettext_noop("De bewoner heeft dit ingetrokken. %(waarom)s"))
_VERVOLG = sentence(gettext_noop("Vervolg op klacht %(nummer)s"))
_INDIENER = sentence(gettext_noop("De indiener van %(nummer)s"))


def _ingetrokken(waarom: str) -> str:
    """The reason that a withdrawn reactie is closed with."""
    return _INGETROKKEN_OMDAT % {"waarom": waarom.strip()} if waarom.strip() else _INGETROKKEN


def sluit_aan(actor: Actor, zaak: UUID, inzending: Inzending, *, concept: Concept) -> Ontvangst:
    """Say 'me too' to an open melding: the words and photos are added to it, the resident gets a link of his or her own
    and the same number. Again with the same `concept`: the same. Raises NotFound (no such melding), Refused (closed in
    the meantime, or what does not fit)."""
    controleer(inzending)
    with transaction.atomic():
        if (eerder := verstuurd(concept)) is not None:
            return ontvangst_van(eerder, Concept.objects.values_list("volglink_id", flat=True).get(id=concept.id))
        gevonden = Zaak.objects.select_related("zaaktype").select_for_update(of=("self",)).filter(id=zaak).first()
        if gevonden is None or gevonden.zaaktype.identificatie != "melding":
            raise NotFound("No such melding.")
        if gevonden.einddatum is not None:
            raise Refused(
                "zaak-closed", _("Deze melding is net afgehandeld. Verstuur uw melding als nieuwe."), "zelfde"
            )
        organisatie = Organisatie.objects.get(id=gevonden.organisatie_id)
        wij = systeem(organisatie.id)
        partij = _registreer(actor, wij, organisatie, inzending)
        geheim = sleutels.nieuwe_sleutel()
        link = Volglink(
            organisatie=organisatie,
            zaak=gevonden,
            partij=partij,
            sleutel_hash=geheim.hash,
            zaad=geheim.zaad,
            taal=inzending.taal,
            meldt_mee=True,
            email=inzending.email,
            aangemaakt_op=now(),
        )
        link.save(force_insert=True)
        contact = schrijf_contact(
            wij,
            gevonden,
            inzending.tekst,
            inzending.fotos,
            f"aansluiten:{concept.id}",
            partij,
            naam=inzending.naam,
            adres=inzending.email or inzending.telefoon,
            link=link.id,
            mee=True,
        )
        if partij is not None:
            zaken.voeg_rol_toe(wij, gevonden, "mede_initiator", partij=partij.id)
            wie = Actor(actor.kind, actor.id, organisatie=organisatie.id, functie="bewoner")
            Use(wie, ONTVANGEN, gevonden.id).log([partij.pseudoniem])
        Concept.objects.filter(id=concept.id).update(
            zaak=gevonden, volglink=link, verstuurd_op=now(), bijgewerkt_op=now(), gegevens={}
        )
        publish(
            MelderAangesloten(
                subject=gevonden.id, organisatie=organisatie.id, klantcontact=contact.id, volglink=link.id
            )
        )
        antwoord_voor = row("select antwoord_voor from zaken_werkvoorraad where zaak_id = %s", (gevonden.id,))
    return Ontvangst(
        gevonden.id,
        gevonden.identificatie,
        link.id,
        geheim.tekst,
        antwoord_voor["antwoord_voor"] if antwoord_voor else None,
    )


def _registreer(actor: Actor, wij: Actor, organisatie: Organisatie, inzending: Inzending) -> Partij | None:
    ingelogd = actor.pseudoniem if actor.kind == "bewoner" else ""
    if not (ingelogd or inzending.bereikbaar or inzending.naam):
        return None
    return klanten.registreer_partij(
        wij,
        organisatie=organisatie,
        naam=inzending.naam,
        pseudoniem=ingelogd,
        email=inzending.email,
        telefoon=inzending.telefoon,
        taal=TALEN[inzending.taal],
    )


def trek_in(actor: Actor, volger: Volger, waarom: str = "") -> Reactie:
    """The resident withdraws the reactie, with every organisation that has it; whoever was asked something in it is no
    longer asked. Raises Refused when it is closed, or when others joined it: then it goes on for them."""
    gevonden = reactie(volger)
    if not gevonden.open:
        raise Refused("zaak-closed", _("Dit is al afgehandeld. U hoeft niets meer te doen."))
    if volger.meldt_mee:
        raise Refused(
            "niet-de-eerste", _("U meldt mee. Wilt u geen berichten meer? Verander dan hoe u bericht krijgt.")
        )
    with transaction.atomic():
        if value(
            "select exists (select 1 from reacties_volglink"
            " where zaak_id = %s and meldt_mee and ingetrokken_op is null)",
            (volger.zaak,),
        ):
            raise Refused(
                "anderen-melden-mee",
                _("Anderen melden dit ook. Daarom gaat het door. U kunt wel kiezen dat u geen berichten meer krijgt."),
            )
        reden = _ingetrokken(waarom)
        for deel in gevonden.delen:
            if deel.einddatum is None and not deel.elders:
                wij = systeem(deel.organisatie)
                for taak in Internetaak.objects.filter(zaak_id=deel.id).exclude(status="afgehandeld"):
                    klanten.trek_in(wij, taak, gettext_noop("De bewoner trok de reactie in."))
                zaken.sluit_zaak(wij, deel.id, INGETROKKEN, reden)
                leg_vast(actor, deel, "reactie.intrekken", waarom)
                publish(ReactieIngetrokken(subject=deel.id, organisatie=deel.organisatie))
    return gevonden


def beoordeel(actor: Actor, volger: Volger, cijfer: int, waarom: str = "") -> Beoordeling:
    """How the resident was helped, from 1 to 5, once for each closing. Raises Refused (still open, rated already)."""
    if not 1 <= cijfer <= 5:
        raise Refused("invalid_choice", _("Kies een cijfer van 1 tot en met 5."), "cijfer")
    if len(waarom) > 1000:
        raise Refused("max_length", _("Uw uitleg is te lang. Er passen 1000 tekens."), "waarom")
    gevonden = reactie(volger)
    deel = gevonden.nu
    if gevonden.open:
        raise Refused("zaak-open", _("Wij zijn nog bezig. Als het klaar is, vragen wij wat u ervan vond."))
    if volger.link is None:
        raise Refused("geen-link", _("Hier kunt u geen cijfer geven."))
    with transaction.atomic():
        execute("select 1 from zaken_zaak where id = %s for update", (deel.id,))
        gesloten = value("select max(datum_status_gezet) from zaken_status where zaak_id = %s", (deel.id,))
        if Beoordeling.objects.filter(zaak_id=deel.id, volglink_id=volger.link, afgesloten_op=gesloten).exists():
            raise Refused("al-beoordeeld", _("U gaf al een cijfer. Dank u wel."))
        gegeven = Beoordeling(
            organisatie_id=deel.organisatie,
            zaak_id=deel.id,
            volglink_id=volger.link,
            afgesloten_op=gesloten,
            cijfer=cijfer,
            waarom=waarom,
            op=now(),
        )
        gegeven.save(force_insert=True)
        leg_vast(actor, deel, "reactie.beoordelen", detail={"cijfer": cijfer})
        publish(ReactieBeoordeeld(subject=deel.id, organisatie=deel.organisatie, cijfer=cijfer))
    return gegeven


def heropen(
    actor: Actor,
    volger: Volger,
    waarom: str,
    *,
    idempotency_key: str,
    fotos: Sequence[Foto] = (),
    kanaal: str = "website",
    metadata: Mapping[str, str] | None = None,
) -> Ontvangst | None:
    """The resident says 'not solved', within fourteen days after closing: the reactie is open again (None). A formal
    complaint is not reopened but becomes a new one, related to the first: its acknowledgement is given.

    Raises Refused: no reason, not closed, too late (`te-laat`), goes on under another number.
    """
    if not waarom.strip():
        raise Refused("required", _("Schrijf wat er nog niet goed is."), "waarom")
    if len(waarom) > rules.MAX_TEKST:
        raise Refused("max_length", _("Uw bericht is te lang. Er passen %d tekens.") % rules.MAX_TEKST, "waarom")
    gevonden = reactie(volger)
    deel = gevonden.nu
    if gevonden.open or deel.einddatum is None:
        raise Refused("zaak-open", _("Wij zijn er nog mee bezig. Stuur ons een bericht."))
    if deel.resultaat == SAMENGEVOEGD:
        raise Refused("samengevoegd", _("Dit gaat verder onder een ander nummer."))
    laatste = rules.heropenen_tot(deel.einddatum)
    if today() > laatste:
        raise Refused("te-laat", _("Dit kon tot en met %s. Doe een nieuwe melding, of bel ons.") % _dag(laatste))
    with transaction.atomic():
        if deel.soort == "klacht":
            return _nieuwe_klacht(actor, volger, gevonden, waarom, idempotency_key)
        wij = systeem(deel.organisatie)
        zaak = zaken.heropen_zaak(
            wij,
            deel.id,
            gettext_noop("De bewoner zegt dat het nog niet goed is."),
            antwoord_voor=rules.termijn(deel.soort, now()).laatste_dag,
        )
        schrijf_van_volger(wij, volger, zaak, waarom, fotos, idempotency_key, kanaal, metadata)
        leg_vast(actor, zaak, "reactie.heropenen", waarom)
        publish(ReactieHeropend(subject=zaak.id, organisatie=zaak.organisatie_id, waarom=waarom))
    return None


def _dag(dag: object) -> str:
    from django.utils.translation import get_language

    from loket.foundation.web.dates import long_date

    return long_date(dag, get_language())  # type: ignore[arg-type]


def _nieuwe_klacht(actor: Actor, volger: Volger, eerder: Reactie, waarom: str, sleutel: str) -> Ontvangst:
    """A complaint about how a complaint was handled is a new one (chapter 9 Awb knows no reopening)."""
    deel = eerder.nu
    wie = row(
        "select p.naam, coalesce((select a.adres from klanten_digitaaladres a where a.partij_id = p.id"
        " and a.soort_digitaal_adres = 'telefoon' order by a.is_standaard_adres desc limit 1), '') as telefoon"
        " from klanten_partij p where p.id = any(%s) limit 1",
        (list(volger.partijen),),
    ) or {"naam": "", "telefoon": ""}
    nieuw = ontvang_reactie(
        actor if actor.kind == "bewoner" else systeem(deel.organisatie),
        deel.organisatie,
        Inzending(
            "klacht",
            waarom,
            over=_VERVOLG % {"nummer": eerder.nummer},
            naam=wie["naam"] or _INDIENER % {"nummer": eerder.nummer},
            email=volger.email,
            telefoon=wie["telefoon"] if not volger.email else "",
            taal=volger.taal,
        ),
        idempotency_key=sleutel,
    )
    zaken.koppel_zaken(systeem(deel.organisatie), nieuw.zaak, deel.id, "vervolg", waarom=waarom[:200])
    return nieuw


def wijzig_bericht_voorkeur(actor: Actor, volger: Volger, *, berichten: bool, email: str = "") -> str:
    """Whether the resident wants mail at every step, and where. Only for this reactie and this link. Gives the address
    that was used before ('' when nothing changed), so that it can be told there. Raises Refused."""
    if volger.link is None:
        raise Refused("geen-link", _("Hier kunt u dit niet veranderen."))
    if berichten:
        controleer_email(email)
    with transaction.atomic():
        link = Volglink.objects.select_for_update().get(id=volger.link)
        oud, link.berichten = link.email, berichten
        if berichten:
            link.email = email
        link.save(update_fields=["berichten", "email"])
        record(
            actor,
            "reactie.voorkeur",
            "zaak",
            volger.zaak,
            organisatie=link.organisatie_id,
            detail={"berichten": berichten, "adres_anders": link.email != oud},
        )
    return oud if oud != link.email else ""

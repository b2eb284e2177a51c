"""What the commands of the complaint procedure are made of: once and in a transaction, the step itself with its trail
and event, the letters. No rights of its own: part of `commands.klacht`."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.engines.termijnen import klachten
from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.audit.use import Use
from loket.foundation.errors import Refused
from loket.foundation.events.outbox import publish
from loket.foundation.mail.outbox import send
from loket.foundation.time.clock import now, today
from loket.registers.documenten import queries as documenten
from loket.registers.klanten.queries import contacten_van_zaak
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.rules import zrc_007_open
from loket.services.reacties import brieven_klacht as brieven
from loket.services.reacties import catalogus, rules_klacht
from loket.services.reacties.commands.behandeling import BEANTWOORDEN, schrijf_klager
from loket.services.reacties.commands.brief import SCHRIJVEN, maak_brief
from loket.services.reacties.events import KlachtstapGezet
from loket.services.reacties.models import Klachtstap, Volglink
from loket.services.reacties.queries import klacht as queries
from loket.services.reacties.queries.medewerker import heeft_adres

type Doe = Callable[..., None]
type Opdracht = Callable[..., Zaak]


def stap(soort: str) -> Callable[[Doe], Opdracht]:
    """Make a command of the step that follows: the right, the lock, once, open, a complaint; then the step itself, with
    the key of this act. Gives the zaak."""

    def maak(doe: Doe) -> Opdracht:
        @wraps(doe)
        def command(actor: Actor, zaak: Zaak | UUID, *, idempotency_key: str, **waarden: Any) -> Zaak:
            with transaction.atomic():
                gevonden = zaken.voor(actor, BEANTWOORDEN, zaak)
                if gevonden.zaaktype.identificatie != "klacht":
                    raise Refused("geen-klacht", _("Dit kan alleen met een klacht."))
                if not zaken.eenmalig(gevonden.organisatie_id, f"klacht.{soort}", idempotency_key, gevonden.id):
                    zrc_007_open(gevonden.einddatum)
                    doe(actor, gevonden, f"klacht:{soort}:{idempotency_key}", **waarden)
            return gevonden

        gegeven = signature(doe)
        sleutel = Parameter("idempotency_key", Parameter.KEYWORD_ONLY, annotation=str)
        namen = [each for each in gegeven.parameters.values() if each.name != "sleutel"]
        gezien = gegeven.replace(parameters=[*namen, sleutel], return_annotation=Zaak)
        command.__signature__ = gezien  # type: ignore[attr-defined]
        return command

    return maak


def zet(actor: Actor, zaak: Zaak, soort: str, *, gedaan: bool = True, **velden: Any) -> Klachtstap:
    """The step of this kind as it is now, with its line in the trail and its event."""
    moment = now()
    if gedaan:
        velden = {"gedaan_op": moment, "door_id": actor.id if actor.kind == "medewerker" else None} | velden
    else:
        velden |= {"gedaan_op": None}
    gezet, _nieuw = Klachtstap.objects.update_or_create(
        zaak=zaak,
        soort=soort,
        vervallen=False,
        defaults=velden,
        create_defaults=velden | {"organisatie_id": zaak.organisatie_id, "aangemaakt_op": moment},
    )
    record(
        actor,
        BEANTWOORDEN,
        "zaak",
        zaak.id,
        organisatie=zaak.organisatie_id,
        waarom=rules_klacht.ARTIKELEN[soort],
        detail={"klachtstap": soort, "gedaan": gedaan, "uitkomst": gezet.uitkomst},
    )
    publish(
        KlachtstapGezet(subject=zaak.id, organisatie=zaak.organisatie_id, stap=gezet.id, soort=soort, gedaan=gedaan)
    )
    return gezet


def eindig(actor: Actor, zaak: Zaak, tekst: str, sleutel: str, resultaat: str, waarom: str, *stukken: UUID) -> None:
    """Write to the complainant, close the zaak, and tell whom it was about that it ended."""
    op_papier = not heeft_adres(zaak.id)
    schrijf_klager(
        actor,
        zaak,
        tekst,
        idempotency_key=sleutel,
        bijlagen=stukken[1:] if op_papier else stukken,  # the letter itself is made, or found, by its key
        resultaat=resultaat,
        waarom=waarom,
    )
    for each in queries.over_wie(zaak.id):
        with override("nl"):
            onderwerp, woorden = brieven.klaar_collega(zaak.identificatie, resultaat)
        mail_collega(zaak, each, onderwerp, woorden, sleutel)


def slot_ombudsman(zaak: Zaak) -> str:
    """The paragraph about the ombudsman. Raises Refused (`ombudsman`) when it is not known who that is."""
    regeling = queries.regeling(zaak.organisatie_id)
    if not regeling.ombudsman.strip():
        zin = _("Een beheerder moet eerst invullen welke ombudsman uw klachten onderzoekt (artikel 9:12 Awb).")
        raise Refused("ombudsman", zin)
    return brieven.ombudsman(regeling, klachten.verzoek_aan_ombudsman(today()).laatste_dag)


def advies_mee(actor: Actor, zaak: Zaak, advies: Klachtstap, sleutel: str) -> UUID:
    """The advice goes with the ending when that differs from it (9:16): a copy that the complainant may see."""
    return maak_brief(
        actor,
        zaak,
        advies.toelichting,
        idempotency_key=f"{sleutel}:advies",
        titel=_("Advies van de commissie"),
        aan="",
    )


def klaagschrift(actor: Actor, zaak: Zaak) -> tuple[str, list[documenten.Document]]:
    """The words of the complaint, and what came with it. A use of personal data, logged as such."""
    contacten = [each for each in contacten_van_zaak(Use(actor, SCHRIJVEN, zaak.id), zaak.id) if each.richting == "in"]
    if not contacten:
        return "", []
    eerste = contacten[0]
    return eerste.inhoud, [documenten.lees(actor, each) for each in eerste.bijlagen]


def mail_collega(
    zaak: Zaak,
    wie: dict[str, Any],
    onderwerp: str,
    tekst: str,
    sleutel: str,
    stukken: list[documenten.Document] | None = None,
) -> None:
    """Mail to the employee whom it is about; without an address the letter in the file is handed over."""
    if not wie["email"]:
        return
    send(
        to=wie["email"],
        subject=onderwerp,
        text=tekst,
        key=f"{sleutel}:{wie['id']}",
        organisatie=zaak.organisatie_id,
        betreft=zaak.id,
        attachments=[(each.bestandsnaam, each.formaat, each.sha256) for each in stukken or () if each.sha256],
    )


def taal_van(zaak: Zaak) -> str:
    return Volglink.objects.filter(zaak=zaak, meldt_mee=False).values_list("taal", flat=True).first() or "nl"


def taal(zaak: Zaak) -> Any:
    """In the language of the complainant."""
    return override(taal_van(zaak))


def controleer_oordeel(oordeel: str) -> None:
    if oordeel not in (catalogus.GEGROND, catalogus.DEELS_GEGROND, catalogus.ONGEGROND):
        raise Refused("oordeel", _("Kies het oordeel."), "oordeel")


def niet_al(zaak: Zaak, soort: str) -> None:
    if Klachtstap.objects.filter(zaak=zaak, soort=soort, vervallen=False, gedaan_op__isnull=False).exists():
        raise Refused("al-gedaan", _("Dit is al gedaan."))


def eerst(feiten: rules_klacht.Feiten, soort: str, zin: str) -> None:
    if not feiten.gedaan(soort):
        raise Refused(f"eerst-{soort}", zin)

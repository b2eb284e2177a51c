"""What can be done with articles. Each act is one transaction: rows, a line in the trail, and the event."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, row
from loket.foundation.errors import NotFound, Refused
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import now, today
from loket.services.kennis import rules
from loket.services.kennis.events import ArtikelGepubliceerd, ArtikelIngetrokken, ArtikelVerlengd
from loket.services.kennis.index import wis_index, zet_index
from loket.services.kennis.models import (
    AFGEWEZEN,
    CONCEPT,
    GEPUBLICEERD,
    INGETROKKEN,
    VERVANGEN,
    Artikel,
    Instelling,
    Opmerking,
    Versie,
)
from loket.services.kennis.queries import instelling
from loket.services.kennis.rules import BEHEREN, SCHRIJVEN, Bron

TEKSTEN = ("vraag", "antwoord", "trefwoorden", "interne_notitie", "vraag_en", "antwoord_en", "trefwoorden_en")
"""The fields of a version that hold words."""


def schrijf_artikel(
    actor: Actor,
    *,
    onderwerp: str,
    eigenaar: UUID,
    team: UUID,
    geldig_tot: date,
    voor_bewoners: bool = True,
    bronnen: list[Bron] | None = None,
    organisatie: UUID | None = None,
    slug: str = "",
    id: UUID | None = None,
    **teksten: str,
) -> Artikel:
    """Write a new article, as a concept. `teksten`: see `TEKSTEN`. `organisatie`: for the system only, an employee
    writes for the own one. The same `id` a second time gives the article of the first.

    Raises Forbidden, Refused (`leeg`, `te-lang`, `engels`, `datum`, `eigenaar`, `team`)."""
    actor.require(SCHRIJVEN)
    van = _organisatie(actor, organisatie)
    sleutel = id or uuid7()
    with transaction.atomic():
        if (eerder := Artikel.objects.filter(id=sleutel, organisatie_id=van).first()) is not None:
            return eerder
        velden = _teksten(teksten)
        gegevens = _gegevens(van, onderwerp, eigenaar, team, voor_bewoners, geldig_tot)
        artikel = Artikel.objects.create(
            id=sleutel,
            organisatie_id=van,
            slug=_vrij(van, slug or velden["vraag"]),
            gecontroleerd_op=today(),
            **gegevens,
        )
        _nieuwe_versie(actor, artikel, 1, velden, bronnen or [], "")
        record(actor, "kennis.geschreven", "kennisartikel", artikel.id, organisatie=van)
    return artikel


def stel_wijziging_voor(
    actor: Actor, artikel: UUID, *, gezien: int, waarom: str = "", bronnen: list[Bron] | None = None, **teksten: str
) -> Versie:
    """Write another text for an article. Readers keep what they see until it is published. An earlier proposal that
    was not published stays as a version, and this one takes its place. `gezien`: the last version that the writer saw.

    Raises Forbidden, NotFound, Refused (`ingehaald`: a colleague wrote a version meanwhile; and as `schrijf_artikel`).
    """
    actor.require(SCHRIJVEN)
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        laatste = eigen.versies.order_by("-nummer").first()
        assert laatste is not None
        velden = _teksten(teksten)
        if laatste.nummer != gezien:
            if _zelfde(laatste, velden, bronnen or []):
                return laatste  # sent twice
            raise Refused(
                "ingehaald", _("Een collega veranderde dit artikel intussen. Neem uw tekst over en open het opnieuw.")
            )
        if _zelfde(laatste, velden, bronnen or []) and laatste.stand in (CONCEPT, GEPUBLICEERD):
            return laatste
        eigen.versies.filter(stand=CONCEPT).update(stand=VERVANGEN, besloten_op=now(), besloten_door=_mens(actor))
        versie = _nieuwe_versie(actor, eigen, laatste.nummer + 1, velden, bronnen or [], waarom)
        record(actor, "kennis.gewijzigd", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id, waarom=waarom,
               detail={"versie": versie.nummer})  # fmt: skip
    return versie


def publiceer(actor: Actor, artikel: UUID, nummer: int) -> None:
    """Show this version to readers. Where the organisation wants four eyes, by somebody else than its writer. Doing it
    again changes nothing. Raises Forbidden, NotFound, Refused (`vier-ogen`, `versie`, `datum`)."""
    actor.require(SCHRIJVEN)
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        versie = eigen.versies.filter(nummer=nummer).first()
        if versie is not None and versie.id == eigen.versie_id and eigen.status == GEPUBLICEERD:
            return
        # one that was withdrawn comes back as it was last published
        if versie is None or versie.stand not in (CONCEPT, GEPUBLICEERD):
            raise Refused("versie", _("Deze versie is er niet meer. Open het artikel opnieuw."))
        if actor.kind == "medewerker" and versie.door_id == actor.id and instelling(eigen.organisatie_id).vier_ogen:
            raise Refused("vier-ogen", _("U schreef dit zelf. Een collega leest het na en publiceert het."))
        if eigen.geldig_tot < today():
            raise Refused("datum", _("Dit artikel is verlopen. Kies eerst tot wanneer het klopt."))
        eigen.versies.filter(stand=GEPUBLICEERD).exclude(id=versie.id).update(stand=VERVANGEN)
        versie.stand, versie.besloten_op, versie.besloten_door_id = GEPUBLICEERD, now(), _mens(actor)
        versie.save(update_fields=["stand", "besloten_op", "besloten_door"])
        eigen.status, eigen.versie = GEPUBLICEERD, versie
        eigen.save(update_fields=["status", "versie"])
        zet_index(eigen.id, versie)
        record(actor, "kennis.gepubliceerd", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id,
               detail={"versie": nummer})  # fmt: skip
        publish(ArtikelGepubliceerd(subject=eigen.id, organisatie=eigen.organisatie_id, versie=nummer))


def wijs_af(actor: Actor, artikel: UUID, nummer: int, waarom: str) -> None:
    """Do not publish a proposal; it stays as a version, with the reason. Raises Forbidden, NotFound, Refused
    (`waarom`, `versie`)."""
    actor.require(SCHRIJVEN)
    _reden(waarom)
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        geraakt = eigen.versies.filter(nummer=nummer, stand=CONCEPT).exclude(nummer=1).update(
            stand=AFGEWEZEN, besloten_op=now(), besloten_door=_mens(actor)
        )  # fmt: skip
        if not geraakt:
            raise Refused("versie", _("Er is geen voorstel meer om af te wijzen."))
        record(actor, "kennis.afgewezen", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id, waarom=waarom,
               detail={"versie": nummer})  # fmt: skip


def verleng(actor: Actor, artikel: UUID, tot: date) -> None:
    """Say that an article was checked today and holds until this day. Raises Forbidden, NotFound, Refused (`datum`)."""
    actor.require(SCHRIJVEN)
    rules.check_geldig(tot, today())
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        eigen.geldig_tot, eigen.gecontroleerd_op = tot, today()
        eigen.save(update_fields=["geldig_tot", "gecontroleerd_op"])
        record(actor, "kennis.verlengd", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id,
               detail={"tot": tot.isoformat()})  # fmt: skip
        publish(ArtikelVerlengd(subject=eigen.id, organisatie=eigen.organisatie_id, geldig_tot=tot.isoformat()))


def trek_in(actor: Actor, artikel: UUID, waarom: str) -> None:
    """Show an article to nobody any more; it stays, with all its versions. Raises Forbidden, NotFound, Refused
    (`waarom`)."""
    actor.require(SCHRIJVEN)
    _reden(waarom)
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        if eigen.status == INGETROKKEN:
            return
        eigen.status = INGETROKKEN
        eigen.save(update_fields=["status"])
        wis_index(eigen.id)
        record(actor, "kennis.ingetrokken", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id, waarom=waarom)
        publish(ArtikelIngetrokken(subject=eigen.id, organisatie=eigen.organisatie_id))


def wijzig_gegevens(
    actor: Actor, artikel: UUID, *, onderwerp: str, eigenaar: UUID, team: UUID, voor_bewoners: bool
) -> None:
    """Change whose an article is, where it stands, and whether residents see it. Raises Forbidden, NotFound, Refused
    (`eigenaar`, `team`, `leeg`)."""
    actor.require(SCHRIJVEN)
    with transaction.atomic():
        eigen = _neem(actor, artikel)
        nieuw = _gegevens(eigen.organisatie_id, onderwerp, eigenaar, team, voor_bewoners)
        anders = [naam for naam, waarde in nieuw.items() if getattr(eigen, naam) != waarde]
        if not anders:
            return
        Artikel.objects.filter(id=eigen.id).update(**nieuw)
        record(actor, "kennis.gegevens", "kennisartikel", eigen.id, organisatie=eigen.organisatie_id,
               detail={"velden": anders})  # fmt: skip


def geef_oordeel(actor: Actor, organisatie: UUID, slug: str, geholpen: bool, woorden: str = "") -> None:
    """Somebody says whether an article helped, and may say why. Who, is not kept. Raises NotFound for an article that
    a resident does not see."""
    with transaction.atomic():
        gevonden = row(
            "select id from kennis_artikel where organisatie_id = %s and slug = %s and status = 'gepubliceerd'"
            " and voor_bewoners and geldig_tot >= %s",
            (organisatie, slug, today()),
        )
        if gevonden is None:
            raise NotFound("No such article.")
        execute(
            "insert into kennis_oordeel (artikel_id, dag, ja, nee) values (%(id)s, %(dag)s, %(ja)s, %(nee)s)"
            " on conflict (artikel_id, dag) do update set ja = kennis_oordeel.ja + %(ja)s,"
            " nee = kennis_oordeel.nee + %(nee)s",
            {"id": gevonden["id"], "dag": today(), "ja": int(geholpen), "nee": int(not geholpen)},
        )
        _bewaar_woorden(gevonden["id"], geholpen, woorden)


def geef_woorden(actor: Actor, organisatie: UUID, slug: str, geholpen: bool, woorden: str) -> None:
    """Somebody who said already whether an article helped, says why. Raises NotFound as `geef_oordeel`."""
    with transaction.atomic():
        gevonden = Artikel.objects.filter(
            organisatie_id=organisatie, slug=slug, status=GEPUBLICEERD, voor_bewoners=True, geldig_tot__gte=today()
        ).first()
        if gevonden is None:
            raise NotFound("No such article.")
        _bewaar_woorden(gevonden.id, geholpen, woorden)


def stel_regels_in(actor: Actor, *, vier_ogen: bool, herinner_dagen: int) -> None:
    """Decide how the own organisation keeps its articles. Raises Forbidden, Refused (`dagen`)."""
    actor.require(BEHEREN)
    van = _organisatie(actor, None)
    if not 1 <= herinner_dagen <= 90:
        raise Refused("dagen", _("Kies een getal van 1 tot en met 90."), "herinner_dagen")
    with transaction.atomic():
        Instelling.objects.update_or_create(
            organisatie_id=van, defaults={"vier_ogen": vier_ogen, "herinner_dagen": herinner_dagen}
        )
        record(actor, "kennis.regels", "organisatie", van, detail={"vier_ogen": vier_ogen, "dagen": herinner_dagen})


# --- shared --------------------------------------------------------------------------------------------


def _organisatie(actor: Actor, gegeven: UUID | None) -> UUID:
    van = gegeven if actor.kind == "systeem" and gegeven else actor.organisatie
    if van is None:
        raise NotFound("No organisation.")
    return van


def _mens(actor: Actor) -> UUID | None:
    return actor.id if actor.kind == "medewerker" else None


def _neem(actor: Actor, artikel: UUID) -> Artikel:
    """The article, kept for this transaction. Raises NotFound for one of another organisation."""
    eigen = Artikel.objects.select_for_update().filter(id=artikel)
    if actor.kind != "systeem":
        eigen = eigen.filter(organisatie_id=_organisatie(actor, None))
    gevonden = eigen.first()
    if gevonden is None:
        raise NotFound("No such article.")
    return gevonden


def _teksten(gegeven: dict[str, str]) -> dict[str, str]:
    if onbekend := set(gegeven) - set(TEKSTEN):
        raise TypeError(f"An article has no {sorted(onbekend)}.")
    velden = {naam: gegeven.get(naam, "").replace("\r\n", "\n").strip() for naam in TEKSTEN}
    rules.check_tekst(velden)
    return velden


def _gegevens(
    organisatie: UUID, onderwerp: str, eigenaar: UUID, team: UUID, voor_bewoners: bool, geldig_tot: date | None = None
) -> dict[str, Any]:
    if not onderwerp.strip() or len(onderwerp) > 60:
        raise Refused("leeg", _("Kies een onderwerp van hooguit 60 tekens."), "onderwerp")
    if not Gebruiker.objects.filter(id=eigenaar, organisatie_id=organisatie, is_active=True).exists():
        raise Refused("eigenaar", _("Kies een collega die hier werkt."), "eigenaar")
    if not Team.objects.filter(id=team, organisatie_id=organisatie).exists():
        raise Refused("team", _("Kies een team."), "team")
    uit = {"onderwerp": onderwerp.strip(), "eigenaar_id": eigenaar, "team_id": team, "voor_bewoners": voor_bewoners}
    if geldig_tot is None:
        return uit
    rules.check_geldig(geldig_tot, today())
    return uit | {"geldig_tot": geldig_tot}


def _vrij(organisatie: UUID, tekst: str) -> str:
    """An address that no other article of this organisation has."""
    basis = rules.slug(tekst)
    bezet = set(
        Artikel.objects.filter(organisatie_id=organisatie, slug__startswith=basis).values_list("slug", flat=True)
    )
    return next(s for n in range(1, len(bezet) + 2) if (s := basis if n == 1 else f"{basis}-{n}") not in bezet)


def _nieuwe_versie(
    actor: Actor, artikel: Artikel, nummer: int, velden: dict[str, str], bronnen: list[Bron], waarom: str
) -> Versie:
    return Versie.objects.create(
        artikel=artikel,
        nummer=nummer,
        bronnen=[asdict(bron) for bron in bronnen],
        waarom=waarom.strip(),
        door_id=_mens(actor),
        op=now(),
        **velden,
    )


def _zelfde(versie: Versie, velden: dict[str, str], bronnen: list[Bron]) -> bool:
    eigen = [getattr(versie, naam) for naam in TEKSTEN]
    return eigen == [velden[naam] for naam in TEKSTEN] and versie.bronnen == [asdict(bron) for bron in bronnen]


def _reden(waarom: str) -> None:
    if not waarom.strip():
        raise Refused("waarom", _("Schrijf in een paar woorden waarom."), "waarom")


def _bewaar_woorden(artikel: UUID, geholpen: bool, woorden: str) -> None:
    tekst = rules.zonder_gegevens(woorden)
    if not tekst or Opmerking.objects.filter(artikel_id=artikel, dag=today()).count() >= rules.OPMERKINGEN_PER_DAG:
        return
    Opmerking.objects.create(artikel_id=artikel, dag=today(), geholpen=geholpen, tekst=tekst)

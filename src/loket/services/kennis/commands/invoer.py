"""Bringing in a file with articles: all of it, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import rows
from loket.foundation.errors import NotFound, Refused
from loket.foundation.time.clock import today
from loket.services.kennis.commands.artikelen import publiceer, schrijf_artikel, stel_wijziging_voor
from loket.services.kennis.models import INGETROKKEN, Artikel
from loket.services.kennis.rules import BEHEREN
from loket.services.kennis.uitwisseling import TEKST


@dataclass
class Uitkomst:
    """What a file changed."""

    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0


def voer_in(
    actor: Actor,
    gegeven: Sequence[dict[str, Any]],
    *,
    meteen: bool = False,
    organisatie: UUID | None = None,
    eigenaar: UUID | None = None,
) -> Uitkomst:
    """Bring in records (see `uitwisseling.lees`): new articles, and new versions of known ones; who has no day in the
    file holds for a year. `meteen`: and publish them. `eigenaar`: where the file names nobody who works here. The same
    file a second time changes nothing. Raises Forbidden, Refused (`bestand`: with the record that is wrong; nothing
    was changed), NotFound."""
    actor.require(BEHEREN)
    van = actor.organisatie if actor.kind == "medewerker" else organisatie
    valt_op = eigenaar or actor.id
    if van is None or valt_op is None:
        raise NotFound("No organisation, or nobody to own what comes in.")
    als = actor if actor.may("kennis.schrijven") else Actor.system(actor.naam, van)
    mensen, teams = _wie(van)
    eigen_team = next((t for t in _teams_van(valt_op)), next(iter(teams.values()), None))
    uitkomst = Uitkomst()
    with transaction.atomic():
        bekend = {a.slug: a for a in Artikel.objects.filter(organisatie_id=van)}
        for nummer, each in enumerate(gegeven, 1):
            teksten = {naam: each[naam] for naam in TEKST}
            try:
                artikel = bekend.get(each["slug"])
                if artikel is None:
                    artikel = schrijf_artikel(
                        als,
                        organisatie=van,
                        slug=each["slug"],
                        onderwerp=each["onderwerp"] or _("Overig"),
                        eigenaar=mensen.get(each["eigenaar"], valt_op),
                        team=teams.get(each["team"]) or eigen_team or UUID(int=0),
                        geldig_tot=each["geldig_tot"] or today() + timedelta(days=365),
                        voor_bewoners=each["voor_bewoners"],
                        bronnen=each["bronnen"],
                        **teksten,
                    )
                    bekend[artikel.slug] = artikel
                    laatste = 1
                    uitkomst.nieuw += 1
                else:
                    was = artikel.versies.order_by("-nummer").first()
                    assert was is not None
                    laatste = stel_wijziging_voor(
                        als,
                        artikel.id,
                        gezien=was.nummer,
                        bronnen=each["bronnen"],
                        waarom=_("Uit een bestand"),
                        **teksten,
                    ).nummer
                    if laatste == was.nummer:
                        uitkomst.gelijk += 1
                    else:
                        uitkomst.gewijzigd += 1
                if meteen and artikel.status != INGETROKKEN:
                    publiceer(als, artikel.id, laatste)
            except Refused as geweigerd:
                zin = _("Artikel %d in het bestand (%s).") % (nummer, each["vraag"][:60] or each["slug"])
                raise Refused("bestand", f"{zin} {geweigerd.message}", "bestand") from None
        record(actor, "kennis.ingevoerd", "organisatie", van, organisatie=van, detail=vars(uitkomst))
    return uitkomst


def _wie(organisatie: UUID) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Who works in an organisation by user name, and its teams by name."""
    mensen = rows(
        "select gebruikersnaam, id from loket_identity_gebruiker where organisatie_id = %s and is_active",
        (organisatie,),
    )
    teams = rows(
        "select naam, id from loket_identity_team where organisatie_id = %s order by lijn, naam", (organisatie,)
    )
    return {m["gebruikersnaam"]: m["id"] for m in mensen}, {t["naam"]: t["id"] for t in teams}


def _teams_van(wie: UUID) -> list[UUID]:
    return [
        rij["team_id"]
        for rij in rows(
            "select l.team_id from loket_identity_lidmaatschap l join loket_identity_team t on t.id = l.team_id"
            " where l.gebruiker_id = %s order by t.lijn, t.naam",
            (wie,),
        )
    ]

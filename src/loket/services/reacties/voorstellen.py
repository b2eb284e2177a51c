"""Making suggestions for new reacties, and noting what they became: the work of the system, when something happens."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import rows
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.registers.algoritmen import commands as algoritmen
from loket.registers.algoritmen.commands import Gezegd
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.events import ZaakGemaakt, ZaakGesloten
from loket.services.reacties import catalogus
from loket.services.reacties.queries.woorden import eerste_bericht
from loket.services.reacties.voorstel import ONDERWERP, SOORTEN, TEAM, Denker, Gedacht

PER_KEER = 100

_OPEN = f"""
select w.zaak_id, w.organisatie_id as organisatie, w.zaaktype as soort, w.x, w.y, w.voorstel_team_id as voorstel,
    w.zekerheid, w.behandelaar_id as behandelaar,
    (select c.waarde from zaken_zaakeigenschap c where c.zaak_id = w.zaak_id and c.naam = %(categorie)s) as categorie,
    {eerste_bericht("w.zaak_id", "2000")} as tekst
from zaken_werkvoorraad w
where w.zaak_id = any(%(zaken)s) and w.zaaktype = any(%(soorten)s) and w.va_rang < 5"""


def stel_voor(zaken_: Sequence[UUID]) -> int:
    """Suggest a team and a subject for these open zaken, in the open transaction; how many got another team suggested.

    Where a trained model is not certain enough, what was suggested before goes. Without a model the team that the
    trefwoorden suggested at receipt stays. A subject that somebody chose is only doubted when the words speak of
    another."""
    gevonden = rows(_OPEN, {"zaken": list(zaken_), "soorten": list(SOORTEN), "categorie": catalogus.CATEGORIE})
    per: dict[UUID, list[dict[str, Any]]] = {}
    for rij in gevonden:
        per.setdefault(rij["organisatie"], []).append(rij)
    return sum(_stel_voor(organisatie, rijen) for organisatie, rijen in per.items())


def _stel_voor(organisatie: UUID, rijen: list[dict[str, Any]]) -> int:
    systeem, denker = Actor.system("voorstellen", organisatie), Denker(organisatie)
    getraind = denker.model(TEAM) is not None
    teams, onderwerpen, anders = [], [], 0
    for rij in rijen:
        zaak, tekst, soort, code = rij["zaak_id"], rij["tekst"] or "", rij["soort"], rij["categorie"] or ""
        if getraind:
            team = denker.team(soort, tekst, code, rij["x"], rij["y"])
            anders += _zet_team(systeem, rij, team)
        else:
            team = Gedacht(str(rij["voorstel"]), rij["zekerheid"] or 0.0) if rij["voorstel"] else None
        teams.append(_gezegd(zaak, team))
        onderwerp = denker.onderwerp(soort, tekst)
        if not code or onderwerp is None or onderwerp.label != f"{soort}.{code}":
            onderwerpen.append(_gezegd(zaak, onderwerp))
    algoritmen.leg_voorstellen_vast(systeem, organisatie, TEAM, teams)
    algoritmen.leg_voorstellen_vast(systeem, organisatie, ONDERWERP, onderwerpen)
    return anders


def _zet_team(systeem: Actor, rij: dict[str, Any], team: Gedacht | None) -> bool:
    """Put the suggested team in the work list, of a zaak that nobody has by name; whether it is another than before."""
    nieuw = UUID(team.label) if team else None
    zekerheid = round(team.zekerheid, 2) if team else None
    if rij["behandelaar"] is not None or (nieuw, zekerheid) == (rij["voorstel"], rij["zekerheid"]):
        return False
    zaken.werk_bij(systeem, rij["zaak_id"], voorstel_team_id=nieuw, zekerheid=zekerheid)
    return bool(nieuw != rij["voorstel"])


def _gezegd(zaak: UUID, gedacht: Gedacht | None) -> Gezegd:
    if gedacht is None:
        return Gezegd(zaak, "", None, None)
    return Gezegd(zaak, gedacht.label, gedacht.zekerheid, gedacht.leermodel, ", ".join(gedacht.woorden))


def vrij(organisatie: UUID) -> Iterator[list[UUID]]:
    """The open reacties of an organisation that nobody has by name, a hundred at a time."""
    na = UUID(int=0)
    while gevonden := rows(
        "select zaak_id from zaken_werkvoorraad where organisatie_id = %s and behandelaar_id is null"
        " and zaaktype = any(%s) and zaak_id > %s order by zaak_id limit %s",
        (organisatie, list(SOORTEN), na, PER_KEER),
    ):
        na = gevonden[-1]["zaak_id"]
        yield [rij["zaak_id"] for rij in gevonden]


@listen(ZaakGemaakt, name="reacties.voorstel")
def stel_voor_bij_ontvangst(deliveries: Sequence[Delivery]) -> None:
    """A new question or report, however it came: suggest a team and a subject."""
    nieuw = [d.event.subject for d in deliveries if isinstance(d.event, ZaakGemaakt) and d.event.zaaktype in SOORTEN]
    if nieuw:
        stel_voor(nieuw)


@listen(ZaakGesloten, name="reacties.voorstel_uitkomst")
def tel_uitkomst(deliveries: Sequence[Delivery]) -> None:
    """A question or report ended: who had it last, and what was it about? That is what was right."""
    dicht = [d.event.subject for d in deliveries if isinstance(d.event, ZaakGesloten) and d.event.zaaktype in SOORTEN]
    gevonden = rows(
        "select z.id, z.organisatie_id as organisatie, zt.identificatie as soort, w.team_id as team, t.lijn,"
        " (select c.waarde from zaken_zaakeigenschap c where c.zaak_id = z.id and c.naam = %s) as categorie"
        " from zaken_zaak z join catalogi_zaaktype zt on zt.id = z.zaaktype_id"
        " left join lateral (select team_id from zaken_toewijzing where zaak_id = z.id and team_id is not null"
        "  order by van desc, id desc limit 1) w on true left join loket_identity_team t on t.id = w.team_id"
        " where z.id = any(%s)",
        (catalogus.CATEGORIE, dicht),
    )
    for rij in gevonden:
        systeem = Actor.system("voorstellen", rij["organisatie"])
        if rij["team"] is not None:
            algoritmen.leg_uitkomst_vast(systeem, TEAM, rij["id"], str(rij["team"]), eerste_lijn=rij["lijn"] == 1)
        if rij["categorie"]:
            algoritmen.leg_uitkomst_vast(systeem, ONDERWERP, rij["id"], f"{rij['soort']}.{rij['categorie']}")

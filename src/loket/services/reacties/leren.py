"""Learning from what people decided: the handled questions and reports of one organisation become a model each."""

import logging
import subprocess
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from loket.engines.indeling.proces import leer_apart
from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import registry
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import rows
from loket.foundation.jobs.queue import enqueue, job
from loket.registers.algoritmen import commands as algoritmen
from loket.registers.algoritmen.models import Leermodel
from loket.services.reacties import catalogus, voorstel
from loket.services.reacties.categorieen import ANDERS, GEVAAR
from loket.services.reacties.queries.woorden import eerste_bericht

if TYPE_CHECKING:
    from loket.engines.indeling.leren import Voorbeeld

log = logging.getLogger(__name__)

LEREN = "reacties.leren"
MAX_VOORBEELDEN = 20_000
"""The newest so many handled reacties are learned from: that bounds memory and time."""
MAX_TEKENS = 2000
SEED = 20261123
DOEL = 0.9

_AFGEHANDELD = f"""
select z.id, zt.identificatie as soort, z.kanaal, z.x, z.y, z.einddatum,
    {eerste_bericht("z.id", "%(tekens)s")} as tekst,
    (select c.waarde from zaken_zaakeigenschap c where c.zaak_id = z.id and c.naam = %(categorie)s) as categorie,
    (select w.team_id from zaken_toewijzing w where w.zaak_id = z.id and w.team_id is not null
     order by w.van desc, w.id desc limit 1) as team,
    coalesce((select p.pseudoniem from zaken_rol r join klanten_partij p on p.id = r.partij_id
     where r.zaak_id = z.id and r.omschrijving_generiek = 'initiator' limit 1), z.id::text) as groep
from zaken_zaak z
join catalogi_zaaktype zt on zt.id = z.zaaktype_id and zt.identificatie = any(%(soorten)s)
join zaken_resultaat re on re.zaak_id = z.id
join catalogi_resultaattype rt on rt.id = re.resultaattype_id and rt.omschrijving <> all(%(behalve)s)
where z.organisatie_id = %(organisatie)s and z.einddatum is not null and z.va_rang < 5
order by z.einddatum desc, z.id desc limit %(aantal)s"""


def _afgehandeld(organisatie: UUID) -> list[dict[str, Any]]:
    """The newest handled questions and reports; not what was forwarded, merged or withdrawn: nobody decided there who
    knows. Words of people, for the purpose `reacties.leren`."""
    return rows(
        _AFGEHANDELD,
        {
            "organisatie": organisatie,
            "soorten": list(voorstel.SOORTEN),
            "categorie": catalogus.CATEGORIE,
            "behalve": [catalogus.DOORGEZONDEN, catalogus.SAMENGEVOEGD, catalogus.INGETROKKEN],
            "tekens": MAX_TEKENS,
            "aantal": MAX_VOORBEELDEN,
        },
    )


def _gekozen(rij: dict[str, Any]) -> str:
    """The choice in the form, where there was a form: what was known before anybody read it."""
    return rij["categorie"] or "" if rij["kanaal"] == "website" else ""


def leer_team(organisatie: UUID) -> Leermodel:
    """Learn which team of the second line handles what, of reacties that one of them handled."""
    namen, domeinen = voorstel.team_namen(organisatie), voorstel.teams_per_domein(organisatie)

    def voorbeelden(gevonden: list[dict[str, Any]]) -> "Iterable[Voorbeeld]":
        from loket.engines.indeling.leren import Voorbeeld

        for rij in gevonden:
            if str(rij["team"]) in namen and rij["tekst"]:
                wist = voorstel.team_volgens_woorden(domeinen, rij["soort"], rij["tekst"], _gekozen(rij))
                bekend = voorstel.daarbij(rij["soort"], rij["tekst"], _gekozen(rij), rij["x"], rij["y"])
                yield Voorbeeld(rij["tekst"], str(rij["team"]), rij["groep"], bekend, wist.label if wist else None)

    return _leer(organisatie, voorstel.TEAM, voorbeelden)


def leer_onderwerp(organisatie: UUID) -> Leermodel:
    """Learn which subject words speak of, of reacties that have one at the end: chosen by the resident, or corrected by
    an employee."""

    def voorbeelden(gevonden: list[dict[str, Any]]) -> "Iterable[Voorbeeld]":
        from loket.engines.indeling.leren import Voorbeeld

        for rij in gevonden:
            if rij["tekst"] and rij["categorie"] and rij["categorie"] not in (ANDERS, GEVAAR):
                wist = voorstel.onderwerp_volgens_woorden(rij["soort"], rij["tekst"])
                label = f"{rij['soort']}.{rij['categorie']}"
                yield Voorbeeld(
                    rij["tekst"],
                    label,
                    rij["groep"],
                    voorstel.daarbij(rij["soort"], rij["tekst"]),
                    wist.label if wist else None,
                )

    return _leer(organisatie, voorstel.ONDERWERP, voorbeelden)


def oordeel(meting: dict[str, Any] | None, drempel: float) -> tuple[bool, str]:
    """Whether the model suggests from now on, and why: it must reach the target on texts that it does not know, and
    make more right suggestions about the same texts than the rules. Pure."""
    if meting is None:
        return False, "te_weinig"
    model, regels = meting["model"], meting["regels"]
    if drempel > 1 or model["precisie"] < meting["doel"] - 0.01:
        return False, "onzeker"
    if model["goed"] <= regels["goed"]:
        return False, "regels_beter"
    return True, "beter"


def _leer(organisatie: UUID, code: str, voorbeelden: Any) -> Leermodel:
    """Read, learn in a process of its own, judge, and enter the model in the register. What uses words of people is
    written in the trail once, with its purpose."""
    systeem = Actor.system("voorstellen", organisatie)
    begin = time.monotonic()
    with transaction.atomic():
        gevonden = _afgehandeld(organisatie)
        record(
            systeem,
            LEREN,
            "algoritme",
            None,
            detail={"algoritme": code, "activiteit": registry[LEREN].uri, "reacties": len(gevonden)},
        )
    lijst = list(voorbeelden(gevonden))
    dagen = [rij["einddatum"] for rij in gevonden] if lijst else []
    try:
        bestand, antwoord = leer_apart(lijst, seed=SEED, doel=DOEL, met_regels=True, over={"algoritme": code})
    except (RuntimeError, subprocess.TimeoutExpired):
        log.exception("The model %s could not be trained; what was there goes on.", code)
        raise
    meting = antwoord.get("meting")
    drempel = antwoord.get("drempel", 1.01)
    in_gebruik, reden = oordeel(meting, drempel)
    model = algoritmen.registreer_model(
        systeem,
        organisatie=organisatie,
        algoritme=code,
        bestand=bestand,
        voorbeelden=len(lijst),
        van=min(dagen, default=None),
        tot_en_met=max(dagen, default=None),
        cijfers=meting or {"doel": DOEL},
        drempel=drempel,
        in_gebruik=in_gebruik,
        reden=reden,
        duur=round(time.monotonic() - begin, 1),
    )
    enqueue("reacties.voorstellen", once=f"voorstellen:{organisatie}", organisatie=str(organisatie))
    return model


@job("reacties.voorstellen")
def stel_opnieuw_voor(*, organisatie: str) -> None:
    """After training: look again at the open reacties that nobody has by name yet."""
    from loket.services.reacties.voorstellen import stel_voor, vrij

    for zaken in vrij(UUID(organisatie)):
        with transaction.atomic():
            stel_voor(zaken)

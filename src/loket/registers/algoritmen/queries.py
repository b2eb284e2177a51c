"""What anyone may ask of the register: the models with their figures, and what people did with the suggestions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import now

DAGEN = 90
"""What people did with suggestions is counted over so many days."""


@dataclass(frozen=True)
class Gebruik:
    """What people did with the suggestions about things that ended in the last ninety days. `stil`: ended without a
    suggestion."""

    gevolgd: int = 0
    anders: int = 0
    eerste_lijn: int = 0
    stil: int = 0

    @property
    def gezegd(self) -> int:
        """How many of them had a suggestion."""
        return self.gevolgd + self.anders + self.eerste_lijn


def modellen(code: str = "") -> list[dict[str, Any]]:
    """The active model of each organisation, of one algorithm or of all: with the name of the organisation, its e-mail
    address and telephone number."""
    return rows(
        "select m.id, m.organisatie_id, m.algoritme, m.getraind_op, m.voorbeelden, m.van, m.tot_en_met, m.cijfers,"
        " m.drempel, m.sha256, m.in_gebruik, m.reden, m.duur, o.naam as organisatie, o.email, o.telefoon, o.afkorting"
        " from algoritmen_leermodel m join loket_identity_organisatie o on o.id = m.organisatie_id"
        " where m.actief and (%(code)s = '' or m.algoritme = %(code)s) order by o.hoofd desc, o.naam, m.algoritme",
        {"code": code},
    )


def organisaties() -> list[dict[str, Any]]:
    """Everybody who uses the algorithms: id, naam, email, telefoon."""
    return rows("select id, naam, email, telefoon from loket_identity_organisatie order by hoofd desc, naam")


def actief(organisatie: UUID, code: str) -> dict[str, Any] | None:
    """The model that suggests now: id, sha256; None while there is none that may."""
    return row(
        "select id, sha256 from algoritmen_leermodel"
        " where organisatie_id = %s and algoritme = %s and actief and in_gebruik",
        (organisatie, code),
    )


def gebruik(code: str) -> dict[UUID, Gebruik]:
    """For each organisation what people did with the suggestions of an algorithm lately."""
    gevonden = rows(
        "select organisatie_id as wie, count(*) filter (where label <> '' and uitkomst = 'gevolgd') as gevolgd,"
        " count(*) filter (where label <> '' and uitkomst = 'anders') as anders,"
        " count(*) filter (where label <> '' and uitkomst = 'eerste_lijn') as eerste_lijn,"
        " count(*) filter (where label = '') as stil"
        " from algoritmen_voorstel where algoritme = %s and uitkomst <> '' and uitkomst_op > %s group by 1",
        (code, now() - timedelta(days=DAGEN)),
    )
    return {rij["wie"]: Gebruik(rij["gevolgd"], rij["anders"], rij["eerste_lijn"], rij["stil"]) for rij in gevonden}


def voorstellen(betreft: UUID) -> dict[str, dict[str, Any]]:
    """What was suggested about one thing, by algorithm: label, zekerheid, woorden, uitkomst, leermodel. Whoever asks
    may see the thing; that was checked before."""
    gevonden = rows(
        "select algoritme, label, zekerheid, woorden, uitkomst, leermodel_id from algoritmen_voorstel"
        " where betreft = %s",
        (betreft,),
    )
    return {rij["algoritme"]: rij for rij in gevonden}


def in_gebruik(keys: Collection[str]) -> set[str]:
    """Which of these keys of the storage are model files."""
    found = rows("select sha256 from algoritmen_leermodel where sha256 = any(%s)", (list(keys),))
    return {rij["sha256"] for rij in found}

"""What Mijn Loket shows of one person. Each is one statement, and each is bound to the pseudonym of the actor."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import OWN_ROLES, Use
from loket.foundation.database.sql import rows
from loket.foundation.errors import Forbidden
from loket.foundation.time.clock import day_end, day_start
from loket.registers.klanten.queries.bewoner import EigenPartij, eigen_partijen
from loket.services.mijn import rules

PAGE = 25


@dataclass(frozen=True)
class Filter:
    """Which lines: of an organisation, of an activity (its identifier), between two days, and one's own too."""

    organisatie: UUID | None = None
    activiteit: str = ""
    van: date | None = None
    tot_en_met: date | None = None
    eigen: bool = False

    def params(self, actor: Actor) -> dict[str, Any]:
        """The parameters of `_WHERE`. Raises Forbidden for an actor without a pseudonym: then nothing is selected, not
        everything."""
        if actor.kind != "bewoner" or not actor.pseudoniem:
            raise Forbidden("Only a resident who logged in has a data-use log to read.")
        return {
            "wie": actor.pseudoniem,
            "organisatie": self.organisatie,
            "activiteit": self.activiteit,
            "van": day_start(self.van) if self.van else None,
            "tot": day_end(self.tot_en_met) if self.tot_en_met else None,
            "eigen": self.eigen,
            "eigen_rollen": list(OWN_ROLES),
        }


_WHERE = """
from loket_audit_dataverwerking d
left join loket_identity_organisatie o on o.id = d.organisatie
where d.betrokkene = %(wie)s and d.betrokkene_soort = 'pseudoniem'
  and (%(organisatie)s::uuid is null or d.organisatie = %(organisatie)s)
  and (%(activiteit)s = '' or d.verwerkingsactiviteit = %(activiteit)s)
  and (%(van)s::timestamptz is null or d.start >= %(van)s)
  and (%(tot)s::timestamptz is null or d.start < %(tot)s)
  and (%(eigen)s or not d.rol = any(%(eigen_rollen)s))"""

# Somebody who works on a zaak opens it often in a day: that is one line for the reader, with how often.
_GROUPED = f"""
select o.naam as organisatie, d.rol, d.verwerkingsactiviteit, max(d.naam) as naam,
       min(d.start) as eerst, max(d.start) as laatst, count(*) as aantal, count(*) over () as totaal
{_WHERE}
group by (d.start at time zone 'Europe/Amsterdam')::date, o.naam, d.rol, d.verwerkingsactiviteit
order by laatst desc, o.naam, d.rol, d.verwerkingsactiviteit
limit %(limiet)s offset %(vanaf)s"""

_EVERY = f"""
select d.trace_id, d.span_id, d.parent_span_id, d.status, d.naam, d.start, d.einde, d.verwerkingsactiviteit,
       d.betrokkene_soort, o.naam as organisatie, d.rol
{_WHERE}
order by d.start desc, d.id desc"""

_CHOICES = """
select distinct d.organisatie as id, o.naam as organisatie, d.verwerkingsactiviteit, d.naam
from loket_audit_dataverwerking d
left join loket_identity_organisatie o on o.id = d.organisatie
where d.betrokkene = %(wie)s and d.betrokkene_soort = 'pseudoniem'"""


def gebruik(actor: Actor, wanted: Filter, page: int = 1, size: int = PAGE) -> tuple[list[rules.Gebruik], int]:
    """One page of who used this person's data, the newest first, joined by day; and how many lines there are in all."""
    found = rows(_GROUPED, wanted.params(actor) | {"limiet": size, "vanaf": (page - 1) * size})
    return [rules.gebruik(line) for line in found], found[0]["totaal"] if found else 0


def elke_verwerking(actor: Actor, wanted: Filter) -> list[dict[str, Any]]:
    """Every line, as the log has it: for the export."""
    return rows(_EVERY, wanted.params(actor))


def keuzes(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The organisations and the activities that stand in this person's log, as choices of a filter."""
    found = rows(_CHOICES, Filter().params(actor))
    organisaties = {str(line["id"]): line["organisatie"] for line in found if line["id"] and line["organisatie"]}
    activiteiten = {line["verwerkingsactiviteit"]: rules.naam_van(line) for line in found}
    return sorted(organisaties.items(), key=_second), sorted(activiteiten.items(), key=_second)


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


def card(actor: Actor) -> dict[str, Any]:
    """The last uses by others, for the overview."""
    found, total = gebruik(actor, Filter(), size=3)
    return {"regels": found, "totaal": total}


@dataclass(frozen=True)
class Bekend:
    """What is known of somebody, over all organisations: the first name, address and channel that one of them has."""

    bij: list[EigenPartij]

    @property
    def naam(self) -> str:
        """The name; '' when nobody knows it."""
        return next((partij.naam for partij in self.bij if partij.naam), "")

    @property
    def voorkeurskanaal(self) -> str:
        """How somebody wants to hear from us; '' when that was never said."""
        return next((partij.voorkeurskanaal for partij in self.bij if partij.voorkeurskanaal), "")

    @property
    def email(self) -> str:
        """The e-mail address in use."""
        return self._adres("email")

    @property
    def telefoon(self) -> str:
        """The telephone number in use."""
        return self._adres("telefoon")

    def _adres(self, soort: str) -> str:
        return next((a.adres for partij in self.bij for a in partij.adressen if a.soort == soort and a.standaard), "")


def wie(actor: Actor) -> Bekend:
    """Who the resident is to us. The use is logged as the resident's own."""
    return Bekend(eigen_partijen(Use(actor, "mijn.inzien")))

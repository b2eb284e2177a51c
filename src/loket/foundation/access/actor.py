"""Who is acting: everything that rules and queries need to know of a person, read in one statement."""

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_noop

from loket.foundation.database.sql import Array, row
from loket.foundation.errors import Forbidden
from loket.foundation.time.clock import today

type Kind = Literal["medewerker", "bewoner", "link", "anoniem", "systeem", "applicatie"]


@dataclass(frozen=True)
class Grant:
    """One right as it applies to an actor: `handeling` on zaken of `zaaktype` ('' for all) of `organisatie`, up to the
    confidentiality rank `max_va`, within `bereik`."""

    handeling: str
    organisatie: UUID
    zaaktype: str
    max_va: int
    bereik: Literal["organisatie", "team", "betrokken"]


class Grants(tuple[Grant, ...]):
    """The grants of an application, which are many and the same from call to call: what was asked of them is kept."""

    def covers(self, scopes: frozenset[str]) -> dict[str, Any]:
        """See `Actor.covers`."""
        kept: dict[frozenset[str], dict[str, Any]] = self.__dict__.setdefault("covered", {})
        if scopes not in kept:
            kept[scopes] = self._covers(scopes)
        return kept[scopes]

    def _covers(self, scopes: frozenset[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for component in ("zaken", "documenten", "besluiten"):
            rangen: dict[str, int] = {}
            asked = [scope for scope in scopes if scope.startswith(component)] or [f"{component}.lezen"]
            for grant in self:
                if grant.handeling in asked and grant.zaaktype:
                    rangen[grant.zaaktype] = max(grant.max_va, rangen.get(grant.zaaktype, 0))
            found[f"{component}_typen"] = Array(UUID(key) for key in rangen)
            found[f"{component}_rangen"] = Array(rangen.values())
            found[f"{component}_rang"] = min(rangen.values(), default=0)
        return found

    def holds(self, handeling: str) -> bool:
        """Whether there is any grant for this act."""
        kept: set[str] = self.__dict__.setdefault("acts", {grant.handeling for grant in self})
        return handeling in kept


@dataclass(frozen=True)
class Actor:
    """A person, an application or the system, at the moment of an act. `functie` is the role that the data-use log may
    name; `namens` and `namens_id` are the user for whom an application says that it acts, `toelichting` why, `alles`
    whether it has all autorisaties, `published` whether it only sees documents that are ready to be published."""

    kind: Kind
    id: UUID | None = None
    naam: str = ""
    organisatie: UUID | None = None
    teams: frozenset[UUID] = frozenset()
    grants: tuple[Grant, ...] = ()
    functie: str = ""
    pseudoniem: str = ""
    vervangt: frozenset[UUID] = field(default=frozenset())
    zaak: UUID | None = None
    namens: str = ""
    namens_id: str = ""
    toelichting: str = ""
    alles: bool = False
    published: bool = False

    @classmethod
    def system(cls, naam: str, organisatie: UUID | None = None) -> "Actor":
        """The system at work, under the name of the job or listener. May everything; never a person's pretext."""
        return cls("systeem", naam=naam, organisatie=organisatie, functie=gettext_noop("systeem"))

    @classmethod
    def link(cls, zaak: UUID) -> "Actor":
        """Whoever holds the unguessable link of `zaak`."""
        return cls("link", naam="houder van de volglink", functie=gettext_noop("bewoner"), zaak=zaak)

    @property
    def wie(self) -> str:
        """The name as the trail has it: of an application also the user that it names."""
        return f"{self.naam}: {self.namens}" if self.namens else self.naam

    def may(self, handeling: str) -> bool:
        """Whether the actor has any right to this act at all; which zaken it covers is decided in the query."""
        if isinstance(self.grants, Grants):
            return self.grants.holds(handeling)
        return self.kind == "systeem" or any(grant.handeling == handeling for grant in self.grants)

    def covers(self, scopes: frozenset[str]) -> tuple[bool, dict[str, Any]]:
        """What an application may see or touch under one of these scopes: whether that is everything, and else, by
        component, which types and of each up to which confidentiality (`zaken_typen`, `zaken_rangen`; the lowest is
        `zaken_rang`), as parameters for a statement."""
        if self.kind != "applicatie" or self.alles:
            return True, {}
        grants = self.grants if isinstance(self.grants, Grants) else Grants(self.grants)
        return False, grants.covers(scopes)

    def require(self, handeling: str) -> None:
        """Raises Forbidden unless `may`."""
        if not self.may(handeling):
            raise Forbidden(f"{self.naam or self.kind} may not do {handeling}.")


ANONYMOUS = Actor("anoniem", functie=gettext_noop("bezoeker"))

_STAFF = """
select g.naam, g.organisatie_id,
       coalesce(array_agg(distinct l.team_id) filter (where l.team_id is not null), '{}') as teams,
       coalesce(string_agg(distinct f.naam, ', '), '') as functie,
       coalesce(jsonb_agg(distinct jsonb_build_array(r.handeling, r.zaaktype, r.max_va, r.bereik))
                filter (where r.id is not null), '[]') as rechten,
       array(select a.gebruiker_id from loket_identity_afwezigheid a where a.vervanger_id = g.id
             and %(dag)s between a.van and a.tot_en_met) as vervangt
from loket_identity_gebruiker g
left join loket_identity_lidmaatschap l on l.gebruiker_id = g.id
left join loket_access_functie f on f.id = l.functie_id
left join loket_access_recht r on r.functie_id = f.id
where g.id = %(id)s and g.is_active and g.soort = 'medewerker'
group by g.id"""


def load(gebruiker: UUID) -> Actor:
    """The employee with this key, with teams, rights and whom he or she stands in for today. ANONYMOUS when there is
    none (any more), so that a revoked account has no rights from the next request on."""
    found = row(_STAFF, {"id": gebruiker, "dag": today()})
    if found is None:
        return ANONYMOUS
    return Actor(
        "medewerker",
        id=gebruiker,
        naam=found["naam"],
        organisatie=found["organisatie_id"],
        teams=frozenset(found["teams"]),
        functie=found["functie"],
        grants=tuple(
            Grant(handeling, found["organisatie_id"], zaaktype, max_va, bereik)
            for handeling, zaaktype, max_va, bereik in found["rechten"]
        ),
        vervangt=frozenset(found["vervangt"]),
    )

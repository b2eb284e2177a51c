"""Using personal data: a purpose is stated first, a line is written with it, and without the line there is no data."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from loket.foundation.access.actor import Actor
from loket.foundation.audit.activities import registry
from loket.foundation.database.sql import value
from loket.foundation.time.clock import now

# A query that returns personal data puts this after a CTE of its own, and joins what it returns:
#   with betrokkenen(betrokkene) as (…), gelogd as (LOG) select … from … join gelogd using (betrokkene)
# so that the statement that reads also writes, a child span for each person. It closes the bracket of `gelogd` halfway
# and opens another, because PostgreSQL wants both writes on the highest level of the statement.
LOG = """
insert into loket_audit_dataverwerking (trace_id, span_id, parent_span_id, status, naam, start, einde,
    verwerkingsactiviteit, betrokkene, betrokkene_soort, organisatie, rol, zaak)
select %(use_trace)s, (random() * 9007199254740991)::bigint, %(use_span)s, 'Ok', %(use_naam)s,
    %(use_tijd)s, %(use_tijd)s,
    %(use_activiteit)s, b.betrokkene, %(use_soort)s, %(use_organisatie)s, %(use_rol)s, %(use_zaak)s
from betrokkenen b
returning betrokkene),
ingezien as (insert into loket_audit_inzage (trace_id, medewerker)
select %(use_trace)s, %(use_medewerker)s::uuid
where %(use_medewerker)s::uuid is not null and exists (select from betrokkenen)
on conflict do nothing"""

OWN_ROLES = ("bewoner", "bezoeker", "")
"""The roles of the log that are the person it is about: logged in, with the link, or when sending the form."""


@dataclass(frozen=True)
class Use:
    """One use of personal data: by whom, for which registered activity, in which zaak. Raises KeyError for an activity
    that is not in the register."""

    actor: Actor
    activiteit: str
    zaak: UUID | None = None
    trace: UUID = field(default_factory=uuid4)
    span: int = field(default_factory=lambda: secrets.randbits(53))

    def __post_init__(self) -> None:
        registry[self.activiteit]

    def params(self, betrokkene_soort: str = "pseudoniem") -> dict[str, Any]:
        """The parameters of `LOG`."""
        activity = registry[self.activiteit]
        return {
            "use_trace": self.trace,
            "use_span": self.span,
            "use_naam": activity.naam,
            "use_tijd": now(),
            "use_activiteit": activity.uri,
            "use_soort": betrokkene_soort,
            "use_organisatie": self.actor.organisatie,
            "use_rol": self.actor.functie or self.actor.kind,
            "use_zaak": self.zaak,
            "use_medewerker": self.actor.id if self.actor.kind == "medewerker" else None,
        }

    def log(self, betrokkenen: Iterable[str], betrokkene_soort: str = "pseudoniem") -> int:
        """Write one line for each person, in the present transaction; for uses that are not one read (a mail sent).
        Gives the number of lines."""
        aantal: int = value(
            f"with betrokkenen(betrokkene) as (select distinct unnest(%(use_wie)s::text[])), gelogd as ({LOG})"
            " select count(*) from gelogd",
            self.params(betrokkene_soort) | {"use_wie": list(betrokkenen)},
        )
        return aantal

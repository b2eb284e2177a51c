"""The one way to read personal data here: found, logged and given back by a single statement."""

from collections.abc import Mapping
from typing import Any

from loket.foundation.audit.use import LOG, Use
from loket.foundation.database.sql import rows

_SQL = """with gevonden as ({gevonden}),
betrokkenen (betrokkene) as (select distinct pseudoniem from gevonden where pseudoniem is not null),
gelogd as ({log})
select g.* from gevonden g
where g.pseudoniem is null or exists (select 1 from gelogd l where l.betrokkene = g.pseudoniem)
{volgorde}"""


def met_gebruik(use: Use, gevonden: str, params: Mapping[str, Any], volgorde: str = "") -> list[dict[str, Any]]:
    """The rows of the select `gevonden`, which must have a column `pseudoniem` (null for a row about nobody). One
    line is written in the data-use log for each person among them; a row whose line was not written is not given, and
    when the log refuses, the whole statement fails. `volgorde` is an `order by` on columns of `g`."""
    sql = _SQL.format(gevonden=gevonden, log=LOG, volgorde=volgorde)
    found = rows(sql, {**params, **use.params()})
    for rij in found:
        del rij["pseudoniem"]
    return found

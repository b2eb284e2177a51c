"""A resource as a declaration, and how it is read: each answer is one prepared statement that makes the JSON.

A field is a `Column`, a `Group` of fields, SQL about a row (`{t}` stands for it), a `Link` to one object, or `Links` to
several. References are kept as keys and become URLs here. `expand` puts the objects behind links in `_expand`, as deep
as is asked. Columns, groups and links to a column can be written (`write.py`); the rest is derived.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from loket.foundation.api.problem import Problem
from loket.foundation.audit.use import LOG, Use
from loket.foundation.database.sql import row

MAX_DEPTH = 10
"""Levels of `expand`: the standard sets none; deeper than this nobody reads, and a loop would never end."""


type Stores = Callable[["Caller", str, Any], Any]
"""Makes what is stored of what was sent, given the name of the field. Raises Problem."""


@dataclass(frozen=True)
class Column:
    """A field that is stored in the column `name`. `sql`: how it is read, when not as it stands; `stores`: what is
    stored, when not what was sent."""

    name: str
    sql: str = ""
    stores: Stores | None = None


@dataclass(frozen=True)
class Group:
    """Fields that stand together in an object, which is shown also when they are empty. `null`: the SQL condition
    under which the whole is null."""

    fields: Mapping[str, "Field"]
    null: str = ""


@dataclass(frozen=True)
class Link:
    """A reference to one object of the resource `to`: `key` is SQL that gives its key, or null. Only of a `key` that is
    a column can be written. `elsewhere` is the column for the URL of an object on another server, when that may be."""

    to: str
    key: str
    elsewhere: str = ""

    @property
    def column(self) -> str:
        """The column in which the key stands; empty when it is derived."""
        found = _COLUMN.fullmatch(self.key)
        return found[1] if found else ""


@dataclass(frozen=True)
class Links:
    """References to objects of the resource `to`: `keys` is a query that gives their keys, in order. With `column`,
    what is stored there are their names, which is what they are called in `by`; a URL may be sent as well. `shown` is
    SQL for what stands there, when that is not the URLs."""

    to: str
    keys: str
    column: str = ""
    by: str = ""
    shown: str = ""


type Field = str | Column | Group | Link | Links
_COLUMN = re.compile(r"\{t\}\.(\w+)")


@dataclass(frozen=True)
class Filter:
    """A query parameter: the condition on a row, in which `%(name)s` is what `read` makes of the text. `default`: what
    holds when it is not given."""

    where: str
    read: Callable[[str, str], Any]
    default: Any = None


@dataclass(frozen=True)
class Tally:
    """A table that is kept with the numbers of rows (`aantal`) by the columns that `condition` and some `filters` of a
    resource speak of, so that a list with no other filters need not count."""

    table: str
    filters: frozenset[str]


@dataclass(frozen=True)
class Resource:
    """`root` and `path` make its address; `table` is what is read; `fields` are in the standard's order and spelling;
    `visible` is the condition under which a row is there for a caller, and `permitted` under which its autorisaties
    cover the row (nothing: always), both with the parameters of `Caller`. Of a resource below another, `{under}` stands
    in the path, and `under` is SQL for the key that belongs there. `betrokkenen` is a query for the pseudonyms of the
    people whose data are in a row: a read that is given a `Use` logs them in the same statement."""

    name: str
    root: str
    path: str
    table: str
    fields: Mapping[str, Field]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    order: str = "{t}.id"
    visible: str = "{t}.organisatie_id = %(organisatie)s"
    permitted: str = ""
    under: str = ""
    betrokkenen: str = ""
    tally: "Tally | None" = None

    def condition(self, t: str, everything: bool) -> str:
        """The condition under which a caller gets to see a row; `everything`: it has all autorisaties."""
        parts = (self.visible,) if everything or not self.permitted else (self.visible, self.permitted)
        return " and ".join(f"({part})" for part in parts).format(t=t)

    def __hash__(self) -> int:
        return hash((self.root, self.name))


@dataclass(frozen=True)
class Caller:
    """From whom and where a question comes: the organisation, the address of this Loket, and the day for which what
    has versions is asked. `published`: it sees only documents that are ready to be
    published. `everything`: it has all autorisaties; otherwise `covers` are the parameters that the
    `permitted` of resources speak of."""

    organisatie: UUID | None
    origin: str
    dag: date
    everything: bool = True
    published: bool = False
    covers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def params(self) -> dict[str, Any]:
        """What the statements are given."""
        own = {"organisatie": self.organisatie, "origin": self.origin, "dag": self.dag, "published": self.published}
        return {**own, **self.covers}


registry: dict[str, Resource] = {}


def declare(resource: Resource) -> Resource:
    """Make a resource known to those that refer to it."""
    registry[resource.name] = resource
    return resource


type Tree = tuple[tuple[str, "Tree"], ...]


def tree(resource: Resource, expand: str) -> Tree:
    """What `expand=zaaktype.catalogus,statustypen` asks, checked: a path that is no reference is not found (zrc-027).
    Raises Problem (404)."""
    found: dict[str, Any] = {}
    for path in filter(None, (each.strip() for each in expand.split(","))):
        steps = path.split(".")
        if len(steps) > MAX_DEPTH:
            raise Problem(404, f"Dieper dan {MAX_DEPTH} lagen kan expand niet.")
        here, at = found, resource
        for step in steps:
            link = at.fields.get(step)
            if not isinstance(link, Link | Links):
                raise Problem(404, f"{path} kan niet worden uitgeklapt.")
            here, at = here.setdefault(step, {}), registry[link.to]
    return _frozen(found)


def _frozen(found: Mapping[str, Any]) -> Tree:
    return tuple((name, _frozen(below)) for name, below in sorted(found.items()))


def path_of(resource: Resource, key: str) -> str:
    """SQL for the path of the object of which `key` is SQL for the key."""
    if not resource.under:
        return f"'{resource.root}{resource.path}/' || {key}"
    begin, end = (resource.root + resource.path).split("{under}")
    path = f"'{begin}' || {resource.under.format(t='u')} || '{end}/' || u.id"
    return f"(select {path} from {resource.table} u where u.id = {key})"


def _url(resource: Resource, key: str) -> str:
    return f"%(origin)s::text || {path_of(resource, key)}"


def _field(each: Field, t: str) -> str:
    """SQL for what a field shows."""
    match each:
        case Link():
            url = _url(registry[each.to], f"({each.key.format(t=t)})")
            return f"coalesce({url}, nullif({t}.{each.elsewhere}, ''))" if each.elsewhere else url
        case Links(shown=shown) if shown:
            return shown.format(t=t)
        case Links():
            return f"array(select {_url(registry[each.to], 'k.id')} from ({each.keys.format(t=t)}) as k(id))"
        case Column():
            return each.sql.format(t=t) if each.sql else f"{t}.{each.name}"
        case Group():
            inside = ", ".join(f"'{name}', {_field(below, t)}" for name, below in each.fields.items())
            whole = f"json_build_object({inside})"
            return f"case when not ({each.null.format(t=t)}) then {whole} end" if each.null else whole
    return each.format(t=t)


def object_sql(resource: Resource, t: str, everything: bool, expand: Tree = ()) -> str:
    """The query of one row, named as the standard does."""
    columns = [f'{_url(resource, f"{t}.id")} as "url"']
    columns += [f'{_field(each, t)} as "{name}"' for name, each in resource.fields.items()]
    if expand:
        below = ", ".join(f'{_expanded(resource, t, name, deeper, everything)} as "{name}"' for name, deeper in expand)
        columns.append(f'(select row_to_json(e) from (select {below}) as e) as "_expand"')
    return f"select {', '.join(columns)}"


def _expanded(resource: Resource, t: str, name: str, expand: Tree, everything: bool) -> str:
    link = resource.fields[name]
    assert isinstance(link, Link | Links)
    to, u = registry[link.to], f"{t}x"
    below, where = object_sql(to, u, everything, expand), to.condition(u, everything)
    if isinstance(link, Link):
        found = f"select row_to_json(r) from {to.table} {u} cross join lateral ({below}) as r"
        return f"coalesce(({found} where {u}.id = ({link.key.format(t=t)}) and {where}), '{{}}'::json)"
    keys = f"select k.id, row_number() over () as n from ({link.keys.format(t=t)}) as k(id)"
    found = f"select json_agg(row_to_json(r) order by k.n) from ({keys}) as k join {to.table} {u} on {u}.id = k.id"
    return f"coalesce(({found} cross join lateral ({below}) as r where {where}), '[]'::json)"


_GELOGD = f"""betrokkenen(betrokkene) as (select distinct b.p from o as t
    cross join lateral ({{betrokkenen}}) as b(p)), gelogd as ({LOG})"""


def _below(resource: Resource) -> list[str]:
    """The condition that an object stands below the one that the path names."""
    return [f"(%(under)s::uuid is null or {resource.under.format(t='t')} = %(under)s)"] if resource.under else []


@cache
def _one(resource: Resource, expand: Tree, everything: bool, logged: bool) -> str:
    asks = ("t.id = %(key)s", resource.condition("t", everything), *_below(resource))
    found = f"select t.* from {resource.table} t where {' and '.join(asks)}"
    log = ", " + _GELOGD.format(betrokkenen=resource.betrokkenen.format(t="t")) if logged else ""
    return (
        f"with o as materialized ({found}){log} select row_to_json(r)::text as body from o as t"
        f" cross join lateral ({object_sql(resource, 't', everything, expand)}) as r"
    )


@cache
def _many(resource: Resource, expand: Tree, asked: tuple[str, ...], everything: bool, order: str, logged: bool) -> str:
    """The exact number, and the rows of one page, in one statement."""
    asks = [resource.filters[name].where.format(t="t") for name in asked]
    where = " and ".join((resource.condition("t", everything), *asks, *_below(resource)))
    page = f"select t.* from {resource.table} t where {where} order by {order.format(t='t')}"
    log = ", " + _GELOGD.format(betrokkenen=resource.betrokkenen.format(t="t")) if logged else ""
    count = f"select count(*) from {resource.table} t where {where}"
    if resource.tally is not None and resource.tally.filters.issuperset(asked):
        count = f"select coalesce(sum(t.aantal), 0)::bigint from {resource.tally.table} t where {where}"
    return (
        f"with o as materialized (select p.*, row_number() over () as nth from ({page} limit %(limit)s"
        f" offset %(offset)s) as p){log} select ({count}) as count,"
        " coalesce((select json_agg(row_to_json(r) order by t.nth) from o as t cross join lateral"
        f" ({object_sql(resource, 't', everything, expand)}) as r), '[]')::text as results"
    )


def read(
    resource: Resource,
    caller: Caller,
    key: UUID,
    expand: str = "",
    *,
    under: UUID | None = None,
    use: Use | None = None,
) -> bytes:
    """One object as JSON. Raises Problem: 404 when it is not there (or not below `under`) or cannot be expanded so, 403
    when the autorisaties of the caller do not cover it."""
    logged = use.params() if use and resource.betrokkenen else {}
    sql = _one(resource, tree(resource, expand), caller.everything, bool(logged))
    found = row(sql, {**caller.params, "key": key, "under": under, **logged})
    if found is None:
        raise absent(resource, caller, key)
    body: str = found["body"]
    return body.encode()


def absent(resource: Resource, caller: Caller, key: UUID) -> Problem:
    """Why a caller does not get an object: it is not there (404), or its autorisaties do not cover it (403)."""
    there = f"select 1 from {resource.table} t where t.id = %(key)s and {resource.condition('t', True)}"
    hidden = not caller.everything and resource.permitted and row(there, {**caller.params, "key": key})
    return Problem(403) if hidden else Problem(404)


def row_of(resource: Resource, caller: Caller, key: UUID) -> dict[str, Any] | None:
    """The row of an object in the organisation of the caller, None when it is not there."""
    return row(
        f"select t.* from {resource.table} t where t.id = %(key)s and {resource.condition('t', True)}",
        {**caller.params, "key": key},
    )


def page(
    resource: Resource,
    caller: Caller,
    query: Mapping[str, str],
    number: int,
    per_page: int,
    order: str = "",
    *,
    under: UUID | None = None,
    use: Use | None = None,
) -> tuple[int, bytes]:
    """How many objects answer to the query, and those of one page as a JSON list. `order` is SQL. Raises Problem."""
    values = {name: each.default for name, each in resource.filters.items() if each.default is not None}
    values |= {
        name: resource.filters[name].read(name, text) for name, text in query.items() if name in resource.filters
    }
    expand = tree(resource, query.get("expand", ""))
    logged = use.params() if use and resource.betrokkenen else {}
    sql = _many(resource, expand, tuple(sorted(values)), caller.everything, order or resource.order, bool(logged))
    paging = {"limit": per_page, "offset": (number - 1) * per_page, "under": under}
    found = row(sql, {**caller.params, **values, **paging, **logged}, prepare=False)
    assert found is not None
    results: str = found["results"]
    return found["count"], results.encode()


@cache
def _shape(resource: Resource) -> re.Pattern[str]:
    path = re.escape(resource.root + resource.path).replace(r"\{under\}", "[^/]+")
    return re.compile(rf"https?://[^/]+{path}/([0-9a-fA-F-]{{36}})")


def key_in(resource: Resource, url: str) -> UUID | None:
    """The key in the URL of an object of this resource, whatever the name under which this Loket is called; None for
    any other text."""
    found = _shape(resource).fullmatch(url)
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None

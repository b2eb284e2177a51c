"""A resource as a declaration, and how it is read: each answer is one prepared statement that makes the JSON.

A field is SQL about a row (`{t}` stands for it), a `Link` to one object, or `Links` to several. References are kept as
keys and become URLs here. `expand` puts the objects behind links in `_expand`, as deep as is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from loket.foundation.api.problem import Problem, invalid
from loket.foundation.database.sql import row

MAX_DEPTH = 10
"""Levels of `expand`: the standard sets none; deeper than this nobody reads, and a loop would never end."""


@dataclass(frozen=True)
class Link:
    """A reference to one object of the resource `to`: `key` is SQL that gives its key, or null."""

    to: str
    key: str


@dataclass(frozen=True)
class Links:
    """References to objects of the resource `to`: `keys` is a query that gives their keys, in order."""

    to: str
    keys: str


@dataclass(frozen=True)
class Filter:
    """A query parameter: the condition on a row, in which `%(name)s` is what `read` makes of the text. `default`: what
    holds when it is not given."""

    where: str
    read: Callable[[str, str], Any]
    default: Any = None


@dataclass(frozen=True)
class Resource:
    """`root` and `path` make its address; `table` is what is read; `fields` are in the standard's order and spelling;
    `visible` is the condition under which a caller may see a row, with the parameters of `Caller`."""

    name: str
    root: str
    path: str
    table: str
    fields: Mapping[str, str | Link | Links]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    order: str = "{t}.id"
    visible: str = "{t}.organisatie_id = %(organisatie)s"

    def __hash__(self) -> int:
        return hash((self.root, self.name))


@dataclass(frozen=True)
class Caller:
    """From whom and where a question comes: the organisation, the address of this Loket, and the day for which what
    has versions is asked."""

    organisatie: UUID | None
    origin: str
    dag: date


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
            if isinstance(link, str) or link is None:
                raise Problem(404, f"{path} kan niet worden uitgeklapt.")
            here, at = here.setdefault(step, {}), registry[link.to]
    return _frozen(found)


def _frozen(found: Mapping[str, Any]) -> Tree:
    return tuple((name, _frozen(below)) for name, below in sorted(found.items()))


def _url(resource: Resource, key: str) -> str:
    return f"%(origin)s::text || '{resource.root}{resource.path}/' || {key}"


def _object(resource: Resource, t: str, expand: Tree) -> str:
    """The query of one row, named as the standard does."""
    columns = [f'{_url(resource, f"{t}.id")} as "url"']
    for name, each in resource.fields.items():
        match each:
            case Link():
                sql = _url(registry[each.to], f"({each.key.format(t=t)})")
            case Links():
                sql = f"array(select {_url(registry[each.to], 'k.id')} from ({each.keys.format(t=t)}) as k(id))"
            case _:
                sql = each.format(t=t)
        columns.append(f'{sql} as "{name}"')
    if expand:
        below = ", ".join(f'{_expanded(resource, t, name, deeper)} as "{name}"' for name, deeper in expand)
        columns.append(f'(select row_to_json(e) from (select {below}) as e) as "_expand"')
    return f"select {', '.join(columns)}"


def _expanded(resource: Resource, t: str, name: str, expand: Tree) -> str:
    link = resource.fields[name]
    assert not isinstance(link, str)
    to, u = registry[link.to], f"{t}x"
    if isinstance(link, Link):
        where = f"{u}.id = ({link.key.format(t=t)}) and {to.visible.format(t=u)}"
        found = f"select row_to_json(r) from {to.table} {u} cross join lateral ({_object(to, u, expand)}) as r"
        return f"coalesce(({found} where {where}), '{{}}'::json)"
    keys = f"select k.id, row_number() over () as n from ({link.keys.format(t=t)}) as k(id)"
    found = f"select json_agg(row_to_json(r) order by k.n) from ({keys}) as k join {to.table} {u} on {u}.id = k.id"
    found += f" cross join lateral ({_object(to, u, expand)}) as r where {to.visible.format(t=u)}"
    return f"coalesce(({found}), '[]'::json)"


@cache
def _one(resource: Resource, expand: Tree) -> str:
    return (
        f"select row_to_json(r)::text as body from {resource.table} t cross join lateral"
        f" ({_object(resource, 't', expand)}) as r where t.id = %(key)s and {resource.visible.format(t='t')}"
    )


@cache
def _many(resource: Resource, expand: Tree, asked: tuple[str, ...]) -> str:
    """The exact number, and the rows of one page, in one statement."""
    where = " and ".join((resource.visible, *(resource.filters[name].where for name in asked))).format(t="t")
    page = f"select t.* from {resource.table} t where {where} order by {resource.order.format(t='t')}"
    return (
        f"select (select count(*) from {resource.table} t where {where}) as count, coalesce((select"
        f" json_agg(row_to_json(r) order by t.nth) from (select p.*, row_number() over () as nth from ({page}"
        f" limit %(limit)s offset %(offset)s) as p) as t cross join lateral ({_object(resource, 't', expand)}) as r),"
        " '[]')::text as results"
    )


def read(resource: Resource, caller: Caller, key: UUID, expand: str = "") -> bytes:
    """One object as JSON. Raises Problem (404) when it is not there for the caller, or cannot be expanded so."""
    found = row(_one(resource, tree(resource, expand)), {**vars(caller), "key": key})
    if found is None:
        raise Problem(404)
    body: str = found["body"]
    return body.encode()


def page(resource: Resource, caller: Caller, query: Mapping[str, str], number: int, per_page: int) -> tuple[int, bytes]:
    """How many objects answer to the query, and those of one page as a JSON list. Raises Problem."""
    values = {name: each.default for name, each in resource.filters.items() if each.default is not None}
    values |= {
        name: resource.filters[name].read(name, text) for name, text in query.items() if name in resource.filters
    }
    sql = _many(resource, tree(resource, query.get("expand", "")), tuple(sorted(values)))
    found = row(sql, {**vars(caller), **values, "limit": per_page, "offset": (number - 1) * per_page})
    assert found is not None
    results: str = found["results"]
    return found["count"], results.encode()


# --- what filters read --------------------------------------------------------------------------------------


def text(name: str, given: str) -> str:
    """The text itself."""
    return given


def texts(name: str, given: str) -> list[str]:
    """Several, with commas between them."""
    return given.split(",")


def day(name: str, given: str) -> date:
    """A day. Raises Problem."""
    try:
        if len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise invalid(name, "invalid", "Dit is geen datum (jjjj-mm-dd).")


def one_of(*choices: str) -> Callable[[str, str], str]:
    """One of these. What reads it raises Problem."""

    def read_choice(name: str, given: str) -> str:
        if given not in choices:
            raise invalid(name, "invalid_choice", f"“{given[:100]}” is geen geldige keuze.")
        return given

    return read_choice


def key_of(to: str) -> Callable[[str, str], UUID | None]:
    """The key in the URL of an object of ours; None, which nothing answers to, for a URL of somebody else's. What
    reads it raises Problem."""

    def read_url(name: str, given: str) -> UUID | None:
        resource = registry[to]
        if not given.startswith(("http://", "https://")):
            raise invalid(name, "invalid", "Dit is geen URL.")
        begin, found, key = given.partition(f"{resource.root}{resource.path}/")
        try:
            return UUID(key) if found and begin.count("/") == 2 else None
        except ValueError:
            return None

    return read_url

"""Making, changing and removing objects of a declared resource: the same steps for all, in one transaction.

What was sent becomes values of columns; URLs become keys, checked and locked; the rules judge the whole; the row is
written; the audit trail and the event tell of it. `Writes` says what is particular to a resource.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import models, transaction
from psycopg.types.json import Jsonb

from loket.foundation.access.actor import Actor
from loket.foundation.api.changes import Channel, changed
from loket.foundation.api.clashes import worded
from loket.foundation.api.foreign import reachable
from loket.foundation.api.problem import Fault, Problem, invalid, refuse
from loket.foundation.api.resource import (
    Caller,
    Column,
    Field,
    Group,
    Link,
    Links,
    Resource,
    absent,
    key_in,
    read,
    registry,
)
from loket.foundation.audit.trail import record
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, row, rows
from loket.foundation.time.clock import AMSTERDAM

type Row = dict[str, Any]


@dataclass
class Change:
    """A write on its way: `new` are the columns as they will be, `old` as they were (None: it is being made), `given`
    is what was sent, `linked` the row behind each link (None: empty or elsewhere). `warnings` go with the answer."""

    actor: Actor
    caller: Caller
    resource: Resource
    actie: str
    given: Mapping[str, Any]
    key: UUID
    new: Row
    old: Row | None = None
    linked: dict[str, Row | None] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def differs(self) -> list[str]:
        """The columns that will be other than they were."""
        return [name for name, value in self.new.items() if self.old is None or self.old[name] != value]


type Rule = Callable[[Change], Iterable[Fault]]
type Step = Callable[[Change], None]


def nothing(change: Change) -> None:
    """A step that is not there."""


@dataclass(frozen=True)
class Writes:
    """How a resource is written. `main`: the column with the key of its hoofdobject (`id`: itself). `parent`: the link
    of which the row is locked, so that two writes on what belongs together come one after the other; rows behind other
    links that rules need are in `needs`; `table` are the columns when they are not those of `model`. `fixed` fields
    never change. `rules` judge what will be (`removal`: what may go). `settle` fills in what the server decides, before
    them; `after` does what follows from it. `store`, `rewrite` and `remove` are commands of the room that make, change
    or remove the object; of the acts in `told` they tell themselves. `clashes` puts the refusals of the database into
    words, by the name of the constraint."""

    resource: Resource
    model: type[models.Model]
    channel: Channel | None = None
    main: str = "id"
    parent: str = ""
    needs: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()
    rules: tuple[Rule, ...] = ()
    removal: tuple[Rule, ...] | None = None
    settle: Step = nothing
    store: Step | None = None
    rewrite: Step | None = None
    told: frozenset[str] = frozenset()
    table: Mapping[str, "models.Field[Any, Any]"] | None = None
    after: Step = nothing
    before_removal: Step = nothing
    remove: Step | None = None
    clashes: Mapping[str, Fault] = field(default_factory=dict)

    @property
    def columns(self) -> Mapping[str, "models.Field[Any, Any]"]:
        """What can be written, by column."""
        return columns(self.model) if self.table is None else self.table


# --- from what was sent to columns ------------------------------------------------------------------------------


@cache
def columns(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    """The columns of a table that can be written, by name."""
    return {str(each.column): each for each in model._meta.concrete_fields if not each.generated}


def stored(column: "models.Field[Any, Any]", given: Any) -> Any:
    """A value of JSON as the column has it: null is empty where the column knows no null."""
    if given is None:
        return None if column.null else column.get_default()
    if isinstance(column, models.DateTimeField):
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(given)
        return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    if isinstance(column, models.DateField):
        return given if isinstance(given, date) else date.fromisoformat(given)
    return given


def _writable(fields: Mapping[str, Field]) -> Iterator[tuple[str, str, Field]]:
    """Of each field that can be written its name, its column, and itself; groups are taken apart."""
    for name, each in fields.items():
        match each:
            case Column():
                yield name, each.name, each
            case Group():
                yield from ((f"{name}.{below}", column, it) for below, column, it in _writable(each.fields))
            case Link() if each.column:
                yield name, each.column, each
            case Links() if each.column:
                yield name, each.column, each


_ABSENT: Any = object()


def _sent(given: Mapping[str, Any], name: str) -> Any:
    """What was sent for a field, `_ABSENT` when nothing was; a group that is null empties what is in it."""
    group, dot, below = name.partition(".")
    value = given.get(group, _ABSENT)
    if not dot or value is _ABSENT:
        return value
    return None if value is None else value.get(below, None)


def fill(writes: Writes, change: Change, partial: bool, writable: frozenset[str]) -> Iterator[Fault]:
    """Put what was sent in `change.new`, and the rows behind links in `change.linked`; `writable` are the fields that
    the operation takes. What is not sent becomes what it is without (`partial`: stays). Gives what is wrong with
    links."""
    table = writes.columns
    for name, column, each in _writable(writes.resource.fields):
        taken = name.partition(".")[0] in writable
        sent = _sent(change.given, name) if taken else _ABSENT
        if sent is _ABSENT:
            if change.old is None or (taken and not partial and name not in writes.fixed):
                change.new[column] = table[column].get_default()
            if name == writes.parent or name in writes.needs:
                assert isinstance(each, Link)
                change.linked[name] = _row(registry[each.to], change, change.new[column], writes.parent == name)
            continue
        match each:
            case Link():
                yield from _link(writes, change, name, each, sent)
            case Links():
                change.new[column] = _names(change, name, each, sent or [])
            case Column() if each.stores is not None:
                change.new[column] = each.stores(change.caller, name, sent)
            case _:
                change.new[column] = stored(table[column], sent)


def _link(writes: Writes, change: Change, name: str, link: Link, url: str | None) -> Iterator[Fault]:
    to = registry[link.to]
    change.new[link.column] = change.linked[name] = None
    if link.elsewhere:
        change.new[link.elsewhere] = ""
    if not url:
        return
    key = key_in(to, url)
    if key is not None:
        found = _row(to, change, key, writes.parent == name)
        if found is not None and not found.pop("_permitted"):
            raise Problem(403)
        if found is not None:
            change.new[link.column], change.linked[name] = key, found
            return
        yield Fault(name, *missing(writes.resource, to))
    elif any(key_in(each, url) for each in registry.values()):
        yield Fault(name, "no_match" if writes.resource.root == to.root else "invalid-resource", "Dit is iets anders.")
    elif link.elsewhere and reachable(name, url) is None:
        change.new[link.elsewhere] = url
    else:
        yield Fault(name, *missing(writes.resource, to))


def missing(resource: Resource, to: Resource) -> tuple[str, str]:
    """Code and words for an object that is not there: within one API the codes of the field's servers, between APIs
    the standard's."""
    return ("does_not_exist" if resource.root == to.root else "bad-url"), "Hier staat niets, of niets van u."


def _row(to: Resource, change: Change, key: UUID | None, lock: bool) -> Row | None:
    if key is None:
        return None
    permitted = "true" if change.caller.everything or not to.permitted else f"({to.permitted})".format(t="t")
    return row(
        f"select t.*, {permitted} as _permitted from {to.table} t where t.id = %(key)s and {to.condition('t', True)}"
        + (" for no key update of t" if lock else ""),
        {**change.caller.params, "key": key},
    )


def _names(change: Change, name: str, links: Links, sent: list[str]) -> list[str]:
    """The names under which objects with versions are kept, of names and URLs mixed. Raises Problem."""
    if not all(isinstance(text, str) and "\x00" not in text for text in sent):
        raise invalid(name, "invalid", "Geef een lijst van namen of URL's.")
    to = registry[links.to]
    keys = {text: key for text in sent if (key := key_in(to, text)) is not None}
    if lost := [text for text in sent if text not in keys and text.startswith(("http://", "https://"))]:
        raise invalid(name, "no_match", f"{lost[0]} is geen {to.name} van hier.")
    names = {
        each["id"]: each["name"]
        for each in rows(
            f"select t.id, t.{links.by} as name from {to.table} t where t.id = any(%(keys)s)"
            f" and {to.condition('t', True)}",
            {**change.caller.params, "keys": list(keys.values())},
        )
    } if keys else {}  # fmt: skip
    if lost := [text for text, key in keys.items() if key not in names]:
        raise invalid(name, "does_not_exist", f"{lost[0]} is er niet.")
    return list(dict.fromkeys(names[keys[text]] if text in keys else text for text in sent))


# --- the acts ------------------------------------------------------------------------------------------------------


def create(writes: Writes, actor: Actor, caller: Caller, given: Mapping[str, Any], writable: frozenset[str]) -> Change:
    """Make an object. Raises Problem; nothing is then written."""
    with transaction.atomic():
        change = Change(actor, caller, writes.resource, "create", given, uuid7(), {})
        refuse(fill(writes, change, False, writable))
        _judge(writes, change)
        with worded(writes.clashes):
            (writes.store or (lambda change: _insert(writes, change)))(change)
        writes.after(change)
        _announce(writes, change, None, 201)
    return change


def update(
    writes: Writes,
    actor: Actor,
    caller: Caller,
    key: UUID,
    given: Mapping[str, Any],
    writable: frozenset[str],
    *,
    partial: bool,
) -> Change:
    """Change an object; with `partial` only what is given. Raises Problem; nothing is then written."""
    with transaction.atomic():
        old = locked(writes, caller, key)
        shown = _shown(writes, caller, key)
        change = Change(
            actor, caller, writes.resource, "partial_update" if partial else "update", given, key, dict(old), old
        )
        faults = list(fill(writes, change, partial, writable))
        by_column = {column: name for name, column, _ in _writable(writes.resource.fields)}
        moved = {by_column.get(column, column).partition(".")[0] for column in change.differs}
        refuse(
            [
                Fault(name, "wijzigen-niet-toegelaten", "Dit veld verandert nooit.")
                for name in sorted(writes.fixed & moved)
            ]
            or faults
        )
        _judge(writes, change)
        if differs := change.differs:
            with worded(writes.clashes):
                (writes.rewrite or (lambda change: _update(writes, change, differs)))(change)
        writes.after(change)
        _announce(writes, change, shown, 200)
    return change


def remove(writes: Writes, actor: Actor, caller: Caller, key: UUID) -> None:
    """Remove an object. Raises Problem; it then stays."""
    with transaction.atomic():
        old = locked(writes, caller, key)
        shown = _shown(writes, caller, key)
        change = Change(actor, caller, writes.resource, "destroy", {}, key, dict(old), old)
        for name, _, each in _writable(writes.resource.fields):
            if isinstance(each, Link) and (name == writes.parent or name in writes.needs):
                change.linked[name] = _row(registry[each.to], change, old[each.column], writes.parent == name)
        refuse(fault for rule in (writes.rules if writes.removal is None else writes.removal) for fault in rule(change))
        writes.before_removal(change)
        _announce(writes, change, shown, 204)
        execute("set constraints all immediate")  # what still refers to it is seen here, not at the commit
        with worded(writes.clashes):
            (writes.remove or (lambda change: _delete(writes, change)))(change)


def locked(writes: Writes, caller: Caller, key: UUID) -> Row:
    """The row as it is, locked until the end of the transaction, parent first, so that nobody waits in a circle.
    Raises Problem (403, 404)."""
    resource = writes.resource
    where = f"t.id = %(key)s and {resource.condition('t', caller.everything)}"
    link = resource.fields.get(writes.parent)
    if isinstance(link, Link):
        parent = registry[link.to].table
        execute(
            f"select 1 from {parent} p where p.id = (select t.{link.column} from {resource.table} t where {where})"
            " for no key update",
            {**caller.params, "key": key},
        )
    old = row(f"select t.* from {resource.table} t where {where} for update of t", {**caller.params, "key": key})
    if old is None:
        raise absent(resource, caller, key)
    return {name: old[name] for name in writes.columns}


def _shown(writes: Writes, caller: Caller, key: UUID) -> Any:
    """The object as it is, for the audit trail."""
    if writes.channel is None:
        return None
    return msgspec.json.decode(read(writes.resource, replace(caller, everything=True), key))


def _judge(writes: Writes, change: Change) -> None:
    writes.settle(change)
    refuse(fault for rule in writes.rules for fault in rule(change))


def _insert(writes: Writes, change: Change) -> None:
    table = writes.columns
    values = {name: change.new.get(name, column.get_default()) for name, column in table.items()}
    values |= {"id": change.key, "organisatie_id": change.new.get("organisatie_id") or change.caller.organisatie}
    change.new = values
    names = ", ".join(f'"{name}"' for name in values)
    execute(
        f"insert into {writes.resource.table} ({names}) values ({', '.join(['%s'] * len(values))})",
        [_param(table[name], value) for name, value in values.items()],
    )


def _update(writes: Writes, change: Change, differs: Iterable[str]) -> None:
    table = writes.columns
    sets = {name: _param(table[name], change.new[name]) for name in differs}
    execute(
        f"update {writes.resource.table} set {', '.join(f'{name} = %({name})s' for name in sets)} where id = %(id)s",
        {**sets, "id": change.key},
    )


def _param(column: "models.Field[Any, Any]", value: Any) -> Any:
    return Jsonb(value) if value is not None and isinstance(column, models.JSONField) else value


def _delete(writes: Writes, change: Change) -> None:
    if writes.main == "id":  # the trail goes with its hoofdobject
        execute("delete from loket_api_auditregel where hoofdobject = %s", (change.key,))
    execute(f"delete from {writes.resource.table} where id = %s", (change.key,))


def _announce(writes: Writes, change: Change, oud: Any, resultaat: int) -> None:
    if change.actie in writes.told:
        return
    organisatie: UUID = change.new["organisatie_id"]
    record(
        change.actor,
        f"{writes.resource.name}.{change.actie}",
        writes.resource.name,
        change.key,
        organisatie=organisatie,
        waarom=change.actor.toelichting,
    )
    if writes.channel is not None:
        changed(
            change.actor,
            writes.channel,
            writes.resource,
            change.key if writes.main == "id" else change.new[writes.main],
            change.key,
            change.actie,
            organisatie=organisatie,
            oud=oud,
            resultaat=resultaat,
        )

"""The handlers that a declared resource has without a line of its own."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import msgspec

from loket.foundation.api.lane import Answer, Call, Handler
from loket.foundation.api.problem import invalid
from loket.foundation.api.resource import Resource, absent, page, read, registry
from loket.foundation.api.write import Change, Writes, create, remove, update
from loket.foundation.audit.use import Use
from loket.foundation.database.sql import row

MAX_LIST = 10_000
"""Objects that a list without pages may hold."""

type Order = Callable[[str], str]


def reads(resource: Resource, activiteit: str = "", order: Order | None = None) -> dict[str, Handler]:
    """`_list` and `_retrieve`. `activiteit` is the processing activity under which the use of personal data is logged;
    `order` makes SQL of the parameter `ordering`."""

    def lijst(call: Call) -> Answer:
        below(resource, call)
        paged = "page" in call.operation.query
        number, per_page = (call.page(), call.per_page()) if paged else (1, MAX_LIST)
        orde = order(call.query["ordering"]) if order and "ordering" in call.query else ""
        count, results = page(
            resource, call.caller(), call.query, number, per_page, orde, under=call.under, use=_use(call, activiteit)
        )
        if paged:
            return Answer(msgspec.json.encode(call.paginated(count, per_page, msgspec.Raw(results))))
        if count > MAX_LIST:
            raise invalid("nonFieldErrors", "invalid", f"Dit zijn er {count}. Vraag naar die van een object.")
        return Answer(results)

    def een(call: Call) -> Answer:
        assert call.key is not None
        below(resource, call)
        use = _use(call, activiteit, call.key if resource.name == "zaak" else call.under)
        return Answer(read(resource, call.caller(), call.key, call.query.get("expand", ""), under=call.under, use=use))

    return {f"{resource.name}_list": lijst, f"{resource.name}_retrieve": een}


def below(resource: Resource, call: Call) -> None:
    """Raises Problem (403, 404) when what the object stands below is not there for the caller."""
    if resource.under:
        above(next(each for each in registry.values() if f"{each.path}/{{under}}" in resource.path), call)


def above(main: Resource, call: Call) -> None:
    """Raises Problem (403, 404) when the object of `main` that the path goes through is not there for the caller."""
    assert call.under is not None
    caller = call.caller()
    condition = f"t.id = %(key)s and {main.condition('t', caller.everything)}"
    if not row(f"select 1 from {main.table} t where {condition}", {**caller.params, "key": call.under}):
        raise absent(main, caller, call.under)


def _use(call: Call, activiteit: str, zaak: UUID | None = None) -> Use | None:
    return Use(call.actor, activiteit, zaak) if activiteit else None


def writes(declared: Writes) -> dict[str, Handler]:
    """`_create`, `_update`, `_partial_update` and `_destroy`. An answer is the object as a reader gets it."""
    resource = declared.resource

    def maak(call: Call) -> Answer:
        below(resource, call)
        return written(resource, call, create(declared, call.actor, call.caller(), call.given, call.operation.writable))

    def wijzig(call: Call) -> Answer:
        assert call.key is not None
        _there(resource, call)
        change = update(
            declared,
            call.actor,
            call.caller(),
            call.key,
            call.given,
            call.operation.writable,
            partial=call.operation.partial,
        )
        return written(resource, call, change)

    def verwijder(call: Call) -> Answer:
        assert call.key is not None
        _there(resource, call)
        remove(declared, call.actor, call.caller(), call.key)
        return Answer(status=call.operation.status)

    name = resource.name
    return {
        f"{name}_create": maak,
        f"{name}_update": wijzig,
        f"{name}_partial_update": wijzig,
        f"{name}_destroy": verwijder,
    }


def _there(resource: Resource, call: Call) -> None:
    if resource.under and call.key is not None:
        read(resource, call.caller(), call.key, under=call.under)


def written(resource: Resource, call: Call, change: Change) -> Answer:
    """The answer to a write: the object, where it stands, and what the client is warned of."""
    body = read(resource, replace(call.caller(), everything=True), change.key, under=call.under)
    headers = {"X-Warning": "; ".join(change.warnings)} if change.warnings else {}
    if change.old is None:
        headers["Location"] = msgspec.json.decode(body, type=_Located).url
    return Answer(body, status=call.operation.status, headers=headers)


class _Located(msgspec.Struct):
    url: str

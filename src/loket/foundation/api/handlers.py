"""The handlers that a declared resource has without a line of its own."""

from dataclasses import replace

import msgspec

from loket.foundation.api.lane import PER_PAGE, Answer, Call, Handler
from loket.foundation.api.resource import Resource, page, read
from loket.foundation.api.write import Change, Writes, create, remove, update


def reads(resource: Resource) -> dict[str, Handler]:
    """`_list` and `_retrieve`."""

    def lijst(call: Call) -> Answer:
        number = call.page()
        count, results = page(resource, call.caller(), call.query, number, PER_PAGE)
        return Answer(msgspec.json.encode(call.paginated(count, PER_PAGE, msgspec.Raw(results))))

    def een(call: Call) -> Answer:
        assert call.key is not None
        return Answer(read(resource, call.caller(), call.key, call.query.get("expand", "")))

    return {f"{resource.name}_list": lijst, f"{resource.name}_retrieve": een}


def writes(declared: Writes) -> dict[str, Handler]:
    """`_create`, `_update`, `_partial_update` and `_destroy`. An answer is the object as a reader gets it."""
    resource = declared.resource

    def maak(call: Call) -> Answer:
        return written(resource, call, create(declared, call.actor, call.caller(), call.given, call.operation.writable))

    def wijzig(call: Call) -> Answer:
        assert call.key is not None
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
        remove(declared, call.actor, call.caller(), call.key)
        return Answer(status=call.operation.status)

    name = resource.name
    return {
        f"{name}_create": maak,
        f"{name}_update": wijzig,
        f"{name}_partial_update": wijzig,
        f"{name}_destroy": verwijder,
    }


def written(resource: Resource, call: Call, change: Change) -> Answer:
    """The answer to a write: the object, where it stands, and what the client is warned of."""
    body = read(resource, replace(call.caller(), everything=True), change.key)
    headers = {"X-Warning": "; ".join(change.warnings)} if change.warnings else {}
    if change.old is None:
        headers["Location"] = msgspec.json.decode(body, type=_Located).url
    return Answer(body, status=call.operation.status, headers=headers)


class _Located(msgspec.Struct):
    url: str

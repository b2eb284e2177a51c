"""Whether what was sent has the shape that the OpenAPI file gives it; with the codes that ZGW clients know."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from loket.foundation.api.contract import Contract
from loket.foundation.api.problem import Fault

KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "array": list,
    "object": dict,
}
_NEVER_EMPTY = ("date", "date-time", "uuid")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def faults(
    contract: Contract, shape: Mapping[str, Any], given: Any, *, partial: bool = False, name: str = ""
) -> list[Fault]:
    """What is wrong with `given`, in the order of the shape; `name` is where it stands in the whole. With `partial`,
    what is required may be absent. What the file calls readOnly and what it does not name is passed over, as the
    standard asks of a server."""
    return list(_check(contract, shape, given, name, partial))


def _check(contract: Contract, shape: Mapping[str, Any], given: Any, name: str, partial: bool) -> Iterator[Fault]:
    shape = contract.resolve(shape)
    if given is None:
        if not shape.get("nullable"):
            yield Fault(name or "nonFieldErrors", "null", "Dit veld mag niet leeg zijn.")
        return
    for part in shape.get("allOf", ()):
        yield from _check(contract, part, given, name, partial)
    kind = shape.get("type")
    if kind is None:
        return
    wrong = not isinstance(given, KINDS[kind]) or (isinstance(given, bool) and kind in ("integer", "number"))
    if wrong:
        code = "not_a_list" if kind == "array" else "invalid"
        yield Fault(name or "nonFieldErrors", code, f"Dit moet een {kind} zijn.")
    elif kind == "object":
        yield from _object(contract, shape, given, name, partial)
        if "discriminator" in shape:
            value = given.get(shape["discriminator"]["propertyName"])
            for part in contract.kinds(shape).get(value, ()) if isinstance(value, str) else ():
                yield from _check(contract, part, given, name, partial)
    elif kind == "array":
        for place, each in enumerate(given):
            yield from _check(contract, shape.get("items", {}), each, f"{name}.{place}", False)
    elif kind == "string":
        yield from _text(shape, given, name)
    else:
        yield from _number(shape, given, name)


def _object(
    contract: Contract, shape: Mapping[str, Any], given: dict[str, Any], name: str, partial: bool
) -> Iterator[Fault]:
    properties = shape.get("properties", {})
    for field in contract.required(shape):
        read_only = contract.resolve(properties.get(field, {})).get("readOnly")
        if field not in given and not partial and not read_only:
            yield Fault(_below(name, field), "required", "Dit veld is vereist.")
    for field, below in properties.items():
        if field in given and not contract.resolve(below).get("readOnly"):
            yield from _check(contract, below, given[field], _below(name, field), False)


def _below(name: str, field: str) -> str:
    return f"{name}.{field}" if name else field


def _text(shape: Mapping[str, Any], given: str, name: str) -> Iterator[Fault]:
    if "\x00" in given:
        yield Fault(name, "null_characters_not_allowed", "In deze tekst staat een teken dat niet kan.")
    elif "enum" in shape and given not in shape["enum"]:
        yield Fault(name, "invalid_choice", f"“{given[:100]}” is geen geldige keuze.")
    elif not given and shape.get("minLength"):
        yield Fault(name, "blank", "Dit veld mag niet leeg zijn.")
    elif len(given) > shape.get("maxLength", len(given)):
        yield Fault(name, "max_length", f"Hier passen niet meer dan {shape['maxLength']} tekens.")
    elif len(given) < shape.get("minLength", 0):
        yield Fault(name, "min_length", f"Hier horen minstens {shape['minLength']} tekens.")
    elif (given or shape.get("format") in _NEVER_EMPTY) and not _fits(shape.get("format", ""), given):
        yield Fault(name, "invalid", f"Dit is geen {shape['format']}.")
    elif "pattern" in shape and not re.search(shape["pattern"], given):
        yield Fault(name, "invalid", "Dit heeft niet de vorm die hier hoort.")


def _fits(form: str, given: str) -> bool:
    """Whether a text has the format; those that we do not know fit."""
    try:
        match form:
            case "uri":
                parts = urlsplit(given)
                return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", given)
            case "date":
                return len(given) == 10 and bool(date.fromisoformat(given))
            case "date-time":
                return "T" in given and bool(datetime.fromisoformat(given))
            case "uuid":
                return bool(UUID(given))
            case "email":
                return _EMAIL.fullmatch(given) is not None
    except ValueError:
        return False
    return True


def _number(shape: Mapping[str, Any], given: float, name: str) -> Iterator[Fault]:
    if given < shape.get("minimum", given):
        yield Fault(name, "min_value", f"Dit mag niet lager zijn dan {shape['minimum']}.")
    elif given > shape.get("maximum", given):
        yield Fault(name, "max_value", f"Dit mag niet hoger zijn dan {shape['maximum']}.")

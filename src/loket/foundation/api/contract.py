"""A published OpenAPI file as the lane reads it: operations, their paths, parameters and scopes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

METHODS = ("get", "post", "put", "patch", "delete")
"""HEAD is answered wherever GET is, by the same handler."""


@dataclass(frozen=True)
class Operation:
    """One operation: `query` are the parameters it knows, `required` those it needs; `body` is the shape of what it
    takes (None: nothing); `partial`: only what is given is changed."""

    id: str
    method: str
    path: str
    scopes: frozenset[str]
    query: frozenset[str]
    required: frozenset[str]
    body: Mapping[str, Any] | None

    @property
    def partial(self) -> bool:
        """Whether it is a PATCH."""
        return self.method == "PATCH"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a path below the root of the API looks like."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))


class Contract:
    """One file, as JSON (`openapi.json`) beside the standard's own YAML (`openapi.yaml`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.document: dict[str, Any] = msgspec.json.decode((folder / "openapi.json").read_bytes())
        self.version: str = self.document["info"]["version"]
        self.operations = [
            self._operation(path, method.upper(), found, at.get("parameters", ()))
            for path, at in self.document["paths"].items()
            for method, found in at.items()
            if method in METHODS
        ]

    def yaml(self) -> bytes:
        """The standard's own file."""
        return (self.folder / "openapi.yaml").read_bytes()

    def resolve(self, shape: Mapping[str, Any]) -> Mapping[str, Any]:
        """The shape itself, where it stands elsewhere in the file."""
        while (reference := shape.get("$ref")) is not None:
            found: Any = self.document
            for step in str(reference).removeprefix("#/").split("/"):
                found = found[step]
            shape = found
        return shape

    def _operation(self, path: str, method: str, found: Mapping[str, Any], shared: Any) -> Operation:
        parameters = [self.resolve(each) for each in (*shared, *found.get("parameters", ()))]
        query = [each for each in parameters if each["in"] == "query"]
        body = self.resolve(found["requestBody"]) if "requestBody" in found else None
        needed = found.get("security", self.document.get("security", ()))
        return Operation(
            id=found["operationId"],
            method=method,
            path=path,
            scopes=frozenset(
                scope
                for each in needed
                for scopes in each.values()
                for text in scopes
                for scope in re.findall(r"[\w.-]+", text)  # one, or "(one | another)"
            ),
            query=frozenset(each["name"] for each in query),
            required=frozenset(each["name"] for each in query if each.get("required")),
            body=body["content"]["application/json"]["schema"] if body else None,
        )

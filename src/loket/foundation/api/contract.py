"""A published OpenAPI file as the lane reads it: operations, their paths, parameters and scopes."""

import re
from collections.abc import Collection, Mapping
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
    takes (None: nothing), `writable` the fields in it that a client may set, `needed` whether it must be sent; `status`
    is what the file answers when all is well, `json` whether in JSON; `partial`: only what is given is changed."""

    id: str
    method: str
    path: str
    scopes: frozenset[str]
    query: frozenset[str]
    required: frozenset[str]
    body: Mapping[str, Any] | None
    writable: frozenset[str]
    needed: bool
    status: int
    json: bool = True

    @property
    def partial(self) -> bool:
        """Whether it is a PATCH."""
        return self.method == "PATCH"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a path below the root of the API looks like."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))


class Contract:
    """One file, as JSON (`openapi.json`) beside the standard's own YAML (`openapi.yaml`). `waived`: by schema, what the
    file requires of a client although the server determines it; it may be left out. `scopes`: by method, the scope of
    an operation for which the file gives none."""

    def __init__(
        self,
        folder: Path,
        waived: Mapping[str, Collection[str]] | None = None,
        scopes: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.document: dict[str, Any] = msgspec.json.decode((folder / "openapi.json").read_bytes())
        schemas = self.document["components"]["schemas"]
        self._waived = {id(schemas[name]): fields for name, fields in (waived or {}).items()}
        self._scopes = scopes or {}
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

    def required(self, shape: Mapping[str, Any]) -> list[str]:
        """What must be in an object of this shape (as it stands in the file)."""
        waived = self._waived.get(id(shape), ())
        return [name for name in shape.get("required", ()) if name not in waived]

    def properties(self, shape: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The fields of an object of this shape, also those of the shapes that it is made of and the kinds it has."""
        shape = self.resolve(shape)
        parts = [*shape.get("allOf", ()), *(part for kind in self.kinds(shape).values() for part in kind)]
        found = {name: each for part in parts for name, each in self.properties(part).items()}
        return {**found, **{name: self.resolve(each) for name, each in shape.get("properties", {}).items()}}

    def kinds(self, shape: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
        """Of a shape with a discriminator: what each kind adds to it, by the value that tells the kind."""
        mapping = shape.get("discriminator", {}).get("mapping", {})
        return {
            value: [
                self.resolve(part)
                for part in self.resolve({"$ref": reference}).get("allOf", ())
                if self.resolve(part) is not shape
            ]
            for value, reference in mapping.items()
        }

    def _body(self, path: str, method: str, found: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The shape of what is sent. Where the file leaves that of a PUT or PATCH open, it is that of the POST that
        made the object."""
        if "requestBody" not in found:
            return None
        content = self.resolve(found["requestBody"])["content"]
        shape: Mapping[str, Any] = next(iter(content.values()))["schema"]
        whole = self.document["paths"].get(path.removesuffix("/{uuid}"), {}).get("post")
        if method in ("PUT", "PATCH") and not {"$ref", "properties", "allOf", "oneOf"} & shape.keys() and whole:
            return self._body(path.removesuffix("/{uuid}"), "POST", whole)
        return shape

    def _operation(self, path: str, method: str, found: Mapping[str, Any], shared: Any) -> Operation:
        parameters = [self.resolve(each) for each in (*shared, *found.get("parameters", ()))]
        query = [each for each in parameters if each["in"] == "query"]
        body = self._body(path, method, found)
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
            )
            or frozenset(filter(None, (self._scopes.get(method),))),
            query=frozenset(each["name"] for each in query),
            required=frozenset(each["name"] for each in query if each.get("required")),
            body=body,
            writable=frozenset(name for name, each in self.properties(body or {}).items() if not each.get("readOnly")),
            needed=bool(self.properties(body or {})),
            status=min(int(code) for code in found["responses"] if code.startswith("2")),
            json=not any(
                "application/octet-stream" in each.get("content", ())
                for each in map(self.resolve, found["responses"].values())
            ),
        )

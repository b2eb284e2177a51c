"""A served contract as the reference page shows it: operations by path, objects with their fields, refusals.

Pure: a document in, plain dataclasses out. Only what is served, and what that needs, is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from loket.foundation.api import markdown
from loket.foundation.api.contract import METHODS, Contract
from loket.foundation.api.lane import Api
from loket.foundation.api.problem import CODES

DEEP = 4
"""How deep objects within objects are shown."""
LIMITS = {
    "minLength": gettext_lazy("minstens %s tekens"),
    "maxLength": gettext_lazy("hoogstens %s tekens"),
    "minimum": gettext_lazy("minstens %s"),
    "maximum": gettext_lazy("hoogstens %s"),
    "minItems": gettext_lazy("minstens %s keer"),
    "maxItems": gettext_lazy("hoogstens %s keer"),
}


@dataclass(frozen=True)
class Kind:
    """What a value is: `words` before the `names` of objects that have a place of their own, the `choices`, and the
    shape of an object that has no place of its own."""

    words: str = ""
    names: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    inside: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Field:
    """A field of an object, or a parameter; `name` with what it stands in (`specificatie.groep`)."""

    name: str
    kind: Kind
    text: SafeString
    required: bool = False
    read_only: bool = False
    nullable: bool = False
    deprecated: bool = False
    limits: str = ""
    where: str = ""


@dataclass(frozen=True)
class Shape:
    """What is sent or answered: a named object, or the fields themselves. `status` of an answer."""

    kind: Kind
    fields: list[Field]
    media: str = ""
    status: str = ""
    text: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation, as a reader needs it. `anchor` is its operationId."""

    anchor: str
    method: str
    path: str
    summary: str
    text: SafeString
    scopes: list[str]
    parameters: list[Field]
    body: Shape | None
    answers: list[Shape]
    refusals: list[int]


@dataclass(frozen=True)
class Group:
    """The operations on one kind of thing: those whose path begins the same."""

    name: str
    text: SafeString
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True)
class Object:
    """A named object of the contract."""

    name: str
    text: SafeString
    fields: list[Field]
    variants: list[str]
    """The objects that say what else is in it, by the value of one of its fields."""


class Reference:
    """All of it, for one API at the address `root`."""

    def __init__(self, api: Api, root: str) -> None:
        self.contract: Contract = api.contract
        self.document = api.document(root)
        self.name = api.root.split("/")[1]
        self.title: str = self.document["info"]["title"]
        self.version = self.contract.version
        self.root = root
        self.text = markdown.html(self.document["info"].get("description", ""))
        self.summary = markdown.plain(self.document["info"].get("description", ""))
        self._scopes = {each.id: sorted(each.scopes) for each in api.operations}
        self._schemas: dict[str, Any] = self.document["components"]["schemas"]

    @cached_property
    def groups(self) -> list[Group]:
        """In the order of the contract."""
        told = {tag["name"]: tag.get("description", "") for tag in self.document.get("tags", ())}
        found: dict[str, Group] = {}
        for path, at in self.document["paths"].items():
            name = path.split("/")[1]
            group = found.setdefault(name, Group(name, markdown.html(told.get(name, ""))))
            for method in METHODS:
                if method in at:
                    group.operations.append(self._operation(path, method, at[method], at.get("parameters", ())))
        return list(found.values())

    @cached_property
    def objects(self) -> list[Object]:
        """Every named object that an operation needs, by name."""
        names = self._named(group.operations for group in self.groups)
        shown: dict[str, Object] = {}
        while names:
            name = names.pop()
            if name not in shown:
                schema = self._schemas[name]
                fields = self._fields(schema)
                variants = [_last(each) for each in schema.get("discriminator", {}).get("mapping", {}).values()]
                variants = [each for each in dict.fromkeys(variants) if each in self._schemas and each != name]
                shown[name] = Object(name, markdown.html(schema.get("description", "")), fields, variants)
                names |= {*variants, *(each for one in fields for each in one.kind.names)}
        return sorted(shown.values(), key=lambda each: each.name.lower())

    @cached_property
    def refusals(self) -> list[tuple[int, str, str]]:
        """Status, code and words of every refusal that an operation of this API may give."""
        used = {status for group in self.groups for each in group.operations for status in each.refusals}
        return [(status, *CODES[status]) for status in sorted(used)]

    def _named(self, groups: Any) -> set[str]:
        return {
            name
            for operations in groups
            for each in operations
            for shape in [*([each.body] if each.body else []), *each.answers]
            for kind in [shape.kind, *(one.kind for one in shape.fields)]
            for name in kind.names
        }

    def _operation(self, path: str, method: str, found: Mapping[str, Any], shared: Any) -> Operation:
        parameters = [self.contract.resolve(each) for each in (*shared, *found.get("parameters", ()))]
        answers = {str(status): self.contract.resolve(each) for status, each in found["responses"].items()}
        body = self.contract.resolve(found["requestBody"]) if "requestBody" in found else None
        return Operation(
            anchor=found["operationId"],
            method=method.upper(),
            path=path,
            summary=found.get("summary", "") or found["operationId"],
            text=markdown.html(found.get("description", "")),
            scopes=self._scopes[found["operationId"]],
            parameters=[self._parameter(each) for each in parameters if each["name"] not in ("Content-Type", "Accept")],
            body=self._shape(body) if body is not None else None,
            answers=[self._shape(each, status) for status, each in answers.items() if status < "4"],
            refusals=sorted(int(status) for status in answers if status >= "4" and int(status) in CODES),
        )

    def _shape(self, found: Mapping[str, Any], status: str = "") -> Shape:
        content: dict[str, Any] = found.get("content", {})
        media = next(iter(content), "")
        kind = self._kind(content[media].get("schema", {})) if media else Kind()
        fields = self._fields(kind.inside) if kind.inside else []
        return Shape(kind, fields, media, status, found.get("description", ""))

    def _parameter(self, found: Mapping[str, Any]) -> Field:
        schema = self.contract.resolve(found.get("schema", {}))
        return Field(
            found["name"],
            self._kind(found.get("schema", {})),
            markdown.html(found.get("description", "")),
            required=bool(found.get("required")),
            deprecated=bool(found.get("deprecated")),
            limits=_limits(schema),
            where=found["in"],
        )

    def _fields(self, shape: Mapping[str, Any], before: str = "", deep: int = 0) -> list[Field]:
        return list(self._walk(shape, before, deep))

    def _walk(self, shape: Mapping[str, Any], before: str, deep: int) -> Iterator[Field]:
        shape = self.contract.resolve(shape)
        for part in shape.get("allOf", ()):
            yield from self._walk(part, before, deep)
        required = self.contract.required(shape)
        for name, given in shape.get("properties", {}).items():
            own = self.contract.resolve(given)
            kind = self._kind(given)
            yield Field(
                before + name,
                kind,
                markdown.html(given.get("description", "") or own.get("description", "")),
                required=name in required,
                read_only=bool(own.get("readOnly")),
                nullable=bool(own.get("nullable")),
                deprecated=bool(own.get("deprecated")),
                limits=_limits(own),
            )
            if kind.inside is not None and deep < DEEP:
                dots = f"{before}{name}[]." if own.get("type") == "array" else f"{before}{name}."
                yield from self._walk(kind.inside, dots, deep + 1)

    def _kind(self, shape: Mapping[str, Any]) -> Kind:
        if "$ref" in shape:
            name = _last(shape["$ref"])
            own = self.contract.resolve(shape)
            if name in self._schemas and (own.get("properties") or "allOf" in own):
                return Kind(names=(name,))
            return self._kind(own)
        parts = [self._kind(each) for key in ("allOf", "oneOf", "anyOf") for each in shape.get(key, ())]
        if parts and "properties" not in shape:
            names = tuple(dict.fromkeys(name for each in parts for name in each.names))
            choices = tuple(dict.fromkeys(each for one in parts for each in one.choices))
            inside = next((each.inside for each in parts if each.inside), None)
            words = gettext("een van") if len(names) > 1 and "allOf" not in shape else parts[0].words
            return Kind("" if names and len(names) == 1 else words, names, choices, None if names else inside)
        if shape.get("type") == "array":
            each = self._kind(shape.get("items", {}))
            words = " ".join(word for word in (gettext("lijst van"), each.words) if word)
            return Kind(words, each.names, each.choices, each.inside)
        if shape.get("properties") or parts:
            return Kind("object", inside=shape)
        words = str(shape.get("type", gettext("alles")))
        if form := shape.get("format"):
            words += f" ({form})"
        return Kind(words, choices=tuple(str(each) for each in shape.get("enum", ()) if each is not None))


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _limits(shape: Mapping[str, Any]) -> str:
    found = [str(words) % shape[name] for name, words in LIMITS.items() if shape.get(name) not in (None, 0, 1)]
    if "default" in shape and shape["default"] not in (None, ""):
        found.append(gettext("anders: %s") % str(shape["default"]).lower())
    if "pattern" in shape:
        found.append(f"/{shape['pattern']}/")
    return ", ".join(found)

"""Refusals as `application/problem+json` (RFC 9457, with the `code` and `invalidParams` of the ZGW standard)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

import msgspec

TYPE = "application/problem+json"
CODES = {
    400: ("invalid", "Ongeldige invoer."),
    401: ("not_authenticated", "Wie u bent, is niet bekend."),
    403: ("permission_denied", "Dit mag u niet."),
    404: ("not_found", "Niet gevonden."),
    405: ("method_not_allowed", "Deze methode kan hier niet."),
    406: ("not_acceptable", "In deze vorm kunnen wij niet antwoorden."),
    409: ("conflict", "Iemand anders was u voor."),
    413: ("request_too_large", "Dit is te groot."),
    412: ("precondition_failed", "Aan wat u vooraf vroeg, is niet voldaan."),
    415: ("unsupported_media_type", "Deze vorm kunnen wij niet lezen."),
    416: ("range_not_satisfiable", "Dit deel is er niet."),
    500: ("error", "Er ging iets mis bij ons."),
    503: ("unavailable", "Wij kunnen nu even niet. Probeer het zo weer."),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one parameter: its name in the standard's spelling, the code, the reason in words."""

    name: str
    code: str
    reason: str


@dataclass(eq=False)
class Problem(Exception):
    """A refusal: nothing has changed. `headers` go with the answer."""

    status: int
    detail: str = ""
    code: str = ""
    params: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """The answer. `instance` is new each time, so that somebody can name it."""
        code, title = CODES[self.status]
        answer: dict[str, object] = {
            "type": "about:blank",
            "code": self.code or code,
            "title": title,
            "status": self.status,
            "detail": self.detail or HTTPStatus(self.status).phrase,
            "instance": f"urn:uuid:{uuid4()}",
        }
        if self.status == 400:
            answer["invalidParams"] = [msgspec.to_builtins(each) for each in self.params]
        return msgspec.json.encode(answer)


def invalid(name: str, code: str, reason: str) -> Problem:
    """400 about one parameter."""
    return Problem(400, params=(Fault(name, code, reason),))


def refuse(faults: Iterable[Fault]) -> None:
    """Raises Problem (400) when there are any."""
    if found := tuple(faults):
        raise Problem(400, params=found)

"""What was sent against the shape in an OpenAPI file."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.foundation.api.shape import faults
from loket.registers.autorisaties.api import API

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
SHAPE = {
    "type": "object",
    "required": ["a"],
    "properties": {
        "a": {"type": "string", "maxLength": 3, "minLength": 1},
        "b": {"type": "integer", "minimum": 1, "maximum": 9},
        "c": {"type": "string", "format": "date", "nullable": True},
        "d": {"type": "string", "format": "date-time"},
        "e": {"type": "array", "items": {"type": "string", "enum": ["x", "y"]}},
        "f": {"allOf": [{"type": "object", "required": ["g"]}, {"properties": {"g": {"type": "boolean"}}}]},
        "h": {"type": "string", "format": "uri"},
        "i": {"type": "string", "readOnly": True, "maxLength": 1},
    },
}


def codes(value: Any, *, partial: bool = False) -> set[tuple[str, str]]:
    return {(each.name, each.code) for each in faults(API.contract, SHAPE, value, partial=partial)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, ("a", "required")),
        ({"a": None}, ("a", "null")),
        ({"a": ""}, ("a", "blank")),
        ({"a": "abcd"}, ("a", "max_length")),
        ({"a": 3}, ("a", "invalid")),
        ({"a": "a", "b": True}, ("b", "invalid")),
        ({"a": "a", "b": 0}, ("b", "min_value")),
        ({"a": "a", "b": 10}, ("b", "max_value")),
        ({"a": "a", "c": "2026-02-30"}, ("c", "invalid")),
        ({"a": "a", "c": "20260201"}, ("c", "invalid")),
        ({"a": "a", "d": "2026-02-03"}, ("d", "invalid")),
        ({"a": "a", "e": ["x", "z"]}, ("e.1", "invalid_choice")),
        ({"a": "a", "e": {}}, ("e", "not_a_list")),
        ({"a": "a", "f": {}}, ("f.g", "required")),
        ({"a": "a", "h": "ftp://x"}, ("h", "invalid")),
        ({"a": "a", "h": "http://[x"}, ("h", "invalid")),
        ("a", ("nonFieldErrors", "invalid")),
        (None, ("nonFieldErrors", "null")),
    ],
)
def test_what_is_wrong_is_named_with_its_code(value: Any, expected: tuple[str, str]) -> None:
    assert codes(value) == {expected}


def test_what_fits_is_taken_and_what_is_read_only_or_unknown_is_passed_over() -> None:
    full = {"a": "abc", "b": 9, "c": None, "d": "2026-02-03T10:00:00Z", "e": ["x"], "f": {"g": True}}
    assert codes(full | {"h": "https://x.nl/a", "i": 12345, "z": 1}) == set()
    assert codes({"b": 2}, partial=True) == set()


@given(JSON)
def test_anything_is_judged_and_nothing_breaks(value: Any) -> None:
    for operation in API.contract.operations:
        if operation.body is not None:
            found = faults(API.contract, operation.body, value)
            assert found, "no random value is an application"

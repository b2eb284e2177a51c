"""The rules of logging in, one by one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as stdnum_bsn

from loket.foundation.errors import Refused
from loket.foundation.identity import rules
from loket.foundation.identity.checks import problems
from loket.foundation.identity.providers import Provider, claim_path, from_env

from .broker import BASIS, MIDDEN, RESIDENT


@given(st.integers(0, 10**9 - 1))
def test_the_elfproef_agrees_with_another_implementation(number: int) -> None:
    text = f"{number:09}"
    assert rules.elfproef(text) == (stdnum_bsn.is_valid(text) and number > 0)


@given(st.text())
def test_the_elfproef_takes_any_text(text: str) -> None:
    assert rules.elfproef(text) in (True, False)


@pytest.mark.parametrize("said", ["999990019", "s00000000:999990019", " 999990019 ", 999990019])
def test_a_bsn_is_found_as_brokers_write_it(said: Any) -> None:
    assert rules.bsn_of({"a": {"b": said}}, ("a", "b")) == "999990019"


@pytest.mark.parametrize("said", [None, "", "999990018", "abc", [], {}, True, "12345678901"])
def test_what_is_no_bsn_is_refused_without_repeating_it(said: Any) -> None:
    with pytest.raises(Refused) as refused:
        rules.bsn_of({"x": said}, ("x",))
    assert refused.value.code == "bsn"
    assert str(said) not in refused.value.message or said in ("", None)


@pytest.mark.parametrize(
    ("acr", "minimum", "order", "fits"),
    [
        (MIDDEN, "20", (), True),
        ("30", "20", (), True),
        (BASIS, "20", (), False),
        ("", "20", (), False),
        ("onbekend", "20", (), False),
        ("gold", "silver", ("bronze", "silver", "gold"), True),
        ("bronze", "silver", ("bronze", "silver", "gold"), False),
        (MIDDEN, "silver", ("bronze", "silver", "gold"), False),
        ("30", "onbekend", (), False),
    ],
)
def test_the_level_of_assurance(acr: str, minimum: str, order: tuple[str, ...], fits: bool) -> None:
    provider = Provider("p", "bewoner", "", "https://x", "a", "b", ("c",), ("acr",), minimum, order)
    if fits:
        assert rules.assured({"acr": acr}, provider) == acr
    else:
        with pytest.raises(Refused, match="zekerheid"):
            rules.assured({"acr": acr}, provider)


@pytest.mark.parametrize("target", ["/mijn/", "/zaak/1?x=2#y"])
def test_next_may_be_a_path(target: str) -> None:
    assert rules.safe_next(target, "loket.nl", True) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "https://elders.nl/",
        "//elders.nl",
        "/\\elders.nl",
        "javascript:alert(1)",
        "///elders.nl",
        "mijn",
        "/\t/elders.nl",
    ],
)
def test_next_goes_nowhere_else(target: str | None) -> None:
    assert rules.safe_next(target, "loket.nl", True) == ""


def test_an_address_behind_a_proxy() -> None:
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 1.2.3.4"}
    assert rules.client_address(meta, 0) == "10.0.0.1"
    assert rules.client_address(meta, 1) == "1.2.3.4"
    assert rules.client_address({"REMOTE_ADDR": "10.0.0.1"}, 1) == "10.0.0.1"


def test_counters_are_no_list_of_names() -> None:
    keys = rules.throttle_keys("geheim", "N.Elzinga", "1.2.3.4")
    assert keys == rules.throttle_keys("geheim", " n.elzinga", "1.2.3.4")
    assert not any("elzinga" in key or "1.2.3.4" in key for key in keys)
    assert list(keys.values()) == [rules.ATTEMPTS, rules.ATTEMPTS_FROM_ADDRESS]


def test_providers_come_from_the_environment() -> None:
    given = {
        "LOKET_OIDC_RESIDENT_ISSUER": "https://broker.nl/realms/x/",
        "LOKET_OIDC_RESIDENT_BSN_CLAIM": '["person", "bsn"]',
        "LOKET_OIDC_STAFF_ISSUER": "https://login.gemeente.nl",
    }
    resident, staff = from_env(lambda name, default: given.get(name, default))
    assert (resident.issuer, resident.origin) == ("https://broker.nl/realms/x", "https://broker.nl")
    assert resident.claim == ("person", "bsn")
    assert (staff.audience, staff.claim, staff.scope) == ("medewerker", ("email",), ("openid", "email"))
    assert from_env(lambda name, default: default) == []


def test_a_claim_path_is_a_name_or_a_list() -> None:
    assert claim_path("urn:nl-eid-gdi:1.0:LegalSubjectID") == ("urn:nl-eid-gdi:1.0:LegalSubjectID",)
    with pytest.raises(ValueError, match="list of names"):
        claim_path("[1]")


def test_what_is_wrong_with_a_provider() -> None:
    assert problems(RESIDENT, demo=False) == []
    bad = Provider("p", "bewoner", "", "http://localhost:8002", "nagebootst-1", "", ("c",))
    assert [code[-4:] for code, _ in problems(bad, demo=False)] == ["E001", "E002", "E003", "E005"]
    assert [code[-4:] for code, _ in problems(bad, demo=True)] == ["E003", "E005"]

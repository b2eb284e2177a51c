"""A page without a policy cannot be reached; an employee without the right is refused and that is written down."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.access.middleware import Door
from loket.foundation.access.policy import Policy, policy, policy_of
from loket.foundation.database.sql import value


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


@pytest.mark.parametrize("wrong", [{}, {"public": True, "resident": True}, {"right": ""}])
def test_a_policy_is_exactly_one_thing(wrong: dict[str, bool]) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Policy(**wrong)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_page_without_a_policy_cannot_be_reached() -> None:
    request = RequestFactory().get("/geheim")
    answer = Door(lambda _: HttpResponse()).process_view(request, page, (), {})
    assert answer is not None
    assert answer.status_code == 403
    assert value("select count(*) from loket_audit_handeling where handeling = 'geweigerd'") == 1


def test_a_policy_travels_with_the_view() -> None:
    guarded = policy(right="zaak.lezen")(page)
    assert policy_of(guarded) == Policy(right="zaak.lezen")


def test_the_system_may_everything_and_nobody_else_by_default() -> None:
    assert Actor.system("test").may("zaak.lezen")
    assert not ANONYMOUS.may("zaak.lezen")


@pytest.mark.parametrize(("kind", "said"), [({"link": True}, "strict-origin"), ({"public": True}, None)])
def test_an_address_that_is_a_key_is_no_referrer(kind: dict[str, bool], said: str | None) -> None:
    def inside(request: HttpRequest) -> HttpResponse:
        assert door.process_view(request, policy(**kind)(page), (), {}) is None
        return page(request)

    door = Door(inside)
    assert door(RequestFactory().get("/volg/sleutel")).headers.get("Referrer-Policy") == said

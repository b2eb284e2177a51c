"""The registry by which services offer parts into each other's pages."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError

from loket.foundation.access.actor import ANONYMOUS, Actor
from loket.foundation.errors import NotFound
from loket.foundation.web import checks
from loket.foundation.web import extensions as ext

STAFF = Actor.system("test")


def tile(name: str, order: int = 100) -> ext.Tile:
    return ext.Tile(name, "Iets melden", "Losse tegel", "/melden", "flag", order)


def test_offers_come_in_order_and_names_are_unique() -> None:
    with ext.offering(tile("proef.b", 1), tile("proef.a", 2), tile("proef.c", 1)):
        assert [one.name for one in ext.offered(ext.Tile) if one.name.startswith("proef.")] == [
            "proef.b",
            "proef.c",
            "proef.a",
        ]
        with pytest.raises(ImproperlyConfigured):
            ext.offer(tile("proef.a"))
        assert ext.find(ext.Tile, "proef.a").order == 2
    with pytest.raises(NotFound):
        ext.find(ext.Tile, "proef.a")


def test_the_same_name_may_be_used_in_another_kind() -> None:
    with ext.offering(tile("proef.a"), ext.PaletteItem("proef.a", "Doe iets", "/doe")):
        assert ext.find(ext.PaletteItem, "proef.a").href == "/doe"


def ours(actor: Actor) -> list[str]:
    return [item.name for item in ext.menu("werkplek", actor) if item.name.startswith("proef.")]


def test_a_menu_hides_what_one_may_not_do() -> None:
    with ext.offering(
        ext.NavItem("proef.open", "Werk", "/werk", "werkplek", 1),
        ext.NavItem("proef.recht", "Sturing", "/sturing", "werkplek", 2, right="sturing.lezen"),
        ext.NavItem("proef.nooit", "Niets", "/niets", "werkplek", 3, shown=lambda actor: False),
        ext.NavItem("proef.elders", "Mijn", "/mijn", "mijn"),
    ):
        assert ours(STAFF) == ["proef.open", "proef.recht"]
        assert ours(ANONYMOUS) == ["proef.open"]


@pytest.mark.django_db
def test_a_card_that_breaks_does_not_take_the_page_with_it() -> None:
    def broken(actor: Actor) -> dict[str, Any]:
        raise DatabaseError("broken for the test")

    with ext.offering(
        ext.Card("proef.goed", "web/deel/stuk.html", lambda actor: {"a": 1}, 1),
        ext.Card("proef.leeg", "web/deel/stuk.html", lambda actor: None, 2),
        ext.Card("proef.stuk", "web/deel/stuk.html", broken, 3),
    ):
        ours = [part for part in ext.cards(STAFF) if part.thing.name.startswith("proef.")]
    assert [(part.thing.name, part.failed) for part in ours] == [("proef.goed", False), ("proef.stuk", True)]


@pytest.mark.django_db
def test_a_database_that_is_away_is_not_hidden() -> None:
    def away(actor: Actor, zaak: object) -> dict[str, Any]:
        raise OperationalError("away for the test")

    with ext.offering(ext.Panel("proef.weg", "Weg", "web/deel/stuk.html", away)), pytest.raises(OperationalError):
        ext.panels(STAFF, None)


def test_acts_are_those_that_apply() -> None:
    with ext.offering(
        ext.Act("proef.sluit", "Sluit af", "check", lambda actor, zaak: zaak == "open", lambda zaak: f"/{zaak}/sluit"),
    ):
        assert [act.url("open") for act in ext.acts(STAFF, "open") if act.name == "proef.sluit"] == ["/open/sluit"]
        assert not [act for act in ext.acts(STAFF, "dicht") if act.name == "proef.sluit"]


def test_what_cannot_be_shown_is_found_at_start(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.foundation.web.proefpaginas"
    with ext.offering(
        ext.Tile("proef.route", "x", "x", "bestaat:niet", "flag"),
        ext.Card("proef.sjabloon", "bestaat/niet.html", lambda actor: None),
        ext.Act("proef.teken", "x", "eenhoorn", lambda actor, zaak: True, str),
        only=True,
    ):
        found = [error for error in checks.offers_can_be_shown(None) if str(error.obj).startswith("proef.")]
    assert [(error.obj, error.id) for error in found] == [
        ("proef.route", "loket_web.E001"),
        ("proef.sjabloon", "loket_web.E002"),
        ("proef.teken", "loket_web.E003"),
    ]


def test_everything_that_is_offered_in_this_house_can_be_shown() -> None:
    assert checks.offers_can_be_shown(None) == []

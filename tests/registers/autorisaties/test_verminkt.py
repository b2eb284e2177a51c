"""Whatever is sent: no fault, every refusal names a parameter and a code, and what is refused stores nothing."""

import copy
import json
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.registers.autorisaties.models import Applicatie
from tests.apiclient import Client
from tests.foundation.api.test_shape import JSON

GOED: dict[str, Any] = {
    "clientIds": ["een", "twee"],
    "label": "Formulieren",
    "heeftAlleAutorisaties": False,
    "alleenIsGereedVoorPublicatie": True,
    "autorisaties": [
        {
            "component": "zrc",
            "scopes": ["zaken.lezen"],
            "zaaktype": "https://elders.example/zaaktypen/1",
            "maxVertrouwelijkheidaanduiding": "openbaar",
        },
        {"component": "ztc", "scopes": ["catalogi.lezen"]},
    ],
}


def plaatsen(waarde: Any, pad: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of everything in a body."""
    gevonden = [pad] if pad else []
    delen = waarde.items() if isinstance(waarde, dict) else enumerate(waarde) if isinstance(waarde, list) else ()
    return gevonden + [each for naam, deel in delen for each in plaatsen(deel, (*pad, naam))]


@st.composite
def verminkt(draw: st.DrawFn) -> dict[str, Any]:
    """The good body with something else in one to three places, or without them."""
    heel = copy.deepcopy(GOED)
    for pad in draw(st.lists(st.sampled_from(plaatsen(GOED)), min_size=1, max_size=3, unique=True)):
        doel: Any = heel
        try:
            for stap in pad[:-1]:
                doel = doel[stap]
            if draw(st.booleans()) and isinstance(doel, dict):
                doel.pop(pad[-1], None)
            else:
                doel[pad[-1]] = draw(JSON | st.sampled_from(["", "\0", "x" * 2000, 2**70, [[]], {"a": None}]))
        except (TypeError, KeyError, IndexError):
            continue  # the place went with an earlier change
    return heel


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=verminkt() | JSON, method=st.sampled_from(["POST", "PUT", "PATCH"]))
def test_a_body_that_is_not_right_is_refused_in_words(client: Client, body: Any, method: str) -> None:
    bestaat = Applicatie.objects.get(label="Alles")
    voor = list(Applicatie.objects.order_by("id").values())
    with transaction.atomic():
        raw = json.dumps(body).encode()
        reply = client(method, "/applicaties" if method == "POST" else f"/applicaties/{bestaat.id}", raw)
        assert reply.status in (200, 201, 400), reply.body
        if reply.status == 400:
            assert all(name and code for name, code in reply.codes()) and reply.codes()
            assert list(Applicatie.objects.order_by("id").values()) == voor
        transaction.set_rollback(True)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pad=st.text(max_size=30), vraag=st.text(max_size=30), kop=st.text(max_size=40))
def test_any_address_and_any_header_gets_an_answer(client: Client, pad: str, vraag: str, kop: str) -> None:
    latijn = {naam: tekst.encode().decode("latin-1") for naam, tekst in (("p", pad), ("q", vraag), ("k", kop))}
    reply = client("GET", f"/applicaties/{latijn['p']}".replace("?", ""), QUERY_STRING=latijn["q"])
    assert reply.status in (200, 400, 404, 405)
    assert client("GET", "/applicaties", HTTP_AUTHORIZATION=latijn["k"]).status == 401

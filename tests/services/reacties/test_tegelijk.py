"""At the same moment, and beside the slow way: one zaak, and the same rows."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from loket.foundation.access.actor import ANONYMOUS
from loket.registers.klanten.commands import leg_contact_vast, registreer_partij
from loket.registers.klanten.models import Klantcontact, Partij
from loket.registers.plekken.rules import geojson_punt
from loket.registers.zaken.commands import maak_zaak
from loket.registers.zaken.models import Rol, Status, Toewijzing, Werkvoorraad, Zaak
from loket.services.reacties.commands.ontvangst import ontvang_reactie
from loket.services.reacties.concepten import begin_concept
from loket.services.reacties.models import Concept
from loket.services.reacties.queries.ontvangst import Ontvangst
from tests.services.reacties.wereld import SYSTEEM, TEGEL, Wereld, inzending


def tegelijk(werk: list[Callable[[], Ontvangst]]) -> list[Ontvangst]:
    """Do these in threads that start together; raises what any of them raised."""
    start = threading.Barrier(len(werk))
    uit: list[Ontvangst] = []
    fouten: list[BaseException] = []

    def doe(een: Callable[[], Ontvangst]) -> None:
        try:
            start.wait(10)
            uit.append(een())
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=(een,)) for een in werk]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    if fouten:
        raise fouten[0]
    return uit


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_zaak_with_one_number() -> None:
    lw = Wereld("LW", "Gemeente Lindewaard")
    concept, _ = begin_concept("melding")
    vers: Callable[[], Concept] = lambda: Concept.objects.get(id=concept.id)  # noqa: E731
    uit = tegelijk([lambda: ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(), concept=vers())] * 4)
    assert len({each.identificatie for each in uit}) == len({each.sleutel for each in uit}) == 1
    assert Zaak.objects.count() == Klantcontact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_retry_with_the_same_key_and_a_new_person_at_the_same_moment() -> None:
    lw = Wereld("LW", "Gemeente Lindewaard")
    uit = tegelijk(
        [lambda: ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(), idempotency_key="een")] * 2
        + [lambda: ontvang_reactie(ANONYMOUS, lw.organisatie, inzending(), idempotency_key="twee")] * 2
    )
    assert len({each.identificatie for each in uit}) == Zaak.objects.count() == 2
    assert Partij.objects.count() == 1


def _velden(rij: Any, *niet: str) -> dict[str, Any]:
    eigen = {"id", "zaak_id", "status_id", "partij_id", "klantcontact_id", "identificatie", "nummer", *niet}
    return {f.attname: getattr(rij, f.attname) for f in rij._meta.concrete_fields if f.attname not in eigen}


def test_the_fast_way_writes_what_the_registers_write(lw: Wereld) -> None:
    snel = Zaak.objects.get(id=lw.ontvang().zaak)
    snel_werk = Werkvoorraad.objects.get(zaak=snel)
    partij = registreer_partij(
        SYSTEEM, organisatie=lw.organisatie, naam="Tineke Hazelhoff", email="tineke@voorbeeld.nl"
    )
    traag = maak_zaak(
        SYSTEEM,
        organisatie=lw.organisatie,
        zaaktype="melding",
        omschrijving=snel.omschrijving,
        idempotency_key="traag",
        antwoord_voor=snel_werk.antwoord_voor,
        initiator=partij.id,
        voorstel_team=snel_werk.voorstel_team_id,
        zekerheid=snel_werk.zekerheid,
        plek=snel.plek,
        x=snel.x,
        y=snel.y,
        zaakgeometrie=geojson_punt(snel.x, snel.y),
        begin=TEGEL,
        velden={"einddatum_gepland": snel.einddatum_gepland},
    )
    traag = Zaak.objects.get(id=traag.id)
    contact = leg_contact_vast(
        SYSTEEM,
        organisatie=lw.organisatie,
        kanaal="website",
        richting="in",
        inhoud=TEGEL,
        onderwerp=snel.omschrijving,
        zaken=[traag],
        partij=partij,
        idempotency_key="traag",
    )
    assert _velden(snel, "zoek") == _velden(traag, "zoek")
    assert _velden(snel_werk) == _velden(Werkvoorraad.objects.get(zaak=traag))
    for model in (Status, Toewijzing, Rol):
        een, ander = model.objects.get(zaak=snel), model.objects.get(zaak=traag)
        assert _velden(een, "door") == _velden(ander, "door"), model.__name__
    eerste = Klantcontact.objects.get(onderwerpobjecten__zaak=snel)
    assert _velden(eerste, "door", "metadata") == _velden(contact, "door", "metadata")
    assert eerste.nummer.isdigit() and len(eerste.nummer) == len(contact.nummer)

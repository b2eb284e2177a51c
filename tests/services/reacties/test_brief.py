"""An answer on paper is a PDF in the zaak, made once, that the resident can read."""

import pytest

from loket.foundation.database.sql import rows, value
from loket.foundation.storage.files import read
from loket.services.reacties.commands.behandeling import beantwoord
from tests.services.reacties.mensen import medewerker
from tests.services.reacties.wereld import Wereld

pytestmark = pytest.mark.django_db


def test_a_letter_is_made_once_kept_in_the_zaak_and_shown_to_the_resident(lw: Wereld) -> None:
    fenna = medewerker(lw, "Fenna Wierda", lw.een)
    binnen = lw.ontvang()
    contact = beantwoord(
        fenna, binnen.zaak, "Beste bewoner,\n\nDe tegel ligt recht.", kanaal="brief", idempotency_key="a"
    )
    again = beantwoord(
        fenna, binnen.zaak, "Beste bewoner,\n\nDe tegel ligt recht.", kanaal="brief", idempotency_key="a"
    )

    assert again.id == contact.id
    brieven = rows(
        "select v.sha256, v.formaat, v.tonen_aan_initiator, b.klantcontact_id from zaken_zaakinformatieobject zi"
        " join documenten_informatieobjectversie v on v.informatieobject_id = zi.informatieobject_id"
        " join klanten_bijlage b on b.informatieobject_id = zi.informatieobject_id where zi.zaak_id = %s",
        (binnen.zaak,),
    )
    assert len(brieven) == 1
    assert brieven[0]["klantcontact_id"] == contact.id
    assert brieven[0]["tonen_aan_initiator"]
    assert read(brieven[0]["sha256"]).startswith(b"%PDF-")
    assert value(
        "select count(*) from loket_audit_dataverwerking where verwerkingsactiviteit like '%%reacties.brief%%'"
    )

"""The mail server is down: mail is late and everybody who must know sees it; it is delivered once when it is back."""

import re

import pytest

from tests.assembly.running import until
from tests.faults.conftest import Proef

pytestmark = pytest.mark.proces

WIE = [f"mail-weg-{n}@voorbeeld.nl" for n in range(3)]


def test_mail_waits_visibly_while_the_mail_server_is_down_and_goes_once_when_it_is_back(proef: Proef) -> None:
    proef.box.answer = lambda command, argument: "421 Wij zijn dicht" if command == "CONNECT" else None
    nummers = [proef.browser().vul_in(f"De lamp is stuk ({adres}).", email=adres).verstuur() for adres in WIE]
    assert len(set(nummers)) == 3, "receiving does not wait for the mail server"
    staat = "select state, oorzaak from loket_mail_bericht where to_address = any(%s)"
    until(lambda: proef.rijen(staat, (WIE,)) == [("wacht", "server")] * 3, 30, "put off, with the reason")
    assert not set(WIE) & set(proef.box.to())

    beheer = proef.medewerker("lw.beheerder").get("/beheer/mail")
    assert beheer.status == 200
    assert _vertraagd(beheer.woorden) >= 3
    assert "421 Wij zijn dicht" in beheer.woorden
    assert beheer.woorden.count("m…@voorbeeld.nl") >= 3, "an administrator sees that it waits, not whose it is"
    assert proef.loket.get()[1]["status"] == "ok", "the pages work on"

    proef.box.answer = lambda command, argument: None
    proef.browser().vul_in("De put is vol.", email="daarna@voorbeeld.nl").verstuur()
    verzonden = [("verzonden", "")] * 3
    until(lambda: proef.rijen(staat, (WIE,)) == verzonden, 30, "delivered when the server is back")
    assert sorted(aan for aan in proef.box.to() if aan in WIE) == WIE
    assert _vertraagd(proef.medewerker("lw.beheerder").get("/beheer/mail").woorden) == 0


def _vertraagd(woorden: str) -> int:
    """The count of delayed mail on the page of the queue."""
    gevonden = re.search(r"Vertraagd (\d+)", woorden)
    assert gevonden, woorden
    return int(gevonden[1])

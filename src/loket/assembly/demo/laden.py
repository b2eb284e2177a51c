"""Loading the demo, in one transaction: all of it is there or nothing is."""

import logging
import time
from datetime import timedelta

from django.db import transaction

from loket.assembly.demo.geschiedenis import schrijf_geschiedenis
from loket.assembly.demo.gesprekken import voer_gesprekken
from loket.assembly.demo.inrichting import SYSTEEM, richt_in
from loket.assembly.demo.kennis import laad_kennis
from loket.assembly.demo.klachten import behandel_klachten
from loket.assembly.demo.post import breng_post
from loket.assembly.demo.rijen import Plek
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, rows
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.algoritmen.jobs import vraag_alles
from loket.registers.plekken.commands import laad_stad

log = logging.getLogger(__name__)

SEED = 20261123
REACTIES = 3000


def laad(reacties: int = REACTIES, seed: int = SEED, maanden: int = 18) -> dict[str, int]:
    """Load the demo with this many reacties, up to now. Gives how many rows each table got. Refuses (RuntimeError) when
    there is an organisation already: the demo never mixes with real data."""
    if Organisatie.objects.exists():
        raise RuntimeError("There is an organisation already; the demo is only loaded into an empty Loket.")
    begin = time.monotonic()
    with transaction.atomic():
        wereld = richt_in()
        plekken = _stad(seed)
        tot = now()
        geschreven = schrijf_geschiedenis(
            wereld, reacties, van=tot - timedelta(days=round(maanden * 30.44)), tot=tot, seed=seed, plekken=plekken
        )
        geschreven["kennis"] = laad_kennis(wereld, seed)
        voer_gesprekken(wereld, tot)
        behandel_klachten(wereld, tot)
        geschreven["post"] = breng_post()
        record(SYSTEEM, "demo.laden", "installatie", None, detail={"seed": seed, **geschreven})
    if reacties <= REACTIES:  # after everything has started: learning takes a while
        vraag_alles(now() + timedelta(minutes=2))
    execute("analyze")
    log.info("The demo was loaded in %.1f s: %s", time.monotonic() - begin, geschreven)
    return geschreven


def _stad(seed: int) -> list[Plek]:
    """Generate the town and give its addresses."""
    laad_stad(SYSTEEM, {o.soort: o for o in Organisatie.objects.all()}, seed)
    return [
        Plek(rij["straat"], rij["huisnummer"], rij["x"], rij["y"])
        for rij in rows(
            "select s.naam as straat, a.huisnummer, a.x, a.y from plekken_adres a"
            " join plekken_straat s on s.id = a.straat_id order by s.naam, a.huisnummer, a.id"
        )
    ]

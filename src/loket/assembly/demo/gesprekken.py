"""Conversations of the demo: some notes, a promise to call, one that was broken, and one that is not finished."""

from datetime import datetime, timedelta
from uuid import uuid4

from loket.assembly.demo.inrichting import Wereld
from loket.engines.termijnen.kalender import is_werkdag
from loket.foundation.access.actor import load
from loket.foundation.database.sql import rows
from loket.foundation.time.clock import AMSTERDAM, frozen
from loket.registers.klanten import commands as klanten
from loket.registers.klanten.beltijden import Blok, eerste
from loket.services.reacties.commands.gesprek import Wat, bewaar
from loket.services.reacties.commands.terugbellen import beloof

NOTITIES = (
    "Vroeg wanneer het stadhuis open is. Verteld: werkdagen van 9.00 tot 17.00 uur.",
    "Wilde weten of zij een nieuw paspoort mag laten ophalen. Nee: zij moet zelf komen. Afspraak uitgelegd.",
    "Vroeg wanneer het grof afval wordt opgehaald. Doorgegeven: donderdag, na een afspraak op de website.",
    "Kon het formulier voor de bijstand niet vinden. Samen opgezocht, het staat open.",
)
OKKERSE = "Mevrouw Okkerse vraagt of wij haar aanvraag al hebben gezien. Belt op een ander nummer,"

_OPEN = """
select w.zaak_id as zaak from zaken_werkvoorraad w
where w.organisatie_id = %(organisatie)s and w.zaaktype = 'melding' and w.ontvangen_op < %(voor)s
  and w.wacht_op = '' and exists (
    select 1 from zaken_rol r join klanten_digitaaladres a on a.partij_id = r.partij_id
    and a.soort_digitaal_adres = 'telefoon' where r.zaak_id = w.zaak_id and r.omschrijving_generiek = 'initiator')
order by w.ontvangen_op desc, w.identificatie limit 2"""


def voer_gesprekken(wereld: Wereld, tot: datetime) -> None:
    """Write the conversations of Fenna Wierda in the last days before `tot`, with what was promised."""
    lw, team = wereld.organisaties["LW"], wereld.teams["klantcontact"]
    fenna = load(next(wie.id for wie in wereld.mensen["klantcontact"] if wie.gebruikersnaam == "fenna.wierda"))
    werkdag = tot - timedelta(days=1)
    while not is_werkdag(werkdag.astimezone(AMSTERDAM).date()):
        werkdag -= timedelta(days=1)
    begin = werkdag.astimezone(AMSTERDAM).replace(hour=10, minute=12, second=0, microsecond=0)
    for n, notitie in enumerate(NOTITIES):
        with frozen(begin + timedelta(minutes=23 * n)):
            kanaal = "balie" if n == 1 else "telefoon"
            bewaar(fenna, uuid4(), Wat(kanaal=kanaal, notitie=notitie, afhandeling="beantwoord"))
    klanten.bewaar_gesprek(fenna, uuid4(), {"notitie": OKKERSE, "kanaal": "telefoon", "naam": "Mevrouw Okkerse"})
    voorbij = _voorbij(lw.openingstijden, tot)
    zaken = rows(_OPEN, {"organisatie": lw.id, "voor": voorbij.van - timedelta(hours=2)})
    for n, zaak in enumerate(zaken):
        moment = eerste(lw.openingstijden, tot, marge=timedelta(hours=20)) if n else voorbij
        with frozen(begin if n else voorbij.van - timedelta(hours=1)):
            beloof(
                fenna, zaak["zaak"], moment, team=team.id, idempotency_key=f"demo {n}", waarover="Wil horen wanneer."
            )


def _voorbij(openingstijden: object, tot: datetime) -> Blok:
    """A promised moment that passed, as short ago as there is."""
    for dagen in range(1, 20):
        blok = eerste(openingstijden, tot - timedelta(days=dagen))
        if blok.tot < tot:
            return blok
    raise AssertionError("The organisation of the demo answers its telephone.")

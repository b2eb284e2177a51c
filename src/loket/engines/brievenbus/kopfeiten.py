"""The envelope facts out of the fields of a header."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from loket.engines.brievenbus.adressen import adressen, net_adres
from loket.engines.brievenbus.brief import Adres, Kop
from loket.engines.brievenbus.draden import message_ids
from loket.engines.brievenbus.koppen import Velden, ontcijferd

_MAANDEN = {
    "mrt": "Mar",
    "maa": "Mar",
    "mei": "May",
    "okt": "Oct",
    "mai": "May",
    "dez": "Dec",
    "jän": "Jan",
    "mär": "Mar",
}
_DAG = re.compile(r"^\s*[^\W\d]{1,12}\.?,?\s+")
_LIJST = ("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-post", "list-help", "list-archive")


def kopfeiten(velden: Velden, ontvangen: datetime | None) -> Kop:
    """Everything a header says. `ontvangen`: when we got it, to judge the date by; without it only nonsense is seen."""
    datum = lees_datum(velden.tekst("date"))
    retour = velden.tekst("return-path") if velden.rauw("return-path") else None
    eerste_id = message_ids(velden.tekst("message-id"))
    afzender = _adressen(velden, "sender")
    return Kop(
        van=_adressen(velden, "from"),
        afzender=afzender[0] if afzender else None,
        aan=_adressen(velden, "to"),
        cc=_adressen(velden, "cc"),
        antwoord_aan=_adressen(velden, "reply-to"),
        retourpad=None if retour is None else net_adres(retour),
        bezorgd_aan=tuple(
            dict.fromkeys(
                adres.adres
                for naam in ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
                for adres in _adressen(velden, naam)
                if adres.adres
            )
        ),
        onderwerp=velden.tekst("subject")[:2000],
        message_id=eerste_id[0] if eerste_id else "",
        in_reply_to=message_ids(velden.tekst("in-reply-to")),
        references=message_ids(velden.tekst("references")),
        datum=datum,
        datum_aannemelijk=aannemelijk(datum, ontvangen),
        auto_submitted=velden.tekst("auto-submitted").lower().partition(";")[0].strip(),
        auto_response_suppress=velden.tekst("x-auto-response-suppress")[:200],
        precedence=velden.tekst("precedence").lower()[:40],
        lijst=tuple((naam, waarde[:1000]) for naam in _LIJST for waarde in velden.alle(naam)[:1] if waarde),
        received=sum(1 for naam, _waarde in velden.regels if naam == "received"),
        velden=tuple((naam, ontcijferd(waarde)) for naam, waarde in velden.regels),
    )


def _adressen(velden: Velden, naam: str) -> tuple[Adres, ...]:
    """Of all fields of this name: some mail has two."""
    gevonden = (adres for veld, waarde in velden.regels if veld == naam for adres in adressen(waarde))
    return tuple(dict.fromkeys(gevonden))


def lees_datum(tekst: str) -> datetime | None:
    """A date as mail programs write it, also with Dutch or German names of months; in UTC."""
    tekst = _DAG.sub("", tekst[:120])
    tekst = re.sub(r"[^\W\d_]{3,12}", lambda m: _MAANDEN.get(m[0][:3].lower(), m[0]), tekst)
    try:
        delen = parsedate_tz(tekst)
        if delen is None:
            return None
        plaatselijk = datetime(*delen[:5], min(delen[5], 59), tzinfo=UTC)
        return plaatselijk - timedelta(seconds=delen[9] or 0)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def aannemelijk(datum: datetime | None, ontvangen: datetime | None) -> bool:
    """Between a month before and a day after receipt: clocks of telephones and delays of servers fit in that."""
    if datum is None:
        return False
    if ontvangen is None:
        return 1995 <= datum.year <= 2100
    return ontvangen - timedelta(days=31) <= datum <= ontvangen + timedelta(days=1)

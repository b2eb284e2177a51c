"""E-mail that just came in: it finds its place, or waits for a person, when the demo has started."""

from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO

from loket.assembly.demo.inrichting import SYSTEEM
from loket.foundation.database.sql import row
from loket.foundation.inbox.commands import neem_aan
from loket.foundation.inbox.rules import fingerprint
from loket.foundation.storage.files import store
from loket.foundation.time.clock import now

LOKET, WETHOUDER = "loket@lindewaard.voorbeeld.nl", "wethouder@lindewaard.voorbeeld.nl"

_BRIEVEN: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    (
        "Joke Vermeer <joke.vermeer@voorbeeld.nl>",
        WETHOUDER,
        "Hondenpoep in het Lindepark",
        "Geachte wethouder,\n\nIn het Lindepark ligt overal hondenpoep. Mijn kleinzoon stapt er elke dag in."
        "\n\nMet vriendelijke groet,\nJoke Vermeer\nTel. 0199 555 010",
        {},
    ),
    (
        "Wethouder Dekkers <t.dekkers@lindewaard.voorbeeld.nl>",
        LOKET,
        "FW: Lantaarnpaal Kerkstraat",
        "Kunnen jullie hiernaar kijken?\n\n________________________________\nVan: Bram Kok <bram.kok@voorbeeld.nl>\n"
        "Verzonden: maandag 10:12\nAan: Wethouder Dekkers <wethouder@lindewaard.voorbeeld.nl>\n"
        "Onderwerp: Lantaarnpaal Kerkstraat\n\nDe lantaarnpaal voor mijn deur is al een week uit.",
        {},
    ),
    (
        "Karin de Boer <karin.de.boer@voorbeeld.nl>",
        LOKET,
        "Over {nummer}",
        "Ik las op straat dat hier al een melding van is. Bij ons voor de deur is het ook zo, op nummer 31.",
        {},
    ),
    (
        "Prijsvraag <winnen@prijzen.example>",
        LOKET,
        "U hebt gewonnen!",
        "Klik hier voor uw prijs.",
        {"X-Spam-Flag": "YES"},
    ),
)


def breng_post() -> int:
    """Take in a few mails. Gives how many."""
    over = row(
        "select identificatie from zaken_werkvoorraad where zaaktype = 'melding' and identificatie like %s"
        " order by ontvangen_op desc, zaak_id limit 1",
        ("LW-%",),
    )
    for n, (van, aan, onderwerp, tekst, koppen) in enumerate(_BRIEVEN):
        bericht = EmailMessage()
        bericht["From"], bericht["To"] = van, aan
        bericht["Subject"] = onderwerp.format(nummer=over["identificatie"] if over else "uw brief")
        bericht["Date"], bericht["Message-ID"] = format_datetime(now()), f"<demo-{n}@voorbeeld.nl>"
        for naam, waarde in koppen.items():
            bericht[naam] = waarde
        bericht.set_content(tekst)
        rauw = bericht.as_bytes()
        adres = van.partition("<")[2].rstrip(">")
        neem_aan(SYSTEEM, store(rauw), fingerprint(BytesIO(rauw)), van=adres, aan=[aan], herkomst="smtp")
    return len(_BRIEVEN)

"""The place of a mail is found within 30 ms (p95) among 500,000 reacties: by its sender, its thread (a token, our
Message-ID, an earlier mail, a number), and whether it came in at another mailbox already.

Ours: the p95 with the most reacties, over mails of every kind in turn, reading the mail included; peer: the limit. What
it costs with few reacties stands beside it. `--data FOLDER` keeps the databases for a next run.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.opstelling import Bank, map_voor_gegevens, milliseconden, p95, uitslag, zeg

GRENS_MS = 30.0
SOORTEN = ("teken", "onderwerp", "verwijzing", "nummer", "vreemde", "nieuw")


def brieven(keren: int) -> Iterator[tuple[str, bytes, str, bool]]:
    """Mails about reacties that are there, of every kind in turn: the kind, the bytes, the address on the envelope, and
    whether a reactie must be found."""
    from loket.foundation.database.sql import row, rows
    from loket.foundation.inbox.models import Postvak
    from loket.foundation.mail.models import Bericht
    from loket.foundation.time.clock import now
    from loket.services.reacties import sleutels

    for wie in rows(
        "select id from loket_identity_organisatie o where not exists ("
        "select 1 from loket_inbox_postvak v where v.organisatie_id = o.id)"
    ):
        team = row("select id from loket_identity_team where organisatie_id = %s order by id limit 1", (wie["id"],))
        assert team is not None
        Postvak.objects.create(
            organisatie_id=wie["id"], adres=f"post@{wie['id']}.example", naam="Post", team_id=team["id"]
        )
    volgers = rows(
        "select v.id, v.zaak_id, v.email, z.identificatie, p.adres from reacties_volglink v"
        " join zaken_zaak z on z.id = v.zaak_id join loket_inbox_postvak p on p.organisatie_id = z.organisatie_id"
        " where v.email <> '' and v.ingetrokken_op is null order by md5(v.id::text) limit %s",
        (keren,),
    )
    for n, volger in enumerate(volgers):
        soort = SOORTEN[n % len(SOORTEN)]
        bericht = EmailMessage()
        bericht["From"] = volger["email"] if soort != "vreemde" else f"{uuid4().hex}@elders.example"
        bericht["Message-ID"], bericht["Subject"] = f"<{uuid4()}@elders.example>", "Mijn vraag"
        aan = volger["adres"]
        voor, _at, domein = aan.partition("@")
        match soort:
            case "teken":
                aan = f"{voor}+{sleutels.antwoordteken(volger['id'])}@{domein}"
            case "onderwerp":
                teken = sleutels.onderwerpteken(volger["id"])
                bericht.replace_header("Subject", f"Re: [{volger['identificatie']} {teken}]")
            case "verwijzing":
                onze = Bericht.objects.create(
                    key=f"bench:{n}",
                    betreft=volger["zaak_id"],
                    to_address=volger["email"],
                    state="verzonden",
                    **dict.fromkeys(("created_at", "queued_at", "next_attempt_at", "sent_at"), now()),
                ).id
                bericht["In-Reply-To"] = f"<{onze}@{domein}>"
            case "nummer" | "vreemde":
                bericht.replace_header("Subject", f"Over {volger['identificatie']}")
        bericht["To"] = aan
        bericht.set_content("Hoe staat het hiermee?\n\nOp ma 23 nov 2026 om 10:12 schreef Loket:\n> Dank u wel.\n" * 5)
        yield soort, bericht.as_bytes(), aan, soort != "nieuw"


def neem_aan(rauw: bytes, aan: str) -> UUID:
    """Take the mail in, as the listener does."""
    from loket.foundation.access.actor import Actor
    from loket.foundation.inbox import commands
    from loket.foundation.inbox.rules import fingerprint
    from loket.foundation.storage.files import store

    bestand, vinger = store(rauw), fingerprint(BytesIO(rauw))
    return commands.neem_aan(
        Actor.system("bench"), bestand, vinger, van="x@elders.example", aan=[aan], herkomst="smtp"
    )[0]


def zoek(post: dict[str, Any]) -> bool:
    """What a mail costs before anything is done with it. Gives whether it refers to a reactie."""
    from loket.foundation.database.sql import row
    from loket.foundation.identity.pseudonym import pseudonym
    from loket.services.reacties import post_lezen
    from loket.services.reacties.queries import post_draad

    post_draad.elders(post)
    lezing = post_lezen.lees_mail(post)
    gevonden = post_draad.bekend(lezing, post["organisatie_id"])
    row(
        "select p.id from klanten_partij p where p.organisatie_id = %s and p.pseudoniem = %s",
        (post["organisatie_id"], pseudonym("email", lezing.email)),
    )
    return bool(gevonden)


def meet(keren: int, opwarmen: int = 12) -> list[float]:
    """The seconds of finding the place of `keren` mails, in the database that Django uses now; nothing stays. Raises
    RuntimeError when a mail does not find its reactie: then it proves nothing."""
    from django.db import transaction

    from loket.foundation.inbox.queries import post

    tijden = []
    with transaction.atomic():
        for soort, rauw, aan, moet in brieven(keren + opwarmen):
            gegevens = post(neem_aan(rauw, aan))
            assert gegevens is not None
            begin = time.perf_counter()
            gevonden = zoek(gegevens)
            tijden.append(time.perf_counter() - begin)
            if gevonden != moet:
                raise RuntimeError(f"A mail of the kind {soort} found {'a' if gevonden else 'no'} reactie.")
        transaction.set_rollback(True)
    return tijden[opwarmen:]


def main() -> int:
    """Measure, and say whether the limit holds: exit code 0 or 1."""
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("--data", type=Path, help="folder for the databases; kept, and used again")
    vraag.add_argument("--klein", type=int, default=5_000)
    vraag.add_argument("--groot", type=int, default=500_000)
    vraag.add_argument("--keren", type=int, default=300)
    opties = vraag.parse_args()
    tijden = {}
    with map_voor_gegevens(opties.data) as data, Bank(data) as bank:
        for maat in (opties.klein, opties.groot):
            bank.gebruik(maat)
            tijden[maat] = meet(opties.keren)
            zeg(f"{maat:>9,} reacties: {milliseconden(tijden[maat])} ms")
    ours = round(p95(tijden[opties.groot]) * 1000, 1)
    uitslag(
        "post_plaatsen",
        ours,
        GRENS_MS,
        "ms",
        median=milliseconden(tijden[opties.groot])["median"],
        small=milliseconden(tijden[opties.klein]),
        reacties=opties.groot,
        ok=ours <= GRENS_MS,
    )
    return 0 if ours <= GRENS_MS else 1


if __name__ == "__main__":
    sys.exit(main())

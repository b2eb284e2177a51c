"""Work that is done later: what goes back to a coordinator, the reminder before a promised day passes, the link that
somebody asked for, tidying up."""

from datetime import timedelta

from django.db import transaction
from django.utils import translation

from loket.engines.termijnen.kalender import volgende_werkdag
from loket.foundation.access.actor import Actor
from loket.foundation.database.sql import execute, rows
from loket.foundation.jobs.queue import job, periodic
from loket.foundation.time.clock import now, today
from loket.services.reacties import brieven, kanaal_uit, mails, post
from loket.services.reacties.categorieen import SOORTEN
from loket.services.reacties.commands.taken import breng_terug
from loket.services.reacties.commands.terugbellen import meld_wat_te_laat_is
from loket.services.reacties.concepten import BEWAAR_DAGEN


@periodic("15 8 * * 1-5", "reacties.bijna_te_laat")
def zeg_dat_het_bijna_zover_is() -> None:
    """On the working day before the promised day: say that it is not done yet, so that nobody has to call.

    Once for each reactie and promised day, however often this runs."""
    morgen = volgende_werkdag(today())
    bijna = rows(
        "select w.zaak_id from zaken_werkvoorraad w where w.antwoord_voor > %s and w.antwoord_voor <= %s"
        " and w.zaaktype = any(%s) and w.wacht_op <> 'bewoner' and w.ontvangen_op < %s",
        (today(), morgen, list(SOORTEN), now() - timedelta(days=1)),
    )
    with transaction.atomic():
        stukken = []
        for dossier in mails.dossiers(rij["zaak_id"] for rij in bijna).values():
            for link in dossier.links:
                if link.berichten and dossier.zaak.antwoord_voor:
                    with translation.override(link.taal):
                        brief = brieven.bijna(dossier.zaak)
                        sleutel = f"bijna:{dossier.id}:{link.id}:{dossier.zaak.antwoord_voor}"
                        stukken.append(mails.stuk(dossier, link, brief, sleutel))
        post.verstuur(stukken)
        kanaal_uit.zeg_dat_het_bijna_zover_is(rij["zaak_id"] for rij in bijna)


@job("reacties.stuur_link")
def stuur_link(*, nummer: str, email: str, sleutel: str) -> None:
    """Mail the link that somebody asked for, if number and address belong together. A job, so that the page takes
    equally long for a number that exists and one that does not."""
    with transaction.atomic():
        mails.stuur_link(nummer, email, sleutel)


@periodic("* * * * *", "reacties.terug")
def geef_terug_wat_niemand_oppakte() -> None:
    """Each minute: what nobody took up goes to its named coordinator, while there is time left to do it."""
    breng_terug(Actor.system("werkverdeling"))


@periodic("* * * * *", "reacties.bellen_te_laat")
def meld_gemiste_beloften() -> None:
    """Each minute: of a call-back whose promised moment passed, resident and coordinator hear."""
    meld_wat_te_laat_is(Actor.system("werkverdeling"))


@periodic("40 3 * * *", "reacties.opruimen")
def ruim_op() -> None:
    """Remove drafts that nobody sent, sent drafts that no confirmation needs any more, what is left of drafts of
    recorded conversations, and old counters."""
    grens = now() - timedelta(days=BEWAAR_DAGEN)
    execute("delete from reacties_concept where bijgewerkt_op < %s", (grens,))
    execute("delete from klanten_gesprek where afgerond_op < %s", (grens,))
    execute("delete from reacties_teller where venster < %s", (now() - timedelta(days=1),))

"""What was delivered is kept for a week, so that somebody can look; what was given up for a month."""

from datetime import timedelta

from loket.foundation.database.sql import execute
from loket.foundation.jobs.queue import periodic
from loket.foundation.time.clock import now

BEWAAR, BEWAAR_DOOD = timedelta(days=7), timedelta(days=30)


@periodic("17 * * * *", "notificaties.opruimen")
def ruim_op() -> None:
    """Remove notifications that everybody has, or that nobody sent again."""
    execute(
        """delete from notificaties_notificatie n where n.aangemaakt_op < %(grens)s and not exists (
            select from notificaties_aflevering f where f.notificatie_id = n.id and (
            f.stand = 'wacht' or (f.stand = 'dood' and f.sinds >= %(dood)s)))""",
        {"grens": now() - BEWAAR, "dood": now() - BEWAAR_DOOD},
    )

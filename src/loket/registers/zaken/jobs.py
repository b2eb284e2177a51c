"""What the register of zaken does by itself."""

from loket.foundation.database.sql import execute
from loket.foundation.jobs.queue import periodic

_OPTELLEN = """with weg as (delete from zaken_telling returning *)
insert into zaken_telling select organisatie_id, zaaktype_id, va_rang, sum(aantal) from weg
    group by 1, 2, 3 having sum(aantal) <> 0"""


@periodic("*/5 * * * *", "zaken_optellen")
def tel_op() -> None:
    """Add up what was counted since the last time; who asks meanwhile sees the same number."""
    execute(_OPTELLEN)

"""What every command begins with: may this be done with this zaak, was it done before, and which number comes next."""

from uuid import UUID

from loket.foundation.access.actor import Actor
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, row, value
from loket.foundation.errors import Forbidden, NotFound
from loket.foundation.identity.models import Organisatie
from loket.foundation.time.clock import now
from loket.registers.zaken import rules
from loket.registers.zaken.models import Zaak
from loket.registers.zaken.queries.zicht import zichtbaar


def voor(actor: Actor, handeling: str, zaak: Zaak | UUID, *, bewoner: bool = False) -> Zaak:
    """The zaak as it is now, locked until the end of the transaction, if `actor` may do `handeling` with it.

    `bewoner` says that residents may do this with a zaak of their own. Raises NotFound when the actor may not even know
    of the zaak, Forbidden when he or she may see it but not do this.
    """
    sleutel = zaak.id if isinstance(zaak, Zaak) else zaak
    if _gevonden(actor, handeling, sleutel, " for update of z") and (
        actor.kind in ("medewerker", "systeem", "applicatie") or bewoner
    ):
        return Zaak.objects.select_related("zaaktype").get(id=sleutel)
    if _gevonden(actor, rules.LEZEN, sleutel):
        raise Forbidden(f"{actor.naam or actor.kind} may not do {handeling} with this zaak.")
    raise NotFound("No such zaak.")


def _gevonden(actor: Actor, handeling: str, zaak: UUID, slot: str = "") -> bool:
    waar, params = zichtbaar(actor, handeling)
    return row(f"select 1 from zaken_zaak z where z.id = %(id)s and {waar}{slot}", {"id": zaak, **params}) is not None


def eenmalig(organisatie: UUID, handeling: str, sleutel: str, resultaat: UUID) -> UUID | None:
    """Claim the idempotency key `sleutel` for this command. None: go on, the result will be `resultaat`. A key: the
    command was already carried out, with that result. A second attempt at the same moment waits for the first; when the
    first is rolled back, the second goes on. Call it first in the transaction."""
    if execute(
        "insert into zaken_idempotentie (id, organisatie_id, handeling, sleutel, resultaat, aangemaakt_op)"
        " values (%s, %s, %s, %s, %s, %s) on conflict (organisatie_id, handeling, sleutel) do nothing",
        (uuid7(), organisatie, handeling, sleutel, resultaat, now()),
    ):
        return None
    earlier: UUID = value(
        "select resultaat from zaken_idempotentie where organisatie_id = %s and handeling = %s and sleutel = %s",
        (organisatie, handeling, sleutel),
    )
    return earlier


def naam_van_reeks(organisatie: Organisatie, jaar: int) -> str:
    """The name of the sequence of an organisation and year."""
    return f"zaken_nummer_{organisatie.id.hex}_{jaar}"


def maak_reeks(organisatie: Organisatie, jaar: int) -> str:
    """The PostgreSQL sequence from which the numbers of an organisation and year come, made when it is not there.

    Safe when two make it at once. Numbers of a transaction that is rolled back are skipped, never given twice.
    """
    reeks = naam_van_reeks(organisatie, jaar)
    if value("select to_regclass(%s::text) is null", (reeks,)):
        execute("select pg_advisory_xact_lock(hashtextextended(%s::text, 0))", (reeks,))
        execute(f"create sequence if not exists {reeks}")
    return reeks


_VOLGEND = """with n as materialized (select case when to_regclass(%(reeks)s::text) is not null
    then nextval(%(reeks)s::text) end as volg)
select n.volg, exists (select 1 from zaken_zaak z where z.organisatie_id = %(organisatie)s and z.identificatie =
    %(begin)s || lpad(n.volg::text, greatest(5, length(n.volg::text)), '0')) as bezet from n"""


def volgend_nummer(organisatie: Organisatie, jaar: int) -> str:
    """The next number of an organisation in a year, for ever its own: `LW-2026-04817`. A number that a client chose
    itself is passed over."""
    vraag = {
        "reeks": naam_van_reeks(organisatie, jaar),
        "organisatie": organisatie.id,
        "begin": f"{organisatie.afkorting}-{jaar}-",
    }
    while True:
        found = row(_VOLGEND, vraag)
        assert found is not None
        if found["volg"] is None:
            maak_reeks(organisatie, jaar)
        elif not found["bezet"]:
            return rules.nummer(organisatie.afkorting, jaar, found["volg"])

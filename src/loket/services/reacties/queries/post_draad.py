"""What a mail refers to: the reacties, and whether its sender takes part in them."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from loket.foundation.database.sql import row, rows
from loket.foundation.time.clock import today
from loket.services.reacties import rules
from loket.services.reacties.catalogus import SAMENGEVOEGD
from loket.services.reacties.post_besluit import Bekend
from loket.services.reacties.post_lezen import Lezing, nummers_van
from loket.services.reacties.queries.bewoner import reactie, volger_van

DRAAD = "reacties.draad"
"""Under this name the key of each mail that was placed is kept, with its zaak."""

# `mee`: who follows a number follows the zaken it was passed on to, and what it was merged with
_BEKEND = """
with kandidaat (rang, zaak, link) as (
    select 1, v.zaak_id, v.id from reacties_volglink v where v.id = any(%(tekens)s) and v.ingetrokken_op is null
    union all
    select 2, b.betreft, null from loket_mail_bericht b where b.id = any(%(berichten)s) and b.betreft is not null
    union all
    select 3, i.resultaat, null from zaken_idempotentie i
        where i.organisatie_id = %(organisatie)s and i.handeling = %(draad)s and i.sleutel = any(%(ids)s)
    union all
    select 4, z.id, null from zaken_zaak z
        where z.organisatie_id = %(organisatie)s and z.identificatie = any(%(nummers)s)),
waar as (
    select distinct on (k.rang, k.zaak, k.link) k.rang, k.zaak, k.link, z.einddatum, array(
        select r.andere_zaak_id from zaken_zaakrelatie r
        where r.zaak_id = k.zaak and r.aard_relatie in ('doorgezonden', 'duplicaat')) || k.zaak as mee
    from kandidaat k join zaken_zaak z on z.id = k.zaak)
select w.rang, w.zaak, coalesce(w.link, v.id) as link, w.einddatum,
    coalesce(w.link, v.id) is not null or coalesce(c.eerder, false) as van_hem
from waar w
left join lateral (
    select v.id from reacties_volglink v where w.link is null and v.zaak_id = any(w.mee)
        and lower(v.email) = %(afzender)s and v.ingetrokken_op is null
    order by v.meldt_mee, v.id limit 1) v on true
left join lateral (
    select true as eerder from klanten_onderwerpobject ob join klanten_klantcontact k on k.id = ob.klantcontact_id
    where w.link is null and v.id is null and ob.zaak_id = w.zaak and k.richting = 'in'
        and k.metadata ->> 'van' = %(afzender)s limit 1) c on true
order by w.rang, w.einddatum is not null, w.zaak"""


def draadsleutel(message_id: str) -> str:
    """Under which key a Message-ID is kept: a hash, for it may name its sender."""
    return hashlib.sha256(message_id.strip("<> ").encode("utf-8", "replace")).hexdigest()


def bekend(lezing: Lezing, organisatie: UUID) -> list[Bekend]:
    """The reacties that this mail refers to, the surest reference first."""
    waarden = waarnaar(lezing, organisatie)
    if not (waarden["tekens"] or waarden["berichten"] or waarden["ids"] or waarden["nummers"]):
        return []
    return [_bekend(rij) for rij in rows(_BEKEND, waarden)]


def waarnaar(lezing: Lezing, organisatie: UUID) -> dict[str, Any]:
    """The marks of this mail, as the statement wants them."""
    draad = lezing.brief.draad
    return {
        "tekens": list(lezing.tekens),
        "berichten": _uuids(draad.eigen_ids),
        "ids": [draadsleutel(each) for each in draad.andere_ids],
        "nummers": nummers_van(lezing.brief),
        "organisatie": organisatie,
        "draad": DRAAD,
        "afzender": lezing.afzender or None,  # nobody is known by no address
    }


def _uuids(ids: Iterable[str]) -> list[UUID]:
    return [UUID(each.strip("<>").partition("@")[0]) for each in ids]


def _bekend(rij: dict[str, Any]) -> Bekend:
    dicht, open_ = rij["einddatum"] is not None, False
    if dicht and rij["link"] is not None:  # the reactie may go on elsewhere: passed on, or merged
        gevonden = reactie(volger_van(rij["link"]))
        deel = gevonden.nu
        dicht = not gevonden.open
        open_ = (
            dicht
            and deel.einddatum is not None
            and deel.soort != "klacht"
            and deel.resultaat != SAMENGEVOEGD
            and today() <= rules.heropenen_tot(deel.einddatum)
        )
    return Bekend(rij["rang"], rij["zaak"], rij["link"], rij["van_hem"], dicht, open_)


def elders(post: dict[str, Any]) -> UUID | None:
    """What this mail became when it came in at another mailbox of the same organisation, or None."""
    gevonden = row(
        "select p.betreft from loket_inbox_post p where p.vingerafdruk = %(vingerafdruk)s and p.id <> %(id)s"
        " and p.postvak_id = any(array(select v.id from loket_inbox_postvak v"
        " where v.organisatie_id = %(organisatie)s))"
        " and p.stand = 'verwerkt' and p.betreft is not null limit 1",
        {"vingerafdruk": post["vingerafdruk"], "id": post["id"], "organisatie": post["organisatie_id"]},
    )
    return gevonden["betreft"] if gevonden else None


def zaak_van(betreft: UUID) -> UUID | None:
    """The zaak that a placed mail is in: it became that zaak, or a message in it."""
    gevonden = row(
        "select z.id from zaken_zaak z where z.id = %(id)s union all select ob.zaak_id from klanten_onderwerpobject ob"
        " where ob.klantcontact_id = %(id)s and ob.zaak_id is not null limit 1",
        {"id": betreft},
    )
    return gevonden["id"] if gevonden else None

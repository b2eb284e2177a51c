"""The audit trail of a hoofdobject, as the standard has it: what every write left in `Auditregel`."""

from loket.foundation.api.handlers import above
from loket.foundation.api.lane import Answer, Call, Handler
from loket.foundation.api.problem import Problem
from loket.foundation.api.resource import Resource
from loket.foundation.database.sql import row

_REGEL = """select row_to_json(r) as r from loket_api_auditregel a cross join lateral (select a.id as uuid, a.bron,
    coalesce(a.applicatie::text, '') as "applicatieId", a.applicatie_weergave as "applicatieWeergave",
    a.gebruiker as "gebruikersId", a.gebruiker_weergave as "gebruikersWeergave", a.actie,
    a.weergave as "actieWeergave", a.resultaat, %(origin)s::text || a.hoofdobject_url as "hoofdObject", a.resource,
    %(origin)s::text || a.resource_url as "resourceUrl", a.toelichting, a.resource as "resourceWeergave",
    a.aanmaakdatum, json_build_object('oud', a.oud, 'nieuw', a.nieuw) as wijzigingen) r
    where a.hoofdobject = %(under)s"""


def audittrail(main: Resource) -> dict[str, Handler]:
    """The handlers `audittrail_list` and `audittrail_retrieve` below the objects of `main`."""

    def lijst(call: Call) -> Answer:
        above(main, call)
        found = row(
            f"select coalesce(json_agg(q.r order by q.r ->> 'uuid'), '[]')::text as body from ({_REGEL}) q",
            {"origin": call.origin, "under": call.under},
        )
        assert found is not None
        return Answer(found["body"].encode())

    def een(call: Call) -> Answer:
        above(main, call)
        found = row(
            f"select q.r::text as body from ({_REGEL} and a.id = %(key)s) q",
            {"origin": call.origin, "under": call.under, "key": call.key},
        )
        if found is None:
            raise Problem(404)
        return Answer(found["body"].encode())

    return {"audittrail_list": lijst, "audittrail_retrieve": een}

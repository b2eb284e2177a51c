"""Telling the owner of an article that its last day comes, and that it passed."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from loket.foundation.database.sql import rows
from loket.foundation.jobs.queue import periodic
from loket.foundation.mail.outbox import Mail, send_many
from loket.foundation.time.clock import today
from loket.foundation.web.dates import long_date

_AFLOPEND = """
select a.id, a.organisatie_id, a.geldig_tot, v.vraag, a.geldig_tot < %(dag)s as verlopen,
    case when g.is_active and g.email <> '' then g.email end as eigenaar, vg.email as vervanger,
    c.email as coordinator, t.email as team
from kennis_artikel a
join kennis_versie v on v.id = a.versie_id
join loket_identity_gebruiker g on g.id = a.eigenaar_id
join loket_identity_team t on t.id = a.team_id
left join loket_identity_gebruiker c on c.id = t.coordinator_id and c.is_active
left join loket_identity_afwezigheid w on w.gebruiker_id = g.id and %(dag)s between w.van and w.tot_en_met
left join loket_identity_gebruiker vg on vg.id = w.vervanger_id and vg.is_active
left join kennis_instelling i on i.organisatie_id = a.organisatie_id
where a.status = 'gepubliceerd' and a.geldig_tot <= %(dag)s + coalesce(i.herinner_dagen, 14)
order by a.geldig_tot, v.vraag, a.id"""


@periodic("30 7 * * *", "kennis.herinner")
def herinner() -> None:
    """Each morning: mail to the owner of each article whose last day comes or passed, once for each of the two. Who is
    away has it sent to the substitute too; where an owner left, the coordinator of the team gets it."""
    mails = []
    with translation.override("nl"), transaction.atomic():
        for rij in rows(_AFLOPEND, {"dag": today()}):
            sleutel = f"kennis:{rij['id']}:{rij['geldig_tot']}:{'verlopen' if rij['verlopen'] else 'straks'}"
            voor = {rij["eigenaar"], rij["vervanger"]} - {None, ""} or {rij["coordinator"] or rij["team"]} - {None, ""}
            mails += [
                Mail(
                    to=adres,
                    subject=_onderwerp(rij),
                    text=_tekst(rij),
                    key=f"{sleutel}:{adres}",
                    organisatie=rij["organisatie_id"],
                    betreft=rij["id"],
                )
                for adres in sorted(voor)
            ]
        send_many(mails)


def _onderwerp(rij: dict[str, Any]) -> str:
    if rij["verlopen"]:
        return _("Verlopen: %(vraag)s") % {"vraag": rij["vraag"]}
    return _("Nakijken voor %(dag)s: %(vraag)s") % {"dag": _dag(rij["geldig_tot"]), "vraag": rij["vraag"]}


def _tekst(rij: dict[str, Any]) -> str:
    regels = [
        _("U bent eigenaar van het artikel “%(vraag)s”.") % {"vraag": rij["vraag"]},
        _("Het klopte tot en met %(dag)s. Bewoners zien het nu niet meer.") % {"dag": _dag(rij["geldig_tot"])}
        if rij["verlopen"]
        else _("Het klopt tot en met %(dag)s. Daarna zien bewoners het niet meer.") % {"dag": _dag(rij["geldig_tot"])},
        _("Kijk of het nog klopt. Kies dan een nieuwe datum, of trek het in:"),
        settings.LOKET_URL + reverse("kennis:artikel", args=[rij["id"]]),
    ]
    return "\n\n".join(regels)


def _dag(dag: date) -> str:
    return long_date(dag, "nl", weekday=False)

"""Answers go back through the channel that the resident used, in the words of the mails; and what did not arrive stands
in the file for whoever handles it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.audit.use import Use
from loket.foundation.channels.events import BerichtMislukt
from loket.foundation.channels.outbox import send
from loket.foundation.channels.queries import gesprekken
from loket.foundation.database.sql import rows
from loket.foundation.errors import Refused
from loket.foundation.events.event import Delivery
from loket.foundation.events.listeners import listen
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.events import StatusGezet
from loket.services.reacties import brieven, events, mails
from loket.services.reacties.brieven import Brief, Zaakgegevens
from loket.services.reacties.queries.bewoner import reactie, volger_van
from loket.services.reacties.verhaal import dag


@dataclass(frozen=True)
class Tekst:
    """One answer on its way."""

    dossier: mails.Dossier
    link: mails.Link
    brief: Brief
    sleutel: str


@listen(
    events.ReactieOntvangen,
    StatusGezet,
    events.ReactieBeantwoord,
    events.ReactieDoorgezonden,
    events.ReactieVertraagd,
    events.ReactieAfgesloten,
    events.ReactieHeropend,
    events.ReactieIngetrokken,
    events.ReactieSamengevoegd,
    name="reacties.kanaal_uit",
)
def antwoord_in_gesprek(deliveries: Sequence[Delivery]) -> None:
    """Queue what these events say to those who wrote by a messaging channel, with the data-use line of each."""
    per_zaak: dict[UUID, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        if not isinstance(delivery.event, StatusGezet) or delivery.event.statustype in mails.STAPPEN:
            per_zaak[delivery.event.subject].append(delivery)
    zaken_in_gesprek = _in_gesprek(per_zaak)
    if not zaken_in_gesprek:
        return
    wie = gesprekken(list({link for links in zaken_in_gesprek.values() for link in links}))
    feiten = mails.Feiten(deliveries)
    for zaak, dossier in mails.dossiers(zaken_in_gesprek, zonder_adres=True).items():
        for tekst in _teksten(dossier, per_zaak[zaak], feiten):
            if gesprek := wie.get(tekst.link.id):
                _verstuur(tekst, gesprek)


_IN_GESPREK = """
select z.id as zaak, b.betreft as link from zaken_zaak z
join reacties_volglink v on v.ingetrokken_op is null and v.zaak_id in (
    select z.id union select r.andere_zaak_id from zaken_zaakrelatie r
    where r.zaak_id = z.id and r.aard_relatie in ('doorgezonden', 'duplicaat'))
join loket_channels_bericht b on b.betreft = v.id and b.richting = 'in'
where z.id = any(%s)"""


def _in_gesprek(zaken_: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Of these zaken, those that somebody follows who wrote by a messaging channel: which links."""
    gevonden: dict[UUID, set[UUID]] = defaultdict(set)
    for rij in rows(_IN_GESPREK, (list(zaken_),)):
        gevonden[rij["zaak"]].add(rij["link"])
    return gevonden


def _teksten(dossier: mails.Dossier, wat: Sequence[Delivery], feiten: mails.Feiten) -> Iterable[Tekst]:
    for link, brief, delivery in mails.brieven_over(dossier, wat, feiten):
        with translation.override(link.taal):
            if isinstance(delivery.event, events.ReactieOntvangen):
                brief = bevestiging(dossier.zaak)
            yield Tekst(dossier, link, brief, f"reacties:{delivery.id}:{link.id}")


def zeg_dat_het_bijna_zover_is(zaken_: Iterable[UUID]) -> None:
    """On the working day before the promised day, to those who wrote by a messaging channel. Once for each reactie and
    promised day."""
    in_gesprek = _in_gesprek(zaken_)
    if not in_gesprek:
        return
    wie = gesprekken(list({link for links in in_gesprek.values() for link in links}))
    for dossier in mails.dossiers(in_gesprek, zonder_adres=True).values():
        dag_ = dossier.zaak.antwoord_voor
        for link in dossier.links:
            if link.id in wie and link.berichten and dag_:
                with translation.override(link.taal):
                    tekst = Tekst(dossier, link, brieven.bijna(dossier.zaak), f"bijna:{dossier.id}:{link.id}:{dag_}")
                    _verstuur(tekst, wie[link.id])


def bevestiging(zaak: Zaakgegevens) -> Brief:
    """It came in: the number, the day, and how the conversation goes on."""
    alineas = [
        _("Bedankt. Uw %(soort)s is binnen. Uw nummer is %(nummer)s.") % {"soort": zaak.woord, "nummer": zaak.nummer}
    ]
    if zaak.antwoord_voor:
        alineas.append(_("U hoort uiterlijk %(dag)s van ons.") % {"dag": dag(zaak.antwoord_voor)})
    alineas.append(_("Wat u hier nog schrijft, komt erbij. Wilt u iets anders melden? Begin dan met NIEUW."))
    return Brief("", tuple(alineas), knop=_("Volg uw %(soort)s") % {"soort": zaak.woord})


def in_woorden(brief: Brief, adres: str) -> str:
    """A letter as one message: without the lines that only a letter needs."""
    delen = [brief.onderwerp, brief.alineas[0], brief.citaat.strip(), *brief.alineas[1:]]
    if adres:
        delen.append(f"{brief.knop}: {adres}")
    return "\n\n".join(deel for deel in delen if deel)


def _verstuur(tekst: Tekst, gesprek: dict[str, Any]) -> None:
    dossier, link = tekst.dossier, tekst.link
    adres = ""
    if link.sleutel and tekst.brief.knop:
        adres = f"{settings.LOKET_URL}{reverse('reacties:volg', args=[link.sleutel])}"
    send(
        organisatie=gesprek["organisatie_id"],
        kanaal=gesprek["kanaal_id"],
        soort=gesprek["soort"],
        to=gesprek["tegenpartij"],
        text=in_woorden(tekst.brief, adres),
        key=tekst.sleutel,
        betreft=link.id,
    )
    if link.pseudoniem:
        functie = translation.gettext_noop("automatisch bericht")
        wij = Actor("systeem", naam="kanaal", organisatie=dossier.organisatie, functie=functie)
        Use(wij, mails.BERICHTEN, dossier.id).log([link.pseudoniem])


@listen(BerichtMislukt, name="reacties.kanaal_mislukt")
def vertel_dat_het_niet_aankwam(deliveries: Sequence[Delivery]) -> None:
    """A note in the open zaak, for who handles it: the resident must be reached otherwise."""
    gevonden = rows(
        "select b.betreft as link, k.naam as kanaal from loket_channels_bericht b"
        " join loket_channels_kanaal k on k.id = b.kanaal_id join reacties_volglink v on v.id = b.betreft"
        " where b.id = any(%s) and b.richting = 'uit' and v.ingetrokken_op is null",
        ([delivery.event.subject for delivery in deliveries],),
    )
    zin = _("Ons bericht via %s kwam niet aan. Bereik deze bewoner op een andere manier.")
    for rij in gevonden:
        deel = reactie(volger_van(rij["link"])).nu
        with suppress(Refused), transaction.atomic():  # in a closed zaak nothing is written any more
            zaken.schrijf_notitie(Actor.system("kanaal", deel.organisatie), deel.id, zin % rij["kanaal"])

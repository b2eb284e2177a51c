"""The formal complaints of the demo: what each organisation settled, the steps of the open ones, and two in the middle
of the procedure: one is heard this week, of the other the report is there and the ending must be written."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from loket.assembly.demo.inrichting import Wereld
from loket.engines.termijnen.kalender import tel_werkdagen
from loket.engines.termijnen.klachten import afschrift_aan_beklaagde
from loket.foundation.access.actor import load
from loket.foundation.identity.models import Gebruiker
from loket.foundation.time.clock import AMSTERDAM, frozen
from loket.registers.zaken.models import Zaak
from loket.services.reacties.commands import klacht
from loket.services.reacties.models import Klachtregeling, Klachtstap

BEREIK = "Nationale ombudsman\nPostbus 93122, 2509 AC Den Haag\nTelefoon 0800 33 55 555 (gratis)\nnationaleombudsman.nl"
KLAAR = timedelta(days=5)
"""How long before the end the complainant was heard."""


def behandel_klachten(wereld: Wereld, tot: datetime) -> int:
    """Settle what the law asks of an organisation, and let complaints take their steps, up to now. Gives how many steps
    were written."""
    Klachtregeling.objects.bulk_create(
        Klachtregeling(
            organisatie=organisatie,
            ombudsman="Nationale ombudsman",
            ombudsman_bereik=BEREIK,
            commissie="Klachtencommissie Lindewaard" if code == "LW" else "",
        )
        for code, organisatie in wereld.organisaties.items()
    )
    zaken = list(
        Zaak.objects.filter(zaaktype__identificatie="klacht")
        .select_related("werk", "organisatie")
        .order_by("startdatum", "id")
    )
    open_ = [zaak for zaak in zaken if zaak.einddatum is None and zaak.organisatie.afkorting == "LW"]
    in_het_midden = [z for z in open_ if 7 <= (tot.date() - z.startdatum).days <= 38][:2]
    stappen = [stap for zaak in zaken if zaak not in in_het_midden for stap in _stappen(zaak, tot)]
    Klachtstap.objects.bulk_create(stappen)
    for n, zaak in enumerate(in_het_midden):
        _loop(zaak, tot, gehoord=n == 0)
    return len(stappen)


def _stappen(zaak: Zaak, tot: datetime) -> list[Klachtstap]:
    """The steps that were done: of an ended complaint the hearing; who complains now mostly does not want one."""
    if zaak.einddatum is not None:
        if zaak.id.int % 3 == 0:
            return []
        gehoord = max(zaak.startdatum, zaak.einddatum - KLAAR)
        return [_gedaan(zaak, "afschrift", gehoord, "gestuurd"), _gedaan(zaak, "horen", gehoord, "gehoord")]
    dag = afschrift_aan_beklaagde(zaak.startdatum).laatste_dag
    if dag >= tot.date():
        return []
    stappen = [_gedaan(zaak, "afschrift", dag, "niemand")]
    gesprek = tel_werkdagen(zaak.startdatum, 12)
    if gesprek < tot.date() and zaak.id.int % 5:
        stappen.append(_gedaan(zaak, "horen", gesprek, "afgezien", grond="WIL_NIET"))
    return stappen


def _gedaan(zaak: Zaak, soort: str, dag: date, uitkomst: str, grond: str = "") -> Klachtstap:
    op = datetime.combine(dag, time(10), AMSTERDAM)
    return Klachtstap(
        organisatie_id=zaak.organisatie_id,
        zaak=zaak,
        soort=soort,
        gedaan_op=op,
        uitkomst=uitkomst,
        grond=grond,
        aangemaakt_op=op,
    )


def _loop(zaak: Zaak, tot: datetime, *, gehoord: bool) -> None:
    """Let a complaint take its steps by the commands, as its handler does."""
    werk = zaak.werk
    if werk.behandelaar_id is None:
        return
    wie = load(werk.behandelaar_id)
    collega = _over(zaak, werk.behandelaar_id)
    begin = datetime.combine(tel_werkdagen(zaak.startdatum, 1), time(11), AMSTERDAM)
    gesprek = datetime.combine(
        tel_werkdagen(zaak.startdatum, 3) if gehoord else tel_werkdagen(tot.date(), 2), time(10), AMSTERDAM
    )
    with frozen(begin):
        klacht.stuur_afschrift(wie, zaak, medewerker=collega, waarom="Het team.", idempotency_key=f"demo {zaak.id}")
    with frozen(begin + timedelta(hours=2)):
        klacht.plan_horen(
            wie,
            zaak,
            moment=gesprek,
            plaats="Stadhuis, spreekkamer 2",
            wie=werk.behandelaar_id,
            wie_naam=wie.naam,
            idempotency_key=f"demo {zaak.id}",
        )
    if gehoord:
        with frozen(gesprek + timedelta(hours=5)):
            klacht.maak_verslag(wie, zaak, tekst=VERSLAG, idempotency_key=f"demo {zaak.id}")


VERSLAG = (
    "Aanwezig: de klager en de klachtbehandelaar.\n\n"
    "De klager vertelt dat zij twee keer is weggestuurd zonder uitleg. Zij wil weten hoe het anders kan.\n\n"
    "De collega zegt dat het druk was en dat uitleg er toen bij inschoot. Dat spijt hem."
)


def _over(zaak: Zaak, behandelaar: UUID) -> UUID | None:
    """Whom a complaint is about: somebody of the counter."""
    return (
        Gebruiker.objects.filter(organisatie_id=zaak.organisatie_id, is_active=True, lidmaatschappen__team__lijn=1)
        .exclude(id=behandelaar)
        .order_by("-naam")
        .values_list("id", flat=True)
        .first()
    )

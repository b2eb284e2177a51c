"""The acts of the complaint procedure (Awb title 9.1), from receipt to ending. Each needs `reactie.beantwoorden` with
the complaint, is done once however often its form is sent, and leaves a step, a line in the trail and an event; what
the law orders in writing is written in the same act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.engines.termijnen import klachten
from loket.foundation.access.actor import Actor
from loket.foundation.errors import Refused
from loket.foundation.time.clock import AMSTERDAM, now, today
from loket.registers.documenten import queries as documenten
from loket.registers.zaken import commands as zaken
from loket.registers.zaken.models import Zaak
from loket.services.reacties import brieven_klacht as brieven
from loket.services.reacties import catalogus, rules_klacht
from loket.services.reacties.commands.behandeling import noem_betrokken_medewerker, schrijf_klager
from loket.services.reacties.commands.brief import maak_brief
from loket.services.reacties.klachtwerk import (
    advies_mee,
    controleer_oordeel,
    eerst,
    eindig,
    klaagschrift,
    mail_collega,
    niet_al,
    slot_ombudsman,
    stap,
    taal,
    taal_van,
    zet,
)
from loket.services.reacties.models import Klachtstap
from loket.services.reacties.queries import klacht as queries


@stap("ontvangst")
def bevestig_ontvangst(actor: Actor, zaak: Zaak, sleutel: str) -> None:
    """Awb 9:6: confirm the receipt in writing, with who handles it and until when. Who left an e-mail address got that
    at once."""
    niet_al(zaak, "ontvangst")
    feiten = queries.procedure(zaak.id).feiten
    with taal(zaak):
        waarom = rules_klacht.termijn(feiten).waarom(taal_van(zaak))
        tekst = brieven.ontvangst(zaak.identificatie, zaak.startdatum, feiten.behandelaar_naam, waarom)
    schrijf_klager(actor, zaak, tekst, idempotency_key=sleutel)
    zet(actor, zaak, "ontvangst")


@stap("commissie")
def meld_commissie(actor: Actor, zaak: Zaak, sleutel: str) -> None:
    """Awb 9:15, first paragraph: tell the complainant that the person or committee of the organisation advises; from
    now on the term is ten weeks (9:11). Refused: none is settled (`geen-commissie`), the six weeks are over
    (`termijn-voorbij`), or the handling was adjourned before (`al-verdaagd`)."""
    niet_al(zaak, "commissie")
    stand = queries.procedure(zaak.id)
    if not stand.regeling.commissie:
        raise Refused("geen-commissie", _("Uw organisatie heeft geen commissie voor klachten (artikel 9:14 Awb)."))
    if stand.feiten.al_verdaagd:
        raise Refused("al-verdaagd", _("De klacht is al verdaagd. Een commissie meldt u aan het begin."))
    if today() > rules_klacht.termijn(stand.feiten).laatste_dag:
        raise Refused("termijn-voorbij", _("De termijn is voorbij. Een commissie meldt u aan het begin."))
    tien = klachten.klacht(zaak.startdatum, commissie=True)
    with taal(zaak):
        tekst = brieven.commissie(zaak.identificatie, stand.regeling.commissie, tien.waarom(taal_van(zaak)))
    schrijf_klager(actor, zaak, tekst, idempotency_key=sleutel)
    dag = tien.laatste_dag
    zaken.werk_bij(
        actor,
        zaak,
        antwoord_voor=dag,
        einddatum_gepland=dag,
        uiterlijke_einddatum_afdoening=dag,
        waarom="afdeling 9.1.3 Awb",
    )
    zet(actor, zaak, "commissie", uitkomst=stand.regeling.commissie)
    advies = klachten.advies_commissie(zaak.startdatum).laatste_dag
    zet(actor, zaak, "advies", gedaan=False, gepland=advies, eigenaar_id=stand.feiten.behandelaar)


@stap("afschrift")
def stuur_afschrift(
    actor: Actor, zaak: Zaak, sleutel: str, *, medewerker: UUID | None = None, waarom: str = ""
) -> None:
    """Awb 9:9: send the complaint, with what came with it, to the employee whom it is about; he or she never sees the
    file from now on (9:7). Without `medewerker` it is about nobody in particular, and `waarom` says so. More than one:
    once for each. Refused: who handles it (`eerst-overdragen`), or nobody without a reason (`required`)."""
    if medewerker is None:
        niet_al(zaak, "afschrift")
        if not waarom.strip():
            raise Refused("required", _("Schrijf op waarom de klacht niet over één collega gaat."), "waarom")
        zet(actor, zaak, "afschrift", uitkomst="niemand", toelichting=waarom)
        return
    noem_betrokken_medewerker(actor, zaak, medewerker, waarom)
    wie = next(each for each in queries.over_wie(zaak.id) if each["id"] == medewerker)
    klacht, meegestuurd = klaagschrift(actor, zaak)
    with override("nl"):
        onderwerp, tekst = brieven.afschrift_collega(zaak.identificatie, zaak.startdatum)
        document = maak_brief(
            actor,
            zaak,
            f"{tekst}\n\n{klacht}",
            idempotency_key=f"{sleutel}:{medewerker}",
            titel=_("Afschrift van de klacht"),
            aan=wie["naam"],
            tonen=False,
        )
    mail_collega(zaak, wie, onderwerp, tekst, sleutel, [documenten.lees(actor, document), *meegestuurd])
    zet(
        actor,
        zaak,
        "afschrift",
        uitkomst="gestuurd" if wie["email"] else "op_papier",
        toelichting=", ".join(each["naam"] for each in queries.over_wie(zaak.id)),
        document_id=document,
    )


@stap("informeel")
def los_informeel_op(actor: Actor, zaak: Zaak, sleutel: str, *, afspraak: str, tevreden: bool) -> None:
    """Awb 9:5: what was talked about, by telephone or otherwise. Only when the complainant is satisfied the handling
    ends, and that is confirmed in writing; otherwise the formal procedure goes on. Refused without words
    (`required`)."""
    if not afspraak.strip():
        raise Refused("required", _("Schrijf op wat u met de klager besprak."), "afspraak")
    if not klachten.verplichting_vervalt(tegemoetgekomen=True, klager_tevreden=tevreden):
        zet(actor, zaak, "informeel", uitkomst="niet_tevreden", toelichting=afspraak)
        return
    zet(actor, zaak, "informeel", uitkomst="tevreden", toelichting=afspraak)
    with taal(zaak):
        tekst = brieven.informeel(zaak.identificatie, afspraak)
    eindig(actor, zaak, tekst, sleutel, catalogus.OPGELOST, afspraak)


@stap("niet")
def behandel_niet(actor: Actor, zaak: Zaak, sleutel: str, *, grond: str, waarom: str, gedraging: Any = None) -> None:
    """Awb 9:8: do not take it up, on one of its grounds, in writing with the reason and the ombudsman; at the latest
    four weeks after receipt (later with an apology: the law attaches no other consequence). Refused as
    `rules_klacht.awb_9_8`, without a reason (`required`) or an ombudsman (`ombudsman`)."""
    gekozen = rules_klacht.awb_9_8(grond, gedraging, zaak.startdatum)
    if not waarom.strip():
        raise Refused("required", _("Schrijf in gewone woorden waarom."), "waarom")
    laatste = klachten.klacht_niet_in_behandeling(zaak.startdatum).laatste_dag
    with taal(zaak):
        slot = slot_ombudsman(zaak)
        tekst = brieven.niet(zaak.identificatie, gekozen, waarom, laatste if today() > laatste else None, slot)
        titel = _("Uw klacht nemen wij niet in behandeling")
    document = maak_brief(actor, zaak, tekst, idempotency_key=sleutel, titel=titel)
    zet(actor, zaak, "niet", grond=gekozen.artikel, toelichting=waarom, document_id=document)
    eindig(actor, zaak, tekst, sleutel, catalogus.NIET_IN_BEHANDELING, waarom, document)


@stap("horen")
def plan_horen(
    actor: Actor, zaak: Zaak, sleutel: str, *, moment: datetime, plaats: str, wie: UUID, wie_naam: str = ""
) -> None:
    """Awb 9:10: invite the complainant and whom it is about to be heard, by somebody who was not involved (9:7). Again:
    another moment, and new invitations. The report gets its day and owner too. Refused: before the copy was sent
    (`eerst-afschrift`), in the past (`invalid`), no place (`required`), somebody involved (`betrokken`)."""
    stand = queries.procedure(zaak.id)
    eerst(stand.feiten, "afschrift", _("Stuur eerst een afschrift aan wie de klacht betreft (artikel 9:9 Awb)."))
    over = queries.over_wie(zaak.id)
    rules_klacht.awb_9_7(wie, (each["id"] for each in over))
    if moment <= now():
        raise Refused("invalid", _("Kies een moment dat nog moet komen."), "dag")
    if not plaats.strip():
        raise Refused("required", _("Schrijf op waar het gesprek is."), "plaats")
    with taal(zaak):
        tekst = brieven.uitnodiging(zaak.identificatie, moment, plaats, wie_naam)
    schrijf_klager(actor, zaak, tekst, idempotency_key=sleutel)
    for each in over:
        with override("nl"):
            onderwerp, woorden = brieven.uitnodiging_collega(zaak.identificatie, moment, plaats, wie_naam)
        mail_collega(zaak, each, onderwerp, woorden, sleutel)
    dag = moment.astimezone(AMSTERDAM).date()
    velden: dict[str, Any] = {"moment": moment, "plaats": plaats, "eigenaar_id": wie, "uitkomst": ""}
    zet(actor, zaak, "horen", gedaan=False, gepland=dag, **velden)
    verslag = klachten.verslag_van_horen(dag).laatste_dag
    zet(actor, zaak, "verslag", gedaan=False, gepland=verslag, eigenaar_id=wie)


@stap("afzien")
def zie_af_van_horen(actor: Actor, zaak: Zaak, sleutel: str, *, grond: str, waarom: str) -> None:
    """Awb 9:10, second paragraph: do not hear the complainant, on one of its grounds. Whom it is about still gets the
    opportunity. Refused: another ground (`grond`), no reason (`required`), before the copy (`eerst-afschrift`)."""
    if grond not in klachten.AfzienVanHoren.__members__:
        raise Refused("grond", _("Kies waarom u de klager niet hoeft te horen."), "grond")
    if not waarom.strip():
        raise Refused("required", _("Schrijf in gewone woorden waarom."), "waarom")
    feiten = queries.procedure(zaak.id).feiten
    eerst(feiten, "afschrift", _("Stuur eerst een afschrift aan wie de klacht betreft (artikel 9:9 Awb)."))
    if feiten.gedaan("horen"):
        raise Refused("al-gedaan", _("De klager is al gehoord."))
    if "beklaagde" in klachten.wie_horen(klachten.AfzienVanHoren[grond]):
        for each in queries.over_wie(zaak.id):
            with override("nl"):
                onderwerp, tekst = brieven.kans_collega(zaak.identificatie)
            mail_collega(zaak, each, onderwerp, tekst, sleutel)
    Klachtstap.objects.filter(zaak=zaak, soort="verslag", gedaan_op=None).update(vervallen=True)
    zet(actor, zaak, "horen", uitkomst="afgezien", grond=grond, toelichting=waarom)


@stap("verslag")
def maak_verslag(actor: Actor, zaak: Zaak, sleutel: str, *, tekst: str, tonen: bool = True) -> None:
    """Awb 9:10, third paragraph: the report of the hearing, kept as a document; the complainant reads it when `tonen`.
    Refused: no hearing was planned or it has yet to come (`eerst-horen`), or no words (`required`)."""
    horen = queries.procedure(zaak.id).feiten.stap("horen")
    if horen is None or horen.moment is None or horen.uitkomst == "afgezien":
        raise Refused("eerst-horen", _("Plan eerst het gesprek (artikel 9:10 Awb)."))
    if horen.moment > now():
        raise Refused("eerst-horen", _("Het gesprek moet nog komen."))
    if not tekst.strip():
        raise Refused("required", _("Schrijf op wat er is gezegd."), "tekst")
    titel = _("Verslag van het horen")
    document = maak_brief(actor, zaak, tekst, idempotency_key=sleutel, titel=titel, aan="", tonen=tonen)
    if tonen:
        with taal(zaak):
            schrijf_klager(
                actor,
                zaak,
                _("Hierbij het verslag van ons gesprek."),
                idempotency_key=f"{sleutel}:mee",
                bijlagen=[document],
            )
    zet(actor, zaak, "horen", gedaan_op=horen.moment, uitkomst="gehoord")
    zet(actor, zaak, "verslag", document_id=document)


@stap("advies")
def leg_advies_vast(actor: Actor, zaak: Zaak, sleutel: str, *, oordeel: str, tekst: str) -> None:
    """Awb 9:15, fourth paragraph: the findings and advice of the committee, as a document that goes with the ending
    when that differs (9:16). Refused: no committee (`geen-commissie`), no such judgment (`oordeel`), no words
    (`required`)."""
    if not queries.procedure(zaak.id).feiten.commissie:
        raise Refused("geen-commissie", _("Voor deze klacht is geen commissie gemeld."))
    controleer_oordeel(oordeel)
    if not tekst.strip():
        raise Refused("required", _("Schrijf het advies over."), "tekst")
    titel = _("Advies van de commissie")
    document = maak_brief(actor, zaak, tekst, idempotency_key=sleutel, titel=titel, aan="", tonen=False)
    zet(actor, zaak, "advies", uitkomst=oordeel, toelichting=tekst, document_id=document)


@stap("afdoening")
def doe_af(
    actor: Actor,
    zaak: Zaak,
    sleutel: str,
    *,
    oordeel: str,
    bevindingen: str,
    conclusies: str,
    afwijking: str = "",
) -> None:
    """Awb 9:12: end it in writing with findings, judgment, conclusions, and the ombudsman; the complaint is closed with
    it. Whom it is about hears how it ended. Refused as `rules_klacht.awb_9_12` and `awb_9_16`, or no judgment
    (`oordeel`)."""
    controleer_oordeel(oordeel)
    feiten = queries.procedure(zaak.id).feiten
    regeling = queries.regeling(zaak.organisatie_id)
    tot = klachten.verzoek_aan_ombudsman(today()).laatste_dag
    rules_klacht.awb_9_12(
        feiten,
        bevindingen=bevindingen,
        oordeel=oordeel,
        conclusies=conclusies,
        ombudsman=regeling.ombudsman,
        tot=tot,
    )
    advies = Klachtstap.objects.filter(zaak=zaak, soort="advies", gedaan_op__isnull=False, vervallen=False).first()
    rules_klacht.awb_9_16(advies.uitkomst if advies else "", oordeel, afwijking)
    horen = feiten.stap("horen")
    with taal(zaak):
        tekst = brieven.afdoening(
            zaak.identificatie,
            zaak.startdatum,
            bevindingen=bevindingen,
            oordeel=oordeel,
            conclusies=conclusies,
            afwijking=afwijking,
            niet_gehoord=brieven.afzien_in_woorden(horen.grond) if horen and feiten.niet_gehoord else "",
            slot=brieven.ombudsman(regeling, tot),
        )
        titel = _("Ons oordeel over uw klacht")
    document = maak_brief(actor, zaak, tekst, idempotency_key=sleutel, titel=titel)
    zet(actor, zaak, "afdoening", uitkomst=oordeel, document_id=document)
    mee = [advies_mee(actor, zaak, advies, sleutel)] if advies and afwijking.strip() else []
    eindig(actor, zaak, tekst, sleutel, oordeel, conclusies, document, *mee)

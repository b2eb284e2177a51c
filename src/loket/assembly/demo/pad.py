"""The way of one zaak of the demo through the lines of an organisation, by chance and in believable times."""

from datetime import datetime, timedelta

from loket.assembly.demo.rijen import Rijen
from loket.assembly.demo.teksten.antwoorden import (
    Antwoord,
    maak_antwoord,
    maak_notitie,
)
from loket.assembly.demo.teksten.personen import team_voor
from loket.foundation.identity.models import Gebruiker, Team
from loket.foundation.time.clock import AMSTERDAM
from loket.registers.catalogi.rules import rang
from loket.services.reacties import catalogus, rules

LAAT = 0.06
"""The part that takes longer than promised."""


class Pad(Rijen):
    """The way of one zaak through the lines of one organisation."""

    def loop(self) -> None:
        """First line, perhaps second and third, an answer, the end; or as far as today."""
        s, rng = self.s, self.s.rng
        klacht = self.tekst.soort == "klacht"
        zelf = {"vraag": 0.62, "compliment": 0.9, "melding": 0.14, "klacht": 0.0}[self.tekst.soort]
        opgenomen = s.werkmoment(self.begin, 0 if rng.random() < 0.75 else 1)
        if klacht:
            team = s.wereld.teams["klachten" if self.code == "LW" else "waterschapsloket"]
            coordinator = s.wereld.mensen[self._code(team)][0]
            self._toewijzing(team, coordinator, self.begin, None, "systeem")
            self._behandel(team, coordinator, opgenomen)
            return
        vers = s.tot - self.begin < timedelta(days=4) and (self.code == "GT" or rng.random() < 0.6)
        if vers or opgenomen >= s.tot:
            self._toewijzing(self.eerste_team, None, self.begin, None, "systeem")
            self._open(self.eerste_team, None)
            return
        self._toewijzing(self.eerste_team, None, self.begin, opgenomen, "systeem")
        if rng.random() < zelf:
            self._toewijzing(self.eerste_team, self.eerste, opgenomen, None, self.eerste.naam)
            self._behandel(self.eerste_team, self.eerste, opgenomen)
            return
        gegevens = team_voor(self.tekst.domein, waterschap=self.code == "GT", noord=self.r.plek.y >= self.s.midden)
        team = s.wereld.teams[gegevens.code]
        if team is self.eerste_team:
            self._toewijzing(team, self.eerste, opgenomen, None, self.eerste.naam)
            self._behandel(team, self.eerste, opgenomen)
            return
        self._hand_over(team, opgenomen)

    def _hand_over(self, team: Team, gegeven: datetime) -> None:
        s, rng = self.s, self.s.rng
        opgepakt = s.werkmoment(gegeven, 0 if rng.random() < 0.5 else 1)
        vraag = (
            "Willen jullie dit oppakken?" if rng.random() < 0.5 else "Kunnen jullie kijken en de bewoner antwoorden?"
        )
        tweede = self._iemand(team)
        bezig = opgepakt < s.tot
        self._taak(
            "doorzetten",
            vraag,
            gegeven,
            self.eerste,
            team=team,
            door_wie=tweede,
            opgepakt=opgepakt if bezig else None,
            klaar=opgepakt if bezig else None,
        )
        if not bezig:
            self._toewijzing(team, None, gegeven, None, self.eerste.naam, vraag)
            self._open(team, None)
            return
        self._toewijzing(team, None, gegeven, opgepakt, self.eerste.naam, vraag)
        self._toewijzing(team, tweede, opgepakt, None, tweede.naam)
        self._behandel(team, tweede, opgepakt)

    def _behandel(self, team: Team, wie: Gebruiker, moment: datetime) -> None:
        """Somebody has it: notes, a question to the third line, an answer and the end, when that was before today."""
        s, rng = self.s, self.s.rng
        if moment >= s.tot:
            self._open(team, wie)
            return
        self._status(rules.IN_BEHANDELING, moment, wie)
        self._rol("behandelaar", moment, medewerker=wie.id)
        self._gebruik(moment, "Medewerker klantcontact" if team.lijn == 1 else "Behandelaar", wie)
        if rng.random() < 0.28:
            self._notitie(maak_notitie(rng, self.tekst), moment + timedelta(minutes=rng.random() * 90), wie)
        if team.lijn == 2 and rng.random() < 0.11:
            self._specialist(team, wie, moment)
        klacht = self.tekst.soort == "klacht"
        klaar = self._klaar(moment)
        bezig = s.tot - moment < timedelta(days=40 if klacht else 9) and rng.random() < 0.6
        if bezig or klaar >= s.tot:
            self._open(team, wie, "bewoner" if rng.random() < 0.08 else "")
            return
        self._sluit(wie, klaar)

    def _klaar(self, moment: datetime) -> datetime:
        s, rng = self.s, self.s.rng
        if self.tekst.soort == "klacht":
            dagen = 8 + int(rng.random() * 20) + (15 if rng.random() < LAAT else 0)
        else:
            dagen = int(rng.random() ** 1.6 * 5) + (3 + int(rng.random() * 8) if rng.random() < LAAT else 0)
        klaar = s.werkmoment(moment, dagen)
        return klaar if klaar > moment else moment + timedelta(minutes=20)

    def _sluit(self, wie: Gebruiker, klaar: datetime) -> None:
        s, rng = self.s, self.s.rng
        antwoord: Antwoord = maak_antwoord(
            rng,
            self.tekst,
            naam=s.bewoner(self.r.wie).aanspreking if self.r.wie is not None else "",
            medewerker=wie.naam,
            datum=klaar.astimezone(AMSTERDAM).date(),
        )
        if self.partij or rng.random() < 0.2:
            self._bericht("uit", antwoord.tekst, klaar - timedelta(minutes=3), "email", wie)
        gedaan = antwoord.uitkomst == "gedaan"
        resultaat = {
            "vraag": catalogus.BEANTWOORD,
            "compliment": catalogus.BEANTWOORD,
            "melding": catalogus.OPGELOST if gedaan else catalogus.NIET_MOGELIJK,
            "klacht": catalogus.GEGROND if gedaan else catalogus.ONGEGROND,
        }[self.tekst.soort]
        self._einde(wie, klaar, resultaat, antwoord.reden)
        if self.link and rng.random() < 0.3:
            cijfer = rng.choices(
                (1, 2, 3, 4, 5), (0.05, 0.07, 0.14, 0.38, 0.36) if gedaan else (0.2, 0.25, 0.3, 0.2, 0.05)
            )[0]
            op = klaar + timedelta(hours=2 + rng.random() * 60)
            if op < s.tot:
                s.add(
                    "beoordeling",
                    organisatie_id=self.organisatie.id,
                    zaak_id=self.id,
                    volglink_id=self.link,
                    afgesloten_op=klaar,
                    cijfer=cijfer,
                    waarom="",
                    op=op,
                )

    def zend_door(self, door: datetime) -> None:
        """Closed here because another organisation has it now."""
        self._toewijzing(self.eerste_team, None, self.begin, door, "systeem")
        self._einde(
            self.eerste,
            door,
            catalogus.DOORGEZONDEN,
            "Het waterschap zorgt voor sloten, dijken en het peil van het water.",
        )

    def _einde(self, wie: Gebruiker, klaar: datetime, resultaat: str, reden: str) -> None:
        s = self.s
        s.add(
            "resultaat",
            organisatie_id=self.organisatie.id,
            zaak_id=self.id,
            resultaattype_id=self.soort.resultaten[resultaat],
            toelichting=reden,
            vastgelegd_op=klaar,
            door=wie.naam,
        )
        self._status(rules.AFGEHANDELD, klaar, wie)
        if self.laatste:
            self.laatste["tot"] = klaar
        self._zaak(klaar)

    def _open(self, team: Team, wie: Gebruiker | None, wacht_op: str = "") -> None:
        """Not ready today: in the work list."""
        self._zaak(None)
        voorstel = team_voor(self.tekst.domein, waterschap=self.code == "GT", noord=self.r.plek.y >= self.s.midden)
        anders = voorstel.code if self.s.wereld.teams[voorstel.code] is not self.eerste_team else None
        self.s.add(
            "werk",
            zaak_id=self.id,
            organisatie_id=self.organisatie.id,
            identificatie=self.nummer,
            zaaktype=self.tekst.soort,
            va_rang=rang(self.soort.va),
            team_id=team.id,
            behandelaar_id=wie.id if wie else None,
            antwoord_voor=self.antwoord_voor,
            ontvangen_op=self.begin,
            onderwerp=self.tekst.onderwerp[:80],
            begin=rules.eerste_woorden(self.tekst.tekst, 120),
            plek=self._plek(),
            kanaal=self.r.kanaal,
            voorstel_team_id=self.s.wereld.teams[anders].id if anders else None,
            zekerheid=round(0.62 + self.s.rng.random() * 0.35, 2) if anders else None,
            wacht_op=wacht_op,
            x=self.r.plek.x if self.tekst.heeft_plek else None,
            y=self.r.plek.y if self.tekst.heeft_plek else None,
        )

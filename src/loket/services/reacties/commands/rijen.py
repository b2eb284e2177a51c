"""The rows of a new reactie: what `zaken.commands.maak_zaak`, `klanten.commands.registreer_partij` and
`leg_contact_vast` would write one after another, in one statement. A test holds the two side by side."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from loket.foundation.access.actor import Actor
from loket.foundation.audit.trail import record
from loket.foundation.audit.use import Use
from loket.foundation.database.ids import uuid7
from loket.foundation.database.sql import execute, row, rows, value
from loket.foundation.errors import NotFound
from loket.foundation.events.outbox import publish
from loket.foundation.identity.models import Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import AMSTERDAM, now
from loket.registers.catalogi.rules import rang, tel_op
from loket.registers.klanten.events import ContactVastgelegd, PartijGeregistreerd
from loket.registers.klanten.models import Betrokkene, DigitaalAdres, Klantcontact, Onderwerpobject, Partij
from loket.registers.plekken.rules import geojson_punt
from loket.registers.samen import bewaar_samen
from loket.registers.zaken import rules as zaken
from loket.registers.zaken.commands import maak_reeks
from loket.registers.zaken.events import StatusGezet, ZaakGemaakt
from loket.registers.zaken.models import Rol, Status, Toewijzing, Werkvoorraad, Zaak, Zaakeigenschap
from loket.services.reacties import catalogus, rules, sleutels
from loket.services.reacties.commands.fotos import hang_fotos_aan
from loket.services.reacties.events import ReactieOntvangen
from loket.services.reacties.inzending import Inzending
from loket.services.reacties.models import Concept, Volglink
from loket.services.reacties.queries.ontvangst import Ontvangst

ONTVANGEN = "reacties.ontvangen"
TALEN = {"nl": "nld", "en": "eng"}


_GEGEVENS = """
with zt as (
    select t.id, t.vertrouwelijkheidaanduiding, t.doorlooptijd, t.servicenorm, o.rsin, o.afkorting
    from catalogi_zaaktype t join loket_identity_organisatie o on o.id = t.organisatie_id
    where t.organisatie_id = %(organisatie)s and t.identificatie = %(soort)s and not t.concept
      and t.begin_geldigheid <= %(dag)s and coalesce(t.einde_geldigheid, %(dag)s) >= %(dag)s
    order by t.begin_geldigheid desc limit 1)
select zt.*, st.id as statustype, st.omschrijving as status, st.informeren, rt.id as roltype, rt.omschrijving as rol,
    (select jsonb_object_agg(e.naam, e.id) from catalogi_eigenschap e where e.zaaktype_id = zt.id) as eigenschappen,
    te.id as team, case when %(soort)s = 'klacht' then te.coordinator_id end as behandelaar,
    (select jsonb_object_agg(b.omschrijving_generiek, jsonb_build_array(b.id, b.omschrijving))
     from catalogi_roltype b where b.zaaktype_id = zt.id
     and b.omschrijving_generiek in ('behandelaar', 'zaakcoordinator')) as rollen,
    (select g.id from loket_identity_team g where g.organisatie_id = %(organisatie)s and %(domein)s = any(g.domeinen)
     order by g.lijn = 2 desc, g.id limit 1) as voorstel,
    (select p.id from klanten_partij p where p.organisatie_id = %(organisatie)s
     and p.pseudoniem = %(pseudoniem)s) as partij,
    nextval('klanten_nummer') as contact,
    case when to_regclass(%(reeks)s::text) is not null then nextval(%(reeks)s::text::regclass) end as volg
from zt
join lateral (select s.* from catalogi_statustype s where s.zaaktype_id = zt.id
              order by s.volgnummer limit 1) st on true
join lateral (select r.* from catalogi_roltype r where r.zaaktype_id = zt.id
              and r.omschrijving_generiek = 'initiator' order by r.omschrijving limit 1) rt on true
left join lateral (select g.id, g.coordinator_id from loket_identity_team g where g.organisatie_id = %(organisatie)s
    order by (%(eigenaar)s = any(g.domeinen)) desc, g.lijn, g.id limit 1) te on true"""
"""All that a new zaak needs to know of the catalogue, the teams and the resident, and its number."""


class NieuweReactie:
    """The rows of one new reactie. Lives for one transaction."""

    def __init__(
        self,
        actor: Actor,
        organisatie: UUID,
        inzending: Inzending,
        sleutel: UUID,
        moment: datetime,
        pseudoniem: str = "",
    ) -> None:
        self.actor, self.organisatie, self.inzending, self.moment = actor, organisatie, inzending, moment
        self.dag = moment.astimezone(AMSTERDAM).date()
        self.pseudoniem = (pseudoniem if actor.kind == "medewerker" else "") or self._pseudoniem()
        self.voorstel = rules.voorstel(inzending.soort, inzending.tekst, inzending.categorie)
        self.gegevens = self._gegevens()
        self.identificatie = zaken.nummer(self.gegevens["afkorting"], self.dag.year, self.gegevens["volg"])
        self.antwoord_voor = rules.termijn(inzending.soort, moment, inzending.categorie).laatste_dag
        self.door = actor.naam if actor.kind == "medewerker" else "bewoner"
        self.zaak = self._zaak(sleutel)
        self.contact = self._contact()
        self.geheim = sleutels.nieuwe_sleutel()

    def _gegevens(self) -> dict[str, Any]:
        params = {
            "organisatie": self.organisatie,
            "soort": self.inzending.soort,
            "dag": self.dag,
            "eigenaar": "klachten" if self.inzending.soort == "klacht" else "",
            "domein": self.voorstel.domein if self.voorstel else "-",
            "pseudoniem": self.pseudoniem or "-",
            "reeks": f"zaken_nummer_{self.organisatie.hex}_{self.dag.year}",
        }
        found = row(_GEGEVENS, params)
        if found is None:
            raise NotFound(f"This organisation has no zaaktype {self.inzending.soort!r}.")
        if found["volg"] is None:
            reeks = maak_reeks(Organisatie(id=self.organisatie), self.dag.year)
            found["volg"] = value("select nextval(%s::text::regclass)", (reeks,))
        return found

    def _zaak(self, sleutel: UUID) -> Zaak:
        gevonden, wat = self.gegevens, self.inzending
        return Zaak(
            id=sleutel,
            organisatie_id=self.organisatie,
            zaaktype_id=gevonden["id"],
            identificatie=self.identificatie,
            bronorganisatie=gevonden["rsin"],
            verantwoordelijke_organisatie=gevonden["rsin"],
            omschrijving=rules.onderwerp(wat.soort, wat.tekst, wat.categorie),
            registratiedatum=now().astimezone(AMSTERDAM).date(),
            startdatum=self.dag,
            einddatum_gepland=self.antwoord_voor,
            uiterlijke_einddatum_afdoening=max(tel_op(self.dag, gevonden["doorlooptijd"]), self.antwoord_voor),
            kanaal=wat.kanaal,
            vertrouwelijkheidaanduiding=gevonden["vertrouwelijkheidaanduiding"],
            plek=rules.eerste_woorden(wat.plek.label or wat.plek.woorden, 200),
            x=wat.plek.x,
            y=wat.plek.y,
            zaakgeometrie=geojson_punt(wat.plek.x, wat.plek.y),
            status_id=uuid7(),
            aangemaakt_op=self.moment,
            gewijzigd_op=self.moment,
        )

    def _contact(self) -> Klantcontact:
        wat = self.inzending
        return Klantcontact(
            organisatie_id=self.organisatie,
            nummer=f"{self.gegevens['contact']:010d}",
            kanaal=wat.kanaal,
            onderwerp=self.zaak.omschrijving,
            inhoud=wat.tekst,
            taal=TALEN[wat.taal],
            vertrouwelijk=wat.soort == "klacht",
            plaatsgevonden_op=self.moment,
            geregistreerd_op=now(),
            richting="in",
            medewerker_id=self.actor.id if self.actor.kind == "medewerker" else None,
            door=self.door,
        )

    def schrijf(self, concept: Concept | None) -> Ontvangst:
        """Write everything; gives the acknowledgement."""
        link = Volglink(
            organisatie_id=self.organisatie,
            zaak_id=self.zaak.id,
            sleutel_hash=self.geheim.hash,
            zaad=self.geheim.zaad,
            taal=self.inzending.taal,
            email=self.inzending.email,
            aangemaakt_op=self.moment,
        )
        wie = self._wie(link)
        self.contact.metadata = {**self.contact.metadata, "volglink": str(link.id)}
        bewaar_samen(self.zaak, *self._werk(), self.contact, self._over_zaak(), *self._eigenschappen(), *wie, link)
        if self.inzending.fotos:
            hang_fotos_aan(self.actor, self.zaak, self.contact, self.inzending.fotos)
        if concept is not None:
            execute(
                "update reacties_concept set zaak_id = %s, volglink_id = %s, verstuurd_op = %s, bijgewerkt_op = %s,"
                " gegevens = '{}' where id = %s",
                (self.zaak.id, link.id, self.moment, self.moment, concept.id),
            )
        self._meld(link)
        return Ontvangst(self.zaak.id, self.identificatie, link.id, self.geheim.tekst, self.antwoord_voor)

    def _werk(self) -> list[models.Model]:
        """First status, owner, and the place in the work list: what `zaken.commands.maak_zaak` writes."""
        gevonden, zaak, wat = self.gegevens, self.zaak, self.inzending
        rijen: list[models.Model] = [
            Status(
                id=zaak.status_id,
                organisatie_id=self.organisatie,
                zaak_id=zaak.id,
                statustype_id=gevonden["statustype"],
                datum_status_gezet=self.moment,
                gezetdoor_id=self.contact.medewerker_id,
                door=self.door,
            ),
            Werkvoorraad(
                zaak_id=zaak.id,
                organisatie_id=self.organisatie,
                identificatie=self.identificatie,
                zaaktype=wat.soort,
                va_rang=rang(zaak.vertrouwelijkheidaanduiding),
                team_id=gevonden["team"],
                behandelaar_id=gevonden["behandelaar"],
                antwoord_voor=self.antwoord_voor,
                ontvangen_op=self.moment,
                onderwerp=zaak.omschrijving,
                begin=rules.eerste_woorden(wat.tekst, 120),
                plek=zaak.plek,
                kanaal=wat.kanaal,
                voorstel_team_id=gevonden["voorstel"],
                zekerheid=self.voorstel.zekerheid if self.voorstel and gevonden["voorstel"] else None,
                x=zaak.x,
                y=zaak.y,
            ),
        ]
        if gevonden["team"]:
            rijen.append(
                Toewijzing(
                    organisatie_id=self.organisatie,
                    zaak_id=zaak.id,
                    team_id=gevonden["team"],
                    medewerker_id=gevonden["behandelaar"],
                    van=self.moment,
                    door=self.door,
                )
            )
        return [*rijen, *self._genoemd()]

    def _genoemd(self) -> list[models.Model]:
        """A formal complaint is seen by nobody who is not named: the coordinator of complaints has it, and stays
        coordinator when a colleague handles it (see `verdeling.eerste_eigenaar`)."""
        if not self.gegevens["behandelaar"]:
            return []
        return [
            Rol(
                organisatie_id=self.organisatie,
                zaak_id=self.zaak.id,
                roltype_id=UUID(roltype),
                omschrijving=omschrijving,
                omschrijving_generiek=generiek,
                betrokkene_type="medewerker",
                medewerker_id=self.gegevens["behandelaar"],
                registratiedatum=self.moment,
            )
            for generiek, (roltype, omschrijving) in (self.gegevens["rollen"] or {}).items()
        ]

    def _over_zaak(self) -> Onderwerpobject:
        return Onderwerpobject(organisatie_id=self.organisatie, klantcontact_id=self.contact.id, zaak_id=self.zaak.id)

    def _eigenschappen(self) -> list[models.Model]:
        """What the form asked and the zaak has no field for."""
        wat, soorten = self.inzending, self.gegevens["eigenschappen"] or {}
        waarden = {
            catalogus.CATEGORIE: wat.categorie,
            catalogus.OVER: wat.over,
            catalogus.PLEK_WOORDEN: wat.plek.woorden,
        }
        return [
            Zaakeigenschap(
                organisatie_id=self.organisatie,
                zaak_id=self.zaak.id,
                eigenschap_id=UUID(soorten[naam]),
                naam=naam,
                waarde=waarde,
            )
            for naam, waarde in waarden.items()
            if waarde and naam in soorten
        ]

    def _pseudoniem(self) -> str:
        """Who sent it: of the login, else of the e-mail address (see `klanten.commands.registreer_partij`), else a new
        random one; '' when nothing is known of the sender."""
        wat = self.inzending
        if self.actor.kind == "bewoner" and self.actor.pseudoniem:
            return self.actor.pseudoniem
        if wat.email:
            return pseudonym("email", wat.email.lower())
        return sleutels.nieuw_geheim() if wat.telefoon or wat.naam else ""

    def _wie(self, link: Volglink) -> list[models.Model]:
        """Who sent it, when that is known; else nobody is recorded. Who is known by an e-mail address alone proved
        nothing: then nothing of what is there changes."""
        wat = self.inzending
        if not self.pseudoniem:
            return []
        bekend: UUID | None = self.gegevens["partij"]
        rijen: list[models.Model] = []
        if bekend is None:
            partij = Partij(
                organisatie_id=self.organisatie,
                pseudoniem=self.pseudoniem,
                naam=wat.naam,
                taal=TALEN[wat.taal],
                voorkeurskanaal="email" if wat.email else "telefoon" if wat.telefoon else "",
                aangemaakt_op=self.moment,
            )
            rijen = [partij, *self._adressen(partij.id)]
        elif self.actor.kind == "bewoner":
            rijen = self._adressen(bekend)
        elif wat.telefoon:
            self.contact.metadata = {"telefoon": wat.telefoon}
        link.partij_id = bekend or partij.id
        rijen += [
            Betrokkene(
                organisatie_id=self.organisatie,
                klantcontact_id=self.contact.id,
                partij_id=link.partij_id,
                initiator=True,
                contactnaam=wat.naam,
                adres=wat.email or wat.telefoon,
            ),
            Rol(
                organisatie_id=self.organisatie,
                zaak_id=self.zaak.id,
                roltype_id=self.gegevens["roltype"],
                omschrijving=self.gegevens["rol"],
                omschrijving_generiek="initiator",
                betrokkene_type="natuurlijk_persoon",
                partij_id=link.partij_id,
                registratiedatum=self.moment,
            ),
        ]
        return rijen

    def _adressen(self, partij: UUID) -> list[models.Model]:
        """The addresses that are new for this person; the first of a kind is the standard one."""
        al = {
            (rij["soort_digitaal_adres"], rij["adres"])
            for rij in (
                rows("select soort_digitaal_adres, adres from klanten_digitaaladres where partij_id = %s", (partij,))
                if self.gegevens["partij"]
                else ()
            )
        }
        return [
            DigitaalAdres(
                organisatie_id=self.organisatie,
                partij_id=partij,
                soort_digitaal_adres=soort,
                adres=adres,
                is_standaard_adres=not any(eerder == soort for eerder, _adres in al),
                gewijzigd_op=self.moment,
            )
            for soort, adres in (("email", self.inzending.email), ("telefoon", self.inzending.telefoon))
            if adres and (soort, adres) not in al
        ]

    def _meld(self, link: Volglink) -> None:
        """The data-use line, the line in the trail, and the events."""
        zaak, gevonden = self.zaak, self.gegevens
        if self.pseudoniem:
            wie = Actor(self.actor.kind, self.actor.id, organisatie=self.organisatie, functie=self.actor.functie)
            Use(wie, ONTVANGEN, zaak.id).log([self.pseudoniem])
        record(
            self.actor,
            zaken.MAKEN,
            "zaak",
            zaak.id,
            organisatie=self.organisatie,
            detail={"identificatie": self.identificatie, "zaaktype": self.inzending.soort, "kanaal": zaak.kanaal},
        )
        nieuw = link.partij_id if link.partij_id and self.gegevens["partij"] is None else None
        publish(
            *([PartijGeregistreerd(subject=nieuw, organisatie=self.organisatie)] if nieuw else []),
            ZaakGemaakt(
                subject=zaak.id,
                organisatie=self.organisatie,
                identificatie=self.identificatie,
                zaaktype=self.inzending.soort,
                kanaal=zaak.kanaal,
                team=gevonden["team"],
            ),
            StatusGezet(
                subject=zaak.id,
                organisatie=self.organisatie,
                status=zaak.status_id or uuid7(),
                statustype=gevonden["status"],
                informeren=gevonden["informeren"],
            ),
            ContactVastgelegd(
                subject=zaak.id,
                organisatie=self.organisatie,
                klantcontact=self.contact.id,
                kanaal=zaak.kanaal,
                richting="in",
                zaken=(zaak.id,),
                eerste=True,
            ),
            ReactieOntvangen(
                subject=zaak.id, organisatie=self.organisatie, klantcontact=self.contact.id, volglink=link.id
            ),
        )

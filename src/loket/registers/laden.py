"""Loading zaken and all that belongs to them from another system: JSON lines in the shapes of the standard's APIs.

Each line is one object as GET answers it, with its own `url`: its identifier is kept, and what it is follows from the
path (`…/zaken/<uuid>`, `…/statussen/<uuid>`). Objects under `_expand` come along. The order of the lines is free.
Zaaktypen and the other types must be here already, under the identifiers that the lines refer to.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

import msgspec
from django.db import IntegrityError, transaction
from psycopg import DatabaseError

from loket.foundation.access.actor import Actor
from loket.foundation.api.resource import Caller, Link
from loket.foundation.api.write import Writes, _writable
from loket.foundation.audit.trail import record
from loket.foundation.database.bulk import Bulk
from loket.foundation.database.sql import execute, rows
from loket.foundation.errors import Refused
from loket.foundation.identity.models import Organisatie
from loket.foundation.identity.pseudonym import pseudonym
from loket.foundation.time.clock import now, today
from loket.registers.besluiten.hulpbronnen import BESLUIT_SCHRIJVEN, BESLUITINFORMATIEOBJECT_SCHRIJVEN
from loket.registers.documenten.models import Informatieobject, InformatieobjectVersie
from loket.registers.documenten.schrijven import DOCUMENT_SCHRIJVEN, GEBRUIKSRECHTEN_SCHRIJVEN
from loket.registers.klanten.models import Partij, Partijidentificator
from loket.registers.klanten.rules import controleer_nummer
from loket.registers.klanten.versleuteling import versleutel
from loket.registers.zaken.hulpbronnen import delen, verloop
from loket.registers.zaken.hulpbronnen.zaak import ZAAK_SCHRIJVEN
from loket.registers.zaken.meetkunde import punt

LADEN = "zaken.laden"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

type Rij = dict[str, Any]
type Voortgang = Callable[[int], None]


@dataclass(frozen=True)
class Soort:
    """A kind of object: how it is written, which read-only fields are kept too, and whether others refer to it."""

    writes: Writes
    vast: Mapping[str, str] = field(default_factory=dict)
    eerst: bool = False


SOORTEN: Mapping[str, Soort] = {
    "enkelvoudiginformatieobjecten": Soort(DOCUMENT_SCHRIJVEN, {"versie": "versie"}, eerst=True),
    "zaken": Soort(ZAAK_SCHRIJVEN, {"einddatum": "einddatum"}, eerst=True),
    "rollen": Soort(
        verloop.ROL_SCHRIJVEN,
        {
            "registratiedatum": "registratiedatum",
            "omschrijving": "omschrijving",
            "omschrijvingGeneriek": "omschrijving_generiek",
        },
    ),
    "statussen": Soort(verloop.STATUS_SCHRIJVEN),
    "resultaten": Soort(verloop.RESULTAAT_SCHRIJVEN),
    "zaakinformatieobjecten": Soort(delen.ZAAKINFORMATIEOBJECT_SCHRIJVEN, {"registratiedatum": "registratiedatum"}),
    "zaakobjecten": Soort(delen.ZAAKOBJECT_SCHRIJVEN),
    "zaakeigenschappen": Soort(delen.ZAAKEIGENSCHAP_SCHRIJVEN, {"naam": "naam"}),
    "klantcontacten": Soort(delen.KLANTCONTACT_SCHRIJVEN),
    "zaaknotities": Soort(
        delen.ZAAKNOTITIE_SCHRIJVEN, {"aanmaakdatum": "aanmaakdatum", "wijzigingsdatum": "wijzigingsdatum"}
    ),
    "besluiten": Soort(BESLUIT_SCHRIJVEN),
    "besluitinformatieobjecten": Soort(BESLUITINFORMATIEOBJECT_SCHRIJVEN),
    "gebruiksrechten": Soort(GEBRUIKSRECHTEN_SCHRIJVEN),
}
"""By the last part of the path but the key."""


def laad_zaken(
    actor: Actor, organisatie: Organisatie, regels: Iterable[bytes], voortgang: Voortgang = lambda aantal: None
) -> dict[str, int]:
    """Load all lines, or nothing; gives how many of each kind. `voortgang` is told how many lines were read. No
    notifications are sent: subscribers have these zaken. Needs to be the system. Raises Refused, which names the
    line."""
    actor.require(LADEN)
    with transaction.atomic(), tempfile.TemporaryFile() as later:
        execute("set local synchronous_commit = off")
        _uitstellen()
        lader = _Lader(organisatie)
        for nummer, regel in enumerate(regels, 1):
            if nummer % 10_000 == 0:
                voortgang(nummer)
            if regel.strip():
                for soort, rij in lader.lees(nummer, regel):
                    lader.neem(nummer, soort, rij, later)
        lader.schrijf()
        later.seek(0)
        for regel in later:
            nummer, soort, rij = msgspec.json.decode(regel)
            lader.neem(nummer, soort, rij, None)
        lader.schrijf()
        lader.maak_af()
        record(actor, LADEN, "organisatie", organisatie.id, organisatie=organisatie.id, detail=dict(lader.aantallen))
    return dict(lader.aantallen)


def _uitstellen() -> None:
    """References are checked after each batch, not for all rows at the end; but a zaak may refer to its status and
    hoofdzaak before those are there."""
    execute("set constraints all immediate")
    namen = rows(
        "select conname from pg_constraint where conrelid = 'zaken_zaak'::regclass and contype = 'f'"
        " and confrelid in ('zaken_zaak'::regclass, 'zaken_status'::regclass)"
    )
    for each in namen:
        execute(f'set constraints "{each["conname"]}" deferred')


class _Lader:
    """Gathers rows of all kinds and writes them by COPY."""

    def __init__(self, organisatie: Organisatie) -> None:
        self.organisatie = organisatie
        self.aantallen: Counter[str] = Counter()
        self.caller = Caller(organisatie.id, "", today())
        self.nu = now()
        self._bulk: dict[type, Bulk] = {}
        self._van: dict[type, tuple[int, int]] = {}
        self._velden = {naam: list(_writable(each.writes.resource.fields)) for naam, each in SOORTEN.items()}
        self._partijen: dict[str, UUID] = {}
        self._roltypen = {
            str(each["id"]): each
            for each in rows(
                "select id, omschrijving, omschrijving_generiek from catalogi_roltype where organisatie_id = %s",
                (organisatie.id,),
            )
        }
        self._zaaktypen = {
            str(each["id"]): each["vertrouwelijkheidaanduiding"]
            for each in rows(
                "select id, vertrouwelijkheidaanduiding from catalogi_zaaktype where organisatie_id = %s",
                (organisatie.id,),
            )
        }

    def lees(self, nummer: int, regel: bytes) -> Iterator[tuple[str, Rij]]:
        """The objects of one line. Raises Refused."""
        try:
            object = msgspec.json.decode(regel)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise fout(nummer, "dit is geen JSON.") from None
        yield from self._uitgepakt(nummer, object)

    def _uitgepakt(self, nummer: int, object: Any) -> Iterator[tuple[str, Rij]]:
        delen_ = object.get("url", "").rsplit("/", 2) if isinstance(object, dict) else []
        if len(delen_) < 3 or delen_[1] not in SOORTEN or not _UUID.fullmatch(delen_[2]):
            raise fout(nummer, "de url zegt niet wat dit is, of welke sleutel het heeft.")
        binnen = object.pop("_expand", {})
        yield delen_[1], object
        for each in binnen.values() if isinstance(binnen, dict) else ():
            for deel in each if isinstance(each, list) else [each]:
                if deel and deel.get("url", "").rsplit("/", 2)[-2] in SOORTEN:
                    yield from self._uitgepakt(nummer, deel)

    def neem(self, nummer: int, soort: str, object: Rij, later: IO[bytes] | None) -> None:
        """Take one object; what refers to others waits in `later` for the second round."""
        kind = SOORTEN[soort]
        if later is not None and not kind.eerst:
            later.write(msgspec.json.encode((nummer, soort, object)) + b"\n")
            return
        rij: Rij = {"id": object["url"][-36:], "organisatie_id": self.organisatie.id}
        table = kind.writes.columns
        for naam, kolom, veld in self._velden[soort]:
            waarde = _gegeven(object, naam)
            if isinstance(veld, Link):
                rij[kolom] = None if not waarde else _sleutel(nummer, naam, waarde)
            elif waarde is None:
                rij[kolom] = None if table[kolom].null else table[kolom].get_default()
            elif kolom in ("betrokkene_identificatie", "object_identificatie") and veld.stores:  # type: ignore[union-attr]
                rij[kolom] = veld.stores(self.caller, naam, waarde)  # type: ignore[union-attr]
            else:
                rij[kolom] = waarde
        for naam, kolom in kind.vast.items():
            if object.get(naam) is not None:
                rij[kolom] = object[naam]
        self.aantallen[soort] += 1
        getattr(self, f"_{soort}", self._schrijf_bij)(nummer, kind, rij, object)

    # --- what a kind needs beside its fields ---

    def _zaken(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        va = self._zaaktypen.get(rij["zaaktype_id"])
        if va is None:
            raise fout(nummer, f"het zaaktype {object.get('zaaktype')} is hier niet.")
        rij["status_id"] = _sleutel(nummer, "status", object["status"]) if object.get("status") else None
        rij["vertrouwelijkheidaanduiding"] = rij["vertrouwelijkheidaanduiding"] or va
        rij["registratiedatum"] = rij["registratiedatum"] or rij["startdatum"]
        rij["archiefstatus"] = rij["archiefstatus"] or "nog_te_archiveren"
        rij["x"], rij["y"] = punt(rij["zaakgeometrie"])
        self._schrijf_bij(
            nummer, kind, {**rij, "kanaal": "migratie", "aangemaakt_op": self.nu, "gewijzigd_op": self.nu}, object
        )

    def _rollen(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        roltype = self._roltypen.get(rij["roltype_id"])
        if roltype is None:
            raise fout(nummer, f"het roltype {object.get('roltype')} is hier niet.")
        rij.setdefault("registratiedatum", self.nu)
        rij["omschrijving"], rij["omschrijving_generiek"] = roltype["omschrijving"], roltype["omschrijving_generiek"]
        rij["betrokkene_identificatie"] = rij["betrokkene_identificatie"] or {}
        bsn = (object.get("betrokkeneIdentificatie") or {}).get("inpBsn")
        if bsn and rij["betrokkene_type"] == "natuurlijk_persoon":
            rij["partij_id"] = self._partij(bsn, object["betrokkeneIdentificatie"])
        self._schrijf_bij(nummer, kind, rij, object)

    def _partij(self, bsn: str, wie: Mapping[str, Any]) -> UUID | None:
        kenmerk = pseudonym("bsn", bsn)
        if kenmerk not in self._partijen:
            try:
                controleer_nummer("bsn", bsn)
            except Refused:
                return None
            found = rows(
                "select id from klanten_partij where organisatie_id = %s and pseudoniem = %s",
                (self.organisatie.id, kenmerk),
            )
            self._partijen[kenmerk] = found[0]["id"] if found else self._nieuwe_partij(bsn, kenmerk, wie)
        return self._partijen[kenmerk]

    def _nieuwe_partij(self, bsn: str, kenmerk: str, wie: Mapping[str, Any]) -> UUID:
        namen = (wie.get("voornamen") or wie.get("voorletters"), wie.get("voorvoegselGeslachtsnaam"))
        id: UUID = self._van_soort(Partij).add(
            organisatie_id=self.organisatie.id,
            pseudoniem=kenmerk,
            naam=" ".join(filter(None, (*namen, wie.get("geslachtsnaam"))))[:200],
            aangemaakt_op=self.nu,
        )
        self._van_soort(Partijidentificator).add(
            organisatie_id=self.organisatie.id,
            partij_id=id,
            soort="bsn",
            hmac=kenmerk,
            eind=bsn[-3:],
            waarde=versleutel("bsn", bsn),
        )
        return id

    def _resultaten(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        self._schrijf_bij(nummer, kind, {**rij, "vastgelegd_op": self.nu, "door": "migratie"}, object)

    def _zaakinformatieobjecten(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        self._schrijf_bij(nummer, kind, {"registratiedatum": self.nu, **rij}, object)

    def _besluitinformatieobjecten(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        self._schrijf_bij(nummer, kind, {**rij, "registratiedatum": self.nu}, object)

    def _enkelvoudiginformatieobjecten(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        eigen = {"id", "organisatie_id", "identificatie", "bronorganisatie", "informatieobjecttype_id"}
        eigen |= {"indicatie_gebruiksrecht"}
        versie = int(object.get("versie") or 1)
        rij["identificatie"] = rij["identificatie"] or f"DOCUMENT-{rij['id'].replace('-', '')[-24:]}"
        rij["vertrouwelijkheidaanduiding"] = rij["vertrouwelijkheidaanduiding"] or "zaakvertrouwelijk"
        self._voeg_toe(
            nummer, Informatieobject,
            {**{naam: rij[naam] for naam in eigen}, "versie": versie, "aangemaakt_op": self.nu},
        )  # fmt: skip
        self._voeg_toe(
            nummer, InformatieobjectVersie,
            {**{naam: each for naam, each in rij.items() if naam not in eigen}, "versie": versie,
             "organisatie_id": self.organisatie.id, "informatieobject_id": rij["id"],
             "begin_registratie": object.get("beginRegistratie") or self.nu},
        )  # fmt: skip

    # --- writing ---

    def _schrijf_bij(self, nummer: int, kind: Soort, rij: Rij, object: Rij) -> None:
        self._voeg_toe(nummer, kind.writes.model, rij)

    def _voeg_toe(self, nummer: int, model: type, rij: Rij) -> None:
        bulk = self._van_soort(model)
        van, _ = self._van.get(model, (nummer, nummer))
        self._van[model] = (van, nummer)
        if len(bulk._rows) >= 19_000:
            self.schrijf()
            self._van[model] = (nummer, nummer)
        bulk.add(**rij)

    def _van_soort(self, model: Any) -> Bulk:
        if model not in self._bulk:
            self._bulk[model] = Bulk(model)
        return self._bulk[model]

    def schrijf(self) -> None:
        """Write what has gathered; what others refer to first. Raises Refused."""
        eerst = (Partij, Partijidentificator, Informatieobject, InformatieobjectVersie)
        for model in sorted(self._bulk, key=lambda each: eerst.index(each) if each in eerst else len(eerst)):
            van, tot = self._van.pop(model, (0, 0))
            try:
                self._bulk[model].flush()
            except (DatabaseError, IntegrityError) as error:
                raise fout(f"{van} tot {tot}", str(error).strip().replace("\n", " ")) from None

    def maak_af(self) -> None:
        """What follows from what was loaded: the present status of each zaak, and the work list. Raises Refused for a
        reference to what is not there."""
        eigen = {"organisatie": self.organisatie.id, "nu": self.nu}
        execute(
            "update zaken_zaak z set status_id = s.id from (select distinct on (s.zaak_id) s.zaak_id, s.id"
            " from zaken_status s join zaken_zaak z on z.id = s.zaak_id where z.organisatie_id = %(organisatie)s"
            " and z.aangemaakt_op = %(nu)s and z.kanaal = 'migratie' and z.status_id is null"
            " order by s.zaak_id, s.datum_status_gezet desc, s.id desc) s where z.id = s.zaak_id",
            eigen,
        )
        execute(_VOORRAAD, eigen)
        try:
            execute("set constraints all immediate")
        except (DatabaseError, IntegrityError) as error:
            raise fout("het eind", str(error).strip().replace("\n", " ")) from None


_VOORRAAD = """insert into zaken_werkvoorraad (zaak_id, organisatie_id, identificatie, zaaktype, va_rang, team_id,
    antwoord_voor, ontvangen_op, onderwerp, begin, plek, kanaal, wacht_op, nieuw_bericht, x, y)
select z.id, z.organisatie_id, z.identificatie, t.identificatie, z.va_rang,
    (select g.id from loket_identity_team g where g.organisatie_id = z.organisatie_id order by g.lijn, g.id limit 1),
    coalesce(z.einddatum_gepland, z.uiterlijke_einddatum_afdoening,
        (z.startdatum + coalesce(nullif(t.servicenorm, ''), t.doorlooptijd)::interval)::date),
    z.startdatum, z.omschrijving, left(z.toelichting, 120), z.plek, z.kanaal, '', false, z.x, z.y
from zaken_zaak z join catalogi_zaaktype t on t.id = z.zaaktype_id
where z.organisatie_id = %(organisatie)s and z.aangemaakt_op = %(nu)s and z.kanaal = 'migratie'
    and z.einddatum is null and not exists (select 1 from zaken_werkvoorraad w where w.zaak_id = z.id)"""


def _gegeven(object: Rij, naam: str) -> Any:
    groep, punt_, onder = naam.partition(".")
    waarde = object.get(groep)
    return waarde if not punt_ else waarde.get(onder) if isinstance(waarde, dict) else None


def _sleutel(nummer: int, naam: str, url: Any) -> str:
    sleutel = str(url).rstrip("/")[-36:]
    if not _UUID.fullmatch(sleutel):
        raise fout(nummer, f"{naam}: {str(url)[:100]} is geen verwijzing.")
    return sleutel


def fout(regel: int | str, wat: str) -> Refused:
    """What is wrong in which line."""
    return Refused("invalid", f"Regel {regel}: {wat} Er is niets geladen.", "bestand")

"""How documents and what belongs to them are written through the API."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from loket.foundation.api.problem import Fault, Problem
from loket.foundation.api.write import Change, Row, Writes, columns
from loket.foundation.database.sql import execute, row, value
from loket.foundation.events.outbox import publish
from loket.foundation.storage.folder import Stored
from loket.foundation.time.clock import now
from loket.registers.basis import bewaar
from loket.registers.catalogi.models import VERTROUWELIJKHEID
from loket.registers.documenten import rules
from loket.registers.documenten.events import DocumentGewijzigd, DocumentVastgelegd
from loket.registers.documenten.hulpbronnen import DOCUMENT, GEBRUIKSRECHTEN, KANAAL, RELATIES, VERZENDING
from loket.registers.documenten.models import (
    Bestandsdeel,
    Gebruiksrechten,
    Informatieobject,
    InformatieobjectVersie,
    Verzending,
)
from loket.registers.zaken.rules import rsin

_EIGEN = ("identificatie", "bronorganisatie", "informatieobjecttype_id", "indicatie_gebruiksrecht")
_VERSIE = tuple(
    naam
    for naam in columns(InformatieobjectVersie)
    if naam not in ("id", "organisatie_id", "informatieobject_id", "versie", "begin_registratie")
)


@dataclass(frozen=True)
class Bijlage:
    """The file that came with a call, if there was one, and the lock that was named."""

    bestand: Stored | None
    lock: str | None


def _inhoud(change: Change) -> Stored | None:
    bijlage: Bijlage = change.given["_bijlage"]
    return bijlage.bestand


def _vul_in(change: Change) -> None:
    """drc-007: without a confidentiality of its own a document has that of its type."""
    nieuw, soort = change.new, change.linked["informatieobjecttype"]
    if not nieuw["vertrouwelijkheidaanduiding"] and soort is not None:
        nieuw["vertrouwelijkheidaanduiding"] = soort["vertrouwelijkheidaanduiding"]
    if change.old is None:
        nieuw["identificatie"] = nieuw["identificatie"] or f"DOCUMENT-{change.key.hex[-24:]}"


def _mag(change: Change) -> Iterator[Fault]:
    """What is made is of a type and confidentiality that the autorisaties cover. Raises Problem (403)."""
    if not change.caller.everything:
        typen, rangen = (change.caller.covers[f"documenten_{wat}"] for wat in ("typen", "rangen"))
        gedekt = dict(zip(typen, rangen, strict=True)).get(change.new["informatieobjecttype_id"], 0)
        if VERTROUWELIJKHEID.index(change.new["vertrouwelijkheidaanduiding"]) + 1 > gedekt:
            raise Problem(403, "Documenten van deze soort of zo vertrouwelijk gaan uw autorisaties te boven.")
    yield from ()


def _drc_001(change: Change) -> Iterator[Fault]:
    soort = change.linked["informatieobjecttype"]
    if change.old is None and soort is not None:
        rules.drc_001(soort["concept"])
    yield from ()


def _drc_005(change: Change) -> Iterator[Fault]:
    rules.drc_005(change.new["status"], change.new["ontvangstdatum"])
    yield from ()


def _drc_006(change: Change) -> Iterator[Fault]:
    if change.new["indicatie_gebruiksrecht"] and not (change.old or {}).get("indicatie_gebruiksrecht"):
        rules.drc_006(True)
    yield from ()


def _drc_009(change: Change) -> Iterator[Fault]:
    if change.old is not None:
        bijlage: Bijlage = change.given["_bijlage"]
        op_slot = change.old["lock"]
        if not op_slot:
            yield Fault("nonFieldErrors", "unlocked", "Zet het document eerst op slot.")
        elif bijlage.lock is None:
            yield Fault("nonFieldErrors", "missing-lock-id", "Noem de sleutel van het slot (lock).")
        elif not secrets.compare_digest(op_slot.encode(), bijlage.lock.encode()):
            yield Fault("nonFieldErrors", "incorrect-lock-id", "Iemand anders heeft dit document op slot gezet.")


def _omvang(change: Change) -> Iterator[Fault]:
    bestand = _inhoud(change)
    if bestand is not None:
        yield from rules.bestandsomvang(change.given.get("bestandsomvang"), bestand.size)


def _organisatie(change: Change) -> Iterator[Fault]:
    if change.old is None or change.new["bronorganisatie"] != change.old["bronorganisatie"]:
        yield from rsin("bronorganisatie", change.new["bronorganisatie"])


def _leg_inhoud_vast(change: Change) -> list[int]:
    """Where the bytes of this version are; gives the sizes of the parts that are still to come."""
    nieuw, bestand = change.new, _inhoud(change)
    if bestand is not None:
        nieuw["sha256"], nieuw["bestandsomvang"] = bestand.sha256, bestand.size
        return []
    gevraagd = change.given.get("bestandsomvang")
    was = change.old["bestandsomvang"] if change.old is not None else None
    if change.old is None or "inhoud" in change.given or gevraagd not in (None, was):
        nieuw["sha256"] = ""
    if nieuw["sha256"]:
        return []
    nieuw["bestandsomvang"] = gevraagd
    return rules.delen(gevraagd or 0, settings.BESTANDSDEEL_BYTES)


def _schrijf_versie(change: Change, versie: int) -> None:
    bewaar(
        InformatieobjectVersie(
            **{naam: change.new[naam] for naam in _VERSIE},
            organisatie_id=change.new["organisatie_id"],
            informatieobject_id=change.key,
            versie=versie,
            begin_registratie=now(),
        )
    )


def _maak_delen(change: Change, delen: list[int]) -> None:
    execute("delete from documenten_bestandsdeel where informatieobject_id = %s", (change.key,))
    for volgnummer, omvang in enumerate(delen, 1):
        bewaar(
            Bestandsdeel(
                organisatie_id=change.new["organisatie_id"],
                informatieobject_id=change.key,
                volgnummer=volgnummer,
                omvang=omvang,
            )
        )


def _maak(change: Change) -> None:
    nieuw = change.new
    nieuw["organisatie_id"] = change.caller.organisatie
    delen = _leg_inhoud_vast(change)
    bewaar(
        Informatieobject(
            **{naam: nieuw[naam] for naam in _EIGEN},
            id=change.key,
            organisatie_id=nieuw["organisatie_id"],
            lock=rules.nieuw_slot() if delen else "",
            aangemaakt_op=now(),
        )
    )
    _schrijf_versie(change, 1)
    _maak_delen(change, delen)
    soort = change.linked["informatieobjecttype"]
    assert soort is not None
    publish(
        DocumentVastgelegd(
            subject=change.key, organisatie=nieuw["organisatie_id"], informatieobjecttype=soort["omschrijving"]
        )
    )


def _wijzig(change: Change) -> None:
    """Every change is a new version."""
    assert change.old is not None
    delen = _leg_inhoud_vast(change)
    versie = change.old["versie"] + 1
    execute(
        "update documenten_informatieobject set versie = %(versie)s, identificatie = %(identificatie)s,"
        " bronorganisatie = %(bronorganisatie)s, informatieobjecttype_id = %(informatieobjecttype_id)s,"
        " indicatie_gebruiksrecht = %(indicatie_gebruiksrecht)s where id = %(id)s",
        {**{naam: change.new[naam] for naam in _EIGEN}, "versie": versie, "id": change.key},
    )
    _schrijf_versie(change, versie)
    _maak_delen(change, delen)
    publish(DocumentGewijzigd(subject=change.key, organisatie=change.new["organisatie_id"], versie=versie))


def _weg_mag(change: Change) -> Iterator[Fault]:
    assert change.old is not None
    aantal = value(f"select count(*) from {RELATIES} r where r.informatieobject_id = %s", (change.key,))
    yield from rules.drc_008(aantal)
    yield from rules.op_slot(change.old["lock"])


def _weg(change: Change) -> None:
    execute("delete from loket_api_auditregel where hoofdobject = %s", (change.key,))
    execute("delete from documenten_informatieobject where id = %s", (change.key,))


DOCUMENT_SCHRIJVEN = Writes(
    DOCUMENT,
    Informatieobject,
    KANAAL,
    needs=frozenset(("informatieobjecttype",)),
    table={**{naam: columns(InformatieobjectVersie)[naam] for naam in _VERSIE}, **columns(Informatieobject)},
    rules=(_drc_009, _mag, _drc_001, _organisatie, _drc_005, _drc_006, _omvang),
    removal=(_weg_mag,),
    settle=_vul_in,
    store=_maak,
    rewrite=_wijzig,
    remove=_weg,
    clashes={
        "informatieobject_identificatie": Fault(
            "identificatie", "identificatie-niet-uniek", "Dit nummer is al gebruikt."
        ),
        "informatieobjectversie_drc_005": Fault(
            "status", "invalid_for_received", "Een ontvangen document kan niet meer in bewerking zijn."
        ),
    },
)


def _indicatie(document: UUID, indicatie: bool | None) -> None:
    execute("update documenten_informatieobject set indicatie_gebruiksrecht = %s where id = %s", (indicatie, document))


def _drc_006_er_zijn_rechten(change: Change) -> None:
    _indicatie(change.new["informatieobject_id"], True)


def _drc_006_laatste_weg(change: Change) -> None:
    document = change.new["informatieobject_id"]
    if row(
        "select 1 from documenten_gebruiksrechten where informatieobject_id = %s and id <> %s limit 1",
        (document, change.key),
    ) is None:  # fmt: skip
        _indicatie(document, None)


GEBRUIKSRECHTEN_SCHRIJVEN = Writes(
    GEBRUIKSRECHTEN,
    Gebruiksrechten,
    KANAAL,
    main="informatieobject_id",
    parent="informatieobject",
    after=_drc_006_er_zijn_rechten,
    before_removal=_drc_006_laatste_weg,
    clashes={
        "gebruiksrechten_volgorde": Fault("einddatum", "invalid", "De einddatum ligt voor de startdatum."),
    },
)


def _een_adres(change: Change) -> Iterator[Fault]:
    nieuw: Row = change.new
    velden = ("binnenlands_correspondentieadres", "buitenlands_correspondentieadres", "correspondentie_postadres")
    elders: list[Any] = [nieuw[naam] for naam in ("faxnummer", "emailadres", "mijn_overheid", "telefoonnummer")]
    yield from rules.een_adres([*(nieuw[naam] for naam in velden), *elders])


VERZENDING_SCHRIJVEN = Writes(
    VERZENDING,
    Verzending,
    KANAAL,
    main="informatieobject_id",
    parent="informatieobject",
    rules=(_een_adres,),
    removal=(),
)

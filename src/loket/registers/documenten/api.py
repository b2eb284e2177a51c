"""The Documenten API 1.7.0: resources by their declaration; content, locks, parts and downloads are acts of their
own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote
from wsgiref.types import WSGIEnvironment

import msgspec
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import transaction
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from loket.foundation.api.audittrail import audittrail
from loket.foundation.api.changes import changed
from loket.foundation.api.contract import Contract
from loket.foundation.api.filters import moment
from loket.foundation.api.handlers import reads, writes, written
from loket.foundation.api.lane import JSON, MAX_BODY, Answer, Api, Call
from loket.foundation.api.problem import Problem, invalid
from loket.foundation.api.resource import Caller, absent, key_in, page, read, registry
from loket.foundation.api.upload import take
from loket.foundation.api.write import Row, create, locked, update
from loket.foundation.audit.trail import record
from loket.foundation.database.sql import execute, row, rows, value
from loket.foundation.storage.files import open_file, store
from loket.foundation.storage.folder import CHUNK, Stored
from loket.registers.documenten import rules
from loket.registers.documenten.hulpbronnen import (
    BESTANDSDEEL,
    DOCUMENT,
    KANAAL,
    OBJECTINFORMATIEOBJECT,
    RELATIES,
    ROOT,
    TABEL_VAN_VERSIE,
)
from loket.registers.documenten.schrijven import (
    DOCUMENT_SCHRIJVEN,
    GEBRUIKSRECHTEN_SCHRIJVEN,
    VERZENDING_SCHRIJVEN,
    Bijlage,
)

MAX_BESTAND = 4 * 1024**3
"""Bytes of content that one document may have (DRC: 4 GiB)."""
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
VAN_VERSIE = replace(DOCUMENT, table=TABEL_VAN_VERSIE)


def neem_document(asked: WSGIEnvironment) -> tuple[bytes, Stored | None]:
    """The JSON of a document, its content on its way to the storage."""
    if asked.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != JSON:
        raise Problem(415, headers={"Accept": JSON})
    length = asked.get("CONTENT_LENGTH") or ""
    return take(
        asked["wsgi.input"],
        int(length) if length.isdecimal() else None,
        "inhoud",
        max_rest=MAX_BODY,
        max_file=MAX_BESTAND,
    )


def neem_deel(asked: WSGIEnvironment) -> tuple[bytes, Stored | None]:
    """A part of a document: a form with the lock and the bytes."""
    if not asked.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data"):
        raise Problem(415, headers={"Accept": "multipart/form-data"})
    try:
        form, files = MultiPartParser(asked, asked["wsgi.input"], [TemporaryFileUploadHandler()]).parse()
    except (MultiPartParserError, SuspiciousOperation, RequestDataTooBig, ValueError):
        raise invalid("nonFieldErrors", "parse_error", "Dit formulier kunnen wij niet lezen.") from None
    found = files.get("inhoud")
    stored = None
    if found is not None:
        with found:
            stored = store(found, MAX_BESTAND)
    return msgspec.json.encode({"lock": form["lock"]} if "lock" in form else {}), stored


def _bijlage(call: Call) -> dict[str, Any]:
    given: dict[str, Any] = {**call.given, "_bijlage": Bijlage(call.stored, call.given.get("lock"))}
    if call.stored is None and call.given.get("inhoud") == "":
        given["inhoud"] = None
    return given


def maak(call: Call) -> Answer:
    """enkelvoudiginformatieobject_create. With a size and no content the document is locked, and parts are asked."""
    change = create(DOCUMENT_SCHRIJVEN, call.actor, call.caller(), _bijlage(call), call.operation.writable)
    answer = written(DOCUMENT, call, change)
    return _met_slot(answer, value("select lock from documenten_informatieobject where id = %s", (change.key,)))


def wijzig(call: Call) -> Answer:
    """enkelvoudiginformatieobject_update and _partial_update: a new version, under the lock."""
    assert call.key is not None
    change = update(
        DOCUMENT_SCHRIJVEN,
        call.actor,
        call.caller(),
        call.key,
        _bijlage(call),
        call.operation.writable,
        partial=call.operation.partial,
    )
    return _met_slot(written(DOCUMENT, call, change), call.given.get("lock", ""))


def _met_slot(answer: Answer, lock: str) -> Answer:
    assert isinstance(answer.body, bytes)
    return replace(answer, body={**msgspec.json.decode(answer.body), "lock": lock})


def lees(call: Call) -> Answer:
    """enkelvoudiginformatieobject_retrieve: the last version, that of a number, or that of a moment."""
    assert call.key is not None
    caller = _van_versie(call)
    resource = VAN_VERSIE if "versie" in caller.covers else DOCUMENT
    return Answer(read(resource, caller, call.key, call.query.get("expand", "")))


def _van_versie(call: Call) -> Caller:
    """The caller, with the version that is asked for. Raises Problem (400, 404)."""
    caller = call.caller()
    if "versie" in call.query:
        text = call.query["versie"]
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise invalid("versie", "invalid", "Een versie is een getal.")
        return replace(caller, covers={**caller.covers, "versie": int(text)})
    if "registratieOp" in call.query:
        found = row(
            "select max(versie) as versie from documenten_informatieobjectversie where informatieobject_id = %s"
            " and begin_registratie <= %s",
            (call.key, moment("registratieOp", call.query["registratieOp"])),
        )
        if found is None or found["versie"] is None:
            raise Problem(404)
        return replace(caller, covers={**caller.covers, "versie": found["versie"]})
    return caller


def download(call: Call) -> Answer:
    """enkelvoudiginformatieobject_download: the bytes, or a range of them (RFC 9110, 14)."""
    assert call.key is not None
    lees(replace(call, query={naam: each for naam, each in call.query.items() if naam != "expand"}))
    found = row(
        "select v.sha256, v.bestandsnaam, v.formaat, v.bestandsomvang from documenten_informatieobject d"
        " join documenten_informatieobjectversie v on v.informatieobject_id = d.id"
        " and v.versie = coalesce(%(versie)s::int, d.versie) where d.id = %(id)s",
        {"id": call.key, "versie": _van_versie(call).covers.get("versie")},
    )
    if found is None or not found["sha256"]:
        raise Problem(404, "Van deze versie is er geen inhoud.")
    omvang, etag = found["bestandsomvang"] or 0, f'"{found["sha256"]}"'
    begin, eind, status = 0, omvang - 1, 200
    headers = {
        "Content-Type": found["formaat"] if _MIME.fullmatch(found["formaat"]) else "application/octet-stream",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found['bestandsnaam'] or 'document')}",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        "ETag": etag,
    }
    gevraagd = call.headers.get("HTTP_RANGE")
    if gevraagd and call.headers.get("HTTP_IF_RANGE", etag) == etag and (stuk := _stuk(gevraagd, omvang)) is not None:
        (begin, eind), status = stuk, 206
        headers["Content-Range"] = f"bytes {begin}-{eind}/{omvang}"
    headers["Content-Length"] = str(eind - begin + 1)
    return Answer(stream=_bytes(open_file(found["sha256"]), begin, eind - begin + 1), status=status, headers=headers)


def _stuk(gevraagd: str, omvang: int) -> tuple[int, int] | None:
    """The first and last byte of one range; None for what is no range, which is then passed over. Raises Problem
    (416)."""
    found = re.fullmatch(r"bytes=(\d{0,19})-(\d{0,19})", gevraagd.strip())
    if found is None or not (found[1] or found[2]):
        return None
    if found[1]:
        begin, eind = int(found[1]), min(int(found[2]) if found[2] else omvang - 1, omvang - 1)
    else:
        begin, eind = max(0, omvang - int(found[2])), omvang - 1
    if found[1] and found[2] and int(found[2]) < begin:
        return None
    if begin > eind:
        raise Problem(416, headers={"Content-Range": f"bytes */{omvang}"})
    return begin, eind


def _bytes(file: BinaryIO, begin: int, aantal: int) -> Iterator[bytes]:
    with file:
        file.seek(begin)
        while aantal > 0 and (chunk := file.read(min(CHUNK, aantal))):
            aantal -= len(chunk)
            yield chunk


def _zet_slot(call: Call, old: Row, lock: str, wat: str) -> None:
    execute("update documenten_informatieobject set lock = %s where id = %s", (lock, old["id"]))
    record(call.actor, f"document.{wat}", "informatieobject", old["id"], organisatie=old["organisatie_id"])


def vergrendel(call: Call) -> Answer:
    """enkelvoudiginformatieobject_lock."""
    assert call.key is not None
    with transaction.atomic():
        old = locked(DOCUMENT_SCHRIJVEN, call.caller(), call.key)
        if old["lock"]:
            raise invalid("nonFieldErrors", "existing-lock", "Dit document is al op slot.")
        lock = rules.nieuw_slot()
        _zet_slot(call, old, lock, "vergrendelen")
    return Answer({"lock": lock})


def ontgrendel(call: Call) -> Answer:
    """enkelvoudiginformatieobject_unlock: with the lock, or by force; parts that were asked must all be there, and
    become the content."""
    assert call.key is not None
    with transaction.atomic():
        old = locked(DOCUMENT_SCHRIJVEN, call.caller(), call.key)
        lock = call.given.get("lock")
        if lock is None and not call.actor.may("documenten.geforceerd-unlock"):
            raise invalid("nonFieldErrors", "missing-lock-id", "Noem de sleutel van het slot (lock).")
        if lock is not None and lock != old["lock"]:
            raise invalid("nonFieldErrors", "incorrect-lock-id", "Dit is niet de sleutel van het slot.")
        delen = rows(
            "select sha256, omvang from documenten_bestandsdeel where informatieobject_id = %s order by volgnummer",
            (call.key,),
        )
        if delen and all(each["sha256"] for each in delen):
            _voeg_samen(call, delen)
        elif delen and lock is not None:
            raise invalid("nonFieldErrors", "file-size", "Nog niet alle bestandsdelen zijn er.")
        _zet_slot(call, old, "", "ontgrendelen")
    return Answer(status=204)


def _voeg_samen(call: Call, delen: list[Row]) -> None:
    bestand = store(_AchterElkaar([each["sha256"] for each in delen]), MAX_BESTAND)  # type: ignore[arg-type]
    execute(
        "update documenten_informatieobjectversie v set sha256 = %(sha)s, bestandsomvang = %(omvang)s"
        " from documenten_informatieobject d where d.id = %(id)s and v.informatieobject_id = d.id"
        " and v.versie = d.versie",
        {"sha": bestand.sha256, "omvang": bestand.size, "id": call.key},
    )
    execute("delete from documenten_bestandsdeel where informatieobject_id = %s", (call.key,))


class _AchterElkaar:
    """Files one after the other, as one stream."""

    def __init__(self, sleutels: list[str]) -> None:
        self._chunks = (chunk for sha in sleutels for chunk in _bytes(open_file(sha), 0, MAX_BESTAND))

    def seekable(self) -> bool:
        """It is read once."""
        return False

    def read(self, size: int = CHUNK) -> bytes:
        """The next chunk."""
        return next(self._chunks, b"")


def zet_deel(call: Call) -> Answer:
    """bestandsdeel_update: the bytes of one part; the same part may be sent again."""
    assert call.key is not None
    caller = call.caller()
    with transaction.atomic():
        mag = f"t.id = %(key)s and {BESTANDSDEEL.condition('t', caller.everything)}"
        if row(f"select 1 from {BESTANDSDEEL.table} t where {mag}", {**caller.params, "key": call.key}) is None:
            raise absent(BESTANDSDEEL, caller, call.key)
        deel = row(
            "select p.*, d.lock from documenten_bestandsdeel p join documenten_informatieobject d"
            " on d.id = p.informatieobject_id where p.id = %s for update",
            (call.key,),
        )
        assert deel is not None
        if call.given["lock"] != deel["lock"]:
            raise invalid("nonFieldErrors", "incorrect-lock-id", "Dit is niet de sleutel van het slot.")
        if call.stored is None or call.stored.size != deel["omvang"]:
            kwam = call.stored.size if call.stored else 0
            raise invalid("nonFieldErrors", "file-size", f"Dit deel heeft {deel['omvang']} bytes, er kwamen er {kwam}.")
        execute("update documenten_bestandsdeel set sha256 = %s where id = %s", (call.stored.sha256, call.key))
        changed(
            call.actor,
            KANAAL,
            BESTANDSDEEL,
            deel["informatieobject_id"],
            call.key,
            "update",
            organisatie=deel["organisatie_id"],
        )
    return Answer(read(BESTANDSDEEL, caller, call.key))


def zoek(call: Call) -> Answer:
    """enkelvoudiginformatieobject__zoek."""
    given = call.given
    query = {naam: str(given[naam]) for naam in ("identificatie", "bronorganisatie", "expand") if given.get(naam)}
    query["uuid__in"] = ",".join(given["uuid__in"])
    number, per_page = call.page(), call.per_page()
    count, results = page(DOCUMENT, call.caller(), query, number, per_page)
    return Answer(msgspec.json.encode(call.paginated(count, per_page, msgspec.Raw(results))))


def _relatie(call: Call, document: Any, object: Any) -> Row | None:
    return row(
        f"select r.id from {RELATIES} r where r.informatieobject_id = %(document)s"
        " and (r.zaak_id = %(object)s or r.besluit_id = %(object)s)",
        {"document": document, "object": object},
    )


def maak_relatie(call: Call) -> Answer:
    """objectinformatieobject_create (drc-002, 003, 004): a relation is made in the Zaken or Besluiten API and mirrored
    at once, so here it is always there already, or not to be."""
    document = key_in(DOCUMENT, call.given["informatieobject"])
    if document is None or row("select 1 from documenten_informatieobject where id = %s", (document,)) is None:
        raise invalid("informatieobject", "does_not_exist", "Dit document is er niet.")
    soort = registry.get(call.given["objectType"])
    key = key_in(soort, call.given["object"]) if soort is not None else None
    if soort is None or key is None or row(f"select 1 from {soort.table} t where t.id = %s", (key,)) is None:
        anders = key is None and any(key_in(each, call.given["object"]) for each in registry.values())
        raise invalid("object", "invalid-resource" if anders else "bad-url", "Hier staat geen zaak of besluit.")
    if _relatie(call, document, key) is not None:
        raise invalid("nonFieldErrors", "unique", "Deze relatie is er al.")
    raise invalid("nonFieldErrors", "inconsistent-relation", "Leg de relatie eerst vast in de Zaken of Besluiten API.")


def weg_relatie(call: Call) -> Answer:
    """objectinformatieobject_destroy (drc-004): as long as the zaak or besluit has the document, so does the mirror."""
    assert call.key is not None
    read(OBJECTINFORMATIEOBJECT, call.caller(), call.key)
    raise invalid("nonFieldErrors", "inconsistent-relation", "De zaak of het besluit heeft dit document nog.")


_SCHRIJVEN = (DOCUMENT_SCHRIJVEN, GEBRUIKSRECHTEN_SCHRIJVEN, VERZENDING_SCHRIJVEN)
CONTRACT = Contract(
    Path(__file__).parent,
    scopes={
        "GET": "documenten.lezen",
        "POST": "documenten.aanmaken",
        "PUT": "documenten.bijwerken",
        "PATCH": "documenten.bijwerken",
        "DELETE": "documenten.verwijderen",
    },
)
API = Api(
    root=ROOT,
    contract=CONTRACT,
    handlers={
        **{id: each for soort in _SCHRIJVEN for id, each in {**reads(soort.resource), **writes(soort)}.items()},
        **reads(OBJECTINFORMATIEOBJECT),
        **audittrail(DOCUMENT),
        "enkelvoudiginformatieobject_create": maak,
        "enkelvoudiginformatieobject_update": wijzig,
        "enkelvoudiginformatieobject_partial_update": wijzig,
        "enkelvoudiginformatieobject_retrieve": lees,
        "enkelvoudiginformatieobject_download": download,
        "enkelvoudiginformatieobject_lock": vergrendel,
        "enkelvoudiginformatieobject_unlock": ontgrendel,
        "enkelvoudiginformatieobject__zoek": zoek,
        "objectinformatieobject_create": maak_relatie,
        "objectinformatieobject_destroy": weg_relatie,
        "bestandsdeel_update": zet_deel,
    },
    files={
        "enkelvoudiginformatieobject_create": neem_document,
        "enkelvoudiginformatieobject_update": neem_document,
        "enkelvoudiginformatieobject_partial_update": neem_document,
        "bestandsdeel_update": neem_deel,
    },
)

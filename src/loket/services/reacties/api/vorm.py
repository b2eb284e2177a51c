"""Open311 in JSON and in XML: the same values, in the form that GeoReport v2 gives each."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from xml.etree import ElementTree as ET

from django.http import HttpResponse

from loket.foundation.time.clock import AMSTERDAM

type Waarde = str | int | float | bool | Mapping[str, Waarde] | Sequence[Waarde] | None

SOORTEN = {"json": "application/json", "xml": "text/xml;charset=utf-8"}

_ENKEL = {
    "services": "service",
    "attributes": "attribute",
    "values": "value",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What one of a list is called in XML."""
_GEEN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def antwoord(vorm: str, naam: str, waarde: Waarde, status: int = 200) -> HttpResponse:
    """The value as an answer. `naam`: the outermost element in XML; JSON has none."""
    inhoud = als_xml(naam, waarde) if vorm == "xml" else json.dumps(waarde, ensure_ascii=False).encode()
    return HttpResponse(inhoud, status=status, content_type=SOORTEN[vorm])


def als_xml(naam: str, waarde: Waarde) -> bytes:
    """The value as a document, with its declaration."""
    wortel = ET.Element(naam)
    _vul(wortel, naam, waarde)
    document: bytes = ET.tostring(wortel, encoding="utf-8", xml_declaration=True)
    return document


def _vul(element: ET.Element, naam: str, waarde: Waarde) -> None:
    if isinstance(waarde, Mapping):
        for sleutel, deel in waarde.items():
            _vul(ET.SubElement(element, sleutel), sleutel, deel)
    elif isinstance(waarde, Sequence) and not isinstance(waarde, str):
        for deel in waarde:
            _vul(ET.SubElement(element, _ENKEL[naam]), _ENKEL[naam], deel)
    elif isinstance(waarde, bool):
        element.text = "true" if waarde else "false"
    elif waarde is not None:
        element.text = _GEEN_XML.sub("�", str(waarde))


def tijd(moment: datetime | None) -> str | None:
    """As the W3C note on dates and times has it, with the zone of the Netherlands: 2026-11-20T14:12:00+01:00."""
    return moment.astimezone(AMSTERDAM).isoformat(timespec="seconds") if moment else None


def einde_van(dag: date | None) -> str | None:
    """The last moment of a day."""
    return tijd(datetime.combine(dag, time(23, 59, 59), AMSTERDAM)) if dag else None

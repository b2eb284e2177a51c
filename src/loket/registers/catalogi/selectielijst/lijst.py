"""What is in the selection list, found by the URL that a zaaktype carries.

Zaaktypen from elsewhere carry the URLs of public servers, so an entry is known by its uuid, whatever the host. What is
only on a public server (an older list) is believed there: nothing is fetched.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.conf import settings

type Soort = Literal["procestypen", "resultaten", "resultaattypeomschrijvingen"]

SHIPPED = Path(__file__).with_name("selectielijst.json")
ROOT = "/selectielijst/api/v1"
PUBLIC = ("selectielijst.openzaak.nl", "referentielijsten-api.vng.cloud")
"""The servers that the field refers to; they hold older lists too."""

WEERGAVE = {
    "nihil": "Nihil",
    "bestaansduur_procesobject": "De bestaans- of geldigheidsduur van het procesobject.",
    "ingeschatte_bestaansduur_procesobject": "De ingeschatte maximale bestaans- of geldigheidsduur van het"
    " procesobject.",
    "vast_te_leggen_datum": "De tijdens het proces vast te leggen datum waarop de geldigheid van het procesobject komt"
    " te vervallen.",
    "samengevoegd_met_bewaartermijn": "De procestermijn is samengevoegd met de bewaartermijn.",
}
"""What each procestermijn means, for people."""

_DUUR = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
_URL = re.compile(
    r"https?://(?P<host>[^/?#]+)/(?:[^?#]*/)?(?P<soort>procestypen|resultaten|resultaattypeomschrijvingen)"
    r"/(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?",
    re.IGNORECASE,
)


class _Row(msgspec.Struct, frozen=True, rename="camel"):
    """`url` is the uuid in the file, and the address on the serving host in an answer."""

    url: str

    @property
    def uuid(self) -> UUID:
        """The last part of the url. ValueError when it is none."""
        return UUID(self.url.rstrip("/").rpartition("/")[2])


class Procestype(_Row, frozen=True, kw_only=True, rename="camel"):
    """A kind of process that a zaaktype belongs to."""

    nummer: int
    jaar: int
    naam: str
    omschrijving: str = ""
    toelichting: str = ""
    procesobject: str = ""


class Resultaat(_Row, frozen=True, kw_only=True, rename="camel"):
    """A way in which a process ends (selectielijstklasse): whether its dossier is destroyed, and after how long."""

    proces_type: str
    nummer: int
    volledig_nummer: str
    generiek: bool = False
    specifiek: bool = False
    naam: str
    omschrijving: str = ""
    herkomst: str = ""
    waardering: Literal["", "blijvend_bewaren", "vernietigen"] = ""
    procestermijn: Literal[
        "",
        "nihil",
        "bestaansduur_procesobject",
        "ingeschatte_bestaansduur_procesobject",
        "vast_te_leggen_datum",
        "samengevoegd_met_bewaartermijn",
    ] = ""
    procestermijn_weergave: str = ""
    procestermijn_opmerking: str = ""
    bewaartermijn: str | None = None
    toelichting: str = ""
    algemeen_bestuur_en_inrichting_organisatie: bool = False
    bedrijfsvoering_en_personeel: bool = False
    publieke_informatie_en_registratie: bool = False
    burgerzaken: bool = False
    veiligheid: bool = False
    verkeer_en_vervoer: bool = False
    economie: bool = False
    onderwijs: bool = False
    sport_cultuur_en_recreatie: bool = False
    sociaal_domein: bool = False
    volksgezonheid_en_milieu: bool = False
    vhrosv: bool = False
    heffen_belastingen: bool = False
    alle_taakgebieden: bool = False

    @property
    def procestype(self) -> UUID:
        """The procestype that it belongs to."""
        return UUID(self.proces_type.rstrip("/").rpartition("/")[2])


class Omschrijving(_Row, frozen=True, kw_only=True, rename="camel"):
    """A general word for how a zaak ended (resultaattypeomschrijving)."""

    omschrijving: str
    definitie: str = ""
    opmerking: str = ""


class _File(msgspec.Struct, frozen=True):
    """The list as one file: where it comes from, and its rows."""

    bron: str = ""
    procestypen: list[Procestype] = []
    resultaten: list[Resultaat] = []
    resultaattypeomschrijvingen: list[Omschrijving] = []


@dataclass(frozen=True)
class Lijst:
    """One whole list, by uuid, in its own order."""

    bron: str
    procestypen: Mapping[UUID, Procestype]
    resultaten: Mapping[UUID, Resultaat]
    resultaattypeomschrijvingen: Mapping[UUID, Omschrijving]


def lees(plek: Path) -> Lijst:
    """The list in a file as Loket writes it, or in a folder with `procestypen.json`, `resultaten.json` and
    `resultaattypeomschrijvingen.json` as they are published. Raises OSError, and ValueError with a sentence for what
    is no selection list."""
    soorten: tuple[Soort, ...] = ("procestypen", "resultaten", "resultaattypeomschrijvingen")
    given: Any
    try:
        if plek.is_dir():
            given = {soort: msgspec.json.decode((plek / f"{soort}.json").read_bytes()) for soort in soorten}
            for soort, rijen in given.items():  # a page as an API gives it
                given[soort] = rijen["results"] if isinstance(rijen, dict) and "results" in rijen else rijen
        else:
            given = msgspec.json.decode(plek.read_bytes())
        found = msgspec.convert(given, _File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{plek} is not a selection list: {error}") from None
    lijst = Lijst(
        found.bron,
        _by_uuid(found.procestypen),
        _by_uuid(found.resultaten),
        _by_uuid(found.resultaattypeomschrijvingen),
    )
    if not (lijst.procestypen and lijst.resultaten):
        raise ValueError(f"{plek} is not a selection list: it has no procestypen or no resultaten.")
    for each in lijst.resultaten.values():
        if each.procestype not in lijst.procestypen:
            raise ValueError(f"Resultaat {each.volledig_nummer} belongs to a procestype that is not in the list.")
        if each.bewaartermijn and not _DUUR.fullmatch(each.bewaartermijn):
            raise ValueError(f"The bewaartermijn of resultaat {each.volledig_nummer} is no period.")
    return lijst


def _by_uuid[Row: _Row](rows: Iterable[Row]) -> dict[UUID, Row]:
    found: dict[UUID, Row] = {}
    for row in rows:
        try:
            uuid = row.uuid
        except ValueError:
            raise ValueError(f"{row.url[:80]!r} does not end in a uuid.") from None
        if uuid in found:
            raise ValueError(f"{uuid} is in the list twice.")
        found[uuid] = row
    return found


def vervang(plek: Path) -> Lijst:
    """Use the list at `plek` from now on. Raises as `lees`; then nothing has changed."""
    lijst = lees(plek)
    own = _own()
    fresh = own.with_suffix(".new")
    fresh.write_bytes(schrijf(lijst))
    fresh.replace(own)
    return lijst


def terug() -> None:
    """Use the list that Loket ships with again."""
    _own().unlink(missing_ok=True)


def schrijf(lijst: Lijst) -> bytes:
    """The list as one file, a line for each row; what is empty or false is left out."""
    parts = [f'{{\n"bron": {msgspec.json.encode(lijst.bron).decode()}']
    for name in ("procestypen", "resultaten", "resultaattypeomschrijvingen"):
        rows = (
            {key: value for key, value in msgspec.to_builtins(row).items() if value or type(value) is int}
            for row in getattr(lijst, name).values()
        )
        parts.append(f'"{name}": [\n' + ",\n".join(msgspec.json.encode(row).decode() for row in rows) + "\n]")
    return (",\n".join(parts) + "\n}\n").encode()


def huidig() -> Lijst:
    """The list in use: the one in the data folder, else the one that ships. Read again only when the file changed, so
    that a running Loket sees a replacement."""
    own = _own()
    try:
        return _loaded(own, own.stat().st_mtime_ns)
    except FileNotFoundError:
        return _loaded(SHIPPED, 0)


@lru_cache(maxsize=2)
def _loaded(plek: Path, _changed: int) -> Lijst:
    return lees(plek)


def _own() -> Path:
    return Path(settings.DATA_DIR) / "selectielijst.json"


def _uuid(url: str, soort: Soort) -> UUID | None:
    found = _URL.fullmatch(url)
    return UUID(found["uuid"]) if found and found["soort"].lower() == soort else None


def procestype(url: str) -> Procestype | None:
    """The procestype that a URL is of; None when the list does not have it."""
    uuid = _uuid(url, "procestypen")
    return huidig().procestypen.get(uuid) if uuid else None


def resultaat(url: str) -> Resultaat | None:
    """The resultaat (selectielijstklasse) that a URL is of; None when the list does not have it."""
    uuid = _uuid(url, "resultaten")
    return huidig().resultaten.get(uuid) if uuid else None


def omschrijving(url: str) -> Omschrijving | None:
    """The resultaattypeomschrijving that a URL is of; None when the list does not have it."""
    uuid = _uuid(url, "resultaattypeomschrijvingen")
    return huidig().resultaattypeomschrijvingen.get(uuid) if uuid else None


def verwijst(url: str, soort: Soort) -> bool:
    """Whether a URL is of an entry of this kind: one in the list, or one on a public server, which may have more."""
    uuid = _uuid(url, soort)
    if uuid is None:
        return False
    found = _URL.fullmatch(url)
    return uuid in getattr(huidig(), soort) or (found is not None and found["host"].lower() in PUBLIC)

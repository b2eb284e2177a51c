"""A zaaktype as one document that travels between test, acceptance and production: writing, reading, comparing.

Everything in it goes by its own name (`identificatie`, `omschrijving`, `volgnummer`), nothing by a key of one Loket.
Whether a type is published, and from when it is valid, each Loket decides itself: the dates travel along for a Loket
that has no version yet, and make no difference.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from loket.foundation.access.actor import Actor
from loket.foundation.errors import NotFound, Refused
from loket.registers.catalogi import rules
from loket.registers.catalogi.models import (
    Besluittype,
    Catalogus,
    Eigenschap,
    Informatieobjecttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakobjecttype,
    Zaaktype,
    ZaaktypeInformatieobjecttype,
)

type Beeld = dict[str, Any]
type Soort = type[Zaaktype | Informatieobjecttype | Besluittype]

FORMAAT, VERSIE = "loket-zaaktype", 1
DELEN: tuple[tuple[str, type[models.Model], tuple[str, ...]], ...] = (
    ("statustypen", Statustype, ("volgnummer",)),
    ("resultaattypen", Resultaattype, ("omschrijving",)),
    ("roltypen", Roltype, ("omschrijving",)),
    ("eigenschappen", Eigenschap, ("naam",)),
    ("informatieobjecttypen", ZaaktypeInformatieobjecttype, ("volgnummer",)),
    ("zaakobjecttypen", Zaakobjecttype, ("relatie_omschrijving", "objecttype", "ander_objecttype", "statustype")),
)
"""The parts of a zaaktype: the key in the document, the table, and what tells one part from another in it."""
MEE: tuple[tuple[str, Soort], ...] = (("informatieobjecttypen", Informatieobjecttype), ("besluittypen", Besluittype))
"""The types that a zaaktype names: they travel along."""
NAMEN = {
    "statustypen": ("omschrijving",),
    "informatieobjecttypen": ("informatieobjecttype", "richting"),
    "zaakobjecttypen": ("relatie_omschrijving", "objecttype"),
}
"""What people know a part by, where that is not what tells it from another: a step that moves up is still that step."""
GELDIGHEID = ("begin_geldigheid", "einde_geldigheid", "begin_object", "einde_object", "versiedatum")
WOORDEN = {
    "zaaktype": "Zaaktype",
    "statustypen": "Statustype",
    "resultaattypen": "Resultaattype",
    "roltypen": "Roltype",
    "eigenschappen": "Eigenschap",
    "zaakobjecttypen": "Zaakobjecttype",
    "informatieobjecttypen": "Document bij de zaak",
    "mee:informatieobjecttypen": "Informatieobjecttype",
    "mee:besluittypen": "Besluittype",
}


# --- writing ----------------------------------------------------------------------------------------------------------


def exporteer(zaaktype: UUID) -> Beeld:
    """The document of one version of a zaaktype, with its parts and the types that it names. Raises NotFound."""
    soort = Zaaktype.objects.filter(id=zaaktype).first()
    if soort is None:
        raise NotFound("There is no such zaaktype.")
    beeld = beeld_van(soort)
    besluiten = {*beeld["besluittypen"], *(each for deel in beeld["resultaattypen"] for each in deel["besluittypen"])}
    mee = {"besluittypen": [beeld_van(each) for each in _laatste(Besluittype, soort.catalogus_id, besluiten)]}
    papieren = {each["informatieobjecttype"] for each in beeld["informatieobjecttypen"]}
    papieren |= {each for deel in beeld["resultaattypen"] for each in deel["informatieobjecttypen"]}
    papieren |= {each for deel in mee["besluittypen"] for each in deel["informatieobjecttypen"]}
    mee["informatieobjecttypen"] = [
        beeld_van(each) for each in _laatste(Informatieobjecttype, soort.catalogus_id, papieren)
    ]
    return {"formaat": FORMAAT, "versie": VERSIE, "zaaktype": beeld, **mee}


def beeld_van(soort: Zaaktype | Informatieobjecttype | Besluittype) -> Beeld:
    """A version of a type as the document has it; of a zaaktype with its parts."""
    beeld = _rij(soort)
    if isinstance(soort, Zaaktype):
        stappen = dict(Statustype.objects.filter(zaaktype=soort).values_list("id", "volgnummer"))
        for naam, model, sleutel in DELEN:
            delen = model._default_manager.filter(zaaktype=soort).order_by(*map(op_nummer, sleutel))
            beeld[naam] = [_rij(deel, stappen) for deel in delen]
    return beeld


def op_nummer(veld: str) -> str:
    """The field, or what stands for it in the document: of a step its number."""
    return "statustype__volgnummer" if veld == "statustype" else veld


def nieuwste(model: Soort, catalogus: UUID, naam: str) -> Zaaktype | Informatieobjecttype | Besluittype | None:
    """The version that is worked on: the concept, else what was published last."""
    sleutel = sleutel_van(model)
    found: Zaaktype | Informatieobjecttype | Besluittype | None = (
        model._default_manager.filter(catalogus_id=catalogus, **{sleutel: naam})
        .order_by("-concept", "-begin_geldigheid")
        .first()
    )
    return found


def sleutel_van(model: Soort) -> str:
    """The name of the field that the versions of one type share."""
    return "identificatie" if model is Zaaktype else "omschrijving"


def _laatste(model: Soort, catalogus: UUID, namen: Iterable[str]) -> list[Any]:
    """Of each of these types the version that was published last, else the concept; what is not there is left out."""
    alle = model._default_manager.filter(catalogus_id=catalogus, omschrijving__in=namen)
    per = {each.omschrijving: each for each in alle.order_by("-concept", "begin_geldigheid")}
    return [per[naam] for naam in sorted(per)]


def _velden(model: type[models.Model]) -> list["models.Field[Any, Any]"]:
    niet = ("id", "organisatie", "catalogus", "zaaktype", "concept")
    return [each for each in model._meta.concrete_fields if each.name not in niet]


def _rij(rij: models.Model, stappen: Mapping[UUID, int] | None = None) -> Beeld:
    beeld: Beeld = {}
    for each in _velden(type(rij)):
        waarde = getattr(rij, each.attname)
        if each.name == "statustype":
            waarde = (stappen or {}).get(waarde)
        beeld[each.name] = waarde.isoformat() if isinstance(waarde, date) else waarde
    return beeld


# --- reading ----------------------------------------------------------------------------------------------------------


def lees(document: Any) -> Beeld:
    """The document, checked and complete: what an older Loket did not know has its default. Raises Refused
    (`unknown-format`, `invalid`), with the place in the document as field."""
    if not isinstance(document, dict) or document.get("formaat") != FORMAAT:
        raise Refused("unknown-format", _("Dit is geen bestand met een zaaktype van Loket."))
    if document.get("versie") != VERSIE:
        raise Refused("unknown-format", _("Dit bestand is van een andere versie van Loket, die deze niet kent."))
    beeld: Beeld = {"formaat": FORMAAT, "versie": VERSIE}
    beeld["zaaktype"] = _gelezen(Zaaktype, document.get("zaaktype"), "zaaktype")
    for naam, model, _sleutel in DELEN:
        lijst = _lijst(document["zaaktype"].get(naam, []), f"zaaktype.{naam}")
        beeld["zaaktype"][naam] = [_gelezen(model, each, f"zaaktype.{naam}.{n}") for n, each in enumerate(lijst)]
    for naam, soort in MEE:
        lijst = _lijst(document.get(naam, []), naam)
        beeld[naam] = [_gelezen(soort, each, f"{naam}.{n}") for n, each in enumerate(lijst)]
    _controleer(beeld)
    return beeld


def _lijst(waarde: Any, plaats: str) -> Sequence[Any]:
    if not isinstance(waarde, list):
        raise _fout(plaats)
    return waarde


def _gelezen(model: type[models.Model], waarde: Any, plaats: str) -> Beeld:
    if not isinstance(waarde, dict):
        raise _fout(plaats)
    velden = {each.name: each for each in _velden(model)}
    onbekend = waarde.keys() - velden.keys() - ({naam for naam, _, _ in DELEN} if model is Zaaktype else set())
    if onbekend:
        raise _fout(f"{plaats}.{min(onbekend)}")
    beeld = {}
    for naam, veld in velden.items():
        gegeven = waarde.get(naam, veld.get_default() if veld.has_default() or veld.null else None)
        if not _past(veld, gegeven):
            raise _fout(f"{plaats}.{naam}")
        beeld[naam] = gegeven
    return beeld


def _past(veld: "models.Field[Any, Any]", waarde: Any) -> bool:
    """Whether a value from JSON is one of this field; whether it fits, the commands and the database say."""
    if waarde is None:
        return veld.null
    if isinstance(veld, ArrayField):
        return isinstance(waarde, list) and all(isinstance(each, str) for each in waarde)
    if isinstance(veld, models.JSONField):
        return isinstance(waarde, dict | list) and "\\x00" not in repr(waarde)
    if isinstance(veld, models.BooleanField):
        return isinstance(waarde, bool)
    if isinstance(veld, models.DateField):
        try:
            return isinstance(waarde, str) and bool(date.fromisoformat(waarde))
        except ValueError:
            return False
    if isinstance(veld, models.IntegerField | models.ForeignKey):
        return isinstance(waarde, int) and not isinstance(waarde, bool)
    return isinstance(waarde, str)


def _controleer(beeld: Beeld) -> None:
    """What the parts must be together, and what the standard says of each. Raises Refused."""
    zaaktype = beeld["zaaktype"]
    stappen = {each["volgnummer"] for each in zaaktype["statustypen"]}
    for naam, _model, sleutel in DELEN:
        keer = Counter(tuple(each[one] for one in sleutel) for each in zaaktype[naam])
        for n, each in enumerate(zaaktype[naam]):
            if keer[tuple(each[one] for one in sleutel)] > 1:
                raise _fout(f"zaaktype.{naam}.{n}.{sleutel[-1]}")
            if each.get("statustype") is not None and each["statustype"] not in stappen:
                raise _fout(f"zaaktype.{naam}.{n}.statustype")
    for naam, _soort in MEE:
        dubbel = [each for each, keer in Counter(each["omschrijving"] for each in beeld[naam]).items() if keer > 1]
        if dubbel:
            raise _fout(f"{naam}.{dubbel[0]}")
    fouten = [
        (f"zaaktype.resultaattypen.{n}.{fault.name}", fault)
        for n, each in enumerate(zaaktype["resultaattypen"])
        for rule in (rules.ztc_004, rules.ztc_005, rules.ztc_006, rules.ztc_007, rules.ztc_008)
        for fault in rule(each["brondatum_archiefprocedure"])
    ]
    for plaats, fault in fouten:
        raise Refused(fault.code, f"{fault.reason} ({plaats})", plaats)


def _fout(plaats: str) -> Refused:
    return Refused("invalid", _("Het bestand is beschadigd of aangepast: %s klopt niet.") % plaats, plaats)


# --- comparing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Regel:
    """One thing that is new, other (`velden`: old and new by field), or gone."""

    wat: Literal["nieuw", "anders", "weg"]
    soort: str
    naam: str
    velden: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def tekst(self) -> Iterator[str]:
        """It in words, one line for what it is and one for each field."""
        woord = {"nieuw": _("nieuw"), "anders": _("anders"), "weg": _("weg")}[self.wat]
        yield f"{WOORDEN[self.soort]} “{self.naam}”: {woord}"
        for naam, (oud, nieuw) in self.velden.items():
            yield f"    {naam}: {_kort(oud)} → {_kort(nieuw)}"


@dataclass(frozen=True)
class Verschil:
    """What a document would change here. `stand`: there is no such zaaktype yet, or what is there is a concept or a
    published version; `gelijk`: how many things are the same."""

    identificatie: str
    stand: Literal["nieuw", "concept", "gepubliceerd"]
    regels: tuple[Regel, ...]
    gelijk: int

    def van(self, soort: str, naam: str = "") -> list[Regel]:
        """The lines about one kind of thing, or about one thing."""
        return [each for each in self.regels if each.soort == soort and naam in ("", each.naam)]

    @property
    def zaaktype_anders(self) -> bool:
        """Whether the zaaktype or one of its parts differs."""
        return any(not each.soort.startswith("mee:") for each in self.regels)

    def tekst(self) -> list[str]:
        """All of it in words."""
        if not self.regels:
            return [_("Zaaktype “%s” is hier hetzelfde. Er verandert niets.") % self.identificatie]
        wat = {
            "nieuw": _("Zaaktype “%s” is hier nog niet. Het komt er als concept."),
            "concept": _("Van zaaktype “%s” is hier een concept. Dat wordt aangepast."),
            "gepubliceerd": _("Van zaaktype “%s” is hier een gepubliceerde versie. Er komt een nieuw concept naast."),
        }[self.stand]
        if not self.zaaktype_anders:
            wat = _("Zaaktype “%s” zelf is hier hetzelfde. Wat erbij hoort, is anders.")
        gelijk = _("Hetzelfde bleven: %d onderdelen.") % self.gelijk
        return [wat % self.identificatie, *(line for each in self.regels for line in each.tekst()), gelijk]


def verschil(actor: Actor, catalogus: Catalogus, document: Any) -> Verschil:
    """What `document` would change in this catalogue. Needs `catalogus.beheren`; raises Refused as `lees`."""
    actor.require(rules.BEHEREN)
    return vergelijk(catalogus, lees(document))


def vergelijk(catalogus: Catalogus, beeld: Beeld) -> Verschil:
    """The same, for a document that was read."""
    zaaktype = _met_stappen(beeld["zaaktype"])
    hier = nieuwste(Zaaktype, catalogus.id, zaaktype["identificatie"])
    oud = _met_stappen(beeld_van(hier)) if hier else None
    regels, gelijk = _regels("zaaktype", ("identificatie",), [oud] if oud else [], [zaaktype])
    for naam, _model, sleutel in DELEN:
        meer, zelfde = _regels(naam, NAMEN.get(naam, sleutel), oud[naam] if oud else [], zaaktype[naam])
        regels, gelijk = regels + meer, gelijk + zelfde
    for naam, soort in MEE:
        for each in beeld[naam]:
            ander = nieuwste(soort, catalogus.id, each["omschrijving"])
            meer, zelfde = _regels(f"mee:{naam}", ("omschrijving",), [beeld_van(ander)] if ander else [], [each])
            regels, gelijk = regels + meer, gelijk + zelfde
    stand: Literal["nieuw", "concept", "gepubliceerd"] = (
        "nieuw" if hier is None else "concept" if hier.concept else "gepubliceerd"
    )
    return Verschil(zaaktype["identificatie"], stand, tuple(regels), gelijk)


def _met_stappen(zaaktype: Beeld) -> Beeld:
    """The same, where parts name their step in words: a step that moves up is still that step."""
    namen = {
        each["volgnummer"]: f"{naam} ({keer + 1})" if keer else naam
        for ((naam,), keer), each in _op_naam(("omschrijving",), zaaktype["statustypen"]).items()
    }
    return {
        naam: [each | {"statustype": namen.get(each["statustype"])} if "statustype" in each else each for each in deel]
        if naam in {naam for naam, _, _ in DELEN}
        else deel
        for naam, deel in zaaktype.items()
    }


def _regels(soort: str, namen: Sequence[str], oud: list[Beeld], nieuw: list[Beeld]) -> tuple[list[Regel], int]:
    """The lines of one kind, and how many are the same."""
    hier, daar = _op_naam(namen, oud), _op_naam(namen, nieuw)
    delen = {naam for naam, _, _ in DELEN} if soort == "zaaktype" else set()
    regels, gelijk = [], 0
    for sleutel, each in daar.items():
        if sleutel not in hier:
            regels.append(Regel("nieuw", soort, " ".join(sleutel[0])))
            continue
        velden = {
            naam: (hier[sleutel][naam], waarde)
            for naam, waarde in each.items()
            if naam not in delen and naam not in GELDIGHEID and hier[sleutel][naam] != waarde
        }
        if velden:
            regels.append(Regel("anders", soort, " ".join(sleutel[0]), velden))
        else:
            gelijk += 1
    regels += [Regel("weg", soort, " ".join(sleutel[0])) for sleutel in hier if sleutel not in daar]
    return regels, gelijk


def _op_naam(namen: Sequence[str], delen: Iterable[Beeld]) -> dict[tuple[tuple[str, ...], int], Beeld]:
    """By name; the second of the same name is the second."""
    keer: Counter[tuple[str, ...]] = Counter()
    found = {}
    for each in delen:
        naam = tuple(str(each[one]) for one in namen)
        found[naam, keer[naam]] = each
        keer[naam] += 1
    return found


def _kort(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return _("ja") if waarde else _("nee")
    if waarde in (None, "", [], {}):
        return _("(leeg)")
    return ", ".join(str(each) for each in waarde) if isinstance(waarde, list) else str(waarde)

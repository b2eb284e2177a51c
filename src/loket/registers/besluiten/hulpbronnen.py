"""The resources of the Besluiten API 1.1.0, declared."""

from collections.abc import Iterator

from loket.foundation.api.changes import Channel
from loket.foundation.api.filters import key_of, text
from loket.foundation.api.problem import Fault, Problem
from loket.foundation.api.resource import Column, Filter, Link, Resource, declare
from loket.foundation.api.write import Change, Writes
from loket.foundation.database.sql import row, value
from loket.foundation.time.clock import now, today
from loket.registers.besluiten import rules
from loket.registers.besluiten.models import Besluit, BesluitInformatieobject
from loket.registers.zaken.rules import rsin

ROOT = "/besluiten/api/v1"
KANAAL = Channel(
    "besluiten",
    "brc",
    "besluit",
    {
        "verantwoordelijkeOrganisatie": "{t}.verantwoordelijke_organisatie",
        "besluittype": "'/catalogi/api/v1/besluittypen/' || {t}.besluittype_id",
    },
)
TOEGESTAAN = "{t}.besluittype_id = any(%(besluiten_typen)s::uuid[])"
_WEERGAVE = (
    "case {t}.vervalreden when 'tijdelijk' then 'Besluit met tijdelijke werking' when 'ingetrokken_overheid' then"
    " 'Besluit ingetrokken door overheid' when 'ingetrokken_belanghebbende' then 'Besluit ingetrokken o.v.v."
    " belanghebbende' else '' end"
)

BESLUIT = declare(
    Resource(
        name="besluit",
        root=ROOT,
        path="/besluiten",
        table="besluiten_besluit",
        permitted=TOEGESTAAN,
        fields={
            "identificatie": Column("identificatie"),
            "verantwoordelijkeOrganisatie": Column("verantwoordelijke_organisatie"),
            "besluittype": Link("besluittype", "{t}.besluittype_id"),
            "zaak": Link("zaak", "{t}.zaak_id"),
            "datum": Column("datum"),
            "toelichting": Column("toelichting"),
            "bestuursorgaan": Column("bestuursorgaan"),
            "ingangsdatum": Column("ingangsdatum"),
            "vervaldatum": Column("vervaldatum"),
            "vervalreden": Column("vervalreden"),
            "vervalredenWeergave": _WEERGAVE,
            "publicatiedatum": Column("publicatiedatum"),
            "verzenddatum": Column("verzenddatum"),
            "uiterlijkeReactiedatum": Column("uiterlijke_reactiedatum"),
        },
        filters={
            "identificatie": Filter("{t}.identificatie = %(identificatie)s", text),
            "verantwoordelijkeOrganisatie": Filter(
                "{t}.verantwoordelijke_organisatie = %(verantwoordelijkeOrganisatie)s", text
            ),
            "besluittype": Filter("{t}.besluittype_id = %(besluittype)s", key_of("besluittype")),
            "zaak": Filter("{t}.zaak_id = %(zaak)s", key_of("zaak")),
        },
    )
)


def _mag(change: Change) -> Iterator[Fault]:
    """A besluit is made of a type that the autorisaties cover. Raises Problem (403)."""
    if change.old is None and not change.caller.everything and (
        change.new["besluittype_id"] not in change.caller.covers["besluiten_typen"]
    ):  # fmt: skip
        raise Problem(403, "Besluiten van dit besluittype gaan uw autorisaties te boven.")
    yield from ()


def _brc_001(change: Change) -> Iterator[Fault]:
    if change.old is None:
        yield from rules.brc_001(change.linked["besluittype"])


def _brc_007(change: Change) -> Iterator[Fault]:
    zaak, besluittype = change.linked.get("zaak"), change.linked["besluittype"]
    if zaak is not None and besluittype is not None:
        zaaktype = row("select catalogus_id, besluittypen from catalogi_zaaktype where id = %s", (zaak["zaaktype_id"],))
        assert zaaktype is not None
        yield from rules.brc_007(besluittype, zaaktype)


def _organisatie(change: Change) -> Iterator[Fault]:
    yield from rsin("verantwoordelijkeOrganisatie", change.new["verantwoordelijke_organisatie"])


def _datum(change: Change) -> Iterator[Fault]:
    yield from rules.niet_in_de_toekomst(change.new["datum"], today())


def _nummer(change: Change) -> None:
    if not change.new["identificatie"]:
        change.new["identificatie"] = rules.brc_002(today().year, value("select nextval('besluiten_nummer')"))


BESLUIT_SCHRIJVEN = Writes(
    BESLUIT,
    Besluit,
    KANAAL,
    needs=frozenset(("besluittype", "zaak")),
    fixed=frozenset(("identificatie", "verantwoordelijkeOrganisatie", "besluittype", "zaak")),
    rules=(_mag, _brc_001, _organisatie, _datum, _brc_007),
    removal=(),
    settle=_nummer,
    clashes={
        "besluit_identificatie": Fault("identificatie", "identificatie-niet-uniek", "Dit nummer is al gebruikt."),
    },
)

BESLUITINFORMATIEOBJECT = declare(
    Resource(
        name="besluitinformatieobject",
        root=ROOT,
        path="/besluitinformatieobjecten",
        table="besluiten_besluitinformatieobject",
        permitted="exists (select 1 from besluiten_besluit b where b.id = {t}.besluit_id and "
        + TOEGESTAAN.replace("{t}", "b")
        + ")",
        fields={
            "informatieobject": Link("enkelvoudiginformatieobject", "{t}.informatieobject_id"),
            "besluit": Link("besluit", "{t}.besluit_id"),
        },
        filters={
            "besluit": Filter("{t}.besluit_id = %(besluit)s", key_of("besluit")),
            "informatieobject": Filter(
                "{t}.informatieobject_id = %(informatieobject)s", key_of("enkelvoudiginformatieobject")
            ),
        },
    )
)


def _brc_008(change: Change) -> Iterator[Fault]:
    besluit, document = change.linked["besluit"], change.linked["informatieobject"]
    if besluit is None or document is None:
        return
    found = row(
        "select i.omschrijving, b.informatieobjecttypen from catalogi_informatieobjecttype i, catalogi_besluittype b"
        " where i.id = %s and b.id = %s",
        (document["informatieobjecttype_id"], besluit["besluittype_id"]),
    )
    assert found is not None
    yield from rules.brc_008(found["omschrijving"], found["informatieobjecttypen"])


def _brc_004(change: Change) -> None:
    change.new["aard_relatie"] = rules.brc_004()
    change.new["registratiedatum"] = now()


BESLUITINFORMATIEOBJECT_SCHRIJVEN = Writes(
    BESLUITINFORMATIEOBJECT,
    BesluitInformatieobject,
    KANAAL,
    main="besluit_id",
    parent="besluit",
    rules=(_brc_008,),
    removal=(),
    settle=_brc_004,
    clashes={
        "besluitinformatieobject_een_keer": Fault("nonFieldErrors", "unique", "Dit document is al bij het besluit.")
    },
)

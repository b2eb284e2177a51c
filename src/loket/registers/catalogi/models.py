"""The tables of the catalogue. Field names are those of ZTC 1.3.3; periods of time are kept as ISO 8601 text.

The validity of a zaaktype's parts is that of the zaaktype (ZTC), so it stands there once. Relations to types that have
versions of their own are kept as the standard has them: by `omschrijving` or `identificatie`.
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from loket.registers.basis import Rij, tekst

VERTROUWELIJKHEID = (
    "openbaar",
    "beperkt_openbaar",
    "intern",
    "zaakvertrouwelijk",
    "vertrouwelijk",
    "confidentieel",
    "geheim",
    "zeer_geheim",
)
"""In order: the rank that rights speak of is the place in this row, counted from 1."""

GENERIEKE_ROLLEN = (
    "adviseur",
    "behandelaar",
    "belanghebbende",
    "beslisser",
    "initiator",
    "klantcontacter",
    "zaakcoordinator",
    "mede_initiator",
)


class Catalogus(Rij):
    """The catalogue of one domain of one organisation."""

    domein = tekst(5, None)
    rsin = tekst(9, None)
    contactpersoon_beheer_naam = tekst(40)
    contactpersoon_beheer_telefoonnummer = tekst(20)
    contactpersoon_beheer_emailadres = tekst(254)
    naam = tekst(200)
    versie = tekst(20)
    begindatum_versie = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "domein", "rsin"), name="catalogus_domein"),
            models.CheckConstraint(condition=Q(domein__regex=r"^[A-Z]{1,5}$"), name="catalogus_domein_letters"),
        ]

    def __str__(self) -> str:
        return self.naam or self.domein


class Geldig(Rij):
    """What has versions: in force from `begin_geldigheid` up to and including `einde_geldigheid`, once published."""

    begin_geldigheid = models.DateField()
    einde_geldigheid = models.DateField(null=True, blank=True)
    begin_object = models.DateField(null=True, blank=True)
    einde_object = models.DateField(null=True, blank=True)
    concept = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Zaaktype(Geldig):
    """One version of a kind of zaak."""

    catalogus = models.ForeignKey(Catalogus, on_delete=models.DO_NOTHING, related_name="zaaktypen")
    catalogus_id: UUID
    identificatie = tekst(50, None)
    omschrijving = tekst(80, None)
    omschrijving_generiek = tekst(80)
    vertrouwelijkheidaanduiding = tekst(20, None)
    doel = models.TextField(default="", blank=True)
    aanleiding = models.TextField(default="", blank=True)
    toelichting = models.TextField(default="", blank=True)
    indicatie_intern_of_extern = tekst(7, "extern")
    handeling_initiator = tekst(20)
    onderwerp = tekst(80)
    handeling_behandelaar = tekst(20)
    doorlooptijd = tekst(30, None)
    servicenorm = tekst(30)
    opschorting_en_aanhouding_mogelijk = models.BooleanField(default=False)
    verlenging_mogelijk = models.BooleanField(default=False)
    verlengingstermijn = tekst(30)
    trefwoorden = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    publicatie_indicatie = models.BooleanField(default=False)
    publicatietekst = models.TextField(default="", blank=True)
    verantwoordingsrelatie = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    producten_of_diensten = ArrayField(models.CharField(max_length=1000), default=list, blank=True)
    selectielijst_procestype = tekst(200)
    referentieproces_naam = tekst(80)
    referentieproces_link = tekst(200)
    verantwoordelijke = tekst(50)
    broncatalogus = models.JSONField(null=True, blank=True)
    bronzaaktype = models.JSONField(null=True, blank=True)
    besluittypen = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    deelzaaktypen = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    gerelateerde_zaaktypen = models.JSONField(default=list, blank=True)
    versiedatum = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "catalogus", "identificatie", "begin_geldigheid"), name="zaaktype_versie"
            ),
            models.CheckConstraint(condition=Q(vertrouwelijkheidaanduiding__in=VERTROUWELIJKHEID), name="zaaktype_va"),
            models.CheckConstraint(
                condition=Q(indicatie_intern_of_extern__in=("intern", "extern")), name="zaaktype_intern_extern"
            ),
            models.CheckConstraint(
                condition=Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=F("begin_geldigheid")),
                name="zaaktype_geldigheid",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("organisatie"), F("identificatie"), F("begin_geldigheid"), name="zaaktype_in_kracht")
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Statustype(Rij):
    """A step of a zaaktype. The one with the highest `volgnummer` is the eindstatus: it closes the zaak."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="statustypen")
    zaaktype_id: UUID
    volgnummer = models.SmallIntegerField()
    omschrijving = tekst(80, None)
    omschrijving_generiek = tekst(80)
    statustekst = tekst(1000)
    informeren = models.BooleanField(default=False)
    doorlooptijd = tekst(30)
    toelichting = tekst(1000)
    checklistitem_statustype = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaaktype", "volgnummer"), name="statustype_volgnummer"),
            models.CheckConstraint(condition=Q(volgnummer__gte=1, volgnummer__lte=9999), name="statustype_nummer"),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Resultaattype(Rij):
    """A way in which a zaak of a zaaktype can end, and how long its dossier is then kept."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="resultaattypen")
    zaaktype_id: UUID
    omschrijving = tekst(30, None)
    omschrijving_generiek = tekst(80)
    resultaattypeomschrijving = tekst(1000)
    selectielijstklasse = tekst(1000)
    toelichting = models.TextField(default="", blank=True)
    archiefnominatie = tekst(16)
    archiefactietermijn = tekst(30)
    brondatum_archiefprocedure = models.JSONField(null=True, blank=True)
    procesobjectaard = tekst(200)
    indicatie_specifiek = models.BooleanField(null=True, blank=True)
    procestermijn = tekst(30)
    besluittypen = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    informatieobjecttypen = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaaktype", "omschrijving"), name="resultaattype_omschrijving"),
            models.CheckConstraint(
                condition=Q(archiefnominatie__in=("", "blijvend_bewaren", "vernietigen")),
                name="resultaattype_archief",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Roltype(Rij):
    """What somebody can be in a zaak of a zaaktype."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="roltypen")
    zaaktype_id: UUID
    omschrijving = tekst(100, None)
    omschrijving_generiek = tekst(20, None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaaktype", "omschrijving"), name="roltype_omschrijving"),
            models.CheckConstraint(condition=Q(omschrijving_generiek__in=GENERIEKE_ROLLEN), name="roltype_generiek"),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Informatieobjecttype(Geldig):
    """One version of a kind of document."""

    catalogus = models.ForeignKey(Catalogus, on_delete=models.DO_NOTHING, related_name="informatieobjecttypen")
    catalogus_id: UUID
    omschrijving = tekst(80, None)
    vertrouwelijkheidaanduiding = tekst(20, None)
    informatieobjectcategorie = tekst(80)
    trefwoord = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    omschrijving_generiek = models.JSONField(null=True, blank=True)
    besluittypen = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "catalogus", "omschrijving", "begin_geldigheid"),
                name="informatieobjecttype_versie",
            ),
            models.CheckConstraint(
                condition=Q(vertrouwelijkheidaanduiding__in=VERTROUWELIJKHEID), name="informatieobjecttype_va"
            ),
            models.CheckConstraint(
                condition=Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=F("begin_geldigheid")),
                name="informatieobjecttype_geldig",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class ZaaktypeInformatieobjecttype(Rij):
    """Which kinds of document (by `omschrijving`) belong in a zaak of a zaaktype, and which way they go."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="zaaktypeinformatieobjecttypen")
    zaaktype_id: UUID
    informatieobjecttype = tekst(100, None)
    volgnummer = models.SmallIntegerField()
    richting = tekst(8, None)
    statustype = models.ForeignKey(
        Statustype, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaaktype", "volgnummer"), name="ziot_volgnummer"),
            models.CheckConstraint(condition=Q(richting__in=("inkomend", "intern", "uitgaand")), name="ziot_richting"),
        ]

    def __str__(self) -> str:
        return self.informatieobjecttype


class Besluittype(Geldig):
    """One version of a kind of besluit. Which zaaktypen take such a besluit stands with them, by `omschrijving`."""

    catalogus = models.ForeignKey(Catalogus, on_delete=models.DO_NOTHING, related_name="besluittypen")
    catalogus_id: UUID
    omschrijving = tekst(80)
    omschrijving_generiek = tekst(80)
    besluitcategorie = tekst(40)
    reactietermijn = tekst(30)
    publicatie_indicatie = models.BooleanField(default=False)
    publicatietekst = models.TextField(default="", blank=True)
    publicatietermijn = tekst(30)
    toelichting = models.TextField(default="", blank=True)
    informatieobjecttypen = ArrayField(models.CharField(max_length=80), default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "catalogus", "omschrijving", "begin_geldigheid"), name="besluittype_versie"
            ),
            models.CheckConstraint(
                condition=Q(einde_geldigheid__isnull=True) | Q(einde_geldigheid__gte=F("begin_geldigheid")),
                name="besluittype_geldigheid",
            ),
        ]

    def __str__(self) -> str:
        return self.omschrijving


class Zaakobjecttype(Rij):
    """What zaken of a zaaktype can be about."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="zaakobjecttypen")
    zaaktype_id: UUID
    ander_objecttype = models.BooleanField()
    objecttype = tekst(200, None)
    relatie_omschrijving = tekst(80, None)
    statustype = models.ForeignKey(
        Statustype, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return self.relatie_omschrijving


class Eigenschap(Rij):
    """A property that zaken of a zaaktype have, and what its values look like."""

    zaaktype = models.ForeignKey(Zaaktype, on_delete=models.DB_CASCADE, related_name="eigenschappen")
    zaaktype_id: UUID
    naam = tekst(20, None)
    definitie = tekst(255, None)
    groep = tekst(32)
    formaat = tekst(9, "tekst")
    lengte = tekst(14, "255")
    kardinaliteit = tekst(3, "1")
    waardenverzameling = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    toelichting = tekst(1000)
    statustype = models.ForeignKey(
        Statustype, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("zaaktype", "naam"), name="eigenschap_naam"),
            models.CheckConstraint(
                condition=Q(formaat__in=("tekst", "getal", "datum", "datum_tijd")), name="eigenschap_formaat"
            ),
        ]

    def __str__(self) -> str:
        return self.naam

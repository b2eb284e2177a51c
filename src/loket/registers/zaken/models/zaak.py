"""The zaak itself."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Replace

from loket.registers.basis import Rij, tekst
from loket.registers.catalogi.models import VERTROUWELIJKHEID

RANG = Case(
    *(When(vertrouwelijkheidaanduiding=naam, then=Value(rang)) for rang, naam in enumerate(VERTROUWELIJKHEID, 1)),
    default=Value(len(VERTROUWELIJKHEID)),
)

ZOEKTEKST = Func(
    F("omschrijving"),
    F("toelichting"),
    F("plek"),
    F("identificatie"),
    Replace(F("identificatie"), Value("-"), Value(" ")),
    template="to_tsvector('dutch'::regconfig, %(expressions)s)",
    arg_joiner=" || ' ' || ",
)
"""The number stands in it twice: whole, and in parts, so that `04817` alone finds it."""


class Zaken(models.Manager["Zaak"]):
    """Zaken without the search words: those are for the database alone."""

    def get_queryset(self) -> "models.QuerySet[Zaak]":
        return super().get_queryset().defer("zoek")


class Zaak(Rij):
    """One zaak. `einddatum` is filled when it is closed; `status` is the last one set.

    The place is in words (`plek`), as a point in RD metres (`x`, `y`) for our own searches, and as the client's
    GeoJSON (`zaakgeometrie`, EPSG:4326). `va_rang` and `zoek` are kept by the database.
    """

    identificatie = tekst(40, None)
    bronorganisatie = tekst(9, None)
    omschrijving = tekst(80)
    toelichting = tekst(1000)
    zaaktype = models.ForeignKey("catalogi.Zaaktype", on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    zaaktype_id: UUID
    registratiedatum = models.DateField()
    verantwoordelijke_organisatie = tekst(9, None)
    startdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    einddatum_gepland = models.DateField(null=True, blank=True)
    uiterlijke_einddatum_afdoening = models.DateField(null=True, blank=True)
    publicatiedatum = models.DateField(null=True, blank=True)
    communicatiekanaal = tekst(1000)
    kanaal = tekst(20)
    producten_of_diensten = ArrayField(models.CharField(max_length=1000), default=list, blank=True)
    vertrouwelijkheidaanduiding = tekst(20, None)
    va_rang = models.GeneratedField(expression=RANG, output_field=models.SmallIntegerField(), db_persist=True)
    betalingsindicatie = tekst(12)
    laatste_betaaldatum = models.DateTimeField(null=True, blank=True)
    zaakgeometrie = models.JSONField(null=True, blank=True)
    verlenging_reden = tekst(200)
    verlenging_duur = tekst(30)
    opschorting_indicatie = models.BooleanField(default=False)
    opschorting_reden = tekst(200)
    selectielijstklasse = tekst(1000)
    hoofdzaak = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="deelzaken", db_index=False
    )
    hoofdzaak_id: UUID | None
    kenmerken = models.JSONField(default=list, blank=True)
    archiefnominatie = tekst(16)
    archiefstatus = tekst(40, "nog_te_archiveren")
    archiefactiedatum = models.DateField(null=True, blank=True)
    opdrachtgevende_organisatie = tekst(9)
    processobjectaard = tekst(200)
    startdatum_bewaartermijn = models.DateField(null=True, blank=True)
    processobject = models.JSONField(null=True, blank=True)
    status = models.ForeignKey(
        "zaken.Status", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", db_index=False
    )
    status_id: UUID | None
    plek = tekst(200)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    aangemaakt_op = models.DateTimeField()
    gewijzigd_op = models.DateTimeField()
    zoek = models.GeneratedField(expression=ZOEKTEKST, output_field=SearchVectorField(), db_persist=True)

    objects: ClassVar[Zaken] = Zaken()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisatie", "identificatie", "bronorganisatie"), name="zaak_identificatie"
            ),
            models.CheckConstraint(condition=Q(vertrouwelijkheidaanduiding__in=VERTROUWELIJKHEID), name="zaak_va"),
            models.CheckConstraint(
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("startdatum")), name="zaak_einddatum"
            ),
            models.CheckConstraint(
                condition=Q(betalingsindicatie__in=("", "nvt", "nog_niet", "gedeeltelijk", "geheel")),
                name="zaak_betalingsindicatie",
            ),
            models.CheckConstraint(
                condition=~Q(betalingsindicatie="nvt") | Q(laatste_betaaldatum__isnull=True), name="zaak_betaling_nvt"
            ),
            models.CheckConstraint(
                condition=Q(archiefnominatie__in=("", "blijvend_bewaren", "vernietigen")), name="zaak_archiefnominatie"
            ),
            models.CheckConstraint(
                condition=Q(
                    archiefstatus__in=(
                        "nog_te_archiveren",
                        "gearchiveerd",
                        "gearchiveerd_procestermijn_onbekend",
                        "overgedragen",
                    )
                ),
                name="zaak_archiefstatus",
            ),
            models.CheckConstraint(
                condition=Q(hoofdzaak__isnull=True) | ~Q(hoofdzaak=F("id")), name="zaak_niet_eigen_hoofdzaak"
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False), name="zaak_punt"
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("organisatie"), F("zaaktype"), F("startdatum").desc(), name="zaak_zaaktype"),
            # a count over these reads the index alone
            models.Index(F("organisatie"), F("startdatum"), F("zaaktype"), F("va_rang"), name="zaak_op_startdatum"),
            models.Index(F("organisatie"), F("einddatum"), F("zaaktype"), F("va_rang"), name="zaak_op_einddatum"),
            models.Index(F("hoofdzaak"), name="zaak_hoofdzaak", condition=Q(hoofdzaak__isnull=False)),
            GinIndex(F("zoek"), name="zaak_zoek"),
            GistIndex(Func(F("x"), F("y"), function="point"), name="zaak_punt_gist", condition=Q(x__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.identificatie

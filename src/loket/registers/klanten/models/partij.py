"""Who somebody is, and how to reach him or her."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower

from loket.registers.basis import Rij, tekst

NAAMWOORDEN = Func(F("naam"), template="to_tsvector('simple'::regconfig, %(expressions)s)")

LAATSTE_CIJFERS = Func(F("adres"), template="right(regexp_replace(%(expressions)s, '[^0-9]', '', 'g'), 9)")
"""What makes two telephone numbers the same, however they are written: 06 1234 5678 and +31-6-12345678."""


class Partij(Rij):
    """A person or an organisation as one organisation on this Loket knows it.

    `pseudoniem` (see `identity.pseudonym`) is the same in every organisation, so that a resident who logs in sees one
    government; for somebody who never identified it is a random one of its own.
    """

    soort_partij = tekst(12, "persoon")
    pseudoniem = tekst(64, None)
    naam = tekst(200)
    taal = tekst(3, "nld")
    voorkeurskanaal = tekst(20)
    indicatie_actief = models.BooleanField(default=True)
    aangemaakt_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "pseudoniem"), name="partij_pseudoniem"),
            models.CheckConstraint(condition=~Q(pseudoniem=""), name="partij_heeft_pseudoniem"),
            models.CheckConstraint(
                condition=Q(soort_partij__in=("persoon", "organisatie", "contactpersoon")), name="partij_soort"
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("pseudoniem"), name="partij_wie"),
            GinIndex(NAAMWOORDEN, name="partij_naam"),
        ]


class Partijidentificator(Rij):
    """A number that identifies a partij elsewhere (BSN, KVK).

    Decision: the number itself is not stored readable. `hmac` finds it again, `eind` (the last three characters) lets
    an employee check it with the person on the phone, and `waarde` is the number encrypted with a key derived from
    the installation's secret, for the one place that must give it back (the standard's API).
    """

    partij = models.ForeignKey(Partij, on_delete=models.DB_CASCADE, related_name="identificatoren")
    partij_id: UUID
    soort = tekst(20, None)
    hmac = tekst(64, None)
    eind = tekst(3)
    waarde = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "soort", "hmac"), name="partijidentificator_een_keer"),
            models.CheckConstraint(condition=Q(soort__in=("bsn", "kvk", "rsin", "vestigingsnummer")), name="pi_soort"),
        ]


class DigitaalAdres(Rij):
    """An e-mail address or telephone number; `status` says whether mail to it came back."""

    partij = models.ForeignKey(Partij, on_delete=models.DB_CASCADE, related_name="digitale_adressen", db_index=False)
    partij_id: UUID
    soort_digitaal_adres = tekst(10, None)
    adres = tekst(254, None)
    omschrijving = tekst(40)
    is_standaard_adres = models.BooleanField(default=False)
    status = tekst(9, "ok")
    gewijzigd_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("partij", "soort_digitaal_adres", "adres"), name="digitaaladres_een_keer"),
            models.CheckConstraint(condition=Q(soort_digitaal_adres__in=("email", "telefoon")), name="adres_soort"),
            models.CheckConstraint(condition=Q(status__in=("ok", "gebounced")), name="adres_status"),
        ]
        indexes: ClassVar = [
            models.Index(OpClass(Lower("adres"), name="text_pattern_ops"), name="digitaaladres_adres"),
            models.Index(LAATSTE_CIJFERS, name="digitaaladres_nummer", condition=Q(soort_digitaal_adres="telefoon")),
        ]

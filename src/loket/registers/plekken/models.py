"""The tables of the register of places. All geometry is in RD metres (EPSG:28992)."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Index

from loket.registers.basis import Rij, tekst
from loket.registers.plekken.velden import VakVeld, VormVeld


class Vlak(Rij):
    """Something with a shape; `vak` is the box around it, by which the database finds it."""

    vorm = VormVeld()
    vak = VakVeld()

    class Meta:
        abstract = True


class Wijk(Vlak):
    """A neighbourhood."""

    naam = tekst(80, None)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("organisatie", "naam"), name="wijk_naam")]
        indexes: ClassVar = [GistIndex(fields=["vak"], name="wijk_vak")]

    def __str__(self) -> str:
        return self.naam


class Straat(Vlak):
    """A street (BAG: openbare ruimte) with its centre line. `breedte` is the whole profile, `rijbaan` the carriageway;
    `rang` 1 is the most important, 9 is the railway. `zoeknaam` is the name without accents and capitals."""

    naam = tekst(80, None)
    zoeknaam = tekst(80, None)
    rang = models.SmallIntegerField()
    breedte = models.FloatField()
    rijbaan = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("organisatie", "naam"), name="straat_naam")]
        indexes: ClassVar = [GistIndex(fields=["vak"], name="straat_vak")]

    def __str__(self) -> str:
        return self.naam


class Pand(Vlak):
    """A building: footprint, year, height in metres above the ground; `naam` for the few that have one."""

    soort = tekst(20, None)
    naam = tekst(80)
    bouwjaar = models.SmallIntegerField()
    hoogte = models.FloatField()

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["vak"], name="pand_vak")]

    def __str__(self) -> str:
        return self.naam or str(self.id)


class Perceel(Vlak):
    """A plot of the cadastre: municipality, section and number together are its name."""

    gemeente = tekst(5, None)
    sectie = tekst(2, None)
    nummer = models.IntegerField()
    oppervlakte = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisatie", "gemeente", "sectie", "nummer"), name="perceel_aanduiding")
        ]
        indexes: ClassVar = [GistIndex(fields=["vak"], name="perceel_vak")]

    def __str__(self) -> str:
        return f"{self.gemeente} {self.sectie} {self.nummer}"


class Adres(Rij):
    """An address (BAG: nummeraanduiding), with the point just behind its front door."""

    straat = models.ForeignKey(Straat, on_delete=models.DB_CASCADE, related_name="adressen", db_index=False)
    straat_id: UUID
    huisnummer = models.IntegerField()
    letter = tekst(4)
    postcode = tekst(6, None)
    woonplaats = tekst(80, None)
    x = models.FloatField()
    y = models.FloatField()
    pand = models.ForeignKey(Pand, on_delete=models.DB_CASCADE, related_name="adressen")
    pand_id: UUID
    perceel = models.ForeignKey(Perceel, on_delete=models.DB_CASCADE, related_name="adressen")
    perceel_id: UUID
    wijk = models.ForeignKey(Wijk, on_delete=models.DB_CASCADE, related_name="adressen", db_index=False)
    wijk_id: UUID

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("straat", "huisnummer", "letter"), name="adres_nummer")
        ]
        indexes: ClassVar = [
            Index(fields=["postcode", "huisnummer"], name="adres_postcode"),
            GistIndex(Func(F("x"), F("y"), function="point"), name="adres_punt"),
        ]

    def __str__(self) -> str:
        return f"{self.huisnummer}{self.letter}, {self.postcode}"


class Waterdeel(Vlak):
    """A piece of water; `hartlijn` is the centre line of long water (one piece of each name has it)."""

    naam = tekst(80)
    soort = tekst(20, None)
    hartlijn = VormVeld(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["vak"], name="waterdeel_vak")]

    def __str__(self) -> str:
        return self.naam


class Wegdeel(Vlak):
    """A piece of road: carriageway, pavement, cycle path, verge or railway. Pieces do not overlap."""

    straat = models.ForeignKey(Straat, on_delete=models.DB_CASCADE, related_name="wegdelen", null=True, blank=True)
    straat_id: UUID | None
    soort = tekst(20, None)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["vak"], name="wegdeel_vak")]

    def __str__(self) -> str:
        return f"{self.soort} {self.id}"


class Groenvlak(Vlak):
    """A piece of green: park, grass, dike, meadow. Farm plots may lie on a meadow."""

    naam = tekst(80)
    soort = tekst(20, None)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["vak"], name="groenvlak_vak")]

    def __str__(self) -> str:
        return self.naam or self.soort


class Boom(Rij):
    """A tree: its place and the radius of its crown in metres; `openbaar` when it stands on public ground."""

    x = models.FloatField()
    y = models.FloatField()
    straal = models.FloatField()
    openbaar = models.BooleanField()

    class Meta:
        indexes: ClassVar = [GistIndex(Func(F("x"), F("y"), function="point"), name="boom_punt")]

    def __str__(self) -> str:
        return str(self.id)


class BenoemdePlek(Rij):
    """A place that people call by a name: a culvert (duiker), bridge, lock, pumping station, park, church."""

    naam = tekst(80, None)
    zoeknaam = tekst(80, None)
    soort = tekst(20, None)
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        indexes: ClassVar = [GistIndex(Func(F("x"), F("y"), function="point"), name="benoemdeplek_punt")]

    def __str__(self) -> str:
        return self.naam


class Bestuursgebied(Vlak):
    """Where an organisation is responsible, and for which subjects (none: for all). The highest `voorrang` decides.

    The newest row also tells the version of the whole map: whoever changes the map writes these anew.
    """

    naam = tekst(80, None)
    onderwerpen = ArrayField(models.TextField(), default=list, blank=True)
    voorrang = models.SmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [GistIndex(fields=["vak"], name="bestuursgebied_vak")]

    def __str__(self) -> str:
        return self.naam

"""The addresses of this room."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from loket.services.reacties.api import open311
from loket.services.reacties.pages import (
    afwezig,
    gesprek,
    handelen,
    home,
    klacht,
    melden,
    mijn,
    postkamer,
    samen,
    terugbellen,
    volgen,
)
from loket.services.reacties.pages.deel import PADEN


class Pad(StringConverter):
    """The first word of the address of a form."""

    regex = "|".join(PADEN)


class Sleutel(StringConverter):
    """A key of a status page; whatever else somebody tries is a wrong key, and is treated as one."""

    regex = r"[^/]{1,200}"


class Vorm(StringConverter):
    """The form of an answer of Open311, as the end of the address."""

    regex = r"\.json|\.xml|"


class Stuk(StringConverter):
    """A part of an address that leaves the end to `Vorm`."""

    regex = r"[^/]+?"


register_converter(Vorm, "vorm")
register_converter(Stuk, "stuk")
register_converter(Pad, "pad")
register_converter(Sleutel, "sleutel")

app_name = "reacties"

_V2 = "open311/v2"

_DELEN = ("bericht", "beoordeel", "heropen", "intrekken", "voorkeur", "gegevens")

urlpatterns = [
    path("", home.home, name="home"),
    path("zoeken", home.zoeken, name="zoeken"),
    path("zo-tellen-wij", home.zo_tellen_wij, name="zo_tellen_wij"),
    path("volg", home.nummer, name="nummer"),
    path("volg-verstuurd", home.nummer_klaar, name="nummer_klaar"),
    path("terugbellen", terugbellen.nieuw, name="bel_mij"),
    path("<pad:pad>", melden.wat, name="wat"),
    path("<pad:pad>/waar", melden.waar, name="waar"),
    path("<pad:pad>/gegevens", melden.gegevens, name="gegevens_stap"),
    path("<pad:pad>/controleren", melden.controleren, name="controleren"),
    path("<pad:pad>/bevestiging", melden.binnen, name="binnen"),
    path("<pad:pad>/bevestiging.pdf", melden.binnen_pdf, name="binnen_pdf"),
    path("<pad:pad>/foto/<str:sleutel>", melden.foto, name="foto"),
    path("volg/<sleutel:sleutel>", volgen.volg, name="volg"),
    *(path(f"volg/<sleutel:sleutel>/{deel}", getattr(volgen, deel), name=deel) for deel in _DELEN),
    path("volg/<sleutel:sleutel>/terugbellen", terugbellen.terugbellen, name="terugbellen"),
    path("volg/<sleutel:sleutel>/document/<uuid:document>", volgen.document, name="document"),
    path("volg/<sleutel:sleutel>/klein/<uuid:document>", volgen.klein, name="klein"),
    path("werk/zaak/<str:nummer>/<slug:code>/doen/", handelen.handeling, name="handeling"),
    path("werk/samen/<slug:code>/", samen.samen, name="samen"),
    path("werk/klachten/", klacht.klachten, name="klachten"),
    path("beheer/klachten/", klacht.klachtregeling, name="klachtregeling"),
    path("klachten/<int:jaar>", klacht.jaar, name="klachten_jaar"),
    path("klachten/<int:jaar>.csv", klacht.jaar_csv, name="klachten_csv"),
    path("werk/afwezig/", afwezig.afwezig, name="afwezig"),
    path("werk/gesprek/", gesprek.nieuw, name="nieuw_gesprek"),
    path("werk/gesprekken/", gesprek.lijst, name="gesprekken"),
    path("werk/gesprek/<uuid:gesprek>/", gesprek.gesprek, name="gesprek"),
    path("werk/gesprek/<uuid:gesprek>/bewaar/", gesprek.bewaar, name="gesprek_bewaar"),
    path("werk/terugbellen/", terugbellen.lijst, name="terugbel_lijst"),
    path("werk/post/", postkamer.lijst, name="postkamer"),
    path("werk/post/<uuid:post>/", postkamer.mail, name="post"),
    path("werk/post/<uuid:post>/bron/", postkamer.bron, name="post_bron"),
    path("werk/bericht/<uuid:bericht>/e-mail/", postkamer.bericht, name="bericht_mail"),
    path("werk/bericht/<uuid:bericht>/bron/", postkamer.bericht_bron, name="bericht_bron"),
    path("werk/afwezig/<int:afwezigheid>/terug/", afwezig.terug, name="terug"),
    path("werk/taak/<uuid:taak>/<slug:code>/", handelen.taak, name="taak"),
    path("mijn/zaken", mijn.zaken, name="mijn_zaken"),
    path("mijn/zaken/<str:nummer>", volgen.mijn_zaak, name="mijn_zaak"),
    *(path(f"mijn/zaken/<str:nummer>/{deel}", getattr(volgen, f"mijn_{deel}"), name=f"mijn_{deel}") for deel in _DELEN),
    path("mijn/zaken/<str:nummer>/terugbellen", terugbellen.mijn_terugbellen, name="mijn_terugbellen"),
    path("mijn/zaken/<str:nummer>/document/<uuid:document>", volgen.mijn_document, name="mijn_document"),
    path("mijn/zaken/<str:nummer>/klein/<uuid:document>", volgen.mijn_klein, name="mijn_klein"),
    path("open311/discovery<vorm:vorm>", open311.discovery, name="open311_discovery"),
    path(f"{_V2}/services<vorm:vorm>", open311.services, name="open311_services"),
    path(f"{_V2}/services/<stuk:code><vorm:vorm>", open311.service, name="open311_service"),
    path(f"{_V2}/requests<vorm:vorm>", open311.requests, name="open311_requests"),
    path(f"{_V2}/requests/<stuk:nummer><vorm:vorm>", open311.one, name="open311_request"),
    path(f"{_V2}/tokens/<stuk:teken><vorm:vorm>", open311.token, name="open311_token"),
    path(f"{_V2}/", open311.unknown, name="open311_basis"),
    path("open311/<path:rest>", open311.unknown, name="open311_onbekend"),
]

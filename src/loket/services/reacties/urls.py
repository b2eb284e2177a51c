"""The addresses of this room."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from loket.services.reacties.pages import afwezig, handelen, home, melden, mijn, postkamer, samen, volgen
from loket.services.reacties.pages.deel import PADEN


class Pad(StringConverter):
    """The first word of the address of a form."""

    regex = "|".join(PADEN)


class Sleutel(StringConverter):
    """A key of a status page; whatever else somebody tries is a wrong key, and is treated as one."""

    regex = r"[^/]{1,200}"


register_converter(Pad, "pad")
register_converter(Sleutel, "sleutel")

app_name = "reacties"

_DELEN = ("bericht", "beoordeel", "heropen", "intrekken", "voorkeur", "gegevens")

urlpatterns = [
    path("", home.home, name="home"),
    path("zoeken", home.zoeken, name="zoeken"),
    path("zo-tellen-wij", home.zo_tellen_wij, name="zo_tellen_wij"),
    path("volg", home.nummer, name="nummer"),
    path("volg-verstuurd", home.nummer_klaar, name="nummer_klaar"),
    path("<pad:pad>", melden.wat, name="wat"),
    path("<pad:pad>/waar", melden.waar, name="waar"),
    path("<pad:pad>/gegevens", melden.gegevens, name="gegevens_stap"),
    path("<pad:pad>/controleren", melden.controleren, name="controleren"),
    path("<pad:pad>/bevestiging", melden.binnen, name="binnen"),
    path("<pad:pad>/bevestiging.pdf", melden.binnen_pdf, name="binnen_pdf"),
    path("<pad:pad>/foto/<str:sleutel>", melden.foto, name="foto"),
    path("volg/<sleutel:sleutel>", volgen.volg, name="volg"),
    *(path(f"volg/<sleutel:sleutel>/{deel}", getattr(volgen, deel), name=deel) for deel in _DELEN),
    path("volg/<sleutel:sleutel>/document/<uuid:document>", volgen.document, name="document"),
    path("volg/<sleutel:sleutel>/klein/<uuid:document>", volgen.klein, name="klein"),
    path("werk/zaak/<str:nummer>/<slug:code>/doen/", handelen.handeling, name="handeling"),
    path("werk/samen/<slug:code>/", samen.samen, name="samen"),
    path("werk/afwezig/", afwezig.afwezig, name="afwezig"),
    path("werk/post/", postkamer.lijst, name="postkamer"),
    path("werk/post/<uuid:post>/", postkamer.mail, name="post"),
    path("werk/post/<uuid:post>/bron/", postkamer.bron, name="post_bron"),
    path("werk/afwezig/<int:afwezigheid>/terug/", afwezig.terug, name="terug"),
    path("werk/taak/<uuid:taak>/<slug:code>/", handelen.taak, name="taak"),
    path("mijn/zaken", mijn.zaken, name="mijn_zaken"),
    path("mijn/zaken/<str:nummer>", volgen.mijn_zaak, name="mijn_zaak"),
    *(path(f"mijn/zaken/<str:nummer>/{deel}", getattr(volgen, f"mijn_{deel}"), name=f"mijn_{deel}") for deel in _DELEN),
    path("mijn/zaken/<str:nummer>/document/<uuid:document>", volgen.mijn_document, name="mijn_document"),
    path("mijn/zaken/<str:nummer>/klein/<uuid:document>", volgen.mijn_klein, name="mijn_klein"),
]

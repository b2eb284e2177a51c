"""The addresses of this room."""

from django.urls import path

from loket.foundation.web import pages
from loket.foundation.web.help import help

app_name = "web"

urlpatterns = [
    path("stijl", pages.stijl, name="stijl"),
    path("taal", pages.taal, name="taal"),
    path("help/<slug:plek>/", help, name="help"),
    path("thema/<slug:afkorting>.css", pages.thema, name="thema"),
]

"""The addresses of this room; the APIs themselves have no addresses here but in the lane."""

from django.urls import path

from loket.foundation.api import pages

app_name = "api"
urlpatterns = [
    path("api/", pages.overzicht, name="overzicht"),
    path("api/aansluiten/", pages.aansluiten, name="aansluiten"),
    path("api/aansluiten/voorbeeld.<str:soort>", pages.voorbeeld, name="voorbeeld"),
    path("api/<slug:naam>/", pages.naslag, name="naslag"),
]

"""The addresses of this room."""

from django.urls import path

from loket.foundation.inbox import pages

app_name = "inbox"
urlpatterns = [
    path("beheer/postvakken/", pages.postvakken, name="postvakken"),
    path("beheer/postvakken/nieuw/", pages.nieuw, name="nieuw"),
    path("beheer/postvakken/<uuid:id>/", pages.postvak, name="postvak"),
    path("beheer/postvakken/<uuid:id>/imap/", pages.imap, name="imap"),
    path("beheer/postvakken/<uuid:id>/probeer/", pages.probeer, name="probeer"),
    path("beheer/postvakken/<uuid:id>/kijk/", pages.kijk, name="kijk"),
    path("beheer/postvakken/<uuid:id>/ontkoppel/", pages.ontkoppel, name="ontkoppel"),
]

"""The addresses of this room."""

from django.urls import path

from loket.services.kennis.pages import bewoner, medewerker, redactie, regels

app_name = "kennis"
urlpatterns = [
    path("antwoorden/", bewoner.antwoorden, name="antwoorden"),
    path("antwoorden/<slug:slug>/", bewoner.antwoord, name="antwoord"),
    path("werk/kennis/", medewerker.lijst, name="lijst"),
    path("werk/kennis/nieuw/", redactie.nieuw, name="nieuw"),
    path("werk/kennis/regels/", regels.regels, name="regels"),
    path("werk/kennis/uitvoer.<slug:vorm>", regels.uitvoer, name="uitvoer"),
    path("werk/kennis/<uuid:id>/", medewerker.artikel, name="artikel"),
    path("werk/kennis/<uuid:id>/versie/<int:nummer>/", medewerker.versie, name="versie"),
    path("werk/kennis/<uuid:id>/wijzig/", redactie.wijzig, name="wijzig"),
    path("werk/kennis/<uuid:id>/gegevens/", redactie.gegevens, name="gegevens"),
    path("werk/kennis/<uuid:id>/<slug:daad>/", redactie.doe, name="doe"),
]

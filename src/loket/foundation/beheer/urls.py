"""The addresses of this room."""

from django.urls import path

from loket.foundation.beheer import pages

app_name = "beheer"
urlpatterns = [
    path("beheer/", pages.begin, name="begin"),
    path("beheer/gezondheid/", pages.gezondheid, name="gezondheid"),
    path("beheer/organisatie/", pages.organisatie, name="organisatie"),
    path("beheer/teams/", pages.teams, name="teams"),
    path("beheer/teams/nieuw/", pages.nieuw_team, name="nieuw_team"),
    path("beheer/teams/<uuid:id>/", pages.team, name="team"),
    path("beheer/medewerkers/", pages.medewerkers, name="medewerkers"),
    path("beheer/medewerkers/nieuw/", pages.nieuwe_medewerker, name="nieuwe_medewerker"),
    path("beheer/medewerkers/<uuid:id>/", pages.medewerker, name="medewerker"),
    path("beheer/medewerkers/<uuid:id>/functie/", pages.geef_functie, name="geef_functie"),
    path("beheer/medewerkers/<uuid:id>/functie/<int:lid>/weg/", pages.neem_functie, name="neem_functie"),
    path("beheer/medewerkers/<uuid:id>/dienst/", pages.dienst, name="dienst"),
    path("beheer/medewerkers/<uuid:id>/wachtwoord/", pages.wachtwoord, name="wachtwoord"),
]

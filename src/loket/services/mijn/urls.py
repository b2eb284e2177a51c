"""The addresses of Mijn Loket."""

from django.urls import path

from loket.services.mijn import pages

app_name = "mijn"

urlpatterns = [
    path("mijn/", pages.overzicht, name="overzicht"),
    path("mijn/gebruik", pages.gebruik, name="gebruik"),
    path("mijn/gebruik.json", pages.gebruik_json, name="gebruik_json"),
    path("mijn/gebruik.csv", pages.gebruik_csv, name="gebruik_csv"),
    path("mijn/gegevens", pages.gegevens, name="gegevens"),
]

"""The addresses of this room."""

from django.urls import path

from loket.foundation.audit import pages

app_name = "audit"
urlpatterns = [
    path("beheer/gebruik/", pages.gebruik, name="gebruik"),
    path("beheer/spoor/", pages.spoor, name="spoor"),
]

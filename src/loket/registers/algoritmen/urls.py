"""The addresses of this room."""

from django.urls import path

from loket.registers.algoritmen import pages

app_name = "algoritmen"
urlpatterns = [
    path("algoritmen/", pages.lijst, name="lijst"),
    path("algoritmen/<slug:code>/", pages.een, name="een"),
    path("algoritmen/<slug:code>/cijfers.json", pages.cijfers, name="cijfers"),
    path("beheer/algoritmen/", pages.beheer, name="beheer"),
]

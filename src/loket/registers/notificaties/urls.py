"""The addresses of this room."""

from django.urls import path

from loket.registers.notificaties import pages

app_name = "notificaties"
urlpatterns = [path("beheer/notificaties/", pages.beheer, name="beheer")]

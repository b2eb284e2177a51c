"""The addresses of this room."""

from django.urls import path

from loket.foundation.channels import pages

app_name = "channels"
urlpatterns = [
    path("kanaal/<uuid:id>", pages.webhook, name="webhook"),
    path("beheer/kanalen/", pages.kanalen, name="kanalen"),
    path("beheer/kanalen/nieuw/<slug:soort>/", pages.nieuw, name="nieuw"),
    path("beheer/kanalen/<uuid:id>/", pages.kanaal, name="kanaal"),
    path("beheer/kanalen/<uuid:id>/sleutel/", pages.sleutel, name="sleutel"),
    path("beheer/kanalen/<uuid:id>/bericht/<uuid:bericht>/opnieuw/", pages.opnieuw, name="opnieuw"),
]

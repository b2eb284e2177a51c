"""The addresses of this room. The two of a provider have the names by which allauth finds them; of allauth's own pages
none is reachable."""

from django.urls import include, path

from loket.foundation.identity import pages

urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("inloggen", pages.inloggen, name="inloggen"),
                    path("medewerkers/inloggen", pages.medewerker, name="medewerker"),
                    path("uitloggen", pages.uitloggen, name="uitloggen"),
                    path("medewerkers/wachtwoord/<str:sleutel>", pages.wachtwoord, name="wachtwoord"),
                ],
                "identity",
            )
        ),
    ),
    path("inloggen/<slug:provider_id>", pages.provider_login, name="openid_connect_login"),
    path("inloggen/<slug:provider_id>/terug", pages.provider_callback, name="openid_connect_callback"),
]

"""The addresses of the stand-in. allauth looks for its login page under the names it gives that itself."""

from django.urls import include, path

from loket.assembly.standin import telefoon
from loket.assembly.standin.pages import Authorization, kies

urlpatterns = [
    path("", kies, name="account_login"),
    path("opnieuw", kies, name="account_reauthenticate"),
    path("identity/o/authorize", Authorization.as_view()),
    path("", include("allauth.idp.urls")),
    path("telefoon", telefoon.telefoon, name="telefoon"),
    path("telefoon/gesprek", telefoon.gesprek, name="gesprek"),
    path("telefoon/foto/<slug:naam>", telefoon.foto, name="foto"),
    path("telefoon/brug/messages", telefoon.neem_antwoord),
    path("telefoon/brug/media/<slug:naam>", telefoon.geef_foto),
]

"""The addresses of the stand-in. allauth looks for its login page under the names it gives that itself."""

from django.urls import include, path

from loket.assembly.standin.pages import Authorization, kies

urlpatterns = [
    path("", kies, name="account_login"),
    path("opnieuw", kies, name="account_reauthenticate"),
    path("identity/o/authorize", Authorization.as_view()),
    path("", include("allauth.idp.urls")),
]

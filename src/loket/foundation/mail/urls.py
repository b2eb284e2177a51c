"""The addresses of this room."""

from django.urls import path

from loket.foundation.mail import pages

app_name = "mail"
urlpatterns = [
    path("postbus", pages.postbus, name="postbus"),
    path("postbus/<uuid:id>", pages.bericht, name="bericht"),
    path("postbus/<uuid:id>/opmaak", pages.opmaak, name="opmaak"),
    path("postbus/<uuid:id>/bijlage/<int:nummer>", pages.bijlage, name="bijlage"),
    path("beheer/mail", pages.beheer, name="beheer"),
    path("beheer/mail/opnieuw", pages.alles_opnieuw, name="alles_opnieuw"),
    path("beheer/mail/dkim", pages.dkim, name="dkim"),
    path("beheer/mail/<uuid:id>/opnieuw", pages.opnieuw, name="opnieuw"),
    path("beheer/mail/<uuid:id>/tegenhouden", pages.tegenhouden, name="tegenhouden"),
    path("afmelden/<slug:lijst>/<str:teken>", pages.afmelden, name="afmelden"),
]

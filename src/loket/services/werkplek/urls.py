from django.urls import path

from loket.services.werkplek.pages import lijst, taken, zaak, zoeken

app_name = "werkplek"
urlpatterns = [
    path("werk/", lijst.begin, name="begin"),
    path("werk/lijst/<slug:code>/", lijst.lijst, name="lijst"),
    path("werk/lijst/<slug:code>/nieuw/", lijst.nieuw, name="nieuw"),
    path("werk/taken/", taken.taken, name="taken"),
    path("werk/zoeken/", zoeken.zoeken, name="zoeken"),
    path("werk/zaak/<str:nummer>/", zaak.zaak, name="zaak"),
    path("werk/zaak/<str:nummer>/nieuw/", zaak.nieuw, name="zaak_nieuw"),
    path("werk/document/<uuid:document>/", zaak.document, name="document"),
]

"""The addresses of this room."""

from django.urls import include, path

from loket.registers.plekken import pages

urlpatterns = [
    path(
        "kaart/",
        include(
            (
                [
                    path("vlak.svg", pages.vlak, name="vlak"),
                    path("adressen", pages.adressen, name="adressen"),
                    path("hier", pages.hier, name="hier"),
                ],
                "plekken",
            )
        ),
    ),
]

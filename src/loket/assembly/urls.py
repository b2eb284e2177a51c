"""Every address of the house: each room with pages has its own urls.py, and this is the list of them."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from loket.assembly.begin import begin
from loket.assembly.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")
]
urlpatterns += [path("healthz", healthz, name="healthz"), path("begin/<str:sleutel>", begin, name="begin")]

handler400 = "loket.foundation.web.pages.fout_400"
handler403 = "loket.foundation.web.pages.fout_403"
handler404 = "loket.foundation.web.pages.fout_404"
handler500 = "loket.foundation.web.pages.fout_500"

"""Pages that exist for the tests only: both layouts, a form, and every error page, with a policy each."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.decorators.http import require_POST

from loket.foundation.access.policy import policy
from loket.foundation.web import pages
from loket.foundation.web.forms import EmailField, Form, PreservingCharField

FORMULIER = """{% error_summary form %}
<form class="loket-stack loket-stack--l" method="post" action="/melding" hx-post="/melding" hx-target="#deel"
 hx-swap="innerHTML" novalidate>{% csrf_token %}<h1>Uw gegevens</h1>
{% field form.email %}{% field form.bericht %}{% field form.moment style="pills" %}
<button type="submit" class="utrecht-button utrecht-button--primary-action loket-full">Verstuur melding</button>
</form>"""

MELDING = (
    """{% extends "web/bewoner_zij.html" %}{% load loket %}
{% block titel %}Uw gegevens{% endblock %}
{% block kruimels %}{% crumbs "Home" "/" "Iets melden" %}{% endblock %}
{% block inhoud %}<div id="deel">"""
    + FORMULIER
    + """</div>{% endblock %}
{% block aside %}{% card "Uw melding" tint=True %}<p>Losse stoeptegel</p>{% endcard %}{% endblock %}"""
)

WERK = """{% extends "web/werkplek.html" %}{% load loket %}
{% block titel %}Triage{% endblock %}
{% block zij %}<nav class="loket-sidenav" aria-label="Weergaven"><h2>Van mij</h2><ul>
<li><a href="#" aria-current="page"><span>Triage</span>{% count 23 %}</a></li></ul></nav>{% endblock %}
{% block inhoud %}<div class="loket-row loket-row--between"><h1>Triage</h1>
{% live url="/stroom" poll="/nieuw" one="{n} nieuwe reactie" more="{n} nieuwe reacties" %}</div>
<p><button type="button" data-key="d" data-key-label="Zet door" id="doorzetten">Zet door</button></p>{% endblock %}
{% block toetsen %}{% keys "J K" "omlaag, omhoog" "D" "zet door" %}{% endblock %}"""


class MeldingForm(Form):
    email = EmailField(label="Uw e-mailadres")
    bericht = PreservingCharField(label="Uw bericht", max_length=4000)
    moment = forms.ChoiceField(
        label="Wanneer bellen wij?", widget=forms.RadioSelect, choices=[("1", "Nu"), ("2", "Morgen")]
    )


@policy(public=True)
def melding(request: HttpRequest) -> HttpResponse:
    form = MeldingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return HttpResponse("<h1>Bedankt</h1>")
    known = RequestContext(request, {"form": form})
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(Template("{% load loket %}" + FORMULIER).render(known), status=422)
    return HttpResponse(Template(MELDING).render(known), status=422 if form.is_bound else 200)


@policy(public=True)
def werk(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(WERK).render(RequestContext(request, {"plek": "werk"})))


@policy(public=True)
def fout(request: HttpRequest, status: int) -> HttpResponse:
    return pages.error_page(request, status)


@policy(public=True)
def stuk(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken for the test")


@policy(public=True)
def weg(request: HttpRequest) -> HttpResponse:
    raise Http404


@policy(public=True)
@require_POST
def alleen_post(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("melding", melding),
    path("werk", werk),
    path("fout/<int:status>", fout),
    path("stuk", stuk),
    path("weg", weg),
    path("post", alleen_post),
    path("", include("loket.foundation.web.urls")),
    path("", include("loket.foundation.api.urls")),
]
handler400, handler403, handler404, handler500 = pages.fout_400, pages.fout_403, pages.fout_404, pages.fout_500

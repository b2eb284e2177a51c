"""The one page of the stand-in, and its end of the protocol."""

from allauth.idp.oidc.views import AuthorizationView
from django.contrib.auth import get_user_model, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from loket.assembly.standin.personen import PERSONEN

CHOICE = "keuze"


@never_cache
@require_http_methods(["GET", "POST"])
def kies(request: HttpRequest) -> HttpResponse:
    """The list of fictive persons, each with one button, and a way to stop."""
    onward = request.POST.get("next") or request.GET.get("next", "")
    if onward and not onward.startswith(reverse("idp:oidc:authorization") + "?"):
        raise Http404
    if request.method == "GET" or not onward:
        return render(request, "standin/kies.html", {"personen": PERSONEN, "next": onward})
    choice = request.POST.get("persoon", "")
    if choice:
        user = get_object_or_404(get_user_model(), **{get_user_model().USERNAME_FIELD: choice})
        login(request, user, "django.contrib.auth.backends.ModelBackend")
    request.session[CHOICE] = choice
    return HttpResponseRedirect(onward)


@method_decorator(never_cache, name="dispatch")
class Authorization(AuthorizationView):  # type: ignore[misc]
    """allauth's, but it asks each time who you are: whoever logs out of Loket can be somebody else at once."""

    choice = ""

    def _login_required(self, request: HttpRequest) -> HttpResponse | None:
        choice = request.session.pop(CHOICE, None)
        if choice is None:
            logout(request)
            return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
        self.choice = choice
        return None

    def _skip_consent(self) -> HttpResponse:
        response: HttpResponse = super()._skip_consent() if self.choice else self._respond_with_access_denied()
        logout(self.request)
        return response

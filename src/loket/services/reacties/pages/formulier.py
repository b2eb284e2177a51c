"""The form as it stands on this device: its draft, its steps, and what every page of it shows."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loket.foundation.web.components import Upload
from loket.foundation.web.context import organisatie_of
from loket.services.reacties.categorieen import categorie
from loket.services.reacties.concepten import bewaar_concept
from loket.services.reacties.inzending import Inzending, Plek, naar_json, uit_json
from loket.services.reacties.pages.deel import PADEN, concept_van, nieuw_concept, organisatie
from loket.services.reacties.queries.dubbel import Bekend, bekend_in_de_buurt

NAMEN = {
    "melding": _("Iets melden"),
    "vraag": _("Iets vragen"),
    "klacht": _("Een klacht indienen"),
    "compliment": _("Een compliment geven"),
}
WAT = {
    "melding": _("Wat is er?"),
    "vraag": _("Wat is uw vraag?"),
    "klacht": _("Wat is uw klacht?"),
    "compliment": _("Wat ging er goed?"),
}
NU_TOE = {
    "melding": _("Uw melding tot nu toe"),
    "vraag": _("Uw vraag tot nu toe"),
    "klacht": _("Uw klacht tot nu toe"),
    "compliment": _("Uw compliment tot nu toe"),
}
VERSTUUR = {
    "melding": _("Verstuur melding"),
    "vraag": _("Verstuur vraag"),
    "klacht": _("Verstuur klacht"),
    "compliment": _("Verstuur compliment"),
}
GEVAREN = {
    "gas": _("Ruikt u gas?"),
    "brand": _("Is er brand?"),
    "dreiging": _("Bedreigt iemand u of een ander?"),
    "gewond": _("Is iemand in levensgevaar?"),
    "gevaar": _("Is er nu gevaar?"),
}


_ROUTES = {"gegevens": "gegevens_stap"}


class Formulier:
    """The form of one soort on this device: its draft, its steps, and what every page of it shows."""

    def __init__(self, request: HttpRequest, pad: str) -> None:
        self.request, self.pad, self.soort = request, pad, PADEN[pad]
        self.concept = concept_van(request, self.soort)
        self.gegevens: dict[str, Any] = self.concept.gegevens if self.concept else {}
        self.inzending = uit_json(self.gegevens, self.soort)
        self._bekend: dict[tuple[float, float], list[Bekend]] = {}
        self._koekje: Callable[[HttpResponse], HttpResponse] = lambda response: response

    @property
    def verstuurd(self) -> bool:
        """Whether the draft of this device became a zaak."""
        return self.concept is not None and self.concept.zaak_id is not None

    @property
    def met_plek(self) -> bool:
        """Whether the step 'Waar is het?' belongs to it."""
        return self.soort == "melding" or bool(self.gegevens.get("op_een_plek"))

    @property
    def stappen(self) -> list[tuple[str, Any]]:
        """The steps, each with the name of its route."""
        waar = [("waar", _("Waar is het?"))] if self.met_plek else []
        return [
            ("wat", WAT[self.soort]),
            *waar,
            ("gegevens", _("Uw gegevens")),
            ("controleren", _("Controleren")),
        ]

    def adres(self, stap: str) -> str:
        """The address of a step."""
        return reverse(f"reacties:{_ROUTES.get(stap, stap)}", args=[self.pad])

    def naast(self, stap: str, richting: int) -> str:
        """The address of the step before or after this one."""
        namen = [naam for naam, _titel in self.stappen]
        return self.adres(namen[namen.index(stap) + richting])

    def context(self, stap: str, **meer: Any) -> dict[str, Any]:
        """What the page of a step shows."""
        namen = [naam for naam, _titel in self.stappen]
        nummer = namen.index(stap) + 1
        gekozen = categorie(self.soort, self.inzending.categorie)
        return {
            "formulier": self,
            "organisatie": organisatie_of(self.request),
            "soort": self.soort,
            "naam": NAMEN[self.soort],
            "stap": nummer,
            "stapnamen": [titel for _naam, titel in self.stappen],
            "stapnaam": self.stappen[nummer - 1][1],
            "terug": self.naast(stap, -1) if nummer > 1 else "",
            "verder": self.stappen[nummer][1] if nummer < len(namen) else "",
            "inzending": self.inzending,
            "onderwerp": gekozen.naam if gekozen is not None and gekozen.kort else "",
            "nu_toe": NU_TOE[self.soort],
            "wat_adres": self.adres("wat"),
            "bestanden": [
                Upload(
                    foto.naam,
                    foto.grootte,
                    gettext("De plek stond in de foto. Die is daarna uit de foto gehaald.")
                    if foto.x is not None
                    else "",
                    reverse("reacties:foto", args=[self.pad, foto.id]) if foto.klein else "",
                    foto.id,
                )
                for foto in self.inzending.fotos
            ],
            **meer,
        }

    def toon(self, stap: str, form: forms.BaseForm | None = None, **meer: Any) -> HttpResponse:
        """The page of a step; 422 when the form has faults."""
        fout = form is not None and form.is_bound and bool(form.errors)
        return render(
            self.request,
            f"reacties/{stap}.html",
            self.context(stap, form=form, **meer),
            status=422 if fout else 200,
        )

    def bewaar(self, inzending: Inzending, **overig: Any) -> None:
        """Keep what was filled in so far; the first time in a new draft, of which `met_koekje` gives the secret."""
        self.inzending = inzending
        if self.concept is None:
            self.concept, self._koekje = nieuw_concept(self.soort, {**naar_json(inzending), **overig})
        else:
            bewaar_concept(self.concept, inzending, **overig)
        self.gegevens = self.concept.gegevens

    def met_koekje(self, response: HttpResponse) -> HttpResponse:
        """The answer, with the secret of a draft that was begun now."""
        return self._koekje(response)

    def bekend(self, plaats: Plek) -> list[Bekend]:
        """Open reports near this place that seem to be the same; asked once for each place."""
        wat = self.inzending
        if self.soort != "melding" or plaats.x is None or plaats.y is None:
            return []
        punt = (plaats.x, plaats.y)
        if punt not in self._bekend:
            self._bekend[punt] = bekend_in_de_buurt(organisatie(self.request), wat.tekst, wat.categorie, *punt)
        return self._bekend[punt]

"""The kind of channel that lets an app send reports: it shows a key that the administrator gave."""

from django.utils.translation import gettext_lazy as _

from loket.foundation.channels.adapters import Soort, Veld
from loket.services.reacties.queries.open311 import SOORT, TOON

OPEN311 = Soort(
    SOORT,
    _("App voor meldingen (Open311)"),
    _(
        "Een app of website van een ander stuurt meldingen met een sleutel. Wat openbaar is, leest iedereen zonder"
        " sleutel."
    ),
    velden=(
        Veld(
            TOON,
            _("Mag iedereen de woorden lezen van meldingen die via Open311 komen?"),
            _("Kies alleen ja als elke app dat zegt vóór het versturen. Er kunnen namen of telefoonnummers in staan."),
            choices=(("nee", _("Nee, alleen soort en plek")), ("ja", _("Ja, ook de woorden"))),
            required=True,
        ),
        Veld(
            "antwoord",
            _("Wat krijgt de app terug?"),
            choices=(("nummer", _("Het nummer van de melding")), ("token", _("Een teken om het nummer op te halen"))),
            required=True,
        ),
    ),
    key="hashed",
)

"""What this room declares at start: why it uses personal data, and what it offers to other rooms' pages."""

from django.utils.translation import gettext_lazy as _

from loket.foundation.audit import activities
from loket.foundation.web.extensions import Card, NavItem, Tile, offer
from loket.services.reacties.pages import mijn

ONTVANGEN = "reacties.ontvangen"
BERICHTEN = "reacties.berichten"
BEHANDELEN = "reacties.behandelen"
DOORZENDEN = "reacties.doorzenden"


def bied_aan() -> None:
    """Register everything; called once, when Django starts."""
    activities.register(
        ONTVANGEN,
        naam="Reacties ontvangen",
        doel="Vastleggen wie een vraag, melding, klacht of compliment stuurde, om te kunnen antwoorden",
        grondslag="Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang",
    )
    activities.register(
        BERICHTEN,
        naam="Bewoners op de hoogte houden",
        doel="Bij elke stap laten weten wat er met een reactie gebeurt",
        grondslag="Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang",
    )
    activities.register(
        BEHANDELEN,
        naam="Een reactie behandelen",
        doel="De bewoner aanspreken in het antwoord op een reactie",
        grondslag="Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang",
    )
    activities.register(
        DOORZENDEN,
        naam="Een reactie doorzenden",
        doel="Een reactie met naam en adres doorgeven aan de overheid die erover gaat",
        grondslag="Artikel 2:3 Algemene wet bestuursrecht",
    )
    for tile in (
        Tile(
            "reacties.melding",
            _("Iets melden"),
            _("Losse tegel, afval, kapotte lamp of overlast."),
            "/melden",
            "flag",
            10,
        ),
        Tile("reacties.vraag", _("Iets vragen"), _("U krijgt antwoord van een medewerker."), "/vragen", "question", 20),
        Tile(
            "reacties.klacht", _("Een klacht indienen"), _("U bent niet tevreden over ons."), "/klacht", "complaint", 30
        ),
        Tile(
            "reacties.compliment",
            _("Een compliment geven"),
            _("Ging iets goed? Wij horen het graag."),
            "/compliment",
            "heart",
            40,
        ),
    ):
        offer(tile)
    offer(Card("reacties.zaken", "reacties/kaart_zaken.html", mijn.kaart_zaken, 10))
    offer(Card("reacties.berichten", "reacties/kaart_berichten.html", mijn.kaart_berichten, 60))
    offer(
        NavItem(
            "reacties.zaken", _("Mijn zaken"), "reacties:mijn_zaken", place="mijn", order=20, count=mijn.aantal_open
        )
    )

"""What this room declares at start: why it uses personal data, and what it offers to other rooms' pages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from loket.foundation.audit import activities
from loket.foundation.web.extensions import Card, NavItem, Tile, offer
from loket.services.reacties import voorstel
from loket.services.reacties.leren import LEREN
from loket.services.reacties.pages import mijn
from loket.services.reacties.queries.mijn import INVULLEN
from loket.services.reacties.queries.post import PLAATSEN

ONTVANGEN = "reacties.ontvangen"
BERICHTEN = "reacties.berichten"
BEHANDELEN = "reacties.behandelen"
DOORZENDEN = "reacties.doorzenden"


def bied_aan() -> None:
    """Register everything; called once, when Django starts."""
    activities.register(
        ONTVANGEN,
        naam=gettext_noop("Reacties ontvangen"),
        doel=gettext_noop("Vastleggen wie een vraag, melding, klacht of compliment stuurde, om te kunnen antwoorden"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    activities.register(
        INVULLEN,
        naam=gettext_noop("Een formulier alvast invullen"),
        doel=gettext_noop("U hoeft niet opnieuw te typen wat wij al van u weten."),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    activities.register(
        BERICHTEN,
        naam=gettext_noop("Bewoners op de hoogte houden"),
        doel=gettext_noop("Bij elke stap laten weten wat er met een reactie gebeurt"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    activities.register(
        BEHANDELEN,
        naam=gettext_noop("Een reactie behandelen"),
        doel=gettext_noop("De bewoner aanspreken in het antwoord op een reactie"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    activities.register(
        DOORZENDEN,
        naam=gettext_noop("Een reactie doorzenden"),
        doel=gettext_noop("Een reactie met naam en adres doorgeven aan de overheid die erover gaat"),
        grondslag=gettext_noop("Artikel 2:3 Algemene wet bestuursrecht"),
    )
    activities.register(
        PLAATSEN,
        naam=gettext_noop("Een e-mail een plek geven"),
        doel=gettext_noop("Een e-mail lezen om te bepalen waar hij hoort"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    activities.register(
        LEREN,
        naam=gettext_noop("Leren van afgehandelde reacties"),
        doel=gettext_noop("Leren welk team en welk onderwerp bij welke woorden horen, en meten hoe goed dat gaat"),
        grondslag=gettext_noop("Artikel 6, eerste lid, onder e, AVG: taak van algemeen belang"),
    )
    voorstel.geef_algoritmen_aan()
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

"""The zaaktypen of reacties, as a definition that `catalogi.commands.laad_catalogus` loads for each organisation.

Retention (`archiefactietermijn`) is a sober default for the demo: an archivist compares it with the selection list of
the own organisation before real use.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop

from loket.services.reacties import rules

FOTO, BIJLAGE, BRIEF = gettext_noop("Foto"), gettext_noop("Bijlage"), gettext_noop("Brief")
"""Kinds of document: a photo that came with a reactie, any other file that came, a letter or PDF of ours."""

BEANTWOORD = gettext_noop("Beantwoord")
OPGELOST = gettext_noop("Opgelost")
NIET_OPGELOST = gettext_noop("Niet opgelost")
NIET_MOGELIJK = gettext_noop("Niet mogelijk")
DOORGEZONDEN = gettext_noop("Doorgezonden")
INGETROKKEN = gettext_noop("Ingetrokken")
SAMENGEVOEGD = gettext_noop("Samengevoegd")
GEGROND = gettext_noop("Gegrond")
DEELS_GEGROND = gettext_noop("Deels gegrond")
ONGEGROND = gettext_noop("Ongegrond")
NIET_IN_BEHANDELING = gettext_noop("Niet in behandeling")

CATEGORIE, OVER, PLEK_WOORDEN = "categorie", "over", "plek in woorden"
"""Eigenschappen of a zaak: the choice in the form, whom or what a klacht is about, the place in own words."""

_RESULTATEN: dict[str, tuple[str, str]] = {
    BEANTWOORD: ("De bewoner heeft antwoord.", "Afgehandeld"),
    OPGELOST: ("Het is opgelost.", "Afgehandeld"),
    NIET_OPGELOST: ("Het is niet opgelost. In de toelichting staat waarom.", "Niet vastgesteld"),
    NIET_MOGELIJK: ("Het kan niet. In de toelichting staat waarom.", "Niet vastgesteld"),
    DOORGEZONDEN: ("Een andere overheid gaat hierover en heeft het gekregen (artikel 2:3 Awb).", "Doorgezonden"),
    INGETROKKEN: ("De bewoner heeft het ingetrokken.", "Ingetrokken"),
    SAMENGEVOEGD: ("Het gaat verder onder een ander nummer.", "Afgebroken"),
    GEGROND: ("De klager heeft gelijk.", "Gegrond"),
    DEELS_GEGROND: ("De klager heeft voor een deel gelijk.", "Deels gegrond"),
    ONGEGROND: ("Wij vinden dat wij het goed deden. In de toelichting staat waarom.", "Ongegrond"),
    NIET_IN_BEHANDELING: ("De klacht is niet in behandeling genomen (artikel 9:8 Awb).", "Niet ontvankelijk"),
}

_SLOT = (DOORGEZONDEN, INGETROKKEN, SAMENGEVOEGD)

RESULTATEN: dict[str, tuple[str, ...]] = {
    "vraag": (BEANTWOORD, NIET_MOGELIJK, *_SLOT),
    "melding": (OPGELOST, BEANTWOORD, NIET_OPGELOST, NIET_MOGELIJK, *_SLOT),
    "klacht": (GEGROND, DEELS_GEGROND, ONGEGROND, OPGELOST, NIET_IN_BEHANDELING, *_SLOT),
    "compliment": (BEANTWOORD, *_SLOT),
}
"""In which ways a reactie of each soort can end, the most common first."""
KLACHT_SLOT = frozenset(RESULTATEN["klacht"]) - frozenset(_SLOT)
"""In which ways only the complaint procedure ends a complaint."""

_STATUSSEN = (
    (rules.ONTVANGEN, "Geregistreerd", False),
    (rules.IN_BEHANDELING, "In behandeling genomen", True),
    (rules.WACHT_OP_BEWONER, "Wacht op aanvulling", True),
    (rules.AFGEHANDELD, "Afgehandeld", True),
)

_ROLLEN = (
    (gettext_noop("Melder"), "initiator"),
    (gettext_noop("Meldt mee"), "mede_initiator"),
    (gettext_noop("Behandelaar"), "behandelaar"),
    (gettext_noop("Coördinator"), "zaakcoordinator"),
    (gettext_noop("Specialist"), "adviseur"),
    (gettext_noop("Betrokken medewerker"), "belanghebbende"),
)
"""Roltypen; 'Betrokken medewerker' is whom a klacht is about and who never sees it (Awb 9:7)."""

_ZAAKTYPEN: dict[str, dict[str, Any]] = {
    "melding": {
        "omschrijving": gettext_noop("Melding openbare ruimte"),
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Oplossen wat buiten stuk, vies of gevaarlijk is, en zeggen wat er gebeurt.",
        "doorlooptijd": "P2W",
        "bewaren": "P5Y",
    },
    "vraag": {
        "omschrijving": gettext_noop("Vraag"),
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Antwoord geven op een vraag van een bewoner of ondernemer.",
        "doorlooptijd": "P2W",
        "bewaren": "P1Y",
    },
    "klacht": {
        "omschrijving": gettext_noop("Klacht"),
        "vertrouwelijkheidaanduiding": "vertrouwelijk",
        "doel": "Een klacht over ons gedrag behandelen (hoofdstuk 9 Awb).",
        "doorlooptijd": "P6W",
        "bewaren": "P5Y",
    },
    "compliment": {
        "omschrijving": gettext_noop("Compliment"),
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Een compliment doorgeven aan wie het toekomt.",
        "doorlooptijd": "P2W",
        "bewaren": "P1Y",
    },
}


def _resultaattype(naam: str, bewaren: str) -> dict[str, Any]:
    toelichting, generiek = _RESULTATEN[naam]
    return {
        "omschrijving": naam,
        "omschrijving_generiek": generiek,
        "toelichting": toelichting,
        "archiefnominatie": "vernietigen",
        "archiefactietermijn": bewaren,
        "brondatum_archiefprocedure": {
            "afleidingswijze": "afgehandeld",
            "datumkenmerk": "",
            "einddatumBekend": False,
            "objecttype": "",
            "registratie": "",
            "procestermijn": None,
        },
    }


def _zaaktype(soort: str) -> dict[str, Any]:
    eigen = dict(_ZAAKTYPEN[soort])
    bewaren = eigen.pop("bewaren")
    werkdagen = rules.WERKDAGEN.get(soort)
    return {
        "identificatie": soort,
        "omschrijving_generiek": "Publieksreactie",
        "aanleiding": "Een bewoner of ondernemer laat iets weten.",
        "indicatie_intern_of_extern": "extern",
        "handeling_initiator": {"melding": "Melden", "vraag": "Vragen", "klacht": "Indienen"}.get(soort, "Indienen"),
        "onderwerp": "Publieksreactie",
        "handeling_behandelaar": "Behandelen",
        "servicenorm": f"P{werkdagen}D" if werkdagen else "",
        "opschorting_en_aanhouding_mogelijk": False,
        "verlenging_mogelijk": soort == "klacht",
        "verlengingstermijn": "P4W" if soort == "klacht" else "",
        **eigen,
        "statustypen": [
            {"omschrijving": naam, "omschrijving_generiek": generiek, "informeren": informeren}
            for naam, generiek, informeren in _STATUSSEN
        ],
        "resultaattypen": [_resultaattype(naam, bewaren) for naam in RESULTATEN[soort]],
        "roltypen": [
            {"omschrijving": naam, "omschrijving_generiek": generiek}
            for naam, generiek in _ROLLEN
            if soort == "klacht" or naam != "Betrokken medewerker"
        ],
        "eigenschappen": [
            {"naam": CATEGORIE, "definitie": "De keuze van de bewoner in het formulier"},
            {"naam": OVER, "definitie": "Over wie of wat het gaat, in de woorden van de bewoner"},
            {"naam": PLEK_WOORDEN, "definitie": "De plek in de woorden van de bewoner"},
        ],
        "informatieobjecttypen": [
            {"informatieobjecttype": FOTO, "richting": "inkomend"},
            {"informatieobjecttype": BIJLAGE, "richting": "inkomend"},
            {"informatieobjecttype": BRIEF, "richting": "uitgaand"},
        ],
    }


def definitie(naam: str = "Publieksreacties") -> Mapping[str, Any]:
    """The whole catalogue of one organisation, for `laad_catalogus`."""
    return {
        "domein": "REACT",
        "naam": naam,
        "informatieobjecttypen": [
            {"omschrijving": soort, "vertrouwelijkheidaanduiding": "zaakvertrouwelijk"}
            for soort in (FOTO, BIJLAGE, BRIEF)
        ],
        "zaaktypen": [_zaaktype(soort) for soort in _ZAAKTYPEN],
    }

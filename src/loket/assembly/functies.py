"""The functies with which an installation begins, and the rights of each. An administrator changes them as data.

Confidentiality ranks: 4 is zaakvertrouwelijk (questions, reports, compliments), 5 is vertrouwelijk (formal complaints).
"""

from django.utils.translation import gettext_noop

from loket.foundation.access.models import Functie, Recht

ZAAKVERTROUWELIJK = 4
VERTROUWELIJK = 5

_WERK = ("zaak.maken", "zaak.bijwerken", "zaak.toewijzen", "zaak.sluiten", "zaak.heropenen", "reactie.beantwoorden")

# code: (name, [(acts, highest confidentiality, reach)])
type Rechten = tuple[tuple[tuple[str, ...], int, str], ...]
FUNCTIES: dict[str, tuple[str, Rechten]] = {
    "eerste_lijn": (
        gettext_noop("Medewerker klantcontact"),
        ((("zaak.lezen", *_WERK), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "tweede_lijn": (
        gettext_noop("Behandelaar"),
        (
            (("zaak.lezen",), ZAAKVERTROUWELIJK, "organisatie"),
            (_WERK, ZAAKVERTROUWELIJK, "team"),
        ),
    ),
    "derde_lijn": (
        gettext_noop("Specialist"),
        (
            (("zaak.lezen",), ZAAKVERTROUWELIJK, "organisatie"),
            (("zaak.bijwerken",), ZAAKVERTROUWELIJK, "team"),
        ),
    ),
    "coordinator": (
        gettext_noop("Coördinator"),
        ((("zaak.lezen", *_WERK), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "klachtbehandelaar": (
        gettext_noop("Klachtbehandelaar"),
        (
            (("zaak.lezen", *_WERK), VERTROUWELIJK, "betrokken"),
            (("zaak.lezen",), ZAAKVERTROUWELIJK, "organisatie"),
        ),
    ),
    "beheerder": (
        gettext_noop("Beheerder"),
        ((("beheer.mail", "catalogus.beheren"), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "privacy": (
        gettext_noop("Functionaris gegevensbescherming"),
        ((("audit.lezen",), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
}


def zorg_voor_functies() -> dict[str, Functie]:
    """Make the functies that are missing, with their rights; what is there stays as the administrator left it."""
    gevonden = {functie.code: functie for functie in Functie.objects.all()}
    nieuw = [Functie(code=code, naam=naam) for code, (naam, _) in FUNCTIES.items() if code not in gevonden]
    Functie.objects.bulk_create(nieuw)
    Recht.objects.bulk_create(
        Recht(functie=functie, handeling=handeling, max_va=max_va, bereik=bereik)
        for functie in nieuw
        for handelingen, max_va, bereik in FUNCTIES[functie.code][1]
        for handeling in handelingen
    )
    return gevonden | {functie.code: functie for functie in nieuw}

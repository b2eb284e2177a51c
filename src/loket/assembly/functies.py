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
        ((("zaak.lezen", *_WERK, "kennis.lezen"), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "tweede_lijn": (
        gettext_noop("Behandelaar"),
        (
            (("zaak.lezen", "kennis.lezen"), ZAAKVERTROUWELIJK, "organisatie"),
            (_WERK, ZAAKVERTROUWELIJK, "team"),
        ),
    ),
    "derde_lijn": (
        gettext_noop("Specialist"),
        (
            (("zaak.lezen", "kennis.lezen"), ZAAKVERTROUWELIJK, "organisatie"),
            (("zaak.bijwerken",), ZAAKVERTROUWELIJK, "team"),
        ),
    ),
    "coordinator": (
        gettext_noop("Coördinator"),
        ((("zaak.lezen", *_WERK, "kennis.lezen", "kennis.schrijven"), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "klachtbehandelaar": (
        gettext_noop("Klachtbehandelaar"),
        (
            (("zaak.lezen", *_WERK), VERTROUWELIJK, "betrokken"),
            (("zaak.lezen", "kennis.lezen"), ZAAKVERTROUWELIJK, "organisatie"),
        ),
    ),
    "redacteur": (
        gettext_noop("Redacteur"),
        ((("kennis.lezen", "kennis.schrijven", "kennis.beheren"), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
    "beheerder": (
        gettext_noop("Beheerder"),
        (
            (
                (
                    "beheer.openen",
                    "beheer.organisatie",
                    "beheer.mail",
                    "beheer.postvakken",
                    "beheer.kanalen",
                    "catalogus.beheren",
                    "kennis.lezen",
                    "kennis.beheren",
                ),
                ZAAKVERTROUWELIJK,
                "organisatie",
            ),
        ),
    ),
    "privacy": (
        gettext_noop("Functionaris gegevensbescherming"),
        ((("beheer.openen", "audit.lezen"), ZAAKVERTROUWELIJK, "organisatie"),),
    ),
}


def zorg_voor_functies() -> dict[str, Functie]:
    """Make the functies that are missing, with their rights; what is there stays as the administrator left it. An act
    that no functie carries yet came with a new version: the functies that are there get it too."""
    gevonden = {functie.code: functie for functie in Functie.objects.all()}
    bekend = set(Recht.objects.values_list("handeling", flat=True))
    nieuw = [Functie(code=code, naam=naam) for code, (naam, _) in FUNCTIES.items() if code not in gevonden]
    Functie.objects.bulk_create(nieuw)
    alle = gevonden | {functie.code: functie for functie in nieuw}
    Recht.objects.bulk_create(
        Recht(functie=alle[code], handeling=handeling, max_va=max_va, bereik=bereik)
        for code, (_naam, rechten) in FUNCTIES.items()
        for handelingen, max_va, bereik in rechten
        for handeling in handelingen
        if code not in gevonden or handeling not in bekend
    )
    return alle

"""What the error pages say, in Dutch and English. Here and not in the catalogue of translations, because these words
must also be there when nothing else is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The title of an error page, what happened, and what one can do."""

    title: str
    what: str
    todo: str


WORDS: dict[int, dict[str, Words]] = {
    400: {
        "nl": Words(
            "Dit lukt niet op deze manier",
            "Wat uw browser stuurde, konden wij niet lezen. Wij hebben niets veranderd.",
            "Ga terug naar de vorige pagina en probeer het nog een keer.",
        ),
        "en": Words(
            "This does not work this way",
            "We could not read what your browser sent. We have changed nothing.",
            "Go back to the previous page and try again.",
        ),
    },
    403: {
        "nl": Words(
            "Deze pagina is niet voor u",
            "U bent niet ingelogd, of deze pagina hoort bij iemand anders. Daarom tonen wij hem niet.",
            "Log in en probeer het opnieuw. Denkt u dat u hem wel mag zien? Neem contact met ons op.",
        ),
        "en": Words(
            "This page is not for you",
            "You are not logged in, or this page belongs to someone else. That is why we do not show it.",
            "Log in and try again. Do you think that you should see it? Contact us.",
        ),
    },
    404: {
        "nl": Words(
            "Deze pagina is er niet",
            "Misschien is de pagina weg, of mist er een stukje van het adres.",
            "Kijk het adres nog een keer na, of begin op de voorpagina.",
        ),
        "en": Words(
            "This page does not exist",
            "The page may be gone, or a part of the address may be missing.",
            "Check the address, or start on the front page.",
        ),
    },
    405: {
        "nl": Words(
            "Dit kan hier niet",
            "Deze pagina kan niet doen wat uw browser vroeg. Wij hebben niets veranderd.",
            "Ga terug naar de vorige pagina en gebruik de knop die daar staat.",
        ),
        "en": Words(
            "This cannot be done here",
            "This page cannot do what your browser asked. We have changed nothing.",
            "Go back to the previous page and use the button there.",
        ),
    },
    413: {
        "nl": Words(
            "Wat u stuurde, is te groot",
            "Uw bestanden of uw tekst zijn groter dan wij kunnen ontvangen. Wij hebben niets bewaard.",
            "Ga terug en stuur minder bestanden, of kleinere. Lukt dat niet? Neem contact met ons op.",
        ),
        "en": Words(
            "What you sent is too large",
            "Your files or your text are larger than we can receive. We have kept nothing.",
            "Go back and send fewer or smaller files. Does that not work? Contact us.",
        ),
    },
    429: {
        "nl": Words(
            "Wacht even een minuut",
            "Er kwamen heel veel vragen achter elkaar vanaf uw internetverbinding.",
            "Wacht 1 minuut en probeer het dan opnieuw. Haast? Neem contact met ons op.",
        ),
        "en": Words(
            "Please wait a minute",
            "Very many requests came one after another from your internet connection.",
            "Wait 1 minute and try again. In a hurry? Contact us.",
        ),
    },
    500: {
        "nl": Words(
            "Er ging iets mis bij ons",
            "Sorry. Dit is onze fout, niet die van u. Wij krijgen er vanzelf bericht van.",
            "Probeer het over 5 minuten opnieuw. Deed u net een melding of aanvraag en kreeg u geen nummer? Dan is die "
            "niet binnen.",
        ),
        "en": Words(
            "Something went wrong on our side",
            "Sorry. This is our mistake, not yours. We are told about it automatically.",
            "Try again in 5 minutes. Did you just report or request something, without getting a number? Then we have "
            "not received it.",
        ),
    },
    503: {
        "nl": Words(
            "Loket werkt nu even niet",
            "Wij zijn ermee bezig. Alles wat u eerder stuurde en waarvan u een nummer kreeg, is bewaard.",
            "Probeer het over 5 minuten opnieuw.",
        ),
        "en": Words(
            "Loket is not working just now",
            "We are on it. Everything that you sent before and got a number for is kept.",
            "Try again in 5 minutes.",
        ),
    },
}

EXPIRED = {
    "nl": Words(
        "Deze pagina stond te lang open",
        "Daarom konden wij niet nagaan of u het zelf was. Wij hebben niets veranderd.",
        "Ga terug, laad de pagina opnieuw en verstuur het nog een keer. Cookies van Loket moeten aan staan.",
    ),
    "en": Words(
        "This page was open for too long",
        "That is why we could not check that it was you. We have changed nothing.",
        "Go back, reload the page and send it again. Cookies of Loket must be on.",
    ),
}

BARE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1><p>{what}</p><p>{todo}</p>
<div lang="en"><h2>{en.title}</h2><p>{en.what}</p><p>{en.todo}</p></div></html>"""
"""When even a template cannot be drawn."""

"""The demo: a fictive municipality and water board, generated from a seed and openly labelled synthetic."""


def load() -> None:
    """Load the demo into the database: organisations, town, employees and 3,000 reacties over eighteen months."""
    from loket.assembly.demo.laden import laad

    laad()


def logins() -> list[str]:
    """How to log in, a line each: for the terminal. Needs neither Django nor a database."""
    from loket.assembly.demo.toegang import WACHTWOORD, WIE

    return [
        f"Employees, at /medewerkers/inloggen with password {WACHTWOORD}:",
        *(f"  {naam:24} {wie}" for naam, wie in WIE),
        "Residents, at /inloggen with the stand-in for DigiD: choose a person.",
        "Mail that the demo sends: /postbus",
    ]

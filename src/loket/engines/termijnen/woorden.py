"""Days, lengths and holidays in words, Dutch and English."""

from __future__ import annotations

from datetime import date

#: The same words in Dutch and in English.
type Woorden = tuple[str, str]

_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip

#: The holidays of Atw art. 3 in English.
FEESTDAGEN_EN = {
    "Nieuwjaarsdag": "New Year's Day",
    "Goede Vrijdag": "Good Friday",
    "Tweede Paasdag": "Easter Monday",
    "Koningsdag": "King's Day",
    "Koninginnedag": "Queen's Day",
    "Bevrijdingsdag": "Liberation Day",
    "Hemelvaartsdag": "Ascension Day",
    "Tweede Pinksterdag": "Whit Monday",
    "Eerste Kerstdag": "Christmas Day",
    "Tweede Kerstdag": "Boxing Day",
}
#: The name of a day that the Crown equated with a holiday.
AANGEWEZEN = "aangewezen dag"


def dag_in_woorden(dag: date) -> str:
    """A date as a Dutch reader expects it: "vrijdag 27 november 2026"."""
    return f"{_DAGEN[dag.weekday()]} {dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def day_in_words(dag: date) -> str:
    """A date as an English reader expects it: "Friday 27 November 2026"."""
    return f"{_DAYS[dag.weekday()]} {dag.day} {_MONTHS[dag.month - 1]} {dag.year}"


def vrije_dag(dag: date, feestdag: str | None) -> Woorden:
    """A day off, with its reason when the weekday does not say it."""
    nl, en = dag_in_woorden(dag), day_in_words(dag)
    if feestdag == AANGEWEZEN:
        return f"{nl}, bij koninklijk besluit gelijk aan een feestdag", f"{en}, equated with a holiday by royal decree"
    if feestdag:
        return f"{nl}, {feestdag}", f"{en}, {' and '.join(FEESTDAGEN_EN[deel] for deel in feestdag.split(' en '))}"
    return nl, en

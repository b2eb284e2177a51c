"""Days, times and amounts in words, as `look/README.md` writes them: "uiterlijk vrijdag 27 november 2026", "9.30 uur".

Pure: the language is given, and a moment is shown as the clock in Europe/Amsterdam has it.
"""

from datetime import date, datetime

from loket.foundation.time.clock import AMSTERDAM

_DAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_SHORT = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_NEAR = {
    "nl": {-1: "gisteren", 0: "vandaag", 1: "morgen"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
_DAY_LETTERS = {"nl": 2, "en": 3}


def lang(code: str | None) -> str:
    """'nl' or 'en': the language in which dates are written for this language code."""
    return "en" if (code or "nl").startswith("en") else "nl"


def day_of(value: date | datetime) -> date:
    """The date in the Netherlands of a date or a moment. A moment without a zone is taken as it stands."""
    if isinstance(value, datetime):
        return value.astimezone(AMSTERDAM).date() if value.tzinfo else value.date()
    return value


def long_date(value: date | datetime, code: str | None = "nl", *, weekday: bool = True, year: bool = True) -> str:
    """'vrijdag 27 november 2026'; without `weekday` '27 november 2026', without `year` 'vrijdag 27 november'."""
    day, language = day_of(value), lang(code)
    parts = [
        _DAYS[language][day.weekday()] if weekday else "",
        str(day.day),
        _MONTHS[language][day.month - 1],
        str(day.year) if year else "",
    ]
    return " ".join(part for part in parts if part)


def short_date(value: date | datetime, code: str | None = "nl", *, weekday: bool = True, year: bool = False) -> str:
    """'vr 27 nov'; for lists and for staff."""
    day, language = day_of(value), lang(code)
    parts = [
        _DAYS[language][day.weekday()][: _DAY_LETTERS[language]] if weekday else "",
        str(day.day),
        _SHORT[language][day.month - 1],
        str(day.year) if year else "",
    ]
    return " ".join(part for part in parts if part)


def clock_time(value: datetime, code: str | None = "nl", *, word: bool = True) -> str:
    """'9.30 uur', without `word` '9.30'; in English '9:30'."""
    local = value.astimezone(AMSTERDAM) if value.tzinfo else value
    if lang(code) == "en":
        return f"{local.hour}:{local.minute:02}"
    return f"{local.hour}.{local.minute:02}" + (" uur" if word else "")


def long_moment(value: datetime, code: str | None = "nl") -> str:
    """'vrijdag 20 november 2026, 14.12 uur'."""
    return f"{long_date(value, code)}, {clock_time(value, code)}"


def near_moment(value: datetime, today: date, code: str | None = "nl") -> str:
    """'vandaag, 8.50 uur', 'gisteren, 15.40 uur', '23 november, 11.02 uur'; with the year when it is not this one."""
    day = day_of(value)
    word = _NEAR[lang(code)].get((day - today).days)
    said = word or long_date(day, code, weekday=False, year=day.year != today.year)
    return f"{said}, {clock_time(value, code)}"


def list_moment(value: datetime, today: date, code: str | None = "nl") -> str:
    """A moment in a narrow column of the workbench: '10.31' today, 'ma 17.40' in the last six days, '27 okt' before."""
    day = day_of(value)
    time = clock_time(value, code, word=False)
    if day == today:
        return time
    if 0 < (today - day).days < 7:
        return f"{_DAYS[lang(code)][day.weekday()][: _DAY_LETTERS[lang(code)]]} {time}"
    return short_date(day, code, weekday=False, year=day.year != today.year)


def message_moment(value: datetime, today: date, code: str | None = "nl") -> str:
    """The moment above a message: 'di 27 okt, 20.14', and with the year when it is not this one."""
    day = day_of(value)
    return f"{short_date(day, code, year=day.year != today.year)}, {clock_time(value, code, word=False)}"


def list_date(value: date | datetime, today: date, code: str | None = "nl") -> str:
    """A date in a list: 'vr 27 nov' within six days, else '8 dec', and with the year when half a year away or more."""
    day = day_of(value)
    apart = abs((day - today).days)
    return short_date(day, code, weekday=apart < 7, year=apart > 182)


def amount(cents: int, code: str | None = "nl") -> str:
    """'€ 412' or '€ 1.204,50' from integer cents."""
    euros, rest = divmod(abs(cents), 100)
    text = f"{euros:,}" + (f".{rest:02}" if rest else "")
    if lang(code) == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{'-' if cents < 0 else ''}€ {text}"


def size(count: int, code: str | None = "nl") -> str:
    """'180 kB', '3,1 MB' from a number of bytes."""
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{round(count / 1000)} kB"
    text = f"{count / 1_000_000:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if lang(code) == 'nl' else text} MB"

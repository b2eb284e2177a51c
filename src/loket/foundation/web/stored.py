"""Words that are stored in Dutch, and shown in the language of the reader: statuses, results, roles, activities, and
the sentences that a command writes down.

What is stored is the same for everybody, whoever wrote it in whichever language; only showing it translates. Words are
marked with `gettext_noop` where they are defined, so that `loket messages` finds them.
"""

import re

from django.utils.translation import get_language, gettext

from loket.foundation.web.dates import lang

_HOLE = re.compile(r"%\\\((\w+)\\\)s")
_sentences: dict[str, re.Pattern[str]] = {}


def sentence(msgid: str) -> str:
    """Declare a sentence that is stored with something filled in, 'toegewezen door %(wie)s'; gives it back. A value
    of it is recognised when it is shown. Mark the text itself: `sentence(gettext_noop("…"))`."""
    _sentences.setdefault(msgid, re.compile(_HOLE.sub(r"(?P<\1>.+)", re.escape(msgid)), re.DOTALL))
    return msgid


def translated(value: object) -> str:
    """A stored Dutch value in the language of the reader; what nobody declared stays as it is: words of a person."""
    text = str(value or "")
    if not text or lang(get_language()) == "nl":
        return text
    said = gettext(text)
    if said != text:
        return said
    for msgid, shape in _sentences.items():
        if found := shape.fullmatch(text):
            return gettext(msgid) % found.groupdict()
    return text

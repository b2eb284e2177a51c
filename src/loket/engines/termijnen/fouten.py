"""What can be wrong with a question to this engine; every error is a `TermijnFout` and says in Dutch what to do."""


class TermijnFout(ValueError):
    """The question cannot be answered as it was put; the message says why, in Dutch."""


class OngeldigeInvoer(TermijnFout):
    """A number or a date that makes no sense: a term of nothing, an end before its begin, a moment instead of a day."""


class TermijnVoorbij(TermijnFout):
    """The act came after the last day: what has expired cannot be suspended or adjourned."""


class TeLang(TermijnFout):
    """More delay than the article allows."""


class NietToegestaan(TermijnFout):
    """An article that does not apply to this term, such as Awb 4:15, second paragraph, under a, to an objection."""


class Prematuur(TermijnFout):
    """A notice of default received before the term had expired (Awb 4:17, third paragraph): it has no effect."""

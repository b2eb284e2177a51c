"""The three answers 'no' that every floor knows; pages and APIs turn them into words and status codes."""


class Refused(Exception):
    """Input or an act that a rule forbids: nothing has changed.

    `code` is the code of the rule for machines, `message` a whole sentence for a person that says what to do,
    `field` the name of the input it is about, if it is about one.
    """

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field


class Forbidden(Exception):
    """This actor may not do this. Answered with 403 and written in the audit trail."""


class NotFound(Exception):
    """It does not exist, or it exists and is not this actor's to know about. Answered with 404."""

"""Refusals of the database in the words of the standard."""

from collections.abc import Mapping

from psycopg import errors

from loket.foundation.api.problem import Fault, Problem


class worded:
    """What the database refuses inside, as a Problem (400): in the words of `clashes`, by the name of the constraint,
    or in general ones."""

    def __init__(self, clashes: Mapping[str, Fault]) -> None:
        self.clashes = clashes

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, errors.IntegrityError):
            return
        fault = self.clashes.get(error.diag.constraint_name or "")
        if fault is None and isinstance(error, errors.ForeignKeyViolation):
            fault = Fault("nonFieldErrors", "pending-relations", "Dit wordt nog ergens gebruikt.")
        elif fault is None and isinstance(error, errors.UniqueViolation):
            fault = Fault("nonFieldErrors", "unique", "Dit is er al.")
        elif fault is None:
            fault = Fault("nonFieldErrors", "invalid", "Deze waarden passen niet bij elkaar.")
        raise Problem(400, params=(fault,)) from error

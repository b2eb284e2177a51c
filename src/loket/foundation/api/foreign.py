"""References to objects on other servers."""

from loket.foundation.api.problem import Fault


def reachable(name: str, url: str) -> Fault | None:
    """What is wrong with the URL of an object elsewhere: `bad-url` when it cannot be read."""
    from loket.foundation.api.outside import OutsideError, get_json

    try:
        get_json(url)
    except OutsideError as error:
        return Fault(name, "bad-url", f"Deze verwijzing kunnen wij niet lezen: {error}")
    return None

"""Numbers that must be given back, but not lie readable in the database or in a backup."""

from loket.foundation.database.sealing import seal, unseal

_DOEL = "partijidentificator"


def versleutel(soort: str, waarde: str) -> bytes:
    """`waarde`, encrypted and bound to its `soort`; never the same bytes twice."""
    return seal(_DOEL, soort, waarde)


def ontsleutel(soort: str, versleuteld: bytes) -> str:
    """The number again. Raises Unreadable when the key, the soort or the bytes are not those of then."""
    return unseal(_DOEL, soort, versleuteld)

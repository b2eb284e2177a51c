"""Which files of the storage this room refers to: photos of drafts, and the small pictures beside photos."""

from collections.abc import Collection

from loket.foundation.database.sql import rows


def in_gebruik(keys: Collection[str]) -> set[str]:
    """Which of these keys of the storage belong to a draft, or are the small picture of a photo that was sent."""
    found = rows(
        "select foto ->> deel as sha256 from reacties_concept c,"
        " jsonb_array_elements(coalesce(c.gegevens -> 'fotos', '[]')) foto, unnest(array['sha256', 'klein']) deel"
        " where foto ->> deel = any(%(keys)s)"
        " union select klein.value from klanten_klantcontact k, jsonb_each_text(k.metadata -> 'klein') klein"
        " where k.metadata ? 'klein' and klein.value = any(%(keys)s)",
        {"keys": list(keys)},
    )
    return {rij["sha256"] for rij in found}

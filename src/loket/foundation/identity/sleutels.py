"""The key in the link with which an employee chooses a password: signed, for three days, and of no use any more once
the password is another. Nothing is stored."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.core import signing

from loket.foundation.identity.models import Gebruiker

GELDIG = timedelta(days=3)
_SALT = "loket.wachtwoord"


def maak(wie: Gebruiker) -> str:
    """A key for this employee, as the password is now."""
    return signing.TimestampSigner(salt=_SALT).sign(f"{wie.pk.hex}.{_stand(wie)}")


def wie_heeft(sleutel: str, *, houd: bool = False) -> Gebruiker | None:
    """The working employee who may choose a password with this key; None when it is forged, old or used. `houd`: the
    row is held until the end of the transaction, so that of two who use the key at the same time one is too late."""
    try:
        wie, _, stand = signing.TimestampSigner(salt=_SALT).unsign(sleutel, max_age=GELDIG).partition(".")
        allen = Gebruiker.objects.select_for_update(no_key=True) if houd else Gebruiker.objects.all()
        found = allen.filter(pk=UUID(wie), soort=Gebruiker.Soort.MEDEWERKER, is_active=True).first()
    except (signing.BadSignature, ValueError):
        return None
    return found if found is not None and _stand(found) == stand else None


def _stand(wie: Gebruiker) -> str:
    """Changes with the password; says nothing about it."""
    return hashlib.sha256(f"{wie.pk}{wie.password}".encode()).hexdigest()[:20]

"""What the stand-in says about itself and about the person who was chosen."""

from collections.abc import Iterable
from typing import Any, Literal

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User

from loket.assembly.standin.installation import BSN_CLAIM
from loket.assembly.standin.personen import PERSONEN

_BY_KEY = {persoon.sleutel: persoon for persoon in PERSONEN}


class QuickHasher(PBKDF2PasswordHasher):
    """One round: for secrets of 256 random bits only."""

    algorithm = "pbkdf2_sha256_1"
    iterations = 1


class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]
    """allauth's provider with the claims of a Dutch broker."""

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Says that this is the stand-in, so that no other Loket believes it."""
        data["loket_nagebootst"] = True

    def get_claims(
        self,
        purpose: Literal["id_token", "userinfo"],
        user: User,
        client: Client,
        scopes: Iterable[str],
        email: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The BSN and the level of assurance, as brokers for DigiD give them; no name."""
        persoon = _BY_KEY[user.get_username()]
        return {"sub": self.get_user_sub(client, user), BSN_CLAIM: persoon.bsn, "acr": persoon.zekerheid}

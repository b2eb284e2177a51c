"""The OpenID Connect providers that this Loket trusts: read once from the environment, never from the database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

type Audience = Literal["bewoner", "medewerker"]

STAND_IN_PREFIX = "nagebootst-"
"""How the client id begins that the stand-in for DigiD hands out; a Loket outside the demo refuses it."""


@dataclass(frozen=True)
class Provider:
    """One provider. `claim` is the path, as data, to what says who somebody is: the BSN of a resident, the user name
    or e-mail address of an employee. `loa_order` names the levels of assurance from low to high when the provider has
    its own words for them."""

    id: str
    audience: Audience
    name: str
    issuer: str
    client_id: str
    secret: str
    claim: tuple[str, ...]
    loa_claim: tuple[str, ...] = ("acr",)
    loa_minimum: str = ""
    loa_order: tuple[str, ...] = ()
    scope: tuple[str, ...] = ("openid",)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer, as the content security policy wants it."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_stand_in(self) -> bool:
        """Whether this is the stand-in of the demo."""
        return self.client_id.startswith(STAND_IN_PREFIX)


def claim_path(text: str) -> tuple[str, ...]:
    """The path of a claim: a name as it stands (names hold dots, colons and slashes), or a JSON list of names for a
    claim inside another. Raises ValueError for a list that is none."""
    if not text.startswith("["):
        return (text,)
    path = json.loads(text)
    if not path or not all(isinstance(name, str) for name in path):
        raise ValueError(f"A claim path is a list of names, not {text!r}.")
    return tuple(path)


def from_env(env: Callable[[str, str], str]) -> list[Provider]:
    """The providers in LOKET_OIDC_RESIDENT_* and LOKET_OIDC_STAFF_* (docs/administrator/settings.md)."""
    found = []
    if issuer := env("LOKET_OIDC_RESIDENT_ISSUER", ""):
        found.append(
            Provider(
                "digid",
                "bewoner",
                env("LOKET_OIDC_RESIDENT_NAME", "DigiD"),
                issuer.rstrip("/"),
                env("LOKET_OIDC_RESIDENT_CLIENT_ID", ""),
                env("LOKET_OIDC_RESIDENT_SECRET", ""),
                claim_path(env("LOKET_OIDC_RESIDENT_BSN_CLAIM", "urn:nl-eid-gdi:1.0:LegalSubjectID")),
                claim_path(env("LOKET_OIDC_RESIDENT_LOA_CLAIM", "acr")),
                env("LOKET_OIDC_RESIDENT_LOA_MINIMUM", "20"),
                _words(env("LOKET_OIDC_RESIDENT_LOA_ORDER", ""), ","),
                _words(env("LOKET_OIDC_RESIDENT_SCOPE", "openid")),
            )
        )
    if issuer := env("LOKET_OIDC_STAFF_ISSUER", ""):
        found.append(
            Provider(
                "organisatie",
                "medewerker",
                env("LOKET_OIDC_STAFF_NAME", "uw werkaccount"),
                issuer.rstrip("/"),
                env("LOKET_OIDC_STAFF_CLIENT_ID", ""),
                env("LOKET_OIDC_STAFF_SECRET", ""),
                claim_path(env("LOKET_OIDC_STAFF_CLAIM", "email")),
                claim_path(env("LOKET_OIDC_STAFF_LOA_CLAIM", "acr")),
                env("LOKET_OIDC_STAFF_LOA_MINIMUM", ""),
                _words(env("LOKET_OIDC_STAFF_LOA_ORDER", ""), ","),
                _words(env("LOKET_OIDC_STAFF_SCOPE", "openid email")),
            )
        )
    return found


def _words(text: str, separator: str | None = None) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(separator) if word.strip())

"""A broker for DigiD that lives inside the test: real tokens with a real signature, without a network."""

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from loket.foundation.identity.providers import Provider

ISSUER = "https://broker.voorbeeld.nl"
MIDDEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"
BASIS = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
BSN = "999990019"
CLAIM = "urn:nl-eid-gdi:1.0:LegalSubjectID"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

RESIDENT = Provider("digid", "bewoner", "DigiD", ISSUER, "loket", "geheim", (CLAIM,), loa_minimum="20")
STAFF = Provider("organisatie", "medewerker", "uw werkaccount", ISSUER, "loket", "geheim", ("email",))


@dataclass
class Broker:
    """What it says can be changed for each test. `asked`: the addresses asked; `form`: the token request."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": BSN, "acr": MIDDEN, CLAIM: BSN})
    userinfo: dict[str, Any] | None = None
    discovery: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = KEY
    nonce: str = ""
    asked: list[str] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    down: bool = False

    def request(self, session: requests.Session, method: str, url: str, **kwargs: Any) -> requests.Response:
        """In the place of requests.Session.request."""
        self.asked.append(url)
        if self.down:
            raise requests.ConnectionError("down")
        body = self._body(urlsplit(url).path, kwargs)
        answer = requests.Response()
        answer.status_code = 200
        answer.headers["content-type"] = "application/json"
        answer._content = json.dumps(body).encode()
        return answer

    def _body(self, path: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        if path.endswith("openid-configuration"):
            return {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/inloggen",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/jwks",
                "userinfo_endpoint": f"{ISSUER}/userinfo",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            } | self.discovery
        if path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "1", "alg": "RS256"}]}
        if path == "/token":
            self.form = kwargs["data"]
            return {"access_token": "toegang", "token_type": "Bearer", "id_token": self.id_token()}
        return self.userinfo or {"sub": self.claims.get("sub")}

    def id_token(self) -> str:
        moment = int(time.time())
        claims = {"iss": ISSUER, "aud": "loket", "iat": moment, "exp": moment + 60, "nonce": self.nonce} | self.claims
        return jwt.encode(claims, self.key, "RS256", {"kid": "1"})

    def login(self, client: Any, provider: str = "digid", onward: str = "", **answer: str) -> Any:
        """Press the button, be the broker, and come back; gives the answer to the callback."""
        there = client.post(f"/inloggen/{provider}", {"next": onward})
        assert there.status_code == 302, there.content
        asked = parse_qs(urlsplit(there.url).query)
        self.nonce = self.nonce or asked["nonce"][0]
        query = {"state": asked["state"][0], **(answer or {"code": "eenmalig"})}
        return client.get(f"/inloggen/{provider}/terug", query)

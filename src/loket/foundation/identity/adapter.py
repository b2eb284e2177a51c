"""Our side of OpenID Connect: allauth's protocol, with nothing of the claims kept.

allauth would store the `sub`, and all claims beside it, and put the `sub` in the session; with some brokers that is the
BSN. Here the claims live in one local object from the provider's answer to `commands.identify`, and allauth's own
tables stay empty. Providers come from the settings only, never from the database.
"""

import logging
import secrets
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from loket.foundation.errors import NotFound
from loket.foundation.identity.providers import Provider

log = logging.getLogger(__name__)

DISCOVERY_SECONDS = 3600


def provider_of(provider_id: str) -> Provider:
    """The configured provider with this id. Raises NotFound; so it does for the stand-in outside the demo."""
    for provider in settings.OIDC_PROVIDERS:
        if provider.id == provider_id and (settings.DEMO or not provider.is_stand_in):
            return provider
    raise NotFound(f"There is no provider {provider_id!r}.")


def app_of(provider: Provider) -> SocialApp:
    """What allauth wants to know of a provider; a row that is never written."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.id,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={
            "server_url": provider.issuer,
            "scope": list(provider.scope),
            "oauth_pkce_enabled": True,
        },
    )


class OAuth2(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The conversation with one provider."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's discovery document, remembered for an hour. Refused (OAuth2Error) when it is another issuer's
        (OpenID Connect Discovery 1.0, 4.3), or the stand-in's outside the demo."""
        provider = provider_of(self.provider_id)
        key = f"oidc:{provider.issuer}"
        config: dict[str, Any] | None = cache.get(key)
        if config is None:
            with self._session() as session:
                answer = session.get(self.get_provider().server_url)
                answer.raise_for_status()
                config = dict(answer.json())
            if config.get("issuer") != provider.issuer:
                raise OAuth2Error("The discovery document is another issuer's.")
            if config.get("loket_nagebootst") and not settings.DEMO:
                raise OAuth2Error("This provider is the stand-in, which is for the demo only.")
            cache.set(key, config, DISCOVERY_SECONDS)
        return config

    def _session(self) -> requests.Session:
        session: requests.Session = Adapter(self.request).get_requests_session()
        return session

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """The claims: of the signed id token, and of userinfo where that says more about the same subject."""
        claims = self._decode_id_token(app, kwargs["response"]["id_token"])
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims.get("sub"):
                raise OAuth2Error("Userinfo is about somebody else than the id token (OpenID Connect Core 1.0, 5.3.2).")
            claims = {**more, **claims}
        login = SocialLogin(provider=self.get_provider(), account=SocialAccount(provider=app.provider_id, uid=""))
        login.claims = claims
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of the id token; its signature is checked too, as the OIDC NL GOV profile asks."""
        decoded: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return decoded


class Broker(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider with our side of the conversation."""

    oauth2_adapter_class = OAuth2

    def begin(self, request: HttpRequest, next_url: str) -> HttpResponse:
        """The redirect to the provider, with state, PKCE and a nonce that the id token must repeat."""
        nonce = secrets.token_urlsafe(24)
        response: HttpResponse = self.redirect(
            request, process="login", next_url=next_url, auth_params={"nonce": nonce}, nonce=nonce
        )
        return response


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Where allauth asks us: `SOCIALACCOUNT_ADAPTER`."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The configured providers."""
        return [
            app_of(known)
            for known in settings.OIDC_PROVIDERS
            if provider in (None, known.id, "openid_connect") and client_id in (None, known.client_id)
        ]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Broker:
        """The provider with this id. Raises NotFound."""
        return Broker(request, app=app_of(provider_of(provider)))

    def get_requests_session(self) -> requests.Session:
        """A session that waits five seconds, follows no redirect and, in the demo, asks no proxy for this machine."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        session.trust_env = not settings.DEMO
        return session

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never: an e-mail address in a claim is no proof."""
        return

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: accounts are made by `commands.identify` only."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The end of allauth's part: say who this is, begin the session and go on. Always raises ImmediateHttpResponse,
        so that allauth stores nothing."""
        from loket.foundation.identity.pages import welcome

        raise ImmediateHttpResponse(
            welcome(
                request,
                provider_of(sociallogin.provider.app.provider_id),
                sociallogin.claims,
                nonce=sociallogin.state.get("nonce", ""),
                next_url=sociallogin.state.get("next", ""),
            )
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """The page that says that it did not work. The log gets the kind of error only: messages hold answers of the
        provider."""
        from loket.foundation.identity.pages import not_logged_in

        if exception is not None:
            log.warning("Logging in at %s failed: %s", provider.sub_id, type(exception).__name__)
        raise ImmediateHttpResponse(not_logged_in(request, provider.sub_id, cancelled=str(error) == "cancelled"))

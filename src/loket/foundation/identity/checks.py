"""At start: that nobody can log in through the stand-in, or over a line that can be read, outside the demo."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from loket.foundation.identity.providers import Provider
from loket.foundation.identity.rules import level


@register("loket")
def providers_can_be_trusted(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each thing that is wrong with a provider."""
    return [
        Error(words, hint=f"See LOKET_OIDC_* of {provider.id} in docs/administrator/settings.md.", id=code)
        for provider in settings.OIDC_PROVIDERS
        for code, words in problems(provider, settings.DEMO)
    ]


def problems(provider: Provider, demo: bool) -> list[tuple[str, str]]:
    """What is wrong with a provider, by code."""
    found = []
    if provider.is_stand_in and not demo:
        found.append(("loket_identity.E001", "This Loket would let residents in through the stand-in for DigiD."))
    if not provider.issuer.startswith("https://") and not demo:
        found.append(("loket_identity.E002", f"The issuer {provider.issuer} is not an https address."))
    if not provider.client_id or not provider.secret:
        found.append(("loket_identity.E003", "The client id or the secret is not set."))
    if provider.loa_minimum and not level(provider.loa_minimum, provider.loa_order):
        found.append(("loket_identity.E004", f"The lowest level of assurance {provider.loa_minimum!r} is not known."))
    if provider.audience == "bewoner" and not provider.loa_minimum:
        found.append(("loket_identity.E005", "There is no lowest level of assurance for residents."))
    return found

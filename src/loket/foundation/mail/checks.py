"""At start: the address of the mail server can be read."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from loket.foundation.mail.smtp import Server


@register("loket")
def mail_url_can_be_read(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error when MAIL_URL is there and no address of a mail server."""
    try:
        if settings.MAIL_URL:
            Server.parse(settings.MAIL_URL)
    except ValueError as error:
        return [Error(str(error), id="loket_mail.E001")]
    return []

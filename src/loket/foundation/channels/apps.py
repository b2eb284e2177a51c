from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "loket.foundation.channels"
    label = "loket_channels"

    def ready(self) -> None:
        """Makes the kinds of channels known, keeps the files of messages, and puts the pages in the menu."""
        from django.conf import settings

        from loket.foundation.channels import events, menu  # noqa: F401
        from loket.foundation.channels.adapters import register, register_installed
        from loket.foundation.channels.queries import in_use
        from loket.foundation.channels.webhook import WEBHOOK, telephone
        from loket.foundation.storage.keepers import keep

        register(WEBHOOK)
        if settings.DEMO_TELEFOON:
            register(telephone(f"{settings.DEMO_TELEFOON}/brug"))
        register_installed()
        keep("channels", in_use)

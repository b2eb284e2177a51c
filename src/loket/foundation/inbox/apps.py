from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "loket.foundation.inbox"
    label = "loket_inbox"

    def ready(self) -> None:
        """The bytes of a mail stay as long as its row; the door of this room in the administration."""
        from loket.foundation.inbox import events, menu  # noqa: F401
        from loket.foundation.inbox.queries import in_use
        from loket.foundation.storage.keepers import keep

        keep("inbox", in_use)

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "loket.foundation.mail"
    label = "loket_mail"

    def ready(self) -> None:
        """Puts the two pages in the menus, and checks at start that the address of the mail server can be read."""
        from loket.foundation.mail import checks, menu  # noqa: F401
        from loket.foundation.mail.queries import attachments_in_use
        from loket.foundation.storage.keepers import keep

        keep("mail", attachments_in_use)

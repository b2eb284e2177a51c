from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"

    def ready(self) -> None:
        from loket.foundation.storage.keepers import keep
        from loket.services.reacties import aanbod, aanbod_werk, jobs, mails, post_in  # noqa: F401 (declare jobs, listeners)
        from loket.services.reacties.queries.opslag import in_gebruik

        keep("reacties", in_gebruik)
        aanbod.bied_aan()
        aanbod_werk.bied_aan()

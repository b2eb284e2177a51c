from django.apps import AppConfig


class ReactiesConfig(AppConfig):
    name = "loket.services.reacties"
    label = "reacties"

    def ready(self) -> None:
        from loket.foundation.channels.adapters import register
        from loket.foundation.storage.keepers import keep
        from loket.services.reacties import (  # noqa: F401 (declare jobs, listeners)
            aanbod,
            aanbod_gesprek,
            aanbod_klacht,
            aanbod_voorstel,
            aanbod_werk,
            jobs,
            kanaal_in,
            kanaal_uit,
            mails,
            mails_bellen,
            post_in,
            voorstellen,
        )
        from loket.services.reacties.api.toegang import OPEN311
        from loket.services.reacties.queries.opslag import in_gebruik

        register(OPEN311)
        keep("reacties", in_gebruik)
        aanbod.bied_aan()
        aanbod_werk.bied_aan()
        aanbod_gesprek.bied_aan()
        aanbod_klacht.bied_aan()
        aanbod_voorstel.bied_aan()

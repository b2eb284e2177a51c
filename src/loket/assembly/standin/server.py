"""Starting the stand-in."""

import os
import sys

SETTINGS = "loket.assembly.standin.settings"


class NotTheDemo(RuntimeError):
    """The stand-in was asked to start where real people are."""


def main(port: int, url: str) -> None:
    """Be the stand-in on `port` for the Loket at `url`; this process becomes the server and does not return.

    Raises NotTheDemo unless LOKET_DEMO=1.
    """
    os.environ["LOKET_URL"] = url
    serve(port)


def serve(port: int) -> None:
    """As `main`, for the Loket at LOKET_URL."""
    refuse_outside_the_demo()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    prepare()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    granian += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    granian += ["--workers-kill-timeout", "3", "--respawn-failed-workers", "loket.assembly.standin.wsgi:application"]
    os.execv(sys.executable, granian)  # noqa: S606 (our own Python, no shell)


def refuse_outside_the_demo() -> None:
    """Raises NotTheDemo unless LOKET_DEMO=1."""
    if os.environ.get("LOKET_DEMO") != "1":
        raise NotTheDemo("The stand-in for DigiD lets anybody in as anybody. It runs in the demo only (LOKET_DEMO=1).")


def prepare() -> None:
    """Bring the stand-in's own database up to date: tables, persons, and Loket as its one client."""
    import django

    django.setup()
    from allauth.idp.oidc.models import Client
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connections

    from loket.assembly.standin import installation, telefoon
    from loket.assembly.standin.personen import PERSONEN

    call_command("migrate", verbosity=0, interactive=False)
    telefoon.prepare()
    for persoon in PERSONEN:
        User.objects.get_or_create(username=persoon.sleutel)
    keys = installation.keys(settings.DATA_DIR)
    client = Client.objects.filter(id=keys.client_id).first() or Client(id=keys.client_id, name="Loket")
    client.scopes = client.default_scopes = "openid"
    client.skip_consent = True
    client.set_secret(keys.client_secret)
    client.set_redirect_uris(installation.redirect_uris(settings.LOKET_URL))
    client.save()
    connections.close_all()

"""What granian's web workers import: the pages and the APIs.

Each worker dies with granian's parent process; and nothing starts without a lasting secret, because what a random
one signed (sessions, links) would be worthless after the next start.
"""

import importlib
import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from loket.assembly.deathsig import in_granian_worker
from loket.foundation.database.watch import watch

in_granian_worker()

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.assembly.settings")
pages = get_wsgi_application()

if settings.SECRET_IS_EPHEMERAL:
    raise ImproperlyConfigured("Set LOKET_SECRET or LOKET_SECRET_FILE (loket run makes one in the data folder).")
watch.start(settings.DATABASE_URL)
importlib.import_module(settings.ROOT_URLCONF)  # every page now: a fault shows at the start, not at a visitor's
application = importlib.import_module("loket.assembly.apis").lane(pages)

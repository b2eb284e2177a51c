"""What granian imports for the stand-in."""

import os

from django.core.wsgi import get_wsgi_application

from loket.assembly.deathsig import in_granian_worker

in_granian_worker()

os.environ["DJANGO_SETTINGS_MODULE"] = "loket.assembly.standin.settings"
application = get_wsgi_application()

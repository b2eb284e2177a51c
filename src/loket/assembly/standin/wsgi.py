"""What granian imports for the stand-in."""

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from loket.assembly.deathsig import die_with_parent

if (_granian := multiprocessing.parent_process()) is not None:
    die_with_parent(_granian.pid)

os.environ["DJANGO_SETTINGS_MODULE"] = "loket.assembly.standin.settings"
application = get_wsgi_application()

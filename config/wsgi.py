"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("ANSWERS_PEOPLE", "1")  # who wait: config/database.py bounds what the database may take

application = get_wsgi_application()

# Only now can models and settings be had.
from django.conf import settings  # noqa: E402

from accounts.invented import check_only_invented  # noqa: E402
from common.health import findings  # noqa: E402
from common.outage import STARTS, note_start  # noqa: E402

check_only_invented()
note_start(settings.VAR / STARTS)
findings()  # the first monitor finds an answer ready, after two seconds at worst

# What is loaded stays. A full collection would look at all of it, in the midst of somebody's request: up to 90 ms.
gc.collect()
gc.freeze()

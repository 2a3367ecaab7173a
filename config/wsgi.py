"""What the web server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from common.outage import note_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("ANSWERS_PEOPLE", "1")  # who wait: settings.py bounds what the database may take

application = get_wsgi_application()
note_start(settings.VAR / "web-starts")

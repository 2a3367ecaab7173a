"""Redis gone costs a person a blink, not a hanging page: the row waits, the sweep finds it."""

import os
import subprocess
import sys

from django.conf import settings

PROGRAM = """
import time
import django
django.setup()
from config import celery_app
start = time.monotonic()
try:
    celery_app.send_task("anything", args=[1])
except Exception as error:
    print(type(error).__name__, time.monotonic() - start)
"""


def test_ringing_a_dead_broker_fails_at_once(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody listens there
        "VAR_ROOT": str(tmp_path),
    }
    command = [sys.executable, "-c", PROGRAM]
    told = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True)
    name, seconds = told.split()
    assert name == "OperationalError"
    assert float(seconds) < 2

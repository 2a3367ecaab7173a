"""What the web server loads."""

import os
import subprocess
import sys

from django.conf import settings


def test_what_is_loaded_is_not_looked_at_again_by_each_full_collection(tmp_path):
    environment = {**os.environ, "DATABASE_URL": "", "VAR_ROOT": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    prepared = [sys.executable, "manage.py", "prepare"]
    subprocess.run(prepared, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True)
    start = [sys.executable, "-c", "import config.wsgi, gc; print(gc.get_freeze_count())"]
    frozen = subprocess.run(start, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True)
    assert int(frozen.stdout) > 50_000

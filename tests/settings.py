"""The project's settings as the tests want them: nothing needs to be set, and what is written goes with the run."""

import atexit
import os
import shutil
import tempfile

# Each process has its folder: two runs at once, or two workers of one, never meet in a file.
FOLDER = tempfile.mkdtemp(prefix="passerelle-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

# Set, not defaulted: a developer's own .env or shell must not change what a test proves. DATABASE_URL and
# REDIS_URL stay as they are, for they choose the engines.
os.environ |= {
    "DEMO": "1",
    "DEBUG": "0",
    "SECRET_KEY": "the tests' own, which signs nothing that matters",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "memorymail://",
    "VAR_ROOT": FOLDER,
}
for name in ("FILES_ROOT", "FILES_URL"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, REDIS_URL, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: Django's in-memory test database fails under threads.
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER}/tests.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow, which is its point
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files as they lie, nothing collected

if not REDIS_URL:
    CELERY_BROKER_URL = "memory://"  # nobody answers; who wants a worker starts one, with settings of its own
    CELERY_BROKER_TRANSPORT_OPTIONS = {}

"""The project's settings as the tests want them: nothing needs to be set, nothing is written outside var/tests."""

import os
from pathlib import Path

# Set, not defaulted: a developer's own .env or shell must not change what a test proves. DATABASE_URL and
# REDIS_URL stay as they are, for they choose the engines.
os.environ |= {
    "DEMO": "1",
    "DEBUG": "0",
    "SECRET_KEY": "the tests' own, which signs nothing that matters",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "memorymail://",
    "VAR_ROOT": str(
        Path(__file__).parent.parent / "var/tests" / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    ),
}
os.environ.pop("FILES_ROOT", None)

from config.settings import *  # noqa: F403
from config.settings import DATABASES, REDIS_URL, STORAGES

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file: Django's in-memory test database fails under threads. pytest-django adds the xdist worker's name.
    database = Path(DATABASES["default"]["NAME"])
    DATABASES["default"]["TEST"] = {"NAME": str(database.with_name(f"test-{database.name}"))}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow, which is its point
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files as they lie, nothing collected

if not REDIS_URL:
    CELERY_BROKER_URL = (
        "memory://"  # nobody answers; tests that want a worker start one with settings of its own
    )
    CELERY_BROKER_TRANSPORT_OPTIONS = {}

"""Real workers, to be killed."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings


def environment(folder, **more):
    """The worker meets the database of the test and a broker of its own."""
    database = settings.DATABASES["default"]
    name = database["NAME"]
    address = (
        f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{name}"
        if "postgresql" in database["ENGINE"]
        else f"sqlite:///{name}"
    )
    kept = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": address,
        "REDIS_URL": "",
        "VAR_ROOT": str(folder),
        "FILES_ROOT": str(settings.MEDIA_ROOT),
        **more,
    }


def worker(folder, **more):
    """A worker with its clock, in a process group of its own; `more` are variables of its environment."""
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--beat", "--concurrency", "1"]
    return running(command, folder, **more)


def sweep(folder, **more):
    """What such a worker does of the mail in its turn, without the seconds that Celery takes to start."""
    work = "import django; django.setup(); from exchange.deliveries.tasks import send; send()"
    return running([sys.executable, "-c", work], folder, **more)


@contextmanager
def running(command, folder, **more):
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env=environment(folder, **more),
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process):
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

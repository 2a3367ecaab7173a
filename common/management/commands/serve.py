"""Web server and worker in one command, for a machine that runs both; or the web server alone."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from common.outage import STARTS
from common.queued import JobStatus, Queued

SPARE = 2  # threads that a database which hangs does not get
MOST_MEMORY = "800"  # MiB of one web worker
PATIENCE = 30  # seconds that a request or a job in hand gets to end


class Command(BaseCommand):
    help = (
        "Serves the site and runs the worker; Ctrl-C or TERM stops both, and when one dies the other stops."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8, help="of each of the two web workers")
        parser.add_argument(
            "--jobs-first",
            type=int,
            metavar="SECONDS",
            default=0,
            help="let the worker finish the jobs that wait before the site opens, for so long at most",
        )

        parser.add_argument(
            "--web-only", action="store_true", help="the site alone, where workers run elsewhere"
        )

    def handle(
        self, *, host: str, port: int, threads: int, jobs_first: int, web_only: bool, **options
    ) -> None:
        refuse_taken(host, port)
        # Only what is started again and again by itself is worth an alarm.
        (settings.VAR / STARTS).unlink(missing_ok=True)
        os.environ.setdefault("REQUESTS_AT_ONCE", str(max(1, threads - SPARE)))
        if web_only:
            os.execv(sys.executable, granian(host, port, threads))  # noqa: S606  # it hears the signals itself
        with Children() as children:
            children.start("worker", celery())
            if jobs_first:
                self.wait_for_jobs(children, seconds=jobs_first)
            if not children.stopping:
                children.start("web server", granian(host, port, threads))
                self.say(f"Passerelle is served on http://{host}:{port} (Ctrl-C stops it).")
            died = children.wait_until_one_ends()
            self.say("Stopping; what is in hand is finished first.")
        if died:
            raise CommandError(f"The {died} ended by itself, so everything was stopped.")

    def wait_for_jobs(self, children: "Children", *, seconds: int) -> None:
        """A newcomer's first click should find a finished PDF. Says so when it will not."""
        deadline = time.monotonic() + seconds
        if waiting := jobs_waiting():
            self.say(f"The worker does the jobs that wait ({waiting})...")
        while (waiting := jobs_waiting()) and not children.stopping and children.all_alive():
            if time.monotonic() > deadline:
                self.say(f"Not finished after {seconds} s ({waiting}); they go on meanwhile.")
                break
            time.sleep(0.2)
        connections.close_all()

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()  # seen at once in a log file too


def refuse_taken(host: str, port: int) -> None:
    """Granian would share the port with whoever has it, and each would get half of the requests."""
    with socket.socket() as probe:
        # A server that just ended is no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken; choose another (make demo PORT={port + 1})."
            ) from error


def jobs_waiting() -> int:
    kinds = [model for model in apps.get_models() if issubclass(model, Queued)]
    waiting = [JobStatus.QUEUED, JobStatus.RUNNING]
    return sum(kind._base_manager.filter(status__in=waiting).count() for kind in kinds)


def celery() -> list[str]:
    # One child process does the work: what WeasyPrint leaks goes with it, after so many jobs.
    return [
        # As root, Celery's long warning would drown the accounts that the demonstration prints.
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "--quiet", "--app", "config", "worker", "--beat"),
        *("--concurrency", "1", "--max-tasks-per-child", "500", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]


def granian(host: str, port: int, threads: int) -> list[str]:
    # Two workers, so that the death of one is not seen; it comes back, and goes before it eats the machine.
    return [
        *(sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--respawn-interval", "1", "--workers-max-rss", MOST_MEMORY),
        # A worker that is asked to end while it starts does not hear it, and would be waited for for ever.
        *("--workers-kill-timeout", "25"),
        *("--log-level", "error"),
    ]


class Children:
    """Processes that live and die together, each in a session of its own.

    The terminal sends Ctrl-C to all of its foreground processes; a Celery pool child that receives it drops its job.
    In sessions of their own only the two main processes hear of the end, from here.
    """

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen] = {}
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask_to_stop)

    def start(self, name: str, command: list[str]) -> None:
        self.running[name] = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
        if self.stopping:  # asked to while this one was being started
            self.running[name].terminate()

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *exception) -> None:
        self.stop()

    def ask_to_stop(self, *signal_and_frame) -> None:
        self.stopping = True
        for process in self.alive():
            process.terminate()

    def alive(self) -> Iterator[subprocess.Popen]:
        return (process for process in self.running.values() if process.poll() is None)

    def all_alive(self) -> bool:
        return len(list(self.alive())) == len(self.running)

    def wait_until_one_ends(self) -> str:
        """Returns the name of the child that ended unasked, or nothing when we were asked to stop."""
        while self.all_alive() and not self.stopping:
            time.sleep(0.2)
        return "" if self.stopping else next(n for n, p in self.running.items() if p.poll() is not None)

    def stop(self) -> None:
        """Blocks until nothing is left of any child."""
        if not self.stopping:
            self.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        while any(self.alive()) and time.monotonic() < deadline:
            time.sleep(0.1)
        for process in self.running.values():
            kill_group(process.pid)


def kill_group(leader: int) -> None:
    """What the main process left behind: both programs keep their children in the group they lead."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)

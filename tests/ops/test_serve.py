"""`manage.py serve`: web server and worker live and die together, and nothing stays behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from common.outage import STARTS

pytestmark = pytest.mark.workerkill


class Served:
    """The command in a process group of its own, as a terminal starts it, on a database of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.mark = f"VAR_ROOT={folder}".encode()
        self.folder, self.output = folder, folder / "serve.log"
        self.environment = {
            **os.environ,
            "VAR_ROOT": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        subprocess.run(self.manage("migrate", "--verbosity", "0"), **self.place(), check=True)
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                self.manage("serve", "--port", str(self.port), *options),
                **self.place(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def manage(self, *words: str) -> list[str]:
        return [sys.executable, "manage.py", *words]

    def place(self) -> dict:
        return {"cwd": settings.BASE_DIR, "env": self.environment}

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def processes(self) -> dict[int, str]:
        """Every process that carries our mark in its environment, wherever it hides."""
        found = {}
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and self.mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def end(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def main_process(self, program: str) -> int:
        return min(pid for pid, command in self.processes().items() if f"-m {program}" in command)


def wait_for(condition, seconds: int = 40) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def served(tmp_path):
    if not Path("/proc/self/environ").exists():
        pytest.skip("processes are found through /proc")
    (tmp_path / STARTS).write_text(f"{time.time()}\n" * 20)  # of earlier servers, stopped a moment ago
    served = Served(tmp_path)
    try:
        # Web server and its two workers, Celery (its pool's child, and beat): all are there before a test begins.
        wait_for(lambda: served.answers() and len(served.processes()) >= 7)
        yield served
    finally:
        served.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_terminal_stops_everything(served, number):
    os.killpg(served.process.pid, number)
    assert served.process.wait(40) == 0
    wait_for(lambda: not served.processes(), 2)


@pytest.mark.parametrize(("program", "name"), [("celery", "worker"), ("granian", "web server")])
def test_when_one_dies_the_other_stops_and_the_exit_says_so(served, program, name):
    os.kill(served.main_process(program), signal.SIGKILL)
    assert served.process.wait(40) == 1
    assert f"The {name} ended by itself" in served.output.read_text()
    wait_for(lambda: not served.processes(), 2)


def web_workers(served) -> set[int]:
    """The children of Granian's main process."""
    main = served.main_process("granian")
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    return {int(pid) for pid in children if "granian" in served.processes().get(int(pid), "")}


def test_a_web_worker_that_dies_is_replaced_and_the_site_goes_on(served):
    wait_for(lambda: len(web_workers(served)) == 2)
    before = web_workers(served)
    os.kill(min(before), signal.SIGKILL)
    wait_for(lambda: len(web_workers(served)) == 2 and web_workers(served) != before)
    wait_for(served.answers)
    assert served.process.poll() is None


def test_starts_on_purpose_raise_no_alarm(served):
    wait_for(lambda: len((served.folder / STARTS).read_text().split()) == 2)  # the two web workers
    assert "ALARM" not in served.output.read_text()


def test_the_web_server_alone_runs_no_worker_and_keeps_threads_for_health(tmp_path):
    served = Served(tmp_path, "--web-only", "--threads", "5")
    try:
        wait_for(lambda: served.answers() and len(web_workers(served)) == 2)
        assert not [command for command in served.processes().values() if "celery" in command]
        worker = Path(f"/proc/{min(web_workers(served))}/environ").read_bytes().split(b"\0")
        assert b"REQUESTS_AT_ONCE=3" in worker
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(40) == 0
        wait_for(lambda: not served.processes(), 2)
    finally:
        served.end()


def test_a_taken_port_is_refused(served):
    """Granian shares a port: two demonstrations would answer in turn, from two databases."""
    command = served.manage("serve", "--port", str(served.port))
    second = subprocess.run(command, **served.place(), capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert f"Port {served.port} is taken" in second.stderr
    assert served.answers()

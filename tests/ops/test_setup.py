"""The set-up is cut at any moment, or started twice at once: the next start finishes it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

KEYS = ["DEMO", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"]


@pytest.fixture
def folder(tmp_path):
    """A checkout's scripts, and an interpreter where they look for it."""
    shutil.copytree(settings.BASE_DIR / "scripts", tmp_path / "scripts")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def names_in(env: Path) -> list[str]:
    return [line.partition("=")[0] for line in env.read_text().splitlines()]


def write_env(folder, **options):
    return subprocess.Popen(["scripts/demo_env"], cwd=folder, stdout=subprocess.DEVNULL, **options)


def test_an_empty_file_that_an_earlier_start_left_is_written_anew(folder):
    (folder / ".env").touch()
    assert write_env(folder).wait(20) == 0
    assert names_in(folder / ".env") == KEYS
    assert (folder / ".env").stat().st_mode & 0o077 == 0


def test_somebodys_own_file_is_left_alone(folder):
    (folder / ".env").write_text("DEBUG=1\n")
    assert write_env(folder).wait(20) == 0
    assert (folder / ".env").read_text() == "DEBUG=1\n"


def test_cut_at_any_moment_it_is_whole_or_not_there(folder):
    chance = random.Random(40)
    for _moment in range(40):
        (folder / ".env").unlink(missing_ok=True)
        process = write_env(folder, start_new_session=True)
        time.sleep(chance.uniform(0, 0.06))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert not (folder / ".env").exists() or names_in(folder / ".env") == KEYS
    assert write_env(folder).wait(20) == 0
    assert names_in(folder / ".env") == KEYS


def test_of_two_starts_at_once_one_secret_stays(folder):
    both = [write_env(folder) for _start in range(6)]
    assert [start.wait(20) for start in both] == [0] * 6
    assert names_in(folder / ".env") == KEYS
    assert sorted(folder.glob(".env*")) == [folder / ".env"]


@pytest.mark.parametrize("command", [["migrate", "--verbosity", "0"], ["prepare"]])
def test_two_at_once_on_one_database_wait_for_each_other(tmp_path, command):
    environment = {
        **{key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}},
        "VAR_ROOT": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    place = {"cwd": settings.BASE_DIR, "env": environment, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([sys.executable, "manage.py", *command], **place) for _start in range(2)]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in both]
    assert [code for _, code in ended] == [0, 0], ended


@pytest.mark.soak
def test_a_first_start_cut_at_forty_moments_is_finished_by_the_next(tmp_path):
    """The real thing: `make demo` in a fresh clone, killed again and again, then let through."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", settings.BASE_DIR, clone], check=True)
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    chance = random.Random(40)
    for _moment in range(40):
        process = subprocess.Popen(
            ["make", "demo", "PORT=0"], cwd=clone, env=kept, start_new_session=True, stdout=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0, 12))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(["scripts/setup", "run"], cwd=clone, env=kept, check=True)
    subprocess.run(["scripts/demo_env"], cwd=clone, env=kept, check=True)
    python = clone / ".venv" / "bin" / "python"
    for words in (["prepare"], ["demo", "--if-empty", "--verbosity", "0"], ["check"]):
        subprocess.run([python, "manage.py", *words], cwd=clone, env=kept, check=True)

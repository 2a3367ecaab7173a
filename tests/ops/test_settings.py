"""Production refuses to start when a value that protects people's files is missing or weak."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from environ import Env

from config import production

GOOD = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrst",
    "ALLOWED_HOSTS": "passerelle.example",
    "DATABASE_URL": "sqlite:///unused.sqlite3",
    "EMAIL_URL": "smtp+tls://mail.example:587",
    "SITE_URL": "https://passerelle.example",
}
WEAK = [
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "a" * 60),
    ("ALLOWED_HOSTS", ""),
    ("ALLOWED_HOSTS", "passerelle.example,*"),
    ("DATABASE_URL", ""),
    ("EMAIL_URL", ""),
    ("EMAIL_URL", "filemail:///tmp/mail"),
    ("SITE_URL", ""),
    ("SITE_URL", "http://passerelle.example"),
]


def run_check(folder, **values):
    """`manage.py check` in a process of its own; a developer's .env does not override what is set here."""
    environment = {**os.environ, "DEMO": "0", "DEBUG": "0", "VAR_ROOT": str(folder), **values}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("name", "value"), WEAK)
def test_a_weak_value_is_named_alone(monkeypatch, name, value):
    for key, good in GOOD.items():
        monkeypatch.setenv(key, good)
    assert production.faults(Env()) == []
    monkeypatch.setenv(name, value)
    [fault] = production.faults(Env())
    assert fault.startswith(f"{name} must")


def test_all_missing_values_are_told_at_once(tmp_path):
    done = run_check(tmp_path, **dict.fromkeys(GOOD, ""))
    assert done.returncode != 0
    assert "Passerelle does not start" in done.stderr
    for name in GOOD:
        assert f"- {name} must" in done.stderr


def test_production_starts_with_good_values(tmp_path):
    done = run_check(tmp_path, **GOOD)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("switch", ["DEMO", "DEBUG"])
def test_demonstration_and_debug_need_nothing(tmp_path, switch):
    nothing = dict.fromkeys([*GOOD, "REDIS_URL", "FILES_ROOT"], "")  # as an env file leaves them
    done = run_check(tmp_path, **nothing | {switch: "1"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("demo", "asked"), [("1", False), ("0", True)])
def test_second_factor_is_lifted_in_the_demonstration_only(tmp_path, demo, asked):
    program = "from config import settings; print(settings.SECOND_FACTOR_REQUIRED)"
    environment = {**os.environ, **GOOD, "DEMO": demo, "DEBUG": "0", "VAR_ROOT": str(tmp_path)}
    command = [sys.executable, "-c", program]
    told = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True)
    assert told.strip() == str(asked)


@pytest.mark.parametrize(("site", "prefix"), [(GOOD["SITE_URL"], "__Host-"), ("http://127.0.0.1:8000", "")])
def test_cookies_belong_to_this_host_alone_where_there_is_https(tmp_path, site, prefix):
    names = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "MFA_TRUST_COOKIE_NAME"]
    program = f"from config import settings; print(*(getattr(settings, name) for name in {names}))"
    local = {"DEMO": "1"} if not prefix else {"DEMO": "0"}
    environment = {**os.environ, **GOOD, **local, "SITE_URL": site, "DEBUG": "0", "VAR_ROOT": str(tmp_path)}
    command = [sys.executable, "-c", program]
    told = subprocess.check_output(command, cwd=settings.BASE_DIR, env=environment, text=True).split()
    assert all(name.startswith(prefix) for name in told)
    assert all(name.startswith("__Host-") == bool(prefix) for name in told)

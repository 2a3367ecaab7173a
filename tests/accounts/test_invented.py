"""DEMO and DEBUG beside real people: refused, and nothing is emptied."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts.invented import check_only_invented
from accounts.models import User
from tests.factories import UserFactory
from tests.ops.test_settings import GOOD


@pytest.mark.django_db
def test_nobody_and_invented_people_pass():
    check_only_invented()
    UserFactory(email="conseillere@ml-marseille.example")
    UserFactory(email="client-1@api.invalid")  # of an API token
    check_only_invented()


@pytest.mark.django_db
def test_one_real_person_is_enough_to_refuse():
    UserFactory(email="conseillere@ml-marseille.example")
    UserFactory(email="j.dupont@missionlocale.fr")
    with pytest.raises(ImproperlyConfigured, match="real people"):
        check_only_invented()


@pytest.mark.django_db
def test_real_people_are_served_without_either(settings):
    settings.FICTITIOUS = False
    UserFactory(email="j.dupont@missionlocale.fr")
    check_only_invented()


@pytest.mark.django_db
def test_a_demonstration_does_not_empty_a_real_database():
    UserFactory(email="j.dupont@missionlocale.fr")
    with pytest.raises(ImproperlyConfigured):
        call_command("demo", reset=True)
    assert User.objects.exists()


@pytest.mark.parametrize("switch", ["DEMO", "DEBUG"])
@pytest.mark.parametrize(
    ("values", "starts"),
    [
        ({}, True),
        ({"SITE_URL": "http://127.0.0.1:8123", "ALLOWED_HOSTS": "localhost"}, True),
        ({"SITE_URL": "https://passerelle.example"}, False),
        ({"ALLOWED_HOSTS": "passerelle.example"}, False),
        ({"SITE_URL": "https://passerelle.example", "SECRET_KEY": GOOD["SECRET_KEY"]}, True),
    ],
)
def test_the_printed_secret_serves_this_machine_alone(tmp_path, switch, values, starts):
    nothing = dict.fromkeys([*GOOD, "REDIS_URL", "FILES_ROOT"], "") | {"ALLOWED_HOSTS": "127.0.0.1"}
    environment = {
        **os.environ,
        "DEMO": "0",
        "DEBUG": "0",
        "VAR_ROOT": str(tmp_path),
        **nothing,
        switch: "1",
        **values,
    }
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert (done.returncode == 0) == starts
    assert starts or "printed in the source" in done.stderr


def test_the_web_server_refuses_to_start_beside_real_people(tmp_path):
    environment = {
        **os.environ,
        "DEMO": "1",
        "DEBUG": "0",
        "VAR_ROOT": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'real.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    place = {"cwd": settings.BASE_DIR, "env": environment, "capture_output": True, "text": True}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], **place, check=True)
    start = [sys.executable, "-c", "import config.wsgi"]
    assert subprocess.run(start, **place).returncode == 0
    sign_up = "import django; django.setup(); from accounts.models import User; "
    sign_up += "User.objects.create_user('j.dupont@missionlocale.fr')"
    subprocess.run([sys.executable, "-c", sign_up], **place, check=True)
    refused = subprocess.run(start, **place)
    assert refused.returncode != 0
    assert "real people" in refused.stderr


def test_the_web_server_does_not_start_before_it_knows_whom_it_serves(tmp_path):
    """A database that is away may hold real people once it is back."""
    environment = {
        **os.environ,
        "DEMO": "1",
        "DEBUG": "0",
        "VAR_ROOT": str(tmp_path),
        "DATABASE_URL": "postgres://somebody:secret@127.0.0.1:1/away",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    start = [sys.executable, "-c", "import config.wsgi"]
    away = subprocess.run(start, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert away.returncode != 0
    assert "OperationalError" in away.stderr

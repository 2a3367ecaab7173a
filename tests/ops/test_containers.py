"""What the containers run, against what the project has: no container is built here."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
COMPOSED = (ROOT / "docker-compose.yml").read_text()
IMAGE = (ROOT / "Dockerfile").read_text()


def words_of(command: str) -> list[list[str]]:
    """Each command of a line, as words; a shell is looked through."""
    words = json.loads(command)
    return [shlex.split(part) for part in words[2].split("&&")] if words[0] == "sh" else [words]


LINES = re.findall(r"^(?:CMD|    command:) (\[.*\])$", IMAGE + COMPOSED, re.MULTILINE)
COMMANDS = [words for line in LINES for words in words_of(line) if words[0] != "redis-server"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_is_one_that_the_project_knows(words):
    if words[0] == "celery":
        assert words[1:3] == ["--app", "config"]
        return
    assert words[:2] == ["python", "manage.py"]
    name, *options = words[2:]
    load_command_class(get_commands()[name], name).create_parser("manage.py", name).parse_args(options)


def test_the_example_names_every_value_that_production_demands():
    named = dict(
        line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line
    )
    demanded = {
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "DATABASE_URL",
        "EMAIL_URL",
        "TRUST_PROXY",
        "REDIS_URL",
    }
    assert demanded <= named.keys()
    guide = (ROOT / "docs" / "running.md").read_text()
    assert all(f"`{name}`" in guide for name in named.keys() - {"POSTGRES_PASSWORD"})
    for name, service in (("DATABASE_URL", "database"), ("REDIS_URL", "broker")):
        assert re.search(rf"[/@]{service}/", named[name])
        assert f"\n  {service}:" in COMPOSED

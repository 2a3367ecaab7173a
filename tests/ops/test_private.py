"""No other user of the machine reads the database, the files, the messages or the mail."""

import os
import stat
import subprocess
import sys

import pytest
from django.conf import settings

from config.private import private_folder

WRITES = """
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from common.queued import ring
from evaluations.tasks import build_report
default_storage.save("reports/1/report.pdf", ContentFile(b"%PDF"))
send_mail("subject", "text", None, ["a@b.example"])
ring(build_report, "00000000-0000-4000-8000-000000000000")
"""


def modes(folder) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


@pytest.mark.parametrize("existed", [False, True])
def test_whatever_is_written_is_for_its_user_alone(tmp_path, existed):
    """Started with the widest mask there is, in a folder that others could read, with a database that they could."""
    var = tmp_path / "var"
    if existed:
        var.mkdir(mode=0o755)
        (var / "db.sqlite3").touch(mode=0o644)
    environment = {
        **{
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
        },
        "VAR_ROOT": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EMAIL_URL": "",
    }
    place = {"cwd": settings.BASE_DIR, "env": environment, "umask": 0, "check": True}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], **place)
    subprocess.run([sys.executable, "-c", WRITES], **place)
    found = modes(var)
    assert {"db.sqlite3", "files/reports/1/report.pdf"} <= found.keys()
    assert any(name.startswith("mail/") for name in found)
    assert any(name.startswith("broker/") for name in found)
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    assert stat.S_IMODE(var.stat().st_mode) == 0o700


def test_a_folder_that_many_share_is_not_closed(tmp_path):
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    private_folder(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777

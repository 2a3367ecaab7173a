"""The mails and texts that the demonstration would have sent, as they lie in their folders."""

import datetime
import email
import email.policy
import json
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's mail backend writes after each mail
MOST = 200


@dataclass(frozen=True)
class Mail:
    name: str  # of its file, and which one in it
    message: EmailMessage

    @property
    def sent_at(self) -> datetime.datetime:
        """Django writes universal time without a zone."""
        return self.message["Date"].datetime.replace(tzinfo=datetime.UTC)

    def part(self, kind: str) -> str:
        found = self.message.get_body([kind])
        return found.get_content() if found else ""

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")


def newest_first(folder: Path, ending: str) -> list[Path]:
    return sorted(folder.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def mails() -> list[Mail]:
    """The newest first."""
    folder = Path(getattr(settings, "EMAIL_FILE_PATH", None) or "/nowhere")
    found = (mail for path in newest_first(folder, ".log") for mail in reversed(in_file(path)))
    return list(islice(found, MOST))


def in_file(path: Path) -> list[Mail]:
    parts = path.read_bytes().split(BETWEEN)[:-1]  # what stands after the last one is still being written
    return [
        Mail(f"{path.stem}-{number}", email.message_from_bytes(part, policy=email.policy.default))
        for number, part in enumerate(parts)
    ]


def texts() -> list[dict]:
    where = urlsplit(settings.SMS_URL)
    folder = Path(where.path if where.scheme == "file" else "/nowhere")
    return [json.loads(path.read_text()) for path in newest_first(folder, ".json")[:MOST]]

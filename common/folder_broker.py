"""Celery's broker in a folder, for machines without Redis: a message is there whole, or not yet."""

import time
import uuid
from pathlib import Path

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):  # type: ignore[override] # its two bases name it differently
        """Write beside the queue, then rename: kombu's own writes in place, and a worker that reads half dies."""
        folder = Path(self.data_folder_out)
        part = folder / f"{uuid.uuid4()}.part"
        part.write_text(dumps(payload))
        part.replace(folder / f"{time.monotonic_ns():020}_{part.stem}.{queue}.msg")


class Transport(filesystem.Transport):
    Channel = Channel

"""Files without a row, or whose document was withdrawn: a process was killed between the two."""

import datetime

from celery import shared_task
from django.core.files.storage import Storage

from common import clock
from exchange.documents.models import FOLDER, Document

UPLOADING = datetime.timedelta(hours=1)  # longer than any upload: its row may still come


@shared_task(name="exchange.documents.tasks.sweep_files")
def sweep_files() -> None:
    storage = Document._meta.get_field("file").storage
    try:
        days = storage.listdir(FOLDER)[0]
    except FileNotFoundError:  # nothing was ever kept
        return
    for day in days:
        sweep(storage, f"{FOLDER}/{day}")


def sweep(storage: Storage, folder: str) -> None:
    lying = {f"{folder}/{name}" for name in storage.listdir(folder)[1]}
    kept = Document.objects.with_their_files().filter(file__in=lying).values_list("file", flat=True)
    for name in lying.difference(kept):
        if storage.get_modified_time(name) < clock.now() - UPLOADING:
            storage.delete(name)

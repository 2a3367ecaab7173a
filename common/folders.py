"""Folders of a storage, on a disk or in a bucket: the latter has none, only names that begin alike."""

from django.core.files.storage import Storage


def empty(storage: Storage, folder: str, *, keep: str = "") -> None:
    """Delete what lies in the folder, but for the file of that name; without one, the folder too."""
    try:
        lying = storage.listdir(folder)[1]
    except FileNotFoundError:  # of a disk: nothing was ever kept there
        return
    for name in lying:
        if name != keep:
            storage.delete(f"{folder}/{name}")
    if not keep:
        storage.delete(folder)

"""What this process writes is for its own user alone: database, files, messages, mail."""

import contextlib
import os
import stat
from pathlib import Path

UMASK = 0o077
SHARED_BY_MANY = stat.S_ISVTX  # a folder like /tmp is not ours to close

os.umask(UMASK)


def private_folder(folder: Path) -> Path:
    """Make the folder, or close one that others could open, with what lies right in it."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.stat().st_mode & SHARED_BY_MANY:
        for entry in (folder, *folder.glob("*.sqlite3*")):
            with contextlib.suppress(PermissionError, FileNotFoundError):  # another user's, or just gone
                entry.chmod(0o700 if entry.is_dir() else 0o600)
    return folder

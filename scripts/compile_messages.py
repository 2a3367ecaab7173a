"""Compiles each .po that is newer than its .mo, without gettext installed."""

import os
from pathlib import Path

import polib

for source in Path(__file__).resolve().parent.parent.glob("locale/*/LC_MESSAGES/*.po"):
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        part = compiled.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(compiled)  # whole or not at all: half a catalogue stops every page
        print(f"setup: compiled {source.parent.parent.name}/{source.name}")

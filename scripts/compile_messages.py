"""Compiles each .po that is newer than its .mo, without gettext installed; a French sentence keeps its signs."""

import os
import re
from pathlib import Path

import polib

# French puts a space before these signs, which must not begin a line; typists put one that breaks.
BREAKS = re.compile(r"(?<=\S) (?=[;?!»]|:(?:\s|$))|(?<=«) ")


def bound(entry: polib.POEntry) -> None:
    entry.msgstr = BREAKS.sub("\N{NO-BREAK SPACE}", entry.msgstr)
    entry.msgstr_plural = {
        number: BREAKS.sub("\N{NO-BREAK SPACE}", text) for number, text in entry.msgstr_plural.items()
    }


for source in Path(__file__).resolve().parent.parent.glob("locale/*/LC_MESSAGES/*.po"):
    compiled = source.with_suffix(".mo")
    newest = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
    if not compiled.exists() or compiled.stat().st_mtime < newest:
        catalogue = polib.pofile(str(source))
        if source.parent.parent.name == "fr":
            for entry in catalogue:
                bound(entry)
        part = compiled.with_suffix(f".{os.getpid()}")
        catalogue.save_as_mofile(str(part))
        part.replace(compiled)  # whole or not at all: half a catalogue stops every page
        print(f"setup: compiled {source.parent.parent.name}/{source.name}")

"""Fails when the French catalogue lacks a sentence, or when a translation lost a placeholder."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
NOT_OURS = {".venv", "var", "tests", "locale"}


def entries(path: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def faults_of(entry: polib.POEntry) -> list[str]:
    if entry.fuzzy:
        return [f"fuzzy: {entry.msgid!r}"]
    if not entry.translated():
        return [f"not translated: {entry.msgid!r}"]
    # A singular may say its number in words: any of the two sources may lend its placeholders.
    known = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    needed = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    lost = needed - set(PLACEHOLDER.findall(texts[-1]))
    strange = {name for text in texts for name in PLACEHOLDER.findall(text)} - known
    return [f"placeholder {name} of {entry.msgid!r}" for name in sorted(lost | strange)]


def extracted() -> set[tuple[str | None, str]]:
    """What xgettext finds in the source, by way of a copy of the tree: checking changes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in ROOT.iterdir():
            if part.is_dir() and not part.name.startswith(".") and part.name not in NOT_OURS:
                shutil.copytree(part, copy / part.name, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--no-location"]
        subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
        return set(entries(copy / CATALOGUE))


def main() -> int:
    known = entries(ROOT / CATALOGUE)
    faults = [fault for entry in known.values() for fault in faults_of(entry)]
    if shutil.which("xgettext"):
        found = extracted()
        faults += [f"not in the catalogue: {msgid!r}" for _, msgid in sorted(found - set(known), key=str)]
        faults += [f"no longer in the source: {msgid!r}" for _, msgid in sorted(set(known) - found, key=str)]
    else:
        print("xgettext is not installed: only the catalogue itself was checked.")
    if faults:
        print(*faults, f"{len(faults)} faults in {CATALOGUE}: `make messages` updates it.", sep="\n")
        return 1
    print(f"{CATALOGUE}: {len(known)} sentences, all translated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Rules of the W3C's checker that pages of ours once broke, for tests that see every page."""

import re
from collections.abc import Iterator

INPUT = re.compile(r"<input\b[^>]*>")
TIME = re.compile(r"<time\b([^>]*)>([^<]*)")
TYPE = re.compile(r'\btype="(\w[\w-]*)"')
# Three digits of a second at most; we write none.
MACHINE = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?")
DRAWN_BY_HAND = {"checkbox", "radio", "file", "button", "submit", "image", "reset"}


def faults(html: str) -> Iterator[str]:
    """What is not valid, each with the rule it breaks."""
    for tag in INPUT.findall(html):
        found = TYPE.search(tag)
        kind = found[1] if found else "text"
        if kind == "hidden" and "aria-" in tag:
            yield f"nobody hears of a hidden field: {tag}"
        if kind in DRAWN_BY_HAND and "autocomplete=" in tag:
            yield f"nothing to complete: {tag}"
    for attributes, text in TIME.findall(html):
        given = re.search(r'\bdatetime="([^"]*)"', attributes)
        if not MACHINE.fullmatch(given[1] if given else text.strip()):
            yield f"no moment for machines: <time{attributes}>{text}"

"""Small things that pages are drawn from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A tab or a chip."""

    label: str
    url: str
    current: bool = False
    id: str = ""  # where it stands in what it replaces

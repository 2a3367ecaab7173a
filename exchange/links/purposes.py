"""What personal links are for. Whoever owns the subject of a link declares its purpose as data, beside the model."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import Membership
from common.mail import Words


def nobody(subject) -> None:
    return None


@dataclass(frozen=True)
class Purpose:
    """`page` is the address where its holder reads and acts; `still_stands` asks the subject at each use.

    `words` gets the link and the address that opens it, and gives its mail. `organisation` gives the id of the one
    whose head hears that the mail could not be sent; without it nobody does: it may be a young person’s. Where `code`
    is set its page opens after a code that is sent apart; `sender` gives the membership that is told when wrong ones
    close it.
    """

    name: str
    page: str
    still_stands: Callable[..., bool]
    words: Callable[..., Words]
    serves: datetime.timedelta
    uses: int = 1
    code: bool = False
    sender: Callable[..., Membership | None] = nobody
    organisation: Callable[..., Any] | None = None


PURPOSES: dict[str, Purpose] = {}


def declare(purpose: Purpose) -> Purpose:
    PURPOSES[purpose.name] = purpose
    return purpose

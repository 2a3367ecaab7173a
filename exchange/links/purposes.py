"""What personal links are for. Whoever owns the subject of a link declares its purpose as data, beside the model."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Membership


def nobody(subject) -> None:
    return None


@dataclass(frozen=True)
class Purpose:
    """`page` is the address where its holder reads and acts; `still_stands` asks the subject at each use.

    Its mail is written by the templates `exchange/email/<name>_subject.txt` and `_message.txt`. Where `code` is set its
    page opens after a code that is sent apart; `sender` gives the membership that is told when wrong ones close it.
    """

    name: str
    page: str
    still_stands: Callable[..., bool]
    serves: datetime.timedelta
    uses: int = 1
    code: bool = False
    sender: Callable[..., Membership | None] = nobody


PURPOSES: dict[str, Purpose] = {}


def declare(purpose: Purpose) -> Purpose:
    PURPOSES[purpose.name] = purpose
    return purpose

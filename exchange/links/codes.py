"""Six figures besides the link, where its purpose asks for them: whoever has the mail alone does not get in.

Five wrong ones close the link, whoever typed them and however many at once: the link's row is held for each.
"""

import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import events, letters
from accounts.models import Letter, User
from common import clock
from common.errors import DomainError, WrongStatus
from common.mail import Words
from exchange.links.models import LinkCode, PersonalLink, code_digest

SERVES = datetime.timedelta(minutes=10)
MOST_TRIES = 5
ONE_IN = datetime.timedelta(minutes=1)
MOST_AN_HOUR = 5


def code_words(letter: Letter, user: User | None) -> Words:
    """The figures are made as the message is written: they are stored nowhere."""
    code = LinkCode.objects.select_related("link").get(pk=letter.facts["code"])
    return Words(
        subject=_("Your code: %(figures)s") % {"figures": code.new_figures()},
        paragraphs=[_("It is the code for the link that you opened. It serves once, for ten minutes.")],
        small=[
            _(
                "Nobody will ask you for it by telephone or mail. If you have opened no link, ignore this message."
            )
        ],
    )


CODE = letters.declare(
    letters.LetterKind("link_code", code_words, serves=SERVES, to_an_account=False, is_owners=False)
)


class TooManyCodes(DomainError):
    code = "too_many_codes"


@transaction.atomic
def send_code(link: PersonalLink) -> LinkCode:
    """Send a code to who holds the link; the one before serves no more.

    Raises `TooManyCodes` for who asks again and again, `WrongStatus` where the link serves no more.
    """
    held = locked(link)
    now = clock.now()
    lately = LinkCode.objects.filter(link=held, asked_at__gt=now - datetime.timedelta(hours=1))
    moments = list(lately.order_by("-asked_at").values_list("asked_at", flat=True))
    if len(moments) >= MOST_AN_HOUR:
        raise TooManyCodes(_("Several codes were sent already. Ask for another one in an hour."))
    if moments and now - moments[0] < ONE_IN:
        raise TooManyCodes(_("A code was sent a moment ago. Look for it, or ask again in a minute."))
    LinkCode.objects.filter(link=held, spent_at=None).update(spent_at=now)
    code = LinkCode.objects.create(link=held, serves_until=now + SERVES)
    events.record("link_code_sent", held, by=None, about=held.subject)
    letters.write(CODE, held.email, occasion=str(code.pk), language=held.language, code=str(code.pk))
    return code


def locked(link: PersonalLink) -> PersonalLink:
    held = PersonalLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if held.closed_because or not held.kind.code:
        raise WrongStatus(_("This link no longer serves."))
    return held


@transaction.atomic
def is_right(link: PersonalLink, typed: str) -> bool:
    """Look at a code once; a right one is spent. The last wrong one closes the link, and who sent it is told.

    Raises `WrongStatus` where the link serves no more, `DomainError` where no code runs: neither is a try.
    """
    held = locked(link)
    code = LinkCode.objects.filter(link=held, spent_at=None, serves_until__gt=clock.now()).first()
    if code is None or not code.digest:
        raise DomainError(_("No code runs: it is too old, or was not asked for. Have one sent."))
    right = constant_time_compare(code.digest, code_digest(held, typed))
    if right:
        LinkCode.objects.filter(pk=code.pk).update(spent_at=clock.now())
    count(held, right=right)
    return right


def count(held: PersonalLink, *, right: bool) -> None:
    tries = 0 if right else held.code_tries + 1
    is_last = tries >= MOST_TRIES
    blocked_at = clock.now() if is_last else None
    PersonalLink.objects.filter(pk=held.pk).update(code_tries=tries, blocked_at=blocked_at)
    verb = "link_code_right" if right else "link_code_wrong"
    events.record(verb, held, by=None, about=held.subject)
    if is_last:
        events.record("link_blocked", held, by=None, about=held.subject)


def left_words(link: PersonalLink) -> str:
    left = MOST_TRIES - PersonalLink.objects.get(pk=link.pk).code_tries
    return ngettext(
        "This is not the code. %(count)s try is left.",
        "This is not the code. %(count)s tries are left.",
        left,
    ) % {"count": left}

"""What a delivery says and to whom, by what it carries. Asked as it leaves: what holds no longer is not sent."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import letters
from accounts.models import Membership
from common import clock
from common.mail import Words
from exchange.deliveries.digests import lines_of
from exchange.deliveries.models import Delivery, Digest, Notice


class NotWanted(Exception):
    """It need not leave, and nobody misses it."""


class TooLate(Exception):
    """It must not leave any more; the sentence says why."""


@dataclass(frozen=True)
class Message:
    """By SMS the subject alone leaves."""

    to: str
    language: str
    words: Words


def message_carried(delivery: Delivery) -> Message:
    """In its reader's language. Raises `NotWanted` or `TooLate`."""
    for name, compose in COMPOSED.items():
        if getattr(delivery, f"{name}_id"):
            return compose(getattr(delivery, name))
    raise AssertionError("the database holds none that carries nothing")


def written(to: str, language: str, compose: Callable, *arguments) -> Message:
    with translation.override(language):
        return Message(to, language, compose(*arguments))


def to_member(member: Membership, compose: Callable, *arguments) -> Message:
    if not Membership.objects.active().filter(pk=member.pk).exists():
        raise TooLate(_("The person has left meanwhile."))
    return written(member.user.email, member.user.language, compose, *arguments)


def of_notice(notice: Notice) -> Message:
    return to_member(notice.member, notice_words, notice)


def notice_words(notice: Notice) -> Words:
    """That something waits, for which organisation, and where."""
    return Words(
        subject=notice.sentence,
        paragraphs=[_("For %(organisation)s.") % {"organisation": notice.member.organisation.name}],
        button=_("Open in Passerelle"),
        url=settings.SITE_URL + notice.get_absolute_url(),
        small=[says_no_more()],
    )


def says_no_more() -> str:
    return _("This mail says no more on purpose: what it is about, and whom, you read after signing in.")


def of_digest(digest) -> Message:
    return to_member(digest.member, digest_words, digest)


def digest_words(digest: Digest) -> Words:
    """What waits still as it leaves: each sentence once, how often, and where it leads."""
    lines = lines_of(digest)
    if not lines:
        raise NotWanted
    count = sum(line.count for line in lines)
    return Words(
        subject=ngettext("%(count)s notice waits for you", "%(count)s notices wait for you", count)
        % {"count": count},
        paragraphs=[_("For %(organisation)s.") % {"organisation": digest.member.organisation.name}],
        lines=[(line.words, settings.SITE_URL + line.address) for line in lines],
        button=_("See them in Passerelle"),
        url=f"{settings.SITE_URL}{reverse('exchange:notice_list')}?unread=true",
        small=[says_no_more()],
    )


def of_link(link) -> Message:
    if link.closed_because:
        raise NotWanted
    return written(link.email, link.language, lambda: link.kind.words(link, link.new_address()))


def of_letter(letter) -> Message:
    """A stranger's address is written to no more than its row is kept."""
    kind = letters.KINDS[letter.kind]
    if clock.now() > letter.written_at + kind.serves:
        raise TooLate(_("It could not be sent in time."))
    owner = letters.owner_of(letter) if kind.to_an_account else None
    if kind.to_an_account and owner is None:
        raise NotWanted
    return written(owner.email if owner else letter.address, letter.language, kind.compose, letter, owner)


COMPOSED = {"notice": of_notice, "link": of_link, "letter": of_letter, "digest": of_digest}

"""From when to when people and organisations act. An end asks what is still held, which only this app knows."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.changes import change
from accounts.heads import check_runs
from accounts.models import Membership, Organisation
from accounts.organisations import actions as organisations
from common import clock
from common.errors import DomainError
from common.words import day_words
from youths.actions import check_may_leave
from youths.models import FollowUp


@transaction.atomic
def change_dates(member: Membership, *, by: Membership, expected: int, starts_on, ends_on) -> bool:
    """Other dates for a colleague; returns whether anything changed.

    Raises `ValidationError` for a day that would belie what was done meanwhile, or that meets another membership of
    theirs here; as `end_membership` where they would leave sooner; `Stale` as `change` does.
    """
    check_runs(by, member)
    held = Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
    if starts_on != held.starts_on:
        check_start(held, starts_on)
    if ends_on != held.ends_on:
        check_end(held, ends_on)
    try:
        with transaction.atomic():
            return change(member, by=by, expected=expected, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError as error:
        sentence = _("They are in post here by other dates, too, and these would overlap.")
        raise ValidationError({"starts_on": sentence}) from error


def check_start(member: Membership, day) -> None:
    """Nobody has acted before being here: who joined on a day may have done something from that day on."""
    if member.starts_on > clock.today():
        if day < clock.today():
            raise ValidationError({"starts_on": _("This day has passed.")})
        return
    joined = member.created_at.astimezone(clock.PARIS).date()
    if day > max(joined, member.starts_on):
        sentence = _("They act here since %(day)s: they cannot have begun later.")
        raise ValidationError({"starts_on": sentence % {"day": day_words(joined)}})


def check_end(member: Membership, day) -> None:
    if day is None:
        return
    if day < clock.today():
        sentence = _("This day has passed. To end it at once, use “Let them go”.")
        raise ValidationError({"ends_on": sentence})
    if member.ends_on is None or day < member.ends_on:
        check_may_leave(member, on=day)


@transaction.atomic
def close_organisation(organisation: Organisation, *, by: Membership) -> Organisation:
    """Nobody acts for it any more. A young person is never followed by who cannot act: these go elsewhere first.

    Raises `NotPermitted`, `WrongStatus` where it is closed, `DomainError` while a follow-up is open there.
    """
    closed = organisations.close(organisation, by=by)
    if number := FollowUp.objects.open().filter(structure=organisation).count():
        sentence = ngettext(
            "%(count)s young person is still followed there: their follow-up is closed or moved first.",
            "%(count)s young people are still followed there: their follow-ups are closed or moved first.",
            number,
        )
        raise DomainError(sentence % {"count": number})
    return closed

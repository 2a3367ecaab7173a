"""Writes that touch several models of a referral."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import changes
from common import clock
from common.errors import DomainError, NotPermitted
from partnerships.models import Agreement
from referrals.models import Referral, Urgency
from youths.models import Youth, fields_shareable_of
from youths.models.follow_up import lock

DAYS_TO_ANSWER: dict[str, int] = {Urgency.NORMAL: 7, Urgency.URGENT: 2}


def refer(referral: Referral, *, by) -> Referral:
    """Send a young person of the own structure to a partner, under an agreement in force or by letter.

    A double click gives back the first click's referral. Raises `ValidationError` on bad values,
    `NotPermitted` for a young person or an agreement out of reach, `DomainError` for a second open referral.
    """
    if (
        not Youth.objects.visible_to(by).filter(pk=referral.youth_id).exists()
        or not by.is_mission_locale_staff
    ):
        raise NotPermitted(_("You can only refer young people of your own structure."))
    if (
        not referral.by_letter
        and not Agreement.objects.visible_to(by).filter(pk=referral.agreement_id).exists()
    ):
        raise NotPermitted(_("This agreement is not one of yours."))
    referral.sender, referral.author = by.organisation, by
    referral.fields = fields_that_may_leave(referral)
    days = DAYS_TO_ANSWER.get(referral.urgency, 7)
    referral.answer_by = referral.answer_by or clock.today() + datetime.timedelta(days=days)
    try:
        with transaction.atomic():
            lock(referral.youth)  # the second of two clicks waits, and finds the first one's referral
            if not Referral.objects.filter(pk=referral.pk).exists():
                referral.full_clean(validate_unique=False)
            sent = changes.create(referral, by=by, about=referral.youth)
            if sent is referral:
                referral.send(by=by)
    except IntegrityError as error:
        raise DomainError(_("This young person already has an open referral to this partner.")) from error
    return sent


def fields_that_may_leave(referral: Referral) -> list[str]:
    """What was ticked, within what this person's file and the agreement allow, in the usual order."""
    if referral.by_letter:
        return []
    allowed = referral.agreement.shared_fields
    return [
        name
        for name in fields_shareable_of(referral.youth)
        if name in referral.fields and (not allowed or name in allowed)
    ]

"""Colleagues who settle and put off the same reminders at once: nobody waits in a circle, nobody gets an error page."""

from functools import partial

import pytest
from django.urls import reverse

from accounts.models import Event
from common import clock
from tests.factories import AccompanimentFactory, YouthFactory
from tests.races.at_once import at_once
from youths.actions import log_accompaniment
from youths.models import Accompaniment, Reminder

pytestmark = pytest.mark.django_db(transaction=True)

ATTEMPTS = 8


def test_settled_and_put_off_at_once(as_member, counsellor, colleague, youth):
    one, other = as_member(counsellor), as_member(colleague)
    for _attempt in range(ATTEMPTS):
        contact = AccompanimentFactory(author=counsellor, youths=[youth], next_on=clock.today())
        pk = contact.reminders.get().pk
        settle, postpone = (reverse(f"youths:reminder_{verb}", args=[pk]) for verb in ("settle", "postpone"))
        clicks = [partial(one.post, settle), partial(other.post, postpone, {"days": "7"})]
        assert [answer.status_code for answer in at_once(*clicks)] == [302, 302]
        assert Reminder.objects.get(pk=pk).settled_by == counsellor
        assert Event.objects.filter(subject_id=pk, verb="reminder_settled").count() == 1


def test_reminders_of_the_same_groups_are_settled_from_two_files_at_once(
    counsellor, colleague, mission_locale
):
    for _attempt in range(ATTEMPTS):
        pair = [YouthFactory(organisation=mission_locale) for _member in range(2)]
        contacts = [
            AccompanimentFactory(author=counsellor, youths=pair, next_on=clock.today()) for _group in range(4)
        ]
        notes = [
            partial(log_accompaniment, Accompaniment(kind="call"), by=by, youths=[one], settle=True)
            for by, one in zip((counsellor, colleague), pair, strict=True)
        ]
        outcomes = at_once(*notes)
        assert all(isinstance(outcome, Accompaniment) for outcome in outcomes), outcomes
        assert not Reminder.objects.open().exists()
        assert Accompaniment.objects.filter(pk__in=[c.pk for c in contacts], next_done_at=None).count() == 0

"""One person is in post once at a time in one organisation: the database says so on both engines."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from common import clock
from tests.factories import MembershipFactory, MissionLocaleFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(1)
TODAY = clock.today()


def again(member, **dates):
    return MembershipFactory(user=member.user, organisation=member.organisation, **dates)


@pytest.fixture
def dated(mission_locale):
    return MembershipFactory(organisation=mission_locale, starts_on=TODAY - 9 * DAY, ends_on=TODAY)


@pytest.mark.parametrize(
    ("first", "last"), [(-20, -8), (-20, None), (-5, -4), (-9, 0), (-1, 5), (-1, None), (-20, 5)]
)
def test_dates_that_meet_are_refused(dated, first, last):
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        again(dated, starts_on=TODAY + first * DAY, ends_on=None if last is None else TODAY + last * DAY)


@pytest.mark.parametrize(("first", "last"), [(-20, -10), (-20, -9), (0, 5), (0, None), (1, None)])
def test_dates_one_after_the_other_are_not(dated, first, last):
    """The day of a change of role belongs to both."""
    made = again(dated, starts_on=TODAY + first * DAY, ends_on=last and TODAY + last * DAY)
    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        Membership.objects.filter(pk=made.pk).update(starts_on=dated.starts_on, ends_on=dated.ends_on)
    Membership.objects.filter(pk=made.pk).update(title="Conseillère")


def test_elsewhere_the_same_dates_serve(dated):
    again_elsewhere = MembershipFactory(
        user=dated.user, organisation=MissionLocaleFactory(), starts_on=dated.starts_on
    )
    assert again_elsewhere.pk

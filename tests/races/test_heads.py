"""Two directors who let each other go: one of them stays. Nobody waits for who waits for them."""

from functools import partial

import pytest

from accounts.heads import LastHead
from accounts.models import Membership, Role
from common import clock
from common.errors import NotPermitted, Stale
from exchange.staff.actions import change_member
from tests.factories import MembershipFactory, MissionLocaleFactory
from tests.races.at_once import at_once, errors
from youths.actions import end_membership

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_runs_the_staff_whatever_they_do_at_once():
    for _attempt in range(8):
        structure = MissionLocaleFactory()
        one, two = MembershipFactory.create_batch(2, organisation=structure, role=Role.DIRECTOR)
        acts = [partial(end_membership, two, on=clock.today(), by=one)]
        acts += [partial(end_membership, one, on=clock.today(), by=two)]
        assert errors(at_once(*acts)) == [LastHead]
        assert Membership.objects.filter(organisation=structure, ends_on=None).count() == 1


def test_another_role_and_the_end_of_one_person_at_once_wait_in_no_circle():
    for _attempt in range(12):
        structure = MissionLocaleFactory()
        one, two = MembershipFactory.create_batch(2, organisation=structure, role=Role.DIRECTOR)
        ends = partial(end_membership, Membership.objects.get(pk=two.pk), on=clock.today(), by=one)
        changes = partial(change_member, two, by=one, expected=two.version, role=Role.COUNSELLOR)
        ended, changed = at_once(ends, changes)
        assert ended is None or isinstance(ended, Stale | NotPermitted), ended
        assert changed is True or isinstance(changed, Stale | NotPermitted), changed

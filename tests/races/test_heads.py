"""Two directors who let each other go: one of them stays."""

from functools import partial

import pytest

from accounts.heads import LastHead
from accounts.models import Membership, Role
from common import clock
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

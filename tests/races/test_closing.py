"""An organisation closes while a follow-up opens there: nobody is ever followed by who cannot act."""

import threading
from functools import partial

import pytest
from django.db import connections, transaction

from accounts.models import Organisation
from common.errors import DomainError, NotPermitted
from tests.factories import MembershipFactory, MissionLocaleFactory, YouthFactory
from tests.races.at_once import PATIENCE, at_once
from youths.models import FollowUp
from youths.posts import close_organisation

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 1  # second, in which what does not wait would long be done


@pytest.fixture
def acts(administrator):
    """`acts()` are the two, in a structure of their own."""

    def made():
        structure = MissionLocaleFactory()
        counsellor, youth = MembershipFactory(organisation=structure), YouthFactory(organisation=structure)
        opens = partial(FollowUp.objects.begin, youth, referent=counsellor, by=counsellor)
        return structure, opens, partial(close_organisation, structure, by=administrator)

    return made


@pytest.mark.parametrize("opens_first", [True, False])
def test_whoever_comes_second_waits_and_is_refused(acts, opens_first):
    structure, opens, closes = acts()
    first, second = (opens, closes) if opens_first else (closes, opens)
    outcomes = []

    def act():
        try:
            outcomes.append(second())
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    other = threading.Thread(target=act, daemon=True)
    with transaction.atomic():
        first()
        other.start()
        other.join(A_MOMENT)
        assert outcomes == [], "it did not wait for what was under way"
    other.join(PATIENCE)
    assert [type(outcome) for outcome in outcomes] == [DomainError if opens_first else NotPermitted]
    assert Organisation.objects.get(pk=structure.pk).is_active == opens_first
    assert FollowUp.objects.open().filter(structure=structure).count() == int(opens_first)


def test_both_at_once_end_in_one_order_or_the_other(acts):
    for _attempt in range(6):
        structure, opens, closes = acts()
        opened, closed = at_once(opens, closes)
        assert {type(opened), type(closed)} in ({FollowUp, DomainError}, {NotPermitted, Organisation})
        followed = FollowUp.objects.open().filter(structure=structure).exists()
        assert followed == Organisation.objects.get(pk=structure.pk).is_active


def test_two_follow_ups_open_in_one_structure_at_once(acts):
    structure, opens, _closes = acts()
    counsellor, youth = MembershipFactory(organisation=structure), YouthFactory(organisation=structure)
    with transaction.atomic():
        opens()
        other = partial(FollowUp.objects.begin, youth, referent=counsellor, by=counsellor)
        if transaction.get_connection().features.has_select_for_update:  # elsewhere one writes at a time
            assert [type(outcome) for outcome in at_once(other)] == [FollowUp]

"""Reads that are made into SQL once say the same as the querysets that they were made of."""

import datetime

import pytest

from accounts.middleware import memberships
from common import clock
from partnerships.models import Agreement
from partnerships.models.agreement_queryset import READERS, visible_agreements
from tests.seeded import CLIENTS, MEMBERS
from youths.models import Share
from youths.models.accompaniment import about_the_erased_alone, in_the_team, shares_read
from youths.models.share import open_shares

LATER = clock.today() + datetime.timedelta(800)  # the agreement is over
ALL = [open_shares, shares_read, visible_agreements, in_the_team, about_the_erased_alone]

pytestmark = pytest.mark.django_db
whoever = pytest.mark.parametrize("who", [*MEMBERS, *CLIENTS])


def plainly(prepared, member) -> list:
    return sorted(prepared.said(member), key=str)


@whoever
@pytest.mark.parametrize("prepared", ALL, ids=lambda prepared: prepared.said.__name__)
def test_the_rows_are_those_of_the_plain_queryset_for_every_role(world, who, prepared, settings):
    member = world.members[who]
    for _ in range(2):  # written, and found written
        assert sorted(prepared.rows(member), key=str) == plainly(prepared, member)
    with clock.at(LATER):
        assert sorted(prepared.rows(member), key=str) == plainly(prepared, member)
    settings.SECOND_FACTOR_REQUIRED = True
    assert sorted(prepared.rows(member), key=str) == plainly(prepared, member)


@whoever
def test_a_partner_has_its_open_shares_and_nobody_else_any(world, who, settings):
    member = world.members[who]
    is_reader = member.is_mission_locale_staff or member.is_partner_staff
    shares = list(Share.objects.open_to(member))
    assert sorted(shares, key=str) == (plainly(open_shares, member) if is_reader else [])
    assert bool(shares) == member.is_partner_staff
    with clock.at(LATER):
        assert not Share.objects.open_to(member).exists()
    settings.SECOND_FACTOR_REQUIRED = True
    assert Share.objects.open_to(member).exists() == (who == "client_of_the_partner")


@whoever
def test_visible_agreements_are_those_of_the_plain_queryset(world, who):
    member = world.members[who]
    expected = plainly(visible_agreements, member) if member.reads_as in READERS else []
    assert sorted(Agreement.objects.visible_to(member), key=str) == expected


def test_readers_of_one_role_have_one_text_and_their_own_ids(world):
    ours, theirs = world.members["client_of_ours"], world.members["client_of_the_partner"]
    first, second, other = (open_shares.ids(member) for member in (ours, ours, theirs))
    assert first.sql == second.sql
    assert first.params == second.params
    assert first.params != other.params


@whoever
def test_what_the_queryset_joins_comes_with_the_rows(world, who, django_assert_num_queries):
    member = world.members[who]
    with django_assert_num_queries(1):
        (row,) = memberships.rows(user=member.user_id)
        assert (row, row.organisation, row.user) == (member, member.organisation, member.user)

"""Rights that are made into SQL once say the same as the queryset that they were made of."""

import datetime
from uuid import uuid4

import pytest

from accounts.middleware import memberships
from accounts.models import Membership, Role
from accounts.models.roles import MISSION_LOCALE_STAFF, PARTNER_STAFF
from common import clock
from common.prepared import Prepared
from partnerships.models import Agreement
from partnerships.models.agreement_queryset import read_by_a_network, read_by_the_covered
from tests.seeded import CLIENTS, MEMBERS
from youths.models import Share
from youths.models.share import open_shares

LATER = clock.today() + datetime.timedelta(800)  # the agreement is over


def plainly(member) -> set:
    if not (member.is_mission_locale_staff or member.is_partner_staff):
        return set()
    ids = {"organisation": member.organisation_id, "member": member.pk, "user": member.user_id}
    return set(open_shares.said(None, **ids).values_list("pk", flat=True))


def agreements_plainly(member) -> set:
    said = {
        **dict.fromkeys(MISSION_LOCALE_STAFF | PARTNER_STAFF, read_by_the_covered),
        Role.NETWORK: read_by_a_network,
    }
    if member.reads_as not in said:
        return set()
    return set(said[member.reads_as].said(organisation=member.organisation_id))


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*MEMBERS, *CLIENTS])
def test_visible_agreements_are_those_of_the_plain_queryset_for_every_role(world, who):
    member = world.members[who]
    assert set(Agreement.objects.visible_to(member)) == agreements_plainly(member)


def prepared(member) -> set:
    return set(Share.objects.open_to(member).values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*MEMBERS, *CLIENTS])
def test_the_open_shares_are_those_of_the_plain_queryset_for_every_role(world, who, settings):
    member = world.members[who]
    today = prepared(member)
    assert today == plainly(member)
    assert bool(today) == (member.is_partner_staff)
    with clock.at(LATER):
        assert prepared(member) == plainly(member) == set()
    settings.SECOND_FACTOR_REQUIRED = True
    assert prepared(member) == plainly(member) == (today if who in CLIENTS else set())


@pytest.mark.django_db
def test_each_reader_has_its_own_ids_in_one_text(world):
    shared, own = world.members["agent"], world.members["lead"]
    first, second = (
        open_shares.ids(False, organisation=m.organisation_id, member=m.pk, user=m.user_id)
        for m in (shared, own)
    )
    assert first.sql == second.sql
    assert first.params != second.params


@pytest.mark.django_db
def test_an_id_that_is_not_asked_for_is_a_mistake():
    @Prepared
    def everybody(*, organisation):
        return Membership.objects.all()

    with pytest.raises(TypeError, match="everybody does not ask for \\['organisation'\\]"):
        everybody.ids(organisation=uuid4())


@pytest.mark.django_db
def test_rows_are_those_of_the_plain_queryset_with_what_it_joins(world, django_assert_num_queries):
    for who in (*MEMBERS, *CLIENTS):
        user = world.members[who].user
        plain = list(memberships.said(user=user.pk))
        with django_assert_num_queries(1):
            rows = memberships.rows(user=user.pk)
            assert [(row.pk, row.organisation.name, row.user.email) for row in rows] == [
                (member.pk, member.organisation.name, user.email) for member in plain
            ]

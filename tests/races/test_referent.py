"""A youth whose follow-up is open has exactly one referent at every instant, for every observer."""

import itertools
import random
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from accounts.models import Event, Membership
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from tests.factories import FollowUpFactory, MembershipFactory, YouthFactory
from tests.races.at_once import Observer, at_once, errors
from youths.actions import end_membership
from youths.models import FollowUp, ReferentAssignment, TeamMember

pytestmark = pytest.mark.django_db(transaction=True)

RACERS, ROUNDS = 16, 6


@pytest.fixture
def follow_up(youth):
    return youth.follow_up


@pytest.fixture
def colleagues(mission_locale, counsellor):
    return [counsellor, *MembershipFactory.create_batch(5, organisation=mission_locale)]


def read_anew(follow_up) -> FollowUp:
    """What one request would load, so that no thread shares an object with another."""
    return FollowUp.objects.select_related("youth").get(pk=follow_up.pk)


def seen_wrong(follow_up):
    """None while there is one open follow-up with one open assignment, both naming the same person."""
    open_ones = FollowUp.objects.open().filter(youth=follow_up.youth_id, assignments__ends_at=None)
    rows = list(open_ones.values_list("referent", "assignments__referent"))  # one statement, one instant
    return None if len(rows) == 1 and rows[0][0] == rows[0][1] else rows


def test_one_referent_under_16_reassigners(follow_up, colleagues, director):
    def reassign():
        chance, done = random.Random(), 0
        for _round in range(ROUNDS):
            try:
                read_anew(follow_up).hand_over(to=chance.choice(colleagues), by=director, reason="Absence.")
                done += 1
            except DomainError:  # already the referent
                continue
        return done

    with Observer(lambda: seen_wrong(follow_up)) as first, Observer(lambda: seen_wrong(follow_up)) as second:
        outcomes = at_once(*[reassign] * RACERS)

    assert not errors(outcomes)
    assert sum(outcomes) >= RACERS * ROUNDS / 2
    assert first.wrong == second.wrong == []
    assert min(first.looks, second.looks) > 20
    history = list(ReferentAssignment.objects.filter(follow_up=follow_up).order_by("starts_at", "pk"))
    assert len(history) == 1 + sum(outcomes)
    assert all(earlier.ends_at == later.starts_at for earlier, later in itertools.pairwise(history))
    assert history[-1].ends_at is None
    assert read_anew(follow_up).referent_id == history[-1].referent_id
    assert Event.objects.filter(verb="referent_changed").count() == sum(outcomes)


def test_two_who_hand_over_to_each_other_do_not_block_each_other(mission_locale):
    """Each transaction locks the new referent and names its own author: in a circle, if the locks were too wide."""
    ours, theirs = MembershipFactory.create_batch(2, organisation=mission_locale)
    pairs = [(ours, theirs), (theirs, ours)] * 4

    def cross(by, to):
        follow_up = FollowUpFactory(youth=YouthFactory(organisation=mission_locale), referent=by)
        return lambda: read_anew(follow_up).hand_over(to=to, by=by, reason="Échange.")

    for _round in range(5):
        assert not errors(at_once(*[cross(by, to) for by, to in pairs]))


def test_a_follow_up_begins_once(mission_locale, colleagues, director):
    youth = YouthFactory(organisation=mission_locale)
    begin = [lambda to=to: FollowUp.objects.begin(youth, referent=to, by=director) for to in colleagues]
    outcomes = at_once(*begin)
    assert errors(outcomes) == [WrongStatus] * (len(colleagues) - 1)
    follow_up = FollowUp.objects.get(youth=youth)
    assert ReferentAssignment.objects.get(follow_up=follow_up).referent_id == follow_up.referent_id
    assert Event.objects.filter(verb="follow_up_opened").count() == 1


def test_a_closed_follow_up_is_handed_to_nobody(follow_up, colleagues, director):
    """Closing and handing over at once: whichever comes second reads how things stand, and the history ends."""
    outcomes = at_once(
        *[
            lambda to=to: read_anew(follow_up).hand_over(to=to, by=director, reason="Départ.")
            for to in colleagues[1:]
        ],
        lambda: read_anew(follow_up).close(by=director, reason="En emploi."),
    )
    assert set(errors(outcomes)) <= {WrongStatus}
    assert read_anew(follow_up).closed_at
    history = list(ReferentAssignment.objects.filter(follow_up=follow_up).order_by("starts_at", "pk"))
    assert all(earlier.ends_at == later.starts_at for earlier, later in itertools.pairwise(history))
    assert history[-1].ends_at == read_anew(follow_up).closed_at


def test_whoever_leaves_is_the_referent_of_nobody(mission_locale, counsellor, director):
    """Someone is made referent at the instant when they are said to have left: one of the two is refused."""
    yesterday = clock.today() - timedelta(1)
    for _attempt in range(8):
        follow_up = FollowUpFactory(youth=YouthFactory(organisation=mission_locale), referent=counsellor)
        leaver = MembershipFactory(organisation=mission_locale)
        outcomes = at_once(
            partial(read_anew(follow_up).hand_over, to=leaver, by=director, reason="Reprise."),
            partial(end_membership, leaver, on=yesterday, by=director),
        )
        assert errors(outcomes) in ([NotPermitted], [DomainError])
        assert Membership.objects.active().filter(pk=read_anew(follow_up).referent_id).exists()


def test_joining_the_team_while_the_referent_changes_changes_nothing_else(follow_up, colleagues, director):
    def join(member):
        return lambda: TeamMember.objects.create(youth_id=follow_up.youth_id, member=member, part="Logement")

    outcomes = at_once(
        lambda: read_anew(follow_up).hand_over(to=colleagues[1], by=director, reason="Absence."),
        *[join(member) for member in colleagues[2:]],
    )
    assert not errors(outcomes)
    assert read_anew(follow_up).referent_id == colleagues[1].pk


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's transactions exclude each other")
def test_two_young_people_go_to_one_colleague_and_neither_waits(
    follow_up, mission_locale, colleagues, director
):
    """Waiting for one colleague, a hand-over of many and one of the same young people would stand in a circle."""
    other = FollowUpFactory(youth=YouthFactory(organisation=mission_locale), referent=colleagues[0])
    give = {"to": colleagues[1], "by": director, "reason": "Absence."}
    with transaction.atomic():
        follow_up.hand_over(**give)
        assert at_once(partial(read_anew(other).hand_over, **give)) == [None]
    assert FollowUp.objects.filter(referent=colleagues[1]).count() == 2

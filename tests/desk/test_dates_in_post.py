"""A colleague's dates: none that belies what was done, no end with young people in hand, never the last head."""

import datetime

import pytest
from django.utils.formats import date_format

from accounts.heads import LastHead
from accounts.models import Event, Membership
from common import clock
from common.errors import NotPermitted
from exchange.models import Invitation
from tests.factories import MembershipFactory
from youths.posts import change_dates

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(1)


def dates_of(member):
    return f"/staff/{member.pk}/dates/"


def typed(member, **changes):
    values = {"starts_on": member.starts_on, "ends_on": member.ends_on or "", "expected": member.version}
    return values | changes


def test_an_end_to_come_is_set_put_off_and_lifted(as_member, colleague, director):
    browser = as_member(director)
    for ends_on in (clock.today() + 30 * DAY, clock.today() + 60 * DAY, ""):
        assert browser.post(dates_of(colleague), typed(colleague, ends_on=ends_on)).url == "/staff/"
        colleague.refresh_from_db()
        assert (colleague.ends_on or "") == ends_on
    last = Event.objects.filter(subject_id=colleague.pk, by=director).latest("moment")
    assert (last.verb, last.after) == ("changed", {"ends_on": None})


def test_who_holds_young_people_hands_them_over_first(as_member, counsellor, director, youth):
    answer = as_member(director).post(dates_of(counsellor), typed(counsellor, ends_on=clock.today() + DAY))
    assert answer.status_code == 422
    assert "référent" in answer.text
    assert f"/staff/{counsellor.pk}/end/" in answer.text
    assert Membership.objects.get(pk=counsellor.pk).ends_on is None


def test_a_start_to_come_moves_and_one_that_came_belies_nothing(as_member, director, colleague):
    browser, today = as_member(director), clock.today()
    later = MembershipFactory(organisation=director.organisation, starts_on=today + 9 * DAY)
    assert browser.post(dates_of(later), typed(later, starts_on=today + 3 * DAY)).status_code == 302
    later.refresh_from_db()
    assert browser.post(dates_of(later), typed(later, starts_on=today - DAY)).status_code == 422
    answer = browser.post(dates_of(colleague), typed(colleague, starts_on=today + DAY))
    assert "ne peut pas avoir commencé plus tard" in answer.text
    assert browser.post(dates_of(colleague), typed(colleague, starts_on=today - DAY)).status_code == 302


@pytest.mark.parametrize("ends_on", [-1, -4000])
def test_a_day_that_has_passed_is_corrected_and_kept_in_the_form(as_member, colleague, director, ends_on):
    day = clock.today() + ends_on * DAY
    answer = as_member(director).post(dates_of(colleague), typed(colleague, ends_on=day))
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text


def test_dates_that_meet_those_of_another_time_are_told(as_member, colleague, director):
    today = clock.today()
    back = MembershipFactory(
        user=colleague.user,
        organisation=colleague.organisation,
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2019, 12, 31),
    )
    answer = as_member(director).post(
        dates_of(colleague), typed(colleague, starts_on=datetime.date(2019, 6, 1))
    )
    assert answer.status_code == 422
    assert "se chevaucheraient" in answer.text
    assert as_member(director).get(dates_of(back)).status_code == 404  # of another time
    assert Membership.objects.get(pk=colleague.pk).starts_on < today


@pytest.mark.parametrize("head", ["director", "lead"])
def test_the_last_head_sets_no_end_of_their_own(request, as_member, head):
    head = request.getfixturevalue(head)
    answer = as_member(head).post(dates_of(head), typed(head, ends_on=clock.today() + DAY))
    assert answer.status_code == 422
    assert "nommez d’abord" in answer.text


def test_two_who_change_the_dates_see_each_other(as_member, colleague, director):
    seen = typed(colleague)
    other = MembershipFactory(organisation=director.organisation, role="director")
    change_dates(
        colleague, by=other, expected=1, starts_on=colleague.starts_on, ends_on=clock.today() + 9 * DAY
    )
    answer = as_member(director).post(dates_of(colleague), seen | {"ends_on": clock.today() + 5 * DAY})
    assert answer.status_code == 422
    assert f"{clock.today() + 9 * DAY:%d/%m/%Y}" in answer.text


def test_nobody_changes_dates_elsewhere(colleague, director, lead, stranger_counsellor):
    for by, member in ((director, lead), (colleague, director), (director, stranger_counsellor)):
        with pytest.raises(NotPermitted):
            change_dates(member, by=by, expected=1, starts_on=member.starts_on, ends_on=None)


def test_who_was_here_before_is_invited_again_and_told_so(as_member, director, colleague):
    last = clock.today() - 30 * DAY
    Membership.objects.filter(pk=colleague.pk).update(ends_on=last)
    sent = {
        "email": colleague.user.email,
        "first_name": "Camille",
        "last_name": "Le Bihan",
        "role": "counsellor",
        "starts_on": clock.today(),
    }
    answer = as_member(director).post("/staff/invite/", sent, follow=True)
    assert date_format(last, "d/m/Y") in answer.text
    assert Invitation.objects.get().email == colleague.user.email


@pytest.mark.parametrize(("starts_in", "is_refused"), [(3, True), (10, False)])
def test_who_leaves_soon_is_invited_for_afterwards_alone(
    as_member, director, colleague, starts_in, is_refused
):
    Membership.objects.filter(pk=colleague.pk).update(ends_on=clock.today() + 5 * DAY)
    sent = {"email": colleague.user.email, "first_name": "C", "last_name": "B", "role": "counsellor"}
    answer = as_member(director).post("/staff/invite/", sent | {"starts_on": clock.today() + starts_in * DAY})
    assert (answer.status_code == 422) == is_refused


def test_a_lead_that_begins_later_does_not_let_the_present_one_go(lead):
    MembershipFactory(organisation=lead.organisation, role="lead", starts_on=clock.today() + 20 * DAY)
    with pytest.raises(LastHead):
        change_dates(lead, by=lead, expected=1, starts_on=lead.starts_on, ends_on=clock.today() + 10 * DAY)

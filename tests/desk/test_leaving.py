"""Changing colleagues and letting them go: never with young people in hand, never the last to run the staff."""

import datetime

import pytest

from accounts.heads import LastHead
from accounts.models import AuditEntry, Event, Membership, Role
from common import clock
from common.errors import NotPermitted
from exchange.staff.actions import change_member
from tests.factories import FollowUpFactory, MembershipFactory, SiteFactory, YouthFactory
from youths.actions import end_membership, hand_over_all
from youths.models import FollowUp

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(1)


def end_of(member):
    return f"/staff/{member.pk}/end/"


def typed(member, **changes):
    return {"role": member.role, "title": member.title, "expected": member.version} | changes


def test_what_the_leaver_holds_goes_to_a_colleague_then_the_last_day(
    as_member, counsellor, colleague, director, youth
):
    others = [FollowUpFactory(youth__organisation=counsellor.organisation) for _one in range(3)]
    FollowUp.objects.filter(pk__in=[one.pk for one in others[:2]]).update(referent=counsellor)
    browser = as_member(director)
    page = browser.get(end_of(counsellor))
    assert youth.last_name.upper() in page.text.upper()
    entry = AuditEntry.objects.get(route="desk:member_end")
    assert len(entry.subject_ids) == 3
    assert str(counsellor) not in str(page.context["form"]["to"])
    answer = browser.post(end_of(counsellor), {"to": colleague.pk, "reason": "Départ."})
    assert answer.url == end_of(counsellor)
    assert FollowUp.objects.open().filter(referent=colleague).count() == 3
    assert Event.objects.filter(verb="referent_changed", by=director).count() == 3
    assert browser.post(end_of(counsellor), {"on": clock.today() - DAY}).url == "/staff/"
    assert as_member(counsellor).get("/").status_code == 403
    assert counsellor not in browser.get("/staff/").context["page"]


def test_a_hand_over_without_a_reason_gives_nobody_away(as_member, counsellor, colleague, director, youth):
    answer = as_member(director).post(end_of(counsellor), {"to": colleague.pk, "reason": " "})
    assert answer.status_code == 422
    assert youth.follow_up.referent == counsellor


def test_all_or_none_are_handed_over(counsellor, colleague, director, stranger_counsellor, youth):
    with pytest.raises(NotPermitted):
        hand_over_all(counsellor, to=stranger_counsellor, by=director, reason="Départ.")
    assert youth.follow_up.referent == counsellor


def test_a_last_day_before_the_first_is_corrected(as_member, colleague, director):
    answer = as_member(director).post(end_of(colleague), {"on": colleague.starts_on - DAY})
    assert answer.status_code == 422
    assert not Membership.objects.get(pk=colleague.pk).ends_on


@pytest.mark.parametrize("head", ["director", "lead"])
def test_the_last_head_stays_until_another_is_named(request, as_member, head):
    head = request.getfixturevalue(head)
    other = MembershipFactory(organisation=head.organisation, role=head.role, ends_on=clock.today() + DAY)
    browser, lesser = as_member(head), head.roles_run[0]
    for url, sent in (
        (end_of(head), {"on": clock.today() + DAY}),
        (f"/staff/{head.pk}/", typed(head, role=lesser)),
    ):
        Membership.objects.filter(pk=other.pk).update(ends_on=clock.today())
        answer = browser.post(url, sent)
        assert answer.status_code == 422
        assert "nommez d’abord" in answer.text
    Membership.objects.filter(pk=other.pk).update(ends_on=None)
    assert browser.post(end_of(head), {"on": clock.today() + DAY}).status_code == 302


def test_nobody_lets_others_go_elsewhere(colleague, director, lead, stranger_counsellor):
    for by, member in (
        (director, lead),
        (lead, colleague),
        (colleague, director),
        (director, stranger_counsellor),
    ):
        with pytest.raises(NotPermitted):
            end_membership(member, on=clock.today(), by=by)
        with pytest.raises(NotPermitted):
            change_member(member, by=by, expected=1, role=member.role)


def test_a_colleague_gets_another_role_title_and_site(as_member, colleague, director):
    site = SiteFactory(organisation=colleague.organisation)
    changed = typed(colleague, role="director", title="Adjointe", site=site.pk)
    assert as_member(director).post(f"/staff/{colleague.pk}/", changed).url == "/staff/"
    colleague.refresh_from_db()
    assert (colleague.role, colleague.title, colleague.site, colleague.version) == (
        "director",
        "Adjointe",
        site,
        2,
    )
    event = Event.objects.get(subject_id=colleague.pk)
    assert (event.verb, event.before["role"], event.after["role"]) == ("changed", "counsellor", "director")


def test_two_who_change_the_same_colleague_see_each_other(as_member, colleague, director):
    browser, seen = as_member(director), typed(colleague)
    other = MembershipFactory(organisation=director.organisation, role=Role.DIRECTOR)
    change_member(colleague, by=other, expected=1, role="counsellor", title="Référente")
    answer = browser.post(f"/staff/{colleague.pk}/", seen | {"title": "Adjointe"})
    assert answer.status_code == 422
    assert "Référente" in answer.text
    assert "Adjointe" in answer.text
    again = seen | {"title": "Adjointe", "expected": answer.context["form"]["expected"].value()}
    assert browser.post(f"/staff/{colleague.pk}/", again).status_code == 302


def test_who_may_be_a_referent_stays_one(as_member, colleague, director):
    YouthFactory(organisation=director.organisation)
    answer = as_member(director).post(f"/staff/{colleague.pk}/", typed(colleague, role=Role.RECEPTION))
    assert answer.status_code == 422


def test_a_future_head_does_not_count_before_the_day_comes(director):
    MembershipFactory(
        organisation=director.organisation, role=Role.DIRECTOR, starts_on=clock.today() + 9 * DAY
    )
    with pytest.raises(LastHead):
        end_membership(director, on=clock.today(), by=director)

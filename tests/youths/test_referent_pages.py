"""Opening, handing over and closing a follow-up; joining and leaving the team."""

import pytest
from django.contrib.messages import get_messages

from accounts.models import Event, Role
from common import clock
from tests.factories import MembershipFactory, YouthFactory


def url_of(youth, section):
    return f"/youths/{youth.pk}/{section}/"


def typed(youth, to, **changes):
    return {"to": to.pk, "reason": "Changement de secteur.", "expected": youth.follow_up.version} | changes


def test_a_hand_over_is_told_on_both_homes(as_member, counsellor, colleague, director, youth):
    response = as_member(director).post(url_of(youth, "referent"), typed(youth, colleague))
    assert response.url == youth.get_absolute_url()
    assert youth.follow_up.referent == colleague
    for told in (counsellor, colleague):
        changes = as_member(told).get("/").context["handed_over"]
        assert [change["youth"] for change in changes] == [youth]
    assert as_member(director).get("/").status_code == 200


def test_who_hands_over_needs_not_be_told(as_member, counsellor, colleague, youth):
    as_member(counsellor).post(url_of(youth, "referent"), typed(youth, colleague))
    assert as_member(counsellor).get("/").context["handed_over"] == []


def test_a_hand_over_without_a_reason_keeps_what_was_typed(as_member, counsellor, colleague, youth):
    client = as_member(counsellor)
    response = client.post(url_of(youth, "referent"), typed(youth, colleague, reason="  "))
    assert response.status_code == 422
    assert f'value="{colleague.pk}" selected' in response.content.decode()
    assert youth.follow_up.referent == counsellor
    assert client.post(url_of(youth, "referent"), typed(youth, colleague)).status_code == 302


def test_someone_who_was_faster_is_told_and_not_undone(as_member, counsellor, colleague, director, youth):
    client, seen = as_member(counsellor), typed(youth, director)
    youth.follow_up.hand_over(to=colleague, by=director, reason="Absence.")
    response = client.post(url_of(youth, "referent"), seen)
    page = response.content.decode()
    assert response.status_code == 422
    assert str(colleague) in page
    assert "Changement de secteur." in page
    assert youth.follow_up.referent == colleague
    again = seen | {"expected": response.context["form"]["expected"].value()}
    assert client.post(url_of(youth, "referent"), again).status_code == 302
    assert youth.follow_up.referent == director


def test_a_double_click_hands_over_once(as_member, counsellor, colleague, youth):
    client, sent = as_member(counsellor), typed(youth, colleague)
    for _click in range(2):
        assert client.post(url_of(youth, "referent"), sent).status_code == 302
    assert Event.objects.filter(verb="referent_changed").count() == 1


def test_who_became_the_referent_meanwhile_is_named(as_member, counsellor, colleague, director, youth):
    client = as_member(counsellor)
    youth.follow_up.hand_over(to=colleague, by=director, reason="Absence.")
    response = client.post(url_of(youth, "referent"), typed(youth, colleague))
    assert response.status_code == 422
    assert str(colleague) in str(response.context["form"].non_field_errors())
    assert "Changement de secteur." in response.content.decode()


def test_a_hand_over_after_the_end_says_why_it_is_none(as_member, counsellor, colleague, youth):
    client, sent = as_member(counsellor), typed(youth, colleague)
    youth.follow_up.close(by=counsellor, reason="Parti.")
    response = client.post(url_of(youth, "referent"), sent)
    assert response.url == url_of(youth, "follow-up")
    assert {message.level_tag for message in get_messages(response.wsgi_request)} == {"error"}


def test_only_those_who_work_here_today_can_be_named(
    as_member, counsellor, stranger_counsellor, agent, youth
):
    left = MembershipFactory(
        organisation=counsellor.organisation, ends_on=clock.today() - clock.ONE_DAY, role=Role.COUNSELLOR
    )
    for other in (left, stranger_counsellor, agent):
        response = as_member(counsellor).post(url_of(youth, "referent"), typed(youth, other))
        assert "to" in response.context["form"].errors
    assert youth.follow_up.referent == counsellor


def test_without_a_follow_up_one_is_opened_first(as_member, counsellor, mission_locale):
    youth = YouthFactory(organisation=mission_locale)
    client = as_member(counsellor)
    assert client.get(url_of(youth, "referent")).url == url_of(youth, "follow-up")
    client.post(url_of(youth, "follow-up"), {"referent": counsellor.pk})
    assert youth.follow_up.referent == counsellor
    response = client.post(url_of(youth, "follow-up"), {"referent": counsellor.pk})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_closing_asks_why_and_keeps_the_history(as_member, counsellor, youth):
    client = as_member(counsellor)
    assert client.post(url_of(youth, "follow-up/close"), {"reason": " "}).status_code == 422
    assert youth.follow_up
    assert client.post(url_of(youth, "follow-up/close"), {"reason": "Parti."}).status_code == 302
    assert youth.follow_up is None
    assert client.get(url_of(youth, "follow-up/close")).url == youth.get_absolute_url()


def test_joining_the_team_changes_no_referent(as_member, counsellor, colleague, youth):
    client = as_member(colleague)
    for _click in range(2):
        response = client.post(url_of(youth, "team/join"))
        assert {message.level_tag for message in get_messages(response.wsgi_request)} == {"success"}
    assert [one.member for one in youth.team.all()] == [colleague]
    assert youth.follow_up.referent == counsellor
    for _click in range(2):
        client.post(url_of(youth, "team/leave"))
    assert not youth.team.filter(ends_on=None).exists()
    assert (
        Event.objects.filter(verb="team_joined").count()
        == Event.objects.filter(verb="team_left").count()
        == 1
    )


WRITES = ["referent", "follow-up", "follow-up/close", "team/join", "team/leave"]


@pytest.mark.parametrize("section", WRITES)
@pytest.mark.parametrize(
    ("role", "status"), [("reception", 403), ("agent", 404), ("stranger_counsellor", 404)]
)
def test_others_change_nothing(section, role, status, request, as_member, counsellor, colleague, youth):
    client = as_member(request.getfixturevalue(role))
    values = typed(youth, colleague) | {"referent": colleague.pk}
    assert client.post(url_of(youth, section), values).status_code == status
    assert youth.follow_up.referent == counsellor
    assert not youth.team.exists()

"""Facts for the team only: to whom they are shown, and who may change them."""

import pytest

from accounts import changes
from accounts.models import Role
from tests.factories import MembershipFactory, YouthFactory
from tests.youths.test_edit import opened, url_of
from youths import actions
from youths.models import Youth

WORDS = "Handicap reconnu"


@pytest.fixture
def team_member(youth, mission_locale):
    member = MembershipFactory(organisation=mission_locale)
    actions.join_team(youth, by=member)
    return member


@pytest.fixture
def client_of_ours(mission_locale):
    return MembershipFactory(organisation=mission_locale, role=Role.CLIENT)


def page_of(client, youth) -> str:
    return client.get(f"/youths/{youth.pk}/identity/").content.decode()


@pytest.mark.parametrize(
    ("who", "is_told"),
    [
        ("counsellor", True),
        ("team_member", True),
        ("colleague", False),
        ("director", False),
        ("reception", False),
        ("client_of_ours", False),
    ],
)
def test_only_the_team_reads_it(who, is_told, request, as_member, youth):
    member = request.getfixturevalue(who)
    assert (WORDS in page_of(as_member(member), youth)) == is_told
    assert Youth.objects.in_the_care_of(member).filter(pk=youth.pk).exists() == is_told


def test_who_received_someone_reads_it_until_there_is_a_referent(as_member, counsellor, colleague):
    new = YouthFactory.build(organisation=counsellor.organisation)
    youth = actions.receive(new, by=counsellor)
    assert WORDS in page_of(as_member(counsellor), youth)
    youth.follow_ups.begin(youth, referent=colleague, by=counsellor)
    assert WORDS not in page_of(as_member(counsellor), youth)
    assert WORDS in page_of(as_member(colleague), youth)


def test_who_left_the_team_reads_it_no_longer(as_member, team_member, youth):
    actions.leave_team(youth, by=team_member)
    assert WORDS not in page_of(as_member(team_member), youth)


@pytest.mark.parametrize(
    ("who", "is_changed"), [("counsellor", True), ("team_member", True), ("colleague", False)]
)
def test_only_the_team_changes_it(who, is_changed, request, as_member, youth):
    client = as_member(request.getfixturevalue(who))
    sent = opened(client, youth) | {"recognised_disability": "on", "initial-recognised_disability": "False"}
    assert client.post(url_of(youth), sent | {"commune": "Échirolles"}).status_code == 302
    youth.refresh_from_db()
    assert (youth.recognised_disability, youth.commune) == (is_changed, "Échirolles")


def test_a_change_that_the_second_editor_may_not_see_does_not_stop_them(
    as_member, counsellor, colleague, youth
):
    client = as_member(colleague)
    on_screen = opened(client, youth)
    changes.change(youth, by=counsellor, recognised_disability=True)
    assert client.post(url_of(youth), on_screen | {"commune": "Échirolles"}).status_code == 302
    youth.refresh_from_db()
    assert (youth.recognised_disability, youth.commune) == (True, "Échirolles")


def test_two_texts_are_shown_without_it(as_member, counsellor, colleague, youth):
    client = as_member(colleague)
    on_screen = opened(client, youth)
    changes.change(youth, by=counsellor, recognised_disability=True, commune="Grenoble")
    response = client.post(url_of(youth), on_screen | {"commune": "Échirolles"})
    assert response.status_code == 409
    assert "handicap" not in response.content.decode().lower()

"""Clients with a token: its scopes, its end, the end of what stands behind it."""

import pytest

from accounts.models import Membership, Organisation
from common import clock
from tests.api.conftest import Caller
from tests.api.problems import assert_problem
from tests.factories import AccompanimentFactory


def test_a_client_of_a_mission_locale_sees_what_its_director_sees(with_token, mission_locale, youth):
    assert with_token(mission_locale).ids("youths/") == {str(youth.pk)}


def test_a_client_of_a_partner_or_a_network_finds_no_file(with_token, partner, network, youth):
    for organisation in (partner, network.organisation):
        assert with_token(organisation).rows("youths/") == []


def test_notes_for_the_team_only_stay_in_the_team(with_token, mission_locale, counsellor, youth):
    AccompanimentFactory(author=counsellor, youths=[youth], audience="team")
    assert with_token(mission_locale).rows("accompaniments/") == []


def test_a_client_notes_an_accompaniment_in_its_own_name(with_token, mission_locale, youth):
    client = with_token(mission_locale)
    answer = client.post("accompaniments/", {"youths": [str(youth.pk)], "kind": "call"})
    assert answer.status_code == 201
    assert answer.json()["author"] == str(client.member.user_id)


def test_scopes_are_kept_to(with_token, mission_locale, youth):
    body = {"youths": [str(youth.pk)], "kind": "call"}
    reader, writer = (with_token(mission_locale, scopes=[scope]) for scope in ("read", "write"))
    assert reader.get("youths/").status_code == 200
    assert_problem(reader.post("accompaniments/", body), 403)
    assert_problem(reader.patch(f"youths/{youth.pk}/", {}, If_Match='"1-00"'), 403)
    assert_problem(writer.get("youths/"), 403)
    assert writer.post("accompaniments/", body).status_code == 201


def revoked(client):
    client.token.revoke()


def without_membership(client):
    Membership.objects.filter(pk=client.member.pk).update(ends_on=clock.today() - clock.ONE_DAY)


def disabled(client):
    type(client.member.user).objects.filter(pk=client.member.user_id).update(is_active=False)


def of_a_closed_organisation(client):
    Organisation.objects.filter(pk=client.member.organisation_id).update(is_active=False)


@pytest.mark.parametrize("end", [revoked, without_membership, disabled, of_a_closed_organisation])
def test_a_token_ends_at_the_next_request(with_token, mission_locale, end):
    client = with_token(mission_locale)
    assert client.get("people/").status_code == 200
    end(client)
    answer = client.get("people/")
    assert_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_expires(with_token, mission_locale):
    client = with_token(mission_locale, days=2)
    assert client.get("people/").status_code == 200
    with clock.at(clock.now() + 2 * clock.ONE_DAY):
        assert_problem(client.get("people/"), 401)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer x",
        "Bearer a b c",
        "Bearer \xff\xfe",
        "bearer " + "x" * 9000,
        "Token x",
        "Basic eDp5",
    ],
)
def test_what_is_no_token_opens_nothing(client, header):
    assert_problem(Caller(client, Authorization=header).get("youths/"), 401)


def test_a_broken_token_is_not_made_up_for_by_a_session(as_member, counsellor):
    assert_problem(Caller(as_member(counsellor), Authorization="Bearer x").get("youths/"), 401)


def test_a_session_whose_membership_has_ended_is_refused(as_caller, counsellor):
    Membership.objects.filter(pk=counsellor.pk).update(ends_on=clock.today() - clock.ONE_DAY)
    assert_problem(as_caller(counsellor).get("youths/"), 403)


def test_without_a_second_factor_nobody_reads_by_session_where_one_is_demanded(
    as_caller, counsellor, settings
):
    settings.SECOND_FACTOR_REQUIRED = True
    assert_problem(as_caller(counsellor).get("youths/"), 403)

"""Messages in the API: to the other side of a referral, while the access is open."""

import uuid

import pytest

from accounts.models import AuditEntry
from exchange.models import Message
from referrals.workflow import Status
from tests.api.problems import assert_problem
from tests.factories import ReferralFactory


@pytest.fixture
def referral(youth, agent, agreement):
    case = {"sender": youth.organisation, "recipient": agent.organisation, "agreement": agreement}
    return ReferralFactory(**case, youth=youth, status=Status.UNDER_WAY)


def to(referral, /, **changes) -> dict:
    return {"referral": str(referral.pk), "text": "Il vient mardi."} | changes


def test_each_side_writes_and_the_other_reads(as_caller, counsellor, agent, referral):
    for one, other in ((counsellor, agent), (agent, counsellor)):
        answer = as_caller(one).post("messages/", to(referral, text=f"De {one.pk}"))
        assert answer.status_code == 201, answer.content
        body = answer.json()
        assert (body["author"], body["organisation"]) == (str(one.user_id), str(one.organisation_id))
        assert as_caller(other).rows(f"messages/?referral={referral.pk}")[0] == body
        assert as_caller(other).get(f"messages/{body['id']}/").json() == body
        assert as_caller(one).ids("messages/") == {body["id"]}


def test_who_reads_is_written_down_with_the_young_person(as_caller, agent, counsellor, referral):
    as_caller(counsellor).post("messages/", to(referral))
    as_caller(agent).rows(f"messages/?referral={referral.pk}")
    entries = AuditEntry.objects.filter(by=agent, route="api:message-list")
    assert {(entry.subject_type, *entry.subject_ids) for entry in entries} == {
        ("exchange.message", str(Message.objects.get().pk)),
        ("youths.youth", str(referral.youth_id)),
    }


def test_with_the_same_id_it_is_sent_once(as_caller, agent, referral):
    caller, body = as_caller(agent), to(referral, id=str(uuid.uuid4()))
    assert [caller.post("messages/", body).status_code for _ in range(2)] == [201, 200]
    assert_problem(caller.post("messages/", body | {"text": "Autre."}), 409, "already_saved")
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"text": 5},
        {"text": "a\x00b"},
        {"referral": "x"},
        {"referral": "5f6f0c5e-0000-4000-8000-000000000000"},
        {"author": "5f6f0c5e-0000-4000-8000-000000000000"},
    ],
)
def test_what_will_not_do_is_refused(as_caller, agent, referral, changes):
    assert_problem(as_caller(agent).post("messages/", to(referral, **changes)), 400, fields=list(changes))
    assert not Message.objects.exists()


def test_a_record_is_named(as_caller, agent, referral):
    assert_problem(as_caller(agent).post("messages/", {"text": "À qui ?"}), 400)


@pytest.mark.parametrize(
    "who", ["stranger_agent", "stranger_counsellor", "reception", "network", "volunteer"]
)
def test_others_neither_find_nor_write(request, as_caller, counsellor, referral, who):
    pk = as_caller(counsellor).post("messages/", to(referral)).json()["id"]
    caller = as_caller(request.getfixturevalue(who))
    assert caller.rows(f"messages/?referral={referral.pk}") == caller.rows("messages/") == []
    assert_problem(caller.get(f"messages/{pk}/"), 404)
    assert_problem(caller.post("messages/", to(referral)), 400, fields=["referral"])


def test_once_the_access_is_closed_the_partner_finds_nothing_not_even_its_own(as_caller, agent, referral):
    caller = as_caller(agent)
    pk = caller.post("messages/", to(referral)).json()["id"]
    tag = caller.get(f"messages/{pk}/")["ETag"]
    referral.share.close()
    assert caller.rows(f"messages/?referral={referral.pk}") == caller.rows("messages/") == []
    assert_problem(caller.get(f"messages/{pk}/", If_None_Match=tag), 404)
    assert_problem(caller.post("messages/", to(referral)), 409, "conversation_closed")

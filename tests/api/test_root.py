"""Where a program begins: what is there for this caller, and what is not offered at all."""

import pytest

from tests.api.problems import assert_problem

EVERYWHERE = {"organisations", "service-offers"}
AGREED = EVERYWHERE | {"agreements", "documents", "evaluations", "reports"}
TALKING = {"accompaniments", "messages", "referrals"}
OFFERED = {
    "counsellor": AGREED | TALKING | {"people", "youths", "follow-ups"},
    "director": AGREED | TALKING | {"people", "youths", "follow-ups"},
    "reception": EVERYWHERE | {"youths"},
    "agent": AGREED | TALKING,
    "network": AGREED - {"reports"},
    "administrator": EVERYWHERE,
    "volunteer": set(),
}


@pytest.mark.parametrize("role", OFFERED)
def test_the_root_lists_the_resources_that_the_caller_has(request, as_caller, role):
    caller = as_caller(request.getfixturevalue(role))
    found = caller.get("").json()
    assert set(found) == OFFERED[role]
    for address in found.values():
        assert caller.get(address.partition("/api/v1/")[2]).status_code == 200


def test_the_root_is_for_callers_who_are_known(client):
    assert client.get("/api/v1/").status_code == 401


@pytest.mark.parametrize("path", ["youths/?nonsense=1", "youths/", "?nonsense=1"])
@pytest.mark.parametrize("method", ["TRACE", "DELETE", "BREW"])
def test_a_method_that_is_not_offered_is_told_before_parameters(as_caller, counsellor, method, path):
    caller = as_caller(counsellor)
    assert_problem(caller.browser.generic(method, f"/api/v1/{path}"), 405)


@pytest.mark.parametrize("path", ["accompaniments/", "reports/"])
def test_a_promise_that_is_not_kept_yet_is_refused(as_caller, counsellor, path):
    answer = as_caller(counsellor).post(path, {}, **{"Idempotency-Key": "once"})
    assert_problem(answer, 400, fields=["Idempotency-Key"])

"""What goes wrong is a problem document, and never our fault for somebody else's bytes."""

import pytest
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.exceptions import Throttled

from common import clock, http, outage
from common.api import flat, problem
from tests.api.conftest import Caller
from tests.api.problems import assert_problem
from youths.models import Youth

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
FIELDS = [
    "id",
    "youths",
    "kind",
    "happened_at",
    "minutes",
    "place",
    "made",
    "themes",
    "text",
    "audience",
    "next_on",
]


@pytest.mark.parametrize("path", ["nothing/", "youths/not-a-uuid/", "youths/x/y/z", "referrals/1/"])
def test_an_unknown_address_is_a_problem(as_caller, counsellor, path):
    assert_problem(as_caller(counsellor).get(path), 404)


def test_an_unknown_page_is_still_a_page(as_member, counsellor):
    answer = as_member(counsellor).get("/nothing/")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"\x00",
        b"\xff\xfe",
        b"[" * 5000,
        b'{"a":' * 5000,
        b"1" * 5000,
        b"NaN",
        b'{"text": "\\ud800"}',
        b'{"kind": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"minutes": ' + b"9" * 4000 + b"}",
    ],
    ids=range(15),
)
def test_a_malformed_body_is_a_400(as_caller, counsellor, body):
    answer = as_caller(counsellor).send("post", "accompaniments/", body, {})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@given(body=st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, max_size=11))
@settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_body_breaks_us(as_caller, counsellor, youth, body):
    body = {"kind": "call", "youths": [str(youth.pk)], **body}
    answer = as_caller(counsellor).post("accompaniments/", body)
    assert answer.status_code in {200, 201, 400, 409}


@given(
    body=st.dictionaries(st.sampled_from(["last_name", "birth_date", "site", "phone", "gender"]), ANY_JSON)
)
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_change_breaks_us(as_caller, counsellor, youth, body):
    version = Youth.objects.get(pk=youth.pk).version
    answer = as_caller(counsellor).patch(f"youths/{youth.pk}/", body, If_Match=f'"{version}-00"')
    assert answer.status_code in {200, 400}


@pytest.mark.parametrize("site", ["\x00", "Centre\x00", "\ud800"])
def test_a_site_that_no_text_can_name(as_caller, counsellor, youth, site):
    answer = as_caller(counsellor).patch(f"youths/{youth.pk}/", {"site": site}, If_Match='"1-00"')
    assert_problem(answer, 400, fields=["site"])


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]
)
def test_moments_at_the_ends_of_the_calendar(as_caller, counsellor, youth, moment):
    body = {"kind": "call", "youths": [str(youth.pk)], "happened_at": moment}
    assert as_caller(counsellor).post("accompaniments/", body).status_code in {201, 400}


def test_a_contact_in_a_year_without_missions_locales_is_refused(as_caller, counsellor, youth):
    body = {"kind": "call", "youths": [str(youth.pk)], "happened_at": "0202-11-22T09:00:00Z"}
    assert_problem(as_caller(counsellor).post("accompaniments/", body), 400, fields=["happened_at"])


@pytest.mark.parametrize("path", ["youths/", "referrals/"])
def test_a_flood_of_words_finds_nothing_and_breaks_nothing(as_caller, counsellor, youth, path):
    assert as_caller(counsellor).get(f"{path}?q={'+'.join(['zz'] * 1500)}").status_code == 200


def test_a_form_is_not_json(as_member, counsellor):
    answer = as_member(counsellor).post("/api/v1/accompaniments/", {"kind": "call"})
    assert_problem(answer, 415)


def test_what_is_not_offered_is_refused(as_caller, counsellor, youth):
    caller = as_caller(counsellor)
    for answer in (
        caller.send("delete", f"youths/{youth.pk}/", b"", {}),
        caller.send("put", f"youths/{youth.pk}/", b"{}", {}),
        caller.post("follow-ups/", {}),
    ):
        assert_problem(answer, 405)
        assert "GET" in answer["Allow"]


def test_nobody_is_asked_for_html(as_caller, counsellor):
    assert_problem(as_caller(counsellor).get("youths/", Accept="text/html"), 406)


def test_an_unknown_field_is_refused_by_name(as_caller, counsellor, youth):
    body = {"kind": "call", "youths": [str(youth.pk)], "youth": 1, "author": "me"}
    problem = assert_problem(
        as_caller(counsellor).post("accompaniments/", body), 400, fields=["youth", "author"]
    )
    assert "author" in problem["errors"]


def test_a_browser_needs_the_cross_site_token(as_caller, counsellor, youth):
    body = {"kind": "call", "youths": [str(youth.pk)]}
    caller = as_caller(counsellor, enforce_csrf_checks=True)
    assert_problem(caller.post("accompaniments/", body), 403)
    caller.get("youths/")
    caller.browser.get("/accounts/password/change/")  # any page with a form gives the cookie
    token = caller.browser.cookies["csrftoken"].value
    assert caller.post("accompaniments/", body, X_CSRFToken=token).status_code == 201


@pytest.mark.django_db
def test_our_own_fault_is_a_problem_too(counsellor, settings, monkeypatch):
    def breaks(*args):
        raise ZeroDivisionError

    monkeypatch.setattr("youths.api.Youths.rows", breaks)
    browser = Client(raise_request_exception=False)
    browser.force_login(counsellor.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = Caller(browser).get("youths/")
    assert_problem(answer, 500)
    assert b"ZeroDivision" not in answer.content


def test_other_addresses_keep_their_error_pages(rf: RequestFactory):
    assert outage.server_error(rf.get("/youths/"))["Content-Type"].startswith("text/html")
    assert http.bad_request(rf.get("/youths/"), None)["Content-Type"].startswith("text/html")
    assert_problem_of(http.bad_request(rf.get("/api/v1/youths/"), None), 400)


def assert_problem_of(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/accounts/login/", 400), ("/nowhere/", 404), ("/api/", 404)]
)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"login=a", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"x=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"a=1&" * 2_000, "application/x-www-form-urlencoded"),
        (b"--b", "multipart/form-data; boundary=" + "b" * 300),
    ],
)
def test_a_body_that_cannot_be_read_is_no_fault_of_ours(address, status, body, kind):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post(address, body, content_type=kind, headers={"X-CSRFToken": "a" * 32})
    assert answer.status_code == status


def test_too_many_requests_are_told_when_to_go_on(as_caller, counsellor, colleague, settings):
    settings.API_CALLS_A_MINUTE = 2
    caller = as_caller(counsellor)
    with clock.at(clock.now()):
        assert [caller.get("people/").status_code for _ in range(3)] == [200, 200, 429]
        answer = caller.get("people/")
        assert_problem(answer, 429)
        assert 1 <= int(answer["Retry-After"]) <= 61
        assert as_caller(colleague).get("people/").status_code == 200
        later = clock.now() + clock.ONE_DAY / (24 * 60)
    with clock.at(later):
        assert caller.get("people/").status_code == 200


def test_a_wait_is_told_in_whole_seconds():
    assert problem(Throttled(wait=1.2), {})["Retry-After"] == "2"


def test_nested_errors_are_told_under_dotted_names():
    nested = {"youths": {0: ["bad"]}, "sites": [{}, {"name": ["missing"]}], "kind": ["unknown"]}
    assert flat(nested) == {"youths.0": ["bad"], "sites.1.name": ["missing"], "kind": ["unknown"]}

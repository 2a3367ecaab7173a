import pytest

pytestmark = pytest.mark.django_db

EVERYBODY = {"/"}
STAFF = {"/", "/youths/", "/referrals/", "/agreements/", "/evaluations/"}
RECEPTION = {"/", "/youths/"}
NETWORK = {"/", "/agreements/", "/evaluations/"}
PARTNER = {"/", "/referrals/", "/agreements/", "/evaluations/"}


def frame(as_member, member):
    return as_member(member).get("/accounts/2fa/").context


@pytest.mark.parametrize(
    ("persona", "pages", "search"),
    [
        ("counsellor", STAFF, "/youths/"),
        ("director", STAFF | {"/staff/"}, "/youths/"),
        ("agent", PARTNER, "/referrals/"),
        ("reception", RECEPTION, "/youths/"),
        ("network", NETWORK, None),
        ("volunteer", EVERYBODY, None),
        ("administrator", EVERYBODY | {"/organisations/"}, None),
    ],
)
def test_the_frame_offers_what_the_role_may_open(request, as_member, persona, pages, search):
    context = frame(as_member, request.getfixturevalue(persona))
    assert {item.url for item in context["navigation"]} == pages
    assert (context["top_search"].url if context["top_search"] else None) == search
    assert bool(context["contact_url"]) == (pages >= STAFF)


def test_a_page_below_a_section_marks_the_section(as_member, counsellor):
    context = as_member(counsellor).get("/youths/new/").context
    assert {item.url: item.current for item in context["navigation"] if item.current} == {"/youths/": "true"}


def test_nobody_signed_in_is_offered_nothing(client):
    assert client.get("/accounts/login/").context["navigation"] == []

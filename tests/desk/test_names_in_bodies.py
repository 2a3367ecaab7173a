"""Names of people travel in bodies, never in addresses or titles: logs and histories of shared computers keep those."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import AuditEntry
from tests.factories import FollowUpFactory, ReferralFactory, YouthFactory

NAME = "Zéphyrin"
SEARCHES = ["desk:caseload", "referrals:referral_list", "youths:contact_create"]
HTMX = {"HX-Request": "true"}
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
FORM = re.compile(r"<form\b.*?</form>", re.S)
A_PERSON = re.compile(r'name="q"|form\.q\b|last_name|first_name|birth_date')


@pytest.fixture
def many(mission_locale, counsellor):
    """More than a page of people of one name, each followed and referred."""
    youths = YouthFactory.create_batch(60, organisation=mission_locale, last_name=NAME)
    for youth in youths:
        FollowUpFactory(youth=youth, referent=counsellor)
        ReferralFactory(sender=mission_locale, youth=youth, author=counsellor)
    return youths


def test_no_form_sends_a_persons_name_in_an_address():
    """Agreements and organisations are searched by titles and names that are no person’s."""
    found = []
    for path in TEMPLATES:
        for form in FORM.findall(path.read_text()):
            if A_PERSON.search(form) and 'method="post"' not in form:
                found.append(path.name)
            if A_PERSON.search(form) and "hx-get" in form:
                found.append(path.name)
    assert set(found) == {"agreement_list.html", "interim_partner.html", "organisation_list.html"}


@pytest.mark.parametrize("route", SEARCHES)
def test_words_in_an_address_are_not_obeyed(as_member, counsellor, many, route):
    client, url = as_member(counsellor), reverse(route)
    assert NAME.upper() in client.get(url, {"q": "nobody"}).content.decode()
    assert NAME.upper() not in client.post(url, {"q": "nobody"}).content.decode()


@pytest.mark.parametrize("route", SEARCHES[:2])
def test_the_next_page_of_a_search_keeps_its_words_in_a_form(as_member, counsellor, many, route):
    YouthFactory(organisation=counsellor.organisation, last_name="Autre")
    client, seen = as_member(counsellor), []
    answer = client.post(reverse(route), {"q": NAME})
    for _page in range(3):
        page = answer.context["page"]
        seen += [row.pk for row in page]
        if not page.next_url:
            break
        assert NAME not in unquote(page.next_url)
        assert f'name="q" value="{NAME}"' in answer.content.decode()
        answer = client.post(page.next_url, {"q": page.words})
    assert len(seen) == len(set(seen)) == 60


@pytest.mark.parametrize("route", SEARCHES)
def test_the_browser_is_told_an_address_without_the_words(as_member, counsellor, many, route):
    posted = {"q": NAME, "csrfmiddlewaretoken": "x", "state": "waiting"}
    told = as_member(counsellor).post(reverse(route), posted, headers=HTMX).headers["HX-Replace-Url"]
    assert told == reverse(route) + "?state=waiting"


@pytest.mark.parametrize(
    "path",
    ["/contacts/new/", "/youths/", "/referrals/", "/youths/new/", "/youths/duplicates/", "/api/v1/youths/"],
)
def test_the_audit_keeps_names_of_filters_alone(as_member, counsellor, youth, path):
    client = as_member(counsellor)
    client.get(path, {"Jean Dupont": "1"})
    client.post(path, {"Jean Dupont": "1", "q": "Benali", "last_name": "Dupont"})
    kept = {name for entry in AuditEntry.objects.all() for name in entry.filters}
    assert kept <= {"q"}


def test_what_is_said_to_a_person_is_not_in_a_cookie(as_member, counsellor):
    client = as_member(counsellor)
    typed = {"last_name": NAME, "first_name": "Lou", "birth_date": "2006-05-05"}
    answer = client.post(reverse("youths:youth_create"), typed)
    assert answer.status_code == 302
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert NAME.upper() in client.get(answer.url).content.decode()
    assert not client.session.get("_messages")  # shown, and gone


PAGES_OF_A_YOUTH = [
    "desk:youth_file",
    "desk:youth_identity",
    "youths:youth_edit",
    "youths:accompaniment_create",
    "youths:referent_change",
    "youths:follow_up_close",
    "youths:follow_up_open",
    "referrals:referral_create",
]


def title_of(client, url) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)[1]


@pytest.mark.parametrize("route", PAGES_OF_A_YOUTH)
def test_the_title_of_a_page_names_nobody(as_member, counsellor, mission_locale, route):
    youth = YouthFactory(organisation=mission_locale, last_name=NAME, first_name="Orphée")
    if route != "youths:follow_up_open":
        FollowUpFactory(youth=youth, referent=counsellor)
    title = title_of(as_member(counsellor), reverse(route, args=[youth.pk]))
    assert NAME.upper() not in title.upper()
    assert "Orphée" not in title
    assert youth.initials in title


def test_the_title_of_a_referral_names_nobody(as_member, counsellor, agent):
    referral = ReferralFactory(sender=counsellor.organisation, recipient=agent.organisation)
    for reader in (counsellor, agent):
        title = title_of(as_member(reader), referral.get_absolute_url())
        assert referral.youth.last_name.upper() not in title.upper()
        assert referral.number in title

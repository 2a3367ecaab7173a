"""Signed in for half an hour after the last thing done, and for ten hours at most."""

import datetime

import pytest
from django.conf import settings
from django.db.models import F
from django.urls import reverse

from accounts.models import Session
from accounts.sessions import browser_words
from youths.models import Accompaniment

pytestmark = pytest.mark.django_db
HOME = reverse("desk:home")
ALONE = {"X-Asked-By-Page": "1"}


def later(minutes: float) -> None:
    """As if so much time had gone by."""
    passed = datetime.timedelta(minutes=minutes)
    Session.objects.update(expire_date=F("expire_date") - passed, began_at=F("began_at") - passed)


def is_in(browser) -> bool:
    return browser.get(HOME).status_code == 200


def test_half_an_hour_without_doing_anything_ends_it(as_member, counsellor):
    browser = as_member(counsellor)
    later(29)
    assert is_in(browser)
    later(29)
    assert is_in(browser), "what was done does not count"
    later(31)
    assert not is_in(browser)


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(as_member, counsellor):
    browser = as_member(counsellor)
    for _look in range(2):
        later(20)
        browser.get(HOME, headers=ALONE)
    assert not is_in(browser)


def test_ten_hours_end_it_whatever_is_done(as_member, counsellor):
    browser = as_member(counsellor)
    for _step in range(29):
        later(20)
        assert is_in(browser)
    later(20.1)
    assert not is_in(browser)


def test_a_busy_minute_is_written_once(as_member, counsellor, django_assert_num_queries):
    browser = as_member(counsellor)
    later(5)
    state = reverse("accounts:session")
    with django_assert_num_queries(6):  # session, person, membership, then savepoint, session, release
        browser.post(state)
    with django_assert_num_queries(3):  # session, person, membership
        browser.post(state)


def test_the_page_is_told_who_is_signed_in_and_for_how_long(as_member, client, counsellor):
    state = reverse("accounts:session")
    browser = as_member(counsellor)
    later(10)
    told = browser.get(state, headers=ALONE).json()
    assert told["member"] == str(counsellor.pk)
    assert 19 * 60 <= told["left"] <= 20 * 60
    assert browser.post(state).json()["left"] > 29 * 60
    assert client.get(state).json() | {"token": ""} == {"member": None, "left": 0, "token": ""}


def test_a_form_sent_after_the_end_comes_back_with_what_was_typed(as_member, counsellor, youth):
    browser = as_member(counsellor)
    later(31)
    answer = browser.post(
        reverse("youths:accompaniment_create", args=[youth.pk]),
        {
            "text": "Une longue note.",
            "kind": "call",
            "id": str(youth.pk),
            "settle": "on",
            "password1": "secret",
        },
    )
    assert answer.status_code == 403
    assert answer.context["typed"] == ["Une longue note.", "call"]
    assert "Une longue note." in answer.content.decode()
    assert not Accompaniment.objects.exists()


def test_who_never_signed_in_is_led_to_signing_in(client, youth):
    answer = client.post(reverse("youths:accompaniment_create", args=[youth.pk]), {"text": "Une note."})
    assert answer.url.startswith(reverse("account_login"))


def test_the_list_tells_where_one_is_signed_in(
    sign_in, as_member, client, counsellor, colleague, with_password
):
    as_member(colleague)
    client.defaults["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    sign_in(counsellor.user.email, with_password(counsellor))
    page = client.get(reverse("accounts:session_list"))
    assert [session.browser for session in page.context["sessions"]] == ["Firefox, Windows"]
    assert "Firefox, Windows" in page.content.decode()


def test_signing_out_of_the_others_leaves_oneself_and_other_people(as_member, counsellor, colleague):
    here, lost, neighbour = as_member(counsellor), as_member(counsellor), as_member(colleague)
    assert is_in(lost)
    page = here.get(reverse("accounts:session_list"))
    assert len(page.context["sessions"]) == 2
    here.post(reverse("accounts:session_list"))
    assert is_in(here)
    assert is_in(neighbour)
    assert not is_in(lost)


def test_signing_out_ends_the_session_for_good(as_member, counsellor):
    browser = as_member(counsellor)
    kept = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post(reverse("account_logout"))
    browser.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not is_in(browser)
    assert not Session.objects.filter(user=counsellor.user).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iOS"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert browser_words(agent) == words


def test_a_new_password_ends_it_everywhere_else(as_member, counsellor, with_password):
    old, new = with_password(counsellor), "cerf volant bordeaux trombone"
    here, lost = as_member(counsellor), as_member(counsellor)
    assert is_in(lost)
    typed = {"oldpassword": old, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), typed).status_code == 302
    assert not is_in(lost)
    assert not Session.objects.filter(user=counsellor.user).exists()

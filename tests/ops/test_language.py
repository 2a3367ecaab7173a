"""French, unless the person chose otherwise here."""

import pytest
from django.conf import settings

PAGE = "/accounts/login/"


def test_an_english_browser_gets_french(client):
    assert client.get(PAGE, headers={"Accept-Language": "en"})["Content-Language"] == "fr"


@pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("fr", "fr"), ("tlh", "fr"), ("", "fr")])
def test_the_cookie_decides(client, cookie, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = client.get(PAGE)
    assert answer["Content-Language"] == language
    assert "Cookie" in answer["Vary"]


def test_anyone_may_choose_before_signing_in(client):
    answer = client.post("/language/", {"language": "en", "next": PAGE})
    assert answer.status_code == 302
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.get(PAGE)["Content-Language"] == "en"


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "kept"), [("en", "en"), ("fr", "fr"), ("tlh", "fr"), ("", "fr")])
def test_mail_follows_what_a_person_chose(as_member, counsellor, chosen, kept):
    as_member(counsellor).post("/language/", {"language": chosen, "next": PAGE})
    counsellor.user.refresh_from_db()
    assert counsellor.user.language == kept

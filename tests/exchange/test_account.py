"""One's own account: names and language, what was sent, and another address, confirmed from its mailbox."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Event, User
from common import clock
from common.errors import WrongStatus
from exchange.account.actions import confirm_address
from exchange.deliveries import tasks
from exchange.models import AddressChange, Delivery, PersonalLink
from tests.factories import MembershipFactory, NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "cerf volant bordeaux trombone"
NEW = "nouvelle.boite@test.example"
ASK = "/account/address/"


@pytest.fixture
def me(counsellor):
    counsellor.user.set_password(PASSWORD)
    counsellor.user.save()
    return counsellor


@pytest.fixture
def browser(me, as_member):
    return as_member(me)


@pytest.fixture
def told(mailoutbox):
    """What the worker of account mail has written, by address."""

    def written():
        tasks.send()
        return {mail.to[0]: mail for mail in mailoutbox}

    return written


def ask(browser, email=NEW, password=PASSWORD):
    return browser.post(ASK, {"email": email, "password": password})


def link_of() -> PersonalLink:
    return PersonalLink.objects.get(purpose="address", revoked_at=None)


def test_names_title_and_language_are_one_s_own(browser, me):
    sent = {"first_name": "Maé", "last_name": "Le Bihan", "title": "Référente", "language": "en"}
    answer = browser.post("/account/", sent | {"next": "/account/"})
    assert answer.url == "/account/"
    me = type(me).objects.get(pk=me.pk)
    assert (me.user.first_name, me.title, me.user.language) == ("Maé", "Référente", "en")
    assert "My account" in browser.get("/account/").text
    assert Event.objects.filter(verb="changed", by=me).count() == 2
    browser.post("/account/", sent | {"next": "/account/"})
    assert Event.objects.filter(verb="changed", by=me).count() == 2


def test_a_name_left_empty_is_corrected_and_the_frame_keeps_the_old_one(browser, me):
    answer = browser.post("/account/", {"first_name": "", "last_name": "X", "language": "fr"})
    assert answer.status_code == 422
    assert me.user.get_full_name() in answer.text


def test_what_was_sent_is_listed_with_what_became_of_it(browser, me, referral, django_assert_num_queries):
    for _notice in range(20):
        notice = NoticeFactory(member=me, event__subject_id=referral.pk)
        Delivery.objects.create(notice=notice)
    NoticeFactory(event__subject_id=referral.pk)
    with django_assert_num_queries(
        8
    ):  # session, user, memberships, unread, change, sessions, notices, deliveries
        page = browser.get("/account/")
    assert len(page.context["sent"]) == 10
    assert "Le courriel part" in page.text


def test_from_asking_to_signing_in_with_it(browser, me, work, mailoutbox, secret_in, told, opened):
    elsewhere, old = Client(), me.user.email
    elsewhere.force_login(me.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert ask(browser, email=NEW.upper()).url == "/account/"
    assert NEW in browser.get("/account/").text
    assert "mot de passe" in told()[old].body
    work()
    assert [mail.to for mail in mailoutbox if "/links/" in mail.body] == [[NEW]]
    stranger = Client()
    page = stranger.post("/links/", {"secret": secret_in(told()[NEW])}).url
    assert NEW in stranger.get(page).text
    assert User.objects.get(pk=me.user_id).email == old  # a look does nothing
    assert stranger.post(page).url == "/account/"
    assert User.objects.get(pk=me.user_id).email == NEW
    assert "autre adresse" in told()[old].body
    for signed_in in (browser, elsewhere):
        assert signed_in.get("/account/").status_code == 200
    verbs = set(Event.objects.filter(subject_id=me.user_id).values_list("verb", flat=True))
    assert verbs == {"address_asked", "address_changed"}
    assert stranger.post(page).status_code == 410
    answer = Client().post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert answer.status_code == 302


def test_a_reset_link_sent_to_the_former_address_dies(browser, me, told, opened):
    Client().post("/accounts/password/reset/", {"email": me.user.email})
    reset = re.search(r"http://\S+(/accounts/password/reset/key/\S+)", told()[me.user.email].body)[1]
    assert "token_fail" not in str(Client().get(reset, follow=True).context.get("token_fail", ""))
    ask(browser)
    stranger, page = opened(link_of(), Client())
    stranger.post(page)
    assert Client().get(reset, follow=True).context["token_fail"]


def test_an_address_of_somebody_else_is_answered_the_same_and_gets_no_mail(
    browser, me, work, mailoutbox, opened
):
    UserFactory(email=NEW)
    taken = ask(browser)
    shown = browser.get("/account/").text
    assert (taken.status_code, taken.url) == (302, "/account/")
    assert NEW in shown
    work()
    assert not [mail for mail in mailoutbox if mail.to == [NEW]]
    stranger, page = opened(link_of(), Client())
    assert stranger.get(page).status_code == 410
    assert stranger.post(page).status_code == 410


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"password": "faux"}, "password"),
        ({"password": ""}, "password"),
        ({"email": "pas une adresse"}, "email"),
    ],
)
def test_without_the_password_or_an_address_nothing_is_asked(browser, sent, field):
    answer = ask(browser, **sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not AddressChange.objects.exists()


def test_guessing_the_password_here_waits_too(browser):
    for _try in range(6):
        ask(browser, password="faux")
    answer = ask(browser)
    assert answer.status_code == 422
    assert "Attendez" in answer.text


def test_it_can_be_withdrawn_and_a_second_one_replaces_the_first(browser, me, opened):
    ask(browser)
    first = link_of()
    ask(browser, email="encore@test.example")
    assert AddressChange.objects.waiting(me.user).get().email == "encore@test.example"
    stranger, page = opened(first, Client())
    assert stranger.get(page).status_code == 410
    stranger, page = opened(link_of(), Client())
    for _click in range(2):
        assert browser.post("/account/address/withdraw/").url == "/account/"
    assert stranger.post(page).status_code == 410
    assert not AddressChange.objects.waiting(me.user).exists()
    assert User.objects.get(pk=me.user_id).email != "encore@test.example"


def test_a_new_password_stops_it(browser, me, opened):
    ask(browser)
    stranger, page = opened(link_of(), Client())
    me.user.set_password("autre chose que trombone bordeaux")
    me.user.save()
    assert stranger.post(page).status_code == 410


def test_a_new_password_at_that_instant_stops_it(browser, me):
    ask(browser)
    link = PersonalLink.objects.get(purpose="address")
    assert link.subject.stands
    owner = User.objects.get(pk=me.user_id)
    owner.set_password("another one, set meanwhile")
    owner.save()
    with pytest.raises(WrongStatus):
        confirm_address(link)


def test_a_link_too_old_says_so(browser, me, opened):
    ask(browser)
    link = link_of()
    with clock.at(clock.now() + datetime.timedelta(days=1, minutes=1)):
        stranger, page = opened(link, Client())
        assert stranger.post(page).status_code == 410


def test_who_asks_all_day_waits(browser):
    for number in range(5):
        assert ask(browser, email=f"boite{number}@test.example").status_code == 302
    assert ask(browser).status_code == 422


def test_of_two_who_confirm_one_address_one_gets_it(browser, me, as_member, opened):
    other = MembershipFactory()
    other.user.set_password(PASSWORD)
    other.user.save()
    ask(browser)
    ask(as_member(other))
    pages = [opened(link, Client()) for link in PersonalLink.objects.filter(purpose="address")]
    assert sorted(stranger.post(page).status_code for stranger, page in pages) == [302, 410]
    assert User.objects.filter(email=NEW).count() == 1


def test_the_old_page_leads_there(browser):
    assert reverse("exchange:address_change") in browser.get("/accounts/email/").text


@pytest.mark.parametrize(
    "name", ["mfa_index", "accounts:session_list", "exchange:preferences", "exchange:calendar"]
)
def test_each_page_of_the_account_leads_back_to_it(browser, name):
    assert f'<a class="crumb" href="{reverse("exchange:account")}">' in browser.get(reverse(name)).text

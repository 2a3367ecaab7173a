"""A code besides the link, where its purpose asks for one: sent apart, few tries, and who sent the link is told."""

import datetime
import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Event
from common import clock
from exchange.deliveries import tasks
from exchange.links import codes
from exchange.links.purposes import PURPOSES
from exchange.models import LinkCode, PersonalLink
from exchange.staff.models import INVITE
from tests.factories import InvitationFactory, MembershipFactory, PersonalLinkFactory

pytestmark = pytest.mark.django_db
WRONG = "000000"


@pytest.fixture(autouse=True)
def _invitations_ask_for_a_code(monkeypatch):
    asking = replace(INVITE, code=True, sender=lambda invitation: invitation.invited_by)
    monkeypatch.setitem(PURPOSES, INVITE.name, asking)


@pytest.fixture
def sender():
    return MembershipFactory(role="director")


@pytest.fixture
def link(sender):
    return PersonalLinkFactory(subject=InvitationFactory(invited_by=sender))


@pytest.fixture
def sent(mailoutbox):
    """The six figures of the mail that the worker writes."""

    def figures():
        tasks.send()
        found = re.search(r"\b\d{6}$", mailoutbox[-1].subject)[0]
        return found if found != WRONG else pytest.skip("one in a million")

    return figures


@pytest.fixture
def asked(opened, link):
    """A browser in which the link was opened and a code asked for, and the page of the code."""
    browser, page = opened(link)
    assert browser.get(page).url == f"/links/{link.pk}/code/"
    browser.post(f"/links/{link.pk}/code/send/")
    return browser, f"/links/{link.pk}/code/"


def later(**span):
    return clock.at(clock.now() + datetime.timedelta(**span))


def test_the_page_opens_after_the_code_and_not_before(asked, link, sent, mailoutbox):
    browser, page = asked
    assert browser.get(link.get_absolute_url()).url == page
    assert browser.post(link.get_absolute_url()).url == page
    figures = sent()
    assert mailoutbox[-1].to == [link.email]
    assert figures not in str(LinkCode.objects.values().get())
    answer = browser.post(page, {"code": f" {figures[:3]} {figures[3:]} "})
    assert answer.url == link.get_absolute_url()
    assert browser.get(link.get_absolute_url()).status_code == 200
    verbs = Event.objects.filter(subject_id=link.pk).order_by("moment").values_list("verb", flat=True)
    assert list(verbs) == ["link_code_sent", "link_code_right"]


def test_a_code_serves_once_and_in_its_own_browser(asked, link, sent, opened):
    browser, page = asked
    figures = sent()
    browser.post(page, {"code": figures})
    other, _page = opened(link, Client())
    assert other.post(page, {"code": figures}).status_code == 422
    assert other.get(link.get_absolute_url()).url == page
    assert Client().get(page).status_code == 404


def test_looking_sends_nothing(opened, link):
    browser, _page = opened(link)
    for _look in range(3):
        assert browser.get(f"/links/{link.pk}/code/").status_code == 200
    assert not LinkCode.objects.exists()


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345x", "١٢٣٤٥٦"])
def test_what_is_no_code_is_no_try(asked, link, typed):
    browser, page = asked
    assert browser.post(page, {"code": typed}).status_code == 422
    link.refresh_from_db()
    assert link.code_tries == 0


def test_five_wrong_ones_close_the_link_and_its_sender_is_told(asked, link, sent, sender, as_member, told):
    browser, page = asked
    figures = sent()
    for left in (4, 3, 2, 1):
        answer = browser.post(page, {"code": WRONG})
        assert answer.status_code == 422
        assert f"Il reste {left} essai" in answer.text
    for typed in (WRONG, figures, WRONG):
        answer = browser.post(page, {"code": typed})
        assert answer.status_code == 410
        assert "cinq codes faux" in answer.text
    assert browser.get(link.get_absolute_url()).status_code == 410
    assert told() == {(sender, "link_blocked")}
    blocked = f"/links/{link.pk}/blocked/"
    assert link.email in as_member(sender).get(blocked).text
    assert as_member(MembershipFactory(organisation=sender.organisation)).get(blocked).status_code == 404
    assert browser.post(f"/links/{link.pk}/code/send/", follow=True).status_code == 410
    assert LinkCode.objects.count() == 1


def test_a_right_one_begins_the_tries_anew(asked, link, sent):
    browser, page = asked
    figures = sent()
    for _try in range(4):
        browser.post(page, {"code": WRONG})
    assert browser.post(page, {"code": figures}).status_code == 302
    link.refresh_from_db()
    assert (link.code_tries, link.blocked_at) == (0, None)


def test_another_code_does_not_give_other_tries(asked, link, sent):
    browser, page = asked
    sent()
    for _try in range(4):
        browser.post(page, {"code": WRONG})
    with later(minutes=2):
        browser.post(f"{page}send/")
        sent()
        assert browser.post(page, {"code": WRONG}).status_code == 410


def test_a_newer_code_replaces_the_one_before(asked, link, sent):
    browser, page = asked
    first = sent()
    with later(minutes=2):
        browser.post(f"{page}send/")
        second = sent()
        if first != second:
            assert browser.post(page, {"code": first}).status_code == 422
        assert browser.post(page, {"code": second}).status_code == 302


def test_after_ten_minutes_it_serves_no_more_and_is_no_try(asked, link, sent):
    browser, page = asked
    figures = sent()
    with later(minutes=10, seconds=1):
        answer = browser.post(page, {"code": figures})
    assert answer.status_code == 422
    assert "trop ancien" in answer.text
    link.refresh_from_db()
    assert link.code_tries == 0


def test_codes_are_sent_once_a_minute_and_five_times_an_hour(asked, link):
    with pytest.raises(codes.TooManyCodes):
        codes.send_code(link)
    now = clock.now()
    for number in range(1, 5):
        with clock.at(now + datetime.timedelta(minutes=2 * number)):
            codes.send_code(link)
    with later(minutes=20), pytest.raises(codes.TooManyCodes):
        codes.send_code(link)
    with later(hours=2):
        codes.send_code(link)
    assert LinkCode.objects.filter(spent_at=None).count() == 1


def test_a_code_that_is_too_old_is_not_sent(asked, mailoutbox):
    with later(minutes=11):
        tasks.send()
    assert not mailoutbox


def test_a_dead_mail_server_loses_no_code(asked, settings, sent, link):
    browser, page = asked
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tasks.send()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()  # which knows for a minute that the server is away
    with later(minutes=2):
        assert browser.post(page, {"code": sent()}).status_code == 302


def test_where_no_code_is_asked_for_there_is_no_page_of_one(opened, monkeypatch):
    monkeypatch.setitem(PURPOSES, INVITE.name, INVITE)
    link = PersonalLinkFactory()
    browser, _page = opened(link)
    assert browser.get(f"/links/{link.pk}/code/").status_code == 410
    assert not PersonalLink.objects.get().code_tries

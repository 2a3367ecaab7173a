"""A personal link: its secret is nowhere but in the mail, a look at it does nothing, and each end has its page."""

import datetime
import logging

import pytest
from django.test import Client

from accounts.models import AuditEntry, Membership, Organisation, Role
from common import clock
from common.errors import WrongStatus
from common.queued import JobStatus
from exchange.deliveries import tasks
from exchange.deliveries.actions import send_link
from exchange.models import Delivery, PersonalLink
from exchange.staff import actions
from tests.factories import InvitationFactory, MembershipFactory, PersonalLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    link = PersonalLinkFactory()
    send_link(link)
    return link


def test_the_mail_holds_what_the_database_does_not(link, work, secret_in, mailoutbox):
    work()
    secret = secret_in(mailoutbox[0])
    assert (mailoutbox[0].to, Delivery.objects.get().status) == ([link.email], JobStatus.READY)
    assert len(secret) >= 43
    assert secret not in str(PersonalLink.objects.values().get())
    assert PersonalLink.objects.known_by(secret) == link


def test_the_secret_leaves_the_address_with_the_form(opened, link):
    browser, page = opened(link)
    assert page == f"/links/{link.pk}/invitation/"
    assert "Dominique" in browser.get(page).text
    assert link.digest is None or link.digest not in str(dict(browser.session))


def test_no_line_of_the_log_holds_it(client, link, caplog):
    caplog.set_level(logging.DEBUG)
    secret = link.new_secret()
    client.post("/links/", {"secret": secret})
    client.post("/links/", {"secret": secret[:20]})
    client.get(link.get_absolute_url() + "nowhere/")
    assert secret[:20] not in caplog.text


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_program_that_looks_at_mail_changes_nothing(opened, link, method):
    browser, page = opened(link)
    for address in ("/links/", page):
        assert getattr(browser, method)(address).status_code == 200
    link.refresh_from_db()
    assert (link.uses, link.subject.membership) == (0, None)
    assert Membership.objects.filter(user__email=link.email).count() == 0


def test_each_look_is_written_down(opened, link):
    browser, page = opened(link)
    browser.get(page)
    entry = AuditEntry.objects.get(route="exchange:invitation_answer")
    assert (entry.by, entry.subject_ids) == (None, [str(link.pk)])


def test_who_has_not_shown_the_secret_finds_nothing(opened, link):
    browser, page = opened(link)
    assert Client().get(page).status_code == 404
    assert browser.get(PersonalLinkFactory().get_absolute_url()).status_code == 404


def test_two_links_in_one_browser_stay_apart(opened, link):
    other = PersonalLinkFactory()
    browser, page = opened(link)
    opened(other, browser)
    assert link.subject.organisation.name in browser.get(page).text
    assert other.subject.organisation.name in browser.get(other.get_absolute_url()).text


@pytest.mark.parametrize("cut", [lambda s: s[:-1], lambda s: s[:20], lambda s: "x"])
def test_a_link_that_was_cut_says_so_and_takes_the_whole_one(client, link, cut):
    secret = link.new_secret()
    answer = client.post("/links/", {"secret": cut(secret)})
    assert answer.status_code == 422
    assert "coupé" in answer.text
    wrapped = f"http://testserver/links/#{secret[:30]}\r\n {secret[30:]}"
    assert client.post("/links/", {"secret": wrapped}).url == link.get_absolute_url()


def expired(link):
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=clock.now())


def used(link):
    PersonalLink.objects.filter(pk=link.pk).update(uses=1)


def withdrawn(link):
    actions.revoke(link.subject, by=link.subject.invited_by)


def replaced(link):
    actions.resend(link.subject, by=link.subject.invited_by)


def organisation_closed(link):
    Organisation.objects.filter(pk=link.subject.organisation_id).update(is_active=False)


@pytest.mark.parametrize("end", [expired, used, withdrawn, replaced, organisation_closed])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_end_has_its_page_before_and_after_it_was_opened(opened, link, end, language):
    browser, page = opened(link)
    browser.post("/language/", {"language": language})
    end(link)
    told = browser.get(page)
    assert told.status_code == 410
    assert browser.post(page).status_code == 410
    assert (
        told.context["because"]
        == {
            expired: "expired",
            used: "used",
            withdrawn: "revoked",
            replaced: "revoked",
            organisation_closed: "void",
        }[end]
    )
    assert f'lang="{language}"' in told.text
    assert not Membership.objects.filter(user__email=link.email).exists()
    again, page = opened(link, Client())
    assert again.get(page).status_code == 410


def test_a_use_too_many_is_refused_under_every_race(link):
    member = MembershipFactory()
    link.use(by=member)
    with pytest.raises(WrongStatus):
        link.use(by=member)


def test_guessing_waits_and_a_right_link_does_not_count(client, link):
    secret = link.new_secret()
    for _try in range(40):
        assert client.post("/links/", {"secret": secret}).status_code == 302
    for _try in range(30):
        client.post("/links/", {"secret": "x" * 43})
    answer = client.post("/links/", {"secret": secret})
    assert answer.status_code == 422
    assert "Attendez" in answer.text
    with clock.at(clock.now() + datetime.timedelta(hours=2)):
        assert client.post("/links/", {"secret": secret}).status_code == 302


def test_a_dead_mail_server_loses_no_mail_and_tells_who_invited(
    as_member, work, settings, mailoutbox, secret_in
):
    director = MembershipFactory(role=Role.DIRECTOR)
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=director))
    send_link(link)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    work()
    assert "Le courriel part" in as_member(director).get("/staff/").text
    with clock.at(clock.now() + datetime.timedelta(days=5)):
        Delivery.objects.update(tries=len(Delivery.PAUSES))
        tasks.cache.clear()
        work()
    assert "Le courriel n’a pas pu partir" in as_member(director).get("/staff/").text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.cache.clear()
    as_member(director).post(f"/staff/invitations/{link.subject_id}/resend/")
    work()
    assert PersonalLink.objects.known_by(secret_in(mailoutbox[0])).closed_because == ""


def test_nobody_is_written_to_once_it_is_withdrawn(link, work, mailoutbox):
    withdrawn(link)
    work()
    assert not mailoutbox


def test_the_broker_hears_an_id_alone(monkeypatch, django_capture_on_commit_callbacks):
    rung = []
    monkeypatch.setattr(tasks.send_one, "apply_async", lambda arguments, **options: rung.append(arguments))
    with django_capture_on_commit_callbacks(execute=True):
        send_link(PersonalLinkFactory())
    assert rung == [(str(Delivery.objects.get().pk),)]


def test_a_mail_that_is_written_again_is_another_message(link, work, settings, postman):
    """It holds another secret: who reads mail must not be shown the first one alone."""
    postman.answer = "421 Going down"
    work()
    postman.answer = "250 OK"
    tasks.cache.clear()
    with clock.at(clock.now() + datetime.timedelta(minutes=2)):
        work()
    assert len(set(postman.ids)) == 2

"""What could not be delivered: whose, which kind, since when, why, and never what it says."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts import letters
from accounts.models import Kind, Role
from common.queued import JobStatus
from exchange.deliveries import tasks
from exchange.deliveries.actions import send_letter, send_link
from exchange.models import Delivery, Notice, PersonalLink
from tests.factories import InvitationFactory, MembershipFactory, NoticeFactory, PersonalLinkFactory

pytestmark = pytest.mark.django_db
LIST = "/staff/undelivered/"


@pytest.fixture
def undelivered(delivery, agent, postman):
    """To an agent; `lead` comes later."""
    postman.answer = "550 No such person"
    tasks.send()
    return Delivery.objects.get()


@pytest.fixture
def administrator():
    return MembershipFactory(role=Role.ADMINISTRATOR, organisation__kind=Kind.OTHER)


def test_who_runs_the_staff_sees_whose_and_why_and_not_what(as_member, undelivered, lead):
    page = as_member(lead).get(LIST)
    assertContains(page, undelivered.notice.member.user.last_name)
    assertContains(page, "Le serveur de courriel refuse ce message ou son adresse.")
    assertNotContains(page, "orientation est arrivée")
    assertContains(as_member(lead).get("/staff/"), LIST)


def test_others_are_not_told(as_member, agent, counsellor, undelivered):
    assert as_member(agent).get(LIST).status_code == 403
    director = MembershipFactory(role=Role.DIRECTOR, organisation=counsellor.organisation)
    page = as_member(director).get(LIST)
    assertContains(page, "Tout a été distribué")
    assertNotContains(as_member(director).get("/staff/"), LIST)
    assert as_member(director).post(f"{LIST}{undelivered.pk}/again/").status_code == 404


def test_the_administrator_sees_all_that_somebody_looks_after(as_member, administrator, undelivered):
    assertContains(as_member(administrator).get(LIST), undelivered.notice.member.user.last_name)
    assertContains(as_member(administrator).get("/"), LIST)


def test_sent_again_it_leaves_once_for_two_clicks(as_member, undelivered, lead, postman):
    postman.answer = "250 OK"
    for status in (302, 404):
        assert as_member(lead).post(f"{LIST}{undelivered.pk}/again/").status_code == status
    tasks.send()
    tasks.send()
    assert len(postman.messages) == 2, "the first was refused"
    assertContains(as_member(lead).get(LIST), "Tout a été distribué")


def test_each_kind_has_its_words(as_member, undelivered, lead, postman):
    send_link(PersonalLinkFactory(subject=InvitationFactory(invited_by=lead)))
    letters.write(letters.RESET, lead.user.email)
    tasks.send()
    page = as_member(lead).get(LIST)
    for words in ("Notification", "Invitation", "À propos du compte", lead.user.email.split("@")[0]):
        assertContains(page, words)
    assert Delivery.objects.filter(status=JobStatus.FAILED).count() == 3


def test_a_link_of_nobody_on_the_staff_is_shown_to_nobody(as_member, administrator, lead, monkeypatch):
    """It may be a young person's."""
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=lead))
    monkeypatch.setattr(
        PersonalLink, "kind", link.kind.__class__(**{**vars(link.kind), "organisation": None})
    )
    send_link(link)
    Delivery.objects.filter(link=link).update(status=JobStatus.FAILED)
    for member in (administrator, lead):
        assertNotContains(as_member(member).get(LIST), link.email)


def test_the_list_costs_the_same_for_one_and_for_many(as_member, lead, django_assert_num_queries):
    def fail(count):
        for notice in NoticeFactory.create_batch(count, member=lead):
            failed = {"status": JobStatus.FAILED, "organisation": lead.organisation}
            Delivery.objects.create(notice=notice, **failed)

    fail(1)
    browser = as_member(lead)
    with django_assert_num_queries(5):  # session, person, membership, bell; deliveries
        browser.get(LIST)
    fail(19)
    with django_assert_num_queries(5):
        browser.get(LIST)


def test_a_kind_that_is_told_no_more_breaks_neither_list_nor_bell_nor_mail(
    as_member, delivery, agent, mailoutbox
):
    Notice.objects.update(kind="retired")
    browser = as_member(agent)
    assertContains(browser.get("/notices/"), "Quelque chose a été fait qui vous concerne.")
    assert browser.get(f"/notices/{delivery.notice_id}/").url == "/notices/"
    tasks.send()
    assert "Quelque chose a été fait" in mailoutbox[0].subject


def test_a_letter_asked_for_again_is_one_row(lead, mailoutbox):
    letters.write(letters.RESET, lead.user.email)
    letter = Delivery.objects.get().letter
    for _time in range(3):
        send_letter(letter)
    tasks.send()
    assert len(mailoutbox) == Delivery.objects.count() == 1

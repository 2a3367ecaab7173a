"""The bell and its list: one's own, read once, each leading to its record."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common import clock
from exchange.deliveries import tasks
from exchange.deliveries.models import MOST_UNREAD
from exchange.models import Notice
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db
LIST = "/notices/"


@pytest.fixture
def notice(delivery):
    return delivery.notice


def open_address(notice):
    return reverse("exchange:notice_open", args=[notice.pk])


def test_the_bell_counts_what_is_not_read(as_member, notice, agent, lead):
    assertContains(as_member(agent).get("/"), "1 non lue")
    assertContains(as_member(lead).get("/"), "aucune non lue")


def test_the_bell_counts_no_further_than_it_tells(notice, agent):
    NoticeFactory.create_batch(MOST_UNREAD + 5, member=agent)
    assert Notice.objects.visible_to(agent).unread_count() == MOST_UNREAD + 1


def test_opening_one_marks_it_as_read_and_leads_to_its_record(as_member, notice, agent, referral):
    browser = as_member(agent)
    assertContains(browser.get(LIST), "Nouveau")
    answer = browser.post(open_address(notice))
    assert answer.url == referral.get_absolute_url()
    assert browser.get(answer.url).status_code == 200
    assertNotContains(browser.get(LIST), "Nouveau")


def test_the_link_in_a_mail_changes_nothing(as_member, notice, agent, referral):
    assert as_member(agent).get(open_address(notice)).url == referral.get_absolute_url()
    assert Notice.objects.unread().count() == 1


def test_nobody_opens_or_reads_what_another_is_told(
    as_member, notice, agent, lead, counsellor, stranger_agent
):
    for other in (lead, counsellor, stranger_agent):
        assert as_member(other).post(open_address(notice)).status_code == 404
        as_member(other).post("/notices/read/")
        assertContains(as_member(other).get(LIST), "Rien à vous dire")
    assert Notice.objects.unread().count() == 1
    as_member(agent).post("/notices/read/")
    assert not Notice.objects.unread().exists()


def test_reading_twice_is_reading_once(as_member, notice, agent):
    browser = as_member(agent)
    browser.post(open_address(notice))
    first = Notice.objects.get().read_at
    browser.post(open_address(notice))
    browser.post("/notices/read/")
    assert Notice.objects.get().read_at == first


def test_one_is_marked_as_read_without_being_opened_and_the_list_stays_as_asked_for(
    as_member, notice, agent, lead
):
    browser, address = as_member(agent), reverse("exchange:notice_read", args=[notice.pk])
    assert as_member(lead).post(address).status_code == 404
    assertContains(browser.get(LIST, {"unread": "true"}), f"{address}?unread=true")
    answer = browser.post(f"{address}?unread=true", follow=True)
    assert answer.redirect_chain == [(f"{LIST}?unread=true", 302)]
    assertContains(answer, "Tout est lu")
    assertNotContains(browser.get(LIST), "Nouveau")


def test_the_unread_are_shown_alone_and_those_of_one_kind(as_member, agent):
    NoticeFactory(member=agent, kind="referral_decline")
    NoticeFactory(member=agent, kind="referral_stop", read_at=clock.now())
    browser = as_member(agent)
    assertNotContains(browser.get(LIST, {"unread": "true"}), "arrêtée")
    assertContains(browser.get(LIST, {"unread": "true"}), "Non lues (1)")
    assertContains(browser.get(LIST, {"kind": "referral_stop"}), "arrêtée")
    assertNotContains(browser.get(LIST, {"kind": "referral_stop"}), "refusée")
    assert browser.get(LIST, {"kind": "made up", "unread": "maybe"}).status_code == 200


def test_a_hundred_unread_are_paged(as_member, agent):
    NoticeFactory.create_batch(110, member=agent)
    page = as_member(agent).get(LIST, {"unread": "true"})
    assertContains(page, "Non lues (99+)")
    seen = set()
    while True:
        seen |= {notice.pk for notice in page.context["page"].rows}
        if not (following := page.context["page"].next_url):
            break
        page = as_member(agent).get(following)
    assert len(seen) == 110, "the next pages are the unread's too"


def test_what_a_date_brought_leads_to_its_record(as_member, agent, referral, counsellor):
    referral.send(by=counsellor)
    notice = Notice.objects.create(
        member=agent, kind="referral_late", record_id=referral.pk, occasion="2026-03-02+1"
    )
    assertContains(as_member(agent).get(LIST), "en retard")
    assert as_member(agent).post(open_address(notice)).url == referral.get_absolute_url()


def test_a_record_that_may_be_seen_no_more_says_nothing(as_member, stranger_agent, referral):
    """Whoever was told once: opening asks again."""
    notice = Notice.objects.create(
        member=stranger_agent, kind="referral_late", record_id=referral.pk, occasion="2026-03-02+1"
    )
    browser = as_member(stranger_agent)
    assert browser.get(browser.post(open_address(notice)).url).status_code == 404


def test_several_of_one_sentence_are_told_apart_on_the_screen_and_not_in_the_mail(
    as_member, notice, agent, referral, mailoutbox
):
    assertContains(as_member(agent).get(LIST), f"Orientation {referral.number}")
    tasks.send()
    assert referral.number not in mailoutbox[0].body.partition("http")[0]


@pytest.mark.parametrize("values", [{"record_id": None}, {"occasion": ""}, {"event": True}])
def test_a_notice_is_of_an_act_or_of_an_occasion(agent, values):
    if values.get("event"):
        values["event"] = NoticeFactory().event
    whole = {"record_id": agent.pk, "occasion": "2026-03-02"} | values
    with pytest.raises(IntegrityError):
        Notice.objects.create(member=agent, kind="referral_late", **whole)


def test_the_record_asks_for_its_rights_again(as_member, notice, agent, agreement, referral, counsellor):
    """The case stays readable; the person is closed once the agreement is over."""
    with clock.at(agreement.ends_on + clock.ONE_DAY):
        page = as_member(agent).get(as_member(agent).post(open_address(notice)).url)
    assertNotContains(page, "Benali")


def test_the_list_costs_the_same_for_1_row_and_20(as_member, notice, agent, django_assert_num_queries):
    browser = as_member(agent)
    browser.get(LIST)
    with django_assert_num_queries(5):  # session, user, memberships, notices, bell
        browser.get(LIST)
    NoticeFactory.create_batch(19, member=agent)
    with django_assert_num_queries(5):
        browser.get(LIST)

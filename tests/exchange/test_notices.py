"""The bell and its list: one's own, read once, each leading to its record."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common import clock
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

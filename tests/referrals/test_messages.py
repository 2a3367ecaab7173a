"""What both sides write to each other about a referral: while the access is open, then nothing for the partner."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Event, Membership, Role
from common import clock
from common.errors import Stale
from exchange.models import Delivery, Message, Notice
from exchange.threads.actions import Closed, say
from exchange.threads.models import LONGEST
from partnerships.models import Agreement
from referrals.models import DeclineReason, Outcome, Referral
from referrals.workflow import Status
from tests.factories import (
    AgreementFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnerFactory,
    ReferralFactory,
)
from youths.models import Youth


@pytest.fixture
def referral(youth, agent, agreement, counsellor):
    return ReferralFactory(
        sender=youth.organisation,
        recipient=agent.organisation,
        youth=youth,
        author=counsellor,
        agreement=agreement,
        status=Status.UNDER_WAY,
    )


def page_of(referral, more="messages/"):
    return f"/referrals/{referral.pk}/{more}"


def typed(**changes):
    return {"record_id": str(uuid.uuid4()), "text": "Rendez-vous mardi à 14 h ?"} | changes


def said(referral, by, text="Bonjour.", **changes) -> Message:
    return say(Message(text=text, **changes), on=referral, by=by)


def texts(page) -> list[str]:
    return [message.text for message in page.context["thread"]["said"]]


def read_by(member) -> set[Message]:
    return set(Message.objects.visible_to(member))


# Both sides.


def test_each_side_writes_and_the_other_reads(as_member, referral, counsellor, agent):
    for one, other in ((counsellor, agent), (agent, counsellor)):
        sent = as_member(one).post(page_of(referral), typed(text=f"De {one.organisation}"))
        assert sent.url == f"{page_of(referral, '')}#messages"
        page = as_member(other).get(page_of(referral, ""))
        assert texts(page)[-1] == f"De {one.organisation}"
        assert str(one) in page.content.decode()
    written = Event.objects.filter(subject_type="exchange.message")
    assert set(written.values_list("verb", "about_id")) == {("created", referral.youth_id)}


def test_what_is_shown_is_written_down(as_member, referral, counsellor, agent):
    message = said(referral, counsellor)
    for more in ("", "messages/"):
        as_member(agent).get(page_of(referral, more))
    entries = AuditEntry.objects.filter(by=agent, subject_type="exchange.message")
    assert [entry.subject_ids for entry in entries] == [[str(message.pk)]] * 2


def test_a_double_click_sends_one(as_member, referral, agent):
    body = typed()
    for _ in range(2):
        assert as_member(agent).post(page_of(referral), body).status_code == 302
    assert Message.objects.count() == 1
    with pytest.raises(Stale):
        said(referral, agent, "Autre chose.", id=uuid.UUID(body["record_id"]))


@pytest.mark.parametrize(("text", "word"), [("  \r\n ", "obligatoire"), ("é" * (LONGEST + 1), "4000")])
def test_what_cannot_be_sent_is_said_beside_it_and_kept(as_member, referral, agent, text, word):
    page = as_member(agent).post(page_of(referral), typed(text=text))
    assert page.status_code == 422
    assert word in " ".join(page.context["form"].errors["text"])
    assert page.context["form"]["text"].value() == text
    assert not Message.objects.exists()


def test_line_ends_count_once_as_the_browser_counts_them(referral, agent):
    message = said(referral, agent, "a\r\n" * (LONGEST // 2))
    assert message.text == ("a\n" * (LONGEST // 2)).strip()


def test_a_message_stays_as_it_was_written(referral, agent):
    message = said(referral, agent)
    with pytest.raises(TypeError):
        message.write(text="Autre.")


def test_two_hundred_are_read_page_by_page_in_the_order_of_time(as_member, referral, agent):
    start = clock.now() - datetime.timedelta(days=1)
    Message.objects.bulk_create(
        Message(
            subject_type="referrals.referral",
            subject_id=referral.pk,
            author=agent,
            text=f"Message {number}",
            created_at=start + datetime.timedelta(minutes=number),
        )
        for number in range(200)
    )
    browser, read, url = as_member(agent), [], page_of(referral)
    assert texts(browser.get(page_of(referral, ""))) == [f"Message {number}" for number in range(195, 200)]
    while url:
        page = browser.get(url).context["page"]
        read = [message.text for message in page] + read
        url = page.next_url
    assert read == [f"Message {number}" for number in range(200)]


def test_a_page_costs_the_same_for_one_and_for_twenty(as_member, referral, agent, counsellor):
    browser = as_member(agent)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(page_of(referral))
        return len(asked)

    said(referral, agent)
    queries()  # who signs in, and what is prepared once
    one = queries()
    for number in range(19):
        said(referral, counsellor if number % 2 else agent, f"Message {number}")
    assert queries() == one


# Who reads, and until when.


@pytest.fixture
def beside(youth, mission_locale):
    """An agent of a second partner that works with the same young person."""
    partner = PartnerFactory()
    agreement = AgreementFactory(lead_organisation=mission_locale, between=[mission_locale, partner])
    ReferralFactory(
        sender=mission_locale, recipient=partner, youth=youth, agreement=agreement, status=Status.UNDER_WAY
    )
    return MembershipFactory(organisation=partner, role=Role.AGENT)


def test_nobody_else_reads(
    as_member,
    referral,
    agent,
    beside,
    stranger_agent,
    stranger_counsellor,
    reception,
    volunteer,
    network,
    administrator,
):
    """Not even who works with the same young person, or for a sister of the partner."""
    said(referral, agent)
    sister = OrganisationFactory(kind=agent.organisation.kind, parent=agent.organisation.parent)
    agency = MembershipFactory(organisation=sister, role=Role.LEAD)
    outsiders = (beside, agency, stranger_agent, stranger_counsellor)
    for member in (*outsiders, reception, volunteer, network, administrator):
        assert read_by(member) == set()
        with pytest.raises(Closed):
            said(referral, member)
        assert as_member(member).post(page_of(referral), typed()).status_code == 404


def test_of_two_referrals_of_one_person_each_has_its_own(referral, beside, agent, counsellor, youth):
    other = Referral.objects.get(recipient=beside.organisation)
    here, there = said(referral, counsellor, "À vous."), said(other, counsellor, "À eux.")
    assert read_by(agent) == {here}
    assert read_by(beside) == {there}
    assert read_by(counsellor) == {here, there}


def test_an_earlier_referral_to_the_same_partner_stays_closed(referral, agent, counsellor, agreement):
    """The same person is sent there again: the access that opens is not the one that had closed."""
    message = said(referral, counsellor)
    referral.complete(by=agent, outcome=Outcome.WORK)
    again = ReferralFactory(
        sender=referral.sender,
        recipient=referral.recipient,
        youth=referral.youth,
        agreement=agreement,
        status=Status.ACCEPTED,
    )
    assert message not in read_by(agent)
    assert said(again, agent) in read_by(agent)


def completed(referral, agent):
    Referral.objects.get(pk=referral.pk).complete(by=agent, outcome=Outcome.WORK)


def opposed(referral, agent):
    Youth.objects.filter(pk=referral.youth_id).update(opposed_at=clock.now())


def agreement_ended(referral, agent):
    ended = {"signed_on": "2020-01-01", "starts_on": "2020-01-01", "ends_on": "2021-12-31"}
    Agreement.objects.filter(pk=referral.agreement_id).update(**ended)


@pytest.mark.parametrize("end", [completed, opposed, agreement_ended])
def test_once_the_access_is_closed_nothing_is_left_for_the_partner(
    end, as_member, referral, counsellor, agent
):
    said(referral, agent, "Il vient mardi.")
    end(referral, agent)
    assert read_by(agent) == set()
    browser = as_member(agent)
    assert browser.get(page_of(referral)).status_code == 404
    assert "mardi" not in browser.get(page_of(referral, "")).content.decode()
    assert len(read_by(counsellor)) == 1
    page = as_member(counsellor).get(page_of(referral, ""))
    assert texts(page) == ["Il vient mardi."]
    assert page.context["thread"]["form"] is None


@pytest.mark.parametrize("end", [completed, opposed, agreement_ended])
@pytest.mark.parametrize("who", ["agent", "counsellor"])
def test_what_comes_too_late_is_refused_and_stays_to_be_copied(request, who, end, as_member, referral, agent):
    said(referral, agent, "Il vient mardi.")
    end(referral, agent)
    page = as_member(request.getfixturevalue(who)).post(page_of(referral), typed(text="Trop tard."))
    assert page.status_code == 422
    assert page.context["form"]["text"].value() == "Trop tard."
    assert "fermée" in " ".join(page.context["form"].non_field_errors())
    assert ("mardi" in page.content.decode()) == (who == "counsellor")
    assert Message.objects.count() == 1


def test_whoever_has_left_reads_no_more(referral, agent, lead):
    message = said(referral, agent)
    yesterday = clock.today() - clock.ONE_DAY
    Membership.objects.filter(pk=agent.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert read_by(Membership.objects.get(pk=agent.pk)) == set()
    assert read_by(lead) == {message}
    with pytest.raises(Closed):
        said(referral, Membership.objects.get(pk=agent.pk))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DECLINED, Status.CANCELLED])
def test_nobody_writes_where_nothing_is_shared(as_member, agreement, youth, counsellor, partner, status):
    referral = ReferralFactory(
        sender=youth.organisation, recipient=partner, youth=youth, agreement=agreement, status=status
    )
    with pytest.raises(Closed):
        said(referral, counsellor)
    assert "Messages" not in as_member(counsellor).get(page_of(referral, "")).content.decode()


def test_a_letter_has_no_conversation(youth, counsellor):
    letter = ReferralFactory(sender=youth.organisation, youth=youth, by_letter=True)
    with pytest.raises(Closed):
        said(letter, counsellor)


# Who is told.


def told() -> set:
    return {(notice.member, notice.kind) for notice in Notice.objects.select_related("member")}


def test_the_other_side_is_told_and_led_to_the_referral(referral, counsellor, colleague, agent, lead):
    said(referral, counsellor, "Il vient mardi.")
    assert told() == {(agent, "referral_message"), (lead, "referral_message")}
    notice = Notice.objects.filter(member=agent).get()
    assert notice.address == page_of(referral, "")
    assert Delivery.objects.count() == 2
    assert "mardi" not in str(notice.sentence)
    said(referral, agent)
    assert (counsellor, "referral_message") in told()
    assert colleague not in {member for member, _kind in told()}


def test_the_referent_of_today_is_told_besides_the_author(referral, counsellor, colleague, director, agent):
    referral.youth.follow_up.hand_over(to=colleague, by=director, reason="Congé.")
    said(referral, agent)
    assert {(counsellor, "referral_message"), (colleague, "referral_message")} <= told()


def test_what_is_refused_tells_nobody(referral, agent):
    referral.stop(by=agent, outcome=Outcome.DROPPED)
    before = told()
    with pytest.raises(Closed):
        said(referral, agent)
    assert told() == before


def test_the_decline_of_a_sent_one_closes_it(agreement, youth, counsellor, partner, agent):
    referral = ReferralFactory(
        sender=youth.organisation, recipient=partner, youth=youth, author=counsellor, agreement=agreement
    )
    said(referral, agent, "Une question d’abord.")
    referral.decline(by=agent, reason=DeclineReason.NO_PLACE)
    with pytest.raises(Closed):
        said(referral, counsellor)

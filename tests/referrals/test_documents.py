"""Documents on a referral: both sides while the access is open, then nothing of the person for the partner."""

import uuid

import pytest

from accounts.models import AuditEntry, Event, Role
from common import clock
from exchange.models import Document
from referrals.models import Outcome, Referral
from referrals.workflow import Status
from tests import papers
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    MembershipFactory,
    PartnerFactory,
    ReferralFactory,
)
from youths.models import Youth


@pytest.fixture
def referral(youth, agent, agreement):
    return ReferralFactory(
        sender=youth.organisation,
        recipient=agent.organisation,
        youth=youth,
        agreement=agreement,
        status=Status.UNDER_WAY,
    )


@pytest.fixture
def beside(youth, mission_locale):
    """An agent of a second partner that works with the same young person."""
    partner = PartnerFactory()
    agreement = AgreementFactory(lead_organisation=mission_locale, between=[mission_locale, partner])
    ReferralFactory(
        sender=mission_locale, recipient=partner, youth=youth, agreement=agreement, status=Status.UNDER_WAY
    )
    return MembershipFactory(organisation=partner, role=Role.AGENT)


def page_of(referral, more=""):
    return f"/referrals/{referral.pk}/{more}"


def typed(**changes):
    values = {"record_id": str(uuid.uuid4()), "kind": "report", "audience": "both", "title": "Bilan d’étape"}
    return values | {"file": papers.sent(papers.PDF)} | changes


def titles(browser, referral) -> list[str]:
    return [document.title for document in browser.get(page_of(referral)).context["documents"]]


def test_each_side_adds_and_the_other_reads(as_member, referral, counsellor, agent):
    for one, other in ((counsellor, agent), (agent, counsellor)):
        sent = as_member(one).post(page_of(referral, "documents/new/"), typed(title=f"De {one.pk}"))
        assert sent.url == page_of(referral)
        assert f"De {one.pk}" in titles(as_member(other), referral)
    added = Event.objects.filter(subject_type="exchange.document")
    assert set(added.values_list("about_id", flat=True)) == {referral.youth_id}


def test_neither_another_partner_nor_a_stranger_reads(
    referral, agent, beside, stranger_agent, stranger_counsellor, reception, volunteer, network
):
    document = DocumentFactory(to=referral, author=agent, kind="report", audience="both")
    for member in (beside, stranger_agent, stranger_counsellor, reception, volunteer, network):
        assert not Document.objects.visible_to(member).filter(pk=document.pk).exists()


def completed(referral, agent):
    referral.complete(by=agent, outcome=Outcome.WORK)


def opposed(referral, agent):
    Youth.objects.filter(pk=referral.youth_id).update(opposed_at=clock.now())


def agreement_ended(referral, agent):
    type(referral.agreement).objects.filter(pk=referral.agreement_id).update(
        signed_on="2020-01-01", starts_on="2020-01-01", ends_on="2021-12-31"
    )


@pytest.mark.parametrize("end", [completed, opposed, agreement_ended])
def test_once_the_access_is_closed_nothing_is_left_for_the_partner(
    end, as_member, referral, counsellor, agent
):
    document = DocumentFactory(to=referral, author=agent, kind="report", audience="both", title="Bilan")
    browser = as_member(agent)
    assert titles(browser, referral) == ["Bilan"]
    end(Referral.objects.get(pk=referral.pk), agent)
    page = browser.get(page_of(referral))
    assert page.context["documents"] == []
    assert "Bilan" not in page.content.decode()
    for address in (document.get_absolute_url(), f"/documents/{document.pk}/replace/"):
        assert browser.get(address).status_code == 404
    assert browser.post(page_of(referral, "documents/new/"), typed()).status_code == 404
    assert titles(as_member(counsellor), referral) == ["Bilan"]


def test_the_partner_is_shown_beside_what_the_file_shares_with_it(as_member, referral, counsellor, agent):
    shared = DocumentFactory(to=referral.youth, author=counsellor, title="CV", audience="shared")
    DocumentFactory(to=referral.youth, author=counsellor, title="Interne", audience="structure")
    browser = as_member(agent)
    assert titles(browser, referral) == []
    referral.share.write(shows_accompaniments=True)
    page = browser.get(page_of(referral))
    assert [[one.title, one.may_be_replaced] for one in page.context["documents"]] == [["CV", False]]
    assert browser.get(f"/documents/{shared.pk}/replace/").status_code == 403


def test_who_downloads_is_written_down_with_the_young_person(as_member, referral, agent):
    document = DocumentFactory(to=referral, author=agent, kind="report", audience="both")
    papers.content_of(as_member(agent).get(document.get_absolute_url()))
    entry = AuditEntry.objects.get(route="exchange:document_file", subject_type="youths.youth")
    assert entry.subject_ids == [str(referral.youth_id)]

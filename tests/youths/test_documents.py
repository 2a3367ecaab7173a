"""Documents on a young person's file: for the team, the structure, or the partners whose share shows them."""

import uuid

import pytest

from accounts.models import AuditEntry, Role
from common import clock
from exchange.models import Document
from referrals.workflow import Status
from tests import papers
from tests.factories import (
    AgreementFactory,
    DocumentFactory,
    MembershipFactory,
    PartnerFactory,
    ReferralFactory,
    YouthFactory,
)
from youths.actions import end_membership, join_team
from youths.models import Share, Youth


@pytest.fixture
def referral(youth, agent, agreement):
    """To the partner, which is shown what is marked as shared."""
    return referred(youth, agent.organisation, agreement)


@pytest.fixture
def beside(youth, mission_locale):
    """An agent of a second partner of the same young person, which is shown the fields alone."""
    partner = PartnerFactory()
    agreement = AgreementFactory(lead_organisation=mission_locale, between=[mission_locale, partner])
    referred(youth, partner, agreement, shows=False)
    return MembershipFactory(organisation=partner, role=Role.AGENT)


def referred(youth, partner, agreement, shows=True):
    referral = ReferralFactory(
        sender=youth.organisation, recipient=partner, youth=youth, agreement=agreement, status=Status.ACCEPTED
    )
    referral.share.write(shows_accompaniments=shows)
    return referral


def reads(member, document) -> bool:
    return Document.objects.visible_to(member).filter(pk=document.pk).exists()


def status_of(browser, document) -> int:
    answer = browser.get(document.get_absolute_url())
    papers.content_of(answer)
    return answer.status_code


def url_of(youth, page=""):
    return f"/youths/{youth.pk}/documents/{page}"


def typed(**changes):
    values = {"record_id": str(uuid.uuid4()), "kind": "cv", "audience": "structure", "title": ""}
    return values | {"file": papers.sent(papers.PDF, "Mon CV.pdf")} | changes


# Who reads.


def test_the_structure_reads_what_is_for_it(
    youth, counsellor, colleague, director, reception, volunteer, stranger_counsellor, agent, referral
):
    document = DocumentFactory(to=youth, author=counsellor)
    assert all(reads(member, document) for member in (counsellor, colleague, director))
    outsiders = (reception, volunteer, stranger_counsellor, agent)
    assert not any(reads(member, document) for member in outsiders)


def test_the_team_alone_reads_what_is_for_the_team(youth, counsellor, colleague, director, agent, referral):
    document = DocumentFactory(to=youth, author=counsellor, audience="team")
    assert reads(counsellor, document)
    assert not any(reads(member, document) for member in (colleague, director, agent))
    join_team(youth, by=colleague)
    assert reads(colleague, document)


def test_of_two_partners_the_one_whose_share_shows_it_reads_what_is_shared(
    youth, counsellor, agent, referral, beside, stranger_agent
):
    document = DocumentFactory(to=youth, author=counsellor, audience="shared")
    assert reads(agent, document)
    assert not reads(beside, document)
    assert not reads(stranger_agent, document)
    assert not reads(agent, DocumentFactory(to=YouthFactory(), audience="shared"))


def closed(referral):
    referral.share.close()


def opposed(referral):
    Youth.objects.filter(pk=referral.youth_id).update(opposed_at=clock.now())


def erased(referral):
    Youth.objects.filter(pk=referral.youth_id).update(erased_at=clock.now())


def agreement_ended(referral):
    type(referral.agreement).objects.filter(pk=referral.agreement_id).update(
        signed_on="2020-01-01", starts_on="2020-01-01", ends_on="2021-12-31"
    )


def no_longer_shown(referral):
    Share.objects.filter(pk=referral.share_id).update(shows_accompaniments=False)


@pytest.mark.parametrize("end", [closed, opposed, erased, agreement_ended, no_longer_shown])
def test_a_partner_reads_as_long_as_its_share_lets_it(end, as_member, youth, counsellor, agent, referral):
    document = DocumentFactory(to=youth, author=counsellor, audience="shared")
    browser = as_member(agent)
    assert status_of(browser, document) == 200
    end(referral)
    assert status_of(browser, document) == 404


def test_a_partner_reads_no_older_version(youth, counsellor, agent, referral):
    first = DocumentFactory(to=youth, author=counsellor, audience="shared", replaced_at=clock.now())
    newer = DocumentFactory(to=youth, author=counsellor, audience="shared", series=first.series)
    assert (reads(agent, first), reads(agent, newer)) == (False, True)
    assert (reads(counsellor, first), reads(counsellor, newer)) == (True, True)


def test_who_has_left_reads_nothing(as_member, youth, colleague, director):
    document = DocumentFactory(to=youth, author=colleague)
    browser = as_member(colleague)
    assert status_of(browser, document) == 200
    end_membership(colleague, on=clock.today() - clock.ONE_DAY, by=director)
    assert status_of(browser, document) != 200


# The pages.


def test_the_page_lists_current_documents_with_their_older_versions(as_member, youth, counsellor):
    browser = as_member(counsellor)
    assert "Aucun document" in browser.get(url_of(youth)).content.decode()
    first = DocumentFactory(to=youth, author=counsellor, title="CV d’avant", replaced_at=clock.now())
    DocumentFactory(to=youth, author=counsellor, title="CV revu", series=first.series)
    DocumentFactory(to=youth, title="Pour l’équipe d’une autre", audience="elsewhere")
    page = browser.get(url_of(youth))
    assert [[one.title, len(one.older)] for one in page.context["documents"]] == [["CV revu", 1]]
    shown = AuditEntry.objects.filter(subject_type="exchange.document").latest("moment")
    assert str(first.pk) in shown.subject_ids


def test_the_page_costs_the_same_for_1_row_and_20(
    as_member, youth, counsellor, django_assert_num_queries, django_assert_max_num_queries
):
    browser = as_member(counsellor)
    browser.get(url_of(youth))
    DocumentFactory(to=youth, author=counsellor)
    with django_assert_max_num_queries(30) as one:
        browser.get(url_of(youth))
    DocumentFactory.create_batch(19, to=youth, author=counsellor)
    with django_assert_num_queries(len(one)):
        browser.get(url_of(youth))


def test_a_document_is_added_and_called_as_its_file(as_member, youth, counsellor):
    answer = as_member(counsellor).post(url_of(youth, "new/"), typed())
    assert answer.url == url_of(youth)
    document = Document.objects.get()
    assert (document.title, document.author) == ("Mon CV", counsellor)


def test_what_is_wrong_is_said_and_what_was_typed_stays(as_member, youth, counsellor):
    wrong = typed(file=papers.sent(b"MZ a program", "cv.pdf"), title="Mon beau CV")
    answer = as_member(counsellor).post(url_of(youth, "new/"), wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert "Mon beau CV" in answer.content.decode()
    assert as_member(counsellor).post(url_of(youth, "new/"), typed(file="")).status_code == 422
    assert not Document.objects.exists()


def test_nobody_adds_for_a_team_that_is_not_theirs(as_member, youth, colleague):
    browser = as_member(colleague)
    offered = browser.get(url_of(youth, "new/")).context["form"].fields["audience"].choices
    assert [value for value, _label in offered] == ["structure", "shared"]
    assert browser.post(url_of(youth, "new/"), typed(audience="team")).status_code == 422


def test_a_document_is_replaced(as_member, youth, counsellor):
    first = DocumentFactory(to=youth, author=counsellor, title="CV", audience="shared")
    url = f"/documents/{first.pk}/replace/"
    form = as_member(counsellor).get(url).context["form"]
    assert (form["title"].value(), form["audience"].value()) == ("CV", "shared")
    answer = as_member(counsellor).post(url, typed(title="CV revu", audience="shared"))
    assert answer.url == url_of(youth)
    assert Document.objects.on(youth).current().get().title == "CV revu"

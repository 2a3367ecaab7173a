"""Referrals as a file: the case for both sides, the person only while the share is open to who asks."""

import pytest

from accounts.models import AuditEntry
from referrals.workflow import Status
from tests.exchange.files import csv_rows
from tests.factories import PartnerFactory, ReferralFactory

URL = "/referrals/export/"


@pytest.fixture
def referral(youth, counsellor, agreement, partner):
    """Of a young person who is referred to another partner, too."""
    youth.write(phone="06 39 98 01 02", email="yanis@test.example")
    case = {"youth": youth, "author": counsellor, "sender": youth.organisation, "fields": ["phone"]}
    ReferralFactory(**case, recipient=PartnerFactory(name="Un autre"))
    return ReferralFactory(**case, recipient=partner, agreement=agreement)


def row_of(client) -> dict:
    (row,) = csv_rows(client.post(URL))
    return row


def test_the_structure_takes_away_all_that_it_sent(as_member, counsellor, referral):
    rows = csv_rows(as_member(counsellor).post(URL))
    assert {row["Partenaire"] for row in rows} == {"Un autre", "Maison des métiers"}
    assert {row["E-mail"] for row in rows} == {"yanis@test.example"}


def test_the_partner_takes_away_its_own_and_the_fields_shared(as_member, agent, referral):
    row = row_of(as_member(agent))
    assert (row["Nom"], row["Mobile"], row["E-mail"], row["Date de naissance"]) == (
        "Benali",
        "06 39 98 01 02",
        "",
        "",
    )
    audited = {e.subject_type: e.subject_ids for e in AuditEntry.objects.filter(route__endswith="export")}
    assert audited == {
        "referrals.referral": [str(referral.pk)],
        "youths.youth": [str(referral.youth_id)],
    }


def test_a_closed_share_leaves_the_case_alone(as_member, agent, referral):
    referral.share.close()
    row = row_of(as_member(agent))
    assert row["Numéro"] == referral.number
    assert not {"Benali", "Yanis", "06 39 98 01 02"} & set(row.values())


def test_an_agreement_that_ended_leaves_the_case_alone(as_member, agent, director, referral, agreement):
    agreement.denounce(by=director, closed_on=agreement.starts_on, reason="Fin du projet.")
    assert "Benali" not in row_of(as_member(agent)).values()


def test_somebody_else_finds_nothing(as_member, stranger_agent, stranger_counsellor, referral):
    for stranger in (stranger_agent, stranger_counsellor):
        assert csv_rows(as_member(stranger).post(URL)) == []


@pytest.mark.parametrize("who", ["reception", "network", "volunteer", "administrator"])
def test_who_reads_no_referral_is_refused(as_member, request, referral, who):
    assert as_member(request.getfixturevalue(who)).post(URL).status_code == 403


def test_filters_and_words_are_kept(as_member, agent, referral):
    client = as_member(agent)
    assert csv_rows(client.post(f"{URL}?state=closed")) == []
    assert len(csv_rows(client.post(URL, {"q": "bena"}))) == 1
    assert csv_rows(client.post(URL, {"q": "0639980102"})) == []  # shared, but not searched by


def test_a_draft_is_nobodys_business_but_the_senders(as_member, agent, agreement, mission_locale, partner):
    ReferralFactory(sender=mission_locale, recipient=partner, agreement=agreement, status=Status.DRAFT)
    assert csv_rows(as_member(agent).post(URL)) == []


def test_it_costs_the_same_for_one_and_ten(
    as_member, agent, agreement, mission_locale, partner, django_assert_num_queries
):
    case = {"sender": mission_locale, "recipient": partner, "agreement": agreement}
    client = as_member(agent)
    ReferralFactory(**case)
    with django_assert_num_queries(7):  # session, person, membership; count, rows, shares; audit
        row_of(client)
    ReferralFactory.create_batch(9, **case)
    with django_assert_num_queries(7):
        assert len(csv_rows(client.post(URL))) == 10

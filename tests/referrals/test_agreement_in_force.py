"""A referral stands on an agreement in force that covers both organisations and the young person's site."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Event, Kind
from common import clock
from partnerships.models import Adhesion, Agreement, Party
from partnerships.workflow import Status as AgreementStatus
from referrals.actions import refer
from referrals.models import Informed, Referral
from referrals.models.referral import AgreementNotInForce
from referrals.workflow import Status
from tests.factories import (
    AgreementFactory,
    OrganisationFactory,
    PartnerFactory,
    ReferralFactory,
    SiteFactory,
)
from youths.models import Share, Youth

DAY = datetime.timedelta(days=1)


def new(youth, partner, agreement) -> Referral:
    return Referral(
        youth=youth, recipient=partner, agreement=agreement, motive="Mobilité.", informed=Informed.CALL
    )


def dated(today, start, end, **more):
    return {"status": AgreementStatus.SIGNED, "starts_on": today + start, "ends_on": today + end, **more}


NOT_IN_FORCE = {
    "draft": lambda today: {"status": AgreementStatus.DRAFT, "signed_on": None, "ends_on": None},
    "co-construction": lambda today: {
        "status": AgreementStatus.CO_CONSTRUCTION,
        "signed_on": None,
        "ends_on": None,
    },
    "to be signed": lambda today: {"status": AgreementStatus.TO_SIGN, "signed_on": None, "ends_on": None},
    "begins tomorrow": lambda today: dated(today, DAY, 90 * DAY),
    "ended yesterday": lambda today: dated(today, -90 * DAY, -DAY),
    "denounced from today on": lambda today: {
        **dated(today, -90 * DAY, 90 * DAY),
        "status": AgreementStatus.CLOSED_EARLY,
        "closed_on": today,
        "closing_reason": "Fin.",
    },
    "running off": lambda today: {
        **dated(today, -90 * DAY, 90 * DAY),
        "status": AgreementStatus.CLOSED_EARLY,
        "closed_on": today,
        "closing_reason": "Fin.",
        "run_off_until": today + 30 * DAY,
    },
}
IN_FORCE = {
    "begins today": lambda today: dated(today, 0 * DAY, 90 * DAY),
    "ends today": lambda today: dated(today, -90 * DAY, 0 * DAY),
    "denounced from tomorrow on": lambda today: {
        **dated(today, -90 * DAY, 90 * DAY),
        "status": AgreementStatus.CLOSED_EARLY,
        "closed_on": today + DAY,
        "closing_reason": "Fin.",
    },
    "renewed tacitly": lambda today: dated(
        today, -800 * DAY, 600 * DAY, signed_on=today - 800 * DAY, tacit_renewals=1
    ),
}


def set_to(agreement, values):
    type(agreement).objects.filter(pk=agreement.pk).update(**values)
    agreement.refresh_from_db()


@pytest.mark.parametrize("state", NOT_IN_FORCE)
def test_nobody_is_referred_under_an_agreement_that_is_not_in_force(
    agreement, youth, partner, counsellor, state
):
    usual = {name: getattr(agreement, name) for name in ("status", "signed_on", "starts_on", "ends_on")}
    set_to(agreement, NOT_IN_FORCE[state](clock.today()))
    with pytest.raises(AgreementNotInForce):
        refer(new(youth, partner, agreement), by=counsellor)
    assert not Referral.objects.exists()
    assert not Share.objects.exists()
    assert not Event.objects.filter(verb="send").exists()
    set_to(agreement, {**usual, "closed_on": None, "closing_reason": "", "run_off_until": None})
    assert refer(new(youth, partner, agreement), by=counsellor).status == Status.SENT


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's transactions exclude each other")
def test_nobody_ends_the_agreement_while_a_referral_is_sent_or_accepted(
    agreement, youth, partner, counsellor, agent
):
    held = f'FROM "{Agreement._meta.db_table}"'
    for act in (
        lambda: refer(new(youth, partner, agreement), by=counsellor),
        lambda: Referral.objects.get().accept(by=agent),
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        assert any(held in q["sql"] and "FOR NO KEY UPDATE" in q["sql"] for q in queries)


@pytest.mark.parametrize("state", IN_FORCE)
def test_the_limits_of_the_term_are_in_force(agreement, youth, partner, counsellor, state):
    set_to(agreement, IN_FORCE[state](clock.today()))
    assert refer(new(youth, partner, agreement), by=counsellor).status == Status.SENT


@pytest.mark.parametrize("state", NOT_IN_FORCE)
def test_accepting_checks_again(agreement, youth, partner, counsellor, agent, state):
    referral = refer(new(youth, partner, agreement), by=counsellor)
    usual = {name: getattr(agreement, name) for name in ("status", "signed_on", "starts_on", "ends_on")}
    set_to(agreement, NOT_IN_FORCE[state](clock.today()))
    with pytest.raises(AgreementNotInForce):
        referral.accept(by=agent)
    referral.refresh_from_db()
    assert referral.status == Status.SENT
    set_to(agreement, {**usual, "closed_on": None, "closing_reason": "", "run_off_until": None})
    referral.accept(by=agent)
    assert referral.status == Status.ACCEPTED


@pytest.mark.parametrize("state", ["draft", "ended yesterday", "running off"])
def test_a_partner_still_declines_when_the_agreement_is_over(
    agreement, youth, partner, counsellor, agent, state
):
    referral = refer(new(youth, partner, agreement), by=counsellor)
    set_to(agreement, NOT_IN_FORCE[state](clock.today()))
    referral.decline(by=agent, reason="other")
    assert referral.status == Status.DECLINED


def test_sending_a_draft_checks_again(agreement, youth, partner, counsellor):
    draft = ReferralFactory(
        agreement=agreement,
        youth=youth,
        sender=youth.organisation,
        recipient=partner,
        author=counsellor,
        status=Status.DRAFT,
    )
    set_to(agreement, NOT_IN_FORCE["ended yesterday"](clock.today()))
    with pytest.raises(AgreementNotInForce):
        draft.send(by=counsellor)
    assert not Share.objects.exists()


def test_the_partner_must_be_a_party(agreement, youth, counsellor):
    stranger = PartnerFactory()
    with pytest.raises(AgreementNotInForce):
        refer(new(youth, stranger, agreement), by=counsellor)
    Party.objects.create(agreement=agreement, organisation=stranger)
    assert refer(new(youth, stranger, agreement), by=counsellor).status == Status.SENT


def test_the_site_of_the_young_person_must_be_covered(agreement, youth, partner, counsellor):
    north, south = SiteFactory.create_batch(2, organisation=youth.organisation)
    agreement.parties.get(organisation=youth.organisation).sites.set([north])
    Youth.objects.filter(pk=youth.pk).update(site=south)
    youth.refresh_from_db()
    with pytest.raises(AgreementNotInForce):
        refer(new(youth, partner, agreement), by=counsellor)
    Youth.objects.filter(pk=youth.pk).update(site=north)
    youth.refresh_from_db()
    assert refer(new(youth, partner, agreement), by=counsellor).status == Status.SENT


@pytest.fixture
def for_one_site(agreement, youth):
    """The agreement covers one site of the structure; the young person goes there."""
    site = SiteFactory(organisation=youth.organisation)
    agreement.parties.get(organisation=youth.organisation).sites.set([site])
    Youth.objects.filter(pk=youth.pk).update(site=site)
    youth.refresh_from_db()
    return site


def test_who_goes_to_no_site_is_referred_where_all_are_covered(
    agreement, for_one_site, youth, partner, counsellor
):
    Youth.objects.filter(pk=youth.pk).update(site=None)
    youth.refresh_from_db()
    with pytest.raises(AgreementNotInForce, match="certains sites"):
        refer(new(youth, partner, agreement), by=counsellor)
    agreement.parties.get(organisation=youth.organisation).sites.clear()
    assert refer(new(youth, partner, agreement), by=counsellor).status == Status.SENT


@pytest.mark.parametrize("site_after", ["elsewhere", None])
def test_accepting_asks_for_the_site_again(
    agreement, for_one_site, youth, partner, counsellor, agent, site_after
):
    sent = refer(new(youth, partner, agreement), by=counsellor)
    moved = SiteFactory(organisation=youth.organisation) if site_after else None
    Youth.objects.filter(pk=youth.pk).update(site=moved)
    with pytest.raises(AgreementNotInForce):
        Referral.objects.get(pk=sent.pk).accept(by=agent)
    Youth.objects.filter(pk=youth.pk).update(site=for_one_site)
    Referral.objects.get(pk=sent.pk).accept(by=agent)
    assert Referral.objects.get(pk=sent.pk).status == Status.ACCEPTED


@pytest.fixture
def national(mission_locale):
    """A framework agreement between two networks, which agencies join one by one."""
    head = OrganisationFactory(kind=Kind.TEMP_AGENCY)
    agency = OrganisationFactory(kind=Kind.TEMP_AGENCY, parent=head)
    framework = AgreementFactory(lead_organisation=mission_locale, between=[mission_locale, head])
    return framework, framework.parties.get(organisation=head), agency


@pytest.mark.parametrize(
    ("starts", "ends", "covered"),
    [(-30, None, True), (0, None, True), (-30, 0, True), (1, None, False), (-30, -1, False)],
)
def test_a_dated_adhesion_to_what_the_network_signed_counts(
    national, youth, counsellor, starts, ends, covered
):
    framework, party, agency = national
    Adhesion.objects.create(
        party=party,
        organisation=agency,
        starts_on=clock.today() + starts * DAY,
        ends_on=None if ends is None else clock.today() + ends * DAY,
    )
    if covered:
        assert refer(new(youth, agency, framework), by=counsellor).status == Status.SENT
    else:
        with pytest.raises(AgreementNotInForce):
            refer(new(youth, agency, framework), by=counsellor)


def test_without_an_adhesion_the_signature_of_the_network_does_not_bind(national, youth, counsellor):
    framework, _, agency = national
    with pytest.raises(AgreementNotInForce):
        refer(new(youth, agency, framework), by=counsellor)

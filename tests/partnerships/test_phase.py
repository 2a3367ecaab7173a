"""What an agreement is on a day: its stored status crossed with its dates, to the day."""

import datetime

import pytest

from common import clock
from partnerships.models import Adhesion, Agreement, Phase
from partnerships.workflow import Status
from tests.factories import AgreementFactory, MissionLocaleFactory, PartnerFactory, ShareFactory
from youths.models import Share

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2026, 3, 1), datetime.date(2027, 2, 28)


def signed(**more):
    usual = {"signed_on": FIRST, "starts_on": FIRST, "ends_on": LAST, "term_months": 12}
    return AgreementFactory(**usual | more)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (FIRST - DAY, Phase.NOT_YET),
        (FIRST, Phase.IN_FORCE),
        (LAST, Phase.IN_FORCE),
        (LAST + DAY, Phase.EXPIRED),
    ],
)
def test_a_term_begins_and_ends_with_its_days(db, day, phase):
    agreement = signed()
    assert agreement.phase(day) == phase
    in_force = phase == Phase.IN_FORCE
    assert Agreement.objects.in_force(day).exists() == agreement.is_in_force(day) == in_force


def test_a_tacit_renewal_carries_it_one_term_on(db):
    agreement = signed(tacit_renewals=1, ends_on=datetime.date(2028, 2, 29))
    assert agreement.phase(LAST) == Phase.IN_FORCE
    assert agreement.phase(LAST + DAY) == Phase.RENEWED
    assert Agreement.objects.in_force(LAST + DAY).exists()
    assert agreement.phase(datetime.date(2028, 3, 1)) == Phase.EXPIRED


@pytest.mark.parametrize(("days", "phase"), [(-1, Phase.IN_FORCE), (0, Phase.ENDED), (1, Phase.ENDED)])
def test_an_early_end_counts_from_its_day(db, days, phase):
    closed_on = datetime.date(2026, 9, 1)
    agreement = signed(status=Status.CLOSED_EARLY, closed_on=closed_on, closing_reason="Fin.")
    day = closed_on + days * DAY
    assert agreement.phase(day) == phase
    assert Agreement.objects.in_force(day).exists() == (phase == Phase.IN_FORCE)


def grounds_shares(agreement, reader, day) -> bool:
    """Whether a share that the lead's young person has under the agreement is open to the reader on that day."""
    share = ShareFactory(
        youth__organisation=agreement.lead_organisation,
        organisation=reader,
        ground=agreement,
        from_on=agreement.starts_on,
    )
    with clock.at(day):
        return Share.objects.running_for(reader.pk).filter(pk=share.pk).exists()


@pytest.mark.parametrize(("days", "grounds"), [(0, True), (30, True), (31, False)])
def test_running_off_grounds_shares_but_no_referral(db, days, grounds):
    closed_on = datetime.date(2026, 9, 1)
    agreement = signed(
        status=Status.CLOSED_EARLY,
        closed_on=closed_on,
        closing_reason="Fin.",
        run_off_until=closed_on + 30 * DAY,
    )
    day, reader = closed_on + days * DAY, agreement.lead_organisation
    assert grounds_shares(agreement, reader, day) == grounds
    assert not Agreement.objects.in_force(day).exists()


def test_a_successor_in_force_grounds_the_shares_of_the_one_before(db):
    before = signed()
    both = [before.lead_organisation, staying := PartnerFactory()]
    AgreementFactory(succeeds=before, signed_on=LAST + DAY, between=both)
    day = LAST + 2 * DAY
    assert grounds_shares(before, staying, day)
    assert not grounds_shares(before, PartnerFactory(), day)
    assert before not in Agreement.objects.in_force(LAST + 2 * DAY)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CO_CONSTRUCTION, Status.TO_SIGN])
def test_before_the_last_signature_nothing_is_in_force(db, status):
    agreement = AgreementFactory(status=status)
    assert agreement.phase() == Phase(status)
    assert not agreement.is_in_force()
    assert not Agreement.objects.in_force(clock.today()).exists()


@pytest.mark.parametrize(("days", "grounds"), [(0, True), (1, False)])
def test_an_organisation_that_left_its_networks_agreement_reads_no_longer(db, days, grounds):
    network, member = PartnerFactory(), PartnerFactory()
    lead = MissionLocaleFactory()
    agreement = AgreementFactory(lead_organisation=lead, between=[lead, network])
    party = agreement.parties.get(organisation=network)
    left_on = agreement.starts_on + 5 * DAY
    Adhesion.objects.create(party=party, organisation=member, starts_on=agreement.starts_on, ends_on=left_on)
    assert grounds_shares(agreement, member, left_on + days * DAY) == grounds


ON = datetime.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("ends_on", "ending"),
    [
        (ON - DAY, False),
        (ON, True),
        (datetime.date(2027, 3, 1), True),
        (datetime.date(2027, 3, 2), False),
    ],
)
def test_an_end_is_near_six_months_before(db, ends_on, ending):
    signed(ends_on=ends_on)
    assert Agreement.objects.ending(ON).exists() == ending


def test_an_early_end_that_is_announced_is_near_too(db):
    early = {"status": Status.CLOSED_EARLY, "ends_on": ON + 900 * DAY}
    announced = signed(closed_on=ON + DAY, **early)
    signed(closed_on=ON, **early)
    assert Agreement.objects.ending(ON).get() == announced


def test_what_is_over_expired_or_was_ended(db):
    for phase in Phase:
        day = {"starts_on": ON + DAY} if phase == Phase.NOT_YET else {}
        day |= {"ends_on": ON - DAY} if phase == Phase.EXPIRED else {"ends_on": ON + DAY}
        if phase == Phase.ENDED:
            signed(status=Status.CLOSED_EARLY, closed_on=ON, **day)
        elif phase in Status.values:
            AgreementFactory(status=phase)
        elif phase != Phase.RENEWED:
            signed(**day)
    assert {agreement.phase(ON) for agreement in Agreement.objects.over(ON)} == {Phase.EXPIRED, Phase.ENDED}
    assert Agreement.objects.over(ON).count() == 2

"""One agreement whose first year is over, with referrals of every kind in it and around it."""

import datetime

import pytest

from accounts.models import Role
from common import clock
from evaluations.actions import open_evaluation
from partnerships.models import Practice
from referrals.models import DeclineReason, Outcome
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    MembershipFactory,
    ReferralFactory,
    ServiceOfferFactory,
    ShareFactory,
    ThemeFactory,
    YouthFactory,
)
from youths.models.choices import Audience, Gender

FIRST = datetime.date(2025, 3, 10)
AFTER = datetime.datetime(2026, 3, 12, 9, 30, tzinfo=clock.PARIS)
FAMILY_NAME = "Introuvable"
# status, days after the first day, hours until the answer, reason or outcome
REFERRALS = [
    ("completed", 0, 24, Outcome.WORK),
    ("completed", 14, 48, Outcome.TRAINING),
    ("completed", 40, 49, Outcome.TRAINING),
    ("stopped", 70, 100, Outcome.DROPPED),
    ("stopped", 90, 170, Outcome.WORK),
    ("under_way", 120, 10, None),
    ("under_way", 130, 400, None),
    ("accepted", 300, 30, None),
    ("declined", 150, 60, DeclineReason.NO_PLACE),
    ("declined", 180, 800, DeclineReason.TOO_FAR),
    ("declined", 181, 5, DeclineReason.NO_PLACE),
    ("sent", 364, None, None),
    ("cancelled", 200, None, None),
    ("completed", 50, 71, Outcome.APPRENTICESHIP),
    ("completed", 55, 90, Outcome.STEP_DONE),
    ("completed", 60, 15, Outcome.ENTERPRISE),
    ("declined", 210, 33, DeclineReason.REFUSED),
    ("accepted", 310, 52, None),
]
AGES = [17, 17, 18, 19, 19, 20, 20, 21, 21, 22, 23, 24, 26, 22, 22, 23, 24, 25]
GENDERS = [Gender.WOMAN] * 11 + [Gender.MAN] * 6 + [""]


def at_noon(days):
    return datetime.datetime.combine(FIRST + datetime.timedelta(days), datetime.time(12), clock.PARIS)


def refer(agreement, youth, status, sent_at, hours=None, word=None, **values):
    sender, recipient = (party.organisation for party in agreement.parties.all())
    if hours is not None:
        values["answered_at"] = sent_at + datetime.timedelta(hours=hours)
    if status == "declined":
        values["decline_reason"] = word
    if status in {"completed", "stopped"}:
        values |= {"outcome": word, "ended_at": sent_at + datetime.timedelta(60)}
    share = None
    if status in {"sent", "accepted", "under_way"}:
        share = ShareFactory(
            youth=youth, organisation=recipient, ground=agreement, from_on=sent_at.date(), closed_at=None
        )
    return ReferralFactory(
        agreement=agreement,
        youth=youth,
        sender=sender,
        recipient=recipient,
        status=status,
        sent_at=sent_at,
        share=share,
        **values,
    )


@pytest.fixture
def charter(mission_locale, partner):
    charter = AgreementFactory(
        lead_organisation=mission_locale,
        between=[mission_locale, partner],
        title="Charte de bonnes pratiques des Deux-Rives",
        signed_on=FIRST,
        fields_of_action=["mobilising", "training"],
    )
    Practice.objects.create(
        agreement=charter, field="training", how="Répondre sous sept jours", who="Les deux"
    )
    Practice.objects.create(
        agreement=charter,
        field="mobilising",
        how="Sortir ensemble",
        who="Les équipes",
        state="partly",
        adjustment="Une sortie par semaine.",
    )
    return charter


@pytest.fixture
def a_year(charter, counsellor, lead):
    """The referrals of REFERRALS, a second one of the first person, and some that do not count."""
    offer = ServiceOfferFactory(organisation=lead.organisation, theme=ThemeFactory(name="Formation"))
    youths = []
    for row, age, gender in zip(REFERRALS, AGES, GENDERS, strict=True):
        status, days, hours, word = row
        youth = YouthFactory(
            organisation=counsellor.organisation,
            last_name=FAMILY_NAME,
            gender=gender,
            birth_date=clock.months_after(datetime.date(2026, 3, 9), -12 * age),
        )
        with_offer = {"offer": offer} if days < 100 else {}
        refer(charter, youth, status, at_noon(days), hours, word, **with_offer)
        youths.append(youth)
    refer(charter, youths[0], "declined", at_noon(250), 20, DeclineReason.OTHER, offer=offer)
    stranger = YouthFactory(organisation=counsellor.organisation, last_name=FAMILY_NAME)
    refer(charter, stranger, "completed", at_noon(-1), 24, Outcome.WORK)
    refer(charter, stranger, "sent", at_noon(365))
    ReferralFactory(sender=counsellor.organisation, youth=stranger, sent_at=at_noon(20))
    for author, youth, audience, made in [
        (lead, youths[0], Audience.PARTNER, True),
        (lead, youths[1], Audience.PARTNER, True),
        (counsellor, youths[1], Audience.SHARED, True),
        (counsellor, youths[1], Audience.STRUCTURE, True),
        (lead, youths[2], Audience.PARTNER, False),
        (MembershipFactory(), youths[2], Audience.PARTNER, True),
    ]:
        AccompanimentFactory(
            author=author, youths=[youth], audience=audience, made=made, happened_at=at_noon(100)
        )
    return youths


@pytest.fixture
def evaluation(charter, a_year, director):
    with clock.at(AFTER):
        return open_evaluation(charter, 1, by=director)


@pytest.fixture
def client_of_the_mission_locale(mission_locale):
    return MembershipFactory(organisation=mission_locale, role=Role.CLIENT)

"""Who reads which, said again in plain loops: as DESIGN says it, and as no index would have it said."""

import pytest

from accounts.models import Role
from common import clock
from partnerships.models import Agreement
from partnerships.workflow import Status as AgreementStatus
from referrals.models import Referral
from tests import random_world
from youths.models import Accompaniment, FollowUp, PassedNote, Reminder, Share, TeamMember, Youth
from youths.models.choices import Audience

pytestmark = pytest.mark.django_db
STAFF, PARTNERS = {Role.COUNSELLOR, Role.DIRECTOR}, {Role.AGENT, Role.LEAD}


def within(start, end) -> bool:
    return start <= clock.today() and (end is None or end >= clock.today())


# Agreements.


def joins(party, organisation) -> bool:
    adhesions = [a for a in party.adhesions.all() if a.organisation == organisation]
    return any(within(a.starts_on, a.ends_on) for a in adhesions)


def covers(agreement, organisation) -> bool:
    return any(p.organisation == organisation or joins(p, organisation) for p in agreement.parties.all())


def covers_at(agreement, organisation, site) -> bool:
    for party in agreement.parties.all():
        sites = list(party.sites.all())
        if party.organisation == organisation and (not sites or site in sites):
            return True
    return any(joins(party, organisation) for party in agreement.parties.all())


def is_in_force(agreement) -> bool:
    if agreement.status not in {AgreementStatus.SIGNED, AgreementStatus.CLOSED_EARLY}:
        return False
    is_ended = agreement.closed_on is not None and agreement.closed_on <= clock.today()
    return within(agreement.starts_on, agreement.ends_on) and not is_ended


def runs_off(agreement) -> bool:
    return agreement.run_off_until is not None and within(agreement.starts_on, agreement.run_off_until)


def reads_agreement(member, agreement) -> bool:
    if agreement.status == AgreementStatus.DRAFT and agreement.lead_organisation != member.organisation:
        return False
    if member.reads_as == Role.NETWORK:
        return any(is_within(p.organisation, member.organisation) for p in agreement.parties.all())
    if member.reads_as not in STAFF | PARTNERS:
        return False
    below = [agreement]
    for _level in range(2):
        below += [under for one in below for under in one.implemented_by.all()]
    return any(covers(one, member.organisation) for one in below)


def is_within(organisation, head) -> bool:
    while organisation and organisation != head:
        organisation = organisation.parent
    return organisation == head


# People.


def may_act(member) -> bool:
    is_active = member.user.is_active and member.organisation.is_active
    return is_active and within(member.starts_on, member.ends_on)


def opens_to(member, share) -> bool:
    """The six conditions."""
    youth = share.youth
    return (
        member.reads_as in STAFF | PARTNERS
        and may_act(member)
        and share.organisation == member.organisation
        and share.person in {None, member.user}
        and share.closed_at is None
        and within(share.from_on, share.until)
        and not (youth.opposed_at or youth.erased_at)
        and holds(share)
    )


def holds(share) -> bool:
    links = [(share.ground, is_in_force(share.ground) or runs_off(share.ground))]
    links += [(successor, is_in_force(successor)) for successor in share.ground.succeeded_by.all()]
    return any(
        stands
        and covers_at(agreement, share.youth.organisation, share.youth.site)
        and covers(agreement, share.organisation)
        for agreement, stands in links
    )


def closed_lately(share, member) -> bool:
    if share.organisation != member.organisation or share.closed_at is None:
        return False
    limit = clock.midnight(clock.months_after(clock.today(), -7))
    return share.closed_at >= limit and not (share.youth.opposed_at or share.youth.erased_at)


def reads_youth(member, youth) -> bool:
    is_reader = member.reads_as in STAFF | {Role.RECEPTION}
    return is_reader and youth.organisation == member.organisation and not youth.erased_at


def is_around(member, youth) -> bool:
    is_referent = FollowUp.objects.filter(youth=youth, closed_at=None, referent=member).exists()
    return is_referent or TeamMember.objects.filter(youth=youth, member=member, ends_on=None).exists()


def reads_follow_up(member, follow_up) -> bool:
    return member.reads_as in STAFF and reads_youth(member, follow_up.youth)


def reads_reminder(member, reminder) -> bool:
    if reminder.organisation != member.organisation or not reads_follow_up(member, reminder):
        return False
    is_for_all = reminder.audience != Audience.TEAM
    return is_for_all or reminder.owner == member or is_around(member, reminder.youth)


def reads_contact(member, contact) -> bool:
    youths = list(contact.youths.all())
    if member.reads_as not in STAFF | PARTNERS:
        return False
    if contact.structure == member.organisation and member.reads_as in STAFF:
        if all(youth.erased_at for youth in youths):
            return False
        is_for_all = contact.audience != Audience.TEAM
        return is_for_all or contact.author == member or any(is_around(member, youth) for youth in youths)
    shares = [s for youth in youths for s in youth.shares.all() if s.organisation == member.organisation]
    running = [share for share in shares if opens_to(member, share)]
    if contact.audience == Audience.SHARED:
        return any(share.shows_accompaniments for share in running)
    if contact.audience != Audience.PARTNER:
        return False
    if contact.organisation == member.organisation:
        return bool(running) or any(closed_lately(share, member) for share in shares)
    return PassedNote.objects.filter(accompaniment=contact, share__in=running).exists()


def reads_referral(member, referral) -> bool:
    own = member.organisation
    if member.reads_as in STAFF and referral.sender == own:
        return True
    is_reader = member.reads_as in STAFF | PARTNERS
    return is_reader and referral.recipient == own and not referral.by_letter and bool(referral.sent_at)


OF_AN_AGREEMENT = ["parties__organisation", "parties__sites", "parties__adhesions__organisation"]
# What is asked, by which rule it is judged, and what the rule looks at.
RULES = [
    (Agreement, "visible_to", reads_agreement, [*OF_AN_AGREEMENT, "lead_organisation", "implemented_by"]),
    (Youth, "visible_to", reads_youth, ["organisation"]),
    (FollowUp, "visible_to", reads_follow_up, ["youth__organisation"]),
    (Reminder, "visible_to", reads_reminder, ["youth__organisation", "organisation", "owner"]),
    (
        Accompaniment,
        "visible_to",
        reads_contact,
        ["youths__shares__organisation", "structure", "organisation"],
    ),
    (Referral, "visible_to", reads_referral, ["sender", "recipient"]),
    (Share, "open_to", opens_to, ["organisation", "person", "youth", "ground"]),
]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 20))])
def test_what_is_read_is_what_the_rules_say(seed):
    world = random_world.build(seed)
    for model, asked, rule, looked_at in RULES:
        rows, seen = list(model.objects.prefetch_related(*looked_at)), 0
        for member in world.members:
            if asked == "visible_to" and not may_act(member):
                continue  # who has left comes to no page; a share asks it again
            expected = {row for row in rows if rule(member, row)}
            assert set(getattr(model.objects, asked)(member)) == expected, (model, member.role)
            seen += len(expected)
        # There was something to see, and something to hide.
        assert 0 < seen < len(rows) * len(world.members), model

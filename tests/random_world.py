"""Two structures, four partners and what may lie between them, at random: the combinations nobody thinks of."""

import datetime
from dataclasses import dataclass, field
from random import Random

from accounts.models import Kind, Role
from common import clock
from partnerships.models import AgreementKind
from partnerships.models.party import Adhesion
from partnerships.workflow import Status as AgreementStatus
from referrals.models import Referral
from referrals.workflow import SHARING, Status
from tests import factories
from tests.factories.records import ANSWERED, SIGNED
from youths.models import Accompaniment, PassedNote, Share, TeamMember
from youths.models.choices import OF_THE_STRUCTURE, Audience

DAYS = (-700, -220, -200, -30, -1, 0, 1, 30)


@dataclass
class World:
    dice: Random
    structures: list = field(default_factory=list)
    partners: list = field(default_factory=list)
    members: list = field(default_factory=list)
    agreements: list = field(default_factory=list)
    youths: list = field(default_factory=list)

    def of(self, organisation, *roles) -> list:
        return [m for m in self.members if m.organisation == organisation and m.role in roles]


def day(days: int) -> datetime.date:
    return clock.today() + datetime.timedelta(days)


def moment(days: int) -> datetime.datetime:
    return clock.now() + datetime.timedelta(days)


def build(seed: int) -> World:
    world = World(Random(seed))
    organisations(world)
    for _number in range(20):
        agreement(world)
    for _number in range(24):
        youth(world)
    for _number in range(50):
        referral(world)
    for _number in range(80):
        contact(world)
    for _number in range(15):
        passed_note(world)
    return world


def organisations(world):
    union = factories.OrganisationFactory(kind=Kind.NATIONAL_UNION)
    region = factories.OrganisationFactory(kind=Kind.REGIONAL_UNION, parent=union)
    world.structures = [factories.MissionLocaleFactory(parent=region) for _number in range(2)]
    head = factories.PartnerFactory()
    world.partners = [head, *(factories.PartnerFactory(parent=head) for _number in range(2))]
    world.partners.append(factories.PartnerFactory())
    staff = [Role.COUNSELLOR, Role.COUNSELLOR, Role.DIRECTOR, Role.RECEPTION, Role.VOLUNTEER, Role.CLIENT]
    for structure in world.structures:
        for _number in range(2):
            factories.SiteFactory(organisation=structure)
        for role in staff:
            world.members.append(factories.MembershipFactory(organisation=structure, role=role))
    for partner in world.partners:
        for role in (Role.AGENT, Role.LEAD, Role.CLIENT):
            world.members.append(factories.MembershipFactory(organisation=partner, role=role))
    for network in (union, region):
        world.members.append(factories.MembershipFactory(organisation=network))
    platform = factories.OrganisationFactory(kind=Kind.OTHER)
    world.members.append(factories.MembershipFactory(organisation=platform))
    for organisation in (world.partners[1], world.structures[1]):  # whoever left yesterday
        leaver = factories.MembershipFactory(organisation=organisation, ends_on=day(-1))
        world.members.append(leaver)


def agreement(world):
    """In any status, on some sites or all, joined through a network, above, after or ended early."""
    dice = world.dice
    structure, partner = dice.choice(world.structures), dice.choice(world.partners)
    between = dice.choice([[structure, partner], [structure, partner], [*world.structures, partner]])
    status = dice.choice(
        [*AgreementStatus, *[AgreementStatus.SIGNED] * 6, *[AgreementStatus.CLOSED_EARLY] * 3]
    )
    earlier = world.agreements[-4:]
    made = factories.AgreementFactory(
        lead_organisation=dice.choice(between),
        between=between,
        kind=AgreementKind.CHARTER,
        status=status,
        implements=dice.choice([None, None, *earlier]),
        succeeds=dice.choice([None, None, *earlier]),
        **dates(dice, status),
    )
    for party in made.parties.all():
        if party.organisation in world.structures and dice.random() < 0.4:
            party.sites.set([party.organisation.sites.all()[dice.randrange(2)]])
        for below in party.organisation.children.all():
            if dice.random() < 0.5:
                begins, ends = dice.choice(DAYS), dice.choice([None, *DAYS])
                if ends is None or ends >= begins:
                    Adhesion.objects.create(
                        party=party,
                        organisation=below,
                        starts_on=day(begins),
                        ends_on=None if ends is None else day(ends),
                    )
    world.agreements.append(made)


def dates(dice, status) -> dict:
    if status not in SIGNED:
        return {}
    starts_on = day(dice.choice(DAYS))
    found = {"signed_on": starts_on, "starts_on": starts_on, "ends_on": day(dice.choice([60, 60, 700]))}
    if starts_on < day(-100) and dice.random() < 0.4:
        found["ends_on"] = day(dice.choice([-1, 0]))
    if status == AgreementStatus.CLOSED_EARLY:
        found["closed_on"] = day(dice.choice([-1, 0, 1, 30]))
        found["closing_reason"] = "Fin du projet."
        found["run_off_until"] = dice.choice([None, day(-1), day(0), day(0), day(30)])
    return found


def youth(world):
    dice, structure = world.dice, world.dice.choice(world.structures)
    made = factories.YouthFactory(
        organisation=structure,
        site=dice.choice([None, *structure.sites.all()]),
        first_name=dice.choice(["Zoë", "Élan", "Maëlle"]),
        last_name=dice.choice(["Le Goff", "N’Diaye", "Benali", "Œuf"]),
        opposed_at=dice.choice([None] * 5 + [moment(-1)]),
        erased_at=dice.choice([None] * 5 + [moment(-1)]),
    )
    counsellors = world.of(structure, Role.COUNSELLOR, Role.DIRECTOR)
    if dice.random() < 0.7:
        closed = {"closed_at": moment(-2), "closing_reason": "Emploi."} if dice.random() < 0.3 else {}
        factories.FollowUpFactory(
            youth=made,
            referent=dice.choice(counsellors),
            opened_at=moment(dice.choice([-200, -20])),
            last_contact_at=dice.choice([None, moment(-10), moment(-31)]),
            **closed,
        )
    if dice.random() < 0.4:
        ended = dice.choice([None, None, day(-1)])
        TeamMember.objects.create(youth=made, member=dice.choice(counsellors), ends_on=ended)
    world.youths.append(made)


def referral(world):
    """From one of the structures to a partner or to the other structure; its share as time left it."""
    dice, person = world.dice, world.dice.choice(world.youths)
    sender = person.organisation
    others = [*world.partners, *world.partners, *[s for s in world.structures if s != sender]]
    recipient = dice.choice(others)
    by_letter = dice.random() < 0.1
    status = dice.choice([*Status, *SHARING, *SHARING])
    if type(person).objects.filter(pk=person.pk, pk__in=open_between(person, recipient)).exists():
        status = Status.COMPLETED
    sent_at = moment(dice.choice([-300, -95, -20, -1])) if status != Status.DRAFT else None
    if status == Status.CANCELLED and dice.random() < 0.5:
        sent_at = None
    made = factories.ReferralFactory(
        sender=sender,
        recipient=recipient,
        youth=person,
        author=dice.choice(world.of(sender, Role.COUNSELLOR)),
        agreement=None if by_letter else ground(world, sender, recipient),
        by_letter=by_letter,
        status=status,
        sent_at=sent_at,
        created_at=moment(-dice.choice([0, 1, 1, 1, 5])),
        answered_at=moment(dice.choice([-20, -1])) if status in ANSWERED else None,
    )
    if made.share:
        made.share.write(**state_of_a_share(world, made))


def ground(world, *organisations):
    """Mostly one that binds both, or did, or will."""
    both = [a for a in world.agreements if {*organisations} <= {p.organisation for p in a.parties.all()}]
    return world.dice.choice(both * 6 + world.agreements)


def open_between(person, recipient):
    return Referral.objects.open().filter(youth=person, recipient=recipient).values("youth")


def state_of_a_share(world, made) -> dict:
    dice = world.dice
    reader = dice.choice(world.of(made.recipient, Role.AGENT, Role.LEAD, Role.COUNSELLOR)).user
    values = {
        "shows_accompaniments": dice.random() < 0.6,
        "person": dice.choice([None] * 4 + [reader]),
        "until": dice.choice([None] * 4 + [day(-1), day(0)]),
        "from_on": day(dice.choice([-30, -30, -30, -1])),
    }
    if made.share.closed_at:
        values["closed_at"] = moment(dice.choice([-400, -230, -200, -1]))
    return values


def contact(world):
    """By the structure, or by whoever was ever shared one of its young people; with one to three of them."""
    dice, first = world.dice, world.dice.choice(world.youths)
    noting = [first.organisation] * 2
    noting += [share.organisation for share in Share.objects.filter(youth=first)]
    organisation = dice.choice(noting)
    others = [y for y in world.youths if y.organisation == first.organisation and y != first]
    is_own = organisation == first.organisation
    announced = {"next_on": day(dice.choice([-3, -1, 0, 4])), "next_step": "Rappeler"}
    factories.AccompanimentFactory(
        author=dice.choice(world.of(organisation, Role.COUNSELLOR, Role.DIRECTOR, Role.AGENT, Role.LEAD)),
        youths=[first, *dice.sample(others, dice.choice([0, 0, 1, 2]))],
        audience=dice.choice(OF_THE_STRUCTURE) if is_own else Audience.PARTNER,
        happened_at=moment(dice.choice([-1, -1, -1, -40, -200])),
        **(announced if dice.random() < 0.5 else {}),
    )


def passed_note(world):
    dice = world.dice
    notes = list(Accompaniment.objects.filter(audience=Audience.PARTNER).order_by("created_at", "pk"))
    note = dice.choice(notes)
    shares = Share.objects.filter(youth__in=note.youths.all()).exclude(organisation=note.organisation)
    if shares:
        share = dice.choice(list(shares))
        by = dice.choice(world.of(note.structure, Role.COUNSELLOR))
        PassedNote.objects.get_or_create(accompaniment=note, share=share, defaults={"by": by})

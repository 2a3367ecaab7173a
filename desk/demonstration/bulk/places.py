"""Structures of very different sizes, the partners around them, the people who work there, their agreements."""

import datetime
import math
import random
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import Kind, Level, Membership, Organisation, Role, Site, User
from common import clock
from desk.demonstration.names import FAMILIES, MEN, WOMEN
from partnerships.models import Agreement, AgreementKind, Party, ServiceOffer, Signatory, Theme
from partnerships.workflow import Status

CASELOAD = 150  # young people per counsellor
PARTNERS = 3  # of each structure
LARGEST = 20_000
PARTNER_KINDS = [Kind.TEMP_AGENCY, Kind.FOUNDATION, Kind.TRAINING_BODY, Kind.CHAMBER]
YEAR = datetime.timedelta(days=365)


@dataclass
class Place:
    """A Mission Locale with what its files hang on."""

    organisation: Organisation
    files: int
    sites: list[Site]
    director: Membership
    counsellors: list[Membership]
    partners: list["Partner"] = field(default_factory=list)


@dataclass(frozen=True)
class Partner:
    organisation: Organisation
    agent: Membership
    agreement: Agreement
    offer: ServiceOffer


class Ids:
    """Ids that grow, so that indexes are written at one end; two seeds have none in common."""

    def __init__(self, chance: random.Random):
        self.prefix, self.last = chance.getrandbits(63) << 65, 0

    def __call__(self) -> UUID:
        self.last += 1
        return UUID(int=self.prefix | self.last)


def sizes(youths: int, places: int) -> list[int]:
    """The largest first: one of twenty thousand, many of a thousand, as in the network."""
    weights = [(rank + 6) ** -0.7 for rank in range(places)]
    shares = [max(1, int(youths * weight / sum(weights))) for weight in weights]
    if places > 1:
        shares[0] = min(shares[0], LARGEST)
    shares[-1] = max(1, youths - sum(shares[:-1]))
    return sorted(shares, reverse=True)


def found(youths: int, places: int, ids: Ids, chance: random.Random, label: str) -> list[Place]:
    """The places, saved, with their people and agreements in force."""
    rows: dict[type, list] = {
        model: []
        for model in (Organisation, Site, User, Membership, Theme, ServiceOffer, Agreement, Party, Signatory)
    }
    theme, _made = Theme.objects.get_or_create(slug="bulk", defaults={"name": "Orientation"})
    made = [
        place(rank, files, ids, chance, rows, f"{label}-{rank}")
        for rank, files in enumerate(sizes(youths, places), start=1)
    ]
    for rank, one in enumerate(made, start=1):
        for turn in range(PARTNERS):
            one.partners.append(partner(one, turn, theme, ids, chance, rows, f"{label}-{rank}-{turn}"))
    for model, saved in rows.items():
        model._default_manager.bulk_create(saved, batch_size=1_000)
    return made


def place(rank, files, ids, chance, rows, label) -> Place:
    house = Organisation(
        id=ids(),
        kind=Kind.MISSION_LOCALE,
        level=Level.LOCAL,
        name=f"Mission Locale fictive {rank}",
        short_name=label,
    )
    rows[Organisation].append(house)
    sites = [Site(organisation=house, name=f"Antenne {number}") for number in range(1, 4)]
    rows[Site] += sites
    staff = max(1, math.ceil(files * 0.7 / CASELOAD))
    people = [
        engaged(house, Role.COUNSELLOR, f"{label}-{number}", ids, chance, rows) for number in range(staff)
    ]
    return Place(house, files, sites, engaged(house, Role.DIRECTOR, f"{label}-d", ids, chance, rows), people)


def engaged(organisation, role, label, ids, chance, rows) -> Membership:
    user = User(
        id=ids(),
        email=f"{label}@bulk.example",
        first_name=chance.choice(WOMEN + MEN),
        last_name=chance.choice(FAMILIES),
        password="!",  # nobody signs in with it
    )
    member = Membership(
        id=ids(),
        user=user,
        organisation=organisation,
        organisation_kind=organisation.kind,
        role=role,
        starts_on=clock.today() - 4 * YEAR,
    )
    rows[User].append(user)
    rows[Membership].append(member)
    return member


def partner(house: Place, turn, theme, ids, chance, rows, label) -> Partner:
    organisation = Organisation(
        id=ids(),
        kind=PARTNER_KINDS[turn % len(PARTNER_KINDS)],
        name=f"Partenaire fictif {label}",
        short_name=f"{label}-p",
    )
    offer = ServiceOffer(id=ids(), organisation=organisation, theme=theme, title=f"Offre {turn + 1}")
    rows[Organisation].append(organisation)
    rows[ServiceOffer].append(offer)
    signed_on = clock.today() - YEAR - datetime.timedelta(days=chance.randint(20, 300))
    agreement = signed(house.organisation, organisation, signed_on, ids, rows, label)
    lead = engaged(organisation, Role.LEAD, f"{label}-p", ids, chance, rows)
    return Partner(organisation, lead, agreement, offer)


def signed(house, partner, day, ids, rows, label) -> Agreement:
    """It has run for more than a year, and does so for one more at least."""
    agreement = Agreement(
        id=ids(),
        kind=AgreementKind.CONVENTION,
        lead_organisation=house,
        title=f"Convention fictive {label}",
        term_months=36,
        status=Status.SIGNED,
        signed_on=day,
        starts_on=day,
        ends_on=clock.months_after(day, 36) - clock.ONE_DAY,
        shared_fields=["birth_date", "phone", "email"],
    )
    rows[Agreement].append(agreement)
    for order, side in enumerate((house, partner), start=1):
        party = Party(agreement=agreement, organisation=side)
        rows[Party].append(party)
        signature = {"name": f"Signataire {order}", "capacity": "Direction", "how": "inside"}
        rows[Signatory].append(
            Signatory(agreement=agreement, party=party, order=order, signed_on=day, **signature)
        )
    return agreement

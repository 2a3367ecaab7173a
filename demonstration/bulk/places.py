"""Structures of very different sizes, the partners around them, the people who work there, their agreements."""

import datetime
import random
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from accounts.models import Kind, Level, Membership, Organisation, Role, Site, User
from common import clock
from demonstration.bulk.days import BEFORE, MINUTES, Days
from demonstration.bulk.rows import Ids
from demonstration.names import FAMILIES, MEN, WOMEN
from partnerships.models import Agreement, AgreementKind, Party, ServiceOffer, Signatory, Theme
from partnerships.workflow import Status

NETWORK = 1_000_000 / 431  # files of a structure, on average
LARGEST = 20_000
FOLLOWED, ENDED = 0.7, 0.2  # of the files; the others wait
CASELOAD, UNEVEN = 150, 16  # young people of one counsellor: between a hundred and two hundred
HEAVIEST = 2_000  # of one counsellor in the largest structure
REGION = 10  # structures around one temp-work agency
AROUND = [Kind.FOUNDATION, Kind.TRAINING_BODY]  # each structure
FORMER = Kind.CHAMBER  # a partner whose agreement is over
MODELS = (Organisation, Site, User, Membership, Theme, ServiceOffer, Agreement, Party, Signatory)


@dataclass
class Partner:
    organisation: Organisation
    lead: Membership
    offer: ServiceOffer


@dataclass
class Bond:
    """A partner's agreement with the structure, and the working minutes between which it holds."""

    partner: Partner
    agreement: Agreement
    since: int
    until: int
    is_over: bool


@dataclass
class Place:
    """A Mission Locale with what its files hang on."""

    organisation: Organisation
    files: int
    sites: list[Site]
    director: Membership
    caseloads: list[int]
    counsellors: list[Membership]  # one for each caseload
    leavers: list[Membership]
    bonds: list[Bond] = field(default_factory=list)


@dataclass
class File:
    youth: str
    place: Place
    referent: Membership
    received: int  # as all moments here: a working minute
    last: int  # until when something happens in it
    is_open: bool


def sizes(youths: int, places: int) -> list[int]:
    """The largest first: one of twenty thousand, many of a thousand, as in the network."""
    largest = [LARGEST] if youths >= 2 * LARGEST and places > 1 else []
    rest, places = youths - sum(largest), places - len(largest)
    weights = [(rank + 6) ** -0.7 for rank in range(places)]
    shares = [max(1, int(rest * weight / sum(weights))) for weight in weights]
    shares[-1] = max(1, rest - sum(shares[:-1]))
    return sorted(largest + shares, reverse=True)


def caseloads(followed: int, chance: random.Random, heaviest: int = 0) -> list[int]:
    """Dealt out evenly, give or take, to as many counsellors as it takes."""
    if heaviest:
        return [heaviest, *caseloads(followed - heaviest, chance)]
    number = max(1, round(followed / CASELOAD))
    inner = (followed * turn // number + chance.randint(-UNEVEN, UNEVEN) for turn in range(1, number))
    return [after - before for before, after in pairwise([0, *inner, followed])]


class Founder:
    """Makes the rows that files hang on; `save` writes them."""

    def __init__(self, ids: Ids, chance: random.Random, days: Days, label: str):
        self.ids, self.chance, self.days, self.label = ids, chance, days, label
        self.rows: dict[type, list] = {model: [] for model in MODELS}
        self.theme = Theme.objects.filter(slug="bulk").first() or self.add(
            Theme(slug="bulk", name="Orientation")
        )

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    def save(self) -> None:
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows, batch_size=1_000)

    def found(self, youths: int, places: int) -> list[Place]:
        """So many structures, and one that has just opened: without any file, and without a partner."""
        made = [self.place(rank, files) for rank, files in enumerate(sizes(youths, places), start=1)]
        agencies = [
            self.partner(Kind.TEMP_AGENCY, f"{self.label}-r{number}")
            for number in range(1 + (places - 1) // REGION)
        ]
        for rank, place in enumerate(made):
            self.bind(place, agencies[rank // REGION])
            for kind in AROUND:
                self.bind(place, self.partner(kind, f"{place.organisation.short_name}-{kind[:2]}"))
            former = self.partner(FORMER, f"{place.organisation.short_name}-{FORMER[:2]}")
            self.bind(place, former, is_over=True, early=rank % 2 == 1)
        return [*made, self.place(places + 1, 0)]

    def place(self, rank: int, files: int) -> Place:
        label = f"{self.label}-{rank}"
        name = f"Mission Locale fictive {rank}"
        house = Organisation(
            id=self.ids(), kind=Kind.MISSION_LOCALE, level=Level.LOCAL, name=name, short_name=label
        )
        self.add(house)
        sites = [self.add(Site(organisation=house, name=f"Antenne {number}")) for number in range(1, 4)]
        dealt = caseloads(round(files * FOLLOWED), self.chance, HEAVIEST if files >= LARGEST else 0)
        staff = [self.engage(house, Role.COUNSELLOR, f"{label}-{number}") for number in range(len(dealt))]
        leavers = [
            self.engage(house, Role.COUNSELLOR, f"{label}-l{number}", has_left=True)
            for number in range(1 + len(dealt) // 8)
        ]
        director = self.engage(house, Role.DIRECTOR, f"{label}-d")
        return Place(house, files, sites, director, dealt, staff, leavers)

    def engage(self, organisation, role, label, *, has_left=False) -> Membership:
        first, last = self.chance.choice(WOMEN + MEN), self.chance.choice(FAMILIES)
        user = User(
            id=self.ids(),
            email=f"{label}@bulk.example",
            first_name=first,
            last_name=last,
            password="!",  # nobody signs in with it
        )
        member = Membership(
            id=self.ids(),
            user=self.add(user),
            organisation=organisation,
            organisation_kind=organisation.kind,
            role=role,
            starts_on=self.days.dates[0] - datetime.timedelta(days=400),
            ends_on=self.days.dates[BEFORE - 1] if has_left else None,
        )
        return self.add(member)

    def partner(self, kind: Kind, label: str) -> Partner:
        organisation = self.add(
            Organisation(id=self.ids(), kind=kind, name=f"Partenaire fictif {label}", short_name=label)
        )
        lead = self.engage(organisation, Role.LEAD, label)
        offer = ServiceOffer(
            id=self.ids(), organisation=organisation, theme=self.theme, title="Offre fictive"
        )
        return Partner(organisation, lead, self.add(offer))

    def bind(self, place: Place, partner: Partner, *, is_over=False, early=False) -> None:
        """By an agreement that runs for some months more at least, or by one that has expired or was ended early."""
        dates, months = self.days.dates, 18 if is_over and not early else 36
        first = self.chance.randrange(BEFORE // 6)  # a working day, as `last` is
        ends_on = clock.months_after(dates[first], months) - clock.ONE_DAY
        agreement = Agreement(
            id=self.ids(),
            kind=AgreementKind.CONVENTION,
            lead_organisation=place.organisation,
            title=f"Convention fictive {place.organisation.short_name} – {partner.organisation.short_name}",
            term_months=months,
            status=Status.SIGNED,
            signed_on=dates[first],
            starts_on=dates[first],
            ends_on=ends_on,
            shared_fields=["birth_date", "phone", "email"],
        )
        last = min(BEFORE, bisect_right(dates, ends_on)) - 1
        if early:
            last = self.chance.randrange(BEFORE // 2, BEFORE - 1)
            agreement.status, agreement.closed_on = Status.CLOSED_EARLY, dates[last + 1]
            agreement.closing_reason = "Le partenaire a quitté le territoire."
        self.sign(self.add(agreement), place.organisation, partner.organisation)
        place.bonds.append(Bond(partner, agreement, first * MINUTES, (last + 1) * MINUTES - 1, is_over))

    def sign(self, agreement: Agreement, *sides: Organisation) -> None:
        for order, side in enumerate(sides, start=1):
            party = self.add(Party(agreement=agreement, organisation=side))
            signature = Signatory(agreement=agreement, party=party, name=f"Signataire {order}", order=order)
            signature.capacity, signature.signed_on, signature.how = (
                "Direction",
                agreement.signed_on,
                "inside",
            )
            self.add(signature)

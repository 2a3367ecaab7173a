"""Who the young people are and what will have become of them by today, decided before the story is told."""

import datetime
import random
from dataclasses import dataclass, field

from demonstration.names import MARSEILLE, SAINT_ETIENNE, VERY_LONG, Name, Register
from demonstration.texts import PROJECTS, Project
from youths.models import Youth

# How a caseload stands today. A file is silent when nobody heard from the young person for thirty days.
OVERDUE, TODAY, SILENT, SILENT_AND_OVERDUE, COMING, QUIET = (
    *("overdue", "today", "silent", "silent and overdue"),
    *("coming", "quiet"),
)
FIRST_COUNSELLOR = (
    [OVERDUE] * 2 + [SILENT_AND_OVERDUE] * 2 + [TODAY] * 5 + [SILENT] * 6 + [COMING] * 4 + [QUIET]
)
SECOND_COUNSELLOR = [OVERDUE] * 2 + [TODAY] * 2 + [SILENT] * 2 + [SILENT_AND_OVERDUE] + [COMING] * 4 + [QUIET]
OTHERS = [OVERDUE, TODAY, SILENT, SILENT_AND_OVERDUE, COMING, COMING, COMING, QUIET, QUIET]


@dataclass
class Plan:
    """One young person's path, in days before today."""

    chance: random.Random
    mission_locale: str
    referent: str
    site: str
    name: Name
    phone: str
    commune: str
    commune_insee: str
    project: Project
    received: int
    begun: int | None  # None: still waits for a follow-up
    last_contact: int
    standing: str
    former: str = ""  # the referent before a hand-over
    handed_over: int | None = None
    reason: str = ""
    closed: int | None = None
    arrives: bool = False
    arrived: int | None = None  # when a partner led to work, an apprenticeship or a training
    in_training: bool = False
    referred: list[range] = field(default_factory=list)  # while a referral runs
    youth: Youth | None = None

    def is_met_around(self, ago: int) -> bool:
        """Followed since a fortnight at least, and heard from again later."""
        return self.begun is not None and self.begun > ago + 14 and self.last_contact < ago

    def may_be_referred(self, ago: int) -> bool:
        """Followed for a while, heard from at the time, and no other referral since then."""
        known = self.begun is not None and self.closed is None and self.begun > ago + 10
        return (
            known
            and self.last_contact <= ago + 12
            and not any(self.is_referred(day) for day in range(ago + 5))
        )

    def is_referred(self, ago: int) -> bool:
        return any(ago in days for days in self.referred)


@dataclass(frozen=True)
class House:
    """A Mission Locale: its communes, its counsellors with their site and how their caseloads stand."""

    short_name: str
    communes: dict[str, str]
    counsellors: list[tuple[str, str, list[str]]]
    left: str = ""  # a counsellor who left, and how long ago
    left_ago: int = 0


HOUSES = [
    House(
        "ml-marseille",
        MARSEILLE,
        [
            ("conseillere@ml-marseille", "centre", FIRST_COUNSELLOR),
            ("conseiller2@ml-marseille", "nord", SECOND_COUNSELLOR),
            ("leila.benhadou@ml-marseille", "nord", OTHERS),
            ("thomas.arnal@ml-marseille", "centre", OTHERS),
            ("ines.carvalho@ml-marseille", "est", OTHERS[:6]),
        ],
        left="gerard.tissot@ml-marseille",
        left_ago=150,
    ),
    House(
        "ml-saint-etienne",
        SAINT_ETIENNE,
        [
            ("conseiller@ml-saint-etienne", "ville", SECOND_COUNSELLOR + OTHERS[:4]),
            ("julien.faugier@ml-saint-etienne", "ville", OTHERS + OTHERS[3:6]),
            ("aminata.kane@ml-saint-etienne", "ondaine", OTHERS + OTHERS[4:7]),
            ("elodie.grangier@ml-saint-etienne", "ondaine", OTHERS + OTHERS[2:5]),
        ],
    ),
]
WAITING, CLOSED = 3, 3
HAND_OVER_REASONS = [
    "Changement de secteur : la personne habite désormais près de l’autre antenne.",
    "Entrée en contrat d’engagement, suivi par la conseillère référente du dispositif.",
    "Rééquilibrage des portefeuilles décidé en réunion d’équipe.",
    "Demande du jeune, après un échange à trois.",
]
LEAVING = "Départ du conseiller : portefeuille réparti avant son dernier jour."


def plans() -> list[Plan]:
    """The same people and paths at each load; only their dates follow today."""
    register = Register(random.Random("names"))
    found = []
    for house in HOUSES:
        found += [plan for caseload in house.counsellors for plan in plans_of(house, caseload, register)]
        found += without_follow_up(house, register)
        found += ended(house, register)
    return found


def plans_of(house: House, caseload, register: Register) -> list[Plan]:
    referent, site, standings = caseload
    chance = random.Random(referent)
    made = []
    for rank, standing in enumerate(standings):
        plan = plan_of(house, referent, site, standing, register, chance)
        if standing not in {SILENT, SILENT_AND_OVERDUE}:
            plan.arrives = chance.random() < 0.3
        change_referent(plan, house, rank, chance)
        made.append(plan)
    if referent == "conseillere@ml-marseille":
        made[-1].name = Name(*VERY_LONG, "woman")
    return made


def plan_of(house, referent, site, standing, register, chance) -> Plan:
    begun = chance.choice([chance.randint(340, 440), chance.randint(220, 430), chance.randint(70, 300)])
    last_contact = {
        OVERDUE: chance.randint(14, 24),
        SILENT: chance.randint(34, 58),
        SILENT_AND_OVERDUE: chance.randint(36, 50),
    }.get(standing, chance.randint(2, 21))
    begun = max(begun, last_contact + 50)
    commune, insee = chance.choice(sorted(house.communes.items()))
    name = register.name()
    return Plan(
        chance=random.Random(f"{name.first} {name.last}"),
        mission_locale=house.short_name,
        referent=referent,
        site=site,
        name=name,
        phone=register.phone(),
        commune=commune,
        commune_insee=insee,
        project=chance.choice(PROJECTS),
        received=begun + chance.choice([0, 0, 0, 3, 6, 11]),
        begun=begun,
        last_contact=last_contact,
        standing=standing,
    )


def change_referent(plan: Plan, house: House, rank: int, chance) -> None:
    """Every third follow-up that is old enough was handed over, in turn by a colleague and by who has left since."""
    if rank % 6 == 3 and house.left and plan.begun > house.left_ago + 40:
        plan.former, plan.handed_over, plan.reason = house.left, house.left_ago + 6, LEAVING
    elif rank % 6 in {0, 3} and plan.begun > 160:
        plan.former = chance.choice([a for a, _, _ in house.counsellors if a != plan.referent])
        plan.handed_over, plan.reason = chance.randint(60, 130), chance.choice(HAND_OVER_REASONS)


def without_follow_up(house: House, register: Register) -> list[Plan]:
    """Received, and in the queue since then: nobody has been named referent yet."""
    chance = random.Random(f"waiting {house.short_name}")
    made = []
    for days in (24, 9, 2)[:WAITING]:
        address, site, _ = house.counsellors[0]
        plan = plan_of(house, address, site, QUIET, register, chance)
        plan.received, plan.begun = days, None
        made.append(plan)
    return made


def ended(house: House, register: Register) -> list[Plan]:
    chance = random.Random(f"ended {house.short_name}")
    made = []
    for days in (190, 96, 33)[:CLOSED]:
        address, site, _ = chance.choice(house.counsellors)
        plan = plan_of(house, address, site, QUIET, register, chance)
        plan.begun = plan.received = days + chance.randint(130, 230)
        plan.closed, plan.last_contact, plan.arrives = days, days + chance.randint(3, 12), True
        made.append(plan)
    return made


def birth_date(plan: Plan, received_on: datetime.date) -> datetime.date:
    """From sixteen to twenty-five on the day of the first welcome, one in six a minor."""
    youngest, oldest = (16, 18) if plan.chance.random() < 0.17 else (18, 26)
    days = plan.chance.randint(int(youngest * 365.25) + 2, int(oldest * 365.25) - 2)
    return received_on - datetime.timedelta(days=days)

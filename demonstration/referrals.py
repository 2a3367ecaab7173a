"""Referrals from the two Missions Locales to their partners, with every end that a referral can have."""

import datetime
import random
from collections import Counter
from dataclasses import dataclass, replace

from demonstration.documents import put_on
from demonstration.messages import talk
from demonstration.plans import Plan
from demonstration.story import Strand, World, office_hour
from demonstration.texts import BY_AGENCY, BY_FOUNDATION, written
from demonstration.texts_of_referrals import ACCEPTED_NOTES, DECLINED, MOTIVES, OUTCOME_NOTES
from referrals.actions import refer
from referrals.models import Informed, Outcome, Referral, Urgency
from referrals.models.choices import Paper, Readers
from youths.actions import log_accompaniment, pass_on
from youths.models import Accompaniment
from youths.models.choices import Audience, ContactKind, Place

END_WELL = [
    *(Outcome.TRAINING, Outcome.STEP_DONE, Outcome.WORK, Outcome.APPRENTICESHIP, Outcome.STEP_DONE),
    *(Outcome.TRAINING, Outcome.WORK, Outcome.APPRENTICESHIP, Outcome.TRAINING, Outcome.ENTERPRISE),
]
ARRIVED = {Outcome.WORK, Outcome.APPRENTICESHIP, Outcome.TRAINING}
FIELDS = [
    "birth_date",
    "phone",
    "email",
    "preferred_channel",
    "commune",
    "situation",
    "schooling",
    "mobility",
]
# How referrals went: completed, declined, stopped, withdrawn; the latest are under way.
FIRST_YEAR, FIRST_YEAR_UNDER_WAY = "C" * 25 + "D" * 9 + "S" * 5 + "X" * 3, "UUUU"
AT_SAINT_ETIENNE, AT_SAINT_ETIENNE_UNDER_WAY = "C" * 9 + "D" * 3 + "S" * 2 + "X", "UU"
COMPLETED, REFUSED, STOPPED, WITHDRAWN, UNDER_WAY, ACCEPTED, WAITING = "CDSXUAW"


@dataclass
class Course:
    """How one referral goes, in days before today."""

    plan: Plan
    recipient: str
    agreement: str
    offer: str
    goes: str
    turn: int  # the nth of those that went this way
    sent: int
    answered: int
    ended: int
    answer_in: int | None = None  # days from today
    urgency: Urgency = Urgency.NORMAL


class Partnership:
    """Finds, for each referral of a Mission Locale to a partner, a young person who is met at the time."""

    def __init__(self, plans, recipient, agreement, offers):
        self.plans, self.recipient, self.agreement, self.offers = plans, recipient, agreement, offers
        self.chance = random.Random(f"referrals to {recipient}")
        self.told: Counter[str] = Counter()

    def course(self, goes, sent, *, answered=None, referent="", **options) -> Course:
        """Call it in the order of time: the earliest referral first."""
        offer = self.offers[self.told.total() % len(self.offers)]
        self.told[goes] += 1
        answered = answered or max(1, sent - self.chance.choice([1, 2, 2, 3, 4, 6, 8, 11]))
        ended = max(1, answered - self.chance.randint(28, 100))
        last = {COMPLETED: ended, STOPPED: ended, REFUSED: answered, WITHDRAWN: answered}.get(goes, 0)
        plan = self.choose(sent, referent)
        plan.referred.append(range(last, sent + 1))
        outcome = END_WELL[self.told[goes] % len(END_WELL)]
        if goes == COMPLETED and outcome in ARRIVED:
            plan.arrived, plan.in_training = ended, outcome != Outcome.WORK
        known = (plan, self.recipient, self.agreement, offer)
        return Course(*known, goes, self.told[goes], sent, answered, ended, **options)

    def choose(self, sent: int, referent: str) -> Plan:
        free = [p for p in self.plans if p.may_be_referred(sent) and p.referent == (referent or p.referent)]
        untried = [p for p in free if not p.referred]
        still_looking = [p for p in free if p.arrived is None]
        return self.chance.choice(untried or still_looking or free)

    def series(self, goes: str, under_way: str, *, earliest: int, latest: int) -> list[Course]:
        ends = [*self.chance.sample(goes, len(goes)), *under_way]
        days = sorted(self.chance.sample(range(latest, earliest), len(ends)), reverse=True)
        return [self.course(end, sent) for end, sent in zip(ends, days, strict=True)]


def referrals(world: World, plans: list[Plan]) -> list[Strand]:
    courses = [*to_the_foundation(plans), *to_the_agency(plans), *to_others(plans)]
    beside = also_at_the_garage(courses)
    return [
        *(run(world, course) for course in [*courses, beside]),
        by_letter(world, plans),
        passing_on(world, beside),
    ]


def also_at_the_garage(courses: list[Course]) -> Course:
    """Somebody whom the foundation has begun to work with: each partner reads its own notes alone."""
    first = next(c for c in courses if (c.recipient, c.goes) == ("auteuil", UNDER_WAY) and c.sent < 50)
    garage = replace(first, recipient="roue-libre", agreement="roue-libre", offer="garage")
    return replace(garage, goes=ACCEPTED, sent=12, answered=9, ended=1)


def passing_on(world: World, beside: Course) -> Strand:
    """But for the one note that the counsellor passes on."""
    yield office_hour(world.ago(1), random.Random("passing on"))
    youth = beside.plan.youth
    noted = Accompaniment.objects.filter(youths=youth, audience=Audience.PARTNER).order_by("happened_at")
    share = youth.shares.get(organisation=world.organisations[beside.recipient])
    pass_on(noted[0], to=share, by=youth.follow_up.referent)


def to_the_foundation(plans: list[Plan]) -> list[Course]:
    """The charter covers two of Marseille’s three sites."""
    covered = [plan for plan in plans if plan.site in {"centre", "nord"}]
    offers = ["trades", "skolae", "prepa", "trades", "kitchen", "skolae", "enterprise"]
    charter = Partnership(covered, "auteuil", "charter", offers)
    first, second = "conseillere@ml-marseille", "conseiller2@ml-marseille"
    return [
        *charter.series(FIRST_YEAR, FIRST_YEAR_UNDER_WAY, earliest=401, latest=50),
        charter.course(COMPLETED, 38, answered=36),
        *(charter.course(UNDER_WAY, sent) for sent in (36, 31, 25, 20)),
        charter.course(COMPLETED, 34, answered=33),
        charter.course(WITHDRAWN, 17),
        charter.course(REFUSED, 16, answered=9, referent=second),
        charter.course(ACCEPTED, 14, answered=6, referent=first),
        charter.course(WAITING, 13, referent=second, answer_in=-5),
        charter.course(REFUSED, 9, answered=4, referent=first),
        charter.course(ACCEPTED, 8, answered=2, referent=first),
        charter.course(WAITING, 6, referent=first, answer_in=2),
        charter.course(WAITING, 3, answer_in=5),
        charter.course(WAITING, 2, referent=first, answer_in=1, urgency=Urgency.URGENT),
    ]


def to_the_agency(plans: list[Plan]) -> list[Course]:
    own = [plan for plan in plans if plan.mission_locale == "ml-saint-etienne"]
    agency = Partnership(own, "interim", "saint-etienne", ["logistics", "cdi", "building"])
    school = Partnership(own, "cfa-gier", "cfa", ["cfa"])
    return [
        *agency.series(AT_SAINT_ETIENNE, AT_SAINT_ETIENNE_UNDER_WAY, earliest=230, latest=24),
        *school.series("CD", "UU", earliest=150, latest=40),
        agency.course(ACCEPTED, 10, answered=3, referent="conseiller@ml-saint-etienne"),
        agency.course(WAITING, 5, answer_in=3),
        agency.course(
            WAITING, 2, answer_in=1, referent="conseiller@ml-saint-etienne", urgency=Urgency.URGENT
        ),
    ]


def to_others(plans: list[Plan]) -> list[Course]:
    own = [plan for plan in plans if plan.mission_locale == "ml-marseille"]
    garage = Partnership(own, "roue-libre", "roue-libre", ["garage"])
    return [garage.course(COMPLETED, 46, answered=44), garage.course(UNDER_WAY, 19)]


def run(world: World, course: Course) -> Strand:
    plan = course.plan
    chance = random.Random(f"{course.recipient} {course.goes} {course.turn}")
    agents = [m for m in world.members.values() if m.organisation.short_name == course.recipient]
    agent = agents[course.turn % len(agents)]
    yield office_hour(world.ago(course.sent), chance)
    referral = refer(referral_of(world, course, chance), by=plan.youth.follow_up.referent)
    if course.goes == WAITING:
        yield from talk(world, referral, agent, course.turn, since=course.sent)
        return
    yield office_hour(world.ago(course.answered), chance)
    if course.goes == WITHDRAWN:
        referral.cancel(by=plan.youth.follow_up.referent)
        return
    if course.goes == REFUSED:
        reason, note = DECLINED[course.turn % len(DECLINED)]
        referral.decline(by=agent, reason=reason, note=note)
        return
    referral.accept(by=agent, note=chance.choice(ACCEPTED_NOTES))
    if course.goes == ACCEPTED:
        yield from talk(world, referral, agent, course.turn, since=course.answered)
    else:
        yield from work_together(world, course, referral, agent, chance)


def work_together(world: World, course: Course, referral: Referral, agent, chance) -> Strand:
    """From the start to the outcome, with what the partner notes on the way."""
    runs = course.goes == UNDER_WAY
    last = 1 if runs else course.ended
    yield office_hour(world.ago(max(last, course.answered - chance.randint(2, 6))), chance)
    referral.start(by=agent)
    put_on(referral, "Programme des premières semaines", Paper.REPORT, Readers.BOTH, by=agent)
    notes = BY_AGENCY if course.recipient == "interim" else BY_FOUNDATION
    days = sorted((chance.randint(last, course.answered) for _ in range(chance.randint(1, 4))), reverse=True)
    for day, note in zip(days, chance.sample(notes, len(days)), strict=True):
        yield office_hour(world.ago(day), chance)
        contact = Accompaniment(
            kind=ContactKind(note.kind),
            minutes=chance.choice([15, 30, 60]),
            place=Place.REMOTE if note.kind == ContactKind.CALL else Place.PARTNER,
            text=written(note.text, course.plan.project),
        )
        log_accompaniment(contact, by=agent, youths=[course.plan.youth], themes=[world.themes[note.theme]])
    if runs:
        yield from talk(world, referral, agent, course.turn, since=9)
        return
    yield office_hour(world.ago(course.ended), chance)
    if course.goes == STOPPED:
        outcome = Outcome.DROPPED if course.turn % 3 else Outcome.REDIRECTED
        referral.stop(by=agent, outcome=outcome, note=outcome_note(course, outcome, chance))
    else:
        outcome = END_WELL[course.turn % len(END_WELL)]
        referral.complete(by=agent, outcome=outcome, note=outcome_note(course, outcome, chance))


def referral_of(world: World, course: Course, chance) -> Referral:
    answer_by = None
    if course.answer_in is not None:
        answer_by = world.today + datetime.timedelta(days=course.answer_in)
    return Referral(
        youth=course.plan.youth,
        recipient=world.organisations[course.recipient],
        agreement=world.agreements[course.agreement],
        offer=world.offers[course.offer],
        motive=written(chance.choice(MOTIVES[course.offer]), course.plan.project),
        urgency=course.urgency,
        informed=chance.choice([Informed.TOGETHER, Informed.TOGETHER, Informed.CALL]),
        fields=FIELDS,
        shows_accompaniments=chance.random() < 0.7,
        answer_by=answer_by,
    )


def outcome_note(course: Course, outcome: Outcome, chance) -> str:
    return written(chance.choice(OUTCOME_NOTES[outcome]), course.plan.project)


def by_letter(world: World, plans: list[Plan]) -> Strand:
    """The convention with this partner has expired: a letter, whose answer the counsellor writes down."""
    chance = random.Random("letter")
    plan = next(p for p in plans if p.mission_locale == "ml-marseille" and p.may_be_referred(30))
    yield office_hour(world.ago(30), chance)
    letter = Referral(
        youth=plan.youth,
        recipient=world.organisations["atelier-metiers"],
        by_letter=True,
        offer=world.offers["welding"],
        motive=MOTIVES["welding"][0],
        informed=Informed.WRITTEN,
    )
    counsellor = plan.youth.follow_up.referent
    refer(letter, by=counsellor)
    yield office_hour(world.ago(18), chance)
    letter.accept(by=counsellor, note="Réponse reçue par courrier : entretien fixé le mois prochain.")

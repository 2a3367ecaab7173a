"""The life of a file: received, followed, met again and again, handed over, sometimes closed."""

import datetime
import random

from django.utils.text import slugify

from accounts import changes
from common import clock
from demonstration.plans import (
    COMING,
    HOUSES,
    OVERDUE,
    SILENT_AND_OVERDUE,
    TODAY,
    House,
    Plan,
    birth_date,
)
from demonstration.story import Strand, World, office_hour
from demonstration.texts import (
    AFTERWARDS,
    GROUP_SESSIONS,
    MISSED,
    NOTES,
    SHARED_WITH_PARTNER,
    WELCOME,
    Note,
    written,
)
from youths.actions import end_membership, log_accompaniment, receive
from youths.models import Accompaniment, FollowUp, TeamMember, Youth
from youths.models.choices import (
    Audience,
    Channel,
    ContactKind,
    FirstMet,
    Housing,
    Place,
    Schooling,
    Situation,
)

PLACE_OF = {
    ContactKind.CALL: Place.REMOTE,
    ContactKind.MESSAGE: Place.REMOTE,
    ContactKind.VISIT: Place.EMPLOYER,
}
MINUTES_OF = {
    ContactKind.CALL: [5, 10, 15],
    ContactKind.MESSAGE: [5],
    ContactKind.INTERVIEW: [30, 45, 45, 60],
    ContactKind.WORKSHOP: [90, 120, 180],
    ContactKind.VISIT: [60, 90],
    ContactKind.STEP: [30, 45, 60],
}
CLOSING_REASONS = [
    "Embauche en CDI à l’issue d’un contrat de six mois.",
    "Déménagement : le dossier est suivi par la Mission Locale du nouveau domicile.",
    "Contrat d’apprentissage confirmé, objectif du parcours atteint.",
]
NEXT_STEPS = ["Faire le point", "Fixer un rendez-vous", "Rappeler pour la suite", "Prendre des nouvelles"]
LANGUAGES = ["français", "français, anglais", "français, portugais", "français, arabe", "français, comorien"]
WITH_INTERPRETER = ["dari", "tigrigna", "ukrainien"]


def lives(world: World, plans: list[Plan]) -> list[Strand]:
    strands = [life(world, plan, rank) for rank, plan in enumerate(plans)]
    strands += [departure(world, house) for house in HOUSES if house.left]
    return strands + [session for house in HOUSES for session in sessions(world, house, plans)]


def life(world: World, plan: Plan, rank: int) -> Strand:
    chance = plan.chance
    referent = world.members[plan.former or plan.referent]
    yield office_hour(world.ago(plan.received), chance)
    straight_on = plan.begun == plan.received
    plan.youth = receive(file_of(world, plan, rank), by=referent, referent=referent if straight_on else None)
    welcome(world, plan, by=referent)
    if plan.begun is None:
        return
    if not straight_on:
        yield office_hour(world.ago(plan.begun), chance)
        FollowUp.objects.begin(plan.youth, referent=referent, by=world.heads[plan.mission_locale])
    yield from accompany(world, plan, referent, rank)
    if plan.closed is not None:
        yield office_hour(world.ago(plan.closed), chance)
        reason = CLOSING_REASONS[rank % len(CLOSING_REASONS)]
        plan.youth.follow_up.close(by=world.members[plan.referent], reason=reason)


def accompany(world: World, plan: Plan, referent, rank: int) -> Strand:
    chance = plan.chance
    days = days_of_contacts(plan)
    notes = path(plan, days)
    for place, (day, note) in enumerate(zip(days, notes, strict=True)):
        if (
            plan.handed_over is not None
            and day <= plan.handed_over
            and referent != world.members[plan.referent]
        ):
            yield office_hour(world.ago(plan.handed_over), chance)
            referent = world.members[plan.referent]
            plan.youth.follow_up.hand_over(
                to=referent, by=world.heads[plan.mission_locale], reason=plan.reason
            )
        yield office_hour(world.ago(day), chance)
        if place == 1:
            join_team(world, plan, rank)
        is_last = place == len(days) - 1
        reminder = last_reminder(world, plan) if is_last else world.ago(days[place + 1])
        made = is_last or chance.random() > 0.08
        log(world, plan, note if made else chance.choice(MISSED), by=referent, reminder=reminder, made=made)
        if is_last and plan.closed is None and (plan.arrives or plan.arrived is not None):
            settle_down(plan, note, by=referent)
    if plan.standing == SILENT_AND_OVERDUE or plan.last_contact > 44:
        yield office_hour(world.ago(chance.randint(9, 20)), chance)
        log(world, plan, chance.choice(MISSED), by=referent, made=False, settle=False)


def settle_down(plan: Plan, note: Note, *, by) -> None:
    in_training = plan.in_training or note.theme in {"training", "apprenticeship"}
    plan.youth.refresh_from_db()
    changes.change(plan.youth, by=by, situation=Situation.TRAINING if in_training else Situation.WORK)


def file_of(world: World, plan: Plan, rank: int) -> Youth:
    chance = plan.chance
    first, last, gender = plan.name
    born = birth_date(plan, clock.today())
    is_minor = clock.today() < clock.months_after(born, 18 * 12)
    with_interpreter = rank % 19 == 7
    return Youth(
        site=world.sites[plan.site],
        first_name=first,
        last_name=last,
        birth_date=born,
        gender=gender,
        phone=plan.phone,
        email=f"{slugify(first)}.{slugify(last)}@courriel.example" if chance.random() < 0.8 else "",
        preferred_channel=chance.choice([Channel.CALL, Channel.SMS, Channel.SMS, Channel.EMAIL]),
        commune=plan.commune,
        commune_insee=plan.commune_insee,
        protected_address=rank % 23 == 11,
        priority_district=chance.choice([True, True, False, False, None]),
        languages=WITH_INTERPRETER[rank % 3] if with_interpreter else chance.choice(LANGUAGES),
        interpreter=with_interpreter,
        legal_representative=f"{chance.choice(['Mère', 'Père', 'Tante'])} : famille {last}"
        if is_minor
        else "",
        schooling=chance.choices(list(Schooling), weights=[38, 24, 27, 7, 4])[0],
        situation=chance.choices(
            [Situation.SEEKING, Situation.NEITHER, Situation.TRAINING, Situation.DROPPING],
            weights=[55, 25, 8, 12],
        )[0],
        housing=chance.choices(list(Housing), weights=[58, 12, 11, 15, 4])[0],
        mobility=chance.choice(
            ["Transports en commun", "Vélo", "Permis en cours", "Permis B sans véhicule", ""]
        ),
        first_met=chance.choices(list(FirstMet), weights=[45, 18, 14, 13, 10])[0],
    )


def welcome(world: World, plan: Plan, *, by) -> None:
    note = Note(1, "interview", "orientation", plan.chance.choice(WELCOME))
    log(world, plan, note, by=by, settle=False)


def log(world: World, plan: Plan, note: Note, *, by, reminder=None, made=True, settle=True) -> None:
    """A contact as its author notes it, with the next step only where a date is given."""
    chance = plan.chance
    audience = Audience.STRUCTURE if chance.random() > 0.07 else Audience.TEAM
    if made and plan.is_referred((world.today - clock.today()).days) and chance.random() < 0.4:
        note, audience = chance.choice(SHARED_WITH_PARTNER), Audience.SHARED
    kind = ContactKind(note.kind)
    accompaniment = Accompaniment(
        kind=kind,
        minutes=chance.choice(MINUTES_OF[kind]) if made else None,
        place=PLACE_OF.get(kind, Place.STRUCTURE),
        made=made,
        text=written(note.text, plan.project),
        audience=audience,
        next_step=(note.next_step or chance.choice(NEXT_STEPS)) if reminder else "",
        next_on=reminder,
    )
    themes = [world.themes[note.theme]]
    log_accompaniment(accompaniment, by=by, youths=[plan.youth], themes=themes, settle=settle)


def days_of_contacts(plan: Plan) -> list[int]:
    """Days ago, the earliest first: some nine over a year, the last one where the plan puts it."""
    first = plan.begun - 6
    number = max(3, min(8, (first - plan.last_contact) // 34)) + plan.chance.randint(0, 2)
    spread = sorted(plan.chance.sample(range(plan.last_contact + 4, first, 4), number - 1), reverse=True)
    return [*spread, plan.last_contact]


def path(plan: Plan, days: list[int]) -> list[Note]:
    """Different notes, in the order of a path; it ends with an arrival only where the plan does."""
    after = [day for day in days if plan.arrived is not None and day < plan.arrived]
    arrivals = [note for note in NOTES if note.stage == 4 and note.next_step]
    ends_with = plan.chance.sample(AFTERWARDS, min(len(after), len(AFTERWARDS)))
    if plan.arrives and not after:
        ends_with = [plan.chance.choice(arrivals)]
    before = [note for note in NOTES if note.stage < 4]
    chosen = plan.chance.sample(before, len(days) - len(ends_with))
    return [*sorted(chosen, key=lambda note: note.stage), *ends_with]


def last_reminder(world: World, plan: Plan) -> datetime.date | None:
    """What the counsellor's home will say today."""
    if plan.closed is not None:
        return None
    match plan.standing:
        case standing if standing in {OVERDUE, SILENT_AND_OVERDUE}:
            return world.today - datetime.timedelta(days=plan.chance.randint(1, 9))
        case standing if standing == TODAY:
            return world.today
        case standing if standing == COMING:
            return world.ago(-plan.chance.randint(3, 18))
    return None


def join_team(world: World, plan: Plan, rank: int) -> None:
    """People around the single referent; joining never changes it."""
    if rank % 5 != 2:
        return
    around = {
        "ml-marseille": [("benevole", "Marraine"), ("ines.carvalho", "Accès à l’emploi")],
        "ml-saint-etienne": [("elodie.grangier", "Référente du contrat d’engagement")],
    }
    mailbox, part = plan.chance.choice(around[plan.mission_locale])
    member = world.members[f"{mailbox}@{plan.mission_locale}"]
    if member != world.members[plan.referent]:
        TeamMember.objects.create(youth=plan.youth, member=member, part=part)


def sessions(world: World, house: House, plans: list[Plan]) -> list[Strand]:
    """Group sessions: one contact noted for several young people."""
    own = [plan for plan in plans if plan.mission_locale == house.short_name]
    return [
        session(world, house, own, ago, GROUP_SESSIONS[turn % len(GROUP_SESSIONS)])
        for turn, ago in enumerate([345, 290, 235, 180, 140, 105, 80])
    ]


def session(world: World, house: House, own: list[Plan], ago: int, note: Note) -> Strand:
    chance = random.Random(f"session {house.short_name} {ago}")
    yield office_hour(world.ago(ago), chance)
    there = [plan for plan in own if plan.is_met_around(ago)]
    there = chance.sample(there, min(len(there), chance.randint(5, 8)))
    if not there:
        return
    log_accompaniment(
        Accompaniment(kind=note.kind, minutes=120, place=Place.STRUCTURE, text=note.text),
        by=world.members[house.counsellors[-1][0]],
        youths=[plan.youth for plan in there],
        themes=[world.themes[note.theme]],
    )


def departure(world: World, house: House) -> Strand:
    """Who leaves hands everything over first; the verb refuses otherwise."""
    yield office_hour(world.ago(house.left_ago), random.Random(house.left))
    end_membership(world.members[house.left], on=clock.today(), by=world.heads[house.short_name])

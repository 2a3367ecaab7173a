"""The files of a place: who each person is, who follows them, what was done."""

import random
from collections.abc import Iterator
from functools import partial

from accounts.models import AuditEntry, Membership
from common import clock
from desk.demonstration.bulk.days import BEFORE, MINUTES, NOW, Days
from desk.demonstration.bulk.places import ENDED, FOLLOWED, File, Place
from desk.demonstration.bulk.referred import Referrals
from desk.demonstration.bulk.rows import Batch, Rows
from desk.demonstration.names import FAMILIES, MEN, WOMEN
from desk.demonstration.texts import NOTES
from youths.models import (
    Accompaniment,
    FollowUp,
    Participation,
    ReferentAssignment,
    Reminder,
    TeamMember,
    Youth,
)
from youths.models.choices import Audience, Situation
from youths.models.youth import searched_in

AT_ONCE = 2_000  # files kept in memory
FIRSTS = WOMEN + MEN
SHORTEST = "O"  # a family name that exists
SITUATIONS = [situation.value for situation in Situation]
AUDIENCES = [Audience.STRUCTURE.value] * 17 + [Audience.SHARED.value] * 2 + [Audience.TEAM.value]
SAID = [note for note in NOTES if "{" not in note.text]
AGES = range(17 * 365, 25 * 365)  # in days
DAY = MINUTES


class Writer:
    """Collects the rows of some thousand files at once."""

    def __init__(self, rows: Rows, chance: random.Random, days: Days, contacts: int):
        self.rows, self.chance, self.days = rows, chance, days
        self.contacts = contacts / (FOLLOWED + ENDED)  # in a file that has some
        self.births = [(clock.today() - days * clock.ONE_DAY).isoformat() for days in AGES]
        self.referrals = Referrals(rows, chance, days)

    def batches(self, places: list[Place]) -> Iterator[Batch]:
        for place in places:
            for number, (standing, referent) in enumerate(self.hands(place), start=1):
                self.write(place, number, standing, referent)
                if number % AT_ONCE == 0:
                    yield self.rows.taken()
            yield self.rows.taken()

    def hands(self, place: Place) -> list[tuple[str, Membership]]:
        """How each file stands, and who follows it, did so or received it."""
        followed, ended = sum(place.caseloads), round(place.files * ENDED)
        dealt = zip(place.counsellors, place.caseloads, strict=True)
        hands = [("followed", referent) for referent, number in dealt for _turn in range(number)]
        hands += [("ended", self.chance.choice(place.counsellors)) for _turn in range(ended)]
        hands += [("waits", place.director) for _turn in range(place.files - followed - ended)]
        self.chance.shuffle(hands)  # a caseload lies scattered over the years
        return hands

    def write(self, place: Place, number: int, standing: str, by: Membership) -> None:
        received = self.chance.randrange(NOW - 3 * DAY)
        last = NOW if standing == "followed" else received + (NOW - received) * 4 // 5
        file = File(self.rows.ids(), place, by, received, last, standing == "followed")
        self.receive(file, number, waits=standing == "waits")
        if standing == "waits":
            return
        heard = self.accompany(file)
        self.follow(file, heard)
        self.referrals.refer(file)
        house, at = place.organisation.pk, self.days.moment(heard)
        read = (AuditEntry.Action.READ.value, "desk:youth_file", "youths.youth", [file.youth])
        self.rows.put(AuditEntry, self.rows.ids(), by.pk, house, *read, at)

    def receive(self, file: File, number: int, *, waits: bool) -> None:
        chance, at, house = self.chance, self.days.moment(file.received), file.place.organisation.pk
        first, last = chance.choice(FIRSTS), SHORTEST if number == 1 else family(chance)
        born, phone = chance.choice(self.births), f"06 39 98 {number // 100 % 100:02} {number % 100:02}"
        self.rows.create(
            Youth,
            *(file.youth, at, at, house, str(chance.choice(file.place.sites).pk), first, last, born),
            *(phone, chance.choice(SITUATIONS), waits, *searched_in(last, first, "")),
            by=file.referent,
            youth=file.youth,
            at=at,
        )

    def accompany(self, file: File) -> int:
        """Each contact may announce the next one; the last reminder may still be open. Returns the last moment."""
        random, length = self.chance.random, file.last - file.received
        number = max(1, round(self.chance.gauss(self.contacts, self.contacts / 4)))
        moments = sorted([file.received + int(length * random()) for _turn in range(number)])
        for moment in moments[:-1]:
            due = moment + 10 * DAY if random() < 0.3 and moment + 8 * DAY < NOW else None
            self.note(file, moment, due, done=due and moment + 8 * DAY)
        due = (BEFORE + self.chance.randint(-12, 40)) * DAY
        self.note(file, moments[-1], due if file.is_open and random() < 0.6 else None)
        return moments[-1]

    def note(self, file: File, moment: int, due: int | None, *, done: int | None = None) -> None:
        rows, chance, days = self.rows, self.chance, self.days
        pk, at, by, house = rows.ids(), days.moment(moment), file.referent.pk, file.place.organisation.pk
        said, audience = chance.choice(SAID), chance.choice(AUDIENCES)
        due_on, what = (days.day(due), said.next_step) if due else (None, "")
        done_at = days.moment(done) if done else None
        values = (at, said.kind, said.text, audience, what, due_on, done_at)
        rows.create(
            Accompaniment, pk, at, at, house, house, by, *values, by=file.referent, youth=file.youth, at=at
        )
        rows.put(Participation, pk, file.youth, house, at, audience)
        if due:
            settled = (done_at, by if done else None)
            of = (file.youth, house, house, by, pk)
            rows.put(Reminder, rows.ids(), at, done_at or at, *of, what, due_on, audience, *settled)

    def follow(self, file: File, heard: int) -> None:
        """By one person, or by one who has left and handed over to the next."""
        rows, days, chance, pk, by = self.rows, self.days, self.chance, self.rows.ids(), file.referent
        opened, closed = days.moment(file.received), None if file.is_open else days.moment(heard + 1)
        story = (opened, closed, "" if file.is_open else "A trouvé un emploi durable.", days.moment(heard))
        rows.put(
            FollowUp,
            *(pk, opened, closed or opened, file.youth, file.place.organisation.pk, by.pk, *story),
        )
        tell = partial(rows.tell, model=FollowUp, subject=pk, by=by, youth=file.youth)
        tell("follow_up_opened", at=opened)
        since = opened
        if chance.random() < 0.1:
            former, since = chance.choice(file.place.leavers), days.moment((file.received + heard) // 2)
            rows.put(ReferentAssignment, pk, former.pk, former.pk, opened, since, "Début du suivi.")
            tell("referent_changed", at=since)
        why = "Début du suivi." if since == opened else "Départ de la structure."
        rows.put(ReferentAssignment, pk, by.pk, by.pk, since, closed, why)
        if closed:
            tell("follow_up_closed", at=closed)
        if file.is_open and chance.random() < 0.1 and len(file.place.counsellors) > 1:
            colleague = chance.choice([one for one in file.place.counsellors[:9] if one is not by])
            rows.put(TeamMember, file.youth, colleague.pk, days.day(heard))


def family(chance: random.Random) -> str:
    """Eight thousand names: a list that is searched must not find half of itself."""
    name = chance.choice(FAMILIES)
    return name if chance.random() < 0.2 else f"{name}-{chance.choice(FAMILIES)}"

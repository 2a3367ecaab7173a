"""The files of a place: who each person is, who follows them, what was done."""

import random
from collections.abc import Iterator

from accounts.models import AuditEntry, Membership
from common import clock
from demonstration.bulk.days import BEFORE, MINUTES, NOW, Days
from demonstration.bulk.places import ENDED, FOLLOWED, File, Place
from demonstration.bulk.referred import Referrals
from demonstration.bulk.rows import Batch, Rows
from demonstration.names import FAMILIES, MEN, WOMEN
from demonstration.texts import NOTES
from exchange.models import Document
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
NOTED = [
    (note.kind, note.text, note.next_step, audience)
    for note in NOTES
    if "{" not in note.text
    for audience in AUDIENCES
]
AGES = range(17 * 365, 25 * 365)  # in days
DAY = MINUTES
KEPT = 0.3  # of the files have a document
NO_FILES = "documents/bulk/"


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
        if self.chance.random() < KEPT:
            self.keep(file, heard)
        house, at = place.organisation.id, self.days.moment(heard)
        read = (AuditEntry.Action.READ.value, "desk:youth_file", "youths.youth", f'["{file.youth}"]')
        self.rows.put(AuditEntry, self.rows.ids(), by.id, house, *read, at)

    def keep(self, file: File, moment: int) -> None:
        """The row of a CV. Its file was never written: a download says that it is lost."""
        pk, at, by = self.rows.ids(), self.days.moment(moment), file.referent
        values = (pk, at, at, "youths.youth", file.youth, pk, by.id, "CV", "cv", "structure")
        what = (f"{NO_FILES}{pk}", "application/pdf", "900", "0" * 64, "1")
        self.rows.create(Document, *values, *what, by=by, youth=file.youth, at=at)

    def receive(self, file: File, number: int, *, waits: bool) -> None:
        chance, at, house = self.chance, self.days.moment(file.received), file.place.organisation.id
        first, last = chance.choice(FIRSTS), SHORTEST if number == 1 else family(chance)
        born, phone = chance.choice(self.births), f"06 39 98 {number // 100 % 100:02} {number % 100:02}"
        self.rows.create(
            Youth,
            *(file.youth, at, at, house, str(chance.choice(file.place.sites).pk), first, last, born),
            *(phone, chance.choice(SITUATIONS), waits, *searched_in(last, first, "", phone).values()),
            by=file.referent,
            youth=file.youth,
            at=at,
        )

    def accompany(self, file: File) -> int:
        """Each contact may announce the next one; the last reminder may still be open. Returns the last moment."""
        chance, random, length = self.chance, self.chance.random, file.last - file.received
        number = max(1, round(chance.gauss(self.contacts, self.contacts / 4)))
        moments = sorted([file.received + int(length * random()) for _turn in range(number)])
        notes = chance.choices(NOTED, k=number)
        for moment, noted in zip(moments[:-1], notes, strict=False):
            due = moment + 10 * DAY if random() < 0.3 and moment + 8 * DAY < NOW else None
            self.note(file, moment, noted, due, done=due and moment + 8 * DAY)
        due = (BEFORE + chance.randint(-12, 40)) * DAY
        self.note(file, moments[-1], notes[-1], due if file.is_open and random() < 0.6 else None)
        return moments[-1]

    def note(
        self, file: File, moment: int, noted: tuple, due: int | None, *, done: int | None = None
    ) -> None:
        rows, days, by, house = self.rows, self.days, file.referent, file.place.organisation.id
        pk, at, (kind, text, announced, audience) = rows.ids(), days.moment(moment), noted
        due_on, what = (days.day(due), announced) if due else (None, "")
        done_at = days.moment(done) if done else None
        values = (pk, at, at, house, house, by.id, at, kind, text, audience, what, due_on, done_at)
        rows.create(Accompaniment, *values, by=by, youth=file.youth, at=at)
        rows.put(Participation, pk, file.youth, house, at, audience)
        if due:
            settled = (done_at, by.id if done else None)
            of = (file.youth, house, house, by.id, pk)
            rows.put(Reminder, rows.ids(), at, done_at or at, *of, what, due_on, audience, *settled)

    def follow(self, file: File, heard: int) -> None:
        """By one person, or by one who has left and handed over to the next."""
        rows, days, chance, pk, by = self.rows, self.days, self.chance, self.rows.ids(), file.referent
        opened, closed = days.moment(file.received), None if file.is_open else days.moment(heard + 1)
        story = (opened, closed, "" if file.is_open else "A trouvé un emploi durable.", days.moment(heard))
        rows.put(
            FollowUp,
            *(pk, opened, closed or opened, file.youth, file.place.organisation.id, by.id, *story),
        )
        rows.tell("follow_up_opened", FollowUp, pk, by, file.youth, opened)
        since = opened
        if chance.random() < 0.1:
            former, since = chance.choice(file.place.leavers), days.moment((file.received + heard) // 2)
            rows.put(ReferentAssignment, pk, former.id, former.id, opened, since, "Début du suivi.")
            rows.tell("referent_changed", FollowUp, pk, by, file.youth, since)
        why = "Début du suivi." if since == opened else "Départ de la structure."
        rows.put(ReferentAssignment, pk, by.id, by.id, since, closed, why)
        if closed:
            rows.tell("follow_up_closed", FollowUp, pk, by, file.youth, closed)
        if file.is_open and chance.random() < 0.1 and len(file.place.counsellors) > 1:
            colleague = chance.choice([one for one in file.place.counsellors[:9] if one is not by])
            rows.put(TeamMember, file.youth, colleague.pk, days.day(heard))


def family(chance: random.Random) -> str:
    """Eight thousand names: a list that is searched must not find half of itself."""
    name = chance.choice(FAMILIES)
    return name if chance.random() < 0.2 else f"{name}-{chance.choice(FAMILIES)}"

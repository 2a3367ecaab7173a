"""To whom young people were referred, what the partner may read, and what it noted."""

import random
from dataclasses import dataclass

from demonstration.bulk.days import MINUTES, NOW, Days
from demonstration.bulk.places import Bond, File
from demonstration.bulk.rows import Rows
from demonstration.texts import BY_AGENCY
from exchange.models import Message
from referrals.models import Referral
from referrals.workflow import ANSWERED, ENDED, SHARING, Status
from youths.models import Accompaniment, Participation, Share

REFERRED, TWICE = 0.4, 0.12  # of the files; of those referred, to two partners
WEIGHTS = [75, 12, 8, 5]  # the structure's partners: one agreement carries thousands
OVER = [Status.COMPLETED] * 4 + [Status.STOPPED] + [Status.DECLINED] * 2
STATES = [*OVER, Status.SENT, Status.ACCEPTED, Status.UNDER_WAY]
STEPS = {
    Status.SENT: [],
    Status.DECLINED: ["decline"],
    Status.ACCEPTED: ["accept"],
    Status.UNDER_WAY: ["accept", "start"],
    Status.COMPLETED: ["accept", "start", "complete"],
    Status.STOPPED: ["accept", "stop"],
}
WRITTEN = 0.2  # of the referrals that were taken
QUESTION = ("Avez-vous pu fixer une date ?", "Oui, jeudi à 14 h.")
SAID = [note for note in BY_AGENCY if "{" not in note.text]
LATELY = 40 * MINUTES  # an unanswered referral expires after ninety days
FIELDS = '["birth_date", "phone"]'


@dataclass
class Course:
    """How a referral went, in working minutes."""

    status: Status
    sent: int
    answered: int | None = None
    ended: int | None = None

    @property
    def is_taken(self) -> bool:
        return self.answered is not None and self.status != Status.DECLINED

    @property
    def share_closed(self) -> int | None:
        return self.answered if self.status == Status.DECLINED else self.ended


class Referrals:
    def __init__(self, rows: Rows, chance: random.Random, days: Days):
        self.rows, self.chance, self.days = rows, chance, days

    def refer(self, file: File) -> None:
        if self.chance.random() > REFERRED:
            return
        bonds = file.place.bonds
        chosen = {id(bond): bond for bond in self.chance.choices(bonds, WEIGHTS, k=2)}
        number = 2 if self.chance.random() < TWICE else 1
        for bond in list(chosen.values())[:number]:
            if course := self.course(file.received, bond):
                self.write(file, bond, course)

    def course(self, received: int, bond: Bond) -> Course | None:
        """None where the agreement was over before the young person came."""
        status = self.chance.choice(OVER if bond.is_over else STATES)
        earliest = max(received, bond.since, NOW - LATELY if status in SHARING else 0)
        if earliest + MINUTES > bond.until:
            return None
        sent = self.chance.randrange(earliest, bond.until)
        course = Course(status, sent)
        if status in ANSWERED:
            course.answered = sent + (bond.until - sent) // 5
            course.ended = (course.answered + bond.until) // 2 if status in ENDED else None
        return course

    def write(self, file: File, bond: Bond, course: Course) -> None:
        rows, by, youth, house = self.rows, file.referent, file.youth, file.place.organisation.id
        recipient, agreement = bond.partner.organisation.id, bond.agreement.id
        sent, answered, ended, closed = map(
            self.said, (course.sent, course.answered, course.ended, course.share_closed)
        )
        share, pk, shows = rows.ids(), rows.ids(), self.chance.random() < 0.5
        rows.put(
            Share,
            *(share, sent, closed or answered or sent, youth, recipient, agreement, FIELDS, shows),
            *(course.is_taken, sent[:10], closed),
        )
        values: tuple = (pk, sent, ended or answered or sent, youth, house, recipient, by.id, agreement)
        values += (bond.partner.offer.pk, "Cherche une première expérience.", "together", FIELDS, shows)
        values += (course.status.value, share, sent, answered, ended)
        reason = "no_place" if course.status == Status.DECLINED else ""
        rows.create(Referral, *values, reason, "work" if ended else "", by=by, youth=youth, at=sent)
        rows.tell("send", Referral, pk, by, youth, sent)
        for step in STEPS[course.status]:
            at = ended if step in {"complete", "stop"} else answered
            rows.tell(step, Referral, pk, bond.partner.lead, youth, at)
        if course.is_taken and self.chance.random() < 0.3:
            self.note(file, bond, course)
        if course.is_taken and self.chance.random() < WRITTEN:
            self.talk(file, bond, course, pk)

    def talk(self, file: File, bond: Bond, course: Course, referral: str) -> None:
        """A question of the structure, and what the partner answers."""
        rows, lead, at = self.rows, bond.partner.lead, self.said(course.answered)
        for by, text in zip((file.referent, lead), QUESTION, strict=True):
            values = (rows.ids(), at, at, "referrals.referral", referral, by.id, text)
            rows.create(Message, *values, by=by, youth=file.youth, at=at)

    def note(self, file: File, bond: Bond, course: Course) -> None:
        """What the partner noted is for itself and the structure."""
        rows, lead, said = self.rows, bond.partner.lead, self.chance.choice(SAID)
        pk, structure = rows.ids(), file.place.organisation.id
        at = self.said((course.answered + (course.ended or NOW)) // 2)
        values = (pk, at, at, lead.organisation_id, structure, lead.id, at, said.kind, said.text, "partner")
        rows.create(Accompaniment, *values, "", None, None, by=lead, youth=file.youth, at=at)
        rows.put(Participation, pk, file.youth, structure, at, "partner")

    def said(self, moment: int | None) -> str | None:
        return None if moment is None else self.days.moment(moment)

"""The files of a place: who each person is, who follows them, what was done, to whom they were referred."""

import datetime
import random
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from accounts.models import AuditEntry, Event
from common import clock
from desk.demonstration.bulk.places import Ids, Partner, Place
from desk.demonstration.bulk.tables import Table
from desk.demonstration.names import FAMILIES, MEN, WOMEN
from referrals.models import Referral
from referrals.workflow import ANSWERED, ENDED, SHARING, Status
from youths.models import Accompaniment, FollowUp, Participation, ReferentAssignment, Reminder, Share, Youth
from youths.models.choices import Audience, ContactKind, Situation
from youths.models.youth import searched_in

AT_ONCE = 2_000  # files kept in memory
DAY = datetime.timedelta(days=1)
FIRSTS = WOMEN + MEN
SITUATIONS, KINDS = list(Situation), list(ContactKind)
AUDIENCES = [Audience.STRUCTURE] * 17 + [Audience.SHARED] * 2 + [Audience.TEAM]
STATES = [Status.COMPLETED] * 5 + [Status.DECLINED] * 2 + [Status.SENT, Status.ACCEPTED, Status.UNDER_WAY]
TEXT = "Point sur le projet professionnel, démarches à faire avant le prochain rendez-vous."

# The columns of each, in the order in which rows are put.
TABLES = {
    Youth: """id created_at updated_at organisation_id site_id first_name last_name birth_date phone situation
        waits search search_outside""",
    FollowUp: """id created_at updated_at youth_id structure_id referent_id opened_at closed_at closing_reason
        last_contact_at""",
    ReferentAssignment: "follow_up_id referent_id by_id starts_at ends_at reason",
    Accompaniment: """id created_at updated_at organisation_id structure_id author_id happened_at kind text audience
        next_step next_on next_done_at""",
    Participation: "accompaniment_id youth_id structure_id happened_at audience",
    Reminder: """id created_at updated_at youth_id organisation_id structure_id owner_id accompaniment_id what due_on audience
        settled_at settled_by_id""",
    Share: """id created_at updated_at youth_id organisation_id ground_id fields shows_accompaniments
        takes_notes from_on closed_at""",
    Referral: """id created_at updated_at youth_id sender_id recipient_id author_id agreement_id offer_id motive
        informed fields shows_accompaniments status share_id sent_at answered_at ended_at decline_reason
        outcome""",
    Event: "id by_id organisation_id verb subject_type subject_id about_type about_id moment after",
    AuditEntry: "id by_id organisation_id action route subject_type subject_ids moment",
}


@dataclass
class Writer:
    """Collects the rows of some thousand files, then fills the tables in the order of their keys."""

    ids: Ids
    chance: random.Random
    contacts: int  # in a file, on average
    rows: dict = field(default_factory=lambda: {model: [] for model in TABLES})
    written: dict = field(default_factory=lambda: dict.fromkeys(TABLES, 0))

    def __post_init__(self):
        self.tables = {model: Table(model, *columns.split()) for model, columns in TABLES.items()}

    def write(self, place: Place) -> None:
        numbers = iter(range(place.files))
        while batch := list(islice(numbers, AT_ONCE)):
            for number in batch:
                self.file(place, number)
            self.flush()

    def flush(self) -> None:
        for model, rows in self.rows.items():
            self.written[model] += self.tables[model].fill(rows)
            rows.clear()

    def put(self, model, *values) -> None:
        self.rows[model].append(values)

    def file(self, place: Place, number: int) -> None:
        """Seven in ten are followed now, two were, one waits."""
        chance, now = self.chance, clock.now()
        received = now - datetime.timedelta(days=chance.randint(1, 900), minutes=chance.randint(0, 600))
        standing = chance.choices(["followed", "ended", "waits"], weights=[7, 2, 1])[0]
        referent = place.counsellors[number % len(place.counsellors)]
        pk, house = self.ids(), place.organisation.pk
        first, last = chance.choice(FIRSTS), family(chance)
        self.put(
            Youth,
            *(pk, received, received, house, chance.choice(place.sites).pk, first, last),
            *(birthday(chance), f"06 39 98 {number // 100 % 100:02} {number % 100:02}"),
            *(chance.choice(SITUATIONS), standing == "waits", *folded(last, first)),
        )
        self.happened("created", referent, Youth, pk, pk, received)
        if standing == "waits":
            return
        moments = self.moments(received, now if standing == "followed" else received + (now - received) * 0.8)
        heard = self.accompany(pk, referent, moments, is_open=standing == "followed")
        self.follow(
            pk, referent, received, heard, closed=None if standing == "followed" else heard + DAY / 24
        )
        if chance.random() < 0.25:
            self.refer(pk, referent, place.partners, received)
        self.put(
            AuditEntry,
            *(self.ids(), referent.pk, house, AuditEntry.Action.READ, "desk:youth_file", "youths.youth"),
            *([str(pk)], heard),
        )

    def moments(self, start, end) -> list[datetime.datetime]:
        number = max(1, round(self.chance.gauss(self.contacts, self.contacts / 4)))
        return sorted(start + (end - start) * self.chance.random() for _turn in range(number))

    def accompany(self, youth, referent, moments, *, is_open) -> datetime.datetime:
        """Each contact announces the next one; the last reminder may still be open. Returns the last moment."""
        house = referent.organisation_id
        for moment in moments:
            pk, audience = self.ids(), self.chance.choice(AUDIENCES)
            is_last = moment is moments[-1]
            due, done = None, None
            if is_last and is_open and self.chance.random() < 0.6:
                due = clock.today() + self.chance.randint(-12, 40) * DAY
            elif not is_last and self.chance.random() < 0.3:
                due, done = moment.date() + 14 * DAY, moment + 10 * DAY
            what = "Rappeler" if due else ""
            self.put(
                Accompaniment,
                *(pk, moment, moment, house, house, referent.pk, moment, self.chance.choice(KINDS)),
                *(TEXT, audience, what, due, done),
            )
            self.put(Participation, pk, youth, house, moment, audience)
            self.happened("created", referent, Accompaniment, pk, youth, moment)
            if due:
                settled = (done, referent.pk) if done else (None, None)
                self.put(
                    Reminder,
                    *(
                        self.ids(),
                        moment,
                        moment,
                        youth,
                        house,
                        house,
                        referent.pk,
                        pk,
                        what,
                        due,
                        audience,
                        *settled,
                    ),
                )
        return moments[-1]

    def follow(self, youth, referent, opened, heard, *, closed) -> None:
        pk, reason = self.ids(), "A trouvé un emploi durable." if closed else ""
        self.put(
            FollowUp,
            *(pk, opened, closed or opened, youth, referent.organisation_id, referent.pk, opened),
            *(closed, reason, heard),
        )
        self.put(ReferentAssignment, pk, referent.pk, referent.pk, opened, closed, "Début du suivi.")
        self.happened("follow_up_opened", referent, FollowUp, pk, youth, opened)

    def refer(self, youth, author, partners: list[Partner], received) -> None:
        """To the first partner more often than to the others: one agreement carries thousands."""
        chance, now = self.chance, clock.now()
        partner = partners[min(len(partners) - 1, int(chance.expovariate(1.2)))]
        status = chance.choice(STATES)
        earliest = max(received, now - 60 * DAY) if status in SHARING else received
        sent = earliest + (now - earliest) * 0.5 * chance.random()
        answered = sent + (now - sent) * 0.2 if status in ANSWERED else None
        ended = answered + (now - answered) * 0.5 if status in ENDED else None
        closed = ended or (answered if status == Status.DECLINED else None)
        house, other, share, pk = author.organisation_id, partner.organisation.pk, self.ids(), self.ids()
        fields = ["birth_date", "phone"]
        shows = chance.random() < 0.5
        self.put(
            Share,
            *(share, sent, closed or sent, youth, other, partner.agreement.pk, fields, shows),
            *(
                answered is not None and status != Status.DECLINED,
                sent.astimezone(clock.PARIS).date(),
                closed,
            ),
        )
        self.put(
            Referral,
            *(pk, sent, closed or sent, youth, house, other, author.pk, partner.agreement.pk),
            *(partner.offer.pk, "Cherche une formation en alternance.", "together", fields, shows, status),
            *(share, sent, answered, ended, "no_place" if status == Status.DECLINED else ""),
            "training" if status in ENDED else "",
        )
        self.happened("send", author, Referral, pk, youth, sent)

    def happened(self, verb, by, model, subject, youth, moment) -> None:
        label = model._meta.label_lower
        self.put(
            Event,
            *(self.ids(), by.pk, by.organisation_id, verb, label, subject, "youths.youth", youth, moment, {}),
        )


@cache
def folded(last: str, first: str) -> tuple[str, str]:
    return searched_in(last, first, "")


def family(chance: random.Random) -> str:
    """Eight thousand names: a list that is searched must not find half of itself."""
    return (
        f"{chance.choice(FAMILIES)}-{chance.choice(FAMILIES)}"
        if chance.random() < 0.8
        else chance.choice(FAMILIES)
    )


def birthday(chance: random.Random) -> datetime.date:
    return clock.today() - datetime.timedelta(days=chance.randint(17 * 365, 25 * 365))

"""The rows of some thousand files on their way to the database, each table's in the order of its keys."""

import random
from uuid import UUID

from django.db import models

from accounts.models import AuditEntry, Event
from demonstration.bulk.tables import Table
from exchange.models import Document, Message
from referrals.models import Referral
from youths.models import (
    Accompaniment,
    FollowUp,
    Participation,
    ReferentAssignment,
    Reminder,
    Share,
    TeamMember,
    Youth,
)

Batch = dict[type[models.Model], list[tuple]]

# The columns of each, in the order in which rows are put.
TABLES = {
    Youth: """id created_at updated_at organisation_id site_id first_name last_name birth_date phone situation
        waits search found_by search_outside""",
    FollowUp: """id created_at updated_at youth_id structure_id referent_id opened_at closed_at closing_reason
        last_contact_at""",
    ReferentAssignment: "follow_up_id referent_id by_id starts_at ends_at reason",
    TeamMember: "youth_id member_id starts_on",
    Accompaniment: """id created_at updated_at organisation_id structure_id author_id happened_at kind text audience
        next_step next_on next_done_at""",
    Participation: "accompaniment_id youth_id structure_id happened_at audience",
    Reminder: """id created_at updated_at youth_id organisation_id structure_id owner_id accompaniment_id what
        due_on audience settled_at settled_by_id""",
    Share: """id created_at updated_at youth_id organisation_id ground_id fields shows_accompaniments
        takes_notes from_on closed_at""",
    Referral: """id created_at updated_at youth_id sender_id recipient_id author_id agreement_id offer_id motive
        informed fields shows_accompaniments status share_id sent_at answered_at ended_at decline_reason
        outcome""",
    Message: "id created_at updated_at subject_type subject_id author_id text",
    Document: """id created_at updated_at subject_type subject_id series author_id title kind audience file media_type
        size sha256 pages""",
    Event: "id by_id organisation_id verb subject_type subject_id about_type about_id moment after",
    AuditEntry: "id by_id organisation_id action route subject_type subject_ids moment",
}


class Ids:
    """Ids that grow, so that indexes are written at one end; two seeds have none in common."""

    def __init__(self, chance: random.Random):
        front = str(UUID(int=chance.getrandbits(128)))
        self.front, self.last = front[:-12], 0

    def __call__(self) -> str:
        self.last += 1
        return f"{self.front}{self.last:012x}"


class Rows:
    def __init__(self, ids: Ids):
        self.ids = ids
        self.tables = {model: Table(model, *columns.split()) for model, columns in TABLES.items()}
        self.waiting: Batch = {model: [] for model in TABLES}

    def put(self, model, *values) -> None:
        self.waiting[model].append(values)

    def create(self, model, *values, by, youth, at) -> None:
        """A record with the event that tells of it."""
        self.waiting[model].append(values)
        self.tell("created", model, values[0], by, youth, at, self.tables[model].quote(values))

    def tell(self, verb, model, subject, by, youth, at, after="{}") -> None:
        about = (self.tables[model].label, subject, "youths.youth", youth)
        self.put(Event, self.ids(), by.id, by.organisation_id, verb, *about, at, after)

    def taken(self) -> Batch:
        """All that waits; collecting begins anew."""
        waiting, self.waiting = self.waiting, {model: [] for model in TABLES}
        return waiting

    def fill(self, waiting: Batch) -> dict[type[models.Model], int]:
        """Into the database; returns how many rows each table got."""
        return {model: self.tables[model].fill(rows) for model, rows in waiting.items()}

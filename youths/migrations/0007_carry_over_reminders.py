"""What contacts announced becomes a row for each young person; what lists ask stands on the rows they read."""

import uuid

from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery

BATCH = 2000


def tell_the_structure(apps, schema_editor):
    FollowUp, Youth = apps.get_model("youths", "FollowUp"), apps.get_model("youths", "Youth")
    of_the_youth = Youth.objects.filter(pk=OuterRef("youth")).values("organisation")
    FollowUp.objects.update(structure=Subquery(of_the_youth))
    Youth.objects.filter(Exists(FollowUp.objects.filter(youth=OuterRef("pk")))).update(waits=False)


def set_reminders(apps, schema_editor):
    Accompaniment = apps.get_model("youths", "Accompaniment")
    Reminder = apps.get_model("youths", "Reminder")
    Event = apps.get_model("accounts", "Event")
    settled = Event.objects.filter(verb="reminder_settled", subject_id=OuterRef("pk"))
    announced = Accompaniment.objects.filter(next_on__isnull=False).annotate(settled_by=settled.values("by")[:1])
    batch = []
    for contact in announced.prefetch_related("youths").iterator(BATCH):
        batch += [reminder(Reminder, contact, youth) for youth in contact.youths.all()]
        if len(batch) >= BATCH:
            Reminder.objects.bulk_create(batch)
            batch.clear()
    Reminder.objects.bulk_create(batch)


def reminder(Reminder, contact, youth):
    done = contact.next_done_at
    return Reminder(
        pk=uuid.uuid4(),
        youth=youth,
        organisation_id=contact.organisation_id,
        owner_id=contact.author_id,
        accompaniment=contact,
        what=contact.next_step,
        due_on=contact.next_on,
        audience=contact.audience,
        created_at=min(contact.created_at, done) if done else contact.created_at,
        settled_at=done,
        settled_by_id=(contact.settled_by or contact.author_id) if done else None,
    )


def tie_again(apps, schema_editor):
    """The same ties, with what lists of one person's contacts ask."""
    schema_editor.execute(
        """
        INSERT INTO youths_participation (accompaniment_id, youth_id, structure_id, happened_at, audience)
        SELECT tie.accompaniment_id, tie.youth_id, contact.structure_id, contact.happened_at, contact.audience
        FROM youths_accompaniment_youths AS tie
        JOIN youths_accompaniment AS contact ON contact.id = tie.accompaniment_id
        """
    )


def tie_as_before(apps, schema_editor):
    schema_editor.execute(
        """
        INSERT INTO youths_accompaniment_youths (accompaniment_id, youth_id)
        SELECT accompaniment_id, youth_id FROM youths_participation
        """
    )


def leave(apps, schema_editor):
    """Contacts still say what they announced, and whether it is done."""


class Migration(migrations.Migration):
    dependencies = [("youths", "0006_reminders_are_rows")]

    operations = [
        migrations.RunPython(tell_the_structure, leave),
        migrations.RunPython(set_reminders, leave),
        migrations.RunPython(tie_again, tie_as_before),
    ]

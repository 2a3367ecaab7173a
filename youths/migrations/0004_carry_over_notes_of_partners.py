"""Notes that stand already: whose young people they are about, and who reads what a partner noted."""

import uuid

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from common.text import normalised

BATCH = 2000


def name_the_structure(apps, schema_editor):
    """A note about the young people of several structures becomes one for each: none reads of the others'."""
    Accompaniment = apps.get_model("youths", "Accompaniment")
    Youth = apps.get_model("youths", "Youth")
    about = Youth.objects.filter(accompaniments=OuterRef("pk")).order_by("organisation")
    structure = Coalesce(Subquery(about.values("organisation")[:1]), F("organisation"))
    Accompaniment.objects.update(structure=structure)
    ties = Accompaniment.youths.through.objects.exclude(
        youth__organisation=F("accompaniment__structure")
    ).order_by("accompaniment")
    mixed = ties.values_list("accompaniment", "youth__organisation").distinct()
    for note, other in list(mixed):
        set_apart(Accompaniment.objects.get(pk=note), other, ties)


def set_apart(note, structure, ties):
    themes, moved = list(note.themes.all()), ties.filter(accompaniment=note.pk, youth__organisation=structure)
    youths = list(moved.values_list("youth", flat=True))
    moved.filter(pk__in=list(moved.values_list("pk", flat=True))).delete()
    note.pk, note.structure_id = uuid.uuid4(), structure
    note.next_step, note.next_on, note.next_done_at = "", None, None  # the reminder stays with the first
    note._state.adding = True
    note.save(force_insert=True)
    note.youths.set(youths)
    note.themes.set(themes)


def narrow_the_audience(apps, schema_editor):
    by_a_partner = apps.get_model("youths", "Accompaniment").objects.exclude(organisation=F("structure"))
    by_a_partner.update(audience="partner")


def gather_names(apps, schema_editor):
    Youth = apps.get_model("youths", "Youth")
    batch = []
    for youth in Youth.objects.only("pk", "last_name", "first_name").iterator(BATCH):
        youth.search_outside = normalised(youth.last_name, youth.first_name)
        batch.append(youth)
        if len(batch) == BATCH:
            Youth.objects.bulk_update(batch, ["search_outside"])
            batch.clear()
    Youth.objects.bulk_update(batch, ["search_outside"])


def widen_the_audience(apps, schema_editor):
    apps.get_model("youths", "Accompaniment").objects.filter(audience="partner").update(audience="shared")


def leave(apps, schema_editor):
    """Columns that go need nothing undone."""


class Migration(migrations.Migration):
    dependencies = [("youths", "0003_notes_of_partners")]

    operations = [
        migrations.RunPython(name_the_structure, leave),
        migrations.RunPython(narrow_the_audience, widen_the_audience),
        migrations.RunPython(gather_names, leave),
    ]

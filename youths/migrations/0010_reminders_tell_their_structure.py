"""A reminder tells whose young person it is about, so that a structure's counters ask no file."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

TO_ORGANISATION = {
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "accounts.organisation",
}


def tell_the_structure(apps, schema_editor):
    Reminder, Youth = apps.get_model("youths", "Reminder"), apps.get_model("youths", "Youth")
    of_the_youth = Youth.objects.filter(pk=OuterRef("youth")).values("organisation")
    Reminder.objects.update(structure=Subquery(of_the_youth))


class Migration(migrations.Migration):
    dependencies = [("youths", "0009_the_erased_are_found")]

    operations = [
        # Without its constraint at first: PostgreSQL alters no table while a foreign key waits to be checked.
        migrations.AddField(
            "reminder", "structure", models.ForeignKey(null=True, db_constraint=False, **TO_ORGANISATION)
        ),
        migrations.RunPython(tell_the_structure, migrations.RunPython.noop),
        migrations.AlterField("reminder", "structure", models.ForeignKey(**TO_ORGANISATION)),
    ]

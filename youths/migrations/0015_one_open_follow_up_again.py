from django.db import migrations, models


class Migration(migrations.Migration):
    """On PostgreSQL, taking the index of `youth` away took this one as well: Django looks for those of one column,
    and spares declared indexes, not the index of a partial constraint."""

    dependencies = [
        ("youths", "0014_indexes_that_are_read"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="followup", name="follow_up_one_open_per_youth"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("youth",),
                name="follow_up_one_open_per_youth",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("youths", "0010_reminders_tell_their_structure")]

    operations = [
        migrations.RemoveIndex("participation", "participation_team"),
        migrations.AddIndex(
            "participation",
            models.Index(
                condition=models.Q(("audience", "structure"), _negated=True),
                fields=["youth", "audience"],
                name="participation_apart",
            ),
        ),
    ]

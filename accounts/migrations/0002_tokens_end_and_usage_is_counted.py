import datetime

from django.db import migrations, models
from django.utils import timezone


def give_an_end(apps, schema_editor):
    """A year from now, the longest that a token may have; their owners see it in the list."""
    in_a_year = timezone.now() + datetime.timedelta(days=365)
    tokens = apps.get_model("accounts", "ApiToken").objects
    tokens.filter(expires_at=None).update(expires_at=in_a_year)
    tokens.filter(expires_at__gt=in_a_year).update(expires_at=in_a_year)


def leave(apps, schema_editor):
    """Ends that were given stay."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Usage",
            fields=[
                ("caller", models.UUIDField(primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField()),
                ("calls", models.PositiveIntegerField()),
                ("rows", models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="apitoken", name="last_used_on", field=models.DateField(null=True)
        ),
        migrations.RunPython(give_an_end, leave),
    ]

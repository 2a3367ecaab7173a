import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_indexes_that_are_read"),
        ("youths", "0017_files_of_a_site"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExternalId",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("system", models.CharField(max_length=60, verbose_name="system")),
                ("value", models.CharField(max_length=120, verbose_name="identifier")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "youth",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="youths.youth",
                    ),
                ),
            ],
            options={
                "verbose_name": "identifier in another system",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "system", "value"), name="external_id_once_in_a_structure"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("system", ""), _negated=True), models.Q(("value", ""), _negated=True)
                        ),
                        name="external_id_names_both",
                    ),
                ],
            },
        ),
    ]

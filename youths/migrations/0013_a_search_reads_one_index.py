from django.db import migrations, models


def drop_trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS youth_search_trigram")


class Migration(migrations.Migration):
    dependencies = [("youths", "0012_people_are_found_by_number_too")]

    operations = [
        migrations.RunPython(drop_trigrams, migrations.RunPython.noop),
        migrations.RemoveIndex("youth", "youth_by_name"),
        migrations.AddIndex(
            "youth",
            models.Index(
                fields=["organisation", "search", "id", "found_by", "erased_at"], name="youth_by_name"
            ),
        ),
    ]

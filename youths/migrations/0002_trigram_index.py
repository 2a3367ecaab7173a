from django.db import migrations


def create(apps, schema_editor):
    """'Contains' over names in milliseconds at a million files; SQLite answers from its covering index."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX youth_search_trigram ON youths_youth USING gin (search gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX youth_search_trigram")


class Migration(migrations.Migration):
    dependencies = [("youths", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

from django.db import migrations


class Migration(migrations.Migration):
    """Was an index of the extension pg_trgm, which not every host of a database allows; 0013 drops it."""

    dependencies = [("youths", "0001_initial")]

    operations: list = []

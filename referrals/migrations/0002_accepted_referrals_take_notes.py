from django.db import migrations


def open_to_notes(apps, schema_editor):
    """Whoever said yes before may go on noting; the referral's later yeses write it themselves."""
    running = apps.get_model("referrals", "Referral").objects.filter(status__in=["accepted", "under_way"])
    shares = apps.get_model("youths", "Share").objects
    shares.filter(pk__in=running.values("share")).update(takes_notes=True)


def leave(apps, schema_editor):
    """The column goes with its own migration."""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("youths", "0005_notes_have_their_readers")]

    operations = [migrations.RunPython(open_to_notes, leave)]

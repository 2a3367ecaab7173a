"""Memberships of one person in one organisation do not overlap: both engines refuse it, each in its own way.

The day of a change of role belongs to both: the old one ends with it, the new one begins with it. No constraint of Django's says it on both. A trigger of SQLite is lost where a later migration makes the table anew:
tests/accounts/test_membership_dates.py tells.
"""

from django.db import migrations

RULE = "membership_dates_do_not_overlap"
EXCLUDED = f"""
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE accounts_membership ADD CONSTRAINT {RULE} EXCLUDE USING gist (
        user_id WITH =, organisation_id WITH =, daterange(starts_on, ends_on) WITH &&
    );
"""
TRIGGER = """
    CREATE TRIGGER {rule}_{act} BEFORE {act} ON accounts_membership
    WHEN EXISTS (
        SELECT 1 FROM accounts_membership AS other
        WHERE other.user_id = NEW.user_id AND other.organisation_id = NEW.organisation_id AND other.id <> NEW.id
            AND (other.ends_on IS NULL OR other.ends_on > NEW.starts_on)
            AND (NEW.ends_on IS NULL OR NEW.ends_on > other.starts_on)
    ) BEGIN SELECT RAISE(ABORT, '{rule}'); END
"""
ACTS = ("INSERT", "UPDATE")


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(EXCLUDED)
        return
    for act in ACTS:
        schema_editor.execute(TRIGGER.format(rule=RULE, act=act))


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE accounts_membership DROP CONSTRAINT {RULE}")
        return
    for act in ACTS:
        schema_editor.execute(f"DROP TRIGGER {RULE}_{act}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_people_have_a_language")]
    operations = [migrations.RunPython(refuse, allow)]

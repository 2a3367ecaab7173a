import common.clock
from django.db import migrations, models


def forget_served(apps, schema_editor):
    """What left needs no delivery; what waits gets one with the next migration of exchange."""
    apps.get_model("accounts", "AccountMail").objects.exclude(status__in=["queued", "running"]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_organisations_are_reached_and_have_one_siret'),
        ('contenttypes', '0002_remove_content_type_name'),  # which follows a model's name
    ]

    operations = [
        migrations.RunPython(forget_served, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='accountmail', name='accountmail_progress_in_percent'),
        migrations.RemoveConstraint(model_name='accountmail', name='accountmail_leased_while_running'),
        migrations.RemoveConstraint(model_name='accountmail', name='accountmail_once_for_each_purpose'),
        migrations.RenameModel(old_name='AccountMail', new_name='Letter'),
        migrations.RemoveField(model_name='letter', name='status'),
        migrations.RemoveField(model_name='letter', name='claim_id'),
        migrations.RemoveField(model_name='letter', name='lease_until'),
        migrations.RemoveField(model_name='letter', name='not_before'),
        migrations.RemoveField(model_name='letter', name='tries'),
        migrations.RemoveField(model_name='letter', name='progress'),
        migrations.RemoveField(model_name='letter', name='sentence'),
        migrations.RenameField(model_name='letter', old_name='purpose', new_name='kind'),
        migrations.AlterField(model_name='letter', name='kind', field=models.CharField(max_length=40)),
        migrations.RenameField(model_name='letter', old_name='email', new_name='address'),
        migrations.AlterField(model_name='letter', name='address', field=models.CharField(max_length=320)),
        migrations.RenameField(model_name='letter', old_name='again_at', new_name='kept_until'),
        migrations.AlterField(model_name='letter', name='kept_until', field=models.DateTimeField(db_index=True)),
        migrations.AddField(model_name='letter', name='occasion', field=models.CharField(blank=True, default='', max_length=64), preserve_default=False),
        migrations.AddField(model_name='letter', name='facts', field=models.JSONField(default=dict)),
        migrations.AddField(model_name='letter', name='written_at', field=models.DateTimeField(default=common.clock.now)),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('kind', 'address', 'occasion'), name='letter_once_for_each_occasion'),
        ),
    ]

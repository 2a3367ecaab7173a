import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('youths', '0004_carry_over_notes_of_partners'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accompaniment',
            name='structure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AlterField(
            model_name='youth',
            name='search_outside',
            field=models.CharField(editable=False, max_length=320),
        ),
        migrations.AddIndex(
            model_name='accompaniment',
            index=models.Index(fields=['structure', '-happened_at', 'id'], name='accompaniment_of_a_structure'),
        ),
        migrations.AddConstraint(
            model_name='accompaniment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'partner'), models.Q(('organisation', models.F('structure')), _negated=True)), models.Q(models.Q(('audience', 'partner'), _negated=True), ('organisation', models.F('structure'))), _connector='OR'), name='accompaniment_of_a_partner_is_for_it_and_the_structure', violation_error_message='A partner’s note is for itself and the structure; the structure chooses among the others.'),
        ),
    ]

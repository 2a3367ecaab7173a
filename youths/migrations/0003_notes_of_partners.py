import common.clock
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('partnerships', '0001_initial'),
        ('youths', '0002_trigram_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='PassedNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passed_at', models.DateTimeField(default=common.clock.now)),
            ],
            options={
                'verbose_name': 'passed note',
            },
        ),
        migrations.AddField(
            model_name='accompaniment',
            name='structure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='share',
            name='takes_notes',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='youth',
            name='search_outside',
            field=models.CharField(default='', editable=False, max_length=320),
        ),
        migrations.AlterField(
            model_name='accompaniment',
            name='audience',
            field=models.CharField(choices=[('team', 'The team only'), ('structure', 'The whole structure'), ('shared', 'Shared with the partners of the young person'), ('partner', 'The structure and the partner who noted it')], default='structure', max_length=9, verbose_name='who may read it'),
        ),
        migrations.AddField(
            model_name='passednote',
            name='accompaniment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='youths.accompaniment'),
        ),
        migrations.AddField(
            model_name='passednote',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership'),
        ),
        migrations.AddField(
            model_name='passednote',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='youths.share'),
        ),
        migrations.AddConstraint(
            model_name='passednote',
            constraint=models.UniqueConstraint(fields=('accompaniment', 'share'), name='note_passed_on_once'),
        ),
    ]

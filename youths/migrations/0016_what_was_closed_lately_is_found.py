import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("youths", "0015_one_open_follow_up_again")]

    operations = [
        migrations.AlterField(
            "share",
            "organisation",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddIndex(
            "share",
            models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["organisation", "closed_at"],
                name="share_closed",
            ),
        ),
        migrations.AddIndex(
            "followup",
            models.Index(fields=["referent", "-opened_at", "id"], name="follow_up_of_a_referent"),
        ),
    ]

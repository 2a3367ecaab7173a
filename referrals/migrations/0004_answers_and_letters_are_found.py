from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_latest_on_each_side")]

    operations = [
        migrations.AddIndex(
            "referral",
            models.Index(
                condition=models.Q(("status__in", ["accepted", "declined"])),
                fields=["sender", "answered_at"],
                name="referral_answered",
            ),
        ),
        migrations.AddIndex(
            "referral",
            models.Index(
                condition=models.Q(("by_letter", True)),
                fields=["sender", "-created_at", "id"],
                name="referral_latest_letters",
            ),
        ),
    ]

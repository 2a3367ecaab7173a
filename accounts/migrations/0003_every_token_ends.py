from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_tokens_end_and_usage_is_counted")]

    operations = [
        migrations.AlterField(model_name="apitoken", name="expires_at", field=models.DateTimeField()),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0013_agreement_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="consentlink",
            name="failed_attempts",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="核对失败次数"),
        ),
    ]

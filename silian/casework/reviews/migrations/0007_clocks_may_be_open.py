"""An opinion or a fix without a configured limit has no day (未设定)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_seeds_and_scores_stay")]

    operations = [
        migrations.AlterField(
            model_name="materialfix",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="补正期限"),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="答复期限"),
        ),
    ]

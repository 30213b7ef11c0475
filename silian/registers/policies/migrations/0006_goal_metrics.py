"""Metrics beside goals without number, and figures beside numbers that nothing judges."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_benefits_wait_for_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="clause",
            name="figure_codes",
            field=models.JSONField(blank=True, default=list, verbose_name="执行情况指标"),
        ),
        migrations.AddField(
            model_name="clausegoal",
            name="metric_code",
            field=models.CharField(blank=True, max_length=80, verbose_name="对应指标"),
        ),
        migrations.AddField(
            model_name="clausetarget",
            name="figure_codes",
            field=models.JSONField(blank=True, default=list, verbose_name="执行情况指标"),
        ),
    ]

"""The metric whose count stands beside a dated goal without number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policy_tasks', '0006_supervision_finding'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='metric_code',
            field=models.CharField(blank=True, max_length=80, verbose_name='对应指标'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0015_fewer_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscription',
            name='starts_within_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='开始时间（天内）'),
        ),
    ]

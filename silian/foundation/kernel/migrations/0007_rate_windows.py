from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0006_working_day_overrides'),
    ]

    operations = [
        migrations.CreateModel(
            name='RateWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, verbose_name='计数对象')),
                ('window', models.BigIntegerField(verbose_name='时段')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('expires_at', models.DateTimeField(db_index=True, verbose_name='到期')),
            ],
            options={
                'verbose_name': '频次',
                'constraints': [models.UniqueConstraint(fields=('key', 'window'), name='rate_window_once')],
            },
        ),
    ]

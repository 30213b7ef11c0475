from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0007_rate_windows'),
    ]

    operations = [
        migrations.CreateModel(
            name='IdempotencyRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('caller', models.CharField(max_length=80, verbose_name='调用方')),
                ('key', models.CharField(max_length=80, verbose_name='幂等键')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='请求散列')),
                ('status', models.PositiveSmallIntegerField(verbose_name='状态码')),
                ('body', models.JSONField(verbose_name='应答')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '幂等记录',
                'constraints': [models.UniqueConstraint(fields=('caller', 'key'), name='idempotency_once')],
            },
        ),
    ]

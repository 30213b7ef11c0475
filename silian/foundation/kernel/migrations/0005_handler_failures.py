from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0004_jobs'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandlerFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queue_job_id', models.BigIntegerField(db_index=True, verbose_name='队列编号')),
                ('attempt', models.PositiveIntegerField(verbose_name='第几次')),
                ('error', models.CharField(max_length=500, verbose_name='错误')),
                ('trace', models.TextField(blank=True, verbose_name='详细')),
                ('failed_at', models.DateTimeField(auto_now_add=True, verbose_name='失败时间')),
            ],
            options={
                'verbose_name': '处理失败记录',
            },
        ),
    ]

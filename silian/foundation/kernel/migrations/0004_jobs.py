import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_stored_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='种类')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('arguments', models.JSONField(default=dict, verbose_name='参数')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='发起人编号')),
                ('actor_name', models.CharField(max_length=60, verbose_name='发起人')),
                ('organisation_id', models.BigIntegerField(null=True, verbose_name='单位编号')),
                ('organisation_name', models.CharField(blank=True, max_length=120, verbose_name='单位')),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '办理中'), ('done', '已完成'), ('failed', '未完成'), ('cancelled', '已取消')], default='queued', max_length=10, verbose_name='状态')),
                ('total', models.BigIntegerField(null=True, verbose_name='总数')),
                ('done', models.BigIntegerField(default=0, verbose_name='已办')),
                ('message', models.CharField(blank=True, max_length=200, verbose_name='进展')),
                ('result_url', models.CharField(blank=True, max_length=300, verbose_name='结果页面')),
                ('failure', models.CharField(blank=True, max_length=500, verbose_name='未完成的原因')),
                ('cancel_requested', models.BooleanField(default=False, verbose_name='已请求取消')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='提交时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('result_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.storedfile', verbose_name='结果文件')),
            ],
            options={
                'verbose_name': '后台任务',
                'indexes': [models.Index(fields=['actor_id', '-id'], name='job_by_actor')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['cancelled', 'done', 'failed'])), models.Q(models.Q(('state__in', ['cancelled', 'done', 'failed']), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='job_ended_has_time'), models.CheckConstraint(condition=models.Q(('done__gte', 0), models.Q(('total__isnull', True), ('total__gte', 0), _connector='OR')), name='job_counts_positive')],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('policy_tasks', '0004_lists'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExperienceCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.CharField(choices=[('training', '协同育人'), ('placement', '实习实训'), ('faculty', '师资建设'), ('base', '实训基地'), ('innovation', '创新与成果转化'), ('service', '对接服务'), ('governance', '机制改革')], max_length=12, verbose_name='主题')),
                ('title', models.CharField(max_length=80, verbose_name='标题')),
                ('problem', models.TextField(max_length=2000, verbose_name='要解决的问题')),
                ('practice', models.TextField(max_length=6000, verbose_name='做法')),
                ('effect', models.TextField(max_length=3000, verbose_name='成效')),
                ('conditions', models.TextField(max_length=2000, verbose_name='推广条件')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待审核'), ('returned', '退回修改'), ('published', '已发布'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('consented_at', models.DateTimeField(blank=True, null=True, verbose_name='同意公开时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='报送时间')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='退回或撤下理由')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='报送单位')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '经验案例',
                'ordering': ['-published_at', '-pk'],
                'indexes': [models.Index(fields=['state', '-published_at'], name='experience_case_public')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'published', 'withdrawn'])), name='experience_case_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('consented_at__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='experience_case_public_with_consent'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='experience_case_refused_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='CaseFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='指标')),
                ('before', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='之前')),
                ('after', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='之后')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('source', models.CharField(max_length=80, verbose_name='数据来源')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='policy_tasks.experiencecase')),
            ],
            options={
                'verbose_name': '成效数据',
                'ordering': ['case', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('case', 'name'), name='case_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='采用日')),
                ('changed', models.TextField(blank=True, max_length=1000, verbose_name='本地调整')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='效果')),
                ('result_on', models.DateField(blank=True, null=True, verbose_name='效果登记日')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='采用地区')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='采用单位')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='policy_tasks.experiencecase')),
            ],
            options={
                'verbose_name': '复制推广',
                'ordering': ['-starts_on', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('case', 'organisation'), name='case_adopted_once'), models.CheckConstraint(condition=models.Q(('result', ''), ('result_on__isnull', False), _connector='OR'), name='case_adoption_result_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='PublicityItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_on', models.DateField(verbose_name='计划日')),
                ('outlet', models.CharField(max_length=60, verbose_name='媒体或渠道')),
                ('title', models.CharField(max_length=120, verbose_name='题目')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='刊发日')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='链接')),
                ('reach', models.PositiveIntegerField(blank=True, null=True, verbose_name='阅读或到达次数')),
                ('reach_on', models.DateField(blank=True, null=True, verbose_name='计数日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publicity', to='policy_tasks.experiencecase')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '宣传报道',
                'ordering': ['-planned_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reach__isnull', True), models.Q(('published_on__isnull', False), ('reach_on__isnull', False)), _connector='OR'), name='case_publicity_reach_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='Rollout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', '待省级审批'), ('approved', '同意推广'), ('declined', '暂不推广')], default='proposed', max_length=10, verbose_name='状态')),
                ('grounds', models.TextField(max_length=2000, verbose_name='推广理由')),
                ('proposed_at', models.DateTimeField(verbose_name='申请时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审批时间')),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='审批意见')),
                ('document', models.CharField(blank=True, max_length=160, verbose_name='推广文件名称和文号')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rollouts', to='policy_tasks.experiencecase')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='推广范围')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '全省推广',
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('case',), name='case_rollout_asked_once'), models.CheckConstraint(condition=models.Q(('state', 'proposed'), models.Q(('decided_at__isnull', False), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='case_rollout_decided_with_opinion')],
            },
        ),
    ]

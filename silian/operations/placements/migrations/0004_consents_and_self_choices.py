import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('placements', '0003_preparing_and_learning'),
        ('programmes', '0001_programmes_and_classes'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.AddField(
            model_name='internship',
            name='ended_by',
            field=models.CharField(blank=True, choices=[('school', '学校'), ('host', '实习单位'), ('student', '学生'), ('guardian', '家长'), ('system', '系统')], max_length=8, verbose_name='提出方'),
        ),
        migrations.CreateModel(
            name='InternshipConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('giver', models.CharField(choices=[('student', '学生'), ('guardian', '家长（监护人）')], max_length=10, verbose_name='同意人')),
                ('giver_name', models.CharField(blank=True, max_length=60, verbose_name='姓名')),
                ('state', models.CharField(choices=[('waiting', '待签'), ('given', '已同意'), ('refused', '不同意')], default='waiting', max_length=8, verbose_name='状态')),
                ('text', models.TextField(verbose_name='告知书')),
                ('sha256', models.CharField(max_length=64, verbose_name='文本摘要')),
                ('method', models.CharField(blank=True, choices=[('account', '账号内签署'), ('link', '一次性链接签署'), ('paper', '纸质签署后登记')], max_length=8, verbose_name='方式')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='不同意的原因')),
                ('proof', models.JSONField(default=dict, verbose_name='存证')),
                ('asked_at', models.DateTimeField(verbose_name='送达时间')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='期限')),
                ('acted_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('internship', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='placements.internship')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='登记人员')),
                ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '实习知情同意',
                'ordering': ['internship', 'pk'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='consent_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('internship__isnull', False)), fields=('internship', 'giver'), name='consent_of_a_giver_once'), models.CheckConstraint(condition=models.Q(models.Q(('acted_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('acted_at__isnull', False), models.Q(('giver_name', ''), _negated=True), models.Q(('method', ''), _negated=True)), _connector='OR'), name='consent_answered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ConsentLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True, verbose_name='令牌摘要')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='使用时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='placements.internshipconsent')),
            ],
            options={
                'verbose_name': '同意书链接',
            },
        ),
        migrations.CreateModel(
            name='SelfChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='岗位名称')),
                ('address', models.CharField(max_length=200, verbose_name='工作地点')),
                ('tasks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None, verbose_name='典型工作任务')),
                ('daily_hours', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='每日工时')),
                ('weekly_days', models.PositiveSmallIntegerField(verbose_name='每周工作天数')),
                ('shift_starts', models.TimeField(verbose_name='上班时间')),
                ('shift_ends', models.TimeField(verbose_name='下班时间')),
                ('pay', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='实习报酬（元/月）')),
                ('post_wage', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='相同岗位工资（元/月）')),
                ('pay_day', models.PositiveSmallIntegerField(default=10, verbose_name='每月发放日')),
                ('staff_in_post', models.PositiveIntegerField(default=1, verbose_name='同类岗位在岗人数')),
                ('mentor_name', models.CharField(max_length=60, verbose_name='企业导师')),
                ('lodging', models.CharField(blank=True, max_length=200, verbose_name='住宿安排')),
                ('reason', models.CharField(max_length=300, verbose_name='选择理由')),
                ('starts_on', models.DateField(verbose_name='起始日')),
                ('ends_on', models.DateField(verbose_name='终止日（不含）')),
                ('state', models.CharField(choices=[('with_guardian', '待家长同意'), ('submitted', '待学校审核'), ('approved', '已同意'), ('refused', '未通过'), ('withdrawn', '已撤回')], default='with_guardian', max_length=14, verbose_name='状态')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='审核期限')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('decision', models.CharField(blank=True, max_length=300, verbose_name='审核意见')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='工作地区')),
                ('internship', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='self_choice', to='placements.internship', verbose_name='实习')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='单位')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_choices', to='people.person', verbose_name='学生')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.internshipplan', verbose_name='实习方案')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.internshippost', verbose_name='岗位')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='学校')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.schoolclass', verbose_name='班级')),
            ],
            options={
                'verbose_name': '自主选择实习申请',
                'indexes': [models.Index(fields=['school', 'state'], name='self_choice_by_school')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='self_choice_period_ordered'), models.UniqueConstraint(condition=models.Q(('state__in', ['with_guardian', 'submitted'])), fields=('person',), name='self_choice_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('internship__isnull', False), _connector='OR'), name='self_choice_approved_is_placed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('decision', ''), _negated=True), _connector='OR'), name='self_choice_refused_with_reason')],
            },
        ),
        migrations.AddField(
            model_name='internshipconsent',
            name='self_choice',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='placements.selfchoice'),
        ),
        migrations.CreateModel(
            name='AcceptedWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, verbose_name='规则')),
                ('sentence', models.CharField(max_length=300, verbose_name='提示')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='条款')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('accepted_at', models.DateTimeField(auto_now_add=True, verbose_name='保留时间')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accepted_warnings', to='placements.internship')),
            ],
            options={
                'verbose_name': '保留理由的提示',
                'ordering': ['internship', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='warning_accepted_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Interruption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='起始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='恢复日')),
                ('reason', models.CharField(max_length=300, verbose_name='原因')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interruptions', to='placements.internship')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '实习中断',
                'ordering': ['internship', 'starts_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('internship',), name='interruption_open_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='interruption_period_ordered')],
            },
        ),
        migrations.AddConstraint(
            model_name='internshipconsent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('internship__isnull', False), ('self_choice__isnull', True)), models.Q(('internship__isnull', True), ('self_choice__isnull', False)), _connector='OR'), name='consent_to_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='internshipconsent',
            constraint=models.UniqueConstraint(condition=models.Q(('self_choice__isnull', False)), fields=('self_choice', 'giver'), name='consent_to_a_choice_once'),
        ),
    ]

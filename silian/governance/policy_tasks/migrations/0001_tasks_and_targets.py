import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('alliances', '0001_meetings_and_decisions'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('policies', '0001_policies'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('clause', '政策条款'), ('decision', '会议决定'), ('supervision', '督查整改'), ('manual', '自行添加')], max_length=12, verbose_name='来源')),
                ('number', models.CharField(max_length=30, verbose_name='任务编号')),
                ('title', models.CharField(max_length=200, verbose_name='任务')),
                ('detail', models.TextField(blank=True, verbose_name='内容')),
                ('force', models.CharField(choices=[('mandatory', '应当'), ('in_principle', '原则上'), ('encouraged', '鼓励'), ('permitted', '允许'), ('promoted', '推动'), ('exploratory', '探索'), ('strive', '力争'), ('target', '目标')], default='mandatory', max_length=14, verbose_name='强制程度')),
                ('state', models.CharField(choices=[('draft', '待下达'), ('assigned', '待签收'), ('running', '推进中'), ('claimed', '申请办结'), ('done', '已办结'), ('cancelled', '已取消')], default='draft', max_length=10, verbose_name='状态')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='开始日')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办结期限')),
                ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='进度')),
                ('weather', models.CharField(blank=True, choices=[('normal', '正常'), ('behind', '滞后'), ('blocked', '受阻')], max_length=8, verbose_name='牵头单位判断')),
                ('weather_by_supervisor', models.CharField(blank=True, choices=[('normal', '正常'), ('behind', '滞后'), ('blocked', '受阻')], max_length=8, verbose_name='督查判断')),
                ('last_report_at', models.DateTimeField(blank=True, null=True, verbose_name='最近报送')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='办结日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='policies.clause')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='alliances.decision')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='policies.policydocument')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_tasks', to='policies.policybody', verbose_name='牵头单位')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='责任人')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='policy_tasks.policytask', verbose_name='上级任务')),
            ],
            options={
                'verbose_name': '任务',
                'ordering': ['division', 'number'],
                'indexes': [models.Index(fields=['state', 'due_on'], name='task_by_due'), models.Index(fields=['lead', 'state'], name='task_by_lead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'assigned', 'running', 'claimed', 'done', 'cancelled'])), name='task_state_known'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='task_percent_at_most_100'), models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True)), _connector='OR'), name='task_done_on_a_day'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='task_not_its_own_part'), models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('due_on__isnull', True), ('due_on__gte', models.F('starts_on')), _connector='OR'), name='task_period_ordered'), models.UniqueConstraint(fields=('division', 'number'), name='task_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='节点')),
                ('due_on', models.DateField(verbose_name='期限')),
                ('reached_on', models.DateField(blank=True, null=True, verbose_name='完成日')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '节点',
                'ordering': ['task', 'due_on'],
            },
        ),
        migrations.CreateModel(
            name='ProgressReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('submitted', '已报送'), ('returned', '退回补充')], default='submitted', max_length=10, verbose_name='状态')),
                ('text', models.TextField(verbose_name='进展')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='进度')),
                ('weather', models.CharField(choices=[('normal', '正常'), ('behind', '滞后'), ('blocked', '受阻')], max_length=8, verbose_name='推进情况')),
                ('difficulty', models.TextField(blank=True, verbose_name='困难与需协调事项')),
                ('next_step', models.TextField(blank=True, verbose_name='下一步')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回原因')),
                ('reported_at', models.DateTimeField(verbose_name='报送时间')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='报送单位')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '进展报告',
                'ordering': ['-reported_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='report_percent_at_most_100'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='report_returned_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='SupervisorWeather',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weather', models.CharField(choices=[('normal', '正常'), ('behind', '滞后'), ('blocked', '受阻')], max_length=8, verbose_name='推进情况')),
                ('reason', models.CharField(max_length=300, verbose_name='依据')),
                ('said_at', models.DateTimeField(verbose_name='时间')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '督查判断',
                'ordering': ['-said_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=12, verbose_name='编号')),
                ('title', models.CharField(max_length=120, verbose_name='目标')),
                ('chain', models.CharField(blank=True, max_length=12, verbose_name='所属链')),
                ('metric_code', models.CharField(blank=True, max_length=80, verbose_name='对应指标')),
                ('baseline', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='基期值')),
                ('baseline_on', models.DateField(blank=True, null=True, verbose_name='基期')),
                ('low', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='下限')),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='上限')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='单位')),
                ('comparator', models.CharField(choices=[('>=', '不低于'), ('<=', '不超过'), ('=', '等于'), ('range', '区间'), ('~', '左右')], default='>=', max_length=6, verbose_name='比较方式')),
                ('force', models.CharField(choices=[('mandatory', '应当'), ('in_principle', '原则上'), ('encouraged', '鼓励'), ('permitted', '允许'), ('promoted', '推动'), ('exploratory', '探索'), ('strive', '力争'), ('target', '目标')], max_length=14, verbose_name='强制程度')),
                ('deadline_on', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='终止日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('clause_target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bound_targets', to='policies.clausetarget')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('repeats', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repetitions', to='policy_tasks.target', verbose_name='与之相同的目标')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '目标',
                'ordering': ['division', 'number', 'pk'],
                'indexes': [models.Index(fields=['metric_code', 'division'], name='target_by_metric')],
                'constraints': [models.CheckConstraint(condition=models.Q(('low__isnull', True), ('high__isnull', True), ('high__gte', models.F('low')), _connector='OR'), name='target_range_ordered'), models.CheckConstraint(condition=models.Q(('repeats__isnull', True), models.Q(('repeats', models.F('pk')), _negated=True), _connector='OR'), name='target_repeats_another')],
            },
        ),
        migrations.CreateModel(
            name='TaskBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', '牵头'), ('joint', '会同'), ('cooperate', '配合'), ('share', '分工'), ('responsible', '责任单位')], max_length=12, verbose_name='责任方式')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_tasks', to='policies.policybody')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '配合单位',
                'ordering': ['task', 'order'],
                'constraints': [models.UniqueConstraint(fields=('task', 'body'), name='task_body_once')],
            },
        ),
    ]

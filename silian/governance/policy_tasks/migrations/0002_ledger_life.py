import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('alliances', '0001_meetings_and_decisions'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('policies', '0001_policies'),
        ('policy_tasks', '0001_tasks_and_targets'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='LightChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(blank=True, choices=[('reached', '已达成'), ('on_track', '按期'), ('behind', '滞后'), ('overdue', '逾期'), ('gap', '有差距'), ('unset', '未设定'), ('no_metric', '暂无指标'), ('no_value', '暂无数据')], max_length=10, verbose_name='变化前')),
                ('after', models.CharField(choices=[('reached', '已达成'), ('on_track', '按期'), ('behind', '滞后'), ('overdue', '逾期'), ('gap', '有差距'), ('unset', '未设定'), ('no_metric', '暂无指标'), ('no_value', '暂无数据')], max_length=10, verbose_name='变化后')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='现值')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('changed_on', models.DateField(verbose_name='变化日')),
            ],
            options={
                'verbose_name': '灯号变化',
                'ordering': ['-changed_on', '-pk'],
                'indexes': [models.Index(fields=['changed_on'], name='light_change_by_day')],
            },
        ),
        migrations.CreateModel(
            name='TaskChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('lead', '指定牵头单位'), ('due', '调整期限'), ('owner', '更换责任人'), ('handed_over', '职责划转'), ('new_version', '转入新版文件'), ('cancel', '建议取消')], max_length=12, verbose_name='变更')),
                ('before', models.CharField(blank=True, max_length=200, verbose_name='变更前')),
                ('after', models.CharField(blank=True, max_length=200, verbose_name='变更后')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('changed_on', models.DateField(verbose_name='变更日')),
                ('changed_at', models.DateTimeField(auto_now_add=True, verbose_name='记录时间')),
            ],
            options={
                'verbose_name': '任务变更',
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='milestone',
            options={'ordering': ['task', 'due_on', 'pk'], 'verbose_name': '节点'},
        ),
        migrations.AddField(
            model_name='milestone',
            name='clause_goal',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='policies.clausegoal'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='division',
            field=models.ForeignKey(default='100000', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='milestone',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='policies.policydocument'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='终止日'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='evidence',
            field=models.CharField(blank=True, max_length=300, verbose_name='完成依据'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='number',
            field=models.CharField(blank=True, max_length=12, verbose_name='编号'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='reached_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policytask',
            name='assigned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='下达时间'),
        ),
        migrations.AddField(
            model_name='policytask',
            name='cancel_proposal',
            field=models.CharField(blank=True, max_length=200, verbose_name='建议取消的原因'),
        ),
        migrations.AddField(
            model_name='policytask',
            name='cancel_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='取消原因'),
        ),
        migrations.AddField(
            model_name='policytask',
            name='escalated_on',
            field=models.DateField(blank=True, null=True, verbose_name='提级日'),
        ),
        migrations.AddField(
            model_name='policytask',
            name='keeper',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='统筹单位'),
        ),
        migrations.AddField(
            model_name='policytask',
            name='signed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='签收时间'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='claims_done',
            field=models.BooleanField(default=False, verbose_name='申请办结'),
        ),
        migrations.AddField(
            model_name='target',
            name='baseline_evidence',
            field=models.CharField(blank=True, max_length=300, verbose_name='基期依据'),
        ),
        migrations.AddField(
            model_name='target',
            name='document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='task_targets', to='policies.policydocument'),
        ),
        migrations.AddField(
            model_name='target',
            name='light',
            field=models.CharField(blank=True, choices=[('reached', '已达成'), ('on_track', '按期'), ('behind', '滞后'), ('overdue', '逾期'), ('gap', '有差距'), ('unset', '未设定'), ('no_metric', '暂无指标'), ('no_value', '暂无数据')], max_length=10, verbose_name='最近灯号'),
        ),
        migrations.AddField(
            model_name='target',
            name='light_on',
            field=models.DateField(blank=True, null=True, verbose_name='灯号日'),
        ),
        migrations.AddField(
            model_name='target',
            name='phrase',
            field=models.CharField(blank=True, max_length=300, verbose_name='原文'),
        ),
        migrations.AddField(
            model_name='target',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='起算日'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='期限'),
        ),
        migrations.AlterField(
            model_name='milestone',
            name='task',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='policy_tasks.policytask'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='state',
            field=models.CharField(choices=[('submitted', '已报送'), ('confirmed', '已确认办结'), ('returned', '退回补充')], default='submitted', max_length=10, verbose_name='状态'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('task__isnull', False), ('document__isnull', False), _connector='OR'), name='milestone_belongs_somewhere'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('reached_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='milestone_reached_with_evidence'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(condition=models.Q(('clause_goal__isnull', False)), fields=('clause_goal',), name='milestone_of_a_goal_once'),
        ),
        migrations.AddConstraint(
            model_name='policytask',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='task_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='policytask',
            constraint=models.UniqueConstraint(condition=models.Q(('decision__isnull', False), ('parent__isnull', True)), fields=('decision',), name='task_of_a_decision_once'),
        ),
        migrations.AddConstraint(
            model_name='policytask',
            constraint=models.UniqueConstraint(condition=models.Q(('clause__isnull', False), ('parent__isnull', True)), fields=('clause',), name='task_of_a_clause_once'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('weather', 'blocked'), _negated=True), models.Q(('difficulty', ''), _negated=True), _connector='OR'), name='report_blocked_with_difficulty'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('claims_done', True), _connector='OR'), name='report_confirmed_was_claimed'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.CheckConstraint(condition=models.Q(('baseline__isnull', True), models.Q(('baseline_on__isnull', False), models.Q(('baseline_evidence', ''), _negated=True)), _connector='OR'), name='target_baseline_with_evidence'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), ('ended_on__isnull', True)), fields=('division', 'number'), name='target_number_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('clause_target__isnull', False)), fields=('clause_target',), name='target_of_a_clause_once'),
        ),
        migrations.AddField(
            model_name='lightchange',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='light_changes', to='policy_tasks.target'),
        ),
        migrations.AddField(
            model_name='taskchange',
            name='changed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='taskchange',
            name='task',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='policy_tasks.policytask'),
        ),
    ]

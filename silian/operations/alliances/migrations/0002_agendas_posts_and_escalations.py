import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('alliances', '0001_meetings_and_decisions'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('policies', '0002_documents_in_review'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('title', models.CharField(max_length=200, verbose_name='议题')),
                ('outcome', models.CharField(blank=True, max_length=500, verbose_name='议定情况')),
            ],
            options={
                'verbose_name': '议题',
                'ordering': ['meeting', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reply', models.CharField(choices=[('waiting', '待回执'), ('comes', '参加'), ('sends', '委托参加'), ('absent', '请假')], default='waiting', max_length=8, verbose_name='回执')),
                ('delegate', models.CharField(blank=True, max_length=60, verbose_name='受托参加人')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='请假原因')),
                ('came', models.BooleanField(blank=True, null=True, verbose_name='到会')),
            ],
            options={
                'verbose_name': '参会',
                'ordering': ['meeting', 'post__order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reply', 'sends'), _negated=True), models.Q(('delegate', ''), _negated=True), _connector='OR'), name='attendance_names_delegate'), models.CheckConstraint(condition=models.Q(models.Q(('reply', 'absent'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='attendance_absent_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='事项')),
                ('detail', models.TextField(max_length=3000, verbose_name='情况和建议')),
                ('state', models.CharField(choices=[('raised', '待安排'), ('scheduled', '已列入议题'), ('resolved', '已协调'), ('returned', '已退回')], default='raised', max_length=10, verbose_name='状态')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='答复')),
                ('raised_at', models.DateTimeField(verbose_name='提请时间')),
                ('due_at', models.DateTimeField(verbose_name='安排期限')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
            ],
            options={
                'verbose_name': '提请协调事项',
                'ordering': ['-raised_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'scheduled', 'resolved', 'returned'])), name='escalation_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['resolved', 'returned']), _negated=True), models.Q(('ended_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='escalation_ended_is_answered')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', '组长'), ('deputy', '副组长'), ('member', '成员'), ('director', '办公室主任'), ('deputy_director', '办公室副主任'), ('liaison', '联络员')], max_length=16, verbose_name='职务')),
                ('position', models.CharField(max_length=120, verbose_name='所任职位')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('starts_on', models.DateField(verbose_name='设立日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='撤销日（不含）')),
            ],
            options={
                'verbose_name': '成员席位',
                'ordering': ['body', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='post_period_ordered')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder', models.CharField(max_length=40, verbose_name='姓名')),
                ('starts_on', models.DateField(verbose_name='任职起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='任职止（不含）')),
            ],
            options={
                'verbose_name': '任职',
                'ordering': ['post', '-starts_on', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='seat_period_ordered')],
            },
        ),
        migrations.AddField(
            model_name='coordinatingbody',
            name='basis',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policydocument', verbose_name='设立依据'),
        ),
        migrations.AddField(
            model_name='coordinatingbody',
            name='duties',
            field=models.TextField(blank=True, max_length=2000, verbose_name='职责'),
        ),
        migrations.AddField(
            model_name='coordinatingbody',
            name='rhythm',
            field=models.CharField(blank=True, choices=[('monthly', '每月'), ('quarterly', '每季度'), ('half_yearly', '每半年'), ('yearly', '每年')], max_length=12, verbose_name='研究工作周期'),
        ),
        migrations.AddField(
            model_name='decision',
            name='revoke_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='撤销理由'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='is_demo',
            field=models.BooleanField(default=False, verbose_name='演示数据'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='kind',
            field=models.CharField(choices=[('plenary', '全体会议'), ('special', '专题会议'), ('office', '办公室会议')], default='plenary', max_length=10, verbose_name='会议类别'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='minutes',
            field=models.TextField(blank=True, max_length=8000, verbose_name='纪要'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='number',
            field=models.CharField(default='', max_length=30, verbose_name='期次'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='meeting',
            name='reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='取消理由'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='signed_by',
            field=models.CharField(blank=True, max_length=40, verbose_name='签发人'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='signed_on',
            field=models.DateField(blank=True, null=True, verbose_name='签发日'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='state',
            field=models.CharField(choices=[('planned', '筹备中'), ('convened', '已通知'), ('held', '已召开'), ('minuted', '纪要已签发'), ('cancelled', '已取消')], default='planned', max_length=10, verbose_name='状态'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['state', 'held_at'], name='meeting_by_time'),
        ),
        migrations.AddConstraint(
            model_name='coordinatingbody',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('founded_on')), _connector='OR'), name='coordinating_body_life_ordered'),
        ),
        migrations.AddConstraint(
            model_name='coordinatingbody',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='coordinating_body_not_its_own_office'),
        ),
        migrations.AddConstraint(
            model_name='coordinatingbody',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('division', 'name'), name='coordinating_body_name_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'convened', 'held', 'minuted', 'cancelled'])), name='meeting_state_known'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'minuted'), _negated=True), models.Q(models.Q(('minutes', ''), _negated=True), models.Q(('signed_by', ''), _negated=True), ('signed_on__isnull', False)), _connector='OR'), name='meeting_minutes_are_signed'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='meeting_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(fields=('body', 'number'), name='meeting_number_once'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='alliances.meeting'),
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='presenter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='汇报单位'),
        ),
        migrations.AddField(
            model_name='decision',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='decisions', to='alliances.agendaitem', verbose_name='议题'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'made', 'revoked'])), name='decision_state_known'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), models.Q(('revoke_reason', ''), _negated=True), _connector='OR'), name='decision_revoked_with_reason'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='alliances.meeting'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='alliances.coordinatingbody'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='decision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='escalations', to='alliances.decision'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='escalations', to='alliances.agendaitem'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='raised_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='提请单位'),
        ),
        migrations.AddField(
            model_name='escalation',
            name='raised_by_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='post',
            name='body',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='alliances.coordinatingbody'),
        ),
        migrations.AddField(
            model_name='post',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='coordination_posts', to='organisations.organisation', verbose_name='所在单位'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='alliances.post'),
        ),
        migrations.AddField(
            model_name='seat',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='alliances.post'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'order'), name='agenda_order_once'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'post'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('post',), name='seat_one_holder'),
        ),
    ]

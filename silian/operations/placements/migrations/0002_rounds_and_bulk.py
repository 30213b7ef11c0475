import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('placements', '0001_hosts_posts_and_internships'),
        ('programmes', '0001_programmes_and_classes'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreementBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('job_id', models.BigIntegerField(null=True, verbose_name='后台任务')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='提交时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='办完时间')),
                ('took_ms', models.PositiveIntegerField(blank=True, null=True, verbose_name='用时（毫秒）')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_batches', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '批量办协议',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='BulkImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('posts', '实习岗位'), ('arrangement', '实习安排')], max_length=12, verbose_name='内容')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('file_id', models.BigIntegerField(null=True, verbose_name='文件编号')),
                ('mode', models.CharField(choices=[('good', '导入合格的行'), ('all', '有一行不合格就全部不导入')], default='good', max_length=8, verbose_name='遇到坏行')),
                ('state', models.CharField(choices=[('waiting', '处理中'), ('done', '已完成'), ('refused', '没有导入'), ('failed', '中断')], default='waiting', max_length=8, verbose_name='状态')),
                ('job_id', models.BigIntegerField(null=True, verbose_name='后台任务')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='总行数')),
                ('created_rows', models.PositiveIntegerField(default=0, verbose_name='新增')),
                ('changed_rows', models.PositiveIntegerField(default=0, verbose_name='更新')),
                ('same_rows', models.PositiveIntegerField(default=0, verbose_name='不变')),
                ('refused_rows', models.PositiveIntegerField(default=0, verbose_name='未导入')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='实习单位')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='导入单位')),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.internshipplan', verbose_name='实习方案')),
            ],
            options={
                'verbose_name': '批量导入',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['organisation', 'kind'], name='bulk_import_by_owner')],
            },
        ),
        migrations.CreateModel(
            name='BulkImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.CharField(max_length=60, verbose_name='列')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='内容')),
                ('sentence', models.CharField(max_length=300, verbose_name='说明')),
                ('refuses', models.BooleanField(default=True, verbose_name='整行不导入')),
                ('bulk_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='placements.bulkimport')),
            ],
            options={
                'verbose_name': '批量导入问题',
                'ordering': ['row', 'pk'],
                'indexes': [models.Index(fields=['bulk_import', 'row'], name='bulk_problem_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ImportedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='岗位编号')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('post', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='imported_as', to='placements.internshippost', verbose_name='岗位')),
            ],
            options={
                'verbose_name': '导入的岗位',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number'), name='imported_post_number_once')],
            },
        ),
        migrations.CreateModel(
            name='PlacementReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=24, verbose_name='事项')),
                ('on', models.DateField(verbose_name='日期')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='发出时间')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='placements.internship', verbose_name='实习')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '催办记录',
                'constraints': [models.UniqueConstraint(fields=('internship', 'about', 'on'), name='reminded_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('observation', '认识实习'), ('post', '岗位实习'), ('alternating', '工学交替'), ('term', '学期制实习')], max_length=12, verbose_name='实习形式')),
                ('starts_on', models.DateField(verbose_name='实习起始日')),
                ('ends_on', models.DateField(verbose_name='实习终止日（不含）')),
                ('wishes_open_at', models.DateTimeField(verbose_name='志愿开始')),
                ('wishes_close_at', models.DateTimeField(verbose_name='志愿截止')),
                ('ranking_closes_at', models.DateTimeField(verbose_name='单位评分截止')),
                ('objections_close_at', models.DateTimeField(blank=True, null=True, verbose_name='异议截止')),
                ('most_wishes', models.PositiveSmallIntegerField(default=5, verbose_name='最多志愿数')),
                ('basis', models.CharField(choices=[('score', '按成绩名单'), ('lottery', '公开抽签')], default='score', max_length=8, verbose_name='排序依据')),
                ('host_weight', models.PositiveSmallIntegerField(default=0, verbose_name='单位评分占比（%）')),
                ('score_name', models.CharField(blank=True, max_length=60, verbose_name='成绩名称')),
                ('group_order', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('county', '生源区县'), ('major', '专业对口'), ('lodging', '需要住宿'), ('minor', '未满18周岁')], max_length=8), blank=True, default=list, size=None, verbose_name='组别认定次序')),
                ('seed', models.BigIntegerField(blank=True, null=True, verbose_name='抽签种子')),
                ('state', models.CharField(choices=[('draft', '筹备'), ('wishing', '填报志愿'), ('ranking', '单位评分'), ('solved', '待公布'), ('published', '已公布'), ('objections', '处理异议'), ('closed', '已结束'), ('cancelled', '已取消')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='建立人')),
                ('plans', models.ManyToManyField(related_name='rounds', to='placements.internshipplan', verbose_name='实习方案')),
                ('previous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_round', to='placements.round', verbose_name='上一轮')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placement_rounds', to='organisations.organisation', verbose_name='学校')),
            ],
            options={
                'verbose_name': '志愿分配轮次',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RoundPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('places', models.PositiveSmallIntegerField(verbose_name='名额')),
                ('ranked_at', models.DateTimeField(blank=True, null=True, verbose_name='单位评分时间')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_posts', to='placements.host', verbose_name='实习单位')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='placements.internshippost', verbose_name='岗位')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='placements.round')),
            ],
            options={
                'verbose_name': '轮次岗位',
                'ordering': ['round', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'post'), name='post_in_a_round_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundReserve',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('county', '生源区县'), ('major', '专业对口'), ('lodging', '需要住宿'), ('minor', '未满18周岁')], max_length=8, verbose_name='组别')),
                ('value', models.CharField(blank=True, max_length=12, verbose_name='取值')),
                ('seats', models.PositiveSmallIntegerField(default=0, verbose_name='预留')),
                ('ceiling', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='上限')),
                ('round_post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reserves', to='placements.roundpost')),
            ],
            options={
                'verbose_name': '预留名额',
                'constraints': [models.UniqueConstraint(fields=('round_post', 'kind', 'value'), name='reserve_of_a_group_once'), models.CheckConstraint(condition=models.Q(('ceiling__isnull', True), ('ceiling__gte', models.F('seats')), _connector='OR'), name='reserve_below_ceiling'), models.CheckConstraint(condition=models.Q(('seats__gt', 0), ('ceiling__isnull', False), _connector='OR'), name='reserve_says_something')],
            },
        ),
        migrations.CreateModel(
            name='RoundResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='第几志愿')),
                ('is_reserved', models.BooleanField(default=False, verbose_name='属于预留组别')),
                ('sentence', models.CharField(max_length=300, verbose_name='说明')),
                ('missed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='更前志愿的说明')),
                ('internship_id', models.BigIntegerField(blank=True, null=True, verbose_name='实习编号')),
                ('refusal', models.CharField(blank=True, max_length=300, verbose_name='未能安排的原因')),
                ('round_post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='results', to='placements.roundpost')),
            ],
            options={
                'verbose_name': '分配结果',
            },
        ),
        migrations.CreateModel(
            name='RoundObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(max_length=1000, verbose_name='理由')),
                ('state', models.CharField(choices=[('open', '待答复'), ('upheld', '成立'), ('rejected', '不成立')], default='open', max_length=8, verbose_name='状态')),
                ('raised_at', models.DateTimeField(verbose_name='提出时间')),
                ('due_at', models.DateTimeField(verbose_name='答复期限')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='placements.roundresult')),
            ],
            options={
                'verbose_name': '异议',
                'ordering': ['due_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('result',), name='objection_open_once'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='objection_answered_with_words')],
            },
        ),
        migrations.CreateModel(
            name='RoundRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='试算号')),
                ('label', models.CharField(blank=True, max_length=120, verbose_name='说明')),
                ('state', models.CharField(choices=[('waiting', '计算中'), ('done', '已算完'), ('failed', '未算完')], default='waiting', max_length=8, verbose_name='状态')),
                ('changes', models.JSONField(blank=True, default=dict, verbose_name='变动')),
                ('inputs', models.JSONField(default=dict, verbose_name='快照')),
                ('digest', models.CharField(max_length=64, verbose_name='快照摘要')),
                ('figures', models.JSONField(blank=True, default=dict, verbose_name='结果数字')),
                ('blocking_pairs', models.PositiveIntegerField(blank=True, null=True, verbose_name='破坏稳定的对数')),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='违反规则')),
                ('took_ms', models.PositiveIntegerField(blank=True, null=True, verbose_name='用时（毫秒）')),
                ('job_id', models.BigIntegerField(blank=True, null=True, verbose_name='后台任务')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='提交时间')),
                ('solved_at', models.DateTimeField(blank=True, null=True, verbose_name='算完时间')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='placements.round')),
            ],
            options={
                'verbose_name': '试算',
                'ordering': ['round', 'number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='run_of_a_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('blocking_pairs__isnull', False), ('solved_at__isnull', False)), _connector='OR'), name='run_done_is_checked')],
            },
        ),
        migrations.AddField(
            model_name='roundresult',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='placements.roundrun'),
        ),
        migrations.AddField(
            model_name='round',
            name='published_run',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.roundrun', verbose_name='公布的结果'),
        ),
        migrations.CreateModel(
            name='RoundStudent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='学号')),
                ('score', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='成绩')),
                ('needs_lodging', models.BooleanField(default=False, verbose_name='需要住宿')),
                ('is_eligible', models.BooleanField(default=True, verbose_name='参加本轮')),
                ('is_absent', models.BooleanField(default=False, verbose_name='缺席本轮')),
                ('decline_reason', models.CharField(blank=True, max_length=200, verbose_name='不参加的原因')),
                ('wished_at', models.DateTimeField(blank=True, null=True, verbose_name='最近提交志愿')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placement_rounds', to='people.person', verbose_name='学生')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.internshipplan', verbose_name='实习方案')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='students', to='placements.round')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.schoolclass', verbose_name='班级')),
            ],
            options={
                'verbose_name': '参加轮次的学生',
                'ordering': ['round', 'number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='student_in_a_round_once'), models.CheckConstraint(condition=models.Q(('score__isnull', True), models.Q(('score__gte', 0), ('score__lte', 100)), _connector='OR'), name='round_score_to_a_hundred'), models.CheckConstraint(condition=models.Q(models.Q(('is_absent', False), ('is_eligible', True)), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='round_student_left_out_with_reason')],
            },
        ),
        migrations.AddField(
            model_name='roundresult',
            name='student',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='placements.roundstudent'),
        ),
        migrations.CreateModel(
            name='HostRank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='评分')),
                ('ranked_at', models.DateTimeField(verbose_name='评分时间')),
                ('ranked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round_post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks', to='placements.roundpost')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ranks', to='placements.roundstudent')),
            ],
            options={
                'verbose_name': '单位评分',
                'constraints': [models.UniqueConstraint(fields=('round_post', 'student'), name='student_ranked_by_a_post_once'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 100)), name='host_score_to_a_hundred')],
            },
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='志愿顺序')),
                ('round_post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='placements.roundpost')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='placements.roundstudent')),
            ],
            options={
                'verbose_name': '志愿',
                'ordering': ['student', 'rank'],
                'constraints': [models.UniqueConstraint(fields=('student', 'round_post'), name='post_wished_once'), models.UniqueConstraint(fields=('student', 'rank'), name='wish_of_a_rank_once'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='wish_ranks_from_one')],
            },
        ),
        migrations.CreateModel(
            name='AgreementBatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '待办'), ('sent', '已送签'), ('chased', '已催签'), ('signed', '已签齐'), ('failed', '未办成')], default='waiting', max_length=8, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='办理次数')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='placements.agreementbatch')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_batch_items', to='placements.internship')),
            ],
            options={
                'verbose_name': '批量办理明细',
                'ordering': ['batch', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('batch', 'internship'), name='internship_in_batch_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='batch_item_failed_with_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['school', 'state'], name='round_by_school'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'wishing', 'ranking', 'solved', 'published', 'objections', 'closed', 'cancelled'])), name='round_state_known'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='round_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('wishes_close_at__gt', models.F('wishes_open_at')), ('ranking_closes_at__gte', models.F('wishes_close_at'))), name='round_windows_ordered'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('host_weight__lte', 100), ('most_wishes__gte', 1), ('most_wishes__lte', 15)), name='round_rules_possible'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('seed__isnull', False), _connector='OR'), name='round_open_with_seed'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'objections', 'closed']), _negated=True), models.Q(('published_at__isnull', False), ('published_run__isnull', False)), _connector='OR'), name='round_published_with_a_run'),
        ),
        migrations.AddIndex(
            model_name='roundresult',
            index=models.Index(fields=['run', 'round_post'], name='result_by_post'),
        ),
        migrations.AddConstraint(
            model_name='roundresult',
            constraint=models.UniqueConstraint(fields=('run', 'student'), name='result_of_a_student_once'),
        ),
        migrations.AddConstraint(
            model_name='roundresult',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('rank__isnull', True), ('round_post__isnull', True)), models.Q(('rank__isnull', False), ('round_post__isnull', False)), _connector='OR'), name='result_post_with_rank'),
        ),
    ]

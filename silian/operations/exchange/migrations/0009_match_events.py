import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('exchange', '0008_review_findings'),
        ('organisations', '0002_life_members_tokens'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListingImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('file_id', models.BigIntegerField(null=True, verbose_name='文件编号')),
                ('kind', models.CharField(max_length=24, verbose_name='类别')),
                ('side', models.CharField(choices=[('demand', '需求'), ('supply', '供给')], max_length=6, verbose_name='方向')),
                ('mapping', models.JSONField(default=dict, verbose_name='列对应')),
                ('mode', models.CharField(choices=[('good', '只导入没有问题的行'), ('all', '有一行不合格就都不导入')], default='good', max_length=8, verbose_name='遇到坏行')),
                ('state', models.CharField(choices=[('uploaded', '待对应列'), ('checking', '检查中'), ('checked', '待确认'), ('running', '导入中'), ('done', '已导入'), ('refused', '未导入'), ('undone', '已撤销')], default='uploaded', max_length=10, verbose_name='状态')),
                ('job_id', models.BigIntegerField(null=True, verbose_name='后台任务')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='总行数')),
                ('refused_rows', models.PositiveIntegerField(default=0, verbose_name='不能导入的行')),
                ('duplicate_rows', models.PositiveIntegerField(default=0, verbose_name='重复的行')),
                ('placed_rows', models.PositiveIntegerField(default=0, verbose_name='写明地区的行')),
                ('created_rows', models.PositiveIntegerField(default=0, verbose_name='新增')),
                ('changed_rows', models.PositiveIntegerField(default=0, verbose_name='更新')),
                ('same_rows', models.PositiveIntegerField(default=0, verbose_name='不变')),
                ('held_rows', models.PositiveIntegerField(default=0, verbose_name='存为草稿待改')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listing_imports', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '导入批次',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='MatchEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('theme', models.CharField(choices=[('training', '教育培训'), ('project', '项目合作'), ('research', '技术研发'), ('recruitment', '人才招聘'), ('general', '综合')], max_length=12, verbose_name='主题')),
                ('rhythm', models.CharField(choices=[('month', '每月'), ('quarter', '每季度'), ('half_year', '每半年'), ('once', '不定期')], default='once', max_length=10, verbose_name='举办周期')),
                ('venue', models.CharField(max_length=120, verbose_name='地点')),
                ('introduction', models.TextField(max_length=3000, verbose_name='活动说明')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('ends_at', models.DateTimeField(verbose_name='结束时间')),
                ('signup_closes_at', models.DateTimeField(verbose_name='报名截止时间')),
                ('capacity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(2)], verbose_name='可报名单位数')),
                ('tables', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='洽谈桌数')),
                ('slot_minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(120)], verbose_name='每轮分钟数')),
                ('state', models.CharField(choices=[('draft', '筹备中'), ('announced', '报名中'), ('closed', '报名截止'), ('held', '已举办'), ('followed_up', '已办结跟进'), ('cancelled', '已取消')], default='draft', max_length=12, verbose_name='状态')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='通知版本')),
                ('announced_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('plan_shown_at', models.DateTimeField(blank=True, null=True, verbose_name='排桌公布时间')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='提醒时间')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='登记举办时间')),
                ('minutes', models.TextField(blank=True, max_length=5000, verbose_name='活动纪要')),
                ('followed_up_at', models.DateTimeField(blank=True, null=True, verbose_name='办结跟进时间')),
                ('follow_up', models.TextField(blank=True, max_length=3000, verbose_name='跟进小结')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='取消理由')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='所在区划')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='match_events', to='organisations.organisation', verbose_name='主办单位')),
            ],
            options={
                'verbose_name': '对接活动',
                'indexes': [models.Index(fields=['starts_at', 'state'], name='match_event_by_start'), models.Index(fields=['organiser', 'starts_at'], name='match_event_of_organiser')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'announced', 'closed', 'held', 'followed_up', 'cancelled'])), name='match_event_state_known'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='match_event_ends_after_start'), models.CheckConstraint(condition=models.Q(('signup_closes_at__lte', models.F('starts_at'))), name='match_event_signup_before_start'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='match_event_cancelled_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['held', 'followed_up']), _negated=True), ('held_at__isnull', False), _connector='OR'), name='match_event_held_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='EventSignup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendees', models.CharField(max_length=200, verbose_name='参加人员')),
                ('attendee_count', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20)], verbose_name='参加人数')),
                ('signed_up_at', models.DateTimeField(verbose_name='报名时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='退出时间')),
                ('checked_in_at', models.DateTimeField(blank=True, null=True, verbose_name='签到时间')),
                ('checked_in_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listings', models.ManyToManyField(blank=True, related_name='event_signups', to='exchange.listing')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_signups', to='organisations.organisation')),
                ('signed_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signups', to='exchange.matchevent')),
            ],
            options={
                'verbose_name': '活动报名',
                'indexes': [models.Index(fields=['organisation', 'event'], name='signup_of_organisation')],
                'constraints': [models.UniqueConstraint(fields=('event', 'organisation'), name='signup_once_each'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('checked_in_at__isnull', True), _connector='OR'), name='signup_withdrawn_not_checked_in')],
            },
        ),
        migrations.CreateModel(
            name='EventMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='轮次')),
                ('table', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='桌号')),
                ('facts', models.JSONField(blank=True, default=list, verbose_name='匹配依据')),
                ('by_hand', models.BooleanField(default=False, verbose_name='人工安排')),
                ('result', models.CharField(choices=[('planned', '待洽谈'), ('no_intent', '暂无意向'), ('intent', '有意向'), ('missed', '未到场')], default='planned', max_length=10, verbose_name='洽谈结果')),
                ('notes', models.TextField(blank=True, max_length=2000, verbose_name='洽谈纪要')),
                ('noted_at', models.DateTimeField(blank=True, null=True, verbose_name='登记时间')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='应转入洽谈时间')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.listing')),
                ('negotiation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='event_meetings', to='exchange.negotiation')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.listing')),
                ('need_signup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings_in_need', to='exchange.eventsignup')),
                ('offer_signup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings_with_offer', to='exchange.eventsignup')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='exchange.matchevent')),
            ],
            options={
                'verbose_name': '洽谈桌次',
                'indexes': [models.Index(fields=['due_at'], name='meeting_to_follow')],
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('event', 'slot', 'table'), name='meeting_table_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('slot', 'need_signup'), name='meeting_need_side_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('slot', 'offer_signup'), name='meeting_offer_side_once'), models.CheckConstraint(condition=models.Q(('need_signup', models.F('offer_signup')), _negated=True), name='meeting_between_two'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'intent'), _negated=True), models.Q(('notes', ''), _negated=True), _connector='OR'), name='meeting_intent_has_notes')],
            },
        ),
        migrations.CreateModel(
            name='ImportSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='类别')),
                ('signature', models.CharField(max_length=40, verbose_name='列名特征')),
                ('mapping', models.JSONField(verbose_name='列对应')),
                ('used_at', models.DateTimeField(auto_now=True, verbose_name='最近使用')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='import_sources', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '导入来源',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'signature'), name='import_source_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.CharField(max_length=120, verbose_name='列')),
                ('text', models.CharField(max_length=300, verbose_name='内容')),
                ('sentence', models.CharField(max_length=300, verbose_name='说明')),
                ('refuses', models.BooleanField(verbose_name='整行不导入')),
                ('listing_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='exchange.listingimport')),
            ],
            options={
                'verbose_name': '导入问题',
                'indexes': [models.Index(fields=['listing_import', 'row'], name='import_problem_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ImportedListing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('before', models.JSONField(blank=True, null=True, verbose_name='导入前内容')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.listing')),
                ('listing_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imported', to='exchange.listingimport')),
            ],
            options={
                'verbose_name': '导入记录',
                'constraints': [models.UniqueConstraint(condition=models.Q(('listing__isnull', False)), fields=('listing_import', 'listing'), name='imported_once')],
            },
        ),
    ]

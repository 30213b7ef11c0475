import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('alliances', '0004_groups_and_committees'),
        ('organisations', '0005_mentors'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='CooperationProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='项目名称')),
                ('scope', models.CharField(choices=[('province', '省内'), ('country', '省外'), ('international', '国际'), ('belt_and_road', '“一带一路”')], max_length=14, verbose_name='合作范围')),
                ('kind', models.CharField(choices=[('joint_school', '合作办学'), ('programme', '特色专业'), ('base', '实训基地'), ('resources', '引进优质教育资源'), ('capacity', '产能合作'), ('research', '协同创新')], max_length=14, verbose_name='合作内容')),
                ('partner', models.CharField(max_length=120, verbose_name='合作方')),
                ('partner_place', models.CharField(max_length=60, verbose_name='国家或地区')),
                ('built', models.CharField(blank=True, max_length=120, verbose_name='共建的专业或基地')),
                ('summary', models.TextField(max_length=2000, verbose_name='合作内容说明')),
                ('agreement_reference', models.CharField(blank=True, max_length=80, verbose_name='协议编号')),
                ('stage', models.CharField(choices=[('explored', '洽谈中'), ('signed', '已签约'), ('building', '建设中'), ('running', '运行中'), ('ended', '已结束'), ('broken_off', '已中止')], default='explored', max_length=12, verbose_name='阶段')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='签约日')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='结束或中止日')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='结束或中止理由')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cooperation_projects', to='organisations.organisation', verbose_name='本地承担单位')),
            ],
            options={
                'verbose_name': '对外交流合作项目',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CooperationYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('students_out', models.PositiveIntegerField(default=0, verbose_name='派出学生')),
                ('teachers_out', models.PositiveIntegerField(default=0, verbose_name='派出教师')),
                ('students_in', models.PositiveIntegerField(default=0, verbose_name='来访学生')),
                ('experts_in', models.PositiveIntegerField(default=0, verbose_name='来访专家教师')),
                ('result', models.TextField(max_length=2000, verbose_name='成效')),
                ('reported_on', models.DateField(verbose_name='报送日')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='alliances.cooperationproject')),
            ],
            options={
                'verbose_name': '对外合作年度成效',
                'ordering': ['project', '-year'],
            },
        ),
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('scope', models.CharField(choices=[('province', '省内'), ('country', '省外'), ('international', '国际'), ('belt_and_road', '“一带一路”')], max_length=14, verbose_name='范围')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='首届年份')),
                ('ended_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='停办年份')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forums', to='organisations.organisation', verbose_name='主办单位')),
            ],
            options={
                'verbose_name': '合作论坛',
                'ordering': ['division', 'title'],
            },
        ),
        migrations.CreateModel(
            name='ForumSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='举办日')),
                ('topic', models.CharField(blank=True, max_length=120, verbose_name='主题')),
                ('people', models.PositiveIntegerField(blank=True, null=True, verbose_name='参会人数')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='成果')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='未举办的原因')),
                ('forum', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='alliances.forum')),
            ],
            options={
                'verbose_name': '论坛届次',
                'ordering': ['forum', '-year'],
            },
        ),
        migrations.CreateModel(
            name='TalentIntroduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('full_time', '全职引进'), ('flexible', '柔性引进'), ('team', '团队引进')], max_length=10, verbose_name='引进方式')),
                ('expertise', models.CharField(max_length=120, verbose_name='专业领域和层次')),
                ('origin', models.CharField(max_length=60, verbose_name='来自')),
                ('people', models.PositiveSmallIntegerField(default=1, verbose_name='人数')),
                ('arrived_on', models.DateField(verbose_name='到岗日')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='离岗日')),
                ('outcome', models.CharField(blank=True, max_length=500, verbose_name='作用和成效')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talent_introductions', to='organisations.organisation', verbose_name='引进单位')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='talents', to='alliances.cooperationproject', verbose_name='所属合作项目')),
            ],
            options={
                'verbose_name': '高层次人才引进',
                'ordering': ['-arrived_on', '-pk'],
            },
        ),
        migrations.AddIndex(
            model_name='cooperationproject',
            index=models.Index(fields=['division', 'stage'], name='cooperation_of_division'),
        ),
        migrations.AddConstraint(
            model_name='cooperationproject',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['explored', 'signed', 'building', 'running', 'ended', 'broken_off'])), name='cooperation_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='cooperationproject',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['explored', 'broken_off']), models.Q(('starts_on__isnull', False), models.Q(('agreement_reference', ''), _negated=True)), _connector='OR'), name='cooperation_signed_has_agreement'),
        ),
        migrations.AddConstraint(
            model_name='cooperationproject',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('ended', 'broken_off')), _negated=True), models.Q(('ended_on__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='cooperation_ended_says_why'),
        ),
        migrations.AddConstraint(
            model_name='cooperationproject',
            constraint=models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('starts_on__isnull', True), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='cooperation_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='cooperationyear',
            constraint=models.UniqueConstraint(fields=('project', 'year'), name='cooperation_year_once'),
        ),
        migrations.AddConstraint(
            model_name='cooperationyear',
            constraint=models.CheckConstraint(condition=models.Q(('result', ''), _negated=True), name='cooperation_year_has_result'),
        ),
        migrations.AddConstraint(
            model_name='cooperationyear',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='cooperation_year_plausible'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.UniqueConstraint(fields=('division', 'title'), name='forum_title_once'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.CheckConstraint(condition=models.Q(('first_year__gte', 1980), ('first_year__lte', 2100)), name='forum_first_year_plausible'),
        ),
        migrations.AddConstraint(
            model_name='forum',
            constraint=models.CheckConstraint(condition=models.Q(('ended_year__isnull', True), ('ended_year__gte', models.F('first_year')), _connector='OR'), name='forum_years_ordered'),
        ),
        migrations.AddConstraint(
            model_name='forumsession',
            constraint=models.UniqueConstraint(fields=('forum', 'year'), name='forum_session_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='forumsession',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_on__isnull', False), models.Q(('topic', ''), _negated=True)), models.Q(('held_on__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='forum_session_held_or_says_why'),
        ),
        migrations.AddConstraint(
            model_name='talentintroduction',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='talent_at_least_one'),
        ),
        migrations.AddConstraint(
            model_name='talentintroduction',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('arrived_on')), _connector='OR'), name='talent_stay_ordered'),
        ),
    ]

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('programmes', '0001_programmes_and_classes'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Construction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('backbone_group', '骨干专业群'), ('city_backbone', '市级骨干专业'), ('city_featured', '市级特色示范专业'), ('scarce_featured', '产业急需紧缺骨干特色专业（点）'), ('apprenticeship', '现代学徒制专业（点）'), ('integrated', '产教融合学科专业点'), ('key_group', '重点建设专业集群'), ('technician_model', '技工院校示范性专业'), ('double_high', '品牌示范、特色院校或“双高计划”专业')], max_length=20, verbose_name='建设类别')),
                ('level', models.CharField(choices=[('nation', '国家级'), ('province', '省级'), ('city', '市级'), ('county', '县级'), ('school', '校级')], max_length=10, verbose_name='级别')),
                ('stage', models.CharField(choices=[('approved', '立项'), ('building', '建设'), ('accepted', '验收通过'), ('ended', '终止')], default='approved', max_length=10, verbose_name='建设阶段')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='立项文号')),
                ('approved_on', models.DateField(verbose_name='立项日')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='应验收日')),
                ('accepted_on', models.DateField(blank=True, null=True, verbose_name='验收通过日')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='终止日')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
            ],
            options={
                'verbose_name': '专业建设项目',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stage', 'accepted'), _negated=True), ('accepted_on__isnull', False), _connector='OR'), name='construction_accepted_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('stage', 'ended'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='construction_ended_has_day')],
            },
        ),
        migrations.CreateModel(
            name='EnrolmentPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('kind', models.CharField(choices=[('classified', '分类招考'), ('joint_exam', '院校联合考试招生'), ('secondary_to_college', '中高职贯通（3+2）'), ('secondary_to_bachelor', '中职本科贯通（3+4）'), ('college_to_bachelor', '专升本'), ('experienced', '招收有工作实践经历人员'), ('work_study', '企业职工工学交替学历提升'), ('joint_recruitment', '校企共招'), ('ordinary', '统一招生')], max_length=24, verbose_name='招生方式')),
                ('planned', models.PositiveSmallIntegerField(verbose_name='计划数')),
                ('adjustment', models.SmallIntegerField(default=0, verbose_name='倾斜调整')),
                ('adjustment_reason', models.CharField(blank=True, max_length=300, verbose_name='调整理由')),
                ('culture_weight', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='文化素质权重')),
                ('skill_weight', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='职业技能权重')),
                ('admitted', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='实际录取')),
                ('experienced', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='有工作实践经历')),
                ('registered', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='报到')),
            ],
            options={
                'verbose_name': '招生计划',
                'constraints': [models.CheckConstraint(condition=models.Q(('adjustment', 0), models.Q(('adjustment_reason', ''), _negated=True), _connector='OR'), name='enrolment_adjusted_has_reason'), models.CheckConstraint(condition=models.Q(('experienced__isnull', True), ('experienced__lte', models.F('admitted')), _connector='OR'), name='enrolment_experienced_among_admitted'), models.CheckConstraint(condition=models.Q(('registered__isnull', True), ('registered__lte', models.F('admitted')), _connector='OR'), name='enrolment_registered_among_admitted'), models.CheckConstraint(condition=models.Q(models.Q(('culture_weight__isnull', True), ('skill_weight__isnull', True)), ('culture_weight', django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('skill_weight'))), _connector='OR'), name='enrolment_weights_sum_to_hundred')],
            },
        ),
        migrations.CreateModel(
            name='JointWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('textbook', '共编教材'), ('course', '共设工学结合一体化课程'), ('syllabus', '共编课程大纲'), ('renewal', '教学内容智能化改造')], max_length=10, verbose_name='类别')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('isbn', models.CharField(blank=True, max_length=20, verbose_name='书号')),
                ('hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='学时')),
                ('published_on', models.DateField(verbose_name='出版或开设日')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='说明')),
            ],
            options={
                'verbose_name': '共建成果',
                'indexes': [models.Index(fields=['kind'], name='joint_work_by_kind')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('planning', '专业规划'), ('training_plan', '人才培养方案'), ('textbook', '教材开发'), ('teaching_design', '教学设计'), ('course', '课程设置与教学'), ('practice', '实习实训'), ('teacher', '师培师训'), ('assessment', '考核评价')], max_length=16, verbose_name='参与环节')),
                ('happened_on', models.DateField(verbose_name='日期')),
                ('activity', models.CharField(max_length=500, verbose_name='做了什么')),
                ('outcome', models.CharField(blank=True, max_length=300, verbose_name='形成的成果')),
                ('people', models.PositiveSmallIntegerField(default=1, verbose_name='企业参与人数')),
                ('hours', models.DecimalField(decimal_places=1, default=0, max_digits=6, verbose_name='企业投入时数')),
                ('evidence_count', models.PositiveSmallIntegerField(default=0, verbose_name='证明材料')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='企业确认时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '企业参与记录',
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['planning', 'training_plan', 'textbook', 'teaching_design', 'course', 'practice', 'teacher', 'assessment'])), name='participation_stage_known')],
            },
        ),
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('classified', '分类招考'), ('joint_exam', '院校联合考试招生'), ('secondary_to_college', '中高职贯通（3+2）'), ('secondary_to_bachelor', '中职本科贯通（3+4）'), ('college_to_bachelor', '专升本'), ('experienced', '招收有工作实践经历人员'), ('work_study', '企业职工工学交替学历提升'), ('joint_recruitment', '校企共招'), ('ordinary', '统一招生')], max_length=24, verbose_name='方式')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='首届年份')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='每届计划')),
                ('agreement_number', models.CharField(blank=True, max_length=60, verbose_name='协议或批文编号')),
                ('condition', models.CharField(blank=True, max_length=300, verbose_name='转段条件')),
                ('state', models.CharField(choices=[('proposed', '待对方学校确认'), ('running', '在办'), ('ended', '已结束')], default='proposed', max_length=10, verbose_name='状态')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='对方确认时间')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='结束日')),
            ],
            options={
                'verbose_name': '贯通培养项目',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on__isnull', False), _connector='OR'), name='pathway_ended_has_day')],
            },
        ),
        migrations.CreateModel(
            name='PlanAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', '待同意'), ('agreed', '已同意'), ('refused', '不同意')], default='asked', max_length=8, verbose_name='企业意见')),
                ('opinion', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '方案共同编制企业',
            },
        ),
        migrations.CreateModel(
            name='PlanCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='课程代码')),
                ('name', models.CharField(max_length=80, verbose_name='课程名称')),
                ('kind', models.CharField(choices=[('general', '公共基础'), ('professional', '专业'), ('practice', '实践'), ('internship', '实习')], max_length=12, verbose_name='课程类别')),
                ('term', models.PositiveSmallIntegerField(verbose_name='开设学期')),
                ('theory_hours', models.PositiveSmallIntegerField(default=0, verbose_name='理论学时')),
                ('practice_hours', models.PositiveSmallIntegerField(default=0, verbose_name='实践学时')),
                ('internship_weeks', models.PositiveSmallIntegerField(default=0, verbose_name='实习周数')),
                ('credits', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='学分')),
                ('modes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('project', '项目教学'), ('case', '案例教学'), ('work_process', '工作过程导向教学'), ('task', '任务式教学'), ('lecture', '讲授')], max_length=12), blank=True, default=list, size=None, verbose_name='教学方式')),
            ],
            options={
                'verbose_name': '课程',
                'ordering': ['term', 'code'],
            },
        ),
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件')),
                ('rows_cipher', models.TextField(blank=True, editable=False, verbose_name='待导入内容密文')),
                ('mode', models.CharField(choices=[('all', '全部无误才导入'), ('good_rows', '只导入无误的行')], default='good_rows', max_length=10, verbose_name='遇到坏行')),
                ('state', models.CharField(choices=[('uploaded', '待检查'), ('checked', '已检查'), ('running', '导入中'), ('done', '已导入'), ('refused', '未导入')], default='uploaded', max_length=10, verbose_name='状态')),
                ('job_id', models.BigIntegerField(null=True, verbose_name='后台任务')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='总行数')),
                ('refused_rows', models.PositiveIntegerField(default=0, verbose_name='不能导入的行')),
                ('new_rows', models.PositiveIntegerField(default=0, verbose_name='新增')),
                ('changed_rows', models.PositiveIntegerField(default=0, verbose_name='更新')),
                ('same_rows', models.PositiveIntegerField(default=0, verbose_name='不变')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '学生名单导入',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checked']), ('state', 'running'), ('rows_cipher', ''), _connector='OR'), name='roster_ended_keeps_no_rows')],
            },
        ),
        migrations.CreateModel(
            name='RosterProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.CharField(max_length=30, verbose_name='列')),
                ('text', models.CharField(blank=True, max_length=100, verbose_name='内容')),
                ('sentence', models.CharField(max_length=300, verbose_name='说明')),
            ],
            options={
                'verbose_name': '名单问题',
            },
        ),
        migrations.CreateModel(
            name='Standard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('talent', '专业人才培养标准'), ('teaching', '专业教师教学能力标准'), ('occupation', '职业（岗位）能力标准'), ('industry', '行业技术规范'), ('programme', '专业能力标准'), ('course', '技术课程标准'), ('training', '实习实训标准'), ('skill', '技能评价标准')], max_length=10, verbose_name='类别')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='标准编号')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
            ],
            options={
                'verbose_name': '标准',
                'indexes': [models.Index(fields=['kind'], name='standard_by_kind')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='standard_number_once')],
            },
        ),
        migrations.CreateModel(
            name='StandardAuthor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': '标准编制单位',
            },
        ),
        migrations.CreateModel(
            name='StandardVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=30, verbose_name='版本')),
                ('state', models.CharField(choices=[('draft', '起草中'), ('in_review', '待评审'), ('in_force', '现行'), ('replaced', '已被替代'), ('withdrawn', '已废止')], default='draft', max_length=10, verbose_name='状态')),
                ('summary', models.TextField(blank=True, max_length=3000, verbose_name='主要内容')),
                ('changes', models.CharField(blank=True, max_length=500, verbose_name='与上一版的不同')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='实施日')),
                ('in_force_until', models.DateField(blank=True, null=True, verbose_name='停止实施日（不含）')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='送审时间')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='评审时间')),
                ('review_opinion', models.CharField(blank=True, max_length=500, verbose_name='评审意见')),
            ],
            options={
                'verbose_name': '标准版本',
                'ordering': ['-in_force_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TaskModule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('outsourcing', '服务外包'), ('maker_space', '创客空间'), ('workshop', '工作坊'), ('production', '生产任务')], max_length=12, verbose_name='形式')),
                ('title', models.CharField(max_length=120, verbose_name='任务名称')),
                ('product', models.CharField(max_length=300, verbose_name='交付的产品或服务')),
                ('hours', models.PositiveSmallIntegerField(verbose_name='学时')),
                ('students', models.PositiveSmallIntegerField(verbose_name='参加学生数')),
                ('starts_on', models.DateField(verbose_name='开始日')),
                ('ends_on', models.DateField(verbose_name='结束日（不含）')),
            ],
            options={
                'verbose_name': '任务模块',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='task_module_period_ordered')],
            },
        ),
        migrations.CreateModel(
            name='TrainingPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版本号')),
                ('cohort_from', models.PositiveSmallIntegerField(verbose_name='适用年级起')),
                ('cohort_until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='适用年级止')),
                ('state', models.CharField(choices=[('draft', '起草中'), ('submitted', '待企业同意与学校审定'), ('approved', '现行'), ('superseded', '已被替代')], default='draft', max_length=10, verbose_name='状态')),
                ('goal', models.TextField(blank=True, max_length=3000, verbose_name='培养目标')),
                ('content_renewal', models.CharField(blank=True, max_length=500, verbose_name='教学内容智能化改造')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='审定时间')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回理由')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
            ],
            options={
                'verbose_name': '人才培养方案',
                'constraints': [models.CheckConstraint(condition=models.Q(('cohort_until__isnull', True), ('cohort_until__gte', models.F('cohort_from')), _connector='OR'), name='plan_cohorts_ordered'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted']), ('approved_at__isnull', False), _connector='OR'), name='plan_approved_has_moment')],
            },
        ),
        migrations.AddField(
            model_name='cohort',
            name='graduated_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='毕业办理时间'),
        ),
        migrations.AddField(
            model_name='programme',
            name='group',
            field=models.CharField(blank=True, max_length=60, verbose_name='所属专业群'),
        ),
        migrations.AddField(
            model_name='programme',
            name='industry_chain',
            field=models.CharField(blank=True, max_length=40, verbose_name='服务的重点产业链'),
        ),
        migrations.AddField(
            model_name='programme',
            name='integration_form',
            field=models.CharField(blank=True, choices=[('order', '订单培养'), ('apprenticeship', '现代学徒制'), ('joint_base', '共建实训基地'), ('joint_college', '产业学院'), ('school_in_factory', '厂中校或校中厂'), ('tasks', '任务式培养'), ('joint_courses', '共建课程与教材')], max_length=20, verbose_name='产教融合形式'),
        ),
        migrations.AddField(
            model_name='programme',
            name='is_applied_undergraduate',
            field=models.BooleanField(default=False, verbose_name='应用型本科'),
        ),
        migrations.AddField(
            model_name='programme',
            name='is_cross_disciplinary',
            field=models.BooleanField(default=False, verbose_name='跨学科专业交叉培养'),
        ),
        migrations.AddField(
            model_name='programme',
            name='is_in_joint_plan',
            field=models.BooleanField(default=False, verbose_name='列入协同育人推进计划'),
        ),
        migrations.AddField(
            model_name='programme',
            name='is_new_engineering',
            field=models.BooleanField(default=False, verbose_name='新工科专业'),
        ),
        migrations.AddField(
            model_name='programme',
            name='joint_enterprise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='共建企业'),
        ),
        migrations.AddField(
            model_name='programme',
            name='occupations',
            field=models.ManyToManyField(blank=True, related_name='+', to='reference.occupation', verbose_name='面向职业'),
        ),
        migrations.AddField(
            model_name='programme',
            name='stage_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='变更理由'),
        ),
        migrations.AddIndex(
            model_name='classmember',
            index=models.Index(fields=['number'], name='class_member_by_number'),
        ),
        migrations.AddIndex(
            model_name='programme',
            index=models.Index(fields=['division', 'stage'], name='programme_of_division'),
        ),
        migrations.AddConstraint(
            model_name='classmember',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['studying', 'on_leave', 'graduated', 'left'])), name='class_member_state_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['planned', 'running', 'paused', 'closed'])), name='programme_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'closed'), _negated=True), ('closed_on__isnull', False), _connector='OR'), name='programme_closed_has_day'),
        ),
        migrations.AddField(
            model_name='construction',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='constructions', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='enrolmentplan',
            name='enterprise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='参与研究计划的企业'),
        ),
        migrations.AddField(
            model_name='enrolmentplan',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='jointwork',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='合作企业'),
        ),
        migrations.AddField(
            model_name='jointwork',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_works', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='participation',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='participation',
            name='entered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='participation',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='企业'),
        ),
        migrations.AddField(
            model_name='participation',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='pathway',
            name='partner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='对接学校'),
        ),
        migrations.AddField(
            model_name='pathway',
            name='partner_programme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='对接专业'),
        ),
        migrations.AddField(
            model_name='pathway',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pathways', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='planauthor',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planauthor',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='企业'),
        ),
        migrations.AddField(
            model_name='plancourse',
            name='enterprise',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='共建企业'),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rosterimport',
            name='school',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='学校'),
        ),
        migrations.AddField(
            model_name='rosterproblem',
            name='roster',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='programmes.rosterimport'),
        ),
        migrations.AddField(
            model_name='standard',
            name='division',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='适用地区'),
        ),
        migrations.AddField(
            model_name='standard',
            name='keeper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standards', to='organisations.organisation', verbose_name='主编单位'),
        ),
        migrations.AddField(
            model_name='standard',
            name='major',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.major', verbose_name='对应专业'),
        ),
        migrations.AddField(
            model_name='standard',
            name='occupation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.occupation', verbose_name='对接职业'),
        ),
        migrations.AddField(
            model_name='standardauthor',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='编制单位'),
        ),
        migrations.AddField(
            model_name='standardversion',
            name='reviewed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standardversion',
            name='standard',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programmes.standard', verbose_name='标准'),
        ),
        migrations.AddField(
            model_name='standardauthor',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='programmes.standardversion'),
        ),
        migrations.AddField(
            model_name='plancourse',
            name='standard',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.standardversion', verbose_name='对接标准'),
        ),
        migrations.AddField(
            model_name='jointwork',
            name='standard',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.standardversion', verbose_name='对接标准'),
        ),
        migrations.AddField(
            model_name='taskmodule',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='企业'),
        ),
        migrations.AddField(
            model_name='taskmodule',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='task_modules', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='trainingplan',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='trainingplan',
            name='based_on',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.trainingplan'),
        ),
        migrations.AddField(
            model_name='trainingplan',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='programmes.programme', verbose_name='专业点'),
        ),
        migrations.AddField(
            model_name='trainingplan',
            name='standards',
            field=models.ManyToManyField(blank=True, related_name='plans', to='programmes.standardversion', verbose_name='引用标准'),
        ),
        migrations.AddField(
            model_name='plancourse',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='courses', to='programmes.trainingplan'),
        ),
        migrations.AddField(
            model_name='planauthor',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authors', to='programmes.trainingplan'),
        ),
        migrations.AddConstraint(
            model_name='construction',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', 'ended'), _negated=True), fields=('programme', 'category', 'level'), name='construction_of_a_category_once'),
        ),
        migrations.AddConstraint(
            model_name='enrolmentplan',
            constraint=models.UniqueConstraint(fields=('programme', 'year', 'kind'), name='enrolment_of_a_kind_once'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['programme', 'stage'], name='participation_of_programme'),
        ),
        migrations.AddIndex(
            model_name='participation',
            index=models.Index(fields=['enterprise'], name='participation_of_enterprise'),
        ),
        migrations.AddConstraint(
            model_name='pathway',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('programme', 'kind', 'partner'), name='pathway_with_a_partner_once'),
        ),
        migrations.AddIndex(
            model_name='rosterproblem',
            index=models.Index(fields=['roster', 'row'], name='roster_problem_in_order'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.UniqueConstraint(fields=('standard', 'edition'), name='standard_edition_once'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'in_force')), fields=('standard',), name='standard_one_version_in_force'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in_force'), _negated=True), ('in_force_from__isnull', False), _connector='OR'), name='standard_in_force_has_day'),
        ),
        migrations.AddConstraint(
            model_name='standardversion',
            constraint=models.CheckConstraint(condition=models.Q(('in_force_until__isnull', True), ('in_force_until__gte', models.F('in_force_from')), _connector='OR'), name='standard_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='standardauthor',
            constraint=models.UniqueConstraint(fields=('version', 'organisation'), name='standard_author_once'),
        ),
        migrations.AddConstraint(
            model_name='trainingplan',
            constraint=models.UniqueConstraint(fields=('programme', 'version'), name='plan_version_once'),
        ),
        migrations.AddConstraint(
            model_name='trainingplan',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('programme',), name='plan_one_in_the_making'),
        ),
        migrations.AddConstraint(
            model_name='trainingplan',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'approved')), expressions=[(models.Func(models.F('programme'), models.F('programme'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('cohort_from'), models.F('cohort_until'), models.Value('[]'), function='int4range'), '&&')], name='plan_one_for_a_cohort'),
        ),
        migrations.AddConstraint(
            model_name='plancourse',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='plan_course_once'),
        ),
        migrations.AddConstraint(
            model_name='plancourse',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['general', 'professional', 'practice', 'internship'])), name='plan_course_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='plancourse',
            constraint=models.CheckConstraint(condition=models.Q(('theory_hours__gt', 0), ('practice_hours__gt', 0), ('internship_weeks__gt', 0), _connector='OR'), name='plan_course_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='plancourse',
            constraint=models.CheckConstraint(condition=models.Q(('internship_weeks', 0), ('kind', 'internship'), _connector='OR'), name='plan_course_weeks_of_internship'),
        ),
        migrations.AddConstraint(
            model_name='plancourse',
            constraint=models.CheckConstraint(condition=models.Q(('term__gte', 1), ('term__lte', 12)), name='plan_course_term_known'),
        ),
        migrations.AddConstraint(
            model_name='planauthor',
            constraint=models.UniqueConstraint(fields=('plan', 'enterprise'), name='plan_author_once'),
        ),
        migrations.AddConstraint(
            model_name='planauthor',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'asked'), ('decided_at__isnull', False), _connector='OR'), name='plan_author_decided_has_moment'),
        ),
    ]

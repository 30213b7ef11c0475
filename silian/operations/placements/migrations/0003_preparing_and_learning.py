import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_mentors'),
        ('placements', '0002_rounds_and_bulk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '评分中'), ('shown', '待学生确认'), ('disagreed', '学生有异议'), ('final', '已定')], default='open', max_length=10, verbose_name='状态')),
                ('host_score', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='实习单位评分')),
                ('host_comment', models.CharField(blank=True, max_length=500, verbose_name='实习单位评语')),
                ('host_at', models.DateTimeField(blank=True, null=True, verbose_name='实习单位评分时间')),
                ('school_score', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='学校评分')),
                ('school_comment', models.CharField(blank=True, max_length=500, verbose_name='学校评语')),
                ('school_at', models.DateTimeField(blank=True, null=True, verbose_name='学校评分时间')),
                ('school_weight', models.PositiveSmallIntegerField(default=50, verbose_name='学校评分权重')),
                ('total', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='总评')),
                ('shown_at', models.DateTimeField(blank=True, null=True, verbose_name='告知学生时间')),
                ('reply_due_at', models.DateTimeField(blank=True, null=True, verbose_name='学生提出异议的截止时间')),
                ('disagreement', models.TextField(blank=True, max_length=1000, verbose_name='学生异议')),
                ('disagreed_at', models.DateTimeField(blank=True, null=True, verbose_name='异议时间')),
                ('answer_due_at', models.DateTimeField(blank=True, null=True, verbose_name='学校应答复时间')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='学校答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('final_at', models.DateTimeField(blank=True, null=True, verbose_name='定稿时间')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('internship', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assessment', to='placements.internship', verbose_name='实习')),
                ('school_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '实习考核',
            },
        ),
        migrations.CreateModel(
            name='AssessmentItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('host', '实习单位'), ('school', '学校')], max_length=6, verbose_name='评分方')),
                ('position', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('name', models.CharField(max_length=60, verbose_name='考核项目')),
                ('component', models.CharField(choices=[('learning', '学习收获'), ('tasks', '典型工作任务'), ('safety', '安全与规范'), ('conduct', '职业素养'), ('attendance', '出勤'), ('report', '实习报告')], max_length=12, verbose_name='考核内容')),
                ('weight', models.PositiveSmallIntegerField(verbose_name='权重（%）')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessment_items', to='placements.internshipplan')),
            ],
            options={
                'verbose_name': '考核项目',
                'ordering': ['plan', 'side', 'position'],
            },
        ),
        migrations.CreateModel(
            name='AssessmentScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(verbose_name='得分')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='placements.assessment')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='placements.assessmentitem')),
            ],
            options={
                'verbose_name': '单项得分',
            },
        ),
        migrations.CreateModel(
            name='CreditGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credits', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='学分')),
                ('score', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='总评')),
                ('file_percent', models.PositiveSmallIntegerField(verbose_name='档案完整度（%）')),
                ('required_percent', models.PositiveSmallIntegerField(null=True, verbose_name='要求（%）')),
                ('missing', models.JSONField(blank=True, default=list, verbose_name='当时缺少')),
                ('exception_reason', models.CharField(blank=True, max_length=300, verbose_name='未达要求仍认定的理由')),
                ('granted_on', models.DateField(verbose_name='认定日')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('internship', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='credit_grant', to='placements.internship', verbose_name='实习')),
            ],
            options={
                'verbose_name': '学分认定',
            },
        ),
        migrations.CreateModel(
            name='InsurancePolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('insurer_name', models.CharField(max_length=120, verbose_name='保险机构')),
                ('kind', models.CharField(choices=[('liability', '学生实习责任保险'), ('accident', '人身意外伤害保险'), ('modern', '现代学徒制保险'), ('enterprise', '企业新型学徒制保险')], max_length=12, verbose_name='险种')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='保单号')),
                ('starts_on', models.DateField(verbose_name='起保日')),
                ('ends_on', models.DateField(verbose_name='终保日（不含）')),
                ('premium', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='保费合计（元）')),
                ('payer', models.CharField(choices=[('school', '学校'), ('host', '实习单位'), ('student', '学生'), ('pay', '从实习报酬中扣除')], max_length=8, verbose_name='保费由谁承担')),
                ('state', models.CharField(choices=[('in_force', '有效'), ('cancelled', '已退保')], default='in_force', max_length=10, verbose_name='状态')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='退保日')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='退保原因')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('insurer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issued_policies', to='organisations.organisation', verbose_name='保险机构单位')),
                ('payer_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='付费单位')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intern_policies', to='organisations.organisation', verbose_name='投保学校')),
            ],
            options={
                'verbose_name': '保单',
            },
        ),
        migrations.CreateModel(
            name='InsuranceClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('happened_on', models.DateField(verbose_name='出险日')),
                ('incident', models.TextField(max_length=2000, verbose_name='事故经过')),
                ('loss', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='损失金额（元）')),
                ('state', models.CharField(choices=[('reported', '已报案'), ('accepted', '同意赔付'), ('rejected', '拒绝赔付'), ('paid', '已赔付'), ('settled', '已了结'), ('withdrawn', '已撤回')], default='reported', max_length=10, verbose_name='状态')),
                ('reported_at', models.DateTimeField(verbose_name='报案时间')),
                ('answer_due_at', models.DateTimeField(blank=True, null=True, verbose_name='应答复时间')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='保险机构答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('paid', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='赔付金额（元）')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='赔付日')),
                ('school_share', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='学校承担（元）')),
                ('host_share', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12, verbose_name='实习单位承担（元）')),
                ('remainder_basis', models.CharField(blank=True, max_length=300, verbose_name='其余部分的协议约定')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='了结时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='insurance_claims', to='placements.internship', verbose_name='实习')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='placements.insurancepolicy', verbose_name='保单')),
            ],
            options={
                'verbose_name': '保险理赔',
            },
        ),
        migrations.CreateModel(
            name='InsuranceProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('liability', '学生实习责任保险'), ('accident', '人身意外伤害保险'), ('modern', '现代学徒制保险'), ('enterprise', '企业新型学徒制保险')], max_length=12, verbose_name='险种')),
                ('name', models.CharField(max_length=120, verbose_name='产品名称')),
                ('filing_number', models.CharField(blank=True, max_length=60, verbose_name='条款备案号')),
                ('is_dedicated', models.BooleanField(default=False, verbose_name='专门确定费率')),
                ('premium', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='保费（元/人·年）')),
                ('sum_insured', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='每人保额（元）')),
                ('covers', models.TextField(verbose_name='保障范围')),
                ('excludes', models.TextField(blank=True, verbose_name='不保障')),
                ('contact', models.CharField(blank=True, max_length=60, verbose_name='咨询电话')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已公布'), ('withdrawn', '已停售')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='insurance_products', to='organisations.organisation', verbose_name='保险机构')),
            ],
            options={
                'verbose_name': '保险产品',
            },
        ),
        migrations.AddField(
            model_name='insurancepolicy',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='policies', to='placements.insuranceproduct', verbose_name='保险产品'),
        ),
        migrations.CreateModel(
            name='InsuredIntern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='起保日')),
                ('ends_on', models.DateField(verbose_name='终保日（不含）')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='加保时间')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='insurances', to='placements.internship', verbose_name='实习')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='insured', to='placements.insurancepolicy')),
            ],
            options={
                'verbose_name': '被保险学生',
            },
        ),
        migrations.CreateModel(
            name='InternshipCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='编号')),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='核验码')),
                ('state', models.CharField(choices=[('valid', '有效'), ('revoked', '已撤销')], default='valid', max_length=8, verbose_name='状态')),
                ('snapshot', models.JSONField(verbose_name='出具时的内容')),
                ('issued_on', models.DateField(verbose_name='出具日')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('revoke_reason', models.CharField(blank=True, max_length=300, verbose_name='撤销原因')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='placements.internship', verbose_name='实习')),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '实习证明',
            },
        ),
        migrations.CreateModel(
            name='InternshipReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='报告题目')),
                ('summary', models.TextField(max_length=5000, verbose_name='实习总结')),
                ('submitted_at', models.DateTimeField(verbose_name='提交时间')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='教师通过时间')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回原因')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('internship', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='placements.internship', verbose_name='实习')),
            ],
            options={
                'verbose_name': '实习报告',
            },
        ),
        migrations.CreateModel(
            name='PracticeSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pass_mark', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='安全测试合格分')),
                ('least_file_percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='授予学分的档案完整度（%）')),
                ('attendance_cap', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='出勤权重上限（%）')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='practice_settings', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '学校实习管理设置',
            },
        ),
        migrations.CreateModel(
            name='SafetyCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='课程名称')),
                ('body', models.TextField(verbose_name='培训内容')),
                ('questions_asked', models.PositiveSmallIntegerField(default=10, verbose_name='每次抽题数')),
                ('pass_mark', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='合格分')),
                ('valid_months', models.PositiveSmallIntegerField(default=12, verbose_name='合格有效期（月）')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('withdrawn', '已停用')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safety_courses', to='organisations.organisation', verbose_name='开课单位')),
            ],
            options={
                'verbose_name': '岗前安全培训课程',
            },
        ),
        migrations.CreateModel(
            name='SafetyQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('text', models.CharField(max_length=300, verbose_name='题目')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), size=None, verbose_name='选项')),
                ('correct', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='正确选项')),
                ('explanation', models.CharField(blank=True, max_length=300, verbose_name='解析')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='placements.safetycourse')),
            ],
            options={
                'verbose_name': '安全测试题',
                'ordering': ['course', 'position'],
            },
        ),
        migrations.CreateModel(
            name='TrainingAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='试题')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='作答')),
                ('pass_mark', models.PositiveSmallIntegerField(verbose_name='合格分')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='得分')),
                ('is_passed', models.BooleanField(default=False, verbose_name='合格')),
                ('started_at', models.DateTimeField(verbose_name='开始时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='交卷时间')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='有效期至（不含）')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='placements.safetycourse')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_attempts', to='placements.internship', verbose_name='实习')),
            ],
            options={
                'verbose_name': '安全测试答卷',
            },
        ),
        migrations.CreateModel(
            name='WeeklyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week_on', models.DateField(verbose_name='周一日期')),
                ('tasks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), size=None, verbose_name='做了哪些典型工作任务')),
                ('other_work', models.CharField(blank=True, max_length=200, verbose_name='其他工作')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='本周工时')),
                ('learned', models.TextField(max_length=1000, verbose_name='学到了什么')),
                ('difficulty', models.TextField(blank=True, max_length=1000, verbose_name='遇到的困难')),
                ('state', models.CharField(choices=[('submitted', '待导师确认'), ('ticked', '导师已确认'), ('returned', '请补充')], default='submitted', max_length=10, verbose_name='状态')),
                ('due_at', models.DateTimeField(verbose_name='应交时间')),
                ('submitted_at', models.DateTimeField(verbose_name='提交时间')),
                ('is_late', models.BooleanField(default=False, verbose_name='迟交')),
                ('mentor_comment', models.CharField(blank=True, max_length=300, verbose_name='导师意见')),
                ('ticked_at', models.DateTimeField(blank=True, null=True, verbose_name='导师确认时间')),
                ('teacher_comment', models.CharField(blank=True, max_length=300, verbose_name='教师批注')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='教师批阅时间')),
                ('similarity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='与相近周记的相似度')),
                ('internship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly_notes', to='placements.internship', verbose_name='实习')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('similar_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='placements.weeklynote')),
                ('ticked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '实习周记',
                'ordering': ['internship', 'week_on'],
            },
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['state'], name='assessment_by_state'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('host_score__isnull', False), ('school_score__isnull', False), ('shown_at__isnull', False), ('total__isnull', False)), _connector='OR'), name='assessment_shown_with_both_scores'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('disagreement', ''), ('disagreed_at__isnull', False), _connector='OR'), name='assessment_disagreed_at'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'final'), _negated=True), ('final_at__isnull', False), _connector='OR'), name='assessment_final_at'),
        ),
        migrations.AddConstraint(
            model_name='assessmentitem',
            constraint=models.UniqueConstraint(fields=('plan', 'side', 'position'), name='assessment_item_position_once'),
        ),
        migrations.AddConstraint(
            model_name='assessmentitem',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='assessment_item_weight_percent'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscore',
            constraint=models.UniqueConstraint(fields=('assessment', 'item'), name='score_of_an_item_once'),
        ),
        migrations.AddConstraint(
            model_name='assessmentscore',
            constraint=models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='item_score_of_hundred'),
        ),
        migrations.AddConstraint(
            model_name='creditgrant',
            constraint=models.CheckConstraint(condition=models.Q(('file_percent__lte', 100)), name='credit_file_percent_of_hundred'),
        ),
        migrations.AddConstraint(
            model_name='creditgrant',
            constraint=models.CheckConstraint(condition=models.Q(('required_percent__isnull', True), ('file_percent__gte', models.F('required_percent')), models.Q(('exception_reason', ''), _negated=True), _connector='OR'), name='credit_of_incomplete_file_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='insuranceclaim',
            constraint=models.CheckConstraint(condition=models.Q(('host_share__gte', 0), ('loss__gte', 0), ('paid__gte', 0), ('school_share__gte', 0)), name='claim_amounts_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='insuranceclaim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), ('loss__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('paid'), '+', models.F('school_share')), '+', models.F('host_share'))), _connector='OR'), name='claim_settled_in_full'),
        ),
        migrations.AddConstraint(
            model_name='insuranceproduct',
            constraint=models.CheckConstraint(condition=models.Q(('premium__isnull', True), ('premium__gte', 0), _connector='OR'), name='insurance_premium_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='insuranceproduct',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='insurance_product_published_at'),
        ),
        migrations.AddIndex(
            model_name='insurancepolicy',
            index=models.Index(fields=['school', 'kind'], name='insurance_policy_of_school'),
        ),
        migrations.AddConstraint(
            model_name='insurancepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='insurance_policy_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='insurancepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('payer__in', ['host', 'school'])), name='insurance_never_paid_by_student'),
        ),
        migrations.AddConstraint(
            model_name='insurancepolicy',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'in_force'), models.Q(('cancelled_on__isnull', False), models.Q(('cancel_reason', ''), _negated=True)), _connector='OR'), name='insurance_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='insuredintern',
            constraint=models.UniqueConstraint(fields=('policy', 'internship'), name='insured_on_a_policy_once'),
        ),
        migrations.AddConstraint(
            model_name='insuredintern',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='insured_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='internshipcertificate',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('internship',), name='certificate_valid_once'),
        ),
        migrations.AddConstraint(
            model_name='internshipcertificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), models.Q(('revoked_at__isnull', False), models.Q(('revoke_reason', ''), _negated=True)), _connector='OR'), name='certificate_revoked_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='practicesettings',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pass_mark__isnull', True), models.Q(('pass_mark__gte', 1), ('pass_mark__lte', 100)), _connector='OR'), models.Q(('least_file_percent__isnull', True), ('least_file_percent__lte', 100), _connector='OR'), models.Q(('attendance_cap__isnull', True), ('attendance_cap__lte', 100), _connector='OR')), name='practice_settings_of_hundred'),
        ),
        migrations.AddConstraint(
            model_name='safetycourse',
            constraint=models.CheckConstraint(condition=models.Q(('pass_mark__isnull', True), models.Q(('pass_mark__gte', 1), ('pass_mark__lte', 100)), _connector='OR'), name='course_pass_mark_of_hundred'),
        ),
        migrations.AddConstraint(
            model_name='safetycourse',
            constraint=models.CheckConstraint(condition=models.Q(('questions_asked__gte', 1)), name='course_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='safetyquestion',
            constraint=models.UniqueConstraint(fields=('course', 'position'), name='question_position_once'),
        ),
        migrations.AddConstraint(
            model_name='safetyquestion',
            constraint=models.CheckConstraint(condition=models.Q(('correct__len__gte', 1), ('options__len__gte', 2)), name='question_answerable'),
        ),
        migrations.AddIndex(
            model_name='trainingattempt',
            index=models.Index(fields=['internship', 'is_passed'], name='attempt_of_internship'),
        ),
        migrations.AddConstraint(
            model_name='trainingattempt',
            constraint=models.UniqueConstraint(condition=models.Q(('submitted_at__isnull', True)), fields=('internship', 'course'), name='attempt_open_once'),
        ),
        migrations.AddConstraint(
            model_name='trainingattempt',
            constraint=models.CheckConstraint(condition=models.Q(('is_passed', False), models.Q(('score__gte', models.F('pass_mark')), ('submitted_at__isnull', False), ('valid_until__isnull', False)), _connector='OR'), name='attempt_passed_by_score'),
        ),
        migrations.AddConstraint(
            model_name='trainingattempt',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__lte', 100), _connector='OR'), name='attempt_score_of_hundred'),
        ),
        migrations.AddIndex(
            model_name='weeklynote',
            index=models.Index(fields=['week_on', 'state'], name='note_by_week'),
        ),
        migrations.AddConstraint(
            model_name='weeklynote',
            constraint=models.UniqueConstraint(fields=('internship', 'week_on'), name='note_of_a_week_once'),
        ),
        migrations.AddConstraint(
            model_name='weeklynote',
            constraint=models.CheckConstraint(condition=models.Q(('week_on__iso_week_day', 1)), name='note_week_begins_on_monday'),
        ),
        migrations.AddConstraint(
            model_name='weeklynote',
            constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0), ('hours__lte', 168)), name='note_hours_of_a_week'),
        ),
        migrations.AddConstraint(
            model_name='weeklynote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ticked'), _negated=True), ('ticked_at__isnull', False), _connector='OR'), name='note_ticked_at'),
        ),
    ]

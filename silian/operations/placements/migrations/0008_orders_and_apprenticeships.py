import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('placements', '0007_home_counties'),
        ('programmes', '0003_approved_plans_stay'),
        ('reference', '0002_dated_changes_and_crosswalks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Apprentice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('student_number', models.CharField(blank=True, max_length=30, verbose_name='学籍（注册）号')),
                ('employee_number', models.CharField(blank=True, max_length=30, verbose_name='工号')),
                ('contract_number', models.CharField(blank=True, max_length=60, verbose_name='劳动合同编号')),
                ('contract_starts_on', models.DateField(blank=True, null=True, verbose_name='劳动合同起始日')),
                ('contract_ends_on', models.DateField(blank=True, null=True, verbose_name='劳动合同终止日（不含）')),
                ('is_full_time_student', models.BooleanField(default=False, verbose_name='全日制在校学生')),
                ('state', models.CharField(choices=[('enrolled', '已入册'), ('training', '培养中'), ('qualified', '考核合格'), ('unqualified', '考核不合格'), ('left', '中途离开')], default='enrolled', max_length=12, verbose_name='状态')),
                ('starts_on', models.DateField(verbose_name='起始日')),
                ('ends_on', models.DateField(verbose_name='终止日（不含）')),
                ('certificate_number', models.CharField(blank=True, max_length=60, verbose_name='证书编号')),
                ('certificate_level', models.CharField(blank=True, max_length=20, verbose_name='证书等级')),
                ('certified_on', models.DateField(blank=True, null=True, verbose_name='发证日')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='离开或不合格原因')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('enterprise_mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='企业导师')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprentice_seats', to='people.person', verbose_name='学徒')),
                ('school_mentor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='院校导师')),
            ],
            options={
                'verbose_name': '学徒',
                'ordering': ['apprenticeship', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApprenticeExam',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='考核')),
                ('taken_on', models.DateField(verbose_name='考核日')),
                ('score', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='成绩')),
                ('pass_mark', models.DecimalField(decimal_places=1, max_digits=5, verbose_name='合格线')),
                ('is_final', models.BooleanField(default=False, verbose_name='结业考核')),
                ('examiner', models.CharField(max_length=100, verbose_name='考核单位')),
                ('apprentice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exams', to='placements.apprentice')),
            ],
            options={
                'verbose_name': '学徒考核',
                'ordering': ['apprentice', 'taken_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Apprenticeship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='项目编号')),
                ('scheme', models.CharField(choices=[('modern', '现代学徒制'), ('enterprise', '企业新型学徒制')], max_length=10, verbose_name='形式')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('level', models.CharField(choices=[('中级工', '中级工'), ('高级工', '高级工'), ('技师', '技师')], max_length=6, verbose_name='培养目标')),
                ('months', models.PositiveSmallIntegerField(verbose_name='培养期（月）')),
                ('theory_hours', models.PositiveSmallIntegerField(verbose_name='理论课时')),
                ('practice_hours', models.PositiveSmallIntegerField(verbose_name='实操课时')),
                ('is_pilot', models.BooleanField(default=False, verbose_name='试点项目')),
                ('starts_on', models.DateField(verbose_name='起始日')),
                ('ends_on', models.DateField(verbose_name='终止日（不含）')),
                ('state', models.CharField(choices=[('draft', '起草'), ('submitted', '待备案'), ('returned', '退回修改'), ('filed', '已备案'), ('running', '培养中'), ('completed', '已完成'), ('stopped', '已终止')], default='draft', max_length=10, verbose_name='状态')),
                ('filing_number', models.CharField(blank=True, max_length=60, verbose_name='备案号')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='备案日')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回或终止原因')),
                ('experience', models.TextField(blank=True, verbose_name='试点经验')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='完成日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprenticeships', to='organisations.organisation', verbose_name='企业')),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('occupation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.occupation', verbose_name='职业（工种）')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='专业')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_apprenticeships', to='organisations.organisation', verbose_name='院校（培训机构）')),
            ],
            options={
                'verbose_name': '学徒培养项目',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='apprentice',
            name='apprenticeship',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprentices', to='placements.apprenticeship'),
        ),
        migrations.CreateModel(
            name='ClassOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='订单编号')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('shortage_reference', models.CharField(blank=True, max_length=120, verbose_name='紧缺目录依据')),
                ('head_count', models.PositiveSmallIntegerField(verbose_name='订单人数')),
                ('wage', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='录用后工资（元/月）')),
                ('commitments', models.TextField(verbose_name='企业承诺')),
                ('starts_on', models.DateField(verbose_name='培养起始日')),
                ('ends_on', models.DateField(verbose_name='培养终止日（不含）')),
                ('state', models.CharField(choices=[('draft', '起草'), ('sent', '协议待签'), ('running', '培养中'), ('hiring', '录用核对'), ('closed', '已结束'), ('cancelled', '已取消')], default='draft', max_length=10, verbose_name='状态')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='结束日')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='取消或提前结束原因')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='起草时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='用人地区')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='class_orders', to='organisations.organisation', verbose_name='订单企业')),
                ('occupation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.occupation', verbose_name='职业（工种）')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme', verbose_name='专业')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ordered_classes', to='organisations.organisation', verbose_name='学校')),
            ],
            options={
                'verbose_name': '订单班',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OrderMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='学号')),
                ('class_name', models.CharField(blank=True, max_length=60, verbose_name='班级')),
                ('state', models.CharField(choices=[('enrolled', '在培'), ('trained', '培养合格'), ('failed', '培养不合格'), ('left', '中途退出'), ('hired', '已录用'), ('not_hired', '未录用')], default='enrolled', max_length=10, verbose_name='状态')),
                ('joined_on', models.DateField(verbose_name='入班日')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='培养结业日')),
                ('hired_on', models.DateField(blank=True, null=True, verbose_name='录用日')),
                ('hired_wage', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='实际工资（元/月）')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='退出或未录用原因')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='placements.classorder')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_seats', to='people.person', verbose_name='学生')),
            ],
            options={
                'verbose_name': '订单学生',
                'ordering': ['order', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RotationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('place', models.CharField(max_length=100, verbose_name='岗位或部门')),
                ('tasks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=100), default=list, size=None, verbose_name='学习任务')),
                ('first_month', models.PositiveSmallIntegerField(verbose_name='起始月')),
                ('last_month', models.PositiveSmallIntegerField(verbose_name='结束月')),
                ('apprenticeship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rotation', to='placements.apprenticeship')),
            ],
            options={
                'verbose_name': '轮岗计划',
                'ordering': ['apprenticeship', 'order'],
            },
        ),
        migrations.CreateModel(
            name='TrainingMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('theory_hours', models.PositiveSmallIntegerField(default=0, verbose_name='理论课时')),
                ('practice_hours', models.PositiveSmallIntegerField(default=0, verbose_name='实操课时')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('apprentice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='months', to='placements.apprentice')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '学徒课时记录',
                'ordering': ['apprentice', 'month'],
            },
        ),
        migrations.CreateModel(
            name='WageStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_month', models.PositiveSmallIntegerField(verbose_name='自第几月')),
                ('wage', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='工资（元/月）')),
                ('apprenticeship', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wage_steps', to='placements.apprenticeship')),
            ],
            options={
                'verbose_name': '学徒工资递增',
                'ordering': ['apprenticeship', 'from_month'],
            },
        ),
        migrations.AddIndex(
            model_name='apprenticeship',
            index=models.Index(fields=['enterprise', 'state'], name='apprenticeship_by_enterprise'),
        ),
        migrations.AddIndex(
            model_name='apprenticeship',
            index=models.Index(fields=['school', 'state'], name='apprenticeship_by_school'),
        ),
        migrations.AddConstraint(
            model_name='apprenticeship',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='apprenticeship_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='apprenticeship',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1)), name='apprenticeship_has_months'),
        ),
        migrations.AddConstraint(
            model_name='apprenticeship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['filed', 'running', 'completed']), _negated=True), ('filed_on__isnull', False), _connector='OR'), name='apprenticeship_runs_after_filing'),
        ),
        migrations.AddConstraint(
            model_name='apprentice',
            constraint=models.UniqueConstraint(fields=('apprenticeship', 'person'), name='apprentice_of_a_programme_once'),
        ),
        migrations.AddConstraint(
            model_name='apprentice',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='apprentice_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='apprentice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'left'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='apprentice_left_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='apprentice',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['enrolled', 'training'])), expressions=[(models.Func(models.F('person'), models.F('person'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange'), '&&')], name='apprentice_in_one_programme', violation_error_message='该人员在这段时间已是其他项目的学徒。'),
        ),
        migrations.AddIndex(
            model_name='classorder',
            index=models.Index(fields=['enterprise', 'state'], name='order_by_enterprise'),
        ),
        migrations.AddIndex(
            model_name='classorder',
            index=models.Index(fields=['school', 'state'], name='order_by_school'),
        ),
        migrations.AddConstraint(
            model_name='classorder',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='order_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='classorder',
            constraint=models.CheckConstraint(condition=models.Q(('head_count__gte', 1)), name='order_has_places'),
        ),
        migrations.AddConstraint(
            model_name='classorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='order_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='classorder',
            constraint=models.CheckConstraint(condition=models.Q(('enterprise', models.F('school')), _negated=True), name='order_between_two'),
        ),
        migrations.AddConstraint(
            model_name='ordermember',
            constraint=models.UniqueConstraint(fields=('order', 'person'), name='order_member_once'),
        ),
        migrations.AddConstraint(
            model_name='ordermember',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['enrolled', 'trained'])), fields=('person',), name='student_in_one_order'),
        ),
        migrations.AddConstraint(
            model_name='ordermember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'hired'), _negated=True), ('hired_on__isnull', False), _connector='OR'), name='order_member_hired_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='ordermember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['left', 'not_hired']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='order_member_gone_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='rotationstep',
            constraint=models.CheckConstraint(condition=models.Q(('first_month__gte', 1), ('last_month__gte', models.F('first_month'))), name='rotation_months_ordered'),
        ),
        migrations.AddConstraint(
            model_name='trainingmonth',
            constraint=models.UniqueConstraint(fields=('apprentice', 'month'), name='training_of_a_month_once'),
        ),
        migrations.AddConstraint(
            model_name='trainingmonth',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='training_month_is_a_first'),
        ),
        migrations.AddConstraint(
            model_name='wagestep',
            constraint=models.UniqueConstraint(fields=('apprenticeship', 'from_month'), name='wage_step_of_a_month_once'),
        ),
        migrations.AddConstraint(
            model_name='wagestep',
            constraint=models.CheckConstraint(condition=models.Q(('from_month__gte', 1)), name='wage_step_in_training'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='专业名称')),
                ('years', models.DecimalField(decimal_places=1, max_digits=3, verbose_name='学制')),
                ('stage', models.CharField(choices=[('planned', '筹建'), ('running', '在办'), ('paused', '暂停招生'), ('closed', '已撤销')], default='running', max_length=8, verbose_name='阶段')),
                ('opened_on', models.DateField(verbose_name='开办日')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='撤销日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('major', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.major', verbose_name='专业')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='organisations.organisation', verbose_name='学校')),
            ],
            options={
                'verbose_name': '专业点',
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'closed'), _negated=True), fields=('school', 'major'), name='programme_of_a_school_once'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='programme_period_ordered')],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='入学年份')),
                ('starts_on', models.DateField(verbose_name='入学日')),
                ('ends_on', models.DateField(verbose_name='毕业日（不含）')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='programmes.programme')),
            ],
            options={
                'verbose_name': '年级',
                'constraints': [models.UniqueConstraint(fields=('programme', 'year'), name='cohort_of_a_year_once'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='cohort_period_ordered')],
            },
        ),
        migrations.CreateModel(
            name='SchoolClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='班级')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='programmes.cohort')),
                ('head_teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='班主任')),
            ],
            options={
                'verbose_name': '班级',
                'constraints': [models.UniqueConstraint(fields=('cohort', 'name'), name='class_of_a_cohort_once')],
            },
        ),
        migrations.CreateModel(
            name='ClassMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, verbose_name='学号')),
                ('state', models.CharField(choices=[('studying', '在读'), ('on_leave', '休学'), ('graduated', '毕业'), ('left', '离校')], default='studying', max_length=10, verbose_name='学籍状态')),
                ('starts_on', models.DateField(verbose_name='入班日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='离班日（不含）')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='class_memberships', to='people.person', verbose_name='学生')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='programmes.schoolclass', verbose_name='班级')),
            ],
            options={
                'verbose_name': '班级学生',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), ('state', 'studying')), fields=('person',), name='student_in_one_class'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='class_member_period_ordered')],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0020_search_log_and_suggestions'),
        ('organisations', '0005_mentors'),
        ('programmes', '0003_approved_plans_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecommendationRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finished_at', models.DateTimeField(verbose_name='完成时间')),
                ('method', models.CharField(choices=[('rules', '事实规则'), ('learned', '事实规则与学习排序')], max_length=8, verbose_name='排序方法')),
                ('listings', models.PositiveIntegerField(verbose_name='有推荐的供需')),
                ('pairs', models.PositiveIntegerField(verbose_name='推荐条数')),
                ('over_before', models.PositiveIntegerField(verbose_name='调节前超出承接能力的展示位')),
                ('over_after', models.PositiveIntegerField(verbose_name='调节后超出承接能力的展示位')),
            ],
            options={
                'verbose_name': '推荐计算',
                'indexes': [models.Index(fields=['-finished_at'], name='recommendation_run_newest')],
            },
        ),
        migrations.CreateModel(
            name='ValueAddedService',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('category', models.CharField(choices=[('contract', '合同模板'), ('policy', '政策匹配'), ('report', '数据报告'), ('advice', '咨询辅导'), ('other', '其他')], max_length=10, verbose_name='类别')),
                ('summary', models.CharField(max_length=300, verbose_name='说明')),
                ('fee', models.CharField(default='免费', max_length=60, verbose_name='收费')),
                ('for_small', models.BooleanField(default=False, verbose_name='面向中小微企业')),
                ('address', models.CharField(max_length=300, verbose_name='使用地址')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='停止时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='value_added_services', to='organisations.organisation', verbose_name='提供单位')),
            ],
            options={
                'verbose_name': '增值服务',
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('provider', 'name'), name='value_added_service_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ValueAddedUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('used_on', models.DateField(verbose_name='日期')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='次数')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='exchange.valueaddedservice')),
            ],
            options={
                'verbose_name': '增值服务使用',
                'constraints': [models.UniqueConstraint(fields=('service', 'organisation', 'used_on'), name='value_added_use_of_a_day_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveSmallIntegerField(verbose_name='名次')),
                ('score', models.FloatField(verbose_name='排序分')),
                ('facts', models.JSONField(default=list, verbose_name='事实')),
                ('mutual_rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='在对方列表中的名次')),
                ('moved', models.SmallIntegerField(default=0, verbose_name='容量调节移动名次')),
                ('is_new', models.BooleanField(default=False, verbose_name='新供需试推位')),
                ('computed_at', models.DateTimeField(verbose_name='计算时间')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.listing', verbose_name='推荐的供需')),
                ('own', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='exchange.listing', verbose_name='本单位供需')),
            ],
            options={
                'verbose_name': '推荐',
                'constraints': [models.UniqueConstraint(fields=('own', 'other'), name='recommendation_of_pair'), models.CheckConstraint(condition=models.Q(('own', models.F('other')), _negated=True), name='recommendation_of_two'), models.CheckConstraint(condition=models.Q(('rank__gte', 1)), name='recommendation_rank_from_one')],
            },
        ),
        migrations.CreateModel(
            name='RecommendationHiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('kind', '类别'), ('organisation', '单位'), ('occupation', '职业')], max_length=12, verbose_name='不看什么')),
                ('value', models.CharField(max_length=24, verbose_name='值')),
                ('label', models.CharField(max_length=120, verbose_name='名称')),
                ('hidden_at', models.DateTimeField(verbose_name='设置时间')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '不看此类',
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('user', 'organisation', 'subject', 'value'), name='hiding_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RecommendationPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paused_at', models.DateTimeField(verbose_name='关闭时间')),
                ('resumed_at', models.DateTimeField(blank=True, null=True, verbose_name='重新开启时间')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('paused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '关闭推荐',
                'constraints': [models.CheckConstraint(condition=models.Q(('user__isnull', True), ('organisation__isnull', True), _connector='XOR'), name='pause_of_a_person_or_an_organisation'), models.UniqueConstraint(condition=models.Q(('resumed_at__isnull', True)), fields=('user', 'organisation'), name='pause_running_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RecommendationShowing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_shown_on', models.DateField(verbose_name='首次展示日')),
                ('last_shown_on', models.DateField(verbose_name='最近展示日')),
                ('shown_days', models.PositiveSmallIntegerField(default=1, verbose_name='展示天数')),
                ('verdict', models.CharField(blank=True, choices=[('suits', '合适'), ('unsuitable', '不合适')], max_length=10, verbose_name='评价')),
                ('verdict_at', models.DateTimeField(blank=True, null=True, verbose_name='评价时间')),
                ('contacted_at', models.DateTimeField(blank=True, null=True, verbose_name='应答时间')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='达成意向时间')),
                ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='成交时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.cohort', verbose_name='由哪个年级引出')),
                ('organisation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='看到推荐的单位')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='showings', to='exchange.listing', verbose_name='推荐的供需')),
                ('own', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange.listing', verbose_name='由哪条供需引出')),
                ('verdict_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '推荐展示',
                'indexes': [models.Index(fields=['first_shown_on'], name='showing_by_day')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'other'), name='showing_once'), models.CheckConstraint(condition=models.Q(('last_shown_on__gte', models.F('first_shown_on'))), name='showing_days_ordered'), models.CheckConstraint(condition=models.Q(('verdict', ''), ('verdict_at__isnull', False), _connector='OR'), name='showing_verdict_is_dated')],
            },
        ),
    ]

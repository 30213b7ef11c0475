import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('policies', '0003_parameter_settings'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Benefit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('reviewed', '已审核'), ('published', '已公布'), ('ended', '已停止')], default='draft', max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('fiscal', '财政'), ('tax', '税收'), ('investment', '投资'), ('finance', '金融'), ('land', '用地'), ('price', '价格'), ('talent', '人才'), ('honour', '荣誉与认定')], max_length=12, verbose_name='类别')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('audiences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('enterprise', '企业'), ('school', '院校'), ('institute', '科研院所'), ('association', '行业组织'), ('alliance', '集团联盟'), ('service', '产教融合服务组织'), ('evaluator', '第三方评价机构'), ('finance', '金融机构'), ('person', '个人')], max_length=12), size=None, verbose_name='适用对象')),
                ('given', models.CharField(max_length=300, verbose_name='给什么')),
                ('authority', models.CharField(max_length=80, verbose_name='办理单位')),
                ('basis', models.CharField(blank=True, max_length=120, verbose_name='其他依据')),
                ('contact', models.CharField(blank=True, max_length=120, verbose_name='办理地点和电话')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='有效期止（不含）')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回理由')),
                ('end_reason', models.CharField(blank=True, max_length=300, verbose_name='停止理由')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
                ('authority_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policybody')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='policies.clause')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='适用地区')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='登记单位')),
                ('parameter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='benefits', to='policies.parameter')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '优惠政策',
                'ordering': ['division', 'kind', 'pk'],
                'indexes': [models.Index(fields=['state', 'division'], name='benefit_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'reviewed', 'published', 'ended'])), name='benefit_state_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='benefit_period_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'ended']), _negated=True), models.Q(('published_at__isnull', False), models.Q(('clause__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR')), _connector='OR'), name='benefit_published_has_basis'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('end_reason', ''), _negated=True), _connector='OR'), name='benefit_ended_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='BenefitCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('fact', models.CharField(choices=[('kind', '单位类别'), ('size', '单位规模'), ('above_scale', '规模以上'), ('industry', '所属行业'), ('chain', '重点产业链'), ('verified', '平台核验'), ('division', '所在区划'), ('statement', '由您确认')], max_length=12, verbose_name='依据的事实')),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='应为')),
                ('text', models.CharField(max_length=200, verbose_name='条件')),
                ('cure', models.CharField(blank=True, max_length=200, verbose_name='不符合时怎么办')),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='policies.benefit')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.clause')),
            ],
            options={
                'verbose_name': '享受条件',
                'ordering': ['benefit', 'order'],
                'constraints': [models.UniqueConstraint(fields=('benefit', 'order'), name='benefit_condition_once')],
            },
        ),
        migrations.CreateModel(
            name='BenefitListEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='期次')),
                ('entries', models.JSONField(verbose_name='清单')),
                ('published_at', models.DateTimeField(verbose_name='公布时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '优惠政策清单',
                'ordering': ['division', '-number'],
                'constraints': [models.UniqueConstraint(fields=('division', 'number'), name='benefit_list_once')],
            },
        ),
        migrations.CreateModel(
            name='BenefitMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('name', models.CharField(max_length=120, verbose_name='材料')),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='materials', to='policies.benefit')),
            ],
            options={
                'verbose_name': '申报材料',
                'ordering': ['benefit', 'order'],
                'constraints': [models.UniqueConstraint(fields=('benefit', 'order'), name='benefit_material_once')],
            },
        ),
        migrations.CreateModel(
            name='BenefitStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('actor', models.CharField(max_length=80, verbose_name='谁办')),
                ('text', models.CharField(max_length=200, verbose_name='做什么')),
                ('working_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='工作日')),
                ('benefit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='policies.benefit')),
            ],
            options={
                'verbose_name': '办理步骤',
                'ordering': ['benefit', 'order'],
                'constraints': [models.UniqueConstraint(fields=('benefit', 'order'), name='benefit_step_once')],
            },
        ),
        migrations.CreateModel(
            name='PlanRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待核对'), ('reviewed', '已核对')], default='draft', max_length=10, verbose_name='登记状态')),
                ('kind', models.CharField(choices=[('development', '国民经济和社会发展规划'), ('region', '区域发展规划'), ('industry', '产业发展规划'), ('town', '城镇建设规划'), ('layout', '重大生产力布局规划'), ('project', '重大项目')], max_length=12, verbose_name='类别')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('starts_year', models.PositiveSmallIntegerField(verbose_name='规划期起')),
                ('ends_year', models.PositiveSmallIntegerField(verbose_name='规划期止')),
                ('lead', models.CharField(max_length=80, verbose_name='编制单位')),
                ('progress', models.CharField(choices=[('compiling', '编制中'), ('issued', '已印发'), ('running', '实施中'), ('closed', '已结束')], default='compiling', max_length=10, verbose_name='规划进度')),
                ('check_by', models.DateField(verbose_name='核对期限')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回理由')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='核对时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policybody')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='登记单位')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '规划登记',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['division', 'state'], name='plan_record_by_division')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'reviewed'])), name='plan_record_state_known'), models.CheckConstraint(condition=models.Q(('ends_year__gte', models.F('starts_year'))), name='plan_record_period_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reviewed'), _negated=True), ('reviewed_at__isnull', False), _connector='OR'), name='plan_record_reviewed_has_time')],
            },
        ),
        migrations.CreateModel(
            name='PlanProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='项目')),
                ('investment', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='投资额')),
                ('land', models.CharField(choices=[('unset', '未填'), ('needed', '需要'), ('not_needed', '不需要')], default='unset', max_length=12, verbose_name='用地需求')),
                ('skills', models.CharField(choices=[('unset', '未填'), ('needed', '需要'), ('not_needed', '不需要')], default='unset', max_length=12, verbose_name='技能人才需求')),
                ('skilled_people', models.PositiveIntegerField(blank=True, null=True, verbose_name='需要技能人才')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='policies.planrecord')),
            ],
            options={
                'verbose_name': '重大项目',
                'ordering': ['plan', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'name'), name='plan_project_once'), models.CheckConstraint(condition=models.Q(('investment__gte', 0)), name='plan_project_investment_positive')],
            },
        ),
        migrations.CreateModel(
            name='PlanAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(choices=[('requirement', '写明产教融合要求'), ('support', '写明支持方式'), ('projects', '列出产教融合项目')], max_length=12, verbose_name='核对项')),
                ('value', models.CharField(choices=[('unset', '未核对'), ('contained', '有'), ('missing', '没有')], default='unset', max_length=10, verbose_name='结论')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='出处')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='核对时间')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.clause')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='policies.planrecord')),
            ],
            options={
                'verbose_name': '同步规划核对',
                'ordering': ['plan', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'question'), name='plan_answer_once'), models.CheckConstraint(condition=models.Q(models.Q(('value', 'contained'), _negated=True), models.Q(('place', ''), _negated=True), ('clause__isnull', False), _connector='OR'), name='plan_answer_contained_has_place')],
            },
        ),
        migrations.CreateModel(
            name='PublicityRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('channel', models.CharField(choices=[('website', '门户网站'), ('account', '政务新媒体'), ('lecture', '政策宣讲会'), ('visit', '上门走访'), ('hall', '办事大厅'), ('press', '报刊广播电视'), ('other', '其他渠道')], max_length=10, verbose_name='渠道')),
                ('reach', models.PositiveIntegerField(verbose_name='覆盖人数或家次')),
                ('title', models.CharField(max_length=120, verbose_name='内容')),
                ('url', models.URLField(blank=True, verbose_name='网址')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('benefit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publicity', to='policies.benefit')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '宣传记录',
                'ordering': ['-held_on', '-pk'],
            },
        ),
    ]

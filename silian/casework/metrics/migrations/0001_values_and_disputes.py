import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='MetricValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric_code', models.CharField(max_length=80, verbose_name='指标代码')),
                ('period_kind', models.CharField(choices=[('day', '日'), ('month', '月'), ('quarter', '季度'), ('year', '年'), ('academic', '学年')], max_length=10, verbose_name='统计期')),
                ('period_start', models.DateField(verbose_name='期初')),
                ('period_end', models.DateField(verbose_name='期末（不含）')),
                ('as_of', models.DateField(verbose_name='数据截至日')),
                ('value', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='数值')),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='分子')),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='分母')),
                ('row_count', models.PositiveIntegerField(null=True, verbose_name='明细行数')),
                ('origin', models.CharField(choices=[('computed', '系统计算'), ('manual', '人工填报')], default='computed', max_length=10, verbose_name='数据来源')),
                ('formula_version', models.PositiveSmallIntegerField(default=1, verbose_name='算法版本')),
                ('formula_hash', models.CharField(blank=True, max_length=16, verbose_name='算法校验码')),
                ('computed_at', models.DateTimeField(verbose_name='得出时间')),
                ('checked_at', models.DateTimeField(verbose_name='最近核算时间')),
                ('author_name', models.CharField(blank=True, max_length=60, verbose_name='填报人姓名')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='被更正时间')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='填报单位')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='metrics.metricvalue', verbose_name='更正自')),
            ],
            options={
                'verbose_name': '指标数值',
                'indexes': [models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['division', 'metric_code', 'period_kind', '-period_start'], name='metric_value_newest'), models.Index(condition=models.Q(('superseded_at__isnull', True)), fields=['metric_code', 'period_kind', 'period_start'], name='metric_value_across')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('metric_code', 'division', 'period_kind', 'period_start'), name='metric_value_current_once'), models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='metric_value_period_ordered'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'manual'), _negated=True), models.Q(('author_name', ''), _negated=True), _connector='OR'), name='metric_value_manual_has_author'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'manual'), _negated=True), ('supersedes__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='metric_value_correction_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='StaleMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric_code', models.CharField(max_length=80, verbose_name='指标代码')),
                ('touched', models.CharField(blank=True, max_length=6, verbose_name='变动所在区划')),
                ('since', models.DateField(verbose_name='起始日')),
                ('until', models.DateField(blank=True, null=True, verbose_name='截止日')),
                ('marked_at', models.DateTimeField(verbose_name='标记时间')),
            ],
            options={
                'verbose_name': '待重算标记',
                'constraints': [models.UniqueConstraint(fields=('metric_code', 'touched', 'since', 'until'), name='stale_mark_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='ValueDispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official_value', models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name='公布数')),
                ('own_value', models.DecimalField(decimal_places=4, max_digits=20, verbose_name='异议数')),
                ('reason', models.CharField(max_length=1000, verbose_name='理由')),
                ('raised_by_name', models.CharField(max_length=60, verbose_name='提出人')),
                ('raised_at', models.DateTimeField(verbose_name='提出时间')),
                ('due_at', models.DateTimeField(verbose_name='应答复时间')),
                ('state', models.CharField(choices=[('raised', '待答复'), ('upheld', '维持原数'), ('corrected', '已更正'), ('withdrawn', '已撤回')], default='raised', max_length=10, verbose_name='状态')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_by_name', models.CharField(blank=True, max_length=60, verbose_name='答复人')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='处理时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrected_value', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='metrics.metricvalue', verbose_name='更正后的数值')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='提出单位')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('value', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='metrics.metricvalue', verbose_name='指标数值')),
            ],
            options={
                'verbose_name': '数据异议',
                'indexes': [models.Index(fields=['state', 'due_at'], name='dispute_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'upheld', 'corrected', 'withdrawn'])), name='dispute_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'raised')), models.Q(models.Q(('state', 'raised'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='dispute_settled_is_dated'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['upheld', 'corrected']), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='dispute_answered_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'corrected'), _negated=True), ('corrected_value__isnull', False), _connector='OR'), name='dispute_corrected_has_value'), models.UniqueConstraint(condition=models.Q(('state', 'raised')), fields=('value', 'organisation'), name='dispute_open_once_each')],
            },
        ),
        migrations.CreateModel(
            name='MetricDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, unique=True, verbose_name='指标代码')),
                ('title', models.CharField(max_length=60, verbose_name='指标名称')),
                ('unit', models.CharField(max_length=20, verbose_name='单位')),
                ('formula', models.CharField(max_length=500, verbose_name='计算方法')),
                ('source', models.CharField(max_length=200, verbose_name='数据来源')),
                ('timing', models.CharField(choices=[('stock', '时点数'), ('flow', '时期数')], default='stock', max_length=6, verbose_name='数据性质')),
                ('period_kind', models.CharField(choices=[('day', '日'), ('month', '月'), ('quarter', '季度'), ('year', '年'), ('academic', '学年')], default='year', max_length=10, verbose_name='统计期')),
                ('direction', models.CharField(choices=[('rising', '越高越好'), ('falling', '越低越好'), ('neutral', '无高低之分')], default='rising', max_length=8, verbose_name='指标方向')),
                ('periodicity', models.CharField(choices=[('live', '实时'), ('daily', '每日'), ('monthly', '每月'), ('quarterly', '每季度'), ('yearly', '每年')], default='yearly', max_length=10, verbose_name='更新频率')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='小数位数')),
                ('public', models.BooleanField(default=False, verbose_name='向社会公开')),
                ('state', models.CharField(choices=[('active', '使用中'), ('retired', '已停用')], default='active', max_length=8, verbose_name='状态')),
                ('retired_reason', models.CharField(blank=True, max_length=300, verbose_name='停用理由')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='设立时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='适用地区')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='责任部门')),
            ],
            options={
                'verbose_name': '人工填报指标',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('division', 'title'), name='definition_title_once'), models.CheckConstraint(condition=models.Q(('state__in', ['active', 'retired'])), name='definition_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'retired'), _negated=True), models.Q(('retired_reason', ''), _negated=True), _connector='OR'), name='definition_retired_has_reason'), models.CheckConstraint(condition=models.Q(('code__startswith', 'manual.')), name='definition_code_is_manual')],
            },
        ),
    ]

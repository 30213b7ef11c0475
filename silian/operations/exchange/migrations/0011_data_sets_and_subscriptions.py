import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('exchange', '0010_import_headings'),
        ('organisations', '0003_negotiation_scope'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, verbose_name='名称')),
                ('description', models.TextField(max_length=2000, verbose_name='内容说明')),
                ('source_system', models.CharField(max_length=80, verbose_name='来源系统')),
                ('provenance', models.CharField(max_length=300, verbose_name='数据来历')),
                ('terms', models.CharField(choices=[('open', '无条件共享'), ('conditional', '有条件共享'), ('closed', '不予共享')], max_length=12, verbose_name='共享属性')),
                ('terms_note', models.CharField(blank=True, max_length=300, verbose_name='共享条件或依据')),
                ('region_note', models.CharField(blank=True, max_length=120, verbose_name='跨区域范围')),
                ('refresh_days', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='更新周期（天）')),
                ('refreshed_on', models.DateField(blank=True, null=True, verbose_name='最近更新日')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='停止共享时间')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='覆盖区划')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_sets', to='organisations.organisation', verbose_name='提供单位')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '共享数据集',
                'indexes': [models.Index(fields=['terms', 'title'], name='data_set_by_terms')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'title'), name='data_set_title_once'), models.CheckConstraint(condition=models.Q(('terms', 'open'), models.Q(('terms_note', ''), _negated=True), _connector='OR'), name='data_set_terms_explained')],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.TextField(max_length=1000, verbose_name='用途')),
                ('state', models.CharField(choices=[('waiting', '待答复'), ('approved', '已同意'), ('refused', '未同意'), ('ended', '已终止')], default='waiting', max_length=10, verbose_name='状态')),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('due_at', models.DateTimeField(verbose_name='应答复时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='答复理由')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='使用期限（不含）')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='data_requests', to='organisations.organisation')),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='exchange.dataset')),
            ],
            options={
                'verbose_name': '数据共享申请',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('data_set', 'organisation'), name='data_request_waiting_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='data_request_refusal_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='data_request_approved_ends')],
            },
        ),
        migrations.CreateModel(
            name='DataField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='顺序')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('type', models.CharField(choices=[('text', '文本'), ('integer', '整数'), ('number', '数值'), ('date', '日期')], max_length=8, verbose_name='类型')),
                ('sensitivity', models.CharField(choices=[('plain', '可公开'), ('internal', '内部使用'), ('personal', '个人信息')], max_length=8, verbose_name='敏感程度')),
                ('unit', models.CharField(blank=True, max_length=20, verbose_name='单位')),
                ('required', models.BooleanField(default=True, verbose_name='必填')),
                ('is_key', models.BooleanField(default=False, verbose_name='关联项')),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='exchange.dataset')),
            ],
            options={
                'verbose_name': '数据项',
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('data_set', 'name'), name='data_field_once')],
            },
        ),
        migrations.CreateModel(
            name='DataEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('row_count', models.PositiveIntegerField(verbose_name='行数')),
                ('rows', models.JSONField(verbose_name='数据行')),
                ('source', models.CharField(max_length=160, verbose_name='来源文件或接口')),
                ('as_of', models.DateField(verbose_name='数据截至日')),
                ('stored_at', models.DateTimeField(verbose_name='入库时间')),
                ('stored_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('data_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='exchange.dataset')),
            ],
            options={
                'verbose_name': '数据版本',
                'constraints': [models.UniqueConstraint(fields=('data_set', 'number'), name='data_edition_number'), models.UniqueConstraint(fields=('data_set', 'sha256'), name='data_edition_once')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='订阅内容')),
                ('query', models.CharField(blank=True, max_length=600, verbose_name='检索条件')),
                ('lexemes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('words', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None)),
                ('price_at_least', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('frequency', models.CharField(choices=[('at_once', '有新的立即告诉我'), ('daily', '每日汇总'), ('weekly', '每周汇总')], max_length=8, verbose_name='频率')),
                ('to_webhook', models.BooleanField(default=False, verbose_name='同时推送到本单位接口')),
                ('unsubscribe_key', models.CharField(editable=False, max_length=43, unique=True)),
                ('created_at', models.DateTimeField(verbose_name='订阅时间')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='退订时间')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='最近提醒时间')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '供需订阅',
                'indexes': [models.Index(condition=models.Q(('stopped_at__isnull', True)), fields=['frequency'], name='subscription_running')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('user', 'query'), name='subscription_once')],
            },
        ),
        migrations.CreateModel(
            name='SubscriptionHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField(verbose_name='时间')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='提醒时间')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.listing')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='exchange.subscription')),
            ],
            options={
                'verbose_name': '订阅命中',
                'constraints': [models.UniqueConstraint(fields=('subscription', 'listing'), name='hit_once')],
            },
        ),
        migrations.CreateModel(
            name='WebhookEndpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=300, verbose_name='地址')),
                ('secret', models.CharField(editable=False, max_length=64, verbose_name='签名密钥')),
                ('made_at', models.DateTimeField(verbose_name='登记时间')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='连续失败次数')),
                ('disabled_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('disabled_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='webhook_endpoints', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '推送接口',
                'constraints': [models.UniqueConstraint(condition=models.Q(('disabled_at__isnull', True)), fields=('organisation',), name='webhook_one_running')],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, verbose_name='标识')),
                ('payload', models.JSONField(verbose_name='内容')),
                ('state', models.CharField(choices=[('waiting', '待推送'), ('delivered', '已送达'), ('failed', '未送达')], default='waiting', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('answer', models.CharField(blank=True, max_length=200, verbose_name='对方应答')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('endpoint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='exchange.webhookendpoint')),
            ],
            options={
                'verbose_name': '推送记录',
                'constraints': [models.UniqueConstraint(fields=('endpoint', 'key'), name='webhook_delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='DataReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('download', '下载'), ('join', '关联比对')], max_length=8, verbose_name='方式')),
                ('purpose', models.CharField(max_length=300, verbose_name='用途')),
                ('row_count', models.PositiveIntegerField(verbose_name='行数')),
                ('read_at', models.DateTimeField(verbose_name='时间')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='exchange.dataedition')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '数据读取记录',
                'indexes': [models.Index(fields=['edition', '-read_at'], name='data_reading_newest')],
            },
        ),
    ]

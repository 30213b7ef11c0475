import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('kernel', '0009_cache_table'),
        ('organisations', '0005_mentors'),
        ('people', '0003_sex'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='协议编号')),
                ('kind', models.CharField(max_length=40, verbose_name='协议类别')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('signing', '待签'), ('active', '生效'), ('suspended', '中止'), ('refused', '被拒签'), ('lapsed', '逾期未签'), ('withdrawn', '已撤回'), ('terminated', '已解除'), ('ended', '到期终止')], default='draft', max_length=12, verbose_name='状态')),
                ('starts_on', models.DateField(verbose_name='起始日')),
                ('ends_on', models.DateField(verbose_name='终止日（不含）')),
                ('source', models.CharField(blank=True, max_length=60, verbose_name='关联事项')),
                ('source_id', models.BigIntegerField(blank=True, null=True, verbose_name='关联编号')),
                ('activated_at', models.DateTimeField(blank=True, null=True, verbose_name='生效时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='发起单位')),
            ],
            options={
                'verbose_name': '协议',
                'indexes': [models.Index(fields=['source', 'source_id'], name='agreement_by_source'), models.Index(fields=['organiser', 'state'], name='agreement_by_organiser'), models.Index(fields=['kind', 'state', 'ends_on'], name='agreement_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='agreement_period_ordered'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signing', 'active', 'suspended', 'refused', 'lapsed', 'withdrawn', 'terminated', 'ended'])), name='agreement_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), ('source_id__isnull', True)), models.Q(models.Q(('source', ''), _negated=True), ('source_id__isnull', False)), _connector='OR'), name='agreement_source_whole')],
            },
        ),
        migrations.CreateModel(
            name='AgreementVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版本号')),
                ('kind', models.CharField(choices=[('base', '原协议'), ('amendment', '修订'), ('renewal', '续签')], max_length=10, verbose_name='类别')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('signing', '待签'), ('signed', '签字齐全'), ('refused', '被拒签'), ('lapsed', '逾期未签'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态')),
                ('changes', models.JSONField(default=dict, verbose_name='条款')),
                ('effective_from', models.DateField(verbose_name='生效日')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='修订原因')),
                ('text', models.TextField(blank=True, verbose_name='协议文本')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='文本摘要')),
                ('check_code', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='查验码')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='送签时间')),
                ('sign_by', models.DateTimeField(blank=True, null=True, verbose_name='签署期限')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签齐时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='agreements.agreement')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '协议版本',
                'ordering': ['agreement', 'number'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='version_number_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'signing'])), fields=('agreement',), name='version_open_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('sha256', ''), _negated=True), ('sent_at__isnull', False)), ('state', 'withdrawn'), _connector='OR'), name='version_sent_is_sealed')],
            },
        ),
        migrations.CreateModel(
            name='LifeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('suspended', '中止'), ('resumed', '恢复'), ('terminated', '解除'), ('renewed', '续签'), ('ended', '到期终止')], max_length=12, verbose_name='变更')),
                ('on', models.DateField(verbose_name='起算日')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='记录时间')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='life_events', to='agreements.agreement')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '履行变更',
                'ordering': ['agreement', 'on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=30, verbose_name='角色')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='签署次序')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='agreements.agreement')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'verbose_name': '协议当事方',
                'ordering': ['agreement', 'order', 'pk'],
                'indexes': [models.Index(fields=['organisation'], name='party_by_organisation'), models.Index(fields=['person'], name='party_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='party_is_one_or_the_other')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', '待签'), ('signed', '已签'), ('refused', '拒签'), ('dropped', '因条款变更作废')], default='waiting', max_length=10, verbose_name='状态')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='签署次序')),
                ('signer_name', models.CharField(blank=True, max_length=60, verbose_name='签署人')),
                ('on_behalf', models.CharField(blank=True, max_length=200, verbose_name='代签理由')),
                ('method', models.CharField(blank=True, choices=[('account', '账号内签署'), ('link', '一次性链接签署'), ('paper', '纸质签署后登记')], max_length=8, verbose_name='方式')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='拒签或作废原因')),
                ('proof', models.JSONField(default=dict, verbose_name='存证')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='最近催签')),
                ('acted_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.party')),
                ('signer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='agreements.agreementversion')),
            ],
            options={
                'verbose_name': '签字',
                'ordering': ['version', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('version', 'party'), name='signature_of_a_party_once'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), models.Q(('acted_at__isnull', False), models.Q(('signer_name', ''), _negated=True)), ('state', 'dropped'), _connector='OR'), name='signature_acted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='signature_refused_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='SigningLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_digest', models.CharField(max_length=64, unique=True, verbose_name='令牌摘要')),
                ('sent_to', models.CharField(max_length=60, verbose_name='接收人')),
                ('phone_mask', models.CharField(blank=True, max_length=20, verbose_name='手机号')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='首次打开')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='使用时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='agreements.signature')),
            ],
            options={
                'verbose_name': '一次性签署链接',
            },
        ),
    ]

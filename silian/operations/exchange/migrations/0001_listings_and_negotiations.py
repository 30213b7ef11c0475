import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0001_organisations_and_members'),
        ('reference', '0001_catalogues'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='类别')),
                ('side', models.CharField(choices=[('demand', '需求'), ('supply', '供给')], max_length=6, verbose_name='方向')),
                ('title', models.CharField(max_length=80, verbose_name='标题')),
                ('description', models.TextField(blank=True, max_length=5000, verbose_name='说明')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('industry_chain', models.CharField(blank=True, max_length=40, verbose_name='重点产业链')),
                ('majors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='数量')),
                ('capacity_left', models.PositiveIntegerField(blank=True, null=True, verbose_name='剩余数量')),
                ('price_min', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='价格或报酬下限（元）')),
                ('price_max', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='价格或报酬上限（元）')),
                ('price_unit', models.CharField(blank=True, max_length=20, verbose_name='计价单位')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='开始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日（不含）')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='专项内容')),
                ('visibility', models.CharField(choices=[('public', '公开'), ('members', '登录后可见')], default='public', max_length=8, verbose_name='可见范围')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('in_review', '待审核'), ('returned', '退回修改'), ('published', '已发布'), ('paused', '已暂停'), ('filled', '已满额'), ('expired', '已到期'), ('withdrawn', '已撤回')], default='draft', max_length=10, verbose_name='状态')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='有效期至（不含）')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='最近确认日')),
                ('source', models.CharField(choices=[('typed', '在线填写'), ('imported', '批量导入'), ('api', '接口写入')], default='typed', max_length=8, verbose_name='来源')),
                ('external_id', models.CharField(blank=True, max_length=80, verbose_name='来源编号')),
                ('fingerprint', models.CharField(blank=True, editable=False, max_length=40, verbose_name='查重指纹')),
                ('search_vector', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='所在区划')),
                ('industry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.industry', verbose_name='行业')),
                ('occupation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.occupation', verbose_name='职业')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='listings', to='organisations.organisation', verbose_name='发布单位')),
            ],
            options={
                'verbose_name': '供需信息',
                'indexes': [django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', 'published')), fields=['search_vector'], name='listing_search'), models.Index(condition=models.Q(('state', 'published')), fields=['-published_at', '-id'], name='listing_newest'), models.Index(fields=['organisation', 'state'], name='listing_of_organisation'), models.Index(fields=['organisation', 'fingerprint'], name='listing_fingerprint'), models.Index(condition=models.Q(('state', 'published')), fields=['expires_on'], name='listing_expiring')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'returned', 'published', 'paused', 'filled', 'expired', 'withdrawn'])), name='listing_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('expires_on__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='listing_published_is_dated'), models.CheckConstraint(condition=models.Q(('capacity_left__isnull', True), ('capacity_left__lte', models.F('capacity')), _connector='OR'), name='listing_capacity_left_fits'), models.CheckConstraint(condition=models.Q(('price_max__isnull', True), ('price_max__gte', models.F('price_min')), _connector='OR'), name='listing_price_ordered'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='listing_period_ordered'), models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('organisation', 'external_id'), name='listing_external_once')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='规则')),
                ('blocks', models.BooleanField(verbose_name='须修改')),
                ('field', models.CharField(max_length=40, verbose_name='字段')),
                ('words', models.CharField(max_length=120, verbose_name='原词')),
                ('sentence', models.CharField(max_length=300, verbose_name='说明')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='exchange.listing')),
            ],
            options={
                'verbose_name': '发布前检查结果',
            },
        ),
        migrations.CreateModel(
            name='ListingReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField(verbose_name='提交时间')),
                ('due_at', models.DateTimeField(verbose_name='应审结时间')),
                ('cause', models.CharField(max_length=300, verbose_name='送审原因')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审结时间')),
                ('approved', models.BooleanField(null=True, verbose_name='通过')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='exchange.listing')),
            ],
            options={
                'verbose_name': '供需信息审核',
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['due_at'], name='review_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('listing',), name='review_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('approved__isnull', True), ('decided_at__isnull', True)), models.Q(('approved__isnull', False), ('decided_at__isnull', False)), _connector='OR'), name='review_decided_whole')],
            },
        ),
        migrations.CreateModel(
            name='ListingRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('changes', models.JSONField(verbose_name='变化')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='exchange.listing')),
            ],
            options={
                'verbose_name': '供需信息修改记录',
            },
        ),
        migrations.CreateModel(
            name='Negotiation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', '待回应'), ('talking', '洽谈中'), ('intended', '已达成意向'), ('agreed', '已成交'), ('refused', '已婉拒'), ('withdrawn', '已撤回'), ('lapsed', '逾期未回应')], default='open', max_length=10, verbose_name='状态')),
                ('opened_at', models.DateTimeField(verbose_name='发起时间')),
                ('answer_due_at', models.DateTimeField(blank=True, null=True, verbose_name='应回应时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='首次回应时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('close_reason', models.CharField(blank=True, max_length=300, verbose_name='结束原因')),
                ('last_message_at', models.DateTimeField(verbose_name='最近消息时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_negotiations', to='organisations.organisation', verbose_name='发起单位')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='negotiations', to='exchange.listing')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owned_negotiations', to='organisations.organisation', verbose_name='发布单位')),
            ],
            options={
                'verbose_name': '洽谈',
                'indexes': [models.Index(fields=['owner', 'state', '-last_message_at'], name='negotiation_owned'), models.Index(fields=['asker', 'state', '-last_message_at'], name='negotiation_asked'), models.Index(condition=models.Q(('state', 'open')), fields=['answer_due_at'], name='negotiation_silent')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'talking', 'intended'])), fields=('listing', 'asker'), name='negotiation_open_once'), models.CheckConstraint(condition=models.Q(('asker', models.F('owner')), _negated=True), name='negotiation_between_two'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('close_reason', ''), _negated=True), _connector='OR'), name='negotiation_refusal_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(verbose_name='时间')),
                ('text', models.TextField(max_length=4000, verbose_name='内容')),
                ('file_ids', models.JSONField(blank=True, default=list, verbose_name='附件')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('negotiation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='exchange.negotiation')),
            ],
            options={
                'verbose_name': '消息',
                'indexes': [models.Index(fields=['negotiation', 'sent_at'], name='message_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Intent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('form', models.CharField(max_length=60, verbose_name='合作形式')),
                ('quantity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='数量')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='开始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日（不含）')),
                ('terms', models.TextField(max_length=2000, verbose_name='主要条款')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='接受时间')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('proposer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('negotiation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intents', to='exchange.negotiation')),
            ],
            options={
                'verbose_name': '合作意向',
                'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', False)), fields=('negotiation',), name='intent_accepted_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='intent_quantity_positive')],
            },
        ),
        migrations.CreateModel(
            name='Deal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='数量')),
                ('agreement_reference', models.CharField(max_length=80, verbose_name='协议编号')),
                ('agreed_on', models.DateField(verbose_name='签约日')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('state', models.CharField(choices=[('running', '履行中'), ('completed', '已完成'), ('broken_off', '已中止')], default='running', max_length=10, verbose_name='状态')),
                ('achieved', models.PositiveIntegerField(blank=True, null=True, verbose_name='实际完成数量')),
                ('outcome', models.TextField(blank=True, max_length=2000, verbose_name='成效')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='完成日')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='exchange.listing')),
                ('negotiation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deal', to='exchange.negotiation')),
            ],
            options={
                'verbose_name': '成交',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), models.Q(('achieved__isnull', False), ('closed_on__isnull', False)), _connector='OR'), name='deal_completed_has_result')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='评分')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='评语')),
                ('rated_at', models.DateTimeField(verbose_name='时间')),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='exchange.deal')),
                ('rated', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='organisations.organisation')),
                ('rater', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '互评',
                'constraints': [models.UniqueConstraint(fields=('deal', 'rater'), name='rating_once_a_side'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='rating_one_to_five')],
            },
        ),
    ]

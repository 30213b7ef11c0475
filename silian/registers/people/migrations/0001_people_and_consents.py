import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0002_life_members_tokens'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                ('id_number_cipher', models.TextField(blank=True, editable=False, verbose_name='证件号密文')),
                ('id_number_index', models.CharField(blank=True, editable=False, max_length=64, verbose_name='证件号盲索引')),
                ('id_number_mask', models.CharField(blank=True, max_length=18, verbose_name='证件号')),
                ('phone_cipher', models.TextField(blank=True, editable=False, verbose_name='手机号密文')),
                ('phone_mask', models.CharField(blank=True, max_length=20, verbose_name='手机号')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='邮箱')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='删除时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('guardian', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='wards', to='people.person', verbose_name='监护人')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '人员',
                'constraints': [models.UniqueConstraint(condition=models.Q(('id_number_index', ''), _negated=True), fields=('id_number_index',), name='person_id_number_once'), models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), models.Q(('email', ''), ('id_number_cipher', ''), ('phone_cipher', ''), ('user__isnull', True)), _connector='OR'), name='person_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('correction', '更正'), ('deletion', '删除')], max_length=12, verbose_name='事项')),
                ('text', models.CharField(max_length=1000, verbose_name='请求内容')),
                ('state', models.CharField(choices=[('open', '待办理'), ('done', '已办结'), ('refused', '不予办理')], default='open', max_length=8, verbose_name='状态')),
                ('asked_at', models.DateTimeField(verbose_name='提出时间')),
                ('due_at', models.DateTimeField(verbose_name='应办结时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='答复')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handler', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='办理单位')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='people.person')),
            ],
            options={
                'verbose_name': '个人信息请求',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='data_request_closed_is_answered')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('profile', '建立个人档案'), ('matching', '用于供需推荐'), ('share_resume', '向用人单位提供简历'), ('placement', '办理实习与学徒手续'), ('subsidy', '申领补贴核验'), ('contact', '短信与邮件通知')], max_length=16, verbose_name='事项')),
                ('data_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='信息种类')),
                ('notice_version', models.CharField(max_length=20, verbose_name='告知书版本')),
                ('channel', models.CharField(max_length=20, verbose_name='方式')),
                ('given_at', models.DateTimeField(verbose_name='同意时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='接收单位')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
            ],
            options={
                'verbose_name': '同意记录',
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose', 'recipient'), name='consent_in_force_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('student', '学生'), ('teacher', '教师'), ('employee', '职工'), ('apprentice', '学徒'), ('mentor', '企业导师')], max_length=12, verbose_name='身份')),
                ('number', models.CharField(blank=True, max_length=30, verbose_name='学号或工号')),
                ('unit', models.CharField(blank=True, max_length=60, verbose_name='班级或部门')),
                ('starts_on', models.DateField(verbose_name='开始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日（不含）')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='organisations.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='people.person')),
            ],
            options={
                'verbose_name': '人员身份',
                'indexes': [models.Index(fields=['organisation', 'kind'], name='affiliation_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='affiliation_period_ordered'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True), models.Q(('number', ''), _negated=True)), fields=('organisation', 'kind', 'number'), name='affiliation_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Reveal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='事由')),
                ('seen_at', models.DateTimeField(verbose_name='时间')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reveals', to='people.person')),
                ('seen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '敏感信息查看记录',
            },
        ),
    ]

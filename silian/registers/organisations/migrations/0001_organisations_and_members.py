import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('reference', '0001_catalogues'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('government', '政府部门'), ('school', '院校'), ('enterprise', '企业'), ('institute', '科研院所'), ('association', '行业组织'), ('alliance', '集团联盟'), ('service', '产教融合服务组织'), ('evaluator', '第三方评价机构'), ('finance', '金融机构')], max_length=12, verbose_name='类别')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('short_name', models.CharField(blank=True, max_length=40, verbose_name='简称')),
                ('name_pinyin', models.CharField(blank=True, editable=False, max_length=300, verbose_name='名称拼音')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('size', models.CharField(blank=True, choices=[('large', '大型'), ('medium', '中型'), ('small', '小型'), ('micro', '微型')], max_length=8, verbose_name='规模')),
                ('above_scale', models.BooleanField(default=False, verbose_name='规模以上')),
                ('industry_chain', models.CharField(blank=True, max_length=40, verbose_name='重点产业链')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='地址')),
                ('introduction', models.TextField(blank=True, max_length=2000, verbose_name='简介')),
                ('website', models.URLField(blank=True, verbose_name='网址')),
                ('contact_name', models.CharField(blank=True, max_length=60, verbose_name='联系人')),
                ('contact_phone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                ('state', models.CharField(choices=[('registered', '待提交材料'), ('submitted', '待核验'), ('rejected', '未通过核验'), ('verified', '已核验'), ('suspended', '已暂停'), ('closed', '已注销'), ('merged', '已并入其他单位')], default='registered', max_length=12, verbose_name='状态')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='核验时间')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='所在区划')),
                ('industry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.industry', verbose_name='行业')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='organisations.organisation', verbose_name='并入')),
            ],
            options={
                'verbose_name': '单位',
                'indexes': [models.Index(fields=['kind', 'division'], name='organisation_by_kind'), models.Index(fields=['state'], name='organisation_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('uscc', ''), _negated=True), fields=('uscc',), name='organisation_uscc_once'), models.CheckConstraint(condition=models.Q(('state__in', ['registered', 'submitted', 'rejected', 'verified', 'suspended', 'closed', 'merged'])), name='organisation_state_known'), models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), ('state', 'merged'), _connector='OR'), name='organisation_merged_has_heir')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('manager', '单位管理员'), ('agent', '经办人'), ('reader', '只读成员'), ('coordinator', '牵头部门统筹'), ('reviewer', '审核员'), ('teacher', '教师'), ('student', '学生'), ('expert', '专家'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=16, verbose_name='角色')),
                ('starts_on', models.DateField(verbose_name='开始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日（不含）')),
                ('delegated_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='organisations.membership', verbose_name='受托自')),
                ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('jurisdiction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='管辖范围')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.organisation')),
            ],
            options={
                'verbose_name': '成员',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_period_ordered'), models.CheckConstraint(condition=models.Q(('delegated_from__isnull', True), ('ends_on__isnull', False), _connector='OR'), name='membership_delegation_ends')],
            },
        ),
    ]

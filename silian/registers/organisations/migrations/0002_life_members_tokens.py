import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0001_organisations_and_members'),
        ('reference', '0001_catalogues'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='用途')),
                ('hint', models.CharField(editable=False, max_length=12, verbose_name='前几位')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('listings:read', '读取供需信息'), ('listings:write', '发布和修改本单位供需信息'), ('organisations:read', '读取单位名录'), ('events:read', '读取对接活动'), ('data:read', '读取获准共享的数据集'), ('data:write', '更新本单位的数据集')], max_length=24), size=None, verbose_name='权限')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('last_used_at', models.DateTimeField(null=True, verbose_name='最近使用')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='撤销时间')),
            ],
            options={
                'verbose_name': '接口令牌',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scopes__len__gt', 0)), name='token_has_a_scope')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('manager', '单位管理员'), ('agent', '经办人'), ('reader', '只读成员'), ('coordinator', '牵头部门统筹'), ('reviewer', '审核员'), ('teacher', '教师'), ('student', '学生'), ('expert', '专家'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=16, verbose_name='角色')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='邮箱')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='邀请时间')),
                ('expires_at', models.DateTimeField(verbose_name='失效时间')),
                ('accepted_at', models.DateTimeField(null=True, verbose_name='接受时间')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='撤回时间')),
            ],
            options={
                'verbose_name': '加入邀请',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_accepted_or_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('licence', '营业执照或法人证书'), ('mandate', '单位管理员授权书'), ('qualification', '资质证明'), ('rename', '更名证明'), ('other', '其他材料')], max_length=14, verbose_name='类别')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='移除时间')),
            ],
            options={
                'verbose_name': '核验材料',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='启用日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='停用日（不含）')),
            ],
            options={
                'verbose_name': '名称沿革',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Renaming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('new_name', models.CharField(max_length=120, verbose_name='新名称')),
                ('changed_on', models.DateField(verbose_name='变更登记日')),
                ('state', models.CharField(choices=[('pending', '待核验'), ('confirmed', '已更名'), ('refused', '未通过')], default='pending', max_length=10, verbose_name='状态')),
                ('requested_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('due_on', models.DateField(verbose_name='核验期限')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='核验时间')),
                ('refusal_reason', models.CharField(blank=True, max_length=500, verbose_name='未通过原因')),
            ],
            options={
                'verbose_name': '更名申请',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'confirmed', 'refused'])), name='renaming_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('refusal_reason', ''), _negated=True), _connector='OR'), name='renaming_refused_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='RoleProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('grant', '授予'), ('end', '收回')], max_length=6, verbose_name='事项')),
                ('role', models.CharField(choices=[('coordinator', '牵头部门统筹'), ('reviewer', '审核员'), ('system_admin', '系统管理员'), ('security_admin', '安全管理员'), ('audit_admin', '审计管理员')], max_length=16, verbose_name='角色')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='结束日（不含）')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('state', models.CharField(choices=[('pending', '待复核'), ('confirmed', '已生效'), ('refused', '未同意')], default='pending', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='复核时间')),
                ('refusal_reason', models.CharField(blank=True, max_length=200, verbose_name='未同意原因')),
            ],
            options={
                'verbose_name': '角色变更',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ServiceProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('purchased', '购买服务'), ('joint', '合作设立')], max_length=10, verbose_name='培育方式')),
                ('services', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None, verbose_name='服务项目')),
                ('qualification', models.CharField(blank=True, max_length=300, verbose_name='资质')),
                ('price', models.CharField(blank=True, max_length=300, verbose_name='收费方式与标准')),
                ('clients', models.TextField(blank=True, max_length=1000, verbose_name='服务过的单位')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
            ],
            options={
                'verbose_name': '服务组织名片',
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='ended_on',
            field=models.DateField(blank=True, null=True, verbose_name='注销或并入日'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='ending_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='注销或并入依据'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='name_core',
            field=models.CharField(blank=True, editable=False, max_length=120, verbose_name='名称主干'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='rejection_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='未通过原因'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='submitted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='提交时间'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='suspended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='暂停时间'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='suspension_reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='暂停原因'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='verification_due_on',
            field=models.DateField(blank=True, null=True, verbose_name='核验期限'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='name_pinyin',
            field=models.CharField(blank=True, editable=False, max_length=600, verbose_name='名称拼音'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['organisation', 'role'], name='membership_by_role'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['name_core'], name='organisation_by_core'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('delegated_from__isnull', True), models.Q(('role__in', ['audit_admin', 'security_admin', 'system_admin']), _negated=True), _connector='OR'), name='membership_administrator_in_person'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['audit_admin', 'security_admin', 'system_admin'])), expressions=[(models.Func(models.F('user'), models.F('user'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange'), '&&')], name='membership_one_administrator_role', violation_error_message='系统、安全、审计管理员不得由同一人兼任。'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into__isnull', False), _connector='OR'), name='organisation_merged_names_heir'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('pk')), _negated=True), name='organisation_not_its_own_heir'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('rejection_reason', ''), _negated=True), _connector='OR'), name='organisation_rejected_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'suspended'), _negated=True), models.Q(('suspension_reason', ''), _negated=True), _connector='OR'), name='organisation_suspended_has_reason'),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='apitoken',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationdocument',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationdocument',
            name='uploaded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisationname',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='renaming',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='renaming',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renamings', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='renaming',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisationdocument',
            name='renaming',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='organisations.renaming'),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='jurisdiction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='管辖范围'),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='membership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='organisations.membership'),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleproposal',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_proposals', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='serviceprofile',
            name='organisation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='service_profile', to='organisations.organisation'),
        ),
        migrations.AddConstraint(
            model_name='organisationname',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('organisation',), name='organisation_one_present_name'),
        ),
        migrations.AddConstraint(
            model_name='organisationname',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='organisation_name_period_ordered'),
        ),
        migrations.AddConstraint(
            model_name='renaming',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('organisation',), name='renaming_one_pending'),
        ),
        migrations.AddConstraint(
            model_name='roleproposal',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('decided_by', models.F('proposed_by')), _negated=True), models.Q(('decided_by', models.F('user')), _negated=True)), _connector='OR'), name='role_proposal_two_persons'),
        ),
        migrations.AddConstraint(
            model_name='roleproposal',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by', models.F('user')), _negated=True), name='role_proposal_not_for_oneself'),
        ),
        migrations.AddConstraint(
            model_name='roleproposal',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'pending'), ('decided_by__isnull', False), _connector='OR'), name='role_proposal_decided_by_someone'),
        ),
        migrations.AddConstraint(
            model_name='roleproposal',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('user', 'organisation', 'role'), name='role_proposal_once_pending'),
        ),
    ]

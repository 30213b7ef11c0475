import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('alliances', '0001_meetings_and_decisions'),
        ('policies', '0002_documents_in_review'),
        ('policy_tasks', '0003_supervision'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('problem', '问题清单'), ('policy', '政策清单')], max_length=8, verbose_name='清单')),
                ('number', models.CharField(max_length=20, verbose_name='编号')),
                ('title', models.CharField(max_length=120, verbose_name='事项')),
                ('detail', models.TextField(verbose_name='内容')),
                ('source', models.CharField(choices=[('decision', '会议决定'), ('finding', '督查问题'), ('difficulty', '进展报告中的困难'), ('feedback', '企业反映'), ('other', '其他')], max_length=12, verbose_name='来源')),
                ('source_note', models.CharField(blank=True, max_length=160, verbose_name='来源说明')),
                ('state', models.CharField(choices=[('open', '办理中'), ('claimed', '申请销号'), ('closed', '已销号'), ('dropped', '已撤下')], default='open', max_length=8, verbose_name='状态')),
                ('opened_on', models.DateField(verbose_name='列入日')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='申请销号时间')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='销号日')),
                ('return_count', models.PositiveSmallIntegerField(default=0, verbose_name='退回次数')),
                ('reopen_count', models.PositiveSmallIntegerField(default=0, verbose_name='重新打开次数')),
                ('last_note_at', models.DateTimeField(blank=True, null=True, verbose_name='最近进展')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cooperating', models.ManyToManyField(blank=True, related_name='shared_items', to='policies.policybody', verbose_name='配合单位')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='list_items', to='alliances.decision')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='list_items', to='policy_tasks.finding')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_items', to='policies.policybody', verbose_name='牵头单位')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='list_item', to='policy_tasks.progressreport', verbose_name='进展报告')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='list_items', to='policy_tasks.policytask')),
            ],
            options={
                'verbose_name': '清单事项',
                'ordering': ['division', 'kind', 'number'],
                'indexes': [models.Index(fields=['kind', 'state', 'opened_on'], name='list_item_by_age'), models.Index(fields=['lead', 'state'], name='list_item_by_lead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'claimed', 'closed', 'dropped'])), name='list_item_state_known'), models.UniqueConstraint(fields=('division', 'number'), name='list_item_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='list_item_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('closed_by', models.F('claimed_by')), _negated=True), _connector='OR'), name='list_item_closed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'claimed'), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='list_item_claim_is_dated')],
            },
        ),
        migrations.CreateModel(
            name='ListNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', '进展'), ('claim', '申请销号'), ('return', '退回'), ('close', '销号'), ('reopen', '重新打开'), ('drop', '撤下')], max_length=8, verbose_name='类别')),
                ('text', models.TextField(verbose_name='内容')),
                ('unit_name', models.CharField(blank=True, max_length=120, verbose_name='单位')),
                ('written_at', models.DateTimeField(verbose_name='时间')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='policy_tasks.listitem')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '清单记录',
                'ordering': ['-written_at', '-pk'],
            },
        ),
    ]

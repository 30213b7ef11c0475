import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('kernel', '0009_cache_table'),
        ('organisations', '0004_supervisors_and_leaders'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='种类')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年')),
                ('number', models.PositiveSmallIntegerField(verbose_name='期')),
                ('title', models.CharField(max_length=120, verbose_name='标题')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='摘要')),
                ('period_starts_on', models.DateField(blank=True, null=True, verbose_name='反映期起')),
                ('period_ends_on', models.DateField(blank=True, null=True, verbose_name='反映期止（不含）')),
                ('snapshot', models.JSONField(blank=True, default=dict, verbose_name='数据快照')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='校验值')),
                ('needs_approval', models.BooleanField(default=True, verbose_name='需要审批')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待审批'), ('approved', '已批准'), ('published', '已发布'), ('withdrawn', '已撤下')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='编制时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='送审时间')),
                ('return_reason', models.CharField(blank=True, max_length=300, verbose_name='退回原因')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='批准时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤下时间')),
                ('withdrawal_reason', models.CharField(blank=True, max_length=300, verbose_name='撤下原因')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='编制人')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='publications.edition', verbose_name='更正的刊期')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='地区')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='编制单位')),
            ],
            options={
                'verbose_name': '刊期',
                'ordering': ['-year', '-number', '-pk'],
                'indexes': [models.Index(fields=['state', '-published_at'], name='edition_by_publication'), models.Index(fields=['sha256'], name='edition_by_sha256')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'division', 'year', 'number'), name='edition_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'approved', 'published', 'withdrawn'])), name='edition_state_known'), models.CheckConstraint(condition=models.Q(('author__isnull', True), ('approved_by__isnull', True), models.Q(('approved_by', models.F('author')), _negated=True), _connector='OR'), name='edition_approved_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'published', 'withdrawn']), _negated=True), ('needs_approval', False), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='edition_out_only_approved'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$'), ('state__in', ('published', 'withdrawn'))), models.Q(models.Q(('state__in', ('published', 'withdrawn')), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='edition_published_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_at__isnull', True)), _connector='OR'), name='edition_withdrawn_with_reason'), models.CheckConstraint(condition=models.Q(('period_starts_on__isnull', True), ('period_ends_on__gt', models.F('period_starts_on')), _connector='OR'), name='edition_period_ordered'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects', models.F('pk')), _negated=True), _connector='OR'), name='edition_corrects_another')],
            },
        ),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='校验值')),
                ('size', models.BigIntegerField(verbose_name='大小（字节）')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='publications.edition')),
                ('stored', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.storedfile')),
            ],
            options={
                'verbose_name': '刊期文件',
                'ordering': ['edition', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='edition_file_sha256_whole')],
            },
        ),
    ]

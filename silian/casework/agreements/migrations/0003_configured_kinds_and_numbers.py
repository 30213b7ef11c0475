import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('agreements', '0002_links_and_questions'),
        ('organisations', '0005_mentors'),
        ('reference', '0002_dated_changes_and_crosswalks'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreementversion',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='agreements.agreementversion', verbose_name='替代的版本'),
        ),
        migrations.CreateModel(
            name='ConfiguredKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=60, verbose_name='名称')),
                ('purpose', models.CharField(max_length=300, verbose_name='用途')),
                ('is_open', models.BooleanField(default=True, verbose_name='可新起草')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='适用地区')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='制定部门')),
            ],
            options={
                'verbose_name': '自定义协议类别',
                'constraints': [models.UniqueConstraint(fields=('division', 'label'), name='configured_kind_named_once')],
            },
        ),
        migrations.CreateModel(
            name='KindVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版本号')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布'), ('replaced', '已被新版替代')], default='draft', max_length=10, verbose_name='状态')),
                ('definition', models.JSONField(default=dict, verbose_name='定义')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='建立时间')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='agreements.configuredkind')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '协议类别版本',
                'ordering': ['kind', '-number'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'number'), name='kind_version_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('kind',), name='kind_version_draft_once'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('kind',), name='kind_version_published_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'replaced'])), name='kind_version_state_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='OR'), name='kind_version_published_at_some_time')],
            },
        ),
        migrations.AddField(
            model_name='agreement',
            name='kind_version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='agreements.kindversion', verbose_name='类别版本'),
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='末号')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division')),
            ],
            options={
                'verbose_name': '协议编号序列',
                'constraints': [models.UniqueConstraint(fields=('division', 'year'), name='number_series_once')],
            },
        ),
    ]

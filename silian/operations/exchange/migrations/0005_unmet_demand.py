import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0004_response_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnmetDemand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='所缺类别')),
                ('side', models.CharField(choices=[('demand', '需求'), ('supply', '供给')], max_length=6, verbose_name='所缺方向')),
                ('title', models.CharField(max_length=80, verbose_name='需要什么')),
                ('description', models.TextField(max_length=2000, verbose_name='用途和要求')),
                ('quantity', models.PositiveIntegerField(blank=True, null=True, verbose_name='数量')),
                ('needed_by', models.DateField(blank=True, null=True, verbose_name='最迟何时需要')),
                ('query', models.CharField(blank=True, max_length=200, verbose_name='检索词')),
                ('filters', models.JSONField(blank=True, default=dict, verbose_name='检索条件')),
                ('state', models.CharField(choices=[('proposed', '待核实'), ('open', '待承接'), ('taken_up', '已有承接'), ('met', '已满足'), ('refused', '未通过核实'), ('withdrawn', '已撤回')], default='proposed', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('verify_due_at', models.DateTimeField(verbose_name='应核实时间')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='核实时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
            ],
            options={
                'verbose_name': '未满足需求',
                'indexes': [models.Index(fields=['state', '-proposed_at'], name='unmet_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'open', 'taken_up', 'met', 'refused', 'withdrawn'])), name='unmet_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='unmet_refusal_has_reason'), models.CheckConstraint(condition=models.Q(('verified_at__isnull', False), ('state__in', ['proposed', 'refused', 'withdrawn']), _connector='OR'), name='unmet_open_is_verified')],
            },
        ),
        migrations.CreateModel(
            name='UnmetDemandOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_up_at', models.DateTimeField(verbose_name='承接时间')),
            ],
            options={
                'verbose_name': '未满足需求的承接',
            },
        ),
        migrations.AddField(
            model_name='unmetdemand',
            name='created_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unmetdemand',
            name='division',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.division', verbose_name='所在区划'),
        ),
        migrations.AddField(
            model_name='unmetdemand',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unmet_demands', to='organisations.organisation', verbose_name='提出单位'),
        ),
        migrations.AddField(
            model_name='unmetdemand',
            name='verified_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='unmetdemandoffer',
            name='demand',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='exchange.unmetdemand'),
        ),
        migrations.AddField(
            model_name='unmetdemandoffer',
            name='listing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unmet_offers', to='exchange.listing'),
        ),
        migrations.AddField(
            model_name='unmetdemandoffer',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='unmetdemandoffer',
            name='taken_up_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='unmetdemand',
            index=models.Index(fields=['organisation', 'state'], name='unmet_of_organisation'),
        ),
        migrations.AddConstraint(
            model_name='unmetdemandoffer',
            constraint=models.UniqueConstraint(fields=('demand', 'organisation'), name='unmet_taken_up_once_each'),
        ),
        migrations.AddConstraint(
            model_name='unmetdemandoffer',
            constraint=models.UniqueConstraint(fields=('listing',), name='unmet_listing_once'),
        ),
    ]

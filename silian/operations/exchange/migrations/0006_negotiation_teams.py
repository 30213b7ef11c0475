import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0005_unmet_demand'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contribution', models.CharField(max_length=200, verbose_name='分工')),
                ('state', models.CharField(choices=[('invited', '待答复'), ('joined', '已加入'), ('declined', '未参加')], default='invited', max_length=10, verbose_name='状态')),
                ('invited_at', models.DateTimeField(verbose_name='邀请时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='不参加的理由')),
            ],
            options={
                'verbose_name': '联合团队成员',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='team_declined_has_reason')],
            },
        ),
        migrations.AddField(
            model_name='teamseat',
            name='invited_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='teamseat',
            name='negotiation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='exchange.negotiation'),
        ),
        migrations.AddField(
            model_name='teamseat',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddIndex(
            model_name='teamseat',
            index=models.Index(fields=['organisation', 'state'], name='team_seat_invited'),
        ),
        migrations.AddConstraint(
            model_name='teamseat',
            constraint=models.UniqueConstraint(fields=('negotiation', 'organisation'), name='team_seat_once_each'),
        ),
    ]

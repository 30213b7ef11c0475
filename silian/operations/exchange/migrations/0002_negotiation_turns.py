import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0001_listings_and_negotiations'),
        ('organisations', '0001_organisations_and_members'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NegotiationReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_message_id', models.BigIntegerField(verbose_name='已读到的消息')),
            ],
            options={
                'verbose_name': '洽谈已读位置',
            },
        ),
        migrations.AddField(
            model_name='negotiation',
            name='agreement_due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='应登记协议时间'),
        ),
        migrations.AddField(
            model_name='negotiation',
            name='answered_minutes',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='首次回应用时（工作分钟）'),
        ),
        migrations.AddField(
            model_name='negotiation',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors', to='exchange.negotiation', verbose_name='接续自'),
        ),
        migrations.AddField(
            model_name='negotiation',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='提醒时间'),
        ),
        migrations.AddField(
            model_name='negotiation',
            name='turn',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='待回应单位'),
        ),
        migrations.AddIndex(
            model_name='negotiation',
            index=models.Index(condition=models.Q(('turn__isnull', False)), fields=['turn', 'answer_due_at'], name='negotiation_awaited'),
        ),
        migrations.AddIndex(
            model_name='negotiation',
            index=models.Index(fields=['owner', 'opened_at'], name='negotiation_received'),
        ),
        migrations.AddField(
            model_name='negotiationreading',
            name='negotiation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='exchange.negotiation'),
        ),
        migrations.AddField(
            model_name='negotiationreading',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='negotiationreading',
            constraint=models.UniqueConstraint(fields=('negotiation', 'user'), name='reading_once_a_member'),
        ),
    ]

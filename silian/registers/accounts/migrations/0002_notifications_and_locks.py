import datetime
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_users'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.BigIntegerField(blank=True, null=True, verbose_name='单位编号')),
                ('kind', models.CharField(choices=[('security', '账号安全'), ('organisation', '单位核验与变更'), ('member', '成员与授权'), ('task', '待办与期限'), ('review', '审核结果'), ('answer', '应答、意向与成交'), ('message', '洽谈消息'), ('subscription', '订阅的供需信息'), ('event', '对接活动'), ('personal', '个人信息与授权同意')], max_length=16, verbose_name='类别')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('detail', models.CharField(blank=True, max_length=500, verbose_name='内容')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='去办理')),
                ('key', models.CharField(blank=True, max_length=120, verbose_name='去重键')),
                ('in_app', models.BooleanField(default=True, verbose_name='站内消息')),
                ('email_state', models.CharField(choices=[('none', '不发送'), ('queued', '待发送'), ('digest', '待汇总'), ('sent', '已发送')], default='none', max_length=8, verbose_name='邮件状态')),
                ('emailed_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
            ],
            options={
                'verbose_name': '通知',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email_state__in', ['none', 'queued', 'digest', 'sent'])), name='notification_email_state')],
            },
        ),
        migrations.CreateModel(
            name='NotificationPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('security', '账号安全'), ('organisation', '单位核验与变更'), ('member', '成员与授权'), ('task', '待办与期限'), ('review', '审核结果'), ('answer', '应答、意向与成交'), ('message', '洽谈消息'), ('subscription', '订阅的供需信息'), ('event', '对接活动'), ('personal', '个人信息与授权同意')], max_length=16, verbose_name='类别')),
                ('in_app', models.BooleanField(default=True, verbose_name='站内消息')),
                ('delivery', models.CharField(choices=[('at_once', '立即'), ('digest', '每日汇总'), ('off', '不发邮件')], max_length=8, verbose_name='邮件')),
            ],
            options={
                'verbose_name': '通知偏好',
            },
        ),
        migrations.CreateModel(
            name='NotificationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quiet_from', models.TimeField(default=datetime.time(22, 0), verbose_name='免打扰开始')),
                ('quiet_to', models.TimeField(default=datetime.time(7, 30), verbose_name='免打扰结束')),
                ('digest_hour', models.PositiveSmallIntegerField(default=8, verbose_name='每日汇总时间（时）')),
                ('last_digest_on', models.DateField(blank=True, null=True, verbose_name='上次汇总日')),
            ],
            options={
                'verbose_name': '通知设置',
                'constraints': [models.CheckConstraint(condition=models.Q(('digest_hour__lt', 24)), name='digest_hour_of_a_day')],
            },
        ),
        migrations.AddField(
            model_name='user',
            name='lock_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='锁定原因'),
        ),
        migrations.AddField(
            model_name='user',
            name='locked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='锁定时间'),
        ),
        migrations.AddField(
            model_name='user',
            name='password_changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='密码设置时间'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('locked_at__isnull', True), models.Q(('is_active', False), models.Q(('lock_reason', ''), _negated=True)), _connector='OR'), name='user_locked_has_reason'),
        ),
        migrations.AddField(
            model_name='notification',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationpreference',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preferences', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationsettings',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_settings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['user', '-id'], name='notification_by_user'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('in_app', True), ('read_at__isnull', True)), fields=['user'], name='notification_unread'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('email_state', 'digest')), fields=['user'], name='notification_for_digest'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('user', 'key'), name='notification_once_a_key'),
        ),
        migrations.AddConstraint(
            model_name='notificationpreference',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='preference_once_a_kind'),
        ),
    ]

"""Parameters opened on the platform, and rows taken back or said again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('policies', '0006_goal_metrics'),
        ('reference', '0002_dated_changes_and_crosswalks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='parameter',
            name='meaning',
            field=models.TextField(blank=True, max_length=500, verbose_name='含义'),
        ),
        migrations.AddField(
            model_name='parameter',
            name='restores',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.parameter', verbose_name='恢复的参数'),
        ),
        migrations.AddField(
            model_name='parameter',
            name='withdraws',
            field=models.BooleanField(default=False, verbose_name='撤回'),
        ),
        migrations.AddConstraint(
            model_name='parameter',
            constraint=models.CheckConstraint(condition=models.Q(('withdraws', False), models.Q(('corrects__isnull', False), ('high__isnull', True), ('low__isnull', True), ('value__isnull', True)), _connector='OR'), name='parameter_withdrawal_has_no_value'),
        ),
    ]

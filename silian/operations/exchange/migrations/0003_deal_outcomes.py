from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0002_negotiation_turns'),
    ]

    operations = [
        migrations.AddField(
            model_name='deal',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='结束登记时间'),
        ),
        migrations.AddField(
            model_name='deal',
            name='from_production',
            field=models.BooleanField(default=False, verbose_name='选题来自生产一线需求'),
        ),
        migrations.AddField(
            model_name='deal',
            name='joint_project',
            field=models.CharField(blank=True, max_length=120, verbose_name='联合申报项目'),
        ),
        migrations.AddField(
            model_name='rating',
            name='shown_from',
            field=models.DateTimeField(blank=True, null=True, verbose_name='公开时间'),
        ),
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(fields=['-agreed_on', '-id'], name='deal_newest'),
        ),
        migrations.AddIndex(
            model_name='rating',
            index=models.Index(fields=['rated', 'shown_from'], name='rating_of_organisation'),
        ),
        migrations.AddConstraint(
            model_name='deal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'broken_off'), _negated=True), models.Q(('closed_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='deal_broken_off_has_reason'),
        ),
    ]

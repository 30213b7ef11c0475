from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_mentors'),
        ('placements', '0008_orders_and_apprenticeships'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='hostinspection',
            name='return_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='退回意见'),
        ),
        migrations.AlterField(
            model_name='host',
            name='removal_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='未通过或移出原因'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'removed']), _negated=True), models.Q(('removal_reason', ''), _negated=True), _connector='OR'), name='host_removed_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='hostinspection',
            constraint=models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), ('return_reason', ''), _connector='OR'), name='inspection_approved_or_returned'),
        ),
    ]

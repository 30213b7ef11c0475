import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_deal_outcomes'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResponseRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received', models.PositiveIntegerField(default=0, verbose_name='到期应回应')),
                ('answered', models.PositiveIntegerField(default=0, verbose_name='已回应')),
                ('median_minutes', models.PositiveIntegerField(null=True, verbose_name='回应用时中位数（工作分钟）')),
                ('ratings', models.PositiveIntegerField(default=0, verbose_name='评价数')),
                ('average_score', models.DecimalField(decimal_places=2, max_digits=3, null=True, verbose_name='平均评分')),
                ('counted_at', models.DateTimeField(verbose_name='统计时间')),
            ],
            options={
                'verbose_name': '回应情况',
                'constraints': [models.CheckConstraint(condition=models.Q(('answered__lte', models.F('received'))), name='response_answered_fits')],
            },
        ),
        migrations.AddField(
            model_name='responserecord',
            name='organisation',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='response_record', to='organisations.organisation'),
        ),
    ]

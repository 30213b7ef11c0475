from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_handler_failures'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkingDayOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='日期')),
                ('is_working', models.BooleanField(verbose_name='是工作日')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('entered_by_name', models.CharField(max_length=60, verbose_name='登记人')),
                ('entered_at', models.DateTimeField(auto_now=True, verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '工作日调整',
            },
        ),
    ]

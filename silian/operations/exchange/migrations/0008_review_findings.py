from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0007_listing_moments'),
    ]

    operations = [
        migrations.AddField(
            model_name='listingreview',
            name='findings',
            field=models.JSONField(blank=True, default=list, verbose_name='检查发现'),
        ),
        migrations.AddField(
            model_name='listingreview',
            name='recalled',
            field=models.BooleanField(default=False, verbose_name='发布单位撤回'),
        ),
    ]

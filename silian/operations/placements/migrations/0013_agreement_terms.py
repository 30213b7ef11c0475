from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('placements', '0012_cancelled_round_without_seed'),
    ]

    operations = [
        migrations.AddField(
            model_name='apprenticeship',
            name='terms',
            field=models.JSONField(default=dict, verbose_name='共同协议条款'),
        ),
        migrations.AddField(
            model_name='classorder',
            name='terms',
            field=models.JSONField(default=dict, verbose_name='其他协议条款'),
        ),
    ]

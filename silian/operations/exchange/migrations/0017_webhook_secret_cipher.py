from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0016_subscription_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='webhookendpoint',
            name='secret_cipher',
            field=models.TextField(default='', editable=False, verbose_name='签名密钥（密文）'),
            preserve_default=False,
        ),
    ]

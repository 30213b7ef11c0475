from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0018_encrypt_webhook_secrets'),
    ]

    operations = [
        migrations.AlterField(
            model_name='webhookendpoint',
            name='secret',
            field=models.CharField(default='', editable=False, max_length=64, verbose_name='签名密钥'),
        ),
        migrations.RemoveField(model_name='webhookendpoint', name='secret'),
    ]

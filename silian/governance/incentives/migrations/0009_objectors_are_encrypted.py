from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0008_restriction_result"),
    ]

    operations = [
        migrations.RemoveField(model_name="noticeobjection", name="name"),
        migrations.RemoveField(model_name="noticeobjection", name="contact"),
        migrations.AddField(
            model_name="noticeobjection",
            name="name_cipher",
            field=models.TextField(default="", editable=False, verbose_name="异议人密文"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="noticeobjection",
            name="contact_cipher",
            field=models.TextField(default="", editable=False, verbose_name="联系方式密文"),
            preserve_default=False,
        ),
    ]

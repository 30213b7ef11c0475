"""What a document in review keeps: pages, job, reasons; bodies that wait to be checked."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_policies"),
    ]

    operations = [
        migrations.AddField(
            model_name="policybody",
            name="needs_check",
            field=models.BooleanField(default=False, verbose_name="待核对"),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="amending_number",
            field=models.CharField(blank=True, max_length=80, verbose_name="修订依据", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="policydocument",
            name="ending_reason",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="废止或撤下的理由", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="policydocument",
            name="file_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="原件名称", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="policydocument",
            name="job_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="解析任务"),
        ),
        migrations.AddField(
            model_name="policydocument",
            name="page_starts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="每页起点",
            ),
        ),
    ]

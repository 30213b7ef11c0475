import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0021_comparison_records"),
        ("kernel", "0012_note_leaving_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("difference", models.CharField(blank=True, max_length=16, verbose_name="差异值")),
                ("band_1", models.CharField(blank=True, max_length=4, verbose_name="第一段")),
                ("band_2", models.CharField(blank=True, max_length=4, verbose_name="第二段")),
                ("band_3", models.CharField(blank=True, max_length=4, verbose_name="第三段")),
                ("band_4", models.CharField(blank=True, max_length=4, verbose_name="第四段")),
                ("made_at", models.DateTimeField(verbose_name="计算时间")),
            ],
            options={
                "verbose_name": "图片指纹",
            },
        ),
        migrations.AddField(
            model_name="picturemark",
            name="file",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="kernel.storedfile",
            ),
        ),
        migrations.AddIndex(
            model_name="picturemark",
            index=models.Index(fields=["band_1"], name="picture_mark_band_1"),
        ),
        migrations.AddIndex(
            model_name="picturemark",
            index=models.Index(fields=["band_2"], name="picture_mark_band_2"),
        ),
        migrations.AddIndex(
            model_name="picturemark",
            index=models.Index(fields=["band_3"], name="picture_mark_band_3"),
        ),
        migrations.AddIndex(
            model_name="picturemark",
            index=models.Index(fields=["band_4"], name="picture_mark_band_4"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0009_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                (
                    "word",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="词"
                    ),
                ),
                ("documents", models.PositiveIntegerField(verbose_name="条数")),
            ],
            options={
                "verbose_name": "检索词",
            },
        ),
    ]

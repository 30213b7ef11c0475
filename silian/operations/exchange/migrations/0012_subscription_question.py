"""A subscription keeps its question as one tsquery instead of words and lexemes apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0011_data_sets_and_subscriptions")]

    operations = [
        migrations.RemoveField(model_name="subscription", name="lexemes"),
        migrations.RemoveField(model_name="subscription", name="words"),
        migrations.AddField(
            model_name="subscription",
            name="question",
            field=models.TextField(default="", editable=False, verbose_name="索引条件"),
            preserve_default=False,
        ),
    ]

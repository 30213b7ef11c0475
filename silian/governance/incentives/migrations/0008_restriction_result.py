"""Every restriction names the result on which it rests."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("incentives", "0007_recoveries_heard_before_decided")]

    operations = [
        migrations.AddField(
            model_name="restriction",
            name="result",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="restrictions",
                to="incentives.evaluationresult",
                verbose_name="所依据的结果",
            ),
            preserve_default=False,
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incentives", "0014_call_messages")]

    operations = [
        migrations.AddField(
            model_name="claimpaper",
            name="made_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="生成时间"),
        ),
        migrations.AddField(
            model_name="claimpaper",
            name="data_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="数据校验值"),
        ),
        migrations.AddField(
            model_name="claimpaper",
            name="made_of",
            field=models.JSONField(blank=True, default=dict, verbose_name="生成时的数据"),
        ),
        migrations.AddField(
            model_name="claimpaper",
            name="shows_account",
            field=models.BooleanField(default=False, verbose_name="含完整账号"),
        ),
        migrations.AddConstraint(
            model_name="claimpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("made_at__isnull", True),
                    models.Q(("data_sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_paper_made_from_known_data",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shows_account", False),
                    models.Q(("data_sha256", ""), _negated=True),
                    _connector="OR",
                ),
                name="claim_paper_with_account_has_a_masked_copy",
            ),
        ),
    ]

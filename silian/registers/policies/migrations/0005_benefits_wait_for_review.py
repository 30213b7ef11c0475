"""A benefit waits for review between draft and reviewed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_supervisors_and_leaders"),
        ("policies", "0004_benefits_and_plans"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="benefit",
            name="benefit_state_known",
        ),
        migrations.AlterField(
            model_name="benefit",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "草稿"),
                    ("submitted", "待审核"),
                    ("reviewed", "已审核"),
                    ("published", "已公布"),
                    ("ended", "已停止"),
                ],
                default="draft",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="benefit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "submitted", "reviewed", "published", "ended"])
                ),
                name="benefit_state_known",
            ),
        ),
    ]

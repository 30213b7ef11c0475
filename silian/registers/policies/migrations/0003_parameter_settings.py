"""Values that officials set: who, when, why, and which row they put right."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_documents_in_review"),
        ("reference", "0002_dated_changes_and_crosswalks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="parameter",
            name="parameter_once",
        ),
        migrations.AddField(
            model_name="parameter",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction",
                to="policies.parameter",
                verbose_name="更正的参数",
            ),
        ),
        migrations.AddField(
            model_name="parameter",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="设定或更正理由"),
        ),
        migrations.AddField(
            model_name="parameter",
            name="set_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="设定时间"),
        ),
        migrations.AddField(
            model_name="parameter",
            name="set_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", True)),
                fields=("division", "code", "name", "key", "valid_from", "source"),
                name="parameter_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="parameter_correction_has_reason",
            ),
        ),
    ]

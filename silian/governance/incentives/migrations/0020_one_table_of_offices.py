"""Offices that handle land stand in the one table of offices by function."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

FUNCTIONS = {"natural_resources": "land", "zone": "zone"}
NAMED = [
    ("finance", "财政"),
    ("tax", "税务"),
    ("education", "教育"),
    ("labour", "人力资源社会保障"),
    ("land", "自然资源（用地）"),
    ("zone", "园区管理（用地）"),
]


def move_offices(apps: Any, schema_editor: Any) -> None:
    """Keep every office with its time and basis."""
    new = apps.get_model("incentives", "FunctionOffice")
    new.objects.bulk_create(
        [
            new(
                division_id=row.division_id,
                organisation_id=row.organisation_id,
                function=FUNCTIONS[row.kind],
                basis=row.basis,
                starts_on=row.since,
                ends_on=row.until,
            )
            for row in apps.get_model("incentives", "LandOffice").objects.order_by("pk")
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("incentives", "0019_reward_amounts_have_a_clause")]

    operations = [
        migrations.RemoveConstraint(
            model_name="functionoffice", name="function_office_known"
        ),
        migrations.AlterField(
            model_name="functionoffice",
            name="basis",
            field=models.CharField(max_length=160, verbose_name="依据"),
        ),
        migrations.AlterField(
            model_name="functionoffice",
            name="function",
            field=models.CharField(choices=NAMED, max_length=10, verbose_name="职能"),
        ),
        migrations.AddConstraint(
            model_name="functionoffice",
            constraint=models.CheckConstraint(
                condition=models.Q(function__in=[name for name, _ in NAMED]),
                name="function_office_known",
            ),
        ),
        migrations.RunPython(move_offices, migrations.RunPython.noop),
        migrations.DeleteModel(name="LandOffice"),
    ]

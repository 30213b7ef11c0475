"""Amounts of rewards that were given before they needed a basis take that of their rule."""

from django.db import migrations

BATCH = 500


def basis_of(decision):
    """Document and clause of the first rule that the decision rests on."""
    row = decision.rules[0] if decision.rules else {}
    return f"{row.get('document', '')} {row.get('clause', '')}".strip()[:200] or decision.title


def name_the_basis(apps, schema_editor):
    for name in ("RewardCandidate", "RewardEntry"):
        model = apps.get_model("incentives", name)
        model.objects.filter(amount__lte=0).update(amount=None)
        rows = model.objects.filter(amount__isnull=False, amount_basis="")
        while batch := list(rows.select_related("decision").order_by("pk")[:BATCH]):
            for row in batch:
                row.amount_basis = basis_of(row.decision)
            model.objects.bulk_update(batch, ["amount_basis"])


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0017_reward_money"),
    ]

    operations = [
        migrations.RunPython(name_the_basis, migrations.RunPython.noop),
    ]

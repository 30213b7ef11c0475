from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0018_basis_of_reward_amounts"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="rewardcandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__isnull", True),
                    models.Q(("amount__gt", 0), models.Q(("amount_basis", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reward_candidate_amount_has_a_clause",
            ),
        ),
        migrations.AddConstraint(
            model_name="rewardentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__isnull", True),
                    models.Q(("amount__gt", 0), models.Q(("amount_basis", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reward_entry_amount_has_a_clause",
            ),
        ),
    ]

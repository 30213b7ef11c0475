"""Amounts that were given before they needed a basis take the one of their rule."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module

from django.apps import apps
from django.db import connection

from silian.governance.incentives.models import RewardCandidate, RewardEntry
from tests.governance.incentives.rewards import stage
from tests.world import World

STEP = import_module("silian.governance.incentives.migrations.0018_basis_of_reward_amounts")
CONSTRAINTS = {
    "incentives_rewardcandidate": "reward_candidate_amount_has_a_clause",
    "incentives_rewardentry": "reward_entry_amount_has_a_clause",
}


def as_before() -> None:
    """The tables as they were: an amount stood alone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name in CONSTRAINTS.items():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


def test_old_amounts_name_the_rule_and_zero_is_no_amount(world: World) -> None:
    entry = stage.entry(world)
    as_before()
    RewardEntry.objects.update(amount=Decimal("20.00"))
    RewardCandidate.objects.update(amount=Decimal(0))
    for _ in range(2):
        STEP.name_the_basis(apps, None)
    entry.refresh_from_db()
    assert (entry.amount, entry.amount_basis) == (20, "三政办〔2020〕9号 五（三）")
    assert not RewardCandidate.objects.filter(amount__isnull=False).exists()

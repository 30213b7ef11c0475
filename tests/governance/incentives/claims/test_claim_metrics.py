"""Claims handed in, people, planned sums and days to the decision are counted from the rows."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.governance.incentives.models import Claim
from tests.governance.incentives.claims import stage
from tests.world import CITY, World

pytestmark = pytest.mark.django_db


def counted(code: str) -> Decimal:
    metric = metric_named(f"incentives.{code}")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2026, 1, 1), now=stage.NOW, announce=False)
    found = latest_value(code=metric.code, division=CITY, on=stage.TODAY)
    assert found is not None
    assert found.value is not None
    return found.value


def test_a_claim_counts_with_its_people_sums_and_days(world: World) -> None:
    claim, _ = stage.handed_in(world, students=2)
    Claim.objects.filter(pk=claim.pk).update(
        submitted_at=stage.NOW - datetime.timedelta(days=10), decided_at=stage.NOW
    )
    assert counted("claims") == 1
    assert counted("claimed_people") == 2
    assert counted("planned_internship") == 2400
    assert counted("claim_days") == 10

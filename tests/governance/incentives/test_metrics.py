"""What targets read: how many units check what they are entitled to."""

from __future__ import annotations

import datetime

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from tests.governance.incentives import stage
from tests.world import CITY, World


def test_a_unit_counts_once_however_much_it_states(world: World) -> None:
    stage.state(world, stage.TRAINING)
    stage.state(world, {"wages": "2000000.00"}, reason="更正")
    stage.state(world, stage.TRAINING, who="rival")
    metric = metric_named("incentives.checking_units")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2026, 1, 1), now=stage.NOW, announce=False)
    found = latest_value(code=metric.code, division=CITY, on=stage.NOW.date())
    assert found is not None
    assert found.value == 2

"""What every test of the money of claims starts with."""

from __future__ import annotations

import pytest

from tests.governance.incentives.claim_money.stage import Stage, make_stage
from tests.world import World


@pytest.fixture
def given(world: World) -> Stage:
    """An apprenticeship call with 500,000 yuan."""
    return make_stage(world)

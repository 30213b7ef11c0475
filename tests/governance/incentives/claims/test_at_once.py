"""Two people of one unit claim at the same moment: no day of a student counts twice."""

from __future__ import annotations

import pytest

from silian.governance.incentives.models import Claim, ClaimItem
from tests.casework.ledgers.test_concurrently import at_once
from tests.governance.incentives.claims import stage
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_student_under_two_calls_counts_once() -> None:
    world = make_world()
    first, books = stage.opened_call(world)
    second, _ = stage.opened_call(world, books)
    stage.worked(world)
    assert at_once(lambda: stage.started(world, first), lambda: stage.started(world, second)) == [
        "done",
        "done",
    ]
    assert Claim.objects.count() == 2
    assert ClaimItem.objects.filter(counts=True).count() == 1
    assert "已计入申领" in ClaimItem.objects.get(counts=False).struck_reason


def test_one_call_gives_one_claim() -> None:
    world = make_world()
    call, _ = stage.opened_call(world)
    stage.worked(world)
    results = at_once(lambda: stage.started(world, call), lambda: stage.started(world, call))
    assert "done" in results
    assert Claim.objects.count() == 1

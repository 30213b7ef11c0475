"""Two lists of one region made at the same moment."""

from __future__ import annotations

import pytest

from silian.operations.learning.choices import LIVING_AWARDS, AwardState
from silian.operations.learning.models.awards import Award
from tests.casework.ledgers.test_concurrently import at_once
from tests.operations.learning import skill_stage as stage
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_lists_at_once_award_one_promotion_once() -> None:
    world = make_world()
    stage.office(world)
    stage.standard(world)
    for name in ("甲", "乙", "丙"):
        stage.verified(world, stage.worker(world.enterprise, name))
    made = [lambda title=title: stage.made(world, title=title) for title in ("一", "二", "三")]
    assert at_once(*made) == ["done"] * 3
    living = Award.objects.filter(state__in=LIVING_AWARDS)
    assert living.count() == 3
    assert living.values("person_id").distinct().count() == 3
    assert Award.objects.filter(state=AwardState.REFUSED).count() == 6

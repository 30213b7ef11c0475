"""Two officials at the same moment, on two real connections: a reward is paid once."""

from __future__ import annotations

import pytest

from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.queries.checking import differences
from silian.governance.incentives.queries.reward_checking import reward_differences
from tests.governance.incentives.claim_money.test_concurrently import at_once
from tests.governance.incentives.rewards import stage
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_ordered_by_three_at_once_it_is_one_payment(transactional_db: None) -> None:
    world = make_world()
    entry = stage.name_account(world, stage.money_entry(world, stage.books(world)))
    jobs = [
        lambda: stage.order(world, entry),
        lambda: stage.order(world, entry, who="coordinator"),
        lambda: stage.order(world, entry),
    ]
    assert at_once(*jobs) == ["done"] * 3
    assert (FundPayment.objects.count(), Commitment.objects.count()) == (1, 1)
    assert differences() == []
    assert reward_differences() == []

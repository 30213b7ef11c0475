"""Two people act at the same moment: no money beyond the grant, no talks twice."""

from __future__ import annotations

import pytest

from silian.governance.incentives.commands.finance_deals import ask_provider, moved, record_money
from silian.governance.incentives.models import FinanceAnswer
from tests.casework.ledgers.test_concurrently import at_once
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_payments_together_do_not_pass_the_grant() -> None:
    world = make_world()
    answer, actor = stage.granted(world), stage.bank(world).actor

    def pay(reference: str) -> None:
        movement = stage.movement(3 * stage.MILLION, reference)
        record_money(answer_id=answer.pk, movement=movement, actor=actor, now=NOW)

    results = at_once(lambda: pay("借据 1"), lambda: pay("借据 2"))
    assert results.count("done") == 1
    assert moved(answer) == 3 * stage.MILLION


def test_a_need_is_handed_to_a_product_once() -> None:
    world = make_world()
    need, product = stage.shown_need(world), stage.product(world)

    def ask() -> None:
        ask_provider(
            need_id=need.pk, product_id=product.pk, message="",
            actor=world.enterprise.actor, now=NOW,
        )  # fmt: skip

    assert at_once(ask, ask).count("done") == 1
    assert FinanceAnswer.objects.count() == 1

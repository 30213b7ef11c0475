"""What targets read of financing: money, deals, projects recommended, leverage."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.governance.incentives.choices.finance import FinanceKind, Investor
from silian.governance.incentives.commands.finance_deals import (
    correct_record,
    record_money,
    show_interest,
)
from silian.governance.incentives.commands.finance_recommendations import (
    issue_list,
    remove_recommendation,
)
from silian.governance.incentives.events.finance import (
    AnswerMoved,
    FinanceMoneyMoved,
    InvestmentMoved,
    RecommendationMoved,
)
from silian.governance.incentives.metrics.finance import (
    answer_touched,
    investment_touched,
    money_touched,
    recommendation_touched,
)
from silian.governance.incentives.models import FinanceAnswer
from tests.governance.incentives.finance import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, COUNTY, World

pytestmark = pytest.mark.django_db


def value_of(code: str) -> Decimal | None:
    metric = metric_named(f"incentives.{code}")
    assert metric is not None
    recount(metric=metric, since=datetime.date(2026, 1, 1), now=NOW, announce=False)
    found = latest_value(code=metric.code, division=CITY, on=stage.TODAY)
    return found.value if found else None


def paid(world: World) -> FinanceAnswer:
    answer, actor = stage.granted(world), stage.bank(world).actor
    row = record_money(answer_id=answer.pk, movement=stage.movement(), actor=actor, now=NOW)
    correct_record(
        record_id=row.pk, movement=stage.movement(Decimal(800_000)), reason="写错",
        actor=actor, now=NOW,
    )  # fmt: skip
    return answer


def test_money_that_arrived_counts_without_what_was_corrected(world: World) -> None:
    answer = paid(world)
    assert value_of("finance_amount") == 800_000
    assert value_of("finance_deals") == 1
    touches = list(money_touched(FinanceMoneyMoved(answer_id=answer.pk)))
    assert {(touch.division, touch.day) for touch in touches} == {(COUNTY, stage.TODAY)}
    assert list(answer_touched(AnswerMoved(answer_id=answer.pk, state="granted")))


def test_a_guarantee_is_a_promise_and_no_money(world: World) -> None:
    product, need = stage.product(world, kind=FinanceKind.GUARANTEE), stage.shown_need(world)
    answer = show_interest(
        need_id=need.pk, product_id=product.pk, message="",
        actor=stage.bank(world).actor, now=NOW,
    )  # fmt: skip
    stage.granted(world, answer)
    record_money(
        answer_id=answer.pk, movement=stage.movement(), actor=stage.bank(world).actor, now=NOW
    )
    assert not value_of("finance_amount")
    assert value_of("finance_deals") == 1


def test_a_project_counts_as_recommended_even_when_it_is_removed_later(world: World) -> None:
    row = stage.approved(world)
    assert not value_of("finance_recommended")
    issue_list(actor=world.coordinator.actor, now=NOW)
    remove_recommendation(
        recommendation_id=row.pk, reason="缓建", actor=world.coordinator.actor, now=NOW
    )
    assert value_of("finance_recommended") == 1
    event = RecommendationMoved(recommendation_id=row.pk, state="issued")
    assert [touch.day for touch in recommendation_touched(event)] == [stage.TODAY]


def test_leverage_is_social_money_over_fund_money(world: World) -> None:
    pitch = stage.accepted(world)
    stage.invest(world, pitch)
    stage.invest(world, pitch, investor=Investor.SOCIAL, amount=Decimal(2_500_000))
    assert value_of("fund_leverage") == 250
    assert len(list(investment_touched(InvestmentMoved(pitch_id=pitch.pk)))) == 2

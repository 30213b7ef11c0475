"""Pay totals go from the school to labour to finance, by three people, with frozen figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from silian.casework.metrics.commands.recounting import recount
from silian.casework.metrics.queries.catalogue import metric_named
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.commands.pay_totals import draft_total, step_total
from silian.governance.incentives.permissions.income import pay_totals_visible_to
from tests.governance.incentives.income import stage
from tests.governance.incentives.stage import NOW
from tests.world import CITY, World


def test_what_stands_outside_the_cap_is_frozen_when_proposed(world: World) -> None:
    row = stage.pay_total(world)
    stage.confirmed(world)
    row = stage.pay_total(world, "propose")
    assert (row.free, row.capped) == (Decimal(60000), Decimal(0))
    stage.confirmed(world, title="第二项")
    row.refresh_from_db()
    assert row.free == Decimal(60000)


def test_an_open_clause_keeps_it_from_being_proposed(world: World) -> None:
    stage.confirmed(world, "3000", kind="service", way="", gain=Decimal(9000))
    with pytest.raises(DomainError, match="归类未设定"):
        stage.pay_total(world, "propose")


def test_each_step_is_that_of_its_office(world: World) -> None:
    row = stage.pay_total(world, "propose")
    facts: dict[str, Any] = {"pay_total_id": row.pk, "now": NOW}
    for step, who in (("pass", "treasury"), ("approve", "bureau")):
        with pytest.raises(NotAllowed, match="人社部门核定后"):
            step_total(step=step, actor=world.people[who].actor, **facts)
    row = stage.pay_total(world, "pass", "approve")
    assert (row.state, row.approved_by) == ("approved", world.treasury.user)
    assert row.approved_on == stage.TODAY


def test_it_is_sent_back_with_what_is_wrong(world: World) -> None:
    row = stage.pay_total(world, "propose")
    facts: dict[str, Any] = {"pay_total_id": row.pk, "now": NOW, "step": "return"}
    with pytest.raises(DomainError, match="退回的原因"):
        step_total(actor=world.bureau.actor, **facts)
    back = step_total(actor=world.bureau.actor, note="附表缺项", **facts)
    assert (back.state, back.note) == ("draft", "附表缺项")


def test_an_approved_year_is_corrected_with_a_reason(world: World) -> None:
    first = stage.pay_total(world, *stage.WAY)
    facts: dict[str, Any] = {
        "year": 2026, "proposed": Decimal(6_000_000), "actor": world.school.actor,
        "today": stage.TODAY,
    }  # fmt: skip
    with pytest.raises(DomainError, match="更正请写明理由"):
        draft_total(reason=" ", **facts)
    draft_total(reason="人数变动", **facts)
    with pytest.raises(DomainError, match="正在办理"):
        draft_total(reason="人数变动", **facts)
    second = stage.pay_total(world, *stage.WAY)
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("replaced", "approved", 2)


def test_a_coming_year_is_refused_and_only_schools_draft(world: World) -> None:
    facts: dict[str, Any] = {"proposed": Decimal(1), "reason": "", "today": stage.TODAY}
    with pytest.raises(DomainError, match="还没有到"):
        draft_total(year=2027, actor=world.school.actor, **facts)
    with pytest.raises(NotAllowed, match="院校"):
        draft_total(year=2026, actor=world.coordinator.actor, **facts)


def test_drafts_are_the_schools_own(world: World) -> None:
    row = stage.pay_total(world)
    assert pay_totals_visible_to(world.school.actor).get() == row
    assert not pay_totals_visible_to(world.bureau.actor).exists()
    stage.pay_total(world, "propose")
    assert pay_totals_visible_to(world.bureau.actor).get() == row
    assert not pay_totals_visible_to(world.reviewer.actor).exists()


@pytest.mark.parametrize(
    ("code", "value"),
    [("incentives.pay_totals_approved", 1), ("incentives.conversion_rewards", 60000)],
)
def test_metrics_follow(world: World, code: str, value: int) -> None:
    stage.confirmed(world)
    stage.pay_total(world, *stage.WAY)
    metric = metric_named(code)
    assert metric is not None
    recount(metric=metric, since=NOW.date().replace(month=1, day=1), now=NOW, announce=False)
    found = latest_value(code=code, division=CITY, on=NOW.date())
    assert found is not None
    assert found.value == value

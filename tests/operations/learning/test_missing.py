"""A firm that never reports is ordered to; what a refusal leaves is told to the collector."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.learning.choices import ReturnState
from silian.operations.learning.commands import checking, missing
from silian.operations.learning.commands.clocks import run_clocks
from silian.operations.learning.models.calls import FundCallUnit
from silian.operations.learning.models.collections import CollectionNotice
from silian.operations.learning.models.returns import FundReturn
from silian.operations.learning.queries.returns import collection_for
from silian.registers.accounts.models import Notification
from silian.registers.credit.choices import CaseState
from silian.registers.credit.commands import cases
from tests.operations.learning import stage
from tests.operations.learning.stage import DUE_ON, NOW
from tests.world import World

LATE = datetime.datetime.combine(DUE_ON, NOW.timetz()) + datetime.timedelta(days=20)


def order(world: World, unit: FundCallUnit, *, now: datetime.datetime = LATE) -> FundCallUnit:
    return missing.order_report(
        call_id=unit.call_id, unit_id=unit.pk, item_id=stage.item().pk, text="请报送",
        working_days=10, actor=world.reviewer.actor, now=now,
    )  # fmt: skip


def rival_of(world: World) -> FundCallUnit:
    call = stage.issued(world)
    return call.units.get(organisation=stage.unit(world.rival))


def test_who_never_reports_is_ordered_after_the_day_and_once(world: World) -> None:
    unit = rival_of(world)
    with pytest.raises(DomainError, match="还没有过"):
        order(world, unit, now=NOW)
    unit = order(world, unit)
    assert unit.case is not None
    unit.case.refresh_from_db()
    assert unit.case.state == CaseState.ORDERED
    assert "至今没有报送" in unit.case.finding
    with pytest.raises(DomainError, match="已责令"):
        order(world, unit)


def test_who_reported_is_not_ordered(world: World) -> None:
    row = stage.submitted(world)
    unit = row.call.units.get(organisation=stage.unit(world.enterprise))
    with pytest.raises(DomainError, match="已经报送"):
        order(world, unit)


def test_silence_after_the_order_is_a_refusal_in_the_credit_register(world: World) -> None:
    unit = order(world, rival_of(world))
    assert unit.case_id is not None
    later = LATE.date() + datetime.timedelta(days=60)
    case = cases.find_refused(
        case_id=unit.case_id, reason="期满未报", said_no=False, actor=world.reviewer.actor,
        on=later,
    )  # fmt: skip
    assert case.state == CaseState.REFUSED


def test_the_clock_tells_the_authority_of_silence_once_a_day(world: World) -> None:
    unit = rival_of(world)
    on = DUE_ON + datetime.timedelta(days=15)
    moment = datetime.datetime.combine(on, NOW.timetz())
    run_clocks(now=moment, today=on)
    run_clocks(now=moment, today=on)
    told = Notification.objects.filter(title__contains="仍未报送")
    assert sorted(row.user.username for row in told) == ["coordinator", "reviewer"]
    unit.refresh_from_db()
    assert unit.reminded_at is not None


def test_the_shortfall_of_the_extraction_is_collected_after_a_refusal(world: World) -> None:
    assert collection_for(stage.ordered(world)) is None
    row = FundReturn.objects.get()
    row = checking.find_refused(
        return_id=row.pk, reason="不改", said_no=True, actor=world.reviewer.actor, now=NOW
    )
    owed = collection_for(row)
    assert owed is not None
    assert (owed.due, owed.paid, owed.amount) == (
        Decimal(150000),
        Decimal(100000),
        Decimal(50000),
    )
    assert "第六十四条" in owed.clause
    assert "第六十七条" in owed.clause


def test_the_collector_and_the_firm_are_told_once(world: World) -> None:
    row = stage.refused(world)
    given: dict[str, Any] = {"return_id": row.pk, "now": NOW}
    office = stage.unit(world.supervisor)
    tell: dict[str, Any] = {**given, "collector_id": office.pk, "text": "请依法收取"}
    with pytest.raises((NotAllowed, FundReturn.DoesNotExist)):
        missing.tell_collector(**tell, actor=world.rival.actor)
    made = missing.tell_collector(**tell, actor=world.reviewer.actor)
    assert (made.amount, made.collector) == (Decimal(50000), office)
    with pytest.raises(DomainError, match="已经移送"):
        missing.tell_collector(**tell, actor=world.reviewer.actor)
    told = Notification.objects.filter(title__startswith="依法收取")
    assert told.filter(user=world.enterprise.user).exists()
    assert CollectionNotice.objects.count() == 1
    page = world.reviewer.client.get(row.get_absolute_url()).content.decode()
    assert "应收取" in page
    assert row.state == ReturnState.REFUSED


def test_nothing_is_told_before_a_refusal(world: World) -> None:
    row = stage.ordered(world)
    with pytest.raises(DomainError, match="拒不改正后"):
        missing.tell_collector(
            return_id=row.pk, collector_id=stage.unit(world.supervisor).pk, text="",
            actor=world.reviewer.actor, now=NOW,
        )  # fmt: skip

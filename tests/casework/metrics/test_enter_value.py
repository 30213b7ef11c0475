"""Values are reported with evidence; a second one is a correction with a reason."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.casework.metrics.choices import Origin
from silian.casework.metrics.commands.definitions import retire_definition
from silian.casework.metrics.commands.reporting import enter_value
from silian.casework.metrics.models.definitions import MetricDefinition
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.queries.values import latest_value
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import AuditEntry
from tests.casework.metrics.stage import NOW, defined, paper
from tests.world import CITY, COUNTY, OTHER_CITY, Person, World


def enter(definition: MetricDefinition, by: Person, **values: Any) -> MetricValue:
    facts: dict[str, Any] = {
        "division": CITY,
        "day": datetime.date(2025, 12, 31),
        "value": Decimal("30.5"),
        "evidence": paper(),
        "actor": by.actor,
        "now": NOW,
    }
    return enter_value(definition_id=definition.pk, **{**facts, **values})


def test_a_value_is_kept_with_its_author_and_evidence(world: World) -> None:
    value = enter(defined(world), world.coordinator)
    assert value.origin == Origin.MANUAL
    assert value.author_name == world.coordinator.actor.name
    assert (value.period_start, value.period_end) == (
        datetime.date(2025, 1, 1),
        datetime.date(2026, 1, 1),
    )
    assert [file.name for file in files_of(value)] == ["决算批复.txt"]
    latest = latest_value(code=value.metric_code, division=CITY, on=NOW.date())
    assert latest is not None
    assert latest.pk == value.pk


def test_the_department_reports_too(world: World) -> None:
    definition = defined(world, owner_id=world.reviewer.organisation.pk)
    assert enter(definition, world.reviewer, division=COUNTY).division_id == COUNTY


@pytest.mark.parametrize("role", ["reviewer", "leader", "enterprise", "supervisor"])
def test_nobody_else_reports(world: World, role: str) -> None:
    definition = defined(world)
    with pytest.raises(NotAllowed, match="填报"):
        enter(definition, world.people[role])


def test_a_correction_needs_a_reason_and_keeps_the_first(world: World) -> None:
    definition = defined(world)
    first = enter(definition, world.coordinator)
    with pytest.raises(DomainError, match="理由") as refusal:
        enter(definition, world.coordinator, value=Decimal("31.0"))
    assert refusal.value.field == "reason"
    second = enter(definition, world.coordinator, value=Decimal("31.0"), reason="决算批复调整口径")
    first.refresh_from_db()
    assert second.supersedes == first
    assert first.superseded_at == NOW
    assert AuditEntry.objects.filter(action="metrics.value.corrected").exists()


def test_the_same_number_is_not_reported_twice(world: World) -> None:
    definition = defined(world)
    enter(definition, world.coordinator)
    with pytest.raises(DomainError, match="相同"):
        enter(definition, world.coordinator)


@pytest.mark.parametrize(
    ("values", "words", "field"),
    [
        ({"value": Decimal("130")}, "百分比", "value"),
        ({"value": Decimal("-1")}, "小于 0", "value"),
        ({"value": Decimal("1.25")}, "小数", "value"),
        ({"day": datetime.date(2027, 1, 1)}, "还没有开始", "day"),
        ({"division": OTHER_CITY}, "只适用于", "division"),
    ],
)
def test_senseless_reports_are_refused(
    world: World, values: dict[str, Any], words: str, field: str
) -> None:
    definition = defined(world)
    with pytest.raises(DomainError, match=words) as refusal:
        enter(definition, world.coordinator, **values)
    assert refusal.value.field == field
    assert not MetricValue.objects.exists()


def test_a_retired_metric_takes_no_value(world: World) -> None:
    definition = defined(world)
    retire_definition(
        definition_id=definition.pk, reason="不再统计了", actor=world.coordinator.actor
    )
    with pytest.raises(WrongState):
        enter(definition, world.coordinator)

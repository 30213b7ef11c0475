"""Coordinators set up, change and retire metrics that people report."""

from __future__ import annotations

import pytest

from silian.casework.metrics.choices import DefinitionState
from silian.casework.metrics.commands.definitions import (
    change_definition,
    make_definition,
    retire_definition,
)
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from tests.casework.metrics.stage import defined, facts
from tests.world import OTHER_CITY, World


def test_a_coordinator_sets_up_a_metric_with_a_code_of_its_own(world: World) -> None:
    first, second = defined(world), defined(world, title="企业职工教育培训覆盖率")
    assert first.code == "manual.0001"
    assert second.code == "manual.0002"


@pytest.mark.parametrize("role", ["reviewer", "supervisor", "leader", "enterprise", "system_admin"])
def test_nobody_else_sets_up_a_metric(world: World, role: str) -> None:
    with pytest.raises(NotAllowed, match="统筹人员"):
        make_definition(facts=facts(world), actor=world.people[role].actor)


def test_other_regions_have_their_own_coordinators(world: World) -> None:
    with pytest.raises(NotAllowed, match="统筹人员"):
        defined(world, division_id=OTHER_CITY)


def test_a_title_is_taken_once_in_a_region(world: World) -> None:
    defined(world)
    with pytest.raises(DomainError, match="同名") as refusal:
        defined(world)
    assert refusal.value.field == "title"


def test_only_a_department_answers_for_a_metric(world: World) -> None:
    with pytest.raises(DomainError, match="政府部门"):
        defined(world, owner_id=world.enterprise.organisation.pk)


def test_the_description_changes_and_what_is_counted_does_not(world: World) -> None:
    definition = defined(world)
    changed = change_definition(
        definition_id=definition.pk,
        facts=facts(world, formula="按决算口径", unit="万元", public=False),
        actor=world.coordinator.actor,
    )
    changed.refresh_from_db()
    assert (changed.formula, changed.public, changed.unit) == ("按决算口径", False, "%")


def test_a_department_does_not_change_its_own_metric(world: World) -> None:
    definition = defined(world)
    with pytest.raises(NotAllowed):
        change_definition(
            definition_id=definition.pk, facts=facts(world), actor=world.supervisor.actor
        )


def test_a_retired_metric_says_why_and_frees_its_title(world: World) -> None:
    definition = defined(world)
    retired = retire_definition(
        definition_id=definition.pk, reason="平台已能自动计算", actor=world.coordinator.actor
    )
    assert retired.state == DefinitionState.RETIRED
    assert defined(world).code == "manual.0002"
    with pytest.raises(WrongState):
        change_definition(
            definition_id=definition.pk, facts=facts(world), actor=world.coordinator.actor
        )


def test_retiring_needs_a_reason(world: World) -> None:
    definition = defined(world)
    with pytest.raises(DomainError, match="理由"):
        retire_definition(definition_id=definition.pk, reason="无", actor=world.coordinator.actor)


def test_only_the_coordinator_retires(world: World) -> None:
    definition = defined(world)
    with pytest.raises(NotAllowed):
        retire_definition(
            definition_id=definition.pk, reason="不再需要了", actor=world.reviewer.actor
        )

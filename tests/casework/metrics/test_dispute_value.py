"""Another number with reason and evidence stands beside the official one until it is settled."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from silian.casework.metrics.choices import DisputeState
from silian.casework.metrics.commands.disputes import (
    correct_value,
    dispute_value,
    uphold_value,
    withdraw_dispute,
)
from silian.casework.metrics.models.disputes import ValueDispute
from silian.casework.metrics.models.values import MetricValue
from silian.casework.metrics.registry import Metric
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.registers.accounts.models import Notification
from tests.casework.metrics.stage import (
    NOW,
    counted,
    declared,
    defined,
    paper,
    value_of,
    verifications,
    verified,
)
from tests.casework.metrics.test_enter_value import enter
from tests.world import Person, World

LATER = NOW + datetime.timedelta(hours=2)


@pytest.fixture
def metric(world: World):  # type: ignore[no-untyped-def]
    """A counted metric with one enterprise in the city."""
    verified("甲")
    found = verifications()
    with declared(found):
        counted(found)
        yield found


def dispute(value: MetricValue, by: Person, **values: Any) -> ValueDispute:
    facts: dict[str, Any] = {
        "own_value": Decimal(2),
        "reason": "漏计高新区一家企业",
        "evidence": paper("核验回执.txt"),
        "actor": by.actor,
        "now": NOW,
    }
    return dispute_value(value_id=value.pk, **{**facts, **values})


def test_both_numbers_reason_and_evidence_are_kept(world: World, metric: Metric) -> None:
    found = dispute(value_of(metric), world.supervisor)
    assert (found.official_value, found.own_value) == (1, 2)
    assert found.state == DisputeState.RAISED
    assert found.due_at.date() == datetime.date(2026, 3, 26), "five working days"
    assert files_of(found).count() == 1


@pytest.mark.parametrize("role", ["leader", "enterprise", "school", "system_admin", "expert"])
def test_only_officials_of_the_region_object(world: World, metric: Metric, role: str) -> None:
    with pytest.raises(NotAllowed, match="督查"):
        dispute(value_of(metric), world.people[role])


@pytest.mark.parametrize(
    ("values", "words"), [({"own_value": Decimal(1)}, "相同"), ({"reason": "错"}, "理由")]
)
def test_idle_objections_are_refused(
    world: World, metric: Metric, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        dispute(value_of(metric), world.supervisor, **values)


def test_a_department_objects_once_at_a_time(world: World, metric: Metric) -> None:
    dispute(value_of(metric), world.supervisor)
    with pytest.raises(DomainError, match="正在处理"):
        dispute(value_of(metric), world.supervisor, own_value=Decimal(3))


def test_one_corrects_ones_own_number_instead(world: World) -> None:
    value = enter(defined(world), world.coordinator)
    with pytest.raises(DomainError, match="直接更正"):
        dispute(value, world.coordinator, own_value=Decimal(40))


def test_a_corrected_number_is_no_longer_disputed(world: World) -> None:
    definition = defined(world)
    value = enter(definition, world.coordinator)
    enter(definition, world.coordinator, value=Decimal(31), reason="口径有调整")
    with pytest.raises(DomainError, match="已被更正"):
        dispute(value, world.supervisor, own_value=Decimal(40))


def test_a_disputed_number_stays_as_it_was_told(world: World, metric: Metric) -> None:
    value = value_of(metric)
    dispute(value, world.supervisor)
    verified("乙")
    counted(metric, now=LATER)
    value.refresh_from_db()
    assert value.value == 1
    assert value_of(metric).supersedes == value


def test_the_coordinator_upholds_with_words(world: World, metric: Metric) -> None:
    found = dispute(value_of(metric), world.supervisor)
    with pytest.raises(DomainError, match="答复"):
        uphold_value(dispute_id=found.pk, answer="无", actor=world.coordinator.actor, now=LATER)
    settled = uphold_value(
        dispute_id=found.pk,
        answer="该企业尚未通过核验，不应计入。",
        actor=world.coordinator.actor,
        now=LATER,
    )
    assert settled.state == DisputeState.UPHELD
    assert settled.answered_at == LATER
    with pytest.raises(WrongState):
        withdraw_dispute(dispute_id=found.pk, actor=world.supervisor.actor, now=LATER)


@pytest.mark.parametrize("role", ["supervisor", "reviewer", "leader"])
def test_nobody_else_answers(world: World, metric: Metric, role: str) -> None:
    found = dispute(value_of(metric), world.supervisor)
    with pytest.raises(NotAllowed, match="答复"):
        uphold_value(
            dispute_id=found.pk,
            answer="经核实没有问题。",
            actor=world.people[role].actor,
            now=LATER,
        )


def test_nobody_answers_the_own_department(world: World, metric: Metric) -> None:
    found = dispute(value_of(metric), world.reviewer)  # of the coordinator's own bureau
    with pytest.raises(NotAllowed, match="本单位"):
        uphold_value(
            dispute_id=found.pk, answer="经核实无误。", actor=world.coordinator.actor, now=LATER
        )


def test_a_computed_number_is_corrected_by_its_rows(world: World, metric: Metric) -> None:
    found = dispute(value_of(metric), world.supervisor)
    answer = {"answer": "已补录该企业。", "actor": world.coordinator.actor, "now": LATER}
    with pytest.raises(DomainError, match="没有变化"):
        correct_value(dispute_id=found.pk, **answer)  # type: ignore[arg-type]
    verified("补录")
    settled = correct_value(dispute_id=found.pk, **answer)  # type: ignore[arg-type]
    assert settled.state == DisputeState.CORRECTED
    assert settled.corrected_value is not None
    assert settled.corrected_value.value == 2
    assert settled.corrected_value.supersedes == found.value


def test_a_reported_number_is_corrected_with_evidence(world: World) -> None:
    value = enter(defined(world), world.coordinator)
    found = dispute(value, world.supervisor, own_value=Decimal(40))
    answer: dict[str, Any] = {
        "answer": "决算口径有误，已改。",
        "actor": world.coordinator.actor,
        "now": LATER,
    }
    with pytest.raises(DomainError, match="证明材料"):
        correct_value(dispute_id=found.pk, **answer)
    settled = correct_value(dispute_id=found.pk, value=Decimal(40), evidence=paper(), **answer)
    assert settled.corrected_value is not None
    assert settled.corrected_value.value == 40


def test_only_the_objecting_department_withdraws(world: World, metric: Metric) -> None:
    found = dispute(value_of(metric), world.supervisor)
    with pytest.raises(NotAllowed, match="提出单位"):
        withdraw_dispute(dispute_id=found.pk, actor=world.reviewer.actor, now=LATER)
    settled = withdraw_dispute(dispute_id=found.pk, actor=world.supervisor.actor, now=LATER)
    assert settled.state == DisputeState.WITHDRAWN


def test_coordinators_and_then_the_objector_are_told(
    world: World, metric: Metric, run_jobs: Callable[[], None]
) -> None:
    found = dispute(value_of(metric), world.supervisor)
    run_jobs()
    assert Notification.objects.filter(
        user=world.coordinator.user, title__startswith="答复数据异议"
    ).exists()
    uphold_value(
        dispute_id=found.pk, answer="经核实无误。", actor=world.coordinator.actor, now=LATER
    )
    run_jobs()
    assert Notification.objects.filter(
        user=world.supervisor.user, title__startswith="数据异议维持原数"
    ).exists()

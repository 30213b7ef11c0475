"""A plan becomes both sides': drafted, sent, answered by each host, signed by the school."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.operations.placements.choices.hosts import (
    AnswerState,
    PlanState,
)
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.commands.plan_answers import answer_plan
from silian.operations.placements.commands.plans import (
    draft_plan,
    drop_host,
    edit_plan,
    reopen_plan,
    send_plan,
    sign_plan,
    withdraw_plan,
)
from silian.operations.placements.models import InternshipPlan
from silian.operations.placements.rules.plan_agreement import PlanContent
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def content(**changes: Any) -> PlanContent:
    facts: dict[str, Any] = {
        "kind": InternshipKind.POST,
        "title": "2023 级数控岗位实习方案",
        "goals": "完成典型工作任务",
        "tasks": ("数控车床操作",),
        "standards": "岗位实习标准",
        "assessment": "任务评价和报告",
        "school_weight": 50,
        "attendance_weight": 20,
        "credits": Decimal(20),
        "starts_on": stage.STARTS,
        "ends_on": datetime.date(2026, 6, 30),
    }
    return PlanContent(**{**facts, **changes})


def drafted(world: World, **changes: Any) -> InternshipPlan:
    cohort = stage.make_class(world).cohort
    return draft_plan(cohort_id=cohort.pk, content=content(**changes), actor=world.school.actor)


def sent(world: World) -> InternshipPlan:
    host = stage.make_host(world)
    plan = drafted(world)
    return send_plan(plan_id=plan.pk, host_ids=[host.pk], actor=world.school.actor)


def answered(world: World, *, agrees: bool = True, reason: str = "") -> InternshipPlan:
    plan = sent(world)
    answer_plan(
        plan_id=plan.pk, agrees=agrees, reason=reason, actor=world.enterprise.actor, now=stage.NOW
    )
    return plan


def test_a_plan_that_both_sides_signed_is_approved(world: World) -> None:
    plan = sign_plan(plan_id=answered(world).pk, actor=world.school.actor, now=stage.NOW)
    assert (plan.state, plan.approved_by_id) == (PlanState.APPROVED, world.school.user.pk)


def test_the_school_cannot_sign_while_a_host_is_silent(world: World) -> None:
    with pytest.raises(DomainError, match="没有答复"):
        sign_plan(plan_id=sent(world).pk, actor=world.school.actor, now=stage.NOW)


def test_a_plan_that_every_host_refused_cannot_be_signed(world: World) -> None:
    plan = answered(world, agrees=False, reason="任务与岗位不符")
    with pytest.raises(DomainError, match="没有实习单位同意"):
        sign_plan(plan_id=plan.pk, actor=world.school.actor, now=stage.NOW)


def test_refusing_a_plan_needs_a_reason(world: World) -> None:
    plan = sent(world)
    with pytest.raises(DomainError, match="请写明原因"):
        answer_plan(
            plan_id=plan.pk, agrees=False, reason="", actor=world.enterprise.actor, now=stage.NOW
        )


def test_only_the_host_that_was_asked_answers(world: World) -> None:
    plan = sent(world)
    with pytest.raises(NotAllowed):
        answer_plan(
            plan_id=plan.pk, agrees=True, reason="", actor=world.school.actor, now=stage.NOW
        )
    assert plan.answers.get().state == AnswerState.WAITING


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tasks": ()}, "tasks"),
        ({"credits": Decimal(0)}, "credits"),
        ({"ends_on": stage.STARTS}, "ends_on"),
        (
            {"starts_on": datetime.date(2026, 7, 1), "ends_on": datetime.date(2026, 9, 1)},
            "starts_on",
        ),
    ],
)
def test_an_incomplete_plan_is_refused(world: World, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refusal:
        drafted(world, **changes)
    assert refusal.value.field == field


def test_a_plan_is_sent_to_published_hosts_only(world: World) -> None:
    host = stage.make_host(world, state="approved")
    with pytest.raises(DomainError, match="尚未公布"):
        send_plan(plan_id=drafted(world).pk, host_ids=[host.pk], actor=world.school.actor)


def test_a_sent_plan_is_changed_after_it_was_reopened(world: World) -> None:
    plan = answered(world)
    with pytest.raises(DomainError, match="先退回修改"):
        edit_plan(plan_id=plan.pk, content=content(title="新名称"), actor=world.school.actor)
    reopen_plan(plan_id=plan.pk, actor=world.school.actor)
    changed = edit_plan(plan_id=plan.pk, content=content(title="新名称"), actor=world.school.actor)
    assert changed.title == "新名称"
    assert not changed.answers.exists()


def test_a_host_with_students_stays_in_the_plan(world: World) -> None:
    internship = stage.make_internship(world)
    with pytest.raises(DomainError, match="不能撤下"):
        drop_host(plan_id=internship.plan_id, host_id=internship.host_id, actor=world.school.actor)
    with pytest.raises(DomainError, match="不能撤回"):
        withdraw_plan(plan_id=internship.plan_id, actor=world.school.actor)


def test_a_silent_host_is_dropped_and_a_plan_withdrawn(world: World) -> None:
    plan = sent(world)
    drop_host(plan_id=plan.pk, host_id=plan.answers.get().host_id, actor=world.school.actor)
    assert not plan.answers.exists()
    assert withdraw_plan(plan_id=plan.pk, actor=world.school.actor).state == PlanState.WITHDRAWN

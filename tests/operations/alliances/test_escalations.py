"""Bringing a problem before a body, and what becomes of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.alliances.choices.coordination import EscalationState
from silian.operations.alliances.commands.escalations import (
    raise_escalation,
    resolve_escalation,
    return_escalation,
    schedule_escalation,
)
from silian.operations.alliances.models.bodies import CoordinatingBody
from silian.operations.alliances.models.escalations import Escalation
from silian.operations.alliances.permissions.coordination import escalations_visible_to
from silian.operations.alliances.queries.escalations import escalation_figures
from silian.registers.accounts.models import Notification
from tests.operations.alliances import stage
from tests.world import World


def raised(world: World, body: CoordinatingBody | None = None) -> Escalation:
    body = body or stage.group(world)
    return raise_escalation(
        body_id=body.pk,
        title="用地手续跨部门",
        detail="已会商两次，仍需明确牵头单位。",
        actor=world.reviewer.actor,
        now=stage.NOW,
    )


def test_a_department_brings_a_problem_with_a_clock(
    world: World, run_jobs: Callable[[], None]
) -> None:
    row = raised(world)
    run_jobs()
    assert row.state == EscalationState.RAISED
    tenth = datetime.date(2026, 4, 1)  # ten working days after 18 March; it ends at midnight
    assert row.due_at.date() == tenth + datetime.timedelta(days=1)
    assert Notification.objects.filter(
        user=world.coordinator.user, title__contains="提请协调"
    ).exists()


@pytest.mark.parametrize("person", ["enterprise", "school", "leader", "expert"])
def test_others_bring_no_problem(world: World, person: str) -> None:
    body = stage.group(world)
    with pytest.raises(NotAllowed):
        raise_escalation(
            body_id=body.pk,
            title="事项",
            detail="情况",
            actor=world.people[person].actor,
            now=stage.NOW,
        )


def test_a_problem_is_seen_by_its_unit_and_the_coordinators(world: World) -> None:
    row = raised(world)
    seen = {
        name
        for name in ("reviewer", "coordinator", "supervisor", "leader", "enterprise", "school")
        if escalations_visible_to(world.people[name].actor).filter(pk=row.pk).exists()
    }
    assert seen == {"reviewer", "coordinator", "supervisor", "leader"}


def test_a_scheduled_problem_stands_on_the_agenda(world: World) -> None:
    body = stage.group(world)
    row, meeting = raised(world, body), stage.planned(world, body)
    row = schedule_escalation(
        escalation_id=row.pk, meeting_id=meeting.pk, actor=world.coordinator.actor
    )
    assert row.item is not None
    assert (row.item.title, row.item.presenter) == (row.title, world.reviewer.organisation)


def test_a_meeting_of_another_body_does_not_take_it(world: World) -> None:
    row = raised(world)
    other = stage.planned(world, stage.group(world, name="青澜市职业教育联席会议"))
    with pytest.raises(DomainError, match="会议不属于受理的机构"):
        schedule_escalation(
            escalation_id=row.pk, meeting_id=other.pk, actor=world.coordinator.actor
        )


def test_an_answer_ends_the_clock(world: World) -> None:
    row = raised(world)
    actor = world.coordinator.actor
    with pytest.raises(DomainError, match="协调结果"):
        resolve_escalation(
            escalation_id=row.pk, answer=" ", decision_id=None, actor=actor, now=stage.NOW
        )
    ended = resolve_escalation(
        escalation_id=row.pk,
        answer="由自然资源部门牵头并联办理",
        decision_id=None,
        actor=actor,
        now=stage.NOW + datetime.timedelta(days=9),
    )
    assert (ended.state, ended.days_to_close) == (EscalationState.RESOLVED, 9)
    figures = escalation_figures(actor, now=stage.NOW)
    assert (figures.open_count, figures.ended_count, figures.average_days) == (0, 1, 9.0)


def test_a_returned_problem_says_where_to_go(world: World) -> None:
    row = raised(world)
    actor = world.coordinator.actor
    back = return_escalation(
        escalation_id=row.pk, answer="请先与市财政局会商", actor=actor, now=stage.NOW
    )
    assert back.state == EscalationState.RETURNED
    with pytest.raises(WrongState):
        resolve_escalation(
            escalation_id=row.pk, answer="补办", decision_id=None, actor=actor, now=stage.NOW
        )


def test_an_unarranged_problem_turns_late(world: World) -> None:
    raised(world)
    later = stage.NOW + datetime.timedelta(days=30)
    assert escalation_figures(world.coordinator.actor, now=later).late_count == 1


def test_the_answer_is_a_step_of_the_coordinators(world: World) -> None:
    row = raised(world)
    with pytest.raises(NotAllowed):
        return_escalation(
            escalation_id=row.pk, answer="退回", actor=world.reviewer.actor, now=stage.NOW
        )

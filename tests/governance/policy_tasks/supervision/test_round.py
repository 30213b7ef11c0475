"""Planning a round, its checklist, visits and end (督查批次)."""

from __future__ import annotations

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.governance.policy_tasks.choices import CheckResult, RoundState, TaskState
from silian.governance.policy_tasks.commands.supervision_rounds import (
    cancel_round,
    change_round,
    check_item,
    close_round,
    fill_checklist,
    plan_round,
    record_visit,
    remove_check_item,
    start_round,
)
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.permissions.supervision import rounds_visible_to
from silian.governance.policy_tasks.queries.supervision_checks import Choice
from silian.registers.policies.choices import Force
from silian.registers.policies.models import PolicyBody
from tests.governance.policy_tasks.supervision.stage import (
    DAY,
    NOW,
    TODAY,
    body_of,
    make_plan,
    make_task,
    planned,
    proof,
    running,
)
from tests.world import CITY, COUNTY, World


def filled(world: World, round_id: int, **choice: object) -> int:
    return fill_checklist(
        round_id=round_id, choice=Choice(**choice), actor=world.supervisor.actor, now=NOW
    )


def test_a_round_is_planned_by_the_supervisor(world: World) -> None:
    round_ = planned(world, department_ids=[body_of(world.coordinator).pk])
    assert round_.state == RoundState.PLANNED
    assert round_.departments.count() == 1
    for role in ("coordinator", "leader", "school"):
        with pytest.raises(NotAllowed):
            plan_round(plan=make_plan(), division=CITY, actor=world.people[role].actor)


def test_overseers_see_rounds_and_departments_do_not(world: World) -> None:
    planned(world)
    assert rounds_visible_to(world.leader.actor).exists()
    assert not rounds_visible_to(world.reviewer.actor).exists()


def test_a_round_ends_after_it_begins(world: World) -> None:
    with pytest.raises(DomainError) as refusal:
        planned(world, ends_on=TODAY - DAY)
    assert refusal.value.field == "ends_on"


def test_the_checklist_keeps_the_standing_of_the_moment(world: World) -> None:
    task = make_task(world)
    Target.objects.create(
        division_id=CITY, task=task, title="实训工位", low=100, unit="个", force=Force.TARGET
    )
    round_ = planned(world)
    assert filled(world, round_.pk) == 2
    task.state, task.percent = TaskState.CLAIMED, 90
    task.save(update_fields=["state", "percent"])
    line = round_.items.get(target__isnull=True)
    assert line.standing["state"] == "推进中"
    assert line.standing["days_late"] == 8
    assert round_.items.get(target__isnull=False).standing["light"]


def test_the_choice_narrows_the_checklist(world: World) -> None:
    make_task(world, number="1")
    make_task(world, number="2", due_on=TODAY + 30 * DAY)
    make_task(world, number="3", state=TaskState.DRAFT, assigned_at=None)
    round_ = planned(world)
    assert filled(world, round_.pk, late_only=True) == 1
    assert filled(world, round_.pk) == 1
    with pytest.raises(DomainError, match="没有可列入的任务"):
        filled(world, round_.pk)


def test_the_scope_bounds_the_checklist(world: World) -> None:
    county_body = PolicyBody.objects.create(division_id=COUNTY, name="高新区教育局")
    make_task(world, number="1")
    make_task(world, number="2", division_id=COUNTY, lead=county_body)
    round_ = planned(world, county_codes=[COUNTY])
    assert filled(world, round_.pk) == 1
    assert round_.items.get().task.number == "2"


def test_an_empty_checklist_does_not_start(world: World) -> None:
    round_ = planned(world)
    with pytest.raises(DomainError, match="清单还是空的"):
        start_round(round_id=round_.pk, actor=world.supervisor.actor)


def test_a_line_is_checked_once_the_round_runs(world: World) -> None:
    make_task(world)
    round_ = planned(world)
    filled(world, round_.pk)
    line = round_.items.get()
    given = {"item_id": line.pk, "actor": world.supervisor.actor, "now": NOW}
    with pytest.raises(WrongState):
        check_item(result="sound", note="", **given)
    start_round(round_id=round_.pk, actor=world.supervisor.actor)
    with pytest.raises(DomainError):
        check_item(result="found", note="", **given)
    with pytest.raises(DomainError):
        check_item(result="perhaps", note="", **given)
    checked = check_item(result="found", note="未见选址意见", files=[proof()], **given)
    assert checked.result == CheckResult.FOUND
    with pytest.raises(WrongState):
        remove_check_item(item_id=line.pk, actor=world.supervisor.actor)


def test_an_unchecked_line_can_be_taken_off(world: World) -> None:
    round_ = running(world)
    remove_check_item(item_id=round_.items.get().pk, actor=world.supervisor.actor)
    assert not round_.items.exists()


def test_a_visit_is_written_down(world: World) -> None:
    round_ = running(world)
    given = {
        "round_id": round_.pk,
        "kind": "site",
        "body_id": body_of(world.coordinator).pk,
        "organisation_id": None,
        "actor": world.supervisor.actor,
        "now": NOW,
    }
    visit = record_visit(held_on=TODAY, notes="看了选址现场。", **given)
    assert visit.round == round_
    with pytest.raises(DomainError):
        record_visit(held_on=TODAY + DAY, notes="看了现场。", **given)
    with pytest.raises(DomainError):
        record_visit(held_on=TODAY, notes=" ", **given)
    with pytest.raises(DomainError):
        record_visit(held_on=TODAY, notes="看了现场。", **{**given, "body_id": None})


def test_a_round_ends_when_every_line_is_checked(world: World) -> None:
    round_ = running(world)
    given = {"round_id": round_.pk, "actor": world.supervisor.actor, "now": NOW}
    with pytest.raises(DomainError, match="1 项没有核查"):
        close_round(summary="总体正常", **given)
    check_item(
        item_id=round_.items.get().pk,
        result="sound",
        note="",
        actor=world.supervisor.actor,
        now=NOW,
    )
    with pytest.raises(DomainError, match="小结"):
        close_round(summary=" ", **given)
    assert close_round(summary="总体正常", **given).state == RoundState.CLOSED
    with pytest.raises(WrongState):
        change_round(round_id=round_.pk, plan=make_plan(), actor=world.supervisor.actor)


def test_a_round_is_called_off_with_a_reason(world: World) -> None:
    round_ = planned(world)
    with pytest.raises(DomainError):
        cancel_round(round_id=round_.pk, reason="", actor=world.supervisor.actor)
    cancel_round(round_id=round_.pk, reason="与上级督查合并", actor=world.supervisor.actor)
    round_.refresh_from_db()
    assert round_.state == RoundState.CANCELLED


def test_a_round_is_changed_while_it_runs(world: World) -> None:
    round_ = running(world)
    changed = change_round(
        round_id=round_.pk, plan=make_plan(title="第一季度督查"), actor=world.supervisor.actor
    )
    assert changed.title == "第一季度督查"

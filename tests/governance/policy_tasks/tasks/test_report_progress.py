"""Signing, reporting, claiming, confirming: percent alone finishes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from silian.governance.policy_tasks.choices import ReportState, TaskState
from silian.governance.policy_tasks.commands.task_drafting import TaskPlan, add_part
from silian.governance.policy_tasks.commands.task_reporting import (
    claim_done,
    confirm_done,
    report_progress,
    return_claim,
    say_weather,
    sign_task,
)
from silian.governance.policy_tasks.models.tasks import TaskBody
from silian.registers.accounts.models import Notification
from tests.governance.policy_tasks.tasks import stage
from tests.world import Person, World


def test_the_lead_signs_and_carries(world: World, industry: Person) -> None:
    task = stage.assigned(world, industry)
    sign_task(task_id=task.pk, actor=industry.actor, now=stage.NOW)
    task.refresh_from_db()
    assert (task.state, task.owner) == (TaskState.RUNNING, industry.user)


def test_others_do_not_sign(world: World, industry: Person) -> None:
    task = stage.assigned(world, industry)
    with pytest.raises(NotAllowed, match="牵头单位办理"):
        sign_task(task_id=task.pk, actor=world.coordinator.actor, now=stage.NOW)


def test_an_unsigned_task_is_not_reported(world: World, industry: Person) -> None:
    task = stage.assigned(world, industry)
    with pytest.raises(WrongState, match="待签收"):
        report_progress(
            task_id=task.pk, progress=stage.make_progress(), actor=industry.actor, now=stage.NOW
        )


def test_blocked_asks_for_the_difficulty_and_tells_the_keeper(
    world: World, industry: Person, run_jobs: Callable[[], None]
) -> None:
    task = stage.running(world, industry)
    given = {"task_id": task.pk, "actor": industry.actor, "now": stage.NOW}
    with pytest.raises(DomainError, match="请写明困难"):
        report_progress(progress=stage.make_progress(weather="blocked"), **given)
    report_progress(progress=stage.make_progress(weather="blocked", difficulty="用地未批"), **given)
    run_jobs()
    told = Notification.objects.filter(user=world.coordinator.user, title__contains="受阻")
    assert told.get().detail == "用地未批"


def test_a_hundred_percent_does_not_finish(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    report_progress(
        task_id=task.pk,
        progress=stage.make_progress(percent=100),
        actor=industry.actor,
        now=stage.NOW,
    )
    task.refresh_from_db()
    assert (task.state, task.percent, task.done_on) == (TaskState.RUNNING, 100, None)


def test_a_cooperating_unit_reports_without_moving_the_percentage(
    world: World, industry: Person
) -> None:
    task = stage.running(world, industry)
    helper = stage.department("青澜市财政局（演示）", "finance")
    body = stage.body_of(helper, name="市财政局")
    TaskBody.objects.create(task=task, body=body, role="cooperate")
    report_progress(
        task_id=task.pk,
        progress=stage.make_progress(percent=90),
        actor=helper.actor,
        now=stage.NOW,
    )
    task.refresh_from_db()
    assert (task.percent, task.last_report_at) == (0, None)
    assert task.reports.count() == 1


def test_a_unit_that_has_no_part_does_not_find_the_task(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    stranger = stage.department("青澜市民政局（演示）", "civil")
    assert stranger.client.get(task.get_absolute_url()).status_code == 404


def test_a_claim_needs_evidence(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    with pytest.raises(DomainError, match="须附佐证材料"):
        claim_done(
            task_id=task.pk,
            progress=stage.make_progress(percent=100),
            actor=industry.actor,
            now=stage.NOW,
        )
    assert task.reports.count() == 0


def test_a_claim_waits_for_open_parts(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    lead = stage.body_of(world.coordinator, name="市教育局")
    add_part(
        task_id=task.pk,
        plan=TaskPlan(title="选址", lead=lead),
        actor=industry.actor,
        today=stage.TODAY,
        now=stage.NOW,
    )
    with pytest.raises(DomainError, match="还有 1 个子任务未办结"):
        claim_done(
            task_id=task.pk,
            progress=stage.make_progress(evidence=(stage.proof(),)),
            actor=industry.actor,
            now=stage.NOW,
        )


def test_the_keeper_confirms_and_the_evidence_stays(world: World, industry: Person) -> None:
    task = stage.claimed(world, industry)
    confirm_done(task_id=task.pk, actor=world.coordinator.actor, today=stage.TODAY)
    task.refresh_from_db()
    report = task.reports.get()
    assert (task.state, task.done_on) == (TaskState.DONE, stage.TODAY)
    assert report.state == ReportState.CONFIRMED
    assert [file.name for file in files_of(report)] == ["验收意见.txt"]


def test_the_lead_does_not_confirm_its_own_claim(world: World, industry: Person) -> None:
    task = stage.claimed(world, industry)
    with pytest.raises(NotAllowed, match="统筹单位办理"):
        confirm_done(task_id=task.pk, actor=industry.actor, today=stage.TODAY)


def test_nobody_confirms_what_they_claimed_themselves(world: World) -> None:
    task = stage.claimed(world, world.coordinator)
    with pytest.raises(DomainError, match="由您本人报送"):
        confirm_done(task_id=task.pk, actor=world.coordinator.actor, today=stage.TODAY)


def test_a_returned_claim_says_what_is_missing(world: World, industry: Person) -> None:
    task = stage.claimed(world, industry)
    with pytest.raises(DomainError, match="请写明退回原因"):
        return_claim(task_id=task.pk, reason="", actor=world.coordinator.actor)
    return_claim(task_id=task.pk, reason="缺验收表", actor=world.coordinator.actor)
    task.refresh_from_db()
    assert task.state == TaskState.RUNNING
    assert task.reports.get().return_reason == "缺验收表"


def test_the_supervisor_speaks_beside_the_unit(world: World, industry: Person) -> None:
    task = stage.running(world, industry)
    report_progress(
        task_id=task.pk, progress=stage.make_progress(), actor=industry.actor, now=stage.NOW
    )
    given = {"task_id": task.pk, "weather": "behind", "now": stage.NOW}
    say_weather(reason="现场未开工", actor=world.supervisor.actor, **given)
    task.refresh_from_db()
    assert (task.weather, task.weather_by_supervisor) == ("normal", "behind")
    with pytest.raises(NotAllowed, match="督查人员"):
        say_weather(reason="现场未开工", actor=world.coordinator.actor, **given)

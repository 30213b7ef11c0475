"""What the responsible units do: sign for a task, report, claim that it is done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.policy_tasks.choices import OPEN_STATES, ReportState, TaskState, Weather
from silian.governance.policy_tasks.commands.task_locking import (
    kept_task,
    led_task,
    locked_task,
)
from silian.governance.policy_tasks.events.tasks import TaskBlocked, TaskClaimDecided, TaskClaimed
from silian.governance.policy_tasks.models import PolicyTask
from silian.governance.policy_tasks.models.progress import ProgressReport, SupervisorWeather
from silian.governance.policy_tasks.permissions.tasks import (
    leads,
    require_reporter,
    require_supervisor,
)
from silian.governance.policy_tasks.rules.tasks import MOST_FILES
from silian.governance.policy_tasks.workflow.task import task as steps


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What a unit reports (进展)."""

    text: str
    percent: int
    weather: str
    difficulty: str = ""
    next_step: str = ""
    evidence: Sequence[UploadedFile[Any]] = field(default=())


@transaction.atomic
def sign_task(*, task_id: int, actor: Actor, now: datetime.datetime) -> PolicyTask:
    """Sign for a task on behalf of its leading unit (签收任务)."""
    task = led_task(task_id=task_id, actor=actor)
    task.state = steps.target("sign", state=TaskState(task.state))
    task.signed_at = now
    if task.owner_id is None:
        task.owner_id = actor.user_id
    task.save(update_fields=["state", "signed_at", "owner"])
    record(actor, "policy_tasks.task.signed", task)
    return task


@transaction.atomic
def report_progress(
    *, task_id: int, progress: Progress, actor: Actor, now: datetime.datetime
) -> ProgressReport:
    """Report how a task goes; only the leading unit moves its percentage (报送进展)."""
    task = locked_task(task_id=task_id, actor=actor)
    require_reporter(actor, task)
    task.state = steps.target("report", state=TaskState(task.state), **reported(progress))
    report = kept_report(task, progress, actor=actor, now=now)
    if leads(actor, task):
        follow_report(task, progress, now=now)
    record(actor, "policy_tasks.task.reported", task, detail={"report": report.pk})
    if progress.weather == Weather.BLOCKED:
        publish(TaskBlocked(task_id=task.pk, report_id=report.pk))
    return report


def acting(actor: Actor) -> tuple[int, int]:
    """The unit and the person who act; reports are never made by the system."""
    if actor.organisation_id is None or actor.user_id is None:
        raise NotAllowed("请先登录并选择所代表的单位。")
    return actor.organisation_id, actor.user_id


def reported(progress: Progress) -> dict[str, Any]:
    return {
        "weather": progress.weather,
        "difficulty": progress.difficulty,
        "percent": progress.percent,
    }


def kept_report(
    task: PolicyTask,
    progress: Progress,
    *,
    actor: Actor,
    now: datetime.datetime,
    claims_done: bool = False,
) -> ProgressReport:
    """Keep the report and its evidence; a file that is refused refuses the whole."""
    if not progress.text.strip():
        raise DomainError("请写明进展情况。", field="text")
    if len(progress.evidence) > MOST_FILES:
        raise DomainError(f"一次最多上传 {MOST_FILES} 份佐证材料。", field="evidence")
    organisation_id, user_id = acting(actor)
    report = ProgressReport.objects.create(
        task=task,
        organisation_id=organisation_id,
        text=progress.text,
        percent=progress.percent,
        weather=progress.weather,
        difficulty=progress.difficulty,
        next_step=progress.next_step,
        claims_done=claims_done,
        reported_by_id=user_id,
        reported_at=now,
    )
    for upload in progress.evidence:
        try:
            files.store_upload(upload=upload, subject=report, actor=actor)
        except DomainError as refusal:
            raise DomainError(refusal.sentence, field="evidence") from refusal
    return report


def follow_report(task: PolicyTask, progress: Progress, *, now: datetime.datetime) -> None:
    task.percent = progress.percent
    task.weather = progress.weather
    task.last_report_at = now
    task.save(update_fields=["state", "percent", "weather", "last_report_at"])


@transaction.atomic
def claim_done(
    *, task_id: int, progress: Progress, actor: Actor, now: datetime.datetime
) -> ProgressReport:
    """Ask to have a task taken as done, with evidence (申请办结)."""
    task = led_task(task_id=task_id, actor=actor)
    open_parts = task.parts.filter(state__in=sorted(OPEN_STATES)).count()
    task.state = steps.target(
        "claim", state=TaskState(task.state), evidence=len(progress.evidence), open_parts=open_parts
    )
    report = kept_report(task, progress, actor=actor, now=now, claims_done=True)
    follow_report(task, progress, now=now)
    record(actor, "policy_tasks.task.claimed", task, detail={"report": report.pk})
    publish(TaskClaimed(task_id=task.pk, report_id=report.pk))
    return report


@transaction.atomic
def confirm_done(*, task_id: int, actor: Actor, today: datetime.date) -> PolicyTask:
    """Take a claimed task as done (确认办结)."""
    task = kept_task(task_id=task_id, actor=actor)
    report = open_claim(task)
    task.state = steps.target(
        "confirm",
        state=TaskState(task.state),
        claimed_by=report.reported_by_id if report else None,
        confirmed_by=actor.user_id,
    )
    task.done_on = today
    task.percent = 100
    task.save(update_fields=["state", "done_on", "percent"])
    if report:
        report.state = ReportState.CONFIRMED
        report.save(update_fields=["state"])
        publish(TaskClaimDecided(task_id=task.pk, report_id=report.pk))
    record(actor, "policy_tasks.task.confirmed", task)
    return task


@transaction.atomic
def return_claim(*, task_id: int, reason: str, actor: Actor) -> PolicyTask:
    """Send a claim back with what is missing (退回办结申请)."""
    task = kept_task(task_id=task_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明退回原因和需要补充的材料。", field="reason")
    task.state = steps.target("return", state=TaskState(task.state))
    task.save(update_fields=["state"])
    report = open_claim(task)
    if report:
        report.state = ReportState.RETURNED
        report.return_reason = reason[:300]
        report.save(update_fields=["state", "return_reason"])
        publish(TaskClaimDecided(task_id=task.pk, report_id=report.pk))
    record(actor, "policy_tasks.task.returned", task, reason=reason)
    return task


def open_claim(task: PolicyTask) -> ProgressReport | None:
    """The claim that waits for an answer."""
    return task.reports.filter(claims_done=True, state=ReportState.SUBMITTED).first()


@transaction.atomic
def say_weather(
    *, task_id: int, weather: str, reason: str, actor: Actor, now: datetime.datetime
) -> SupervisorWeather:
    """Say how a task really goes, beside the unit's own word (督查判断)."""
    task = locked_task(task_id=task_id, actor=actor)
    require_supervisor(actor, task)
    if task.state not in OPEN_STATES and task.state != TaskState.DONE:
        raise DomainError("任务尚未下达，不填写督查判断。")
    if not reason.strip():
        raise DomainError("请写明判断的依据。", field="reason")
    reading = SupervisorWeather.objects.create(
        task=task, weather=weather, reason=reason[:300], said_by_id=acting(actor)[1], said_at=now
    )
    task.weather_by_supervisor = weather
    task.save(update_fields=["weather_by_supervisor"])
    record(actor, "policy_tasks.task.weather_said", task, reason=reason)
    return reading

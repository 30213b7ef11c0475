"""Milestones, monthly investment, photos and findings of a project."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.file_checks import IMAGES
from silian.foundation.kernel.files import store_upload
from silian.governance.accreditation.choices.projects import BUILDING_STAGES, ProjectStage
from silian.governance.accreditation.commands.projects import locked_project, refuse_ended
from silian.governance.accreditation.events.projects import ProjectMoneyMoved
from silian.governance.accreditation.models.project_progress import (
    AcceptanceFinding,
    InvestmentReport,
    ProjectMilestone,
    ProjectPhoto,
)
from silian.governance.accreditation.permissions.projects import (
    findings_visible_to,
    milestones_visible_to,
    require_decider,
    require_owner,
)
from silian.governance.accreditation.rules.project_money import reason_not_reportable


@transaction.atomic
def add_milestone(
    *, project_id: int, title: str, planned_on: datetime.date, actor: Actor
) -> ProjectMilestone:
    """Set something to be reached by a day; the day is kept for good (添加节点)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_owner(actor, project)
    refuse_ended(project)
    milestone = ProjectMilestone.objects.create(
        project=project, title=title.strip(), planned_on=planned_on
    )
    record(actor, "accreditation.milestone.added", milestone)
    return milestone


def locked_milestone(*, milestone_id: int, actor: Actor) -> ProjectMilestone:
    found = milestones_visible_to(actor).get(pk=milestone_id)
    project = locked_project(project_id=found.project_id, actor=actor)
    require_owner(actor, project)
    milestone = ProjectMilestone.objects.select_for_update(of=("self",)).get(pk=milestone_id)
    milestone.project = project
    if milestone.done_on is not None:
        raise DomainError("这个节点已完成，不能再改。")
    return milestone


@transaction.atomic
def finish_milestone(
    *, milestone_id: int, done_on: datetime.date, actor: Actor, today: datetime.date
) -> ProjectMilestone:
    """Write down that a milestone was reached (节点完成)."""
    milestone = locked_milestone(milestone_id=milestone_id, actor=actor)
    if done_on > today:
        raise DomainError("完成日不能晚于今天。", field="done_on")
    milestone.done_on = done_on
    milestone.save(update_fields=["done_on"])
    record(actor, "accreditation.milestone.done", milestone)
    return milestone


@transaction.atomic
def delay_milestone(
    *, milestone_id: int, expected_on: datetime.date, cause: str, note: str, actor: Actor
) -> ProjectMilestone:
    """Say why a milestone slips and when it is expected now (节点滞后)."""
    milestone = locked_milestone(milestone_id=milestone_id, actor=actor)
    if expected_on <= milestone.planned_on:
        raise DomainError(
            f"预计日应晚于计划日 {milestone.planned_on:%Y-%m-%d}。", field="expected_on"
        )
    if not note.strip():
        raise DomainError("请写明卡在哪里、需要谁做什么。", field="note")
    milestone.expected_on, milestone.cause = expected_on, cause
    milestone.cause_note = note.strip()[:300]
    milestone.save(update_fields=["expected_on", "cause", "cause_note"])
    record(actor, "accreditation.milestone.delayed", milestone, reason=milestone.cause_note)
    return milestone


@transaction.atomic
def report_investment(
    *,
    project_id: int,
    month: datetime.date,
    completed: Decimal,
    evidence: str,
    reason: str,
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: datetime.datetime,
) -> InvestmentReport:
    """Report the investment completed up to the end of a month (登记投资进度)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_owner(actor, project)
    if project.stage not in BUILDING_STAGES:
        raise DomainError("开工建设后才登记投资进度。请先办理开工。")
    if not evidence.strip():
        raise DomainError("请写明依据材料，例如监理月报、付款凭证的编号。", field="evidence")
    month = month.replace(day=1)
    if month > now.date():
        raise DomainError("不能登记今后的月份。", field="month")
    former = allowed_report(
        project_id=project.pk, total=project.total, month=month, completed=completed, reason=reason
    )
    if former is not None:
        former.replaced_at = now
        former.save(update_fields=["replaced_at"])
    report = InvestmentReport.objects.create(
        project=project,
        month=month,
        completed=completed,
        evidence=evidence.strip(),
        reason=reason.strip(),
        reported_by_id=actor.user_id or 0,
        reported_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=report, actor=actor)
    told(report, actor=actor)
    return report


def told(report: InvestmentReport, *, actor: Actor) -> None:
    if report.reason:
        record(actor, "accreditation.investment.corrected", report, reason=report.reason)
    else:
        record(actor, "accreditation.investment.reported", report)
    publish(ProjectMoneyMoved(project_id=report.project_id))


def allowed_report(
    *, project_id: int, total: Decimal, month: datetime.date, completed: Decimal, reason: str
) -> InvestmentReport | None:
    """The report of the same month that is put right, if any; refuses what the rule refuses."""
    held = InvestmentReport.objects.filter(project_id=project_id, replaced_at__isnull=True)
    former = held.filter(month=month).first()
    before = held.filter(month__lt=month).order_by("-month").first()
    after = held.filter(month__gt=month).order_by("month").first()
    if after is not None and completed > after.completed:
        raise DomainError(
            f"{after.month:%Y年%m月}已登记 {after.completed:,.2f} 元，"
            "前面的月份不能更多。请先更正后面的月份。",
            field="completed",
        )
    refusal = reason_not_reportable(
        completed=completed,
        total=total,
        before=before.completed if before else None,
        is_repeat=former is not None,
        reason=reason,
    )
    if refusal:
        raise DomainError(refusal, field="reason" if 0 <= completed <= total else "completed")
    return former


@transaction.atomic
def add_photo(
    *,
    project_id: int,
    upload: UploadedFile[bytes],
    taken_on: datetime.date,
    place: str,
    caption: str,
    actor: Actor,
    today: datetime.date,
) -> ProjectPhoto:
    """Keep a picture of the site; it is drawn anew, without place and camera data (现场照片)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_owner(actor, project)
    if taken_on > today:
        raise DomainError("拍摄日不能晚于今天。", field="taken_on")
    photo = ProjectPhoto.objects.create(
        project=project, taken_on=taken_on, place=place.strip(), caption=caption.strip()
    )
    store_upload(upload=upload, subject=photo, actor=actor, kinds=IMAGES)
    record(actor, "accreditation.photo.added", photo)
    return photo


@transaction.atomic
def note_finding(
    *,
    project_id: int,
    text: str,
    cure_by: datetime.date,
    actor: Actor,
    now: datetime.datetime,
) -> AcceptanceFinding:
    """Write down what the acceptance found, with the day by which it is cured (验收问题)."""
    project = locked_project(project_id=project_id, actor=actor)
    require_decider(actor, project)
    if project.stage != ProjectStage.ACCEPTANCE:
        raise DomainError("进入验收环节后才登记验收问题。")
    if cure_by < now.date():
        raise DomainError("整改期限不能早于今天。", field="cure_by")
    finding = AcceptanceFinding.objects.create(
        project=project,
        text=text.strip(),
        cure_by=cure_by,
        found_by_id=actor.user_id or 0,
        found_at=now,
    )
    record(actor, "accreditation.finding.noted", finding)
    return finding


@transaction.atomic
def cure_finding(
    *, finding_id: int, cured_on: datetime.date, note: str, actor: Actor, today: datetime.date
) -> AcceptanceFinding:
    """The leading department confirms that a finding is cured (整改销号)."""
    found = findings_visible_to(actor).get(pk=finding_id)
    project = locked_project(project_id=found.project_id, actor=actor)
    require_decider(actor, project)
    finding = AcceptanceFinding.objects.select_for_update(of=("self",)).get(pk=finding_id)
    if finding.cured_on is not None:
        raise DomainError("这个问题已销号。")
    if cured_on > today:
        raise DomainError("整改完成日不能晚于今天。", field="cured_on")
    if not note.strip():
        raise DomainError("请写明核对到的整改情况。", field="note")
    finding.cured_on, finding.cure_note = cured_on, note.strip()[:300]
    finding.save(update_fields=["cured_on", "cure_note"])
    record(actor, "accreditation.finding.cured", finding)
    return finding

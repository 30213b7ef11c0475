"""Issue an order, sign for it, answer it, judge the answer, remind and escalate."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.foundation.kernel.files import store_upload
from silian.foundation.kernel.site_calendar import site_deadline
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import AnswerState, FindingState
from silian.governance.policy_tasks.events.supervision import (
    FindingAnswered,
    FindingCancelled,
    FindingClosed,
    FindingDueSoon,
    FindingEscalated,
    FindingIssued,
    FindingReturned,
)
from silian.governance.policy_tasks.models.supervision import CheckItem
from silian.governance.policy_tasks.models.supervision_findings import (
    FindingAnswer,
    SupervisionFinding,
)
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask
from silian.governance.policy_tasks.permissions.supervision import (
    bodies_within,
    findings_visible_to,
    targets_inspected_by,
    tasks_inspected_by,
)
from silian.governance.policy_tasks.permissions.supervision_scope import (
    require_body_member,
    require_supervisor,
)
from silian.governance.policy_tasks.rules.supervision import (
    MOST_DAYS,
    fault_of_order,
    is_soft,
    order_number,
)
from silian.governance.policy_tasks.workflow.supervision_findings import finding as steps
from silian.registers.accounts.permissions import signed_in_id


@dataclass(frozen=True, kw_only=True)
class Order:
    """What an order says, and about what (督办单内容)."""

    body_id: int
    severity: str
    title: str
    text: str
    demand: str
    working_days: int
    task_id: int | None = None
    target_id: int | None = None
    check_item_id: int | None = None


def locked_finding(*, finding_id: int, actor: Actor) -> SupervisionFinding:
    rows = SupervisionFinding.objects.all() if actor.is_system else findings_visible_to(actor)
    return rows.select_related("body__successor").select_for_update(of=("self",)).get(pk=finding_id)


@transaction.atomic
def issue_finding(
    *,
    order: Order,
    files: Sequence[UploadedFile[bytes]] = (),
    actor: Actor,
    now: datetime.datetime,
) -> SupervisionFinding:
    """Send what was found to the responsible body, with a deadline (签发督办单)."""
    require_supervisor(actor, division=actor.jurisdiction)
    refuse_unfit(order)
    task, target, item = subjects_of(order, actor=actor)
    body = bodies_within(actor).filter(pk=order.body_id).first()
    if body is None:
        raise DomainError("请选择本地区现有的责任单位。", field="body")
    due = site_deadline(now, working_days=order.working_days)
    finding = SupervisionFinding.objects.create(
        division_id=actor.jurisdiction,
        number=next_number(division=actor.jurisdiction, on=timezone.localdate(now)),
        round=item.round if item else None,
        check_item=item,
        task=task,
        target=target,
        body=body,
        severity=order.severity,
        is_soft=any(is_soft(subject.force) for subject in (task, target) if subject),
        title=order.title.strip(),
        text=order.text.strip(),
        demand=order.demand.strip(),
        working_days=order.working_days,
        due_on=due.due_on,
        due_at=due.due_at,
        issued_by_id=signed_in_id(actor),
        issued_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=finding, actor=actor)
    record(actor, "policy_tasks.finding.issued", finding)
    publish(FindingIssued(finding_id=finding.pk))
    return finding


def refuse_unfit(order: Order) -> None:
    fault = fault_of_order(
        title=order.title, text=order.text, demand=order.demand, working_days=order.working_days
    )
    if fault:
        raise DomainError(fault[1], field=fault[0])


def subjects_of(
    order: Order, *, actor: Actor
) -> tuple[PolicyTask | None, Target | None, CheckItem | None]:
    """The task, target and line of the checklist that the order is about."""
    item = None
    if order.check_item_id is not None:
        items = CheckItem.objects.select_related("round", "task", "target")
        item = items.filter(task__in=tasks_inspected_by(actor)).get(pk=order.check_item_id)
    task = item.task if item else None
    if order.task_id is not None:
        task = tasks_inspected_by(actor).get(pk=order.task_id)
    target = item.target if item else None
    if order.target_id is not None:
        target = targets_inspected_by(actor).select_related("task").get(pk=order.target_id)
        task = task or target.task
    return task, target, item


def next_number(*, division: str, on: datetime.date) -> str:
    """The next number of the year; the division's row is the queue."""
    Division.objects.select_for_update(of=("self",)).get(pk=division)
    rows = SupervisionFinding.objects.filter(division_id=division, issued_at__year=on.year)
    return order_number(year=on.year, count=rows.count() + 1)


@transaction.atomic
def receive_finding(*, finding_id: int, actor: Actor, now: datetime.datetime) -> SupervisionFinding:
    """Sign for an order on behalf of the responsible body (签收督办单)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    require_body_member(actor, finding.body)
    finding.state = steps.target("receive", state=FindingState(finding.state))
    finding.received_by_id, finding.received_at = actor.user_id, now
    finding.save(update_fields=["state", "received_by", "received_at"])
    record(actor, "policy_tasks.finding.received", finding)
    return finding


@transaction.atomic
def answer_finding(
    *,
    finding_id: int,
    measures: str,
    result: str,
    files: Sequence[UploadedFile[bytes]],
    actor: Actor,
    now: datetime.datetime,
) -> FindingAnswer:
    """Report measures and results with proof (答复督办单)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    require_body_member(actor, finding.body)
    if not measures.strip():
        raise DomainError("请写明整改措施。", field="measures")
    if not result.strip():
        raise DomainError("请写明整改结果；尚未完成的写明完成时间。", field="result")
    if not files:
        raise DomainError("请附佐证材料，例如文件、照片或台账。", field="proofs")
    finding.state = steps.target("answer", state=FindingState(finding.state))
    finding.was_overdue |= timezone.localdate(now) > finding.due_on
    finding.answered_at = finding.answered_at or now
    finding.save(update_fields=["state", "was_overdue", "answered_at"])
    answer = FindingAnswer.objects.create(
        finding=finding,
        measures=measures.strip(),
        result=result.strip(),
        answered_by_id=signed_in_id(actor),
        answered_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=answer, actor=actor)
    record(actor, "policy_tasks.finding.answered", finding, detail={"answer": answer.pk})
    publish(FindingAnswered(finding_id=finding.pk, answer_id=answer.pk))
    return answer


@transaction.atomic
def accept_answer(
    *, finding_id: int, opinion: str, actor: Actor, now: datetime.datetime
) -> SupervisionFinding:
    """Accept the answer and close the order (认可整改)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    answer = judge(finding, step="accept", opinion=opinion, actor=actor, now=now)
    answer.state = AnswerState.ACCEPTED
    answer.save(update_fields=["state", "judged_by", "judged_at", "opinion"])
    finding.closed_by_id, finding.closed_at = actor.user_id, now
    finding.save(update_fields=["state", "closed_by", "closed_at"])
    record(actor, "policy_tasks.finding.closed", finding)
    publish(FindingClosed(finding_id=finding.pk))
    return finding


@transaction.atomic
def return_answer(
    *, finding_id: int, opinion: str, working_days: int, actor: Actor, now: datetime.datetime
) -> SupervisionFinding:
    """Send the answer back with what is missing and a new deadline (退回整改)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    if not opinion.strip():
        raise DomainError("请写明还缺什么、怎样才算整改到位。", field="opinion")
    if not 1 <= working_days <= MOST_DAYS:
        raise DomainError(f"答复期限请填 1 至 {MOST_DAYS} 个工作日。", field="working_days")
    answer = judge(finding, step="return", opinion=opinion, actor=actor, now=now)
    answer.state = AnswerState.RETURNED
    answer.save(update_fields=["state", "judged_by", "judged_at", "opinion"])
    due = site_deadline(now, working_days=working_days)
    finding.due_on, finding.due_at = due.due_on, due.due_at
    finding.return_count += 1
    finding.reminded_at = finding.escalated_at = None
    finding.save(
        update_fields=["state", "due_on", "due_at", "return_count", "reminded_at", "escalated_at"]
    )
    record(actor, "policy_tasks.finding.returned", finding, reason=opinion)
    publish(FindingReturned(finding_id=finding.pk, answer_id=answer.pk))
    return finding


def judge(
    finding: SupervisionFinding, *, step: str, opinion: str, actor: Actor, now: datetime.datetime
) -> FindingAnswer:
    """The answer under judgement, filled in but not saved; the finding takes its new state."""
    require_supervisor(actor, division=finding.division_id)
    answer = finding.answers.filter(state=AnswerState.SUBMITTED).first()
    finding.state = steps.target(
        step,
        state=FindingState(finding.state),
        involved=frozenset({finding.received_by_id, answer.answered_by_id if answer else None}),
        judge=actor.user_id,
    )
    if answer is None:
        raise DomainError("没有待核查的答复。")
    answer.judged_by_id, answer.judged_at = actor.user_id, now
    answer.opinion = opinion.strip()[:500]
    return answer


@transaction.atomic
def cancel_finding(*, finding_id: int, reason: str, actor: Actor) -> SupervisionFinding:
    """Take an order back that was wrong; it stays readable (撤销督办单)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    require_supervisor(actor, division=finding.division_id)
    if not reason.strip():
        raise DomainError("请写明撤销理由，责任单位会看到。", field="reason")
    finding.state = steps.target("cancel", state=FindingState(finding.state))
    finding.cancel_reason = reason.strip()[:300]
    finding.save(update_fields=["state", "cancel_reason"])
    record(actor, "policy_tasks.finding.cancelled", finding, reason=reason)
    publish(FindingCancelled(finding_id=finding.pk))
    return finding


@transaction.atomic
def remind_of_finding(*, finding_id: int, actor: Actor, now: datetime.datetime) -> None:
    """Remind the body before the deadline, once for each deadline (临期提醒)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    if finding.reminded_at is not None or finding.is_overdue(on=timezone.localdate(now)):
        return
    finding.reminded_at = now
    finding.save(update_fields=["reminded_at"])
    record(actor, "policy_tasks.finding.reminded", finding)
    publish(FindingDueSoon(finding_id=finding.pk))


@transaction.atomic
def escalate_finding(*, finding_id: int, actor: Actor, now: datetime.datetime) -> None:
    """Tell the leaders that no answer came in time, once for each deadline (逾期上报)."""
    finding = locked_finding(finding_id=finding_id, actor=actor)
    if finding.escalated_at is not None or not finding.is_overdue(on=timezone.localdate(now)):
        return
    finding.escalated_at, finding.was_overdue = now, True
    finding.save(update_fields=["escalated_at", "was_overdue"])
    record(actor, "policy_tasks.finding.escalated", finding)
    publish(FindingEscalated(finding_id=finding.pk))

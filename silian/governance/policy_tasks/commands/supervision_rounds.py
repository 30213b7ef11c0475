"""Plan a round, put its checklist together, check line by line, visit, close."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.files import store_upload
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import CheckResult, RoundState
from silian.governance.policy_tasks.models.supervision import (
    CheckItem,
    SupervisionRound,
    SupervisionVisit,
)
from silian.governance.policy_tasks.permissions.supervision import rounds_visible_to
from silian.governance.policy_tasks.permissions.supervision_scope import require_supervisor, unit_id
from silian.governance.policy_tasks.queries.supervision_checks import (
    Choice,
    standings_at,
    target_standings_at,
    tasks_to_check,
)
from silian.governance.policy_tasks.workflow.supervision_rounds import supervision_round as steps
from silian.registers.accounts.permissions import signed_in_id

CHANGEABLE = (RoundState.PLANNED, RoundState.RUNNING)


@dataclass(frozen=True, kw_only=True)
class RoundPlan:
    """A round as planned: when, why, and over whom (督查计划)."""

    title: str
    basis: str
    starts_on: datetime.date
    ends_on: datetime.date
    department_ids: Sequence[int] = field(default_factory=tuple)
    county_codes: Sequence[str] = field(default_factory=tuple)
    school_ids: Sequence[int] = field(default_factory=tuple)


def locked_round(*, round_id: int, actor: Actor) -> SupervisionRound:
    rows = rounds_visible_to(actor).select_for_update(of=("self",))
    round_ = rows.get(pk=round_id)
    require_supervisor(actor, division=round_.division_id)
    return round_


@transaction.atomic
def plan_round(*, plan: RoundPlan, division: str, actor: Actor) -> SupervisionRound:
    """Plan a round of supervision (制定督查计划)."""
    require_supervisor(actor, division=division)
    refuse_unfit_plan(plan)
    round_ = SupervisionRound.objects.create(
        division_id=division,
        title=plan.title.strip(),
        basis=plan.basis.strip(),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        organisation_id=unit_id(actor),
        planned_by_id=signed_in_id(actor),
    )
    set_scope(round_, plan)
    record(actor, "policy_tasks.supervision_round.planned", round_)
    return round_


@transaction.atomic
def change_round(*, round_id: int, plan: RoundPlan, actor: Actor) -> SupervisionRound:
    """Change a round that is not over; its checklist stays (修改督查计划)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    refuse_ended(round_)
    refuse_unfit_plan(plan)
    round_.title, round_.basis = plan.title.strip(), plan.basis.strip()
    round_.starts_on, round_.ends_on = plan.starts_on, plan.ends_on
    round_.save(update_fields=["title", "basis", "starts_on", "ends_on"])
    set_scope(round_, plan)
    record(actor, "policy_tasks.supervision_round.changed", round_)
    return round_


def refuse_unfit_plan(plan: RoundPlan) -> None:
    if not plan.title.strip():
        raise DomainError("请填写督查名称。", field="title")
    if plan.ends_on < plan.starts_on:
        raise DomainError("结束日应不早于开始日。", field="ends_on")


def refuse_ended(round_: SupervisionRound) -> None:
    if round_.state not in CHANGEABLE:
        raise WrongState(f"当前为“{round_.get_state_display()}”，不能再改动。请另立批次。")


def set_scope(round_: SupervisionRound, plan: RoundPlan) -> None:
    round_.departments.set(plan.department_ids)
    round_.counties.set(Division.objects.filter(pk__in=plan.county_codes))
    round_.schools.set(plan.school_ids)


@transaction.atomic
def fill_checklist(*, round_id: int, choice: Choice, actor: Actor, now: datetime.datetime) -> int:
    """Put tasks and their targets on the checklist, as they stand now (列入督查清单)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    refuse_ended(round_)
    today = timezone.localdate(now)
    tasks = list(tasks_to_check(round_, choice=choice, on=today).select_related("lead"))
    if not tasks:
        raise DomainError("按所选条件没有可列入的任务，或者都已在清单中。请放宽条件。")
    standings = standings_at(tasks, on=today)
    items = [
        CheckItem(round=round_, task=task, standing=standings[task.pk], taken_at=now)
        for task in tasks
    ]
    if choice.with_targets:
        targets = target_standings_at([task.pk for task in tasks], on=today)
        items += [
            CheckItem(round=round_, task=task, target=target, standing=kept, taken_at=now)
            for task in tasks
            for target, kept in targets.get(task.pk, [])
        ]
    CheckItem.objects.bulk_create(items)
    record(actor, "policy_tasks.supervision_round.filled", round_, detail={"items": len(items)})
    return len(items)


@transaction.atomic
def remove_check_item(*, item_id: int, actor: Actor) -> SupervisionRound:
    """Take an unchecked line off the list again (移出清单)."""
    item = CheckItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    round_ = locked_round(round_id=item.round_id, actor=actor)
    refuse_ended(round_)
    if item.result != CheckResult.WAITING:
        raise WrongState("这一项已登记核查结果，不能移出清单。")
    record(actor, "policy_tasks.check_item.removed", item)
    item.delete()
    return round_


@transaction.atomic
def start_round(*, round_id: int, actor: Actor) -> SupervisionRound:
    """Begin to look (开始督查)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    round_.state = steps.target("start", state=RoundState(round_.state), items=round_.items.count())
    round_.save(update_fields=["state"])
    record(actor, "policy_tasks.supervision_round.started", round_)
    return round_


@transaction.atomic
def check_item(
    *,
    item_id: int,
    result: str,
    note: str,
    files: Sequence[UploadedFile[bytes]] = (),
    actor: Actor,
    now: datetime.datetime,
) -> CheckItem:
    """Write down what was found on one line (登记核查结果)."""
    item = CheckItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    round_ = locked_round(round_id=item.round_id, actor=actor)
    if round_.state != RoundState.RUNNING:
        raise WrongState("督查开始后、结束前才能登记核查结果。")
    if result not in (CheckResult.SOUND, CheckResult.FOUND):
        raise DomainError("请选择核查结果。", field="result")
    if result == CheckResult.FOUND and not note.strip():
        raise DomainError("发现问题的请写明情况，随后可以签发督办单。", field="note")
    item.result, item.note = result, note.strip()[:500]
    item.checked_by_id, item.checked_at = actor.user_id, now
    item.save(update_fields=["result", "note", "checked_by", "checked_at"])
    for upload in files:
        store_upload(upload=upload, subject=item, actor=actor)
    record(actor, "policy_tasks.check_item.checked", item, detail={"result": result})
    return item


@transaction.atomic
def record_visit(
    *,
    round_id: int,
    kind: str,
    held_on: datetime.date,
    body_id: int | None,
    organisation_id: int | None,
    notes: str,
    files: Sequence[UploadedFile[bytes]] = (),
    actor: Actor,
    now: datetime.datetime,
) -> SupervisionVisit:
    """Register a visit or a written inspection (登记督查走访)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    refuse_ended(round_)
    if body_id is None and organisation_id is None:
        raise DomainError("请选择被督查的部门或单位。", field="body")
    if held_on > timezone.localdate(now):
        raise DomainError("日期不能晚于今天，走访后再登记。", field="held_on")
    if not notes.strip():
        raise DomainError("请写明看了什么、见了谁、情况如何。", field="notes")
    visit = SupervisionVisit.objects.create(
        round=round_,
        kind=kind,
        held_on=held_on,
        body_id=body_id,
        organisation_id=organisation_id,
        notes=notes.strip(),
        made_by_id=signed_in_id(actor),
        made_at=now,
    )
    for upload in files:
        store_upload(upload=upload, subject=visit, actor=actor)
    record(actor, "policy_tasks.supervision_visit.made", visit)
    return visit


@transaction.atomic
def close_round(
    *, round_id: int, summary: str, actor: Actor, now: datetime.datetime
) -> SupervisionRound:
    """End a round when every line is checked (结束督查)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    round_.state = steps.target(
        "close",
        state=RoundState(round_.state),
        waiting=round_.items.filter(result=CheckResult.WAITING).count(),
        summary=summary,
    )
    round_.summary, round_.closed_at = summary.strip(), now
    round_.save(update_fields=["state", "summary", "closed_at"])
    record(actor, "policy_tasks.supervision_round.closed", round_)
    return round_


@transaction.atomic
def cancel_round(*, round_id: int, reason: str, actor: Actor) -> SupervisionRound:
    """Call a round off; issued orders stay (取消督查)."""
    round_ = locked_round(round_id=round_id, actor=actor)
    if not reason.strip():
        raise DomainError("请写明取消理由。", field="reason")
    round_.state = steps.target("cancel", state=RoundState(round_.state))
    round_.cancel_reason = reason.strip()[:300]
    round_.save(update_fields=["state", "cancel_reason"])
    record(actor, "policy_tasks.supervision_round.cancelled", round_, reason=reason)
    return round_

"""Plan the funding of a project, and enter what was allotted and paid."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.governance.accreditation.choices.projects import FundEntryKind, FundSource
from silian.governance.accreditation.commands.projects import locked_project, refuse_ended
from silian.governance.accreditation.events.projects import ProjectMoneyMoved
from silian.governance.accreditation.models.project_money import FundEntry, FundPlan
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.accreditation.permissions.projects import (
    may_decide,
    may_record_funds,
    may_run_project,
)
from silian.governance.accreditation.queries.project_money import moved
from silian.governance.accreditation.rules.project_money import (
    reason_not_recordable,
    reason_not_voidable,
)

NOT_YOURS = "财政资金的下达和拨付由牵头部门登记；申报单位登记企业投入、贷款、社会资本和自筹。"


@dataclass(frozen=True, kw_only=True)
class Movement:
    """An allotment or a payment as typed (资金记录)."""

    source: str
    kind: str
    amount: Decimal
    document: str
    on: datetime.date
    reward: str = ""
    reward_reason: str = ""


@transaction.atomic
def plan_funds(
    *, project_id: int, amounts: Mapping[str, Decimal], actor: Actor
) -> IntegrationProject:
    """Say which source is to bring how much; a gap is shown, never refused (筹措计划)."""
    project = locked_project(project_id=project_id, actor=actor)
    if not (may_run_project(actor, project) or may_decide(actor, project)):
        raise NotAllowed("资金筹措计划由申报单位或牵头部门编制。")
    refuse_ended(project)
    planned = sum(amounts.values(), Decimal(0))
    if planned > project.total:
        raise DomainError(
            f"各来源合计 {planned:,.2f} 元，超过总投资 {project.total:,.2f} 元。请核对。"
        )
    FundPlan.objects.filter(project=project).delete()
    FundPlan.objects.bulk_create(
        [
            FundPlan(project=project, source=source, amount=amount)
            for source, amount in amounts.items()
            if amount > 0
        ]
    )
    record(
        actor,
        "accreditation.fund.planned",
        project,
        detail={source: str(amount) for source, amount in amounts.items() if amount},
    )
    return project


@transaction.atomic
def record_fund(
    *, project_id: int, movement: Movement, actor: Actor, now: datetime.datetime
) -> FundEntry:
    """Enter money that was allotted or paid; paid never exceeds allotted (登记资金)."""
    project = locked_project(project_id=project_id, actor=actor)
    if not may_record_funds(actor, project, source=movement.source):
        raise NotAllowed(NOT_YOURS)
    refuse_unproved(movement, today=now.date())
    allotted, paid = moved(project_id=project.pk, source=movement.source)
    reason = reason_not_recordable(
        kind=movement.kind, amount=movement.amount, allotted=allotted, paid=paid
    )
    if reason:
        raise DomainError(reason, field="amount")
    entry = FundEntry.objects.create(
        project=project,
        source=movement.source,
        kind=movement.kind,
        amount=movement.amount,
        document=movement.document.strip(),
        on=movement.on,
        reward=movement.reward,
        reward_reason=movement.reward_reason.strip(),
        entered_by_id=actor.user_id or 0,
        entered_at=now,
    )
    record(actor, "accreditation.fund.recorded", entry)
    publish(ProjectMoneyMoved(project_id=project.pk))
    return entry


def refuse_unproved(movement: Movement, *, today: datetime.date) -> None:
    if not movement.document.strip():
        raise DomainError("请写明下达文件或拨付凭证。", field="document")
    if movement.on > today:
        raise DomainError("日期不能晚于今天。", field="on")
    is_award = movement.source == FundSource.AWARD
    if is_award and movement.kind == FundEntryKind.ALLOTTED and not movement.reward:
        raise DomainError("以奖代补资金请选择奖补方式。", field="reward")
    if movement.reward and not movement.reward_reason.strip():
        raise DomainError("请写明奖补事由，例如评价等次或完成的任务。", field="reward_reason")
    if movement.reward and not is_award:
        raise DomainError("奖补方式只用于“以奖代补”来源。", field="reward")


@transaction.atomic
def void_fund(*, entry_id: int, reason: str, actor: Actor, now: datetime.datetime) -> FundEntry:
    """Strike out a movement entered by mistake; it stays readable with the reason (作废)."""
    found = FundEntry.objects.get(pk=entry_id)
    project = locked_project(project_id=found.project_id, actor=actor)
    entry = FundEntry.objects.select_for_update(of=("self",)).get(pk=entry_id)
    if not may_record_funds(actor, project, source=entry.source):
        raise NotAllowed(NOT_YOURS)
    if entry.voided_at is not None:
        raise DomainError("这条记录已作废。")
    if not reason.strip():
        raise DomainError("请写明作废理由。", field="reason")
    allotted, paid = moved(project_id=project.pk, source=entry.source)
    refusal = reason_not_voidable(
        kind=entry.kind, amount=entry.amount, allotted=allotted, paid=paid
    )
    if refusal:
        raise DomainError(refusal)
    entry.voided_at, entry.void_reason = now, reason.strip()[:200]
    entry.save(update_fields=["voided_at", "void_reason"])
    record(actor, "accreditation.fund.voided", entry, reason=entry.void_reason)
    publish(ProjectMoneyMoved(project_id=project.pk))
    return entry
